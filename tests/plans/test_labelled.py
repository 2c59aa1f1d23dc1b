"""What is said under a label is found, quoted with its place, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import language
from assistant.goals import Source
from assistant.plans.labelled import told

TODAY = date(2026, 12, 1)


def source(text):
    return Source(key="context:1", text=text, facts=language.read(text, TODAY))


def items(text, topic):
    return [item.text for each in told((source(text),), topic) for item in each.items]


@pytest.mark.parametrize(
    ("text", "topic", "found"),
    [
        ("我的优势是Python扎实、带过两个项目，短板是不会演讲", "strengths", ["Python扎实", "带过两个项目"]),
        ("我的优势是Python扎实、带过两个项目，短板是不会演讲", "weaknesses", ["不会演讲"]),
        ("優勢：熟悉客戶；劣勢：英文不好", "weaknesses", ["英文不好"]),
        ("Strengths: Python, five years of backend work; weaknesses: public speaking.", "strengths",
         ["Python", "five years of backend work"]),
        ("平台包含课程发布、学员管理和互动交流，初期不包含直播功能", "scope", ["课程发布", "学员管理", "互动交流"]),
        ("平台包含课程发布、学员管理和互动交流，初期不包含直播功能", "outside", ["直播功能"]),
        ("In scope: publishing, learner management and chat. Out of scope: live streaming.", "outside",
         ["live streaming"]),
        ("The platform includes publishing; it does not include live streaming", "outside", ["live streaming"]),
        ("痛点：\n- 平均48小时\n- 每单录入3次\n其他说明", "problem", ["平均48小时", "每单录入3次"]),
        ("措施：自动派单（影响高，难度低）、合并审批", "measures", ["自动派单（影响高，难度低）", "合并审批"]),
        ("Budget: $1,000 for tools", "strengths", []),
        ("这个人很好，机会难得", "man", []),
        ("我们的问题很多", "problem", []),
    ],
)  # fmt: skip
def test_labels_are_read(text, topic, found):
    assert items(text, topic) == found


@given(st.text(alphabet="优势劣是：:、，,。；;\n- 包含不ab1（）()strengths scope:", max_size=60))
def test_whatever_is_found_stands_in_the_text(text):
    for topic in ("strengths", "weaknesses", "scope", "outside", "man"):
        for each in told((source(text),), topic):
            assert each.text in text
            for item in each.items:
                assert item.text
                assert item.text in text
