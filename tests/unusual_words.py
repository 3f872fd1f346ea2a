"""Words that no text, document or docstring has: private ones, and ones with a usual equivalent."""

import re

UNUSUAL = re.compile(
    r"\b(?:judg(?:e[sd]?|ing)|mend(?:ed|ing)?|told apart|held against|this very|a stranger"
    r"|(?:un)?wanted direction|as wanted|passed over|stands? beside|as it stands|became of|relays?"
    r"|withh(?:eld|old(?:s|ing)?)|anew|unasked|for who|(?:is|was) told"
    r"|(?:is|are) to be|merely|(?:count|nam)(?:ed|s) apart|(?:is|it) read beside|read it beside"
    r"|sa(?:ys?|id)(?: nothing)? of|nothing of (?:it|the|this|any)|nobody but|likewise|goes by|in sight"
    r"|for the whole of|stands? in (?:a|its|the) (?:row|table|cell|file|place))\b",
    re.IGNORECASE,
)
