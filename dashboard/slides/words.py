"""Words that slides of several kinds print: flags, marks of statuses, who is missing."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from dashboard.charts.native_sheets import breaks_in_line
from dashboard.charts.notes import (
    break_note,
    break_sentence,
    caveat_note,
    definition_notes,
    is_break,
    sources_of_rows,
)
from dashboard.charts.specification import Mark, StatesChart, TimeChart
from dashboard.charts.status_marks import status_mark
from dashboard.released.goal_statuses import SCOREBOARD_MARKS
from dashboard.released.series import AssessedSeries
from dashboard.rows_by_key import Record
from dashboard.slides.content import Footnote
from dashboard.slides.tables import CellLine, TableCell
from dashboard.slides.text_frames import TITLE_FRAME_OF_DECK
from dashboard.target_text import READING_MARK, rests_on_reading
from dashboard.texts import Text, english, texts
from dashboard.wording.scoreboard_findings import BoardFinding
from dashboard.wording.series_facts import flags_in_words
from metrics.catalogue.definitions.goals import Goal
from metrics.core.tables import BREAK
from metrics.messages import languages
from metrics.messages.local_formats import HARD_SPACE
from metrics.messages.sentences import as_sentence, with_capital

LEAST_TITLE = 24.0  # points of a title whose clauses are chosen
NUMBER_OF_A_PART = " (1/2)"  # which may follow


def status_cell(mark: str, text: Text, size: float = 16) -> TableCell:
    """Icon and word of a status, on its colour."""
    look = status_mark(mark)
    words = f"{look.icon}{HARD_SPACE}{text(f'status.{mark}')}"
    return TableCell((CellLine(words, size, is_bold=True),), look.ink, look.ground)


def icon_cell(mark: str, size: float) -> TableCell:
    """The icon alone, beside a key that has the words."""
    look = status_mark(mark)
    line = CellLine(look.icon, size, is_bold=True)
    return TableCell((line,), look.ink, look.ground, is_centred=True, side=0)


def marked_code(goal: Goal) -> str:
    """With a mark where no document sets the level or step of the goal."""
    return f"{goal.code}{HARD_SPACE}{READING_MARK}" if rests_on_reading(goal) else goal.code


def in_order_of_marks(counts: Mapping[str, int]) -> list[str]:
    return [mark for mark in SCOREBOARD_MARKS if mark in counts]


def title_of_clauses(first: str, others: Mapping[str, int], text: Text) -> str:
    """The clauses that two lines of a title hold: the smallest numbers are left out first."""
    kept = dict(others)
    while kept and not is_title(text.listed([first, *kept])):
        del kept[min(kept, key=kept.__getitem__)]
    return text.listed([first, *kept])


def title_of_board(find: Callable[[Text], BoardFinding], text: Text) -> str:
    """The same of a scoreboard, where those left out are counted among the others.

    What has no room in one language is left out in each: titles have the same numbers.
    """
    needed = max(len([*shortened_to_fit(find(own), own)]) for own in map(texts, languages()))
    finding = find(text)
    for _ in range(needed):
        finding = finding if finding.is_shortest else finding.shortened()
    return finding.in_words(text)


def shortened_to_fit(finding: BoardFinding, text: Text) -> Iterator[BoardFinding]:
    """Shorter and shorter, until a title has room or nothing can be left out."""
    while not (finding.is_shortest or is_title(finding.in_words(text))):
        finding = finding.shortened()
        yield finding


def is_title(words: str) -> bool:
    frame = TITLE_FRAME_OF_DECK.get()
    return frame.holds(words + NUMBER_OF_A_PART, min(LEAST_TITLE, frame.size))


def cautions(series: AssessedSeries, text: Text) -> Iterator[Footnote]:
    """What a figure must not be read without: the caveat of its indicator, and its breaks."""
    yield from caveats(series, text)
    for note in break_note(series, text):
        broken = [row for row in series.rows if is_break(row)]
        causes = " ".join("".join(break_sentence(row, text)) for row in broken)
        periods = ", ".join(text.period(row["period"]) for row in broken)
        named = text("chart.break_in", period=periods)
        yield Footnote(as_sentence(str(note)), (causes, as_sentence(with_capital(named))))


def caveats(series: AssessedSeries, text: Text) -> Iterator[Footnote]:
    for note in caveat_note(series, text):
        yield Footnote(as_sentence(str(note)), (text("slides.caveat_in_notes"),))


def published_by(rows: Iterable[Record | None], text: Text) -> Footnote | str:
    """Who has published figures or, without room, how many have; nothing of what States sent."""
    sources = sources_of_rows(rows)
    if not sources:
        return ""
    named = as_sentence(text("note.publisher", source=text.listed(map(english, sources))))
    shorter = [text.counted("slides.publishers", len(sources))] if len(sources) > 1 else []
    return Footnote(named, tuple(shorter))


def where_room(note: Footnote | str) -> Footnote | str:
    """The same footnote, which may be left out: the notes have it."""
    return Footnote(note.words, (*note.shorter, "")) if isinstance(note, Footnote) else note


def latest_rows(all_series: Iterable[AssessedSeries | None]) -> Iterator[Record | None]:
    return (series.last_known for series in all_series if series is not None)


def changed_definitions(series: AssessedSeries, text: Text) -> Iterator[str]:
    yield from (as_sentence(str(note)) for note in definition_notes(series, text))


def letters_of_chart(chart: TimeChart | StatesChart, text: Text) -> Footnote | str:
    """`b break in series; p provisional value`: the letters beside figures and below years."""
    lines = chart.lines if isinstance(chart, TimeChart) else ()
    is_broken = any(map(breaks_in_line, lines))
    broken = [Mark(BREAK, text.code("observation_status", BREAK))] if is_broken else []
    return letters_footnote(flags_in_words([*broken, *chart.marks], text))


def letters_footnote(words: str) -> Footnote | str:
    """The meaning of letters is not left out."""
    return Footnote(as_sentence(words)) if words else ""
