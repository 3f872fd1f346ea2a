"""What an entry of a deck names and nothing is called: all of it at once, with the nearest name.

A page shows its usual view in place of an unknown one, and says so; a slide would not.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.addresses.goal_tabs import TABS
from dashboard.contents.comparison import AREAS_APART
from dashboard.context import PageContext
from dashboard.released.scoreboard import SCOREBOARD_MARKS
from dashboard.released.table_views import ORDERS
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.deck_links import DeckLink
from dashboard.slides.deck_yaml import YamlFile
from dashboard.slides.kinds import kinds_of_page, slide_kinds
from dashboard.view import PARAMETERS, View
from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.definitions.catalogue import Catalogue
from metrics.catalogue.loader import catalogue
from metrics.core.errors import KeyedText, SubmissionError, unknown_name
from metrics.core.tables import BREAKDOWNS

DIMENSIONS_APART = "+"
LISTS = {"areas": AREAS_APART, "marked": AREAS_APART, "breakdown": DIMENSIONS_APART}
SERIES = ("indicator", "second")  # `ICSE_VICTIMS[sex=F]`


@dataclass(frozen=True)
class Choice:
    """What a parameter of a link can be: all names, and those that are listed if none is near."""

    phrase: KeyedText
    known: Collection[str]
    listed: Sequence[str] = ()


def refuse_unknown(link: DeckLink, entry: DeckSlide, context: PageContext) -> None:
    """SubmissionError lists what neither the catalogue nor the release of a link has."""
    known = catalogue_choices(context.definitions)
    choices = known | release_choices(link.path, context, known)
    faults = [*faults_of_kind(entry.kind), *faults_of_view(link.view, choices)]
    if faults:
        raise SubmissionError.of_faults(faults)


def faults_of_links(written: YamlFile) -> Iterator[KeyedText]:
    """The same of a file that cannot be used, by the catalogue alone; each with its line."""
    entries, choices = written.values.get("slides"), catalogue_choices(catalogue())
    for at, entry in enumerate(entries if isinstance(entries, list) else ()):
        values = entry if isinstance(entry, dict) else {}
        view = DeckLink.parse(str(values.get("link", ""))).view
        for name, own in (
            ("as", faults_of_kind(str(values.get("as", "")))),
            ("link", faults_of_view(view, choices)),
        ):
            line = written.line_of(("slides", at, name))
            for why in own:
                yield KeyedText.filled("deck_slide_of_line", line=line, n=at + 1, why=why)


def faults_of_kind(kind: str) -> Iterator[KeyedText]:
    if kind and kind not in slide_kinds():
        yield unknown_name(KeyedText("deck_kind"), kind, slide_kinds())


def faults_of_view(view: View, choices: Mapping[str, Choice]) -> Iterator[KeyedText]:
    for name in view.unknown.splitlines():
        yield unknown_name(KeyedText("deck_parameter"), name, sorted(PARAMETERS))
    for name, choice in choices.items():
        for value in values_of(name, getattr(view, name)):
            if value not in choice.known:
                yield unknown_name(choice.phrase, value, choice.known, choice.listed)


def values_of(name: str, written: str) -> list[str]:
    """What a parameter names: of a list each part, of a series its indicator."""
    if name in SERIES:
        return [*filter(None, [written.partition("[")[0].strip()])]
    parts = written.split(LISTS[name]) if name in LISTS else [written]
    return [part.strip() for part in parts if part.strip()]


def catalogue_choices(definitions: Catalogue) -> dict[str, Choice]:
    """By parameter, what the catalogue or the program defines."""
    area = Choice(KeyedText("an_area"), codelist("area"), member_states())
    indicator = Choice(KeyedText("an_indicator"), catalogue().indicators)
    return {
        "collection": Choice(KeyedText("a_collection"), catalogue().collections),
        "framework": Choice(KeyedText("a_framework"), definitions.frameworks),
        "goal": Choice(KeyedText("deck_goal"), definitions.goals),
        "area": area,
        "areas": area,
        "marked": area,
        "indicator": indicator,
        "second": indicator,
        "breakdown": Choice(KeyedText("a_breakdown"), BREAKDOWNS),
        **{
            name: named_choice(name, known)
            for name, known in (("view", TABS), ("order", ORDERS), ("status", SCOREBOARD_MARKS))
        },
    }


def release_choices(path: str, context: PageContext, known: Collection[str]) -> dict[str, Choice]:
    """What the page of a link can choose in the release, beside what is known already."""
    found = {"release": Choice(KeyedText("deck_release"), context.labels)}
    for kind in kinds_of_page(path):
        for name, values in kind.choices(context).items():
            if name not in known:
                found[name] = named_choice(name, values)
    return found


def named_choice(name: str, known: Collection[str]) -> Choice:
    phrase = KeyedText.filled("deck_value_of", parameter=name)
    return Choice(phrase, tuple(filter(None, map(str, known))))
