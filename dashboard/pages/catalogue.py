"""What is followed up: frameworks, policy targets, goals, and the indicators behind them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from dash import dcc, html

from dashboard.components.frame import frame, register_page
from dashboard.components.layout import Drawn, attributes, filters, joined
from dashboard.components.pickers import search_box
from dashboard.components.wording import agreed, coded, said_in
from dashboard.texts import Text, texts
from dashboard.view import View
from metrics.catalogue.codelists import folded
from metrics.catalogue.definitions import Framework, Goal, Indicator, PolicyTarget, Words
from metrics.catalogue.loader import catalogue

register_page(__name__, "/catalogue", order=50)

PATH = "/catalogue"
FEW = 5  # so many entries are shown unfolded when they were searched for

Shown = tuple[View, Text, bool]  # whether entries are unfolded


def layout(**query: str) -> html.Div:
    view = View.of(query)
    text = texts(view.lang)
    goals = [each for each in catalogue().goals.values() if speaks_of(goal_words(each), view.q)]
    indicators = [
        each for each in catalogue().indicators.values() if speaks_of(indicator_words(each), view.q)
    ]
    count = text("catalogue.count", goals=len(goals), indicators=len(indicators))
    shown = (view, text, bool(view.q) and len(goals) + len(indicators) <= FEW)
    return frame(
        PATH,
        view,
        [
            html.P(text("catalogue.lead"), className="lead"),
            filters(search_box(text("catalogue.search"), view.q, text)),
            html.P(count, role="status", className="quiet"),
            index(goals, indicators, text),
            *(each for framework in catalogue().frameworks.values()
              for each in framework_section(framework, goals, shown)),
            *indicator_section(indicators, shown),
        ],
    )  # fmt: skip


def index(goals: Sequence[Goal], indicators: Sequence[Indicator], text: Text) -> html.Nav:
    """The parts of the page, and how much each holds of what was searched for."""
    counts = Counter(each.framework for each in goals)
    frameworks = catalogue().frameworks
    parts = [
        (part(code), frameworks[code].name(text.language), counts[code]) for code in frameworks
    ]
    parts.append(("indicators", text("catalogue.indicators"), len(indicators)))
    links = [html.Li([html.A(name, href=f"#{code}"), html.Span(str(n), className="note")])
             for code, name, n in parts if n]  # fmt: skip
    return html.Nav(
        html.Ul(links), className="index", **attributes(aria_label=text("catalogue.index"))
    )


def part(framework: str) -> str:
    """Its anchor; a framework may bear the code of its only goal."""
    return f"framework-{framework}"


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
    framework: Framework, goals: Iterable[Goal], shown: Shown
) -> Iterator[html.Section]:
    _, text, _ = shown
    own = [each for each in goals if each.framework == framework.code]
    if not own:
        return
    serving: list[PolicyTarget | None] = [*framework.policy_targets, None]
    note = framework.note
    yield html.Section(
        [
            html.H2(framework.name(text.language)),
            html.P(note(text.language), className="quiet") if note else None,
            *(each for target in serving for each in target_section(target, own, shown)),
        ],
        id=part(framework.code),
        className="framework",
    )


def target_section(
    target: PolicyTarget | None, goals: Iterable[Goal], shown: Shown
) -> Iterator[Any]:
    _, text, _ = shown
    code = target.code if target else None
    own = [each for each in goals if each.policy_target == code]
    if own and target:
        yield html.H3([html.Span(target.code, className="code"), target.name(text.language)])
    if own:
        heading = html.H4 if target else html.H3
        yield html.Div([goal_entry(each, heading, shown) for each in own], className="card entries")


def goal_entry(goal: Goal, heading: Callable[[Drawn], Drawn], shown: Shown) -> html.Details:
    view, text, is_open = shown
    link = dcc.Link(text("catalogue.figures"), href=view.kept.link("/goal", goal=goal.code))
    return html.Details(
        [
            html.Summary(heading(coded(goal, text))),
            *agreed(goal, text),
            followed_by(goal, text),
            html.P(link),
        ],
        id=goal.code,
        className="entry",
        open=is_open,
    )


def followed_by(goal: Goal, text: Text) -> html.P:
    if not goal.indicators:
        return html.P(text("overview.actions_only"), className="quiet")
    names = {code: catalogue().indicators[code].name(text.language) for code in goal.indicators}
    links = [html.A(name, href=f"#{code}") for code, name in names.items()]
    return html.P([html.Strong(text("catalogue.followed_by") + " "), *joined(links)])


def indicator_section(indicators: Iterable[Indicator], shown: Shown) -> Iterator[html.Section]:
    entries = [indicator_entry(each, shown) for each in indicators]
    if entries:
        heading = html.H2(shown[1]("catalogue.indicators"))
        own = html.Div(entries, className="card entries")
        yield html.Section([heading, own], id="indicators", className="framework")


def indicator_entry(indicator: Indicator, shown: Shown) -> html.Details:
    view, text, is_open = shown
    terms = facts(indicator, view, text)
    return html.Details(
        [
            html.Summary(html.H3(indicator.name(text.language))),
            html.P(html.Code(indicator.code)),
            html.P(indicator.definition(text.language), lang=said_in(indicator.definition, text)),
            html.Dl([part for term, said in terms for part in (html.Dt(term), html.Dd(said))]),
        ],
        id=indicator.code,
        className="entry",
        open=is_open,
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
    here = view.kept.but(indicator=indicator.code)
    return joined([
        dcc.Link(coded(goal, text), href=here.link("/goal", goal=goal.code))
        for goal in catalogue().goals.values()
        if indicator.code in goal.indicators
    ])  # fmt: skip
