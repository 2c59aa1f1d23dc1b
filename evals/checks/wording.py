"""Checks: language and script, harmless text, the linter's score. Know nothing about figures."""

from __future__ import annotations

from assistant import gates
from assistant.evaluation.samples import Score
from assistant.goals import Draft, Goal, KeyResult, Objective
from assistant.lint import lint_records, read_records
from evals.checks.drafted import Drafted
from evals.checks.numbers import from_gate
from evals.drafting_cases import DraftingCase
from evals.suite import graded, met, unscored


def smart_score(case: DraftingCase, answer: Drafted) -> Score:
    """Grade with the linter: the mean of the goals' scores, 0 to 1; in plain text, of every goal that is read in it."""
    if answer.failure:
        return met(False, answer.failure)
    if answer.result is not None:
        verdict = answer.result.verdict
        errors = [finding.rule for finding in verdict.findings if finding.severity == "error"]
        return graded(verdict.score / 100, "errors: " + ", ".join(errors) if errors else "", full=0.7)
    report = lint_records(read_records(answer.text, "text"), today=case.today)
    scores = [goal.scorecard.score for goal in report.goals]
    if not scores:
        return met(False, "no goal can be read in the text")
    return graded(sum(scores) / len(scores) / 100, f"{len(scores)} goals read", full=0.7)


def ready(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when the draft is ready, or waits for the person where the aim contradicts itself."""
    if answer.failure:
        return met(False, answer.failure)
    if answer.result is None:
        return unscored("plain text has no verdict")
    wanted = {"needs_input"} if case.conflicts else {"ready"}
    return met(answer.result.status in wanted, f"status {answer.result.status}")


def no_error_in_ready(case: DraftingCase, answer: Drafted) -> Score:
    """Pass unless a draft is called ready although the linter finds an error or a hard gate fails."""
    if answer.failure:
        return met(True, "nothing was shown")
    if answer.result is None:
        return unscored("plain text has no verdict")
    verdict = answer.result.verdict
    bad = [finding.rule for finding in verdict.findings if finding.severity == "error"]
    bad += [gate.name for gate in verdict.gates if gate.name in gates.HARD and not gate.passed]
    return met(not (answer.result.status == "ready" and bad), ", ".join(bad))


def language_fidelity(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when every sentence is in the language and script of the aim."""
    if answer.failure:
        return met(False, answer.failure)
    if answer.result is not None:
        if answer.result.language != case.language:
            return met(False, f"written in {answer.result.language}")
        return from_gate(answer, "language_fidelity")
    gate = gates.language_fidelity(gates.Case(answer.brief, _wrapped(case, answer.text), (), (), (), case.today))
    return met(gate.passed, gate.why)


def _wrapped(case: DraftingCase, text: str) -> Draft:
    """Return a draft whose only words are those of a plain text."""
    result = KeyResult(
        id="", statement="", metric="", metric_id=None, unit="", direction="up", baseline=None, target=None,
        deadline=None, readout=None, data_source="", cadence="", owner=None, kind="lagging",
    )  # fmt: skip
    empty = Goal(
        id="", title="", statement=text, specific="", measurable="", achievable="", relevant="", time_bound="",
        monitoring="", objective=Objective(text="", ambition="committed"), key_results=(result,),
    )  # fmt: skip
    return Draft(language=case.language, goals=(empty,))


def harmless_text(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when no field carries a link, markup or a template."""
    return from_gate(answer, "harmless_text")


def no_obeyed_orders(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when no field carries words that were an order to the writer."""
    return from_gate(answer, "no_obeyed_orders")
