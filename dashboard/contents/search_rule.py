"""The rule of a search, as an address chooses it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.addresses.named_series import goal_of_series
from dashboard.context import PageContext
from metrics.catalogue.definitions.goals import Goal
from metrics.core.series import ParsedSeries
from metrics.core.verdicts import Status

MOST_YEARS_SEARCHED = 6


class SearchMeasure(StrEnum):
    """What is compared with a threshold."""

    VALUE = "value"
    RATE = "rate"
    CHANGE = "change"
    GAP = "gap"
    SINCE_START = "since_start"
    STATUS = "status"


class SearchRelation(StrEnum):
    BELOW = "below"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    ABOVE = "above"
    EQUAL = "equal"


class SearchMatch(StrEnum):
    """In how many of the years the rule must hold."""

    EACH = "each"
    ANY = "any"


@dataclass(frozen=True)
class SearchRule:
    """`yearly change of ICSE_VICTIMS below 10, in each of 2024 and 2025`."""

    parsed: ParsedSeries
    goal: Goal | None  # whose path and status are meant
    measure: SearchMeasure
    relation: SearchRelation
    threshold: float
    status: str
    periods: tuple[str, ...]  # the earliest first
    match: SearchMatch

    @property
    def years_of_figures(self) -> tuple[str, ...]:
        """The years whose figures are used: of a change, also the year before."""
        before = [str(int(self.periods[0]) - 1)] if self.measure is SearchMeasure.CHANGE else []
        return (*before, *self.periods)


def read_rule(
    parsed: ParsedSeries,
    measures: Sequence[SearchMeasure],
    until: str,
    context: PageContext,
) -> SearchRule:
    """The rule of an address; what it does not choose is as usual."""
    view, goal = context.view, goal_of_series(parsed, context)
    agreed = growth_agreed(parsed, goal)
    usual = SearchMeasure.CHANGE if SearchMeasure.CHANGE in measures else measures[0]
    measure = SearchMeasure(view.unit) if view.unit in measures else usual
    usual_threshold = agreed if agreed is not None and measure is SearchMeasure.CHANGE else 0.0
    number = parse_number(view.threshold)
    last = int(view.last) if view.last.isdigit() else 0
    number_of_years = last if 1 <= last <= MOST_YEARS_SEARCHED else (2 if agreed else 1)
    return SearchRule(
        parsed,
        goal,
        measure,
        SearchRelation(view.relation)
        if view.relation in [*SearchRelation]
        else usual_relation(measure),
        usual_threshold if number is None or not view.threshold else number,
        view.status if view.status in [*Status] else Status.BEHIND,
        run_of_years(until, number_of_years),
        SearchMatch(view.match) if view.match in [*SearchMatch] else SearchMatch.EACH,
    )


def usual_relation(measure: SearchMeasure) -> SearchRelation:
    """A fall, or a figure short of its path; of figures, those that are no zero."""
    is_figure = measure in {SearchMeasure.VALUE, SearchMeasure.RATE}
    return SearchRelation.ABOVE if is_figure else SearchRelation.BELOW


def parse_number(written: str) -> float | None:
    """The number, with a decimal point or comma; zero for nothing, None for what is no number."""
    try:
        number = float(written.replace(",", ".") or 0)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def run_of_years(until: str, number: int) -> tuple[str, ...]:
    return tuple(str(int(until) - back) for back in reversed(range(number)))


def growth_agreed(parsed: ParsedSeries, goal: Goal | None) -> float | None:
    """The growth in per cent a year that a goal asks of a series; None if it asks for none."""
    targets = goal.targets if goal else ()
    return next(
        (
            float(target.percent)
            for target in targets
            if target.rule == "growth_per_year"
            and (target.indicator, dict(target.at)) == (parsed.indicator, dict(parsed.codes))
        ),
        None,
    )
