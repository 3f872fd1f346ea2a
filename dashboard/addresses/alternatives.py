"""Links to what exists, where an address asks for something that does not, and in the catalogue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.context import PageContext
from dashboard.data import PartKey, sort_areas
from dashboard.released.released_parts import (
    breakdown_rank,
    breakdowns_of,
    components_of,
    headline_parts,
    parts_of_indicator,
)
from dashboard.released.series import component_name
from dashboard.texts import Text
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.series import format_series, parse_dimensions
from metrics.core.similar_names import nearest_name
from metrics.core.tables import VALUE

GOAL_PATH = "/goal"


@dataclass(frozen=True)
class Offer:
    """Something that exists, as a link."""

    label: str
    href: str


class UnavailableError(Exception):
    """The address asks for something that does not exist; the offers do.

    `is_in_catalogue`: it is defined, and this release has nothing of its indicator.
    """

    def __init__(
        self, sentence: str, offers: Sequence[Offer] = (), *, is_in_catalogue: bool = False
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence  # with its language, if it is a Message
        self.offers = offers
        self.is_in_catalogue = is_in_catalogue


def without_release(context: PageContext) -> UnavailableError:
    """That a file or picture is asked for of a collection that has no release."""
    collection = context.collection.name(context.language)
    return UnavailableError(context.text("download.no_release", collection=collection))


def unknown_choice(value: str, what: str, text: Text) -> str:
    return text("download.unknown", value=value, what=text(what))


def with_nearest(words: str, written: str, known: Iterable[str], text: Text) -> str:
    """The sentence, and the most similar name that exists, if any is similar."""
    nearest = nearest_name(written, map(str, known))
    return f"{words} {text('missing.nearest', name=nearest)}" if nearest else words


def goal_offers(context: PageContext) -> list[Offer]:
    view = context.view.lasting_choices
    return [
        Offer(f"{goal.code} {goal.name(context.language)}", view.link(GOAL_PATH, goal=goal.code))
        for goal in context.definitions.goals.values()
    ]


def offers_under(
    goals: Sequence[Goal | None], indicator: Indicator, context: PageContext
) -> list[Offer]:
    """The requested series under each goal that it serves; a context indicator has no goal."""
    name, view = indicator.name(context.language), context.view
    return [
        Offer(
            f"{goal.code} · {name}" if goal else name,
            view.link(GOAL_PATH, goal=goal.code if goal else ""),
        )
        for goal in goals
    ]


def offers_of_indicator(indicator: Indicator, context: PageContext) -> list[Offer]:
    """The series of an indicator or, where the release has none of it, what else exists."""
    return part_offers(indicator, context, context.view.goal) or other_offers(context)


def other_offers(context: PageContext) -> list[Offer]:
    """The indicators of the goal in the address that have a value, and the catalogue."""
    view, definitions = context.view.lasting_choices.with_changes(area=""), context.definitions
    goal = definitions.goals.get(context.view.goal)
    offers = [
        Offer(
            definitions.indicators[code].name(context.language),
            view.link(GOAL_PATH, goal=context.view.goal, indicator=code),
        )
        for code in (goal.indicators if goal else ())
        if parts_of_indicator(context.release, code)
    ]
    return [*offers, Offer(context.text("catalogue.title"), view.link("/catalogue"))]


def area_offers(context: PageContext) -> list[Offer]:
    """The areas with a value of the goal or indicator in the address, or with any value."""
    view, goal = context.view, context.definitions.goals.get(context.view.goal)
    named = view.indicator.partition("[")[0].strip()
    codes = [named] if named else list(goal.indicators if goal else ())
    release = context.release
    parts = [part for code in codes for part in parts_of_indicator(release, code)]
    areas = sort_areas(part.area for part in parts) or (release.areas if release else ())
    return [
        Offer(context.text.code("area", area), view.link(GOAL_PATH, area=area)) for area in areas
    ]


def part_offers(indicator: Indicator, context: PageContext, goal: str = "") -> list[Offer]:
    """A link for every component and breakdown of an indicator that the release has."""
    view = context.view.lasting_choices.with_changes(goal=goal, area="")
    parts = parts_of_indicator(context.release, indicator.code)
    return [
        Offer(
            part_label(indicator, component, by, context.text),
            view.link(GOAL_PATH, indicator=format_series(indicator.code, component), breakdown=by),
        )
        for component, own in parts_by_component(indicator, parts).items()
        for by in dimensions_of(own)
    ]


def parts_by_component(indicator: Indicator, parts: Sequence[PartKey]) -> dict[str, list[PartKey]]:
    """Component → its parts; `value` stands for the headline component of each area."""
    headline = headline_parts(indicator, parts)
    others = list({*parts} - {*headline})
    groups = {VALUE: headline} if headline else {}
    return groups | {
        component: [part for part in others if part.component == component]
        for component in components_of(others)
    }


def dimensions_of(parts: Sequence[PartKey]) -> list[str]:
    """The breakdowns of the parts; the total, which is written "", comes first."""
    total = [""] if any(not part.codes for part in parts) else []
    split = {by for component in components_of(parts) for by in breakdowns_of(parts, component)}
    return [*total, *sorted(split, key=breakdown_rank)]


def part_label(indicator: Indicator, component: str, by: str, text: Text) -> str:
    """`figure, by sex × age`, `change on the previous year in per cent`."""
    name = text("parts.figure")
    if component != VALUE:
        name = component_name(indicator, component, text)
    return text("parts.by", name=name, by=breakdown_name(by, text)) if by else name


def breakdown_name(by: str, text: Text) -> str:
    return " × ".join(text(f"breakdown.{name}") for name in parse_dimensions(by))
