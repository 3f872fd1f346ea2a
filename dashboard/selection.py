"""Resolve which goal, area and series a page shows, from its query or by default."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard.context import PageContext
from dashboard.data import Release
from dashboard.series import AssessedSeries, read_series, series_anywhere, series_of_goal
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.core.verdicts import Status


@dataclass(frozen=True)
class Selection:
    """The goal, area and series shown on a page."""

    context: PageContext
    goal: Goal | None  # None for a context indicator, which serves no goal
    area: str
    followed: Sequence[AssessedSeries]
    series: AssessedSeries | None

    @property
    def view(self) -> View:
        return self.context.view

    @property
    def text(self) -> Text:
        return self.context.text

    @property
    def release(self) -> Release | None:
        return self.context.release

    @property
    def is_unasked(self) -> bool:
        """Whether another area than the Union is shown although nobody chose one."""
        return not self.view.area and self.area != EU

    @cached_property
    def by_state(self) -> dict[str, Sequence[AssessedSeries]]:
        """The goal's series of each Member State."""
        return {area: self.series_of_area(area) for area in member_states()}

    def series_of_area(self, area: str) -> Sequence[AssessedSeries]:
        if self.goal is not None:
            return series_of_goal(self.goal, area, self.release)
        return [read_series(self.release, self.view.indicator, area)]


def choose(context: PageContext) -> Selection:
    goals, view = catalogue().goals, context.view
    if view.goal not in goals and is_context(view.indicator):
        return select_context_indicator(context)
    return select_goal(goals.get(view.goal) or first_goal(context.release), context)


def first_goal(release: Release | None) -> Goal:
    """The first goal with a value, or else the first goal."""
    goals = list(catalogue().goals.values())
    given = set(release.areas_of) if release else set()
    return next((goal for goal in goals if given & set(goal.indicators)), goals[0])


def select_context_indicator(context: PageContext) -> Selection:
    area = context.view.area or EU
    only = read_series(context.release, context.view.indicator, area)
    return Selection(context, None, area, [only], only)


def select_goal(goal: Goal, context: PageContext) -> Selection:
    view, release = context.view, context.release
    area = view.area or area_with_figures(goal, view.indicator, release)
    followed = series_of_goal(goal, area, release)
    return Selection(context, goal, area, followed, first_shown(followed, view))


def first_shown(followed: Sequence[AssessedSeries], view: View) -> AssessedSeries | None:
    """The requested series, else the first with a value, else with a row, else the first."""
    asked = [series for series in followed if series.name == view.indicator]
    with_figure = [series for series in followed if series.latest]
    with_row = [series for series in followed if series.newest]
    return next(iter((*asked, *with_figure, *with_row, *followed)), None)


def is_context(code: str) -> bool:
    indicator = catalogue().indicators.get(code)
    return indicator is not None and indicator.role == "context"


def area_with_figures(goal: Goal, indicator: str, release: Release | None) -> str:
    """The Union if it has a row or a verdict; else the first area with a value."""
    anywhere = series_anywhere(goal, release) if release else []
    areas = [series.area for series in anywhere if indicator in {"", series.name}]
    union = [
        series for series in series_of_goal(goal, EU, release) if indicator in {"", series.name}
    ]
    return EU if any(map(is_known, union)) or not areas else areas[0]


def is_known(series: AssessedSeries) -> bool:
    return series.newest is not None or series.status is not Status.NOT_ASSESSED
