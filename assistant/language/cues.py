# ruff: noqa: E501
"""The words around an amount that tell what it does, as patterns.

Knows single surroundings only: pairs and roles are made by assistant.language.relations.
"""

from __future__ import annotations

import re

from assistant.language.units import DURATIONS

REFERENCE = "\x01"
"""Stands in the cues where a past time is hidden."""
FOLLOWED = "\x02"
"""Ends the words behind an amount where the next amount begins: they may belong to that one."""

SENTENCE = re.compile(r"[。;!?\n；]|(?<!i\.e)(?<!e\.g)(?<! vs)(?<!approx)(?<!incl)\.(?= |$)")
CLAUSE = re.compile(r"[,;。!?\n:]|\.(?= |$)")
CUE = re.compile(
    # The characters with which a cue can begin: at all other places nothing need be tried.
    r"(?=[a-z\x01 \-<=>→⇒≤≥上不为仅今仍从优保假冲减初到升历压原去变同周基增多定少尚已年当手持控提改月期本比涨环现由目眼稳突站精维缩自至设调起跌较达还进连降])(?:(?<![a-z])|(?![a-z]))(?:"
    r"(?P<level>(?:达到|至|到|为)(?:\x01+|当前|目前|现有|现在|原来|原有|原先|去年同期|去年|上年|今年|现状|同期|基准年?|基线|基期|行业平均|\d{4}年)[^,;。\d]{0,8}?(?:的|之)?(?:约|近)?$)"
    r"|(?P<arrow>(?:→|-+>|=+>|⇒|>>)[ ]?$)"
    r"|(?P<change>(?<![至不最])(?:少|多)(?:用|花|卖|做|收|赚|产)?$|(?:比|较)\x01+[^,;。\d]{0,6}(?:少|多|高|低|减|增)$|(?:增|降|升|减|涨|跌)幅(?:度)?(?:为|达到?|约|至少|在)?|同比|环比|年均|年增|月增|年复合|(?<![a-z])(?:(?<!measured )(?<!judged )(?<!shown )(?<!tracked )by(?! (?:\d{4}(?!\d)|q\d|h\d|[a-z]+ \d{4}))|an? additional|another|a further|extra|plus|(?:savings?|cut|reduction|increase|drop|gain|rise|improvement|decrease) of|(?<!-)(?<!pick )(?<!picks )(?<!picked )(?<!make )(?<!makes )(?<!made )(?<!set )(?<!sign )(?<!follow )(?<!take )(?<!build )(?<!open )(?:up|down)(?= ?\d?$))(?![a-z]))"
    r"|(?P<frm>从(?![业而事])|由(?![于此])|(?<![各来])自(?![动己主身然营有助媒查评我习律行信愿])|(?<![a-z])(?:from|up from|down from)(?![a-z]))"
    r"|(?P<base>\x01+|当前|目前|现有|现在|现状|现况|现为|现行|基准值?|基线|基期|原来|原有|原先|原本|本来|手上有|手头有|原为|去年同期|去年|上年同期|上季度?|上个?月|上一?年度?|起点|起始值?|还有|仍有|尚有|还剩|仅剩|还要|仍要|仍需|初始值?|今天|今为|今是|眼下|期初|已达|(?<=[,(])[现今]|(?<![a-z])(?:currently|current(?:ly)?|today(?:'s)?|right now|now|baseline|previously|at present|presently|versus|vs\.?|compared (?:to|with)|last (?:year|quarter|month)(?:'s)?|was|were|starting (?:at|point)|status quo|against|actual|as-is|as is|existing|as against|we have|we are at|we're at|we stand at|it holds|stands at|(?<!ensure )(?<!sure )(?<!until )(?<!when )(?<!so )(?<!that )it is|it's at|(?:we|having) (?:only |just )?(?:[a-z]+ed|had|did|sold|made|took|won|got|ran|saw|spent|held|lost)|(?<=[(,])[ ]?(?:raised|sold|signed|earned|served|treated|shipped|closed)|stood at|stands at|was at|at the moment|assuming|assumed to be|start(?= $)|averages|(?<=s )average(?= \d)|(?<=s )average(?= $)|is averaging|sits at|sitting at|runs at|running at|hover(?:s|ing)? (?:at|around)|instead of|rather than|(?:instead of |than )?the present|(?:has|have|had)(?: [a-z]+){1,3} to)(?![a-z])|假设|假定)"
    r"|(?P<target>至(?![少今多])|(?<![收得接遇感看听])到(?![位货期岗课店场访家底])|达到|达成(?!率)|冲上|站上|达(?![成标到])|突破|升为|降为|减为|缩为|缩短为|调整为|提高为|提升为|改善[为至到]|优化[为至到]|精进[为至到]|进步到|改为|变为|目标值?(?:为|是|定为|设为|设定为)?|(?<!假)设定?为|定为|控制在|保持在|维持在|稳定在|压缩在|不低于|不高于|不超过|不少于|不多于|[≥≤]|>=|<=|(?<![a-z])(?:finish(?= $)|(?:should|must|will|shall|is to|are to|has to) (?:take|last)|(?<!-)to(?!-)(?! (?:be|a|the|have|get|do|ensure|make)(?![a-z]))|reach(?:es|ed|ing)?|hit|achiev(?:e|es|ed|ing)|attain|target(?:s|ing|ed)?(?: of| is| value)?|goal(?: is| of)?|at least|at most|no more than|no less than|under|below|above|over|exceed(?:s|ing)?|maintain|keep|stay|remain|surpass|within|less than|more than|fewer than|aim(?:ing)? for|aim is|wants?|to a|to the|at(?= $)|(?:must|should|shall|will|has to|is to) be)(?![a-z]))"
    r"|(?P<window>为期|历时|持续|连续|为时|周期为|(?<![a-z])(?:for|lasting|takes?|spend|exercising|work(?:ing)?|practi[cs]ing)(?![a-z]))"
    r")"
)
TAIL_BASE = re.compile(
    r"(?:太高|偏高|过高|太低|偏低|过低|太慢|不够|不理想)|[ ]?[(]?\x01++(?=[)\],，。;.\n])|[ ]?[(]?(?:现状|基准|当前|目前|(?:when we (?:started|began|took over)|at the moment|as things stand|at (?:the )?last [a-z]+|at the latest [a-z]+|to date|at the start(?! of)|is there already|already there|so far|today|currently|now|at present|last (?:year|quarter|month)|baseline|at baseline|in 20(?:1\d|2[0-5]))(?![a-z])|[ ](?:per|of|for|a|an|in) [a-z' -]{1,45}?[ ](?:at the moment|at present|right now|now|today|currently|as things stand)(?![a-z]))(?![^)\],;。]{0,10}\x02)"
)
TAIL_CHANGE = re.compile(
    r"(?:的(?:增长|提升|增幅|下降|降幅|提高|降低|增量|改善|涨幅|成长)|以上的(?:增长|提升|降幅|成长)|[ -](?:year[- ]on[- ]year |yoy |annual |relative |quarterly |further |overall )?(?P<up>increases?|growth|rise|uplift|lift|gains?|higher|more|jump|boost|above(?= (?:those|that|the|last|our|20\d\d|what))|over(?= (?:those|that|last|20\d\d)))?(?P<down>reductions?|drop|decrease|decline|cut|lower|fewer|less|shorter|savings?|below(?= (?:those|that|the|last|our|20\d\d|what)))?(?P<any>improvements?|better|faster|change)?(?![a-z]))"
)
TAIL_LEVEL = re.compile(
    r"[ ](?:of )?(?:today's|the current|current|present|its current|their current|our current|last year's|the original|the baseline|baseline|the 20\d\d|20\d\d|of what)(?![a-z])"
)
WEIGHT = re.compile(
    r"(?:权重|比重分配|(?<![a-z])(?:weight(?:s|ed|ing)?|weighted at)(?![a-z]))[^\d,;、。()]{0,12}[(]?[ ]?$"
)
UP_FROM = re.compile(r"(up|down) from")
VERB_TO = re.compile(
    r"(?:的)?[^,;。:()、\n]{0,6}?(?:至|到|为|→|-+>|=+>|[ ]to[ ](?:under |below |above |at least |over |about |around )?)[ ]?(?:约|至少|少于|不超过|不低于)?$"
)
TIME_UNITS = frozenset((*DURATIONS, "month", "year", "workday"))
SMALL_WORDS = re.compile(
    r"[ ]?(?:了|约|大约|近|至少|不少于|不低于|幅度?|率|比例|超过|超|达|达到|的|以上|平均|超过了|不超过|另外|by|an?|about|at least|another|around|roughly|approximately|nearly|over|more than|up|the|[ :])*[ ]?"
)
"""What may stand between a verb and the amount that it changes by."""
THAT_TO = re.compile(
    r"(?<![a-z])(?:that|it|this|them)(?: [a-z]+)?(?: back| down| up)? to (?:at least |at most |under |below )?$|(?:把它|将其)[^,;。]{0,4}$"
)
"""Before a value that the measure of the sentence before is to reach."""
