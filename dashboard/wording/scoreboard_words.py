"""What a scoreboard says in words: marks, goals that call for attention, figures and gaps."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.charts.marks import dated_status
from dashboard.released.goal_statuses import GoalStatus, status_of_series
from dashboard.released.printed_gaps import PrintedGap, printed_gap
from dashboard.released.scoreboard import Scoreboard, ScoreboardRow
from dashboard.released.series import AssessedSeries
from dashboard.released.state_statuses import FAVOURABLE, MET, count_marks
from dashboard.texts import Text
from dashboard.wording.goal_finding import area_in_sentence
from dashboard.wording.narrative import latest_value
from dashboard.wording.periods import area_as_of_period
from dashboard.wording.status_reasons import not_assessed_reason
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.core.tables import EU
from metrics.core.verdicts import Status
from metrics.release.official_statuses import NOT_CURRENT

CALL_FOR_ATTENTION = (
    Status.BEHIND, Status.UNWANTED_DIRECTION, Status.MOVING_AWAY, Status.NOT_ACHIEVED, NOT_CURRENT,
)  # fmt: skip
# What a finding counts beside the goals that are met. A direction does not say whether the change
# is enough; so it is counted by itself.
COUNTED_BESIDE_MET = (*FAVOURABLE, *CALL_FOR_ATTENTION)


def met_in_words(number: int, of_all: int, text: Text) -> str:
    """`4 of 8 goals met`."""
    return text.counted("scoreboard.finding", number, all=text.number(of_all, 0))


def published_in_words(number: int, of_all: int, text: Text) -> str:
    """`5 of 8 goals have a published figure`."""
    return text.counted("scoreboard.published", number, all=text.number(of_all, 0))


def count_met(board: Scoreboard) -> int:
    return count_marks(board.counts, MET)


def clauses_in_words(
    marks: Iterable[str], counts: Mapping[str, int], text: Text, unagreed: int = 0
) -> dict[str, int]:
    """`12 moving in the desired direction`, `2 behind`: a clause for each mark that is there.

    Of the goals not achieved, so many `unagreed` miss a level or step that no document sets.
    """
    return {
        clause_of_mark(mark, counts[mark], text, unagreed): counts[mark]
        for mark in marks
        if counts.get(mark)
    }


def clause_of_mark(mark: str, number: int, text: Text, unagreed: int) -> str:
    words = text(f"scoreboard.{mark}", n=text.number(number, 0))
    if mark != Status.NOT_ACHIEVED or not unagreed:
        return words
    return text("scoreboard.unagreed", clause=words, n=text.number(unagreed, 0))


def others_in_words(number: int, text: Text, *, are_states: bool = False) -> str:
    """`12 others`: the goals or States that no clause names; empty without any."""
    key = "slides.other_states" if are_states else "scoreboard.others"
    return text.counted(key, number) if number else ""


@dataclass(frozen=True)
class SeriesPart:
    """A part of what is said about another series than the headline: name, status, or between."""

    kind: str
    words: str


def area_in_words(board: Scoreboard, text: Text) -> str:
    return area_as_of_period(board.area, board.period, text)


def latest_with_area(series: AssessedSeries, text: Text, *, is_area_named: bool) -> str:
    """`CZ: 306 persons`: the latest figure, with its area where this is not the Union."""
    area = f"{short_area(series.area, text)}: " if is_area_named and series.area != EU else ""
    return area + latest_value(series, text)


def short_area(area: str, text: Text) -> str:
    """The code of a Member State, which heads a column; the name of any other area."""
    return area if area in member_states() else text.code("area", area)


def status_in_words(series: AssessedSeries, text: Text) -> str:
    """`Behind · 2025`, `Not current (last: Behind · 2024)`, `Suppressed`: as of its goal."""
    own = status_of_series(series)
    return dated_status(own.mark, own.period, text, last=own.last)


def why_goal_not_assessed(goal: Goal, own: GoalStatus, text: Text) -> str:
    """Why a goal has no status in an area, in a sentence; empty where it has one or no figure."""
    if own.mark != Status.NOT_ASSESSED:
        return ""
    if own.official is not None:
        return not_assessed_reason(own.official, text)
    if goal.headline_series:
        return text("strip.headline_absent", area=area_in_sentence(own.area, text))
    return text("strip.nothing_agreed")


def status_of_goal_words(row: ScoreboardRow, text: Text) -> str:
    """The status of a goal, beside the figure that stands in for its headline series."""
    return text("goal.status", status=text(f"status.{row.own.mark}"))


def other_series_in_words(series: AssessedSeries, text: Text) -> str:
    """The name of a series that does not give the goal its status, and its own status if any."""
    return "".join(
        part.words for part in parts_of_other_series(series, status_in_words(series, text), text)
    )


def parts_beside_figure(series: AssessedSeries, period: str, text: Text) -> list[SeriesPart]:
    """As `other_series_in_words`, where a column has the period of the figure."""
    own = status_of_series(series)
    is_of_period = own.period == period and not own.last
    status = text(f"status.{own.mark}") if is_of_period else status_in_words(series, text)
    return parts_of_other_series(series, status, text)


def parts_of_other_series(series: AssessedSeries, status: str, text: Text) -> list[SeriesPart]:
    """The name and the status of such a series, and the words between them."""
    title = series.title(text)
    if not has_own_status(series):
        return [SeriesPart("name", title)]
    kinds = {"series": "name", "status": "status", "": "between"}
    pieces = text.named_pieces("scoreboard.of_series", series=title, status=status)
    return [SeriesPart(kinds[name], piece) for name, piece in pieces if piece]


def has_own_status(series: AssessedSeries) -> bool:
    return series.official is not None and series.status != Status.NOT_ASSESSED


def gap_of_row(row: ScoreboardRow) -> PrintedGap | None:
    """Of the headline series; the figure of another series than that has none."""
    return printed_gap(row.series) if row.series and not row.is_of_other_series else None


def base_of_change(row: ScoreboardRow) -> str:
    """The period since which the change of a goal is printed; empty where there is none."""
    gap = gap_of_row(row)
    return gap.start if gap else ""


def usual_base(rows: Iterable[ScoreboardRow]) -> str:
    """The period since which most changes are."""
    counts = Counter(filter(None, (base_of_change(row) for row in rows)))
    return max(counts, key=counts.__getitem__, default="")


def other_base(row: ScoreboardRow, usual: str, text: Text) -> str:
    """`(since 2022)` behind a change since another period than most."""
    base = base_of_change(row)
    return text("scoreboard.since", period=text.period(base)) if base not in {"", usual} else ""


def usual_base_in_words(rows: Iterable[ScoreboardRow], text: Text) -> str:
    """Since when the changes are that name no period; empty without a change."""
    base = usual_base(rows)
    return text("scoreboard.usual_base", period=text.period(base)) if base else ""


def name_gap(gap: PrintedGap, text: Text) -> str:
    """`Gap −1,125 (−11 %)`, `Change since 2020: +6.6 pp`, `1 step short`."""
    if gap.is_of_step:
        return gap.written(text)
    if not gap.start:
        return text("chart.gap", gap=gap.written(text))
    return f"{text('strip.change', period=text.period(gap.start))}: {gap.written(text)}"
