"""What an entry of a deck names and nothing is called: all of it at once, with the nearest name.

A page shows its usual view in place of an unknown one, and says so; a slide would not.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.goal_tabs import TABS
from dashboard.addresses.selection import choose
from dashboard.addresses.used_periods import PAGES_AS_OF_PERIOD, unused_period
from dashboard.contents.comparison import AREAS_APART
from dashboard.context import PageContext, bare_context, read_context
from dashboard.released.goal_statuses import SCOREBOARD_MARKS
from dashboard.released.table_views import ORDERS
from dashboard.slides.deck_file import CURRENT_RELEASE, DeckSlide
from dashboard.slides.deck_links import DeckLink
from dashboard.slides.deck_yaml import YamlFile
from dashboard.slides.kinds import kind_of_link, kinds_of_page
from dashboard.view import PARAMETERS, View
from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.definitions.catalogue import Catalogue
from metrics.catalogue.loader import catalogue
from metrics.core.errors import KeyedText, SubmissionError, UnknownNameError, unknown_name
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


@dataclass(frozen=True)
class UnknownValue:
    """What a parameter of a link names and cannot be."""

    parameter: str
    value: str
    choice: Choice


def refuse_unknown(link: DeckLink, entry: DeckSlide, context: PageContext) -> None:
    """SubmissionError lists what neither the catalogue nor the release of a link has."""
    faults = [*faults_of_kind(link, entry.kind), *faults_in_release(link, context)]
    if faults:
        raise SubmissionError.of_faults(faults)


def refuse_other_release(link: DeckLink, of_deck: PageContext) -> None:
    """SubmissionError for a link that names another release than its deck shows, or none there is.

    One deck has one release: another one would show other figures than the link was copied for.
    """
    named = link.view.release
    if named in {"", of_deck.release_label} or not link.is_of(of_deck.collection.code):
        return
    if named not in of_deck.labels:
        raise UnknownNameError.with_hint(KeyedText("deck_release"), named, of_deck.labels)
    raise SubmissionError("deck_other_release", release=named, deck=of_deck.release_label)


def faults_of_names(written: YamlFile, *, is_broken: bool) -> Iterator[KeyedText]:
    """What a file names and nothing is called, each with its line.

    A file that can be used has its links read later, each in its release; of one that is broken
    they are all named with what else is wrong.
    """
    of_deck = [*faults_of_deck(written)]
    yield from of_deck
    if is_broken or of_deck:
        yield from faults_of_links(written, is_release_known=not of_deck)


def faults_of_deck(written: YamlFile) -> Iterator[KeyedText]:
    """Its collection, and its release among those of the collection."""
    collection, release = (str(written.values.get(name, "")) for name in ("collection", "release"))
    if collection and collection not in catalogue().collections:
        why = unknown_name(KeyedText("a_collection"), collection, catalogue().collections)
        yield at_line(written, "collection", why)
    elif release not in {"", CURRENT_RELEASE}:
        labels = bare_context(View(collection=collection)).labels
        if release not in labels:
            why = unknown_name(KeyedText("deck_release"), release, labels)
            yield at_line(written, "release", why)


def at_line(written: YamlFile, field: str, why: KeyedText) -> KeyedText:
    return KeyedText.filled("deck_line", line=written.line_of((field,)), why=why)


def faults_of_links(written: YamlFile, *, is_release_known: bool) -> Iterator[KeyedText]:
    """Of every entry its kind and its link; by the catalogue alone where no release is known."""
    entries = written.values.get("slides")
    for at, entry in enumerate(entries if isinstance(entries, list) else ()):
        values = entry if isinstance(entry, dict) else {}
        link = DeckLink.parse(str(values.get("link", "")))
        context = context_of_link(link, written) if is_release_known else None
        for name, own in (
            ("as", faults_of_kind(link, str(values.get("as", "")))),
            ("link", faults_in_release(link, context) if context else faults_in_catalogue(link)),
        ):
            line = written.line_of(("slides", at, name))
            for why in own:
                yield KeyedText.filled("deck_slide_of_line", line=line, n=at + 1, why=why)


def context_of_link(link: DeckLink, written: YamlFile) -> PageContext | None:
    """In the release of the deck; None where its collection has none."""
    collection, release = (str(written.values.get(name, "")) for name in ("collection", "release"))
    view = link.view_in("", collection, "" if release == CURRENT_RELEASE else release)
    context = read_context(view)
    return context if context.release is not None else None


def faults_of_kind(link: DeckLink, kind: str) -> Iterator[KeyedText]:
    """A kind that is none or that the page does not have, and a page without slides."""
    if not link.path:
        return
    try:
        kind_of_link(link.path, link.view.view, kind)
    except (SubmissionError, UnknownNameError) as wrong:
        yield from wrong.faults


def faults_in_catalogue(link: DeckLink) -> Iterator[KeyedText]:
    yield from faults_of_view(link.view, catalogue_choices(catalogue()))


def faults_in_release(link: DeckLink, context: PageContext) -> Iterator[KeyedText]:
    known = catalogue_choices(context.definitions)
    choices = known | release_choices(link.path, context, known)
    yield from faults_of_view(link.view, choices)
    if period := unused_period(link.path, link.view):
        yield KeyedText.filled("deck_period_unused", period=period, page=link.path)
    if link.path == GOAL_PATH and link.view.period:
        yield from faults_of_period(context, choices)


def faults_of_period(context: PageContext, choices: Mapping[str, Choice]) -> Iterator[KeyedText]:
    """A period that the series of a goal does not have, whatever else is wrong with the link."""
    without_unknown = {unknown.parameter: "" for unknown in unknown_values(context.view, choices)}
    selection = choose(context.with_changes(**without_unknown))
    if selection.is_period_unknown:
        yield unknown_name(KeyedText("deck_period"), selection.view.period, selection.periods)


def faults_of_view(view: View, choices: Mapping[str, Choice]) -> Iterator[KeyedText]:
    for name in view.unknown.splitlines():
        yield unknown_name(KeyedText("deck_parameter"), name, sorted(PARAMETERS))
    for unknown in unknown_values(view, choices):
        choice = unknown.choice
        yield unknown_name(choice.phrase, unknown.value, choice.known, choice.listed)


def unknown_values(view: View, choices: Mapping[str, Choice]) -> Iterator[UnknownValue]:
    for name, choice in choices.items():
        for value in values_of(name, getattr(view, name)):
            if value not in choice.known:
                yield UnknownValue(name, value, choice)


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
    if path in PAGES_AS_OF_PERIOD and context.release is not None:
        found["period"] = named_choice("period", context.release.years)
    return found


def named_choice(name: str, known: Collection[str]) -> Choice:
    phrase = KeyedText.filled("deck_value_of", parameter=name)
    return Choice(phrase, tuple(filter(None, map(str, known))))
