"""What a page or a site put around a text goes and is told; what was written stays; damage is reported."""

from __future__ import annotations

import pytest

from assistant.documents import read_document
from assistant.documents.damage import damaged
from assistant.documents.glosses import without_glosses
from assistant.documents.invisible import visible

BODY = "客服团队每周一开会，逐条看上周没有按时回复的来信，并当场定下补救的人和日期，做完以后写进看板，大家都能看到。"


def read(text, name="plan.txt"):
    return read_document(text.encode(), name)


def words(document):
    return "\n".join(chunk.text for chunk in document.chunks)


def told(document, kind):
    return [notice for notice in document.notices if notice.kind == kind]


@pytest.mark.parametrize(
    "line",
    [
        "共12条回复 我来回复",
        "• 已被采纳为最佳回答",
        "3天前 5条评论",
        "部门手册范本_第2页",
        "部門手冊範本_第2頁",
        "已阅读3页，还剩9页未读， 继续免费阅读",
        "下载本文档",
        "下載本文檔",
        "站长微信",
        "分享本页",
        "返回顶部",
        "上一篇：怎样开会",
        "上一篇 下一篇",
        "相关推荐",
        "评论 0/150 提交评论",
        "提交评论",
        "点赞 收藏",
        "点赞 12 收藏 3",
        "本内容由bob收集整理，仅供参考",
        "1. 本站所有资源如无特殊说明，都需要本地电脑安装办公软件。",
        "本站不保證資源的準確性，風險自負。",
        "某某文库网仅提供信息存储空间，不负责内容。",
        "题图来自图库，基于某某协议",
        "该文观点仅代表作者本人，与平台无关",
        "Sign in",
        "Share this",
        "Share this article on LinkedIn",
        "Skip to main content",
        "Read more »",
        "Accept all cookies",
        "We use cookies to give you the best experience.",
        "Back to top",
        "Previous post: How to meet",
        "© 2026 Acme Ltd. All rights reserved.",
        "Leave a reply",
    ],
)
def test_page_chrome_goes_and_is_told(line):
    document = read(f"{BODY}\n\n{line}\n\n{BODY}好。\n")
    assert words(document) == f"{BODY}\n{BODY}好。"
    (notice,) = told(document, "chrome")
    assert notice.place and notice.place.first == 3
    assert "line 3" in notice.text


@pytest.mark.parametrize(
    "line",
    [
        "回复",
        "评论",
        "分享",
        "下载率从3%提高到5%",
        "Read more books: two a month",
        "Sign in time is cut to 2 s",
        "我们把登录时间从8秒降到2秒",
        "相关推荐的点击率从2%升到4%",
        "Share of voice",
        "把上一篇的反馈写进下一篇，每篇都有人负责",
        "The cookie team",
        "12",
        "收藏数达到五千",
        "Subscribe rate 4%",
        "客户回复",
        "继续改进评论区",
    ],
)
def test_words_of_a_document_stay(line):
    document = read(f"{BODY}\n\n{line}\n\n{BODY}好。\n")
    assert line in words(document) + document.chunks[-1].heading
    assert not told(document, "chrome")


def test_labels_go_only_beside_chrome():
    above = "怎样定目标\n\n小明 内容运营 3\n\n回复\n\n共2条回复 我来回复\n\n"
    text = f"{above}{BODY}\n\n1周前 0条评论\n阿花的头像\n阿花\n评论\n\n{BODY}好。\n"
    document = read(text)
    assert document.title == "怎样定目标"
    assert words(document) == f"{BODY}\n{BODY}好。"
    assert [chunk.place.first for chunk in document.chunks] == [9, 16]


def test_headings_end_where_the_next_answer_begins():
    long = BODY * 3
    document = read(f"一、先说结论\n\n{long}\n\n二、再说做法\n\n{long}\n\n2个月前 0条评论\n\n{long}\n")
    assert [chunk.heading for chunk in document.chunks if chunk.place.first == 11] == [""]


def test_glosses_go_and_marks_in_brackets_stay():
    text = "要把戰(zhàn)略落到業(yè)務(wù)，由部門負責人(A)批准，執行(R)與指標(KPI)對齊；咖啡(café)和履歷(résumé)不動。"
    assert without_glosses(text) == (
        "要把戰略落到業務，由部門負責人(A)批准，執行(R)與指標(KPI)對齊；咖啡(café)和履歷(résumé)不動。",
        ["(zhàn)", "(yè)", "(wù)"],
    )
    document = read(f"{BODY}\n{text}\n")
    (notice,) = told(document, "gloss")
    assert notice.text == "3 pronunciation glosses such as “(zhàn)” taken out (line 2)."


def test_invisible_characters_go_and_are_told():
    seen = "👩\u200d💻🏴\U000e0067\U000e0062\U000e007f"
    document = read(f"{BODY}\n把退\u200b货率\u202e降到\u2066 3%，\U000e0049\U000e0067\U000e006e{seen}完成。")
    assert words(document).endswith(f"把退货率降到 3%，{seen}完成。")
    texts = [notice.text for notice in told(document, "hidden")]
    assert texts == [
        "1 invisible character taken out (line 2).",
        "2 direction marks taken out (line 2).",
        "3 invisible tag characters that spell “Ign” taken out (line 2).",
    ]
    assert visible("plain ascii") == ("plain ascii", [])


def test_piled_up_marks_are_cut():
    document = read("a" + "\u0301" * 500 + " and the rest of a sentence that is long enough.")
    assert document.chunks[0].text.count("\u0301") == 4
    assert told(document, "cut")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("清楚自己的任務??梢酝ㄟ^會議和公告說明", ["梢酝ㄟ^"]),
        ("这些步骤很重要??？梢酝ü", ["？梢酝ü"]),
        ("每週的安排。??梢酝高^會議說明", ["梢酝高^"]),
        ("退货率锟斤拷锟斤拷降到", ["锟斤拷锟斤拷"]),
        ("退货率\ufffd\ufffd降到", ["\ufffd\ufffd"]),
        ("ä¸­æ–‡ 标题", ["ä¸\xadæ–‡"]),
        ("Umsatz GrÃ¶ÃŸe wächst", ["Ã¶ÃŸ"]),
        ("標題：浣犲ソ锛屼笘鐣", ["浣犲ソ锛屼笘鐣"]),
    ],
)
def test_damage_is_found(text, expected):
    assert [damage.words for damage in damaged(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "真的嗎?我們可以走這條路嗎??請回答",
        "为什么响应慢?因为工单流转环节多",
        "請教「ㄅㄆㄇ」注音符號怎麼教",
        "好ㄘ的東西ㄟ，你們來不來",
        "José Müller und Zoë Köhler aus Århus",
        "naïve café façade – “quotes” €5",
        "数量?鼎鑊齋魍魎",
        "龘龘龘鱻鱻 饕餮饕餮",
        "2^10 和 x^y，A^會議",
        "ABC?甲乙丙丁",
        "「我的問題能不能一次解決?」那就對了",
        "どうして?わからない",
        "Что делать?",
        "???",
        "薪資??保密",
        "緊急聯繫人?蘇黎世、諾魯、馬紹爾",
        "怎麼辦?鍋碗瓢盆",
        "黃鼬?貔貅?麒麟",
    ],
)
def test_ordinary_words_are_no_damage(text):
    assert damaged(text) == []


def test_damage_is_reported_with_its_line_and_left_alone():
    document = read(f"{BODY}\n\n清楚自己的任務??梢酝ㄟ^會議說明。\n")
    (notice,) = told(document, "mojibake")
    assert (notice.text, notice.words) == ("Line 3: “梢酝ㄟ^” was decoded wrongly.", "梢酝ㄟ^")
    assert "任務??梢酝ㄟ^會議" in words(document)


def test_a_text_damaged_throughout_gets_a_short_report():
    document = read("退货率\ufffd降\n" * 400)
    assert len(told(document, "mojibake")) == 21
    assert "380 more runs" in told(document, "mojibake")[-1].text


def test_running_headers_and_page_numbers():
    pages = [
        f"某公司年度经营手册 内部资料\n\n{BODY}第{n}次。\n" + "\n".join(f"第{n}段的第{k}句话。" for k in range(9))
        for n in range(5)
    ]
    text = "\n".join(f"{page}\n第 {n} 页 共 5 页\n" for n, page in enumerate(pages, start=1))
    document = read(text)
    assert words(document).count("内部资料") + document.chunks[0].heading.count("内部资料") == 1
    assert "共 5 页" not in words(document)
    assert len(told(document, "repeated")) == 2


@pytest.mark.parametrize(
    "line", ["Owner: Li", "On track", "- weekly call with the leads", "进行中", "例如：", "| a | b c d |"]
)
def test_what_says_something_each_time_stays(line):
    text = "\n".join(
        f"{line}\n" + "\n".join(f"Row {n} of block {k} has its own words here." for n in range(9)) for k in range(4)
    )
    assert words(read(text)).count(line) == 4
