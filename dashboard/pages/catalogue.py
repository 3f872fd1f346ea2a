"""What is followed up: frameworks, policy targets, goals, and the indicators behind them."""

from collections.abc import Iterable, Iterator
from typing import Any

from dash import dcc, html

from dashboard.components.frame import frame
from dashboard.components.pickers import search_box
from dashboard.components.titles import register_page
from dashboard.components.wording import cited, coded, quoted, targets
from dashboard.texts import Text, texts
from dashboard.view import View
from metrics.catalogue import catalogue
from metrics.codelists import folded
from metrics.definitions import Framework, Goal, Indicator, PolicyTarget, Words

register_page(__name__, "/catalogue", order=50)

PATH = "/catalogue"


def layout(**query: str) -> html.Div:
    view = View.of(query)
    text = texts(view.lang)
    goals = [each for each in catalogue().goals.values() if speaks_of(goal_words(each), view.q)]
    indicators = [
        each for each in catalogue().indicators.values() if speaks_of(indicator_words(each), view.q)
    ]
    count = text("catalogue.count", goals=len(goals), indicators=len(indicators))
    return frame(
        PATH,
        view,
        [
            html.P(text("catalogue.lead"), className="lead"),
            html.Div([search_box(text("catalogue.search"), view.q, text)], className="filters"),
            html.P(count, role="status", className="quiet"),
            *(each for framework in catalogue().frameworks.values()
              for each in framework_section(framework, goals, view, text)),
            indicator_section(indicators, view, text),
        ],
    )  # fmt: skip


def speaks_of(words: Iterable[str], typed: str) -> bool:
    """Every word that was typed occurs, in any language."""
    said = folded(" ".join(words))
    return all(word in said for word in folded(typed).split())


def every_language(*words: Words | None) -> Iterator[str]:
    return (each for word in words if word for each in (word.en, word.fi or "", word.el or ""))


def goal_words(goal: Goal) -> Iterator[str]:
    yield from (goal.code, *goal.indicators, *every_language(goal.name, goal.wording))


def indicator_words(indicator: Indicator) -> Iterator[str]:
    yield from (indicator.code, *every_language(indicator.name, indicator.definition))


def framework_section(
    framework: Framework, goals: Iterable[Goal], view: View, text: Text
) -> Iterator[html.Section]:
    own = [each for each in goals if each.framework == framework.code]
    if not own:
        return
    serving: list[PolicyTarget | None] = [*framework.policy_targets, None]
    note = framework.note
    yield html.Section(
        [
            html.H2(framework.name(text.language)),
            html.P(note(text.language), className="quiet") if note else None,
            *(each for target in serving for each in target_section(target, own, view, text)),
        ],
        className="framework",
    )


def target_section(
    target: PolicyTarget | None, goals: Iterable[Goal], view: View, text: Text
) -> Iterator[Any]:
    code = target.code if target else None
    own = [each for each in goals if each.policy_target == code]
    if own and target:
        yield html.H3([html.Span(target.code, className="code"), target.name(text.language)])
    yield from (goal_entry(each, view, text, "h4" if target else "h3") for each in own)


def goal_entry(goal: Goal, view: View, text: Text, level: str) -> html.Article:
    heading = html.H4 if level == "h4" else html.H3
    link = dcc.Link(goal.name(text.language), href=view.kept.link("/goal", goal=goal.code))
    return html.Article(
        [
            heading([html.Span(goal.code, className="code"), link]),
            *quoted(goal, text),
            html.P(cited(goal, goal.source, text), className="quiet"),
            *targets(goal, text),
            followed_by(goal, text),
        ],
        id=goal.code,
        className="card entry",
    )


def followed_by(goal: Goal, text: Text) -> html.P:
    if not goal.indicators:
        return html.P(text("overview.actions_only"), className="quiet")
    links: list[Any] = [html.Strong(text("catalogue.followed_by") + " ")]
    for code in goal.indicators:
        name = catalogue().indicators[code].name(text.language)
        links += [html.A(name, href=f"#{code}"), "; "]
    return html.P(links[:-1])


def indicator_section(indicators: Iterable[Indicator], view: View, text: Text) -> html.Section:
    entries = [indicator_entry(each, view, text) for each in indicators]
    return html.Section([html.H2(text("catalogue.indicators")), *entries], className="framework")


def indicator_entry(indicator: Indicator, view: View, text: Text) -> html.Article:
    terms = facts(indicator, view, text)
    return html.Article(
        [
            html.H3(indicator.name(text.language)),
            html.P(html.Code(indicator.code)),
            html.P(indicator.definition(text.language)),
            html.Dl([part for term, said in terms for part in (html.Dt(term), html.Dd(said))]),
        ],
        id=indicator.code,
        className="card entry",
    )


def facts(indicator: Indicator, view: View, text: Text) -> list[tuple[str, Any]]:
    """What is known of an indicator; what it has not is left out."""
    ladder = " → ".join(text.code("step", each) for each in indicator.ladder)
    every = [
        ("catalogue.kind", text(f"kind.{indicator.kind}")),
        ("catalogue.unit", text.code("unit", indicator.unit)),
        ("catalogue.direction", text(f"direction.{indicator.direction}")),
        ("catalogue.numerator", in_language(indicator.numerator, text)),
        ("catalogue.denominator", in_language(indicator.denominator, text)),
        ("catalogue.breakdowns", breakdowns(indicator, text)),
        ("catalogue.ladder", ladder),
        ("catalogue.role", text("catalogue.context") if indicator.role == "context" else ""),
        ("note.caveat", in_language(indicator.caveat, text)),
        ("catalogue.serves", goals_of(indicator, view, text)),
    ]
    return [(text(term), said) for term, said in every if said]


def in_language(words: Words | None, text: Text) -> str:
    return words(text.language) if words else ""


def breakdowns(indicator: Indicator, text: Text) -> str:
    return "; ".join(
        " × ".join(text(f"breakdown.{by}") for by in each.by) for each in indicator.breakdowns
    )


def goals_of(indicator: Indicator, view: View, text: Text) -> list[Any]:
    links: list[Any] = []
    for goal in catalogue().goals.values():
        if indicator.code in goal.indicators:
            href = view.kept.link("/goal", goal=goal.code, indicator=indicator.code)
            links += [dcc.Link(coded(goal, text), href=href), "; "]
    return links[:-1]
