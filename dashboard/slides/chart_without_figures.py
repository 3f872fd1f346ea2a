"""In place of a chart without figures: what was agreed, what is missing, and what is nearest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.addresses.selection import Selection
from dashboard.charts.breakdown import part_name
from dashboard.charts.captions import unit_in_words
from dashboard.charts.slide_shapes import SlideBox
from dashboard.context import PageContext
from dashboard.released.scoreboard import ScoreboardRow, read_scoreboard
from dashboard.released.series import AssessedSeries, target_of
from dashboard.released.table_views import series_parts
from dashboard.slides.paragraphs import LEAST_OF_A_LIST
from dashboard.slides.parts import TablePart
from dashboard.slides.tables import CellLine, TableCell, TableLook, cell, least_height
from dashboard.target_text import target_text
from dashboard.texts import Text
from dashboard.wording.absent_states import no_figures_of_states
from dashboard.wording.agreed_wording import citation, wording_note
from dashboard.wording.goal_finding import name_with_area, others_with_figure
from dashboard.wording.narrative import absence_sentence, latest_value
from dashboard.wording.scoreboard_words import latest_with_area
from dashboard.wording.series_facts import missing_states
from metrics.core.tables import EU
from metrics.messages.sentences import as_sentence

HEAD_WIDTH, ROW_GAP = 190.0, 14.0
WORDS_SIZE, WELL_READ = 20.0, 16.0  # points
LISTED_FIGURES = (6, 4, 3, 2)  # of those that are nearest, as room allows

Answers = Mapping[str, Sequence[str]]  # by question


def absent_figures(selection: Selection, series: AssessedSeries, box: SlideBox) -> TablePart:
    """A row for each question: as much of the answers as has room in type that is well read."""
    widths = [HEAD_WIDTH, box.width - HEAD_WIDTH]
    forms = [*answers_by_preference(selection, series)]
    sizes = [largest_size(rows, widths, box.height) for rows in forms]
    well_read = (at for at, size in enumerate(sizes) if size >= WELL_READ)
    chosen = next(well_read, sizes.index(max(sizes)))
    rows, size = forms[chosen], sizes[chosen] or LEAST_OF_A_LIST
    cells = cells_in_size(rows, size)
    heights = heights_of(cells, widths, size)
    in_words = " ".join(f"{head}: {' '.join(words)}" for head, words in rows.items())
    look = TableLook(selection.text("chart.absent"), in_words, widths, box.height,
                     heights=heights)  # fmt: skip
    return TablePart(SlideBox(box.left, box.top, box.width, sum(heights)), cells, look)


def answers_by_preference(selection: Selection, series: AssessedSeries) -> Iterator[Answers]:
    """In full; then without the wording of the goal, with fewer of the nearest figures, and at
    last without what can be done.
    """
    text = selection.text
    agreed, wording = [*what_was_agreed(selection, series)], [*wording_of_goal(selection)]
    missing, further = [*what_is_missing(selection, series)], [*what_to_do(selection, series)]
    nearest = nearest_figures(selection, series)
    forms = [
        ([*agreed, *wording], LISTED_FIGURES[0], further),
        *((agreed, most, further) for most in LISTED_FIGURES),
        *((agreed, most, []) for most in LISTED_FIGURES),
    ]
    for asked, most, next_step in forms:
        answers = {
            text("slides.absent_goal"): asked,
            text("slides.absent_missing"): missing,
            text("slides.absent_nearest"): nearest.lines(most, selection),
            text("slides.absent_next"): next_step,
        }
        yield {head: words for head, words in answers.items() if words}


def largest_size(rows: Answers, widths: Sequence[float], height: float) -> float:
    """In which all rows have room; 0 where they have none in type that a list may have."""
    size = WORDS_SIZE
    while size >= LEAST_OF_A_LIST:
        if sum(heights_of(cells_in_size(rows, size), widths, size)) <= height:
            return size
        size -= 1
    return 0.0


def cells_in_size(rows: Answers, size: float) -> list[list[TableCell]]:
    return [row_of_words(head, words, size) for head, words in rows.items()]


def row_of_words(head: str, words: Sequence[str], size: float) -> list[TableCell]:
    lines = tuple(CellLine(own, size) for own in words)
    return [cell(head, size, is_bold=True), TableCell(lines)]


def heights_of(
    rows: Sequence[Sequence[TableCell]], widths: Sequence[float], size: float
) -> list[float]:
    return [least_height(row, widths, size) + ROW_GAP for row in rows]


def what_was_agreed(selection: Selection, series: AssessedSeries) -> Iterator[str]:
    goal, text = selection.goal, selection.text
    if goal is None:
        return
    yield as_sentence(f"{goal.code} {goal.name(text.language)}")
    targets = [target for target in goal.targets if target.indicator == series.indicator.code]
    target = target_of(goal, series.official) or next(iter(targets), None)
    if target is not None:
        yield f"{text('arithmetic.target')} {target_text(target, text)}."


def wording_of_goal(selection: Selection) -> Iterator[str]:
    """As agreed, or its summary where this language has no official wording; and the document."""
    goal, text = selection.goal, selection.text
    if goal is None:
        return
    note = wording_note(goal, text)
    source = "".join(citation(goal, goal.source, text))
    yield str(goal.wording(text.language))
    yield " ".join(filter(None, [as_sentence(source), note]))


def what_is_missing(selection: Selection, series: AssessedSeries) -> Iterator[str]:
    """The series with its unit; that the area has no figure, and which States have none."""
    text = selection.text
    unit = unit_in_words(series.in_one_state, text)
    yield as_sentence(f"{series.title(text)} ({unit})" if unit else series.title(text))
    known = [own.last_row["period"] for own in selection.in_states.values() if own.last_row]
    if not known:
        yield no_figures_of_states(selection)
    if parts_with_figures(selection, series):
        return
    if not others_with_figure(selection, series) and (known or series.area not in {EU, ""}):
        yield absence_sentence(series, text)
    if known and series.area == EU:
        yield missing_states(selection.in_states, max(known), text)


def what_to_do(selection: Selection, series: AssessedSeries) -> Iterator[str]:
    text = selection.text
    if others_with_figure(selection, series):
        yield text("slides.absent_choose")
    if series.area == EU and any(own.last_known for own in selection.in_states.values()):
        yield text("slides.absent_show_states")
        return
    is_published = selection.context.is_published
    yield text("slides.absent_published" if is_published else "slides.absent_reported")


@dataclass(frozen=True)
class NearestFigures:
    """Of other series of the goal or, without any, of other goals; and what they are of."""

    introduction: str = ""
    figures: Sequence[str] = ()

    def lines(self, most: int, selection: Selection) -> list[str]:
        """As many as are listed, each in a line, and how many more there are."""
        if not self.figures:
            return []
        more = len(self.figures) - most
        ending = [selection.text.counted("slides.absent_more", more)] if more > 0 else []
        return [self.introduction, *(f"• {own}" for own in self.figures[:most]), *ending]


def parts_with_figures(selection: Selection, series: AssessedSeries) -> list[str]:
    """`hosted in the country, Germany: 56 % (2024)`: of a series that has no total."""
    text = selection.text
    if not selection.breakdown or series.last_known is not None:
        return []
    area = text.code("area", series.area)
    return [
        f"{part_name(part, text)}, {area}: {series.format_figure(row, text)} "
        f"({text.period(row['period'])})"
        for part in series_parts(series, selection.release, selection.breakdown)
        if (row := part.latest)
    ]


def nearest_figures(selection: Selection, series: AssessedSeries) -> NearestFigures:
    if parts := parts_with_figures(selection, series):
        return NearestFigures(selection.text("slides.absent_parts"), parts)
    if others := others_with_figure(selection, series):
        listed = latest_figures(others, selection)
        return NearestFigures(selection.text("slides.absent_others"), listed)
    if series.area == EU and (states := figures_of_states(selection)):
        return NearestFigures(selection.text("slides.absent_states"), [states])
    goals = [*figures_of_other_goals(selection)]
    return NearestFigures(selection.text("slides.absent_goals"), goals)


def figures_of_states(selection: Selection) -> str:
    """`BE: 1 country (2025); BG: …`: the latest figure of each State."""
    text = selection.text
    return text.listed(
        f"{area}: {dated_figure(own, text)}"
        for area, own in selection.in_states.items()
        if own.last_known
    )


def dated_figure(series: AssessedSeries, text: Text) -> str:
    """`2,421 reports (2023)`: the latest figure, empty without one."""
    row = series.last_known
    return f"{latest_value(series, text)} ({text.period(row['period'])})" if row else ""


def latest_figures(others: Sequence[AssessedSeries], selection: Selection) -> list[str]:
    """`Reports received by hotlines, Belgium: 2,421 reports (2023)`: one for each name."""
    figures = {
        name_with_area(own, selection): dated_figure(own, selection.text)
        for own in others
        if own.last_known
    }
    return [f"{name}: {figure}" for name, figure in figures.items()]


def figures_of_other_goals(selection: Selection) -> Iterator[str]:
    """Of the same framework or, where no goal of that has a figure, of all of them."""
    goal, context = selection.goal, selection.context
    if goal is None:
        return
    for framework in (goal.framework, ""):
        found = [row for row in rows_of_framework(framework, context) if row.goal != goal]
        if found:
            yield from (figure_of_goal(row, selection) for row in found)
            return


def rows_of_framework(framework: str, context: PageContext) -> Iterator[ScoreboardRow]:
    board = read_scoreboard(context.with_changes(framework=framework, status=""))
    return (row for row in board.rows if row.series is not None and row.series.last_known)


def figure_of_goal(row: ScoreboardRow, selection: Selection) -> str:
    """`GA-4.2 Reports received by hotlines, DE: 17,500 reports (2024)`."""
    text, series = selection.text, row.series
    if series is None or series.last_known is None:
        return ""
    figure = latest_with_area(series, text, is_area_named=True)
    period = text.period(series.last_known["period"])
    return f"{row.goal.code} {series.title(text)}, {figure} ({period})"
