# ruff: noqa: E501
"""How a number binds: at least, at most, about, exactly.

Knows the words before and behind a number, not the number.
"""

from __future__ import annotations

import re

from assistant.goals.facts import Bound
from assistant.language.later import later

GE = re.compile(
    r"(?:至少(?:要|应|需)?(?:达到|达成|达|完成|为|有|是)?|不低于|不少于|不小于|不下于|高于|大于|多于|超过|超出|超|突破|≥|>=|(?<![-=])>|最少|起码|逾|不亚于|最低|下限为?|(?<![a-z])(?:at least|no less than|not less than|no fewer than|more than|over|above|exceed(?:s|ing)?|minimum(?: of)?|min\.?|greater than|longer than|higher than|beyond|upwards of|north of|or more))[ :]?(?:an? |the |平均|以)?$"
)
LE = re.compile(
    r"(?:不超过|不高于|不多于|不大于|不得超过|不得高于|不能超过|低于|少于|小于|不足|最多|至多|最高|最长|上限为?|≤|<=|<|(?:控制|限制|压缩|压降|压)(?:在|到|至)|(?<![a-z])(?:no more than|not more than|no greater than|no longer than|no higher than|at most|up to|below|under|less than|fewer than|within|maximum(?: of)?|max\.?|not exceed(?:ing)?|never exceed|not to exceed|lower than|shorter than|beneath|cap(?:ped)? at|not above))[ :]?(?:an? |the |平均)?$"
)
NOT = re.compile(
    r"(?:不得|不能|不|不会|未|勿|(?<![a-z])(?:not|never|n't|without)[ ])[ ]?(?:超过|高于|大于|多于|突破|超|exceed(?:s|ing)?|go (?:above|over|beyond)|be (?:above|over))[ ]?(?:an? )?$"
)
NO_LONGER = later(
    r"(?<![a-z])no(?:body|ne| one)?[ ][a-z ]{2,32}(?:longer|more|higher|greater|later) than $", needs=(" than ",)
)
NOT_LESS = re.compile(
    r"(?:(?:不得?|不能|不应|不可|不会|未|不宜)(?:低于|少于|小于|下于|足于)|(?<![a-z])(?:no|not|never|nor) (?:be |fall |drop |go )?(?:less than|fewer than|below|under|lower than|beneath))[ :]?(?:an? )?$"
)
APPROX = re.compile(
    r"(?:约|大约|大概|约为|近|将近|接近|差不多|左右|~|≈|(?<![a-z])(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|c\.|some|close to|in the region of))[ :]?(?:an? )?$"
)
GE_AFTER = re.compile(
    r"[ ]?(?:\)|）)?(?:及以上|或以上|以上|起(?!草|点|步|来|到)|\+|(?:or|and) (?:more|above|higher|better|over)|or greater|plus(?![a-z])|minimum|at minimum)"
)
LE_AFTER = re.compile(
    r"[ ]?(?:及以内|及以下|或以下|以内|之内|以下|内(?![部容控训外存销审测])|封顶|为限|(?:or|and) (?:less|fewer|below|lower|under|faster)|maximum|max(?![a-z])|at most)"
)
APPROX_AFTER = re.compile(r"[ ]?(?:左右|上下|前后(?!端)|or so|or thereabouts)")


def bound_of(low: str, start: int, end: int) -> tuple[Bound, int]:
    """How the number at low[start:end] binds, and where its words end."""
    ahead = low[max(0, start - 18) : start]
    after = low[end : end + 14]
    if match := GE_AFTER.match(after):
        return "ge", end + match.end()
    if match := LE_AFTER.match(after):
        return "le", end + match.end()
    if NOT_LESS.search(ahead):
        return "ge", end
    if NOT.search(ahead) or NO_LONGER.search(low, max(0, start - 50), start):
        return "le", end
    if LE.search(ahead):
        return "le", end
    if GE.search(ahead):
        return "ge", end
    if APPROX_AFTER.match(after) or APPROX.search(ahead):
        return "approx", end
    return "eq", end
