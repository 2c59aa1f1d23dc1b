# ruff: noqa: E501
"""Words that tell a wish from a trouble, a means, a limit or a consequence. Knows nothing about metrics."""

from __future__ import annotations

import re

REQUEST = re.compile(
    r"请|請|帮|幫|给|給|我们?|我們?|你们?|你們?|您|写|寫|制定|制訂|起草|设定|設定|定一?下?|拟|擬|列出?|做|生成|几个|幾個|一些|一下|一份|点|點|个|個|些"
    r"|年度|季度|团队|團隊|部门|部門|目标|目標|计划|計劃|计畫|計畫|KPI|OKR|SMART|怎么|怎麼|如何|什么|什麼|吗|嗎|呢|吧|啊|的|了|好|你好|您好|谢谢|謝謝|测试|測試"
    r"|\b(?:please|help|me|us|we|i|you|can|could|write|draft|set|make|give|some|a|an|the|our|my|team|goals?|okrs?|kpis?|smart"
    r"|plans?|for|with|to|need|want|would|like|hello|hi|hey|there|thanks|test|testing|good|new|next|this|year|quarter)\b",
    re.IGNORECASE,
)
CONTENT = re.compile(r"[\u3400-\u9fff]{2}|[A-Za-z]{3}")
ASKED = re.compile(
    r"(?:[到至达達升降压壓提增减減]|做到|(?:控制|限制|压缩|壓縮)在|目标|目標|以[内內下上]|不[超低高]\S?)\s*\S{0,3}$"
    r"|(?:要|须|須|应|應|该|該)有\s*(?:至少)?$|(?:希望|想要?|盼|期望|期待|争取|爭取|力争|力爭)[^，。；、\d]{0,14}有\s*$|\b(?:want|love|like|hope for|expect)s?\s+(?:a |an |about |some )?$"
    r"|\b(?:to|target|goal|reach|hit|below|under|above|least|within|ideally|make it)\b[^.;]{0,12}$",
    re.I,
)
"""Words right before a figure that make it the value to reach."""
KEPT = re.compile(
    r"保持|维持|維持|不低于|不低於|不[能要得]?(?:下降|降低|变差|變差|掉)|守住|稳[住在]|穩[住在]"
    r"|(?:没问题|沒問題|还可以|還可以|不用[动動改管]|不[动動]它|[暂暫][时時]不[管看])"
    r"|\b(?:keep(?:ing)?(?! \w+ing\b)|hold(?:ing)?|maintain(?:ing)?|(?:is|are) (?:fine|ok|okay|all right|good enough)|nobody wants|without (?:losing|hurting|lowering|harming|dropping))\b",
    re.I,
)
"""What stands beside these is to stay as it is: a limit of another wish, not one of its own."""
TREND = re.compile(r"\s*(?:也|都|就)?(?:一直|越来越|越來越|老是|不断|不斷)|\s*(?:keeps?|has been|is) \w+ing\b", re.I)
"""Behind a metric named after another one: it is told what comes of it."""
GOES_ON = re.compile(r" \w+ing\b")
"""Behind "keep": something does not stop."""
ALL = re.compile(r"[都均](?:要|想|得|希望|需要)|\b(?:both|all of (?:them|these)|each of them)\b", re.I)
"""What is wished for holds of every metric named before."""
FOR_THE_SAKE = re.compile(
    r"^(?:好?让|好?讓|这样|這樣|以便|以免|免得|不然|否则|否則|才能)|^(?:so|to|otherwise|or)\b", re.I
)
"""Opens a clause that says what a wish told before is good for."""
COMPARED = re.compile(r"(?:fewer|less|more|no more|better|faster)\b", re.I)
"""Opens a clause that is a wish without a verb."""
WISH = re.compile(
    r"想|希望|(?<![都又还還才重主必首概])要(?!求|是|么|麼|[点點件紧緊]|\s*[\d一二两三四五六七八九十半]|等|花|拖|跑|重新|排[队隊]|[被給给])|[让讓](?!\S{0,3}[等跑])|力争|力爭|争取|爭取|把"
    r"|\b(?:want|would like|'d like|need|hope|let's|aim)\b|(?:^(?:(?:and|then|so|please|also|but|just) )*|\bto (?:\w+ly )?)(?:make|keep|get)\b(?! \w+ing\b)",
    re.IGNORECASE,
)
"""A wish, not what people have to do or put up with: 每次都要等很久, they keep chasing us."""
MEANS = re.compile(
    r"^(?:主要|重点|重點)?(?:靠|通过|透過|借助|藉由|藉著|用)(?!户|戶)"
    r"|^(?:and |mainly |mostly |chiefly |largely )*(?:through|by|via|using|with|based on|thanks to)\b",
    re.I,
)
"""Opens a clause that says how a wish is to come true."""
PEOPLE_DO = re.compile(
    r"\s+(?:takes?|needs?|waits?|ha(?:ve|s)|gets?|do(?:es)?(?:n't| not)|can(?:not|'t)?|are|were|still|never|often|always|complain|leave|still)\b"
    r"|(?:要|得|都|老是?|总|總|等|买|買|一直|半天|进来|進來|不会|不會|还|還)"
)
"""Behind the name of people who are counted: what they do, so that they are spoken of and not their number."""
PEOPLE = re.compile(r"(?:customers?|clients?|users?|followers?|客户|客戶|顾客|顧客|用户|用戶|粉丝|粉絲)$", re.I)


def wishes_in(text: str) -> bool:
    """Return whether a stretch says that something is wished for."""
    return WISH.search(text) is not None


def asks_only(text: str) -> bool:
    """Return whether a text greets or asks for goals and names nothing that should change."""
    return not CONTENT.search(REQUEST.sub(" ", text))
