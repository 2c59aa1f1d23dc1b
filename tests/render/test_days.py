"""Days in the calendar that a draft's own words use, and tags that do not break words."""

from __future__ import annotations

import io
from datetime import date

from assistant import Assistant
from assistant.render.days import DayWriter
from assistant.render.draft_docx import draft_docx
from assistant.render.draft_markdown import markdown
from assistant.service import make_aim
from assistant.settings import Settings

TODAY = date(2026, 12, 1)


def test_days_are_written_in_the_calendar_of_the_sentences() -> None:
    assert DayWriter(republic=True)(date(2027, 6, 30)) == "民國116年6月30日"
    assert DayWriter(republic=False)(date(2027, 6, 30)) == "2027-06-30"
    assert DayWriter(republic=True)(date(1900, 1, 2)) == "1900-01-02"


def test_tables_keep_the_calendar_of_the_request() -> None:
    from docx import Document

    aim = make_aim("本單位手部衛生遵從率目前為78%，擬於民國116年6月底前提升至90%", today=TODAY)
    drafted = Assistant(Settings()).draft(aim, llm="offline")
    goal = drafted.goals[0].model_copy(update={"statement": "本單位於民國116年6月30日前把手部衛生遵從率提升至90%。"})
    days = tuple(each for each in drafted.numbers if each.field.endswith(("/deadline", "/date")))
    result = drafted.model_copy(update={"goals": (goal,), "numbers": days})
    shown = markdown(result)
    document = Document(io.BytesIO(draft_docx(result, TODAY)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("民國116年6月30日" in cell for cell in cells)
    assert "民國116年6月30日〔算〕" in shown
    assert "2027-" not in shown
    assert not any("2027-" in cell for cell in cells)
