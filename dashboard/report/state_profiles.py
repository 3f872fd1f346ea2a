"""A Member State on one page of the report: its goals beside the Union, reports and actions."""

from collections.abc import Iterator

from dashboard.charts.specification import Mark
from dashboard.contents.state_profile import (
    GoalBesideUnion,
    UsualYears,
    declared_in_words,
    figure_values_of_state,
    read_profile,
    reporting_words,
    since_first_year,
    union_figure,
    usual_years,
)
from dashboard.context import PageContext
from dashboard.report.document import (
    Block,
    DocumentCell,
    DocumentColumn,
    DocumentTable,
    ParagraphLook,
    ReportSection,
    cell_of_status,
    heading_cell,
    joined_sentences,
    number_cell,
    paragraph,
)
from dashboard.report.figure_cells import letters_of_latest, mark_of_row, with_letter
from dashboard.texts import Text
from dashboard.wording.scoreboard_findings import finding_of_profile
from metrics.messages.sentences import as_sentence


def profile_section(area: str, context: PageContext) -> ReportSection:
    own = context.with_changes(area=area, framework="", status="")
    return ReportSection(
        context.text.code("area", area), tuple(profile_blocks(own)), begins_page=True
    )


def profile_blocks(context: PageContext) -> Iterator[Block]:
    text, profile = context.text, read_profile(context)
    usual = usual_years(profile, context)
    finding = finding_of_profile(profile.board, context)
    yield paragraph(as_sentence(finding.in_words(text)), ParagraphLook.LEAD)
    for words in (reporting_words(context), declared_in_words(context)):
        if words:
            yield paragraph(as_sentence(text.listed(words)))
    columns = (
        DocumentColumn(text("scoreboard.goal"), 3.2),
        DocumentColumn(figure_heading(usual, text), 1.8),
        DocumentColumn(since_heading(usual, text), 1.6, is_number=True),
        DocumentColumn(text("table.status"), 1.8),
        DocumentColumn(f"{text('state.eu')} {text.period(usual.union) if usual.union else ''}", 1.1,
                       is_number=True),
        DocumentColumn(f"{text('table.status')}, {text('state.eu')}", 1.8),
    )  # fmt: skip
    rows = tuple(row_beside_union(entry, usual, context) for entry in profile.goals)
    caption = text("state.caption", area=text.code("area", context.view.area))
    yield DocumentTable(caption, columns, rows)
    letters = letters_of_latest((entry.figure for entry in profile.goals), text)
    yield from joined_sentences(letters, text("slides.since"), look=ParagraphLook.QUIET)


def figure_heading(usual: UsualYears, text: Text) -> str:
    year = text.period(usual.latest) if usual.latest else ""
    return text("state.value_of", year=year) if year else text("scoreboard.latest")


def since_heading(usual: UsualYears, text: Text) -> str:
    year = text.period(usual.base) if usual.base else ""
    return text("state.since", year=year) if year else text("state.first_figure")


def row_beside_union(
    entry: GoalBesideUnion, usual: UsualYears, context: PageContext
) -> tuple[DocumentCell, ...]:
    text, series = context.text, entry.figure
    values = figure_values_of_state(series, usual, text)
    own, union = entry.own.own.mark, entry.union.own.mark
    name = entry.goal.coded_name(text.language)
    if series is not None and entry.own.is_of_other_series and not values["is_absent"]:
        name = f"{name}: {series.title(text)}"
    mark = mark_of_row(series.last_known, text) if series and series.last_known else Mark()
    return (
        heading_cell(name),
        DocumentCell(with_letter(values["latest"], mark), is_absent=values["is_absent"]),
        number_cell(since_first_year(series, usual, context) or "–"),
        cell_of_status(own, text(f"status.{own}")),
        number_cell(union_figure(series, entry.figure_of_union, usual, text)),
        cell_of_status(union, text(f"status.{union}")),
    )
