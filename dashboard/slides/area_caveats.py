"""Caveats of figures area by area, so that a change names the areas that it is about."""

from collections.abc import Collection, Iterator, Mapping

from dashboard.addresses.selection import Selection
from dashboard.charts.notes import break_sentence, is_break
from dashboard.context import PageContext
from dashboard.released.assessments import Assessment
from dashboard.released.reporting import MISSING_ANSWER, latest_answers
from dashboard.released.scoreboard import Scoreboard
from dashboard.released.series import AssessedSeries
from dashboard.released.states_by_status import absences_in
from dashboard.slides.content import AreaCaveat, Caveat
from dashboard.slides.words import caveats, changed_definitions
from dashboard.texts import Text
from dashboard.wording.narrative import unbound_sentences
from dashboard.wording.verdict_reasons import find_step, listed_areas
from metrics.core.tables import EU
from metrics.core.verdict_codes import Step
from metrics.messages.sentences import as_sentence


def caveats_of_series(series: AssessedSeries, text: Text) -> Iterator[str]:
    """The caveat of the indicator, each break, and each change of the definition."""
    yield from (note.words for note in caveats(series, text))
    yield from breaks_by_period(series, text)
    yield from changed_definitions(series, text)


def breaks_by_period(series: AssessedSeries, text: Text) -> Iterator[str]:
    broken = (row for row in series.rows if is_break(row))
    yield from (as_sentence("".join(break_sentence(row, text))) for row in broken)


def absences_by_area(
    in_areas: Mapping[str, AssessedSeries], period: str, text: Text, without: Collection[str] = ()
) -> Iterator[AreaCaveat]:
    """`no figure (2025)`: of each area without a figure the reason; some are said elsewhere."""
    for area, key in absences_in(in_areas, period).items() if period else ():
        if key not in without:
            yield AreaCaveat(text.code("area", area), f"{text(key)} ({text.period(period)})")


def absences_in_union(
    selection: Selection, series: AssessedSeries, without: Collection[str] = ()
) -> Iterator[AreaCaveat]:
    """Of the latest period of the Union; nothing for another area."""
    latest = series.last_known
    if series.area == EU and latest is not None:
        period = str(latest["period"])
        yield from absences_by_area(selection.in_states, period, selection.text, without)


def counted_by_area(official: Assessment | None, text: Text) -> Iterator[Caveat]:
    """Of a count of States: who has not confirmed a step in this round, and who is not bound."""
    step = find_step(official, Step.STATES_NOT_CONFIRMED) if official else None
    for area in listed_areas(step) if step else ():
        yield AreaCaveat(text.code("area", area), text("slides.step_not_confirmed"))
    yield from unbound_sentences(official, text)


def missing_reports(board: Scoreboard, context: PageContext) -> Iterator[AreaCaveat]:
    """Who has not reported for the latest round, where the Union is shown."""
    text, answers = context.text, latest_answers(context)
    if board.area and board.area != EU:
        return
    for area in answers.states_with(MISSING_ANSWER):
        words = text("slides.no_report_of", round=answers.round)
        yield AreaCaveat(text.code("area", area), words)
