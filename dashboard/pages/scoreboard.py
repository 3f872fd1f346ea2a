"""The scoreboard: every goal in the Union, or in one area, and in each Member State."""

from collections.abc import Iterator
from typing import Any

from dash import dcc, html

from dashboard.components.context_links import context_link
from dashboard.components.definition_links import definitions_link
from dashboard.components.downloads import file_links
from dashboard.components.frame import collection_picker, frame, without_unknown
from dashboard.components.guide_links import guide_link
from dashboard.components.layout import attributes, join_links, page_link
from dashboard.components.notes import no_release, source_line
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import area_picker, framework_picker
from dashboard.components.scoreboard_table import (
    key_of_reading,
    key_of_relative_gaps,
    scoreboard_table,
)
from dashboard.components.view_actions import view_actions
from dashboard.components.ways_on import other_collections
from dashboard.contents.scoreboard_rows import SCOREBOARD_FILE
from dashboard.context import PageContext, resolve_context
from dashboard.released.release_changes import ReleaseChanges, changes_of_release
from dashboard.released.reporting import NOT_ON_TIME, LatestRound, latest_round
from dashboard.released.scoreboard import (
    SCOREBOARD_MARKS,
    Scoreboard,
    read_scoreboard,
)
from dashboard.view import View
from dashboard.wording.board_findings import counting_caveats, finding_of_board
from dashboard.wording.scoreboard_words import (
    area_in_words,
)

register_page(__name__, "/", order=5, is_kept=True, slides=("scoreboard", "matrix"))


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    context = without_unknown(asked)
    if context.release is None:
        return frame("/", asked, [no_release(context)], no_figures(context), of_release=False)
    board, answers = read_scoreboard(context), latest_round(context.release)
    changes = changes_of_release(context)
    title = [html.H1(finding(board, context)), subtitle(board, answers, context)]
    facts = [*reporting_facts(answers, context), *change_facts(changes, context)]
    parts = [html.Div(title), html.Dl(facts, className="scoreboard-facts")]
    heading = html.Div(parts, className="scoreboard-head")
    sections = list(scoreboard_sections(board, answers, changes, context))
    return frame("/", asked, sections, heading, of_release=False)


def no_figures(context: PageContext) -> html.Div:
    """The heading of a collection without a release: no counts."""
    name = context.collection.name(context.language)
    title = html.H1(context.text("scoreboard.no_figures", collection=name))
    return html.Div(html.Div([title, choices(context)]), className="scoreboard-head")


def finding(board: Scoreboard, context: PageContext) -> str:
    """`1 of 28 goals met; 2 behind`; or how many have a published figure, or a chosen mark."""
    text, everything = context.text, context.text.number(len(board.rows), 0)
    chosen = context.view.status
    if chosen:
        status, number = text(f"status.{chosen}"), board.counts.get(chosen, 0)
        return text("scoreboard.chosen", n=text.number(number, 0), all=everything, status=status)
    return finding_of_board(board, context).in_words(text)


def subtitle(board: Scoreboard, answers: LatestRound, context: PageContext) -> html.Div:
    """The round and the release that are shown, a link that stays with them, and other choices."""
    text, release = context.text, context.release
    as_of = release.as_of if release else None
    day = text("scoreboard.as_of", day=text.date(as_of)) if as_of else ""
    named_round = text("scoreboard.round", round=answers.round) if answers.round else ""
    area = area_in_words(board, text)
    parts = [text.listed([area, named_round, day]), " "]
    link = view_actions("/", context, area=context.first_area)
    files = file_links([SCOREBOARD_FILE], context) if release else []
    others = (part for other in other_collections(context) for part in (other, " "))
    return html.Div([*parts, link, choices(context), " ", *files, *others], className="quiet")


def scoreboard_sections(
    board: Scoreboard, answers: LatestRound, changes: ReleaseChanges, context: PageContext
) -> Iterator[Any]:
    text = context.text
    yield mark_filter(board, context)
    if board.with_mark(context.view.status):
        yield scoreboard_table(board, answers, changes, context)
    else:
        yield html.P(text("overview.none"), className="absent")
    rows = board.with_mark(context.view.status)
    marks = [*key_of_relative_gaps(rows, text), *key_of_reading(rows, text)]
    caveats = " ".join(counting_caveats(board, context))
    key: list[Any] = [text("scoreboard.key"), *marks, " ", caveats, " ", definitions_link(context)]
    yield html.P(key, className="quiet")
    yield context_link(context)
    yield guide_link("policy-officer", context)
    yield html.P(source_line(context), className="source")


def reporting_facts(answers: LatestRound, context: PageContext) -> Iterator[Any]:
    """Which States did not answer the latest round, withdrew their report, or answered late."""
    text = context.text
    for answer in NOT_ON_TIME:
        links = [state_link(state, context) for state in answers.states_with(answer)]
        if links:
            href = context.view.lasting_choices.link("/reporting", area="", round=answers.round)
            yield html.Dt(page_link(text(f"scoreboard.{answer}"), href=href))
            yield html.Dd(join_links(links, text))


def state_link(state: str, context: PageContext) -> dcc.Link:
    href = context.view.lasting_choices.link("/state", area=state)
    return page_link(context.text.code("area", state), href=href)


def change_facts(changes: ReleaseChanges, context: PageContext) -> Iterator[Any]:
    """How many statuses differ from the release before, and how many figures were revised."""
    text, lasting = context.text, context.view.lasting_choices.with_changes(area="")
    number = len(changes.statuses)
    since = text("scoreboard.no_status_changed", release=changes.before)
    if number:
        since = text.counted("scoreboard.statuses_changed", number, release=changes.before)
    compared: Any = text("scoreboard.first_release")
    if changes.before:
        compared = page_link(since, href=lasting.link("/changes"))
    revised = text.counted("scoreboard.revised", changes.revised)
    links = [page_link(revised, href=lasting.link("/revisions"))] if changes.revised else []
    yield html.Dt(text("scoreboard.changed"))
    yield html.Dd(join_links([compared, *links], text))


def mark_filter(board: Scoreboard, context: PageContext) -> html.Ul:
    """How many goals have each mark; each is a link that keeps what has it alone."""
    text, view = context.text, context.view
    items = []
    for mark in (mark for mark in SCOREBOARD_MARKS if mark in {*board.counts, view.status}):
        is_chosen = view.status == mark
        label: list[Any] = [
            html.Span(className="icon", **attributes(aria_hidden="true")),
            text(f"status.{mark}"),
            html.Strong(text.number(board.counts.get(mark, 0), 0)),
        ]
        href = view.link("/", status="" if is_chosen else mark)
        current = attributes(aria_current="true") if is_chosen else {}
        link = html.A(label, href=href, className=f"chip mark-{mark}", **current)
        items.append(html.Li(link))
    return html.Ul(items, className="chips", **attributes(aria_label=text("scoreboard.filter")))


def choices(context: PageContext) -> html.Details:
    """Framework, area, collection and release, folded away until somebody asks for them."""
    return html.Details(
        [
            html.Summary(context.text("scoreboard.choose")),
            html.Div(
                [framework_picker(context), area_picker(context), collection_picker(context)],
                className="choices",
            ),
        ],
        className="choose",
    )
