"""One Member State on one page: its goals beside the Union, its reports, steps and actions."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.addresses.alternatives import Offer, UnavailableError, with_nearest
from dashboard.components.context_links import context_link, further_figures
from dashboard.components.definition_links import about_address
from dashboard.components.frame import (
    FILTERS_AS_OF_PERIOD,
    collection_picker,
    frame,
    without_unknown,
)
from dashboard.components.guide_links import guide_link
from dashboard.components.html_block import html_block
from dashboard.components.layout import page_link
from dashboard.components.notes import (
    invented_mark,
    marked_caption,
    no_release,
    period_note,
    source_line,
)
from dashboard.components.page_registry import answer_as_missing, register_page
from dashboard.components.pickers import area_options, period_picker, picker
from dashboard.components.scoreboard_table import key_of_reading
from dashboard.components.state.actions import action_values
from dashboard.components.state.goals import (
    count_series,
    framework_groups,
    series_groups,
    series_sentence,
)
from dashboard.components.state.record import milestone_values, record_values
from dashboard.components.unavailable import unavailable_card
from dashboard.components.view_actions import view_actions
from dashboard.contents.state_profile import StateProfile, read_profile, usual_years
from dashboard.context import PageContext, resolve_context
from dashboard.released.context_indicators import context_figures
from dashboard.released.goal_statuses import NO_FIGURE
from dashboard.released.release_changes import changes_of_release
from dashboard.released.reporting import MISSING_ANSWER, latest_answers
from dashboard.released.scoreboard import Scoreboard
from dashboard.released.state_statuses import status_counts
from dashboard.view import View
from dashboard.wording.periods import area_as_of_period
from dashboard.wording.scoreboard_findings import finding_of_profile
from metrics.catalogue.codelists import member_states
from metrics.core.tables import EU
from metrics.messages.sentences import with_capital
from metrics.release.official_statuses import NOT_CURRENT

STATE_PATH = "/state"
MOST_SERIES_UNFOLDED = 12  # series that are listed without a click


def state_title(context: PageContext) -> str:
    """`Member State: Finland`, with what its actions are searched for."""
    text, typed = context.text, context.view.q
    if is_state_unknown(context):
        return text("missing.title")
    name = f"{text('state.title')}: {text.code('area', shown_state(context))}"
    return f"{name}, “{typed}”" if typed else name


register_page(
    __name__, STATE_PATH, order=30, title=state_title, is_kept=True, slides=("state", "actions")
)


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    if is_state_unknown(asked):
        return no_such_state(asked)
    state = shown_state(asked)
    context = without_unknown(asked, FILTERS_AS_OF_PERIOD).with_changes(area=state)
    profile = read_profile(context)
    title = html.Div([html.H1(finding(profile, context)), subtitle(profile, context)])
    heading = html.Div([title, controls(context)], className="profile-head")
    note = period_note(STATE_PATH, context)
    further = further_figures(context) if context.is_published else ()
    body = [*union_note(asked, state), *note, *further, *state_sections(profile, context)]
    return frame(STATE_PATH, asked, body, heading, of_release=False)


def is_state_unknown(context: PageContext) -> bool:
    """Whether the address names an area of which the release has nothing and that is no State."""
    area = context.view.area
    return context.release is not None and bool(area) and area not in area_options(context)


def no_such_state(context: PageContext) -> html.Div:
    """No figures of another State: that there is none of this name, and which there are."""
    answer_as_missing()
    text, view, written = context.text, context.view.lasting_choices, context.view.area
    names = {area: name for area, name in area_options(context).items() if area != EU}
    sentence = text("missing.state", name=text.code("area", written))
    named = with_nearest(sentence, written, [*names, *names.values()], text)
    offers = [Offer(name, view.link(STATE_PATH, area=area)) for area, name in names.items()]
    body = unavailable_card(UnavailableError(named, offers), text)
    return frame(STATE_PATH, context, [body], html.H1(sentence), of_release=False)


def union_note(asked: PageContext, state: str) -> Iterator[html.P]:
    """Which State is shown and where the Union is, if the address asks for it on this page."""
    text = asked.text
    if asked.view.area == EU:
        names = {"asked": text.code("area", EU), "shown": text.code("area", state)}
        link = page_link(text("overview.menu"), href=asked.view.lasting_choices.link("/"))
        yield html.P([text("state.union", **names), " ", link], role="alert", className="absent")


def shown_state(context: PageContext) -> str:
    """The requested area, or the first that declared actions or reported values."""
    area = without_unknown(context).view.area
    if area and area != EU:
        return area
    release = context.release
    active = [area for area in (release.areas if release else ()) if area in member_states()]
    with_actions = set(release.tables["actions"]["area"]) if release else set()
    candidates = [*(area for area in active if area in with_actions), *active, *member_states()]
    return min(candidates, key=lambda area: (area not in with_actions, area not in active))


def controls(context: PageContext) -> html.Div:
    """Beside the finding: the State, and the period, collection and release in a fold."""
    text, release = context.text, context.release
    others = [code for code in (release.areas if release else ()) if code != EU]
    states = text.codes_by_name("area", member_states())
    names = states | text.codes_by_name("area", others)
    chosen = picker("area", text("state.area"), names, context.view.area)
    fold = html.Details(
        [
            html.Summary(text("state.release")),
            html.Div([*period_picker(context), collection_picker(context)], className="choices"),
        ],
        className="choose",
    )
    return html.Div([chosen, fold], className="profile-controls")


def finding(profile: StateProfile, context: PageContext) -> str:
    """How many goals go well and what calls for attention; or why this cannot be said."""
    text, board, area = context.text, profile.board, context.view.area
    if context.release is None:
        return state_title(context)
    name = area_as_of_period(area, board.period, text)
    names = {"area": name, "all": text.number(len(board.rows), 0)}
    if not board.with_figure:
        return without_goal_figures(profile, context, name)
    answers = latest_answers(context)
    if answers.answer_of(area) == MISSING_ANSWER and not context.is_published:
        old = board.counts.get(NOT_CURRENT, 0)
        return text.counted("state.not_reported", old, round=answers.round, **names)
    return finding_of_profile(board, context).in_words(text)


def without_goal_figures(profile: StateProfile, context: PageContext, area: str) -> str:
    """That no goal has a figure in the State, and what else the release has of it."""
    text, others = context.text, states_with_figures(profile.board)
    codes = {series.indicator.code for series in context_figures(context)}
    if codes:
        return text.counted("state.only_context", len(codes), area=area)
    return text("state.nothing", area=area, others=text.number(others, 0))


def states_with_figures(board: Scoreboard) -> int:
    """How many Member States have a figure of a goal, as the scoreboard marks it."""
    cells = (state for row in board.rows for state in row.states)
    return len({state.area for state in cells if state.mark != NO_FIGURE})


def subtitle(profile: StateProfile, context: PageContext) -> html.Div:
    """The round and the release, what the status of a goal is, and how many goals have which."""
    text, release = context.text, context.release
    if release is None:
        return html.Div(hidden=True)
    answers = latest_answers(context)
    is_round = bool(answers.round) and not context.is_published
    round_of_answers = text("state.of_round", round=answers.round) if is_round else ""
    day_key = "period.release" if profile.board.period else "scoreboard.as_of"
    day = text(day_key, day=text.date(release.as_of)) if release.as_of else ""
    parts = [
        round_of_answers or with_capital(day),
        day if round_of_answers else "",
        status_counts(profile.board.counts, text),
    ]
    return html.Div([text.listed(parts), " ", view_actions(STATE_PATH, context)], className="quiet")


def state_sections(profile: StateProfile, context: PageContext) -> Iterator[Any]:
    if context.release is None:
        yield no_release(context)
        return
    yield html_block(
        "state.html",
        texts=shared_words(context),
        about=about_address(context),
        goals=goals_section(profile, context),
        **of_today(profile, context),
        milestones=milestone_values(profile.goals, context),
        series=series_section(profile, context),
    )
    yield html.P(source_line(context), className="source")
    yield context_link(context)
    yield guide_link("policy-officer", context)


def of_today(profile: StateProfile, context: PageContext) -> dict[str, Any]:
    """The reports and the declared actions; none beside figures as of an earlier period.

    Published figures are not reported in rounds.
    """
    if context.view.period:
        return {"record": {}, "actions": {}}
    record = {} if context.is_published else record_values(profile.goals, context)
    return {"record": record, "actions": action_values(profile.goals, context)}


def shared_words(context: PageContext) -> dict[str, str]:
    text = context.text
    return {
        "apart": text("list.apart"),
        "anchor": text("state.anchor"),
        "caveat": text("card.caveat"),
        "reporting": text("state.reporting"),
        "marked": "".join(f" · {mark}" for mark in invented_mark(context)),
    }


def goals_section(profile: StateProfile, context: PageContext) -> dict[str, Any]:
    text = context.text
    area = text.code("area", context.view.area)
    usual = usual_years(profile, context)
    heads = {
        "goal": text("scoreboard.goal"),
        "own": area,
        "latest": text("state.value_of", year=text.period(usual.latest))
        if usual.latest
        else text("state.latest"),
        "trend": text("scoreboard.trend"),
        "since": text("state.since", year=text.period(usual.base))
        if usual.base
        else text("state.first_figure"),
        "union": f"{text('state.eu')} {text.period(usual.union) if usual.union else ''}".strip(),
        "others": text("state.other_series"),
    }
    groups = framework_groups(profile, changes_of_release(context), context)
    return {
        "caption": marked_caption(text("state.caption", area=area), context),
        "heads": heads,
        "groups": [*groups],
        "key": text("state.key" if usual.base else "state.key_first")
        + "".join(key_of_reading(profile.board.rows, text)),
    }


def series_section(profile: StateProfile, context: PageContext) -> dict[str, Any]:
    """Every series of every goal, folded away."""
    text = context.text
    number = count_series(profile.goals)
    heading = text.counted("state.every_series", number)
    columns = ("indicator", "latest", "trend", "status", "reason")
    return {
        "heading": heading,
        "caption": marked_caption(heading, context),
        "is_open": number <= MOST_SERIES_UNFOLDED,
        "assessed": series_sentence(profile.goals, text),
        "heads": [text(f"state.{name}") for name in columns],
        "groups": [*series_groups(profile, context)],
    }
