"""What the address of a goal's page chose, or what is shown first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard import data
from dashboard.data import Release
from dashboard.series import AssessedSeries, track, tracks, tracks_anywhere
from dashboard.texts import Text, texts
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.core.verdicts import Status


@dataclass(frozen=True)
class Selection:
    """What the address chose, or what is shown first."""

    view: View
    goal: Goal | None  # None for an indicator of the context, which serves no goal
    area: str
    followed: Sequence[AssessedSeries]
    track: AssessedSeries | None
    release: Release | None
    text: Text

    @property
    def is_unasked(self) -> bool:
        """Whether an area is shown that nobody chose, for want of the Union."""
        return not self.view.area and self.area != EU

    @cached_property
    def by_state(self) -> dict[str, Sequence[AssessedSeries]]:
        """Every series of the goal, of each Member State."""
        return {area: self.tracks_of(area) for area in member_states()}

    def tracks_of(self, area: str) -> Sequence[AssessedSeries]:
        if self.goal is not None:
            return tracks(self.goal, area, self.release)
        return [track(self.release, self.view.indicator, area)]


def choose(view: View) -> Selection:
    goals, release = catalogue().goals, data.release_of(view)
    if view.goal not in goals and is_context(view.indicator):
        return in_context(view, release)
    return of_goal(goals.get(view.goal) or first_goal(release), view, release)


def first_goal(release: Release | None) -> Goal:
    """The first that has a figure, if any."""
    every = list(catalogue().goals.values())
    given = set(release.areas_of) if release else set()
    return next((each for each in every if given & set(each.indicators)), every[0])


def in_context(view: View, release: Release | None) -> Selection:
    area = view.area or EU
    only = track(release, view.indicator, area)
    return Selection(view, None, area, [only], only, release, texts(view.lang))


def of_goal(goal: Goal, view: View, release: Release | None) -> Selection:
    area = view.area or with_figures(goal, view.indicator, release)
    followed = tracks(goal, area, release)
    return Selection(
        view, goal, area, followed, shown_first(followed, view), release, texts(view.lang)
    )


def shown_first(followed: Sequence[AssessedSeries], view: View) -> AssessedSeries | None:
    """The series asked for, the first with a figure or with the reason for none, or the first."""
    named = [each for each in followed if each.name == view.indicator]
    known = [each for each in followed if each.latest]
    told = [each for each in followed if each.newest]
    return next(iter((*named, *known, *told, *followed)), None)


def is_context(code: str) -> bool:
    indicator = catalogue().indicators.get(code)
    return indicator is not None and indicator.role == "context"


def with_figures(goal: Goal, indicator: str, release: Release | None) -> str:
    """The Union where anything is known of it, also why it has no figure; else who has figures."""
    every = tracks_anywhere(goal, release) if release else []
    areas = [each.area for each in every if indicator in {"", each.name}]
    union = [each for each in tracks(goal, EU, release) if indicator in {"", each.name}]
    return EU if any(map(is_known, union)) or not areas else areas[0]


def is_known(track: AssessedSeries) -> bool:
    return track.newest is not None or track.status is not Status.NOT_ASSESSED
