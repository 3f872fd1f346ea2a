"""The catalogue: frameworks, policy targets, goals, and the indicators that follow them up."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from dash import html

from dashboard.addresses.alternatives import part_offers
from dashboard.charts.notes import definition_change_sentence
from dashboard.components.context_links import context_link
from dashboard.components.frame import frame
from dashboard.components.goal_wording import agreed_wording, goal_label, relayed_notes
from dashboard.components.layout import Drawn, attributes, filters, join_links, page_link
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import search_box
from dashboard.context import PageContext, collections_asking, resolve_context
from dashboard.search import every_language, matches_search
from dashboard.texts import Text
from dashboard.view import View
from dashboard.wording.rate_reasons import NO_RATE
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.frameworks import Framework, PolicyTarget
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import DefinitionChange, Indicator
from metrics.catalogue.loader import catalogue

register_page(__name__, "/catalogue", order=40, is_kept=True)

CATALOGUE_PATH = "/catalogue"
MOST_UNFOLDED = 5  # unfold the entries if a search finds no more than these


def layout(**query: str) -> html.Div:
    context = resolve_context(View.from_query(query))
    text, typed = context.text, context.view.q
    goals = [goal for goal in catalogue().goals.values() if matches_search(goal_words(goal), typed)]
    indicators = [indicator for indicator in catalogue().indicators.values()
                  if matches_search(indicator_words(indicator), typed)]  # fmt: skip
    count = ", ".join([text.counted("catalogue.goals", len(goals)),
                       text.counted("catalogue.found", len(indicators))])  # fmt: skip
    is_open = bool(typed) and len(goals) + len(indicators) <= MOST_UNFOLDED
    return frame(
        CATALOGUE_PATH,
        context,
        [
            html.P(text("catalogue.lead"), className="lead"),
            filters(search_box(text("catalogue.search"), typed, text)),
            html.P(count, role="status", className="quiet"),
            catalogue_index(goals, indicators, text),
            context_link(context),
            *(section for framework in catalogue().frameworks.values()
              for section in framework_section(framework, goals, context, is_open=is_open)),
            *indicator_section(indicators, context, is_open=is_open),
        ],
    )  # fmt: skip


def catalogue_index(goals: Sequence[Goal], indicators: Sequence[Indicator], text: Text) -> html.Nav:
    """The sections of the page, each with the number of entries found."""
    counts = Counter(goal.framework for goal in goals)
    parts: list[tuple[str, str, int]]
    parts = [(part_anchor(code), framework.name(text.language), counts[code])
             for code, framework in catalogue().frameworks.items()]  # fmt: skip
    parts.append(("indicators", text("catalogue.indicators"), len(indicators)))
    links = [html.Li([html.A(name, href=f"#{code}"), html.Span(str(n), className="note")])
             for code, name, n in parts if n]  # fmt: skip
    return html.Nav(
        html.Ul(links), className="index", **attributes(aria_label=text("catalogue.index"))
    )


def part_anchor(framework: str) -> str:
    """A prefixed anchor, because a framework may share the code of its only goal."""
    return f"framework-{framework}"


def goal_words(goal: Goal) -> Iterator[str]:
    yield from (goal.code, *goal.indicators, *every_language(goal.name, goal.wording))


def indicator_words(indicator: Indicator) -> Iterator[str]:
    yield from (indicator.code, *every_language(indicator.name, indicator.definition))


def framework_section(
    framework: Framework, goals: Iterable[Goal], context: PageContext, *, is_open: bool
) -> Iterator[html.Section]:
    own = [goal for goal in goals if goal.framework == framework.code]
    if not own:
        return
    targets: list[PolicyTarget | None] = [*framework.policy_targets, None]
    note = framework.note
    yield html.Section(
        [
            html.H2(framework.name(context.language)),
            html.P(note(context.language), className="quiet") if note else None,
            *relayed_notes(framework.documents, context.text),
            *(part for target in targets
              for part in target_section(target, own, context, is_open=is_open)),
        ],
        id=part_anchor(framework.code),
        className="framework",
    )  # fmt: skip


def target_section(
    target: PolicyTarget | None, goals: Iterable[Goal], context: PageContext, *, is_open: bool
) -> Iterator[Any]:
    code = target.code if target else None
    serving = [goal for goal in goals if goal.policy_target == code]
    if serving and target:
        yield html.H3(
            [html.Span(target.code, className="code"), " ", target.name(context.language)]
        )
    if serving:
        heading = html.H4 if target else html.H3
        entries = [goal_entry(goal, heading, context, is_open=is_open) for goal in serving]
        yield html.Div(entries, className="card entries")


def goal_entry(
    goal: Goal, heading: Callable[[Drawn], Drawn], context: PageContext, *, is_open: bool
) -> html.Details:
    text = context.text
    href = goal_address(goal, context)
    return html.Details(
        [
            html.Summary(heading(goal_label(goal, text))),
            *agreed_wording(goal, text),
            goal_indicators(goal, text),
            html.P(page_link(text("catalogue.figures"), href=href)),
        ],
        id=goal.code,
        className="entry",
        open=is_open,
    )


def goal_address(goal: Goal, context: PageContext, indicator: str = "") -> str:
    """The page of a goal, in a collection that asks for it."""
    view = context.view
    if goal.code not in context.definitions.goals:
        view = view.with_choice("collection", collections_asking(goal.code)[0].code)
    return view.lasting_choices.link("/goal", goal=goal.code, indicator=indicator)


def goal_indicators(goal: Goal, text: Text) -> html.P:
    if not goal.indicators:
        return html.P(text("overview.actions_only"), className="quiet")
    names = {code: catalogue().indicators[code].name(text.language) for code in goal.indicators}
    links = [html.A(name, href=f"#{code}") for code, name in names.items()]
    return html.P([html.Strong(text("catalogue.followed_by") + " "), *join_links(links, text)])


def indicator_section(
    indicators: Iterable[Indicator], context: PageContext, *, is_open: bool
) -> Iterator[html.Section]:
    entries = [indicator_entry(indicator, context, is_open=is_open) for indicator in indicators]
    if entries:
        heading = html.H2(context.text("catalogue.indicators"))
        own = html.Div(entries, className="card entries")
        yield html.Section([heading, own], id="indicators", className="framework")


def indicator_entry(indicator: Indicator, context: PageContext, *, is_open: bool) -> html.Details:
    text = context.text
    terms = indicator_facts(indicator, context)
    definition = indicator.definition(text.language)
    return html.Details(
        [
            html.Summary(html.H3(indicator.name(text.language))),
            html.P(html.Code(indicator.code)),
            html.P(definition, lang=definition.language),
            html.Dl([part for term, fact in terms for part in (html.Dt(term), html.Dd(fact))]),
        ],
        id=indicator.code,
        className="entry",
        open=is_open,
    )


def indicator_facts(indicator: Indicator, context: PageContext) -> list[tuple[str, Any]]:
    """Labels and facts of an indicator; empty facts are left out."""
    text = context.text
    ladder = " → ".join(text.code("step", step) for step in indicator.ladder)
    released = [page_link(part.label, href=part.href) for part in part_offers(indicator, context)]
    facts = [
        ("catalogue.kind", text(f"kind.{indicator.kind}")),
        ("catalogue.unit", text.code("unit", indicator.unit)),
        ("catalogue.direction", text(f"direction.{indicator.direction}")),
        ("catalogue.numerator", format_words(indicator.numerator, text)),
        ("catalogue.denominator", format_words(indicator.denominator, text)),
        ("compare.unit_rate", rate_fact(indicator, text)),
        ("catalogue.breakdowns", breakdown_names(indicator, text)),
        ("catalogue.changes", change_list(indicator, text)),
        ("catalogue.ladder", ladder),
        ("catalogue.role", text("catalogue.context") if indicator.role == "context" else ""),
        ("note.caveat", format_words(indicator.caveat, text)),
        ("catalogue.serves", goals_of_indicator(indicator, context)),
        ("catalogue.released", join_links(released, text)),
    ]
    return [(text(term), fact) for term, fact in facts if fact]


def rate_fact(indicator: Indicator, text: Text) -> str:
    """That the release has a rate, or why it would have no meaning."""
    if indicator.why_no_rate:
        return text("catalogue.no_rate", why=text.code(NO_RATE, indicator.why_no_rate))
    return text("catalogue.rate")


def change_list(indicator: Indicator, text: Text) -> html.Ul | None:
    """Each change of the definition, with what was valid before it."""
    if not indicator.changes:
        return None
    return html.Ul(
        [html.Li(describe_change(indicator, change, text)) for change in indicator.changes]
    )


def describe_change(indicator: Indicator, change: DefinitionChange, text: Text) -> str:
    earlier, given = indicator.in_period(change.since.just_before), change.before
    facts = [
        given.definition(text.language) if given.definition else "",
        f"{text('catalogue.unit')}: {text.code('unit', earlier.unit)}" if given.unit else "",
        f"{text('catalogue.breakdowns')}: {coded_breakdowns(earlier, text)}"
        if given.breakdowns is not None
        else "",
    ]
    before = text("catalogue.before", facts=" · ".join(filter(None, facts)))
    return f"{definition_change_sentence(change, text)} {before}"


def coded_breakdowns(indicator: Indicator, text: Text) -> str:
    """The breakdowns, with their codes where these are only a part of a list."""
    named = []
    for breakdown in indicator.breakdowns:
        name = " × ".join(text(f"breakdown.{by}") for by in breakdown.by)
        codes = [text.code(by, code) for by, listed in breakdown.codes.items() for code in listed]
        named.append(f"{name} ({', '.join(codes)})" if codes else name)
    return text.listed(named) or "–"


def format_words(words: Words | None, text: Text) -> str:
    return words(text.language) if words else ""


def breakdown_names(indicator: Indicator, text: Text) -> str:
    return text.listed(
        " × ".join(text(f"breakdown.{by}") for by in breakdown.by)
        for breakdown in indicator.breakdowns
    )


def goals_of_indicator(indicator: Indicator, context: PageContext) -> list[Any]:
    return join_links([
        page_link(goal_label(goal, context.text), href=goal_address(goal, context, indicator.code))
        for goal in catalogue().goals.values()
        if indicator.code in goal.indicators
    ], context.text)  # fmt: skip
