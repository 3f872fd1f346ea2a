"""Indicators: a YAML file for each reported one, a module with its formula for each derived one."""

import sys
from functools import cache

from metrics.definitions import Indicator
from metrics.discover import definitions, discover


@cache
def indicators() -> tuple[Indicator, ...]:
    derived = discover(sys.modules[__name__], Indicator)
    return tuple(sorted([*definitions(__name__, Indicator), *derived], key=lambda each: each.code))
