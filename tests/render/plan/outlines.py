"""Outlines with every kind of block, for the layouts to be tried on."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from assistant.goals import Language
from assistant.goals.outline import (
    Bar,
    Branch,
    Duty,
    Event,
    Gantt,
    Grid,
    Listing,
    Outline,
    Paragraph,
    Piece,
    Quadrant,
    Raci,
    Scored,
    ScoreSheet,
    Section,
    Table,
    Text,
    Tracked,
    Tracker,
    Tree,
    Weight,
    Weights,
    blank,
    text,
)

START, END = date(2027, 1, 1), date(2027, 3, 31)
HOSTILE = '=1+2 <img src="https://example.invalid/x"> **bold** | pipe\u202e'
"""Words that would be a formula, markup, a table's edge and a turned line, if any layout let them."""


def outline(words: str = "首次响应时间", language: Language = "zh-Hans") -> Outline:
    """Return an outline in which `words` stand in every kind of place."""
    tasks = Table(
        key="tasks",
        headings=("编号", "做什么", "为什么", "谁", "何时", "在哪", "怎么做"),
        rows=(
            (
                text("1"), text(words), text("先改最慢的"), blank("谁负责？"), text("2027-01-15", "proposed"),
                text("工单"), text("排序"),
            ),
        ),
    )  # fmt: skip
    scores = ScoreSheet(
        key="scores",
        name="评分表",
        lines=(
            Scored(
                name=words, unit="分钟", direction="down", floor=Decimal(52), target=Decimal(30), weight=Decimal(60)
            ),
            Scored(
                name="一次解决率", unit="%", direction="up", floor=Decimal(70), target=Decimal(85), weight=Decimal(30)
            ),
            Scored(name="满意度", unit="", direction="keep", floor=None, target=None, weight=Decimal(10)),
        ),
    )
    board = Tracker(
        key="board",
        name="每周看板",
        days=tuple(date(2027, 1, 4) + timedelta(days=7 * at) for at in range(4)),
        lines=(
            Tracked(name=words, unit="分钟", direction="down", planned=tuple(map(Decimal, (50, 45, 40, 35)))),
            Tracked(name="一次解决率", unit="%", direction="up", planned=tuple(map(Decimal, (70, 75, 80, 85)))),
        ),
    )
    goals = Section(
        key="goals",
        title="目标",
        blocks=(
            Paragraph(name="一句话", text=Text(pieces=(Piece(words=words), Piece(words="降到30分钟", mark="stated")))),
            Tree(
                key="okr",
                name="OKR 树",
                roots=(Branch(words="不必久等", branches=(Branch(words=words, note="结果"),)),),
            ),
            Weights(
                key="weights",
                name="权重",
                parts=(Weight(words=words, percent=Decimal(60), mark="proposed"), Weight(words="其他", percent=None)),
            ),
        ),
    )
    work = Section(
        key="tasks",
        title="任务分解",
        blocks=(
            tasks,
            Gantt(
                key="gantt",
                name="进度",
                start=START,
                end=END,
                bars=(
                    Bar(words=words, start=date(2027, 1, 4), end=date(2027, 1, 15), lane="组长", proposed=True),
                    Bar(words="月度检查", start=date(2027, 2, 3), end=date(2027, 2, 3)),
                ),
            ),
            Raci(key="raci", name="责任矩阵", people=("组长", "客服"), duties=(Duty(task=words, codes=("A", "R")),)),
        ),
    )
    watch = Section(
        key="watch",
        title="评分与看板",
        blocks=(
            scores,
            board,
            Grid(
                key="balance",
                name="均衡",
                quadrants=(Quadrant(name="增长", lack="没有目标"), Quadrant(name="效率", lines=(text(words),))),
            ),
            Listing(name="调整规则", items=(text(words), blank("谁可以改目标？")), numbered=True),
        ),
    )
    return Outline(
        kind="quarterly",
        language=language,
        title="第一季度工作计划",
        status=("草案", words),
        sections=(goals, work, watch),
        events=(
            Event(key="weekly", summary="看板周会", day=date(2027, 1, 4), rhythm="weekly", until=END),
            Event(key="review/1", summary=words, day=date(2027, 2, 3), description=words),
        ),
        notices=(f"负责人还没有定：{words}",),
    )
