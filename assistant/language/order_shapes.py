# ruff: noqa: E501
"""Finds the turns of phrase by which a text speaks to a program: it calls it, sets its switches, asks for its secrets.

Knows nothing about sentences or how many signs make an order. The word lists of `order_signs` hold single words; here
stand the shapes that no single word gives away. Texts are lower case, in simplified characters and plain punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOOLS = r"(?:drafting|writing|rewriting|goal[- ]writing|text[- ]generating|text[- ]generation|summari[sz]ing|automated|generative|ai|language)[ -](?:tool|software|program|engine|system|agent|summari[sz]er|reader|writer|generator|drafter|service)s?"
_MACHINE = rf"(?:{_TOOLS}|(?:large )?language models?|llms?|gpt|chat ?bots?|bots?|robots?|ais?|(?:the )?models?|assistants?|summari[sz]ers?)"
_NAMED = r"(?=\s*[,:;!)\x22-]|\s+(?:reading|that|which|who|processing|drafting|writing|here|please|must|shall|should|behind|in charge)\b)"
_ADDRESS_EN = (
    rf"(?:\b(?:hi|hello|hey|dear|psst|attention|listen|okay?|thanks|greetings),? (?:there )?(?:my |the )?|@){_MACHINE}\b(?=\s*[,:;!-]|$| \w)(?! (?:team|group|platform|desk|manager|nurse|store|director|staff|colleague|master|principal|professor|engineer|project|railway|car|shop|agenc)s?)",
    rf"\b(?:notes?|memo|reminder|message|notice|p\.?s\.?|postscript|word|thing|hint|request|instructions?|remark|addendum|info|fyi|line)\b[^.,:;]{{0,24}}\b(?:to|for) (?:the |any |all |every |each |whichever |whatever |our |your |those )*{_MACHINE}{_NAMED}",
    rf"(?:^|[(\[]\s?)to (?:the |any |all |every |whichever |whatever ){_MACHINE}{_NAMED}",
    r"\b(?:whoever|whatever|whichever (?:model|tool|program|system|ai|assistant)|the (?:software|program|tool|model|ai|system|machine) (?:that|which|who)) (?:now )?(?:drafts?|reads?|process(?:es)?|writes?|summari[sz]es?|turns?|generates?|converts?|is (?:drafting|reading|writing)|handles?) (?:this|these|it\b|my (?:goals?|aim|words|text)|our (?:goals?|aim|words|text)|the (?:drafts?|goals?|form|text|aim|answer|output)\b)",
    rf"\b{_TOOLS}(?: readers?)? (?:must|shall|should|is to|are to|needs? to|ha(?:s|ve) to|please|:)",
    r"\b(?:ai|machine|automated|bot|llm) (?:readers?|summari[sz]ers?|writers?)\s?(?:must|shall|should|please|:|,)",
    rf"\bif you(?:'re| are)(?: indeed| actually| really)?(?: an?| the| some)? {_MACHINE}\b",
    r",\s?(?:dear )?(?:ai|model|bot|chatbot|llm|language model)\s?,\s?(?:please|do|you|kindly|now|just|go|call|write|print|add|say|never|always)\b",
)
_TOOL_ZH = r"(?:(?:起草|撰稿|撰写|写作|写稿|改写|摘要|文[本字](?:生成|产生)|目标生成|生成|产生)(?:工具|软件|软体|程序|程式|器|系统|模型|助手|助理))"
_MACHINE_ZH = rf"(?:{_TOOL_ZH}|大?语言模型|大模型|模型|聊天机器人|机器人|人工智[能慧]|智能体|助手|助理|ai|llm|gpt|程序|程式|软件|软体)"
_ADDRESS_ZH = (
    rf"(?:嗨|哈[罗喽啰罗]|你好|您好|嘿|嘘|喂|亲爱的|敬告|对了|@)\W{{0,2}}{_MACHINE_ZH}(?!团队|小?组|部|平台|师|工程|店)",
    rf"(?<![\u4e00-\u9fff]){_MACHINE_ZH}\W?(?:你好|您好|听好|请注意|注意|读者\W?请|读者\W?须|请(?!假|客|示|求|教|辞))",
    rf"{_TOOL_ZH}(?:应|须|必须|务必|请|要|得|一律)",
    rf"(?:给|致|对|跟|说给|写给|讲给|留给|提醒|告诉)[^,。:;]{{0,14}}{_MACHINE_ZH}[^,。:;\u4e00-\u9fff]{{0,2}}(?:的(?:备注|备忘|话|留言|附言|附注|说明|提示|便条|纸条))?(?:听|看)?\s?:",
    rf"(?:哪|哪个|哪一个|哪款|任何|什么){_MACHINE_ZH}(?:在|正在)?(?:处理|读|看|起草|撰写|摘要)",
    rf"(?:你|您)(?:若|要|如果)?是(?:一?[个台款])?{_MACHINE_ZH}",
    r"负责(?:起草|撰稿|撰写|写稿|生成)的?(?:那?一方|那一位|那位|程序|程式|工具|你)",
    rf"(?:看到|读到|处理|读)(?:到)?(?:这|此|本)(?:段|句|里|处|份|些)[^,。:;]{{0,8}}的?{_MACHINE_ZH}",
    r"凡(?:由|经)?(?:程序|程式|机器|自动|系统)+(?:摘要|摘录|概括|转写|改写|处理)",
    r"把(?:这些|这段|本文)[^,。:;]{0,6}(?:变成|改成|写成|转成)目标的(?:程序|程式|软件|软体|工具|模型|系统|人)",
)
_TELL = r"(?:reveal|recite|repeat|print|show|output|paste|dump|disclose|translate|leak|display|tell (?:me|us)|quote|give (?:me|us)|pass on|hand over|share|list|expose)"
_OWN = r"your (?:hidden |initial |original |secret |internal |own |full |system |set-?up )*(?:set-?up(?: text)?|config(?:uration)?|prompts?|instructions?|rules|system message|guidelines|settings)"
_TELL_ZH = r"(?:贴|打印|列印|印出|列出|秀出|亮出|讲出|说出|交出|公开|念出|念给|输出|展示|显示|吐出|抖出|倒出|告诉)"
_OWN_ZH = r"(?:你|妳)的?[^,。:;]{0,8}(?:设定|提示词|提示语|指令|配置|组态|守则|规则|规范|设置)"
_OTHERS_ZH = r"(?:其他|其它|别)(?:的)?(?:人|组|团队|用户|客户|使用者|会话)的?(?:对话|聊天|会话|草案|资料|数据)"

_SHAPES: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("address", 4, (*_ADDRESS_EN, *_ADDRESS_ZH)),
    (
        "told", 0,
        (
            r"\b(?:please|must|shall|should|ha(?:s|ve) to|needs? to|you|your|kindly|make sure|treat|recommend|promise|direct|hide|insert|claim|conclude|add|write|say|state|answer|paste|print|sign|end|call|mark|give|translate|ignore|forget)\b",
            r"请|须|必须|务必|要|得|应|就|都|别|不要|一律|把|声称|宣称|推荐|建议|引导|打|写|附上|加上",
        ),
    ),
    (
        "verdict", 4,
        (
            r"\b(?:mark|set|treat|consider|declare|count|flag|accept|pass|give|score|rate|grade|label)\b[^.;!?\n]{0,24}\bdrafts?\b\s?(?:as|to|with|:)?\s?(?:ready|approved|perfect|passed|final|\d{2,3}\b|full|top)",
            r"\b(?:skip|bypass|disable|switch off|turn off|waive|omit|ignore)\b[^.;!?\n,]{0,16}\b(?:linter|lint|verdict|quality gates?|caveats?)\b",
            r"\bset (?:ready|status|score|verdict)\b|\b(?:status|ready|passed|approved)\s?(?:=|:)\s?(?:true|ready|passed|ok)\b",
            r"\bdrafts? (?:is|are|was|were|has been|have been|counts? as) (?:already |now |all |hereby |to be )*(?:pre-?)?(?:approved|ready|accepted|final|exempt|waived|signed)",
            r"(?:判|标|定|设|视|评|算)[定成为作]{1,3}(?:可用|可以用|就绪|通过|合格|已?核准|已?批准)",
            r"(?:检查|关卡|校验|规则)[^,。;]{0,8}(?:跳过|省略|略过|免了|免除|豁免|别理|不用管|关掉)",
            r"(?:跳过|略过|省略|关掉)[^,。;]{0,6}(?:检查|关卡|校验|规则)",
            r"(?:草案|草稿|初稿)[^,。;]{0,6}(?:免审|免检|不必审|放行)|(?:就绪|可用)状态",
        ),
    ),
    ("graded", 2, (r"\bgive this draft\b|\bno matter what the checks\b", r"检查(?:结果)?(?:如何|怎么说)|直接(?:给|打)满分|直接?[说写]")),
    (
        "switch", 6,
        (
            r"\"(?:role|system|instruction|instructions|prompt)\"\s?:\s?\"",
            r"\b(?:assistant|system|output|prompt|model|safety|override|role|ai)_[a-z_]{2,30}\s?[:=]",
            r"\b(?:override|jailbreak|system_prompt)\s?[:=]\s?(?:on|true|yes|1|开|是|enabled)",
            r"(?:输出|回答|回复)(?:前缀|后缀)\s?[:=]|(?:覆盖|接管)(?:助手|系统|模型|助理)\s?[:=]",
            r"\{\{[^{}\n]{0,30}(?:config|secret|system|env|key|prompt|token|password)[^{}\n]{0,30}\}\}",
            r"<!--\s?(?:assistant|ai|system|model|llm|bot|助手|助理|系统|模型|ai)\W?\s?:",
        ),
    ),
    (
        "frame", 4,
        (
            r"\[{1,2}/?(?:instructions?|system|inst|commands?|task|命令|指令|指示|任务)\]{1,2}",
            r"\((?:end of (?:the )?(?:user |form )?(?:data|input|material|form|text)|[^()]{0,4}(?:用户|使用者|资料|数据|输入)[^()]{0,6}(?:到此|结束|完毕|为止))[^()]{0,12}\)",
            r"display\s?:\s?none|visibility\s?:\s?hidden|font-size\s?:\s?0",
            r"\b(?:top_p|max_tokens)\s?=|\btemperature\s?=\s?\d|温度\s?=\s?\d",
        ),
    ),
    (
        "away", 4,
        (
            r"\b(?:write|compose|produce|tell)\b[^.;!?\n]{0,12}\b(?:haiku|poem|song|sonnet|limerick|joke|riddle|essay|recipe|rap)s?\b",
            r"\b(?:answer|reply|respond|speak|talk|write)\b[^.;!?\n]{0,8}\b(?:in|like) (?:a )?(?:pirate|\w+ speak|rhymes?|verse)\b",
            r"\b(?:speak|talk|answer|reply|respond) only (?:of|about|with|in)\b",
            r"写(?:一)?(?:首|则|个|段)[^,。;]{0,8}(?:诗|俳句|歌|笑话|故事)",
            r"[腔吻](?:作答|回话|回答|回复|说话)|(?:腔|口吻)写",
            r"(?:目标|回答)[^,。;]{0,4}(?:译|翻|翻译)[成为]",
        ),
    ),
    ("no_goals", 3, (r"instead of (?:the |any |writing )*(?:goals?|a draft|the draft|drafting)\b", r"(?:不|别|不要|不用|先别)写目标|换个任务")),
    ("only_say", 3, (r"\banswer only with\b|\bonly (?:ever )?(?:say|answer|reply)\b", r"只(?:许|准|能|需)?(?:回|说|答|谈|聊|讲)")),
    (
        "whole", 6,
        (
            r"\btranslate (?:the |this |your )?(?:entire |whole |full )?(?:draft|answer|output|reply)\b",
            r"\b(?:write|say|repeat|print) (?:the following|this|that|it|these words)\b[^.;:]{0,20}\b(?:twice|(?:three|four|five|ten|\d+) times)\b",
            r"(?:草案|草稿|初稿)[^,。;]{0,4}(?:译|翻|翻译)[成为]",
            r"(?:这句话?|下面这句|以下这?句?)[^,。:;]{0,6}写?[一二三四五六七八九十两\d]{1,3}遍",
        ),
    ),
    (
        "leak", 6,
        (
            rf"\b{_TELL}\b[^.;!?\n]{{0,40}}\b(?:{_OWN}|(?:text|wording) of (?:the|your) (?:prompt|instructions)|prompt that you|other (?:conversations|chats|sessions))\b",
            rf"{_TELL_ZH}[^。;]{{0,16}}(?:{_OWN_ZH}|{_OTHERS_ZH})|(?:{_OWN_ZH}|{_OTHERS_ZH})[^。;]{{0,16}}{_TELL_ZH}",
        ),
    ),
    ("others", 4, (rf"\b{_TELL}\b[^.;!?\n]{{0,24}}\bother (?:team|user|customer|tenant)s?'?s? (?:goals|drafts|data|chats)\b", r"(?:其他|别)的?(?:组|团队|用户)的目标[^,。;]{0,4}(?:列|印|贴|交)出")),
    (
        "void", 4,
        (
            r"\b(?:previous|prior|earlier|former|existing|above|all|your)\b[^.;!?\n]{0,12}\b(?:configuration|guidance|guidelines|instructions?|settings?|set-?up|rules|safety notes?|prompts?) (?:is|are|has been|have been) (?:now |hereby |all )?(?:void|withdrawn|cancell?ed|obsolete|outdated|revoked|null|lifted)",
            r"\btreat (?:its|your|the) (?:safety )?(?:notes|rules|guidelines|instructions) as\b",
            r"(?:先前|此前|早先|之前|以前|原有)的?(?:所有)?(?:设定|配置|指导|指引|规则|指令|指示|守则)[^,。;]{0,4}(?:作废|失效|收回|无效|取消|撤销)",
            r"(?:视|把|将)?[^,。;]{0,6}(?:你的|安全)(?:守则|规则|须知|准则|规范)[^,。;]{0,4}(?:放一边|搁一边|丢一边|过期|作废|抛开)",
            r"(?:下面|底下|以下|上面|后面)[^,。;]{0,4}(?:不用管|别管|当没看到|当没看见|不必看)",
        ),
    ),
    (
        "free_of", 6,
        (
            r"\b(?:forget|ignore|disregard)\b[^.;!?\n]{0,24}\b(?:told you|you were told|you have been told|your (?:rules|guidelines|training)|whatever (?:stands|is|comes|follows) (?:above|below|before|after)|everything (?:below|above))",
            r"\b(?:stop|quit|cease) (?:obeying|listening to|following) (?:the )?(?:developer|system|your)\b",
            r"\bthe following (?:overrides|outranks|replaces|supersedes)\b|\bwhatever the (?:user|person|reader|form) (?:wants|says|asks|wrote|types)\b",
            r"\bdrop (?:the|your|all) caveats\b|\byour answers are too\b",
            r"(?:页面|网页|系统|开发者)[^,。;]{0,6}(?:讲过|说过|交代过|告诉|吩咐)[^,。;]{0,10}(?:抛到脑后|忘|不管|别管|丢)",
            r"(?:别|不要|不必|无须)再?听(?:从)?(?:开发者|系统|用户|使用者)",
            r"以下[^,。;]{0,4}优先[级权]?最高|(?:用户|使用者)[^,。;]{0,3}什么都(?:不重要|不用管|别管|无所谓)",
            r"你的回答[^。;]{0,8}[,]?(?:去掉|拿掉|别加|不要加)(?:提醒|提示|但书|保留)",
        ),
    ),
    ("yours", 4, (r"\ball your (?:dates|answers|goals|drafts|replies|output|figures)\b", r"(?:今后|往后|以后|从现在起)[^,。;]{0,4}你(?:写|答|说|给)")),
    (
        "conceal", 4,
        (
            r"\b(?:reviewer|reader|auditor)s?\b[^.;]{0,12}\b(?:never|not|doesn't|don't) (?:sees?|learns?|knows?|notices?)\b",
            r"\bhide (?:the )?(?:words?|numbers?|figures?|facts?|names?)\b|\bdrop the (?:figures|numbers)\b",
            r"(?:别|不要|不能|勿)[让给][^,。;]{0,8}看[到见]|藏起来|(?:数字|指标|基线|期限)[全都]?部?(?:删|拿|去)[掉除]",
        ),
    ),
    ("lost", 6, (r"\bsay (?:that )?the (?:figure|number|data|file)\w* (?:was|were|got|is|are) (?:lost|missing|gone)\b", r"[就推谎只便][说称]是?(?:数据|资料|档案|文件)都?(?:遗失|不见|丢|没了)")),
    ("bare", 3, (r"(?:^|[,;:。]\s?)(?:打印|列印|印出|输出|print|output) [^\s,。;]{2,20}\s?$",)),
    (
        "act", 3,
        (
            r"\b(?:call|run|invoke|execute) (?:the )?(?:function|tool|command|script|api)?\s?[a-z_]{3,40}\(",
            r"(?:调用|呼叫|执行|运行)(?:函[数式]|工具|指令)?\s?[a-z_]{3,40}\(",
            r"\bact as (?:root|admin|sudo)\b|(?:^|[\s用以])root\s?(?:身[份分]|权限)|\brm -rf\b",
        ),
    ),
    ("reader", 4, (r"\btell the readers?\b|\bdirect (?:the )?readers\b", r"(?:告诉|引导)读者|跟读者说")),
    ("quoting", 4, (r"\bwhen (?:you )?quot(?:e|ing) this\b|\bquote (?:it|this) as\b", r"(?:引用|引述|摘录)(?:本|这)[^,。;]{0,6}请")),
    ("wherever", 2, (r"(?:凡|每逢)[^,。;]{1,12}(?:之处|的地方|时)|(?:的地方|之处),?\s?(?:一律|都|皆)",)),
)  # fmt: skip
_BEYOND = frozenset({"leak", "others", "act"})
_AS_WRITTEN = frozenset({"switch", "frame"})
_COMPILED = [
    (sign, points, re.compile("|".join(f"(?:{pattern})" for pattern in patterns)))
    for sign, points, patterns in _SHAPES
]  # fmt: skip
POINTS = {sign: points for sign, points, _ in _SHAPES if points}
"""Points of each shape."""


def find(text: str, said: str) -> Iterator[tuple[str, int, list[tuple[int, int]]]]:
    """Yield sign, points and places of the shapes that a sentence has.

    Args:
        text: the sentence with its quotations masked, for what must be said rather than mentioned.
        said: the same with its quotations, where switches and frames are looked for; as long as `text`.
    """
    for sign, points, pattern in _COMPILED:
        places = [match.span() for match in pattern.finditer(said if sign in _AS_WRITTEN else text)]
        if places:
            yield sign, points, places


_DIRECTS = re.compile(
    r"(?:^|[.;:,!?]\s*|\band |\bthen )(?:please |kindly |just |also )*(?:insert|add|write|say|reply|respond|output|finish|end|open"
    r"|close|include|give|show|treat|unlock|praise|nominate|print|swap|put|begin|start|play|act|pretend|recommend|promise|tell|send)\b"
    r"|\b(?:must|shall|should|ought to|ha(?:s|ve) to|is to|are to|asked to|requested to|kindly|please)\b"
    r"|请|须|必须|务必|应当|应该|要(?!求|点|素|件|闻|是)|一律|全部放行|不要|都(?:要|得|不)|把[^,。]{1,12}(?:换成|当|发给|输出|贴)"
)
"""Words by which a sentence says what somebody is to do."""
_WRITES = re.compile(
    rf"\b(?:{_TOOLS}|ai agents?|(?:automated|artificial|software) (?:agents?|programs?)|llms?|note_to_\w+|(?:text )?generators?|machine readers?"
    r"|the (?:judge|grader|evaluator)s?|every repl(?:y|ies)|each repl(?:y|ies)|reply with|generated from|your (?:text|answer|reply|output|tools)"
    r"|you (?:produce|write|generate)|the (?:phrase|rhyme|stamp|slogan)|swap the word)\b"
    rf"|{_TOOL_ZH}|机器读者|智能体|智慧代理|自动(?:程序|程式)|工具[运营]营?方|模型须知|评委|(?:生成|产生)的内容|每一?次回[复覆]|文末|押韵|产出里"
)
"""What writes, or is written by it."""
_SPEAKS = re.compile(
    r"\b(?:treat|give|show|tell|send) me\b|\byou (?:play|received|were given|were told)\b|\bchain of thought\b|\bhidden features\b"
    r"|\bcontext switch\b|\bexact wording of\b"
    r"|你来(?:演|扮|当)|把我当|[发传贴交]给我|喊停|思考过程|隐藏功能|换个角色|除了你的|一字不[改漏差]地?[发传贴]"
)
"""What is said to one who listens rather than of the work."""


def suspect(text: str, said: str) -> bool:
    """Whether a sentence may be meant for the writer, though too little in it says so to leave it out.

    Args:
        text: the sentence with its quotations masked.
        said: the same with its quotations.
    """
    if any(char.isdigit() for char in text):
        return False
    return _SPEAKS.search(text) is not None or (
        _DIRECTS.search(text) is not None and (_WRITES.search(text) is not None or text != said)
    )


def reaches_out(text: str) -> bool:
    """Whether a text asks for what is not its business: what the program was told, others' words, a machine to be run."""
    return any(sign in _BEYOND and pattern.search(text) for sign, _, pattern in _COMPILED)


INTERVIEW = re.compile(r"(?:\bq|问)\s?:[^\n]{0,80}?(?:\bdraft|草案|草稿|初稿|\bthe goals?\b)[^\n]{0,60}?(?:\ba|答)\s?:")
"""A question about the draft with the answer put into the writer's mouth."""
