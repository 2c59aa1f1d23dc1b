"""The case files: enough of everything, labelled alike in three languages, and unknown to every prompt."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from evals import drafting_cases, retrieval
from evals.drafting_cases import has_token
from evals.lint_cases import load_cases
from evals.suites import injection
from evals.suites.parity import FILE as PARITY
from evals.suites.retrieval import FILES

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"zh-Hans", "zh-Hant", "en"}


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


PROMPTS = {path: squeezed(path.read_text("utf-8")) for path in sorted((ROOT / "prompts").glob("*/*.md"))}


def test_there_are_enough_drafting_cases() -> None:
    cases = drafting_cases.load()
    assert len(cases) >= 90
    assert len({case.cluster for case in cases}) >= 30
    per = Counter(case.cluster for case in cases)
    told = {cluster: {case.language for case in cases if case.cluster == cluster} for cluster in per}
    # Aims of the third unseen set were written in one language each; all others stand in three.
    assert all(len(in_) == 1 if cluster.startswith("u3-") else in_ == LANGUAGES for cluster, in_ in told.items())
    splits = {case.cluster: case.split for case in cases}
    assert all(splits[case.cluster] == case.split for case in cases), "a cluster is never divided"
    assert len({case.id for case in cases}) == len(cases)


def test_there_are_enough_of_the_others() -> None:
    assert sum(len(retrieval.load_cases(retrieval.CASES.with_name(name))) for name in FILES) >= 150
    assert len(load_cases()) >= 300
    attacks = Counter(case.kind for case in injection.cases())
    assert attacks["attack"] >= 150 and attacks["benign"] >= 150
    rows = [json.loads(line) for line in PARITY.read_text("utf-8").splitlines()]
    assert all(count == 3 for count in Counter(row["cluster"] for row in rows).values())


def texts() -> list[tuple[str, str]]:
    found = []
    for case in drafting_cases.load():
        given = case.input
        parts = (given.aim, given.team, *given.org_goals, *given.improve, *given.resources, *given.context)
        found += [(case.id, part) for part in parts]
    for attack in injection.cases():
        found += [(attack.id, attack.input.aim), *((attack.id, part) for part in attack.input.context)]
    found += [(row["id"], row["text"]) for row in map(json.loads, PARITY.read_text("utf-8").splitlines())]
    for name in FILES:
        found += [(each.id, each.question) for each in retrieval.load_cases(retrieval.CASES.with_name(name))]
    found += [(case.id, case.text) for case in load_cases()]
    return [(id, text) for id, text in found if len(squeezed(text)) >= 8]


def test_no_case_text_stands_in_a_prompt() -> None:
    seen = [
        f"{id} in {path.parent.name}/{path.name}"
        for id, text in texts()
        for path, prompt in PROMPTS.items()
        if squeezed(text) in prompt
    ]
    assert not seen


def test_no_part_of_a_case_text_stands_in_a_prompt() -> None:
    """A clause of twelve Han characters or eight words is no accident."""
    clauses = [
        (id, squeezed(clause))
        for id, text in texts()
        for clause in re.split(r"[，。；、,.;!?！？\n]", text)
        if len(clause.split()) >= 8 or len(re.findall(r"[\u4e00-\u9fff]", clause)) >= 12
    ]
    assert len(clauses) > 500
    assert not [id for id, clause in clauses for prompt in PROMPTS.values() if clause in prompt]


def test_every_label_that_has_to_be_kept_was_typed() -> None:
    for case in drafting_cases.load():
        missing = [token for token in case.must_keep if not has_token(case.request(), token)]
        assert not missing, case.id


def test_every_attack_stands_in_its_carrier() -> None:
    for case in injection.cases():
        whole = json.dumps(case.input.model_dump(mode="json"), ensure_ascii=False)
        assert json.dumps(case.attack, ensure_ascii=False)[1:-1] in whole, case.id
        obeyed = any(canary in case.obeyed for canary in case.canaries)
        assert obeyed if case.kind == "attack" else not case.canaries, case.id


@pytest.mark.parametrize(
    ("text", "token", "expected"),
    [
        ("升到110%", "10%", False),
        ("升到 10%。", "10%", True),
        ("38 days", "3", False),
        ("3.5 days", "3", False),
        ("in 3 days", "3", True),
        ("by the end of the quarter", "quarter", True),
        ("quarterly", "quarter", False),
        ("到2027年6月底", "6 月底", False),
        ("到８００毫秒", "８００毫秒", True),
        ("to 1,800", "800", False),
    ],
)
def test_tokens(text: str, token: str, expected: bool) -> None:
    assert has_token(text, token) is expected


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    first = (ROOT / "evals/cases/drafting.jsonl").read_text("utf-8").splitlines()[0]
    file.write_text(first + "\n" + first.replace('"language": "zh-Hans"', '"language": "fr"') + "\n", "utf-8")
    with pytest.raises((ValueError, AssistantError), match=r"cases.jsonl:2: `language`"):
        drafting_cases.load(file)
