"""Indicators: a YAML file for each reported one, a module with a formula for each derived one.

A formula is a function from a table to a table. It is given the indicator values of all that its
indicator is `derived_from` (every area, period, breakdown and component, with statuses; columns as
in `docs/tables.md`), and gives rows of the components of its own kind: the key without `indicator`,
`value`, both statuses, and `late`; what it leaves out is filled in. It never sees other indicators.
The same formula is run again on what disclosure control has left, where a suppressed value is NaN
with the status `Q`: a row that cannot be made from that is suppressed too.
"""

import sys
from functools import cache
from operator import attrgetter

from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.discover import discover, read_definitions


@cache
def indicators() -> tuple[Indicator, ...]:
    derived = discover(sys.modules[__name__], Indicator)
    reported = read_definitions(__name__, Indicator)
    return tuple(sorted([*reported, *derived], key=attrgetter("code")))
