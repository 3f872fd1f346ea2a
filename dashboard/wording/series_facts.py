"""What is said about a series in few words: its facts, who is missing, notes and calculation.

Slides and documents say it; what a page adds has links.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dashboard.addresses.selection import Selection
from dashboard.charts.native_numbers import ABSENCE_LETTERS, NO_FIGURE_SIGN, letter_of
from dashboard.charts.notes import break_note, caveat_note, definition_notes
from dashboard.charts.specification import ChartSource, Mark
from dashboard.context import PageContext
from dashboard.released.assessed_values import assessed_row, compared_values
from dashboard.released.assessments import Assessment
from dashboard.released.printed_gaps import printed_gap
from dashboard.released.series import AssessedSeries, target_of
from dashboard.released.states_by_status import absences_in
from dashboard.target_text import target_text
from dashboard.texts import Text
from dashboard.wording.calculations import step_in_words
from dashboard.wording.narrative import (
    account_of,
    expected_in_words,
    latest_value,
)
from dashboard.wording.scoreboard_words import name_gap
from dashboard.wording.status_reasons import lateness
from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.statuses import HIERARCHY, SUPPRESSED_KEY
from metrics.catalogue.definitions.goals import Goal
from metrics.core.tables import EU, NORMAL
from metrics.core.verdicts import Status
from metrics.messages.local_formats import HARD_SPACE
from metrics.messages.sentences import as_sentence, with_capital

MIDDLE_DOT = " · "
MOST_AREAS_NAMED = 9
NO_FIGURE_KEY = "absent.not_reported"
ABSENCE_SENTENCES = {NO_FIGURE_KEY: "slides.missing", SUPPRESSED_KEY: "slides.withheld"}
# Absences that are no gap in the reporting: each is named by itself.
NAMED_ABSENCES = ("absent.not_applicable", "absent.not_collected")
USUAL_LETTERS = ("P", "E", "B", "U")  # first; then whatever else occurs in the release


def flags_in_words(marks: Iterable[Mark], text: Text) -> str:
    """`p provisional value; : no figure, no clear change`: the letters in use."""
    named: dict[str, dict[str, None]] = {}
    for mark in marks:
        named.setdefault(letter_of(mark), {})[mark.words] = None
    return text.listed(
        f"{letter}{HARD_SPACE}{', '.join(filter(None, words))}" for letter, words in named.items()
    )


def area_name(area: str, text: Text) -> str:
    return text("state.eu") if area == EU else text.code("area", area)


def series_in_area(series: AssessedSeries, area: str, text: Text) -> str:
    """`Victims identified, France`."""
    return f"{series.title(text)}, {area_name(area, text)}"


def goal_in_area(goal: Goal, area: str, text: Text) -> str:
    """`GA-1.1 Victims, France`."""
    return f"{goal.code} {goal.short_name(text.language)}, {area_name(area, text)}"


def invented_mark(context: PageContext) -> str:
    return context.text("note.invented") if context.is_invented else ""


def fact_line(series: AssessedSeries, text: Text) -> str:
    """`8,824 persons, 2025 · target path 9,949 · gap −1,125 · about 15 months late`."""
    return MIDDLE_DOT.join(facts_of(series, text))


def facts_of(series: AssessedSeries, text: Text) -> list[str]:
    """The latest figure first; nothing where there is none."""
    row, official = assessed_row(series), series.official
    if not row:
        return []
    latest = text("chart.latest", value=latest_value(series, text),
                  period=text.period((series.last_known or row)["period"]))  # fmt: skip
    return [*filter(None, [latest, *comparison_facts(series, official, text)])]


def comparison_facts(
    series: AssessedSeries, official: Assessment | None, text: Text
) -> Iterator[str]:
    """What the figure is compared with, the gap and the lateness; nothing without a status."""
    compared = compared_values(series, official)
    if official is None or compared is None or official.status == Status.NOT_ASSESSED:
        return
    if not official.has_comparison:
        return
    expected = expected_in_words(series, official, compared.decimals, text)
    yield f"{text(official.path_key)}: {expected}"
    if gap := printed_gap(series):
        yield name_gap(gap, text)
    if late := lateness(official, text):
        yield late


def missing_from_union(
    series: AssessedSeries, selection: Selection, without: Collection[str] = ()
) -> str:
    """Which States have no figure of the latest period of the Union; empty for another area."""
    latest = series.last_known
    if series.area != EU or latest is None:
        return ""
    return missing_states(selection.in_states, str(latest["period"]), selection.text, without)


def missing_states(
    in_states: Mapping[str, AssessedSeries], period: str, text: Text, without: Collection[str] = ()
) -> str:
    """`No figure for 2025: BG, HU. Suppressed for 2025: LU. Not applicable (2025): EL.`

    Empty where every State has a figure; some reasons may be said elsewhere.
    """
    found: dict[str, list[str]] = {key: [] for key in (*ABSENCE_SENTENCES, *NAMED_ABSENCES)}
    for area, key in absences_in(in_states, period).items():
        found[key if key in found else NO_FIGURE_KEY].append(area)
    sentences = (
        absence_sentence(key, areas, period, text)
        for key, areas in found.items()
        if areas and key not in without
    )
    return " ".join(sentences)


def absence_sentence(key: str, areas: Sequence[str], period: str, text: Text) -> str:
    year, named = text.period(period), areas_in_words(areas, text)
    if key in ABSENCE_SENTENCES:
        return text(ABSENCE_SENTENCES[key], period=year, areas=named)
    why = text(key)
    return f"{with_capital(why)} ({year}): {named}."


def areas_in_words(areas: Sequence[str], text: Text) -> str:
    """The codes; of many only how many there are."""
    if len(areas) <= MOST_AREAS_NAMED:
        return ", ".join(areas)
    return text("state.of_states", n=text.number(len(areas), 0),
                all=text.number(len(member_states()), 0))  # fmt: skip


def series_notes(series: AssessedSeries, text: Text) -> list[str]:
    """Breaks, the caveat of the indicator, and changes of its definition."""
    found = (*break_note(series, text), *caveat_note(series, text), *definition_notes(series, text))
    return [as_sentence(str(note)) for note in found]


def calculation(series: AssessedSeries, goal: Goal | None, context: PageContext) -> Iterator[str]:
    """The account of a series in sentences, its target, and the steps of the calculation."""
    text, official = context.text, series.official
    yield from account_of(series, context.release, text).sentences
    if official is None:
        return
    if goal and (target := target_of(goal, official)):
        yield f"{text('arithmetic.target')} {target_text(target, text)}."
    if official.arithmetic:
        yield f"{text('arithmetic.title')}:"
    yield from (step_in_words(step, text) for step in official.arithmetic)


def without_mark(source: ChartSource) -> tuple[str, ...]:
    """Source, release and day: the mark of invented figures and the publishers are elsewhere."""
    return tuple(map("".join, replace(source, invented="", publishers=()).parts))


def letters_in_words(context: PageContext) -> list[str]:
    """Every letter that a figure of the release can have beside it."""
    text = context.text
    codes = [*USUAL_LETTERS, *(code for code in HIERARCHY if code in flags_in_release(context))]
    letters = {code.lower(): text.code("observation_status", code)
               for code in codes if code != NORMAL}  # fmt: skip
    letters |= {letter: text(key) for key, letter in ABSENCE_LETTERS.items()}
    letters |= {NO_FIGURE_SIGN: text("absent.not_reported")}
    return [f"{letter}{HARD_SPACE}{words}" for letter, words in letters.items()]


def flags_in_release(context: PageContext) -> set[str]:
    release = context.release
    return set(release.tables["indicator_values"]["observation_status"]) if release else set()
