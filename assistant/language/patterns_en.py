# ruff: noqa: E501
"""Patterns of English times: dates, periods, windows, rhythms.

Knows forms only; assistant.language.times_en resolves them.
"""

from __future__ import annotations

import re

MONTHS = {name: index for index, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
WEEKDAYS = {name: index for index, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
MON = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-z])\.?"
WD = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|thu|fri|sat|sun)(?![a-z])\.?"
YR = r"(?:20[1-9]\d|19\d\d)(?![\d,.%]\d|\d|[ -]?(?:users|units|customers|people))"
DAYN = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.:,]\d)"
N = r"(?:\d{1,4}(?:\.\d)?|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|twenty-four|thirty|forty-eight|forty|forty-five|sixty|ninety|half a|a half|a few|several|couple of|a couple of)"
UNIT = r"(?:school days?|working days?|business days?|workdays?|calendar days?|days?|weeks?|wks?|months?|quarters?|years?|yrs?|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|sprints?|semesters?|terms?|fiscal years?|iterations?|cycles?)"
Y_TAIL = rf"(?:(?:,|[ ]of|[ ]in)?[ ]?(?:(?P<y{{0}}>{YR})|(?P<ry{{0}}>(?:this|next|(?<!,[ ])last|the coming)[ ](?:fiscal |calendar |financial |school |academic )?year)|(?P<fy{{0}}>fy[ ]?'?(?:20)?\d\d(?:/\d\d)?(?!\d))|'(?P<sy{{0}}>\d\d)(?!\d)))?"
CORE = (
    r"(?P<iso>(?:19|20)\d\d[-/.](?:1[0-2]|0?[1-9])[-/.](?:[12]\d|3[01]|0?[1-9])(?![\d]))"
    r"|(?P<isom>(?:19|20)\d\d-(?:1[0-2]|0[1-9])(?![\d-]))"
    r"|(?P<slash>(?<![\d/.])\d{1,2}/\d{1,2}/(?:20)?\d\d(?![\d/]))"
    r"|(?P<dots>(?<![\d.])(?:[12]\d|3[01]|0?[1-9])\.(?:1[0-2]|0?[1-9])\.20\d\d(?!\d))"
    rf"|(?P<dm>(?:(?P<wd1>{WD}),?[ ](?:the[ ])?)?(?P<d1>{DAYN})(?:[ ]of)?[ -]?(?P<m1>{MON})(?:,?[ -]?(?P<ydm>{YR}))?)"
    rf"|(?P<md>(?:(?P<wd2>{WD}),?[ ])?(?P<m2>{MON})[ ]?(?:the[ ])?(?P<d2>{DAYN})(?:,?[ ](?P<ymd>{YR}))?)"
    rf"|(?P<my>(?P<m3>{MON})" + Y_TAIL.format("m") + ")"
    r"|(?P<q>(?:(?P<yq0>20\d\d|fy[ ]?'?(?:20)?\d\d)[ -]?)?(?:q(?P<qn>\d)(?![\da-z])|(?P<qn2>[1-4])q(?=[ ']?\d\d|[^a-z\d]|$)|(?:the )?(?P<qw>first|second|third|fourth|1st|2nd|3rd|4th|final|last)[ ](?:calendar[ ]|fiscal[ ])?quarter(?![a-z]))"
    + Y_TAIL.format("q")
    + r"(?P<qy>(?<=\dq)'?\d\d(?!\d))?)"
    r"|(?P<h>(?:(?P<yh0>20\d\d|fy[ ]?'?(?:20)?\d\d)[ -]?)?(?:h(?P<hn>\d)(?![\da-z])|(?P<hn2>[12])h(?=[ ']?2\d(?!\d)|[ ]20\d\d)|(?:the )?(?P<hw>first|second|1st|2nd)[ ]half(?![ -]?(?:marathon|hour|life|time)))"
    + Y_TAIL.format("h")
    + r"(?P<hy>(?<=\dh)'?2\d(?!\d))?)"
    r"|(?P<fy>(?:fy|cy)[ ]?'?(?:20)?\d\d(?:[/-]\d\d)?(?![\d])|(?:fiscal|financial)[ ](?:year[ ])?(?:20\d\d(?:/\d\d)?))"
    r"|(?P<rel>(?P<relw>this|next|last|previous|prior|the coming|the current|current|the following|the previous|the past|the last|same)[ ](?P<relx>(?:fiscal |financial |calendar |school |academic )?(?:year|quarter|month|week|half|semester|term|sprint|cycle|season|weekend))(?!s|-to|[ ](?:to date|over year|on year)))"
    rf"|(?P<relwd>(?:(?P<relwdw>this|next|coming)[ ])?(?P<wd3>{WD})(?!s))"
    r"|(?P<eo>eo(?P<eox>[yqmwd]|fy)(?![a-z])" + Y_TAIL.format("e") + ")"
    r"|(?P<end>(?<!each )(?<!every )(?:(?:calendar|fiscal|financial|school|academic)[ -])?(?P<endx>year|quarter|month|week|semester|term|half)[ -]end(?![a-z]|[ ](?:close|closing|review|report|reporting|process|party|stock|accounts|bonus))"
    + Y_TAIL.format("n")
    + ")"
    r"|(?P<ofthe>(?<=end of )(?P<ofx>year|quarter|month|week|the year|the quarter|the month|the week|the fiscal year|the financial year|the school year|fiscal year|the half|the half-year|the semester|the term)(?![a-z]))"
    r"|(?P<midy>mid-?(?:year|(?P<midyn>20\d\d))(?!\d|[ ](?:review|point)))"
    r"|(?P<decade>the (?:decade|year))(?<=of the decade)"
    r"|(?P<season>(?<![a-z])(?:(?P<sea1>spring|summer|autumn|fall|winter)(?:[ ]of)?[ ](?P<seay>20\d\d)|(?<=by )(?P<sea2>spring|summer|autumn|winter)(?![ a-z])|(?P<sea3>(?:this|next|the)[ ](?P<sea4>spring|summer|autumn|winter))(?![ ](?:festival|break|camp|intake|school|season))))"
    r"|(?P<y>(?<![\d$€£.,/#])(?<!\d-)(?:20[1-6]\d)(?!\d|[.,]\d|[/%-]\d|%|[ ]?[-–][ ]?\d)(?![ ]?(?:users|units|customers|people|members|items|orders|tickets|km|kg|kwh|leads|visitors|new|hours|employees|students|jobs|trees|tonnes|tons|calls|homes|meals|copies|downloads)))"
    r"|(?P<today>today|tomorrow|tonight)"
)
PREP = (
    r"(?P<prep>(?:on or before|no later than|not later than|at the latest by|by|before|ahead of|prior to|until|till|through(?! the)|due(?: on| by)?|in|during|throughout|within|over|from|starting|beginning|since|as of|for|on|after|following|effective|at|between|compared (?:with|to)|relative to|versus|vs\.?|against|than|over|from)[ ])?"
    r"(?:(?:the[ ])?(?:(?P<clock>(?:\d{1,2}(?::\d\d)?[ ]?(?:am|pm)|\d{1,2}:\d\d|noon|midnight|close of business|cob|eod|end of day|end of business)(?: [a-z]{2,4})?(?:[ ]on|,)?[ ])))?"
    r"(?:(?:the[ ])?(?P<edge>(?:very )?(?:end|close|start|beginning|middle|mid|early|late|last day|first day|first week|last week|mid-?point|first month|last month)(?:[ -]of)?(?:[ ]the(?![ ]year(?:[^a-z-]|$)|[ ]quarter(?:[^a-z-]|$)|[ ]month|[ ]week|[ ]fiscal|[ ]financial|[ ]school|[ ]half(?:[^a-z]|$)|[ ]semester|[ ]term|[ ]half-year))?[ -]))?(?:the[ ](?=[q]\d|20\d\d|[a-z]+day|fiscal|financial|\d))?"
)
DATE = re.compile(rf"(?=[a-z0-9])(?<![a-z0-9])(?:{PREP})(?:{CORE})")
TAIL = re.compile(
    r"(?:,?[ ](?:at|by)?[ ]?\d{1,2}(?::\d\d)?[ ]?(?:am|pm)?(?![\d%a-z])(?=[ ]?(?:am|pm))|[ ]at the latest)?"
)
LINK = re.compile(r"[ ]?(?:-|~|to|and|through|until|till)[ ]?(?:the[ ]end[ ]of[ ]|end[ ]of[ ]|the[ ])?")
MONTH_PAIR = re.compile(
    rf"(?<![a-z])(?:(?:between|from|in|over|during|for)[ ])?(?P<m1>{MON})[ ]?(?:-|to|and|through|until)[ ]?(?:the end of )?(?P<m2>{MON})(?![ ]?\d{{1,2}}(?![\d]))(?:,?[ ](?:of )?(?P<y>{YR}))?"
)
QUARTER_PAIR = re.compile(
    r"(?<![a-z0-9])(?:(?:between|from|in|over|during|across)[ ])?q(?P<q1>[1-4])[ ]?(?:-|to|and|through|&)[ ]?q(?P<q2>[1-4])(?:[ ](?P<y>20\d\d))?(?![\d%])"
)
DAY_PAIR = re.compile(
    rf"(?<![a-z0-9])(?:(?:between|from)[ ])?(?:(?P<a1>{DAYN})[ ]?(?:-|to|and)[ ]?(?P<a2>{DAYN})[ ](?P<am>{MON})|(?P<bm>{MON})[ ](?P<b1>{DAYN})[ ]?(?:-|to|and)[ ]?(?P<b2>{DAYN}))(?:,?[ ](?P<y>{YR}))?"
)
WINDOW = re.compile(
    rf"(?<![a-z0-9.])(?:(?P<prep>within|in|over|during|for|across|throughout|by|inside|after)[ ])?(?:(?:a|the)[ ](?:period|span|window)[ ]of[ ])?(?P<next>(?:the[ ])?(?:next|coming|following|first|upcoming|last|past|previous|preceding|trailing|final|remaining)[ ])?(?:(?:about|roughly|at most|no more than|the|a maximum of)[ ])?(?P<n>{N})(?:[ ]?(?:-|to|or)[ ]?(?P<n2>{N}))?[ -]?(?P<unit>{UNIT})(?![a-z])(?P<rest>(?<=hour|ours)[ ](?:and[ ])?(?P<n3>\d{{1,2}})[ ]minutes?(?![a-z]))?(?P<noun>[ ](?:period|window|timeframe|time frame|cycle))?(?P<tail>[ ](?:from (?:now|today|launch|signing|go-live|kick-?off|start)|after (?:launch|go-live|release|signing|hire|joining|kick-?off|the (?:launch|release|go-live|start|event|training))|of (?:launch|go-live|release|signing|hire|joining|receipt|receiving|kick-?off|starting|being|the (?:launch|release|request|order|report|complaint|start|event)|a (?:request|report|complaint)|purchase|order|submission|contact|delivery)|following|ago|later))?"
)
NEXT_ONE = re.compile(
    r"(?<![a-z])(?:over|in|within|during|for)[ ]the[ ](?P<which>next|coming|following|past|last)[ ](?P<unit>year|quarter|month|week|decade|half-year|half year|fiscal year|semester|term|sprint)(?![a-z])"
)
EVERY = re.compile(
    rf"(?<![a-z])(?:(?:(?:once|twice)[ ]|(?<=[ ]times[ ]))(?:a|per|every|each)[ ](?:day|week|month|quarter|year|fortnight|sprint)(?![a-z])|(?:every|each)[ ](?:other[ ]|second[ ]|single[ ])?(?:(?P<n>\d{{1,2}}|two|three|four|five|six|ten|twelve)[ ])?(?P<unit>working day|business day|workday|days?|weeks?|months?|quarters?|years?|fortnight|sprints?|semester|term|half-year|{WD}|morning|evening)(?:[ -]end)?(?![a-z])|on a (?:daily|weekly|fortnightly|monthly|quarterly|yearly|annual|regular) basis|bi-?weekly(?=[ ]?(?:[,.;)]|$))|fortnightly|(?:monthly|weekly|quarterly|daily|annually|yearly)(?=[ ]?(?:[,.;:)]|$|basis|by|to|in|at|from|with|until|through|and)))"
)
ISO = {"day": "P1D", "week": "P1W", "month": "P1M", "quarter": "P3M", "year": "P1Y", "fortnight": "P2W", "sprint": "P2W", "semester": "P6M", "term": "P6M", "half-year": "P6M", "working day": "P1D", "business day": "P1D", "workday": "P1D", "morning": "P1D", "evening": "P1D"}  # fmt: skip
TRIGGER = re.compile(
    r"\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|day|week|month|quarter|year|half|hour|minute|eo[yqmw]|end of|today|tomorrow|spring|summer|autumn|fall|winter|ly(?![a-z])|christmas|xmas|easter|hallo|sprint|semester|term|mon|tue|wed|thu|fri|decade"
)
VALUE_BEFORE = re.compile(
    r"(?:time|times|latency|duration|cycle|delay|turnaround|length|ttr|mttr|wait|downtime|age|backlog|stay|dso|outage|lag)(?: (?:is|are|stays?|be|remains?|kept|held|down|to|within|under|at|of|averages?|drops?|falls?))*(?: (?:to|at|below|under))? ?$|(?:to|at|under|below|than|from|of|least|most|exceed(?:ing)?|keep|hold|reduce|cut|shorten|stay|stays|kept|remain|remains) $"
)
SERVICE_VERB = re.compile(
    r"(?<![a-z])(?:respond(?:ed|ing|s)?|repl(?:y|ied|ies|ying)|resolv(?:e|ed|es|ing)|answer(?:ed|s|ing)?|acknowledg(?:e|ed|es|ing)|handl(?:e|ed|es|ing)|clos(?:e|ed|es|ing)|process(?:ed|es|ing)?|ship(?:ped|s|ping)?|return(?:ed|s|ing)?|escalat(?:e|ed|es|ing)|approv(?:e|ed|es|ing)|confirm(?:ed|s|ing)?|review(?:ed|s|ing)?|fix(?:ed|es|ing)?|restor(?:e|ed|es|ing)|deliver(?:ed|s|ing)?|dispatch(?:ed|es|ing)?|refund(?:ed|s|ing)?|contact(?:ed|s|ing)?|call(?:ed|s|ing)?|follow(?:ed|s)? up|triag(?:e|ed|es|ing)|pick(?:ed|s)? up|complet(?:e|ed|es|ing)|paid|pay|patch(?:ed|es|ing)?|notif(?:y|ied|ies)|issued?|sent|send|receiv(?:e|ed|es|ing)|seen|see|provid(?:e|ed|es|ing)|process|serve[ds]?|assign(?:ed|s)?|remediat(?:e|ed|es)|log(?:ged)?|submitted|discharged|admitted|triaged|onboarded|recover(?:ed|y)?|install(?:ed)?|decid(?:e|ed|es|ing)|determin(?:e|ed|es)|grant(?:ed)?|settl(?:e|ed|es|ing)|repair(?:ed|ing|s)?|fill(?:ed|ing)?|clear(?:ed|ing)?)(?![a-z])"
)
MANY = re.compile(
    r"%|percent|(?<![a-z])(?:all|every|each|any|tickets|complaints|requests|calls|emails|orders|inquiries|enquiries|queries|incidents|claims|cases|patients|customers|vulnerabilities|invoices|bugs|issues|applications|applicants|candidates|leads|questions|messages|alerts|parcels|deliveries|refunds|repairs|payments|referrals|permits|appeals|vacancies|positions|jobs|works?hop requests|reports|enrolments|admissions)(?![a-z])"
)
YEAR_RANGE = re.compile(
    r"(?<![\d-])(?:(?:in|over|during|for|from|between)[ ])?(?P<a>20[1-6]\d)-(?P<b>20[1-6]\d)(?![\d-])"
)
DIGIT = re.compile(r"\d")
PAST_WORDS = ("last", "previous", "prior", "the previous", "the past", "the last")
COMPARE = ("compared", "relative", "versus", "vs", "against", "than")
AFTER_YEAR = re.compile(
    r"[ ]?(?:$|[,.;:)\]]|(?:roadmap|plan|target|goal|budget|okr|objective|strategy|season|annual|fiscal|financial|baseline|level|revenue|sales|by|we|our|key|kpi|goals|okrs|targets|objectives|and|to|from|with|in|for|as|the|will|team|season|summit|marathon|edition|cohort|intake))"
)
"""What follows a bare number that is a year."""
FESTIVAL = r"(?<![a-z])(?P<prep>by|before|ahead of|until|prior to|after|on|over|in time for|no later than|for|at)[ ](?:the[ ])?(?P<name>NAMES)(?![a-z])(?:[ ](?P<y>20\d\d))?(?![ ](?:campaign|sale|party|gift|card|collection|season's))"
"""With the festivals' names put in for NAMES."""
