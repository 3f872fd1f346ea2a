"""The summary of the report: goals by status, what changed, who has reported, what was declared."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dashboard.contents.action_views import progress_counts
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.released.goal_statuses import SCOREBOARD_MARKS
from dashboard.released.release_changes import (
    ReleaseChanges,
    changes_of_release,
    requested_difference,
)
from dashboard.released.reporting import NOT_ON_TIME, UNANSWERED, latest_round
from dashboard.released.scoreboard import (
    Scoreboard,
    ScoreboardRow,
    read_scoreboard,
    rows_by_framework,
)
from dashboard.released.state_statuses import doing_well_in_row, doing_well_in_words
from dashboard.report.document import (
    Block,
    DocumentCell,
    DocumentColumn,
    DocumentTable,
    ParagraphLook,
    ReportSection,
    cell_of_status,
    count_cell,
    heading_cell,
    joined_sentences,
    number_cell,
    paragraph,
    text_cell,
)
from dashboard.report.figure_cells import latest_cell, letters_of_latest
from dashboard.target_text import READING_MARK, rests_on_reading
from dashboard.texts import Text
from dashboard.wording.scoreboard_findings import counting_caveats, finding_of_board
from dashboard.wording.scoreboard_words import (
    gap_of_row,
    other_base,
    usual_base,
    usual_base_in_words,
)
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.frameworks import Framework
from metrics.core.tables import EU
from metrics.messages.sentences import as_sentence


def summary_section(context: PageContext) -> ReportSection:
    text = context.text
    board = read_scoreboard(context.with_changes(framework="", status="", area=""))
    boards = [
        (framework, Scoreboard(board.area, tuple(rows)))
        for framework, rows in rows_by_framework(board.rows, context.definitions.frameworks)
    ]
    blocks = [
        *(finding_of_framework(framework, own, context) for framework, own in boards),
        counts_table(boards, context),
        *map(paragraph, counting_caveats(board, context)),
    ]
    parts = [
        ReportSection(text("follow_up.goals"), tuple(goals_table(board, context))),
        ReportSection(text("scoreboard.changed"), tuple(changes_blocks(board, context))),
        ReportSection(text("reporting.title"), tuple(reporting_blocks(context))),
        ReportSection(text("state.actions"), tuple(declared_blocks(context))),
    ]
    written = tuple(part for part in parts if part.blocks)
    return ReportSection(text("follow_up.summary"), tuple(blocks), written, begins_page=True)


def finding_of_framework(framework: Framework, board: Scoreboard, context: PageContext) -> Block:
    """`4 of 8 goals met; 2 behind`, for the goals of one framework, as on the scoreboard."""
    words = finding_of_board(board, context).in_words(context.text)
    label = f"{framework.name(context.language)}:"
    return paragraph(as_sentence(words), ParagraphLook.LEAD, label)


def counts_table(
    boards: Sequence[tuple[Framework, Scoreboard]], context: PageContext
) -> DocumentTable:
    """How many goals have which status, for each framework and in all."""
    text = context.text
    used = [mark for mark in SCOREBOARD_MARKS if any(own.counts.get(mark) for _, own in boards)]
    columns = (
        DocumentColumn(text("table.status"), 1.6),
        *(DocumentColumn(str(framework.name(text.language)), 1.4, is_number=True)
          for framework, _ in boards),
        DocumentColumn(text("overview.all"), 0.8, is_number=True),
    )  # fmt: skip
    rows = [
        (
            DocumentCell(text(f"status.{mark}"), mark=mark, is_heading=True),
            *(count_cell(own.counts.get(mark, 0), text) for _, own in boards),
            count_cell(sum(own.counts.get(mark, 0) for _, own in boards), text),
        )
        for mark in used
    ]
    return DocumentTable(text("follow_up.counts"), columns, tuple(rows))


def goals_table(board: Scoreboard, context: PageContext) -> Iterator[Block]:
    """Every goal with its status and figure in the Union, and the States favourable."""
    text = context.text
    columns = (
        DocumentColumn(text("scoreboard.goal"), 3.0),
        DocumentColumn(text("table.status"), 1.7),
        DocumentColumn(text("scoreboard.latest"), 1.9),
        DocumentColumn(text("scoreboard.gap_or_change"), 1.3, is_number=True),
        DocumentColumn(text("slides.states_as_wanted"), 1.1, is_number=True),
    )
    base = usual_base(board.rows)
    rows = tuple(row_of_goal(row, base, context) for row in board.rows)
    yield DocumentTable(text("follow_up.goals"), columns, rows)
    letters = letters_of_latest((row.series for row in board.rows), text)
    yield from joined_sentences(
        note_of_reading(board, text), letters, text("slides.as_wanted"), text("slides.gap"),
        usual_base_in_words(board.rows, text),
        look=ParagraphLook.QUIET,
    )  # fmt: skip


def note_of_reading(board: Scoreboard, text: Text) -> str:
    """What the mark behind the name of a goal says, if any has it."""
    is_marked = any(rests_on_reading(row.goal) for row in board.rows)
    return f"{READING_MARK} {text('scoreboard.reading')}" if is_marked else ""


def row_of_goal(row: ScoreboardRow, base: str, context: PageContext) -> tuple[DocumentCell, ...]:
    series, mark, text = row.series, row.own.mark, context.text
    mark_of_reading = f" {READING_MARK}" if rests_on_reading(row.goal) else ""
    name = f"{row.goal.coded_name(text.language)}{mark_of_reading}"
    if series is not None and row.is_of_other_series and series.last_known:
        name = f"{name}: {series.title(text)}"
    figure = latest_cell(series, text) if series else DocumentCell("–", is_absent=True)
    gap, since = gap_of_row(row), other_base(row, base, text)
    return (
        heading_cell(name),
        cell_of_status(mark, text(f"status.{mark}")),
        figure,
        number_cell(f"{gap.written(text)} {since}".strip() if gap else "–"),
        number_cell(states_as_wanted(row, context)),
    )


def states_as_wanted(row: ScoreboardRow, context: PageContext) -> str:
    """`9 of 24`, `21 of 26 met`."""
    found, text = doing_well_in_row(row, context.release), context.text
    met = text("slides.states_have_met") if found and found.have_met else ""
    return " ".join(filter(None, [doing_well_in_words(found, text), met]))


def changes_blocks(board: Scoreboard, context: PageContext) -> Iterator[Block]:
    """The statuses of goals, and how many figures, that differ from the release before."""
    text, changes = context.text, changes_of_release(context)
    if not changes.before:
        yield paragraph(as_sentence(text("changes.first_release")))
        return
    counts = Counter("union" if area == EU else "states" for _, area in changes.statuses)
    yield from joined_sentences(
        as_sentence(text("changes.title_since", release=changes.before)) + " "
        + text("follow_up.changed", union=text.number(counts["union"], 0),
               states=text.number(counts["states"], 0)),
        figures_changed(context),
    )  # fmt: skip
    rows = [*changed_rows(board, changes, text)]
    if rows:
        names = ("scoreboard.goal", "changes.before", "changes.after")
        columns = tuple(DocumentColumn(text(name), share)
                        for name, share in zip(names, (3, 1.5, 1.5), strict=True))  # fmt: skip
        yield DocumentTable(text("follow_up.changed_goals"), columns, tuple(rows))


def figures_changed(context: PageContext) -> str:
    """`New 12; revised 3`: reported figures, by how they differ."""
    difference = requested_difference(context.with_changes(before=""))
    if difference is None or not difference.counts:
        return ""
    text = context.text
    listed = text.listed(f"{text(f'change_of_figure.{kind}')} {text.number(number, 0)}"
                         for kind, number in difference.counts.items())  # fmt: skip
    return text("follow_up.figures_changed", counts=listed)


def changed_rows(
    board: Scoreboard, changes: ReleaseChanges, text: Text
) -> Iterator[tuple[DocumentCell, ...]]:
    for row in board.rows:
        before = changes.statuses.get((row.goal.code, row.own.area))
        if before:
            yield (
                heading_cell(row.goal.coded_name(text.language)),
                text_cell(text(f"status.{before}")),
                cell_of_status(row.own.mark, text(f"status.{row.own.mark}")),
            )


def reporting_blocks(context: PageContext) -> Iterator[Block]:
    """Who has not answered the latest round that has closed, and who was late."""
    text, latest = context.text, latest_round(context.release)
    if context.is_published or not latest.round:
        yield paragraph(text("reporting.published") if context.is_published
                        else text("reporting.no_round",
                                  collection=context.collection.name(text.language)))  # fmt: skip
        return
    for answer in NOT_ON_TIME:
        areas = ", ".join(text.code("area", area) for area in latest.states_with(answer))
        if areas:
            label = text("reporting.answer_in", round=latest.round,
                         answer=text(f"reporting.{answer}"))  # fmt: skip
            yield paragraph(f"{areas}.", label=label)
    if not any(map(latest.states_with, UNANSWERED)):
        number = text.number(len(member_states()), 0)
        yield paragraph(as_sentence(text("reporting.finding_complete", all=number,
                                         round=latest.round)))  # fmt: skip


def declared_blocks(context: PageContext) -> Iterator[Block]:
    """How many actions of how many States, and their results."""
    text, release = context.text, context.release
    declared = records(release.tables["actions"]) if release else []
    if not declared:
        yield paragraph(text("report.no_actions"))
        return
    states: Mapping[str, None] = dict.fromkeys(str(row["area"]) for row in declared)
    number = text.number(len(states), 0)
    finding = text.counted("slides.actions_finding", len(declared), states=number)
    yield from joined_sentences(
        f"{finding}: {progress_counts(declared, text)}.", text("slides.actions_note")
    )
