"""Resolve which goal, area, series and period a page shows, from its query or by default."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import pandas as pd

from dashboard.addresses.address import (
    areas_with_value,
    first_goal,
    has_rows,
    known_breakdowns,
    requested_area,
    requested_breakdown,
    requested_goal,
    requested_series,
)
from dashboard.addresses.alternatives import UnavailableError, unknown_choice, without_release
from dashboard.context import PageContext
from dashboard.data import PartKey, Release
from dashboard.released.goal_figures import known_of_goal
from dashboard.released.released_parts import (
    areas_of_series,
    breakdowns_of,
    codes_of,
    parts_of_indicator,
    preferred_area,
)
from dashboard.released.series import (
    AssessedSeries,
    followed_in_area,
    headline_component,
    is_headline_anywhere,
    leads_goal,
    periods_in_areas,
    read_in_area,
    read_series,
    series_by_area,
    series_of_goal,
)
from dashboard.released.states_by_status import marks_of_goal
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.core.period import parse_periods
from metrics.core.series import ParsedSeries, parse_dimensions
from metrics.core.tables import EU, VALUE


@dataclass(frozen=True)
class Selection:
    """The goal, area, series and breakdown shown on a page."""

    context: PageContext
    goal: Goal | None  # None for an indicator that serves no goal
    area: str
    followed: Sequence[AssessedSeries]
    series: AssessedSeries | None
    breakdown: tuple[str, ...] = ()  # shown in parts by these dimensions
    unavailable: UnavailableError | None = None

    @property
    def view(self) -> View:
        return self.context.view

    def with_view(self, name: str) -> Self:
        """The same selection in another view, to which its links lead too."""
        return replace(self, context=self.context.with_changes(view=name))

    @property
    def text(self) -> Text:
        return self.context.text

    @property
    def release(self) -> Release | None:
        return self.context.release

    @property
    def is_default_area(self) -> bool:
        """Whether another area than the Union is shown although nobody chose one."""
        return not self.view.area and self.area != EU

    @cached_property
    def is_headline_nowhere(self) -> bool:
        """Whether no area was chosen, and none has a figure of the headline that is shown."""
        return not self.view.area and self.is_headline_without_figures

    @cached_property
    def is_goal_elsewhere(self) -> bool:
        """Whether the chosen area has no figure of the goal, and no area one of its headline."""
        if not self.view.area or not self.is_headline_without_figures:
            return False
        return not known_of_goal(self.goal, self.area, self.release) if self.goal else False

    @property
    def has_figures_elsewhere(self) -> bool:
        """Whether figures of all areas are listed in place of those of the shown one."""
        return self.is_headline_nowhere or self.is_goal_elsewhere

    @cached_property
    def is_headline_without_figures(self) -> bool:
        """Whether the headline of the goal is shown, and no area has a figure of it."""
        goal, series = self.goal, self.series
        if goal is None or series is None or self.areas:
            return False
        return is_headline_anywhere(goal, series)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas in which the shown series has a value."""
        return areas_of_series(self.series, self.release) if self.series else ()

    @cached_property
    def parts(self) -> list[PartKey]:
        """Every series with a value of the shown indicator, in the shown area."""
        code = self.series.indicator.code if self.series else ""
        return parts_of_indicator(self.release, code, self.area)

    @property
    def breakdowns(self) -> list[str]:
        """The dimensions by which the shown series can be split in the shown area."""
        if self.series is None:
            return []
        return breakdowns_of(self.parts, self.series.component, self.series.codes)

    @cached_property
    def in_states(self) -> dict[str, AssessedSeries]:
        """The shown series in each Member State, as of the chosen period."""
        if self.series is None:
            return {}
        return {area: self.same_series(self.series, area) for area in member_states()}

    @cached_property
    def parts_in_states(self) -> list[dict[str, str]]:
        """The codes of the parts of which States have figures, if no State has one of the whole.

        By the first breakdown that States have.
        """
        series, states = self.series, member_states()
        if series is None or any(self.whole_series(series, area).last_known for area in states):
            return []
        component = series.other_component or headline_component(series.indicator, states[0])
        found = parts_of_indicator(self.release, series.indicator.code)
        parts = [part for part in found if part.area in states and part.component == component]
        by = next(iter(breakdowns_of(parts, component, series.codes)), "")
        dimensions = {*series.codes, *parse_dimensions(by)}
        own = series.codes.items()
        return [codes for codes in codes_of(parts, component)
                if by and {*codes} == dimensions and own <= codes.items()]  # fmt: skip

    def states_in(self, period: str) -> dict[str, AssessedSeries]:
        """The shown series in each Member State, compared in a period.

        In a period that nobody chose, a status that still stands is as old as it is today.
        """
        if not period or self.period:
            return self.in_states
        return {area: state.compared_in(period) for area, state in self.in_states.items()}

    def same_series(self, series: AssessedSeries, area: str) -> AssessedSeries:
        return self.whole_series(series, area).as_of(self.period)

    def whole_series(self, series: AssessedSeries, area: str) -> AssessedSeries:
        """The same series in another area, with all its periods."""
        goal = followed_in_area(self.goal.code, area, self.release) if self.goal else None
        followed = goal.find(series.name) if goal else None
        return followed or read_in_area(series, area, self.release)

    @cached_property
    def marks_of_goal(self) -> dict[str, str]:
        """State → the mark of the goal as of the period, beside the series that leads it."""
        if self.series is None:
            return {}
        return marks_of_goal(self.goal, self.series, self.release, self.period)

    @cached_property
    def followed_by_state(self) -> dict[str, Sequence[AssessedSeries]]:
        """The goal's series of each Member State, as of the chosen period."""
        return {
            area: [series.as_of(self.period) for series in self.series_of_area(area)]
            for area in member_states()
        }

    def series_of_area(self, area: str) -> Sequence[AssessedSeries]:
        return series_of_goal(self.goal, area, self.release) if self.goal else ()

    @cached_property
    def periods(self) -> list[str]:
        """The periods in which any area has a row of the shown series, newest first."""
        if self.series is None:
            return []
        found = periods_in_areas(self.series, {self.area, *self.areas}, self.release)
        return sorted(found, key=parse_periods(found).__getitem__, reverse=True)

    @property
    def period(self) -> str:
        """The chosen period; empty if none was chosen, or one that does not exist.

        A year of the release counts for each of its series, as on the scoreboard, whether the
        series has a row for it or not.
        """
        chosen, release = self.view.period, self.release
        years = release.years if release and self.series else ()
        return chosen if chosen and chosen in {*self.periods, *years} else ""

    @property
    def is_period_unknown(self) -> bool:
        return bool(self.view.period) and self.series is not None and not self.period


def compared_period(selection: Selection) -> str:
    """The period in which the States are compared; "" if none has a value by the chosen one.

    The chosen one, if any area has a row for it; else the newest with most.
    """
    valued = Counter(
        row["period"]
        for series in selection.in_states.values()
        for row in series.rows
        if not pd.isna(row["value"])
    )
    chosen = selection.period
    return chosen if valued and chosen in selection.periods else newest_well_covered(valued)


def newest_well_covered(figures: Mapping[str, int]) -> str:
    """The newest period with at least half as many figures as the period that has most."""
    enough = max(figures.values(), default=0) / 2
    covered = [period for period, number in figures.items() if number >= enough]
    return max(covered, key=parse_periods(covered).__getitem__, default="")


def choose(context: PageContext) -> Selection:
    """Never another series than the requested one: what does not exist is said."""
    try:
        asked = requested_series(context)
        return select(requested_goal(context, asked), asked, context)
    except UnavailableError as unavailable:
        goal = context.definitions.goals.get(context.view.goal)
        area = context.view.area or EU
        followed = series_of_goal(goal, area, context.release) if goal else ()
        return Selection(context, goal, area, followed, None, unavailable=unavailable)


def select(goal: Goal | None, asked: ParsedSeries | None, context: PageContext) -> Selection:
    area = requested_area(context)
    if asked is None:
        chosen = select_goal(goal or first_goal(context), area, context)
        is_asked = bool(context.view.goal or area)
        return chosen if is_asked or not chosen.is_headline_nowhere else first_figure(chosen)
    is_absent = goal is not None and is_followed_without_rows(goal, asked, context)
    breakdown = () if is_absent else requested_breakdown(asked, context)
    area = area or preferred_area(areas_with_value(asked, breakdown, context.release), EU) or EU
    followed = series_of_goal(goal, area, context.release) if goal else ()
    series = find_followed_series(asked, followed, area, context.release)
    return Selection(context, goal, area, followed or [series], series, breakdown)


def is_followed_without_rows(goal: Goal, asked: ParsedSeries, context: PageContext) -> bool:
    """Whether the goal is followed by a series of which the release has nothing at all.

    The page of the goal shows such a series by default, so its own links name it: that it has no
    figure is said there, and is no mistake in the address.
    """
    release = context.release
    if release is None or context.view.breakdown or asked.component != VALUE:
        return False
    if has_rows(asked, release) or known_breakdowns(asked, release):
        return False
    area = context.view.area or EU
    return any(
        (series.indicator.code, series.codes) == (asked.indicator, asked.codes)
        for series in series_of_goal(goal, area, release)
    )


def select_goal(goal: Goal, area: str, context: PageContext) -> Selection:
    """The headline series of a goal, in the area asked for or the first with a value of it.

    Another series is chosen only for a goal that has no headline.
    """
    release = context.release
    area = area or area_of_headline(goal, release)
    followed = series_of_goal(goal, area, release)
    leading = [series for series in followed if leads_goal(goal, series)]
    series = preferred_series(leading if goal.headline_series else followed)
    chosen = Selection(context, goal, area, followed, series)
    dimensions = context.view.breakdown
    if series is None or not dimensions:
        return chosen
    asked = ParsedSeries(series.indicator.code, VALUE, dict(series.codes))
    return replace(chosen, breakdown=requested_breakdown(asked, context))


def preferred_series(followed: Sequence[AssessedSeries]) -> AssessedSeries | None:
    """The first series with a value, else with a row, else the first."""
    with_figure = [series for series in followed if series.last_known]
    with_row = [series for series in followed if series.last_row]
    return next(iter((*with_figure, *with_row, *followed)), None)


def area_of_headline(goal: Goal, release: Release | None) -> str:
    """The first area, in protocol order, in which the headline has a value; else the Union.

    For a goal without a headline, the first area with a value of any of its series.
    """
    if release is None:
        return EU
    found = series_by_area(goal, release)
    leading = (series for series in found if leads_goal(goal, series))
    first = next(leading, None)
    if first is None and not goal.headline_series:
        first = next(series_by_area(goal, release), None)
    return first.area if first else EU


def first_figure(chosen: Selection) -> Selection:
    """The first figure of the goal in any area, where nobody asked for a goal or an area."""
    if chosen.goal is None or chosen.release is None:
        return chosen
    series = next(series_by_area(chosen.goal, chosen.release), None)
    if series is None:
        return chosen
    followed = series_of_goal(chosen.goal, series.area, chosen.release)
    return replace(chosen, area=series.area, followed=followed, series=series)


def find_followed_series(
    asked: ParsedSeries, followed: Sequence[AssessedSeries], area: str, release: Release | None
) -> AssessedSeries:
    found = read_series(release, asked.indicator, area, asked.codes, asked.component)
    return next((series for series in followed if series.name == found.name), found)


@dataclass(frozen=True)
class ReleasedSelection:
    """What a file or picture of the page of a goal is of: a series of a release."""

    selection: Selection
    release: Release
    series: AssessedSeries


def require_series(context: PageContext) -> ReleasedSelection:
    """UnavailableError without a release, a series, or the period that the address names."""
    selection, text = choose(context), context.text
    if context.release is None:
        raise without_release(context)
    if selection.series is None:
        raise selection.unavailable or UnavailableError(text("goal.no_series"))
    if selection.is_period_unknown:
        raise UnavailableError(unknown_choice(context.view.period, "goal.period", text))
    return ReleasedSelection(selection, context.release, selection.series)
