"""What an invented workbook says in each row: figures, statuses and remarks."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.denominators import children_near
from metrics.catalogue.loader import Catalogue, catalogue
from metrics.catalogue.released_remarks import INVENTED_REMARKS, RECOUNTED
from metrics.core.period import ReferencePeriod
from metrics.core.series import parse_series
from metrics.core.tables import MISSING, NOT_APPLICABLE, NOT_COLLECTED, VALUE, WITHHELD
from metrics.sample.figure_generator import Entry, SeriesRequest, figures, without_value
from metrics.sample.planned_workbooks import PlannedSubmission
from metrics.sample.relations import CHILDREN, relation_of

SEED = 2026
# Status of absent figures: how often in ten thousand rows.
ABSENT = {MISSING: 120, NOT_COLLECTED: 90, NOT_APPLICABLE: 40, WITHHELD: 10}
# Flags on figures: how often in ten thousand rows.
FLAGGED = {"E": 150, "B": 20, "D": 30, "U": 30, "P": 60, "I": 10, "N": 10, "V": 10, "J": 5, "S": 5}


def entries(known: Catalogue, planned: PlannedSubmission) -> dict[str, Entry]:
    """Every row of one workbook, by series."""
    period = planned.round.periods[0]
    request = SeriesRequest(planned.area, period.year, SEED, period.months)
    asked = known.restrict_to(known.collection(planned.collection))
    found: dict[str, Entry] = {}
    for indicator, rows in invent_rows(asked.indicators, request, period):
        found |= dict(_flagged_entries(indicator, rows, planned))
    return found


def invent_rows(
    indicators: Mapping[str, Indicator], request: SeriesRequest, period: ReferencePeriod
) -> Iterator[tuple[Indicator, dict[str, Entry]]]:
    """The figures of each indicator of a State and period, related to those before."""
    known: dict[str, Entry] = {}
    for defined in indicators_in_filling_order(indicators):
        indicator = defined.in_period(period)
        rows = figures(indicator, request, _base_value(indicator, request, known))
        known |= rows
        yield indicator, rows


def indicators_in_filling_order(known: Mapping[str, Indicator]) -> list[Indicator]:
    """The collected indicators, each after the one that it is related to."""
    collected = [
        indicator for indicator in known.values() if indicator.collected and not indicator.formula
    ]
    return sorted(collected, key=lambda indicator: _depth(indicator, known))


def _depth(indicator: Indicator, known: Mapping[str, Indicator]) -> int:
    relation = relation_of(indicator)
    before = known.get(relation.indicator) if relation else None
    return 1 + _depth(before, known) if before else 0


def _base_value(
    indicator: Indicator, request: SeriesRequest, rows: Mapping[str, Entry]
) -> float | None:
    """The value that the indicator's total is related to; None without one."""
    relation = relation_of(indicator)
    if relation and relation.per == CHILDREN:
        return children_near(request.area, request.year) / 1000
    base = rows.get(relation.per) if relation else None
    return base.value if base and isinstance(base.value, float) else None


def _flagged_entries(
    indicator: Indicator, rows: Mapping[str, Entry], planned: PlannedSubmission
) -> Iterator[tuple[str, Entry]]:
    """Leave some indicators out with a reason, flag some figures, and revise some."""
    key = [SEED, planned.round.periods[0].year, *planned.area.encode(), *indicator.code.encode()]
    drawn = int(np.random.default_rng([99, *key]).integers(10_000))
    absent = draw_code(drawn, ABSENT)
    flag = _provisional_flag(draw_code(9_999 - drawn, FLAGGED), planned)
    is_revised = bool(planned.version) and drawn % 7 == 0 and not indicator.breakdowns
    for series, entry in rows.items():
        if absent:
            yield series, without_value(entry, absent, INVENTED_REMARKS[absent])
        elif is_revised:
            yield series, _recounted_entry(entry)
        else:
            is_confidential = drawn % 997 == 0 and parse_series(series)[1] == VALUE
            yield (
                series,
                replace(
                    entry,
                    observation_status=flag,
                    confidentiality_status="C" if is_confidential else "",
                    remark=INVENTED_REMARKS.get(flag, ""),
                ),
            )


def _recounted_entry(entry: Entry) -> Entry:
    if not isinstance(entry.value, float):
        return entry
    return replace(entry, value=entry.value + 1, remark=INVENTED_REMARKS[RECOUNTED])


def _provisional_flag(flag: str, planned: PlannedSubmission) -> str:
    """Some States' newest figures are provisional until they are sent again."""
    is_newest = planned.round == catalogue().collection(planned.collection).rounds[-1]
    is_chosen = member_states().index(planned.area) % 4 == 0
    return flag or ("P" if is_newest and is_chosen and not planned.version else "")


def draw_code(number: int, shares: Mapping[str, int]) -> str:
    """The code that a number below 10,000 falls on, given the frequency of each; or none."""
    for code, share in shares.items():
        if number < share:
            return code
        number -= share
    return ""
