"""The scoreboard: every goal in the Union, or in one area, and in each Member State."""

from collections.abc import Collection, Iterator
from typing import Any

from dash import dcc, html

from dashboard.components.alternative_pages import other_collections
from dashboard.components.context_links import context_link
from dashboard.components.definition_links import definitions_link
from dashboard.components.downloads import file_links
from dashboard.components.frame import (
    FILTERS_AS_OF_PERIOD,
    collection_picker,
    frame,
    without_unknown,
)
from dashboard.components.guide_links import guide_link
from dashboard.components.layout import attributes, join_links, page_link
from dashboard.components.notes import no_release, period_note, source_line
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import area_picker, framework_picker, period_picker
from dashboard.components.scoreboard_table import (
    key_of_bases,
    key_of_qualified,
    key_of_reading,
    key_of_relative_gaps,
    scoreboard_table,
)
from dashboard.components.view_actions import view_actions
from dashboard.contents.scoreboard_rows import SCOREBOARD_FILE
from dashboard.context import PageContext, resolve_context
from dashboard.released.goal_statuses import NO_FIGURE, SCOREBOARD_MARKS
from dashboard.released.release_changes import ReleaseChanges, changes_of_release
from dashboard.released.reporting import NOT_ON_TIME, LatestRound, latest_answers
from dashboard.released.scoreboard import Scoreboard, read_scoreboard
from dashboard.view import View
from dashboard.wording.periods import as_of_period
from dashboard.wording.scoreboard_findings import counting_caveats, finding_of_board
from dashboard.wording.scoreboard_words import area_in_words

register_page(__name__, "/", order=5, is_kept=True, slides=("scoreboard", "summary", "matrix"))


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    context = without_unknown(asked, FILTERS_AS_OF_PERIOD)
    if context.release is None:
        return frame("/", asked, [no_release(context)], no_figures(context), of_release=False)
    board, answers = read_scoreboard(context), latest_answers(context)
    changes = changes_of_release(context)
    title = [html.H1(finding(board, context)), subtitle(board, answers, context)]
    parts = [html.Div(title), *beside_finding(board, answers, changes, context)]
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
        found = text("scoreboard.chosen", n=text.number(number, 0), all=everything, status=status)
        words = text.listed([found, *chosen_in_states(board, context)])
        return as_of_period(words, board.period, text)
    return finding_of_board(board, context).in_words(text)


def chosen_in_states(board: Scoreboard, context: PageContext) -> Iterator[str]:
    """`24 results of Member States`: how often the chosen mark is in a column of a State."""
    chosen = context.view.status
    number = sum(row.states_with(chosen) for row in board.rows)
    if number and chosen != NO_FIGURE:
        yield context.text.counted("scoreboard.chosen_in_states", number)


def subtitle(board: Scoreboard, answers: LatestRound, context: PageContext) -> html.Div:
    """The round and the release that are shown, a link that stays with them, and other choices."""
    text, release = context.text, context.release
    as_of = release.as_of if release else None
    key = "period.release" if board.period else "scoreboard.as_of"
    day = text(key, day=text.date(as_of)) if as_of else ""
    named_round = text("scoreboard.round", round=answers.round) if answers.round else ""
    parts = [text.listed([area_in_words(board, text), named_round, day]), " "]
    link = view_actions("/", context, area=context.first_area)
    files = file_links([SCOREBOARD_FILE], context) if release else []
    others = (part for other in other_collections(context) for part in (other, " "))
    return html.Div([*parts, link, choices(context), " ", *files, *others], className="quiet")


def scoreboard_sections(
    board: Scoreboard, answers: LatestRound, changes: ReleaseChanges, context: PageContext
) -> Iterator[Any]:
    text, chosen = context.text, context.view.status
    yield mark_filter(board, context)
    own, in_states = board.with_mark(chosen), board.with_mark_in_states(chosen)
    if own:
        yield scoreboard_table(board, own, answers, changes, context)
    else:
        none = text("scoreboard.none_in_area", area=area_in_words(board, text))
        yield html.P(none if in_states else text("overview.none"), className="absent")
    if in_states:
        status = text(f"status.{chosen}")
        yield html.H2(text.counted("scoreboard.in_states_alone", len(in_states), status=status))
        yield scoreboard_table(board, in_states, answers, changes, context)
    yield from key_of_states(board, context)
    rows = (*own, *in_states)
    marks = [
        *key_of_qualified(rows, text),
        *key_of_relative_gaps(rows, text),
        *key_of_bases(board.rows, text),
        *key_of_reading(rows, text),
    ]
    caveats = " ".join(counting_caveats(board, context))
    key: list[Any] = [text("scoreboard.key"), *marks, " ", caveats, " ", definitions_link(context)]
    yield html.P(key, className="quiet")
    yield context_link(context)
    yield guide_link("policy-officer", context)
    yield html.P(source_line(context), className="source")


def beside_finding(
    board: Scoreboard, answers: LatestRound, changes: ReleaseChanges, context: PageContext
) -> Iterator[Any]:
    """Who reported late and what has changed; of an earlier period, that it is one."""
    if board.period:
        yield from period_note("/", context)
        return
    facts = [*reporting_facts(answers, context), *change_facts(changes, context)]
    yield html.Dl(facts, className="scoreboard-facts")


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
    """How many statuses and reported figures differ from the release before."""
    text, lasting = context.text, context.view.lasting_choices.with_changes(area="")
    if changes.before:
        number, release = len(changes.statuses), {"release": changes.before}
        statuses = text("scoreboard.no_status_changed", **release)
        if number:
            statuses = text.counted("scoreboard.statuses_changed", number, **release)
        figures = text.counted("scoreboard.figures_changed", changes.figures)
        href = lasting.link("/changes")
        links: list[Any] = [page_link(statuses, href), page_link(figures, href)]
    else:
        revised = text.counted("scoreboard.revised", changes.revised)
        known = [page_link(revised, lasting.link("/revisions"))] if changes.revised else []
        links = [text("scoreboard.first_release"), *known]
    yield html.Dt(text("scoreboard.changed"))
    yield html.Dd(join_links(links, text))


def mark_filter(board: Scoreboard, context: PageContext) -> html.Ul:
    """How many goals have each mark; each is a link that keeps what has it alone."""
    listed = chips({*board.counts, context.view.status}, board, context)
    return html.Ul(listed, className="chips", **label(context.text("scoreboard.filter")))


def key_of_states(board: Scoreboard, context: PageContext) -> Iterator[html.Div]:
    """The marks that only columns of Member States have, with the same links."""
    others = board.every_mark - {*board.counts, context.view.status}
    if others:
        words = context.text("scoreboard.marks_of_states")
        listed = html.Ul(chips(others, board, context), className="chips", **label(words))
        yield html.Div([html.Span(words), listed], className="marks-of-states")


def label(words: str) -> dict[str, Any]:
    return attributes(aria_label=words)


def chips(marks: Collection[str], board: Scoreboard, context: PageContext) -> list[html.Li]:
    """The marks in their order, each with its number of goals in the area, if it has any."""
    return [html.Li(chip(mark, board, context)) for mark in SCOREBOARD_MARKS if mark in marks]


def chip(mark: str, board: Scoreboard, context: PageContext) -> html.A:
    text, view = context.text, context.view
    is_chosen, number = view.status == mark, board.counts.get(mark, 0)
    words: list[Any] = [
        html.Span(className="icon", **attributes(aria_hidden="true")),
        text(f"status.{mark}"),
    ]
    if number or is_chosen:
        words.append(html.Strong(text.number(number, 0)))
    href = view.link("/", status="" if is_chosen else mark)
    current = attributes(aria_current="true") if is_chosen else {}
    return html.A(words, href=href, className=f"chip mark-{mark}", **current)


def choices(context: PageContext) -> html.Details:
    """Framework, area, period, collection and release, folded away until somebody asks for them."""
    return html.Details(
        [
            html.Summary(context.text("scoreboard.choose")),
            html.Div(
                [
                    framework_picker(context),
                    area_picker(context),
                    *period_picker(context),
                    collection_picker(context),
                ],
                className="choices",
            ),
        ],
        className="choose",
    )
