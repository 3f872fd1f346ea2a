"""The origin of the figure that the address names, in a panel beside what the page shows."""

from collections.abc import Iterator, Mapping
from typing import Any

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.charts.marks import remark_in_words, remark_language
from dashboard.components.citations import cited
from dashboard.components.layout import Drawn, attributes, join_links, page_link
from dashboard.components.notes import (
    invented_mark,
    revision_values,
    submission_in_words,
    value_or_absence,
)
from dashboard.contents.changed_figures import previous_in_words
from dashboard.context import PageContext
from dashboard.intake import may_see_submissions
from dashboard.released.explored_figures import code_in_words
from dashboard.released.figure_names import FigureName
from dashboard.released.figure_origins import FigureOrigin, find_origin, name_of_value
from dashboard.released.series import read_series
from dashboard.texts import Text
from metrics.core.tables import STATUSES
from metrics.messages import Message

PANEL_HEADING = "origin-heading"


def origin_panel(page: str, context: PageContext) -> Iterator[html.Section]:
    """The panel of a page by its path; nothing if the address names no figure."""
    if not context.view.figure:
        return
    text, origin = context.text, find_origin(context)
    if origin is None:
        words = text("origin.unknown", name=context.view.figure)
        body: list[Drawn] = [html.P(words, role="alert", className="absent")]
    else:
        body = [*figure_heading(origin, context), html.Dl([*origin_facts(origin, page, context)])]
    close = page_link(text("origin.close"), context.view.link(page, figure=""), "take")
    heading = html.H2(text("origin.title"), id=PANEL_HEADING, tabIndex=-1)
    yield html.Section(
        [html.Div([heading, close], className="card-head"), *body],
        id="origin",
        role="dialog",
        className="card origin",
        **attributes(aria_labelledby=PANEL_HEADING),
    )


def figure_heading(origin: FigureOrigin, context: PageContext) -> Iterator[Drawn]:
    """The figure in large type; below it what it is, of which area and period."""
    text, series = context.text, origin.series
    row = dict(origin.row)
    yield html.P(html.Strong(value_or_absence(row, series, text)), className="origin-figure")
    parts = [series.title(text), text.code("area", series.area), text.period(row["period"])]
    yield html.P(text.listed([*parts, *invented_mark(context)]))


def origin_facts(origin: FigureOrigin, page: str, context: PageContext) -> Iterator[Any]:
    text, release = context.text, context.release
    yield from fact("flags", statuses_in_words(origin.row, text), text)
    yield from fact("revised", revisions_in_words(origin, text), text)
    yield from fact("earlier", earlier_releases_in_words(origin, text), text)
    yield from fact("withdrawn", withdrawals_in_words(origin, text), text)
    label = release.label if release else ""
    day = text.date(release.as_of) if release and release.as_of else ""
    yield from fact("release", text.listed([day, label]), text)
    yield from fact("made", text(f"origin.how.{origin.how}"), text)
    yield from fact("inputs", input_links(origin, page, context), text)
    yield from source_facts(origin, context)
    remark = remark_in_words(origin.row, text)
    yield from fact("remark", remark and Message(remark, remark_language(origin.row, text)), text)
    yield from fact("used", uses(origin, page, context), text)


def fact(key: str, words: Drawn, text: Text) -> Iterator[Any]:
    if words:
        yield html.Dt(text(f"origin.{key}"))
        yield html.Dd(words)


def statuses_in_words(row: Mapping[str, Any], text: Text) -> str:
    """`Normal value (A); free for publication (F)`."""
    return text.listed(f"{text.code(name, row[name])} ({row[name]})"
                       for name in STATUSES if row[name])  # fmt: skip


def revisions_in_words(origin: FigureOrigin, text: Text) -> str:
    """What was sent before; that there is no earlier version where no release has one either."""
    changes = []
    for row in origin.revisions:
        old, new = revision_values(row, origin.series, text)
        changes.append(text("origin.revision", old=old, new=new, day=text.date(row["vintage"])))
    return text.listed(changes) or ("" if origin.earlier else text("origin.not_revised"))


def earlier_releases_in_words(origin: FigureOrigin, text: Text) -> str:
    """`2026-05-03-76beeb: 141 persons`: what each release showed, whatever was sent in between."""
    return text.listed(
        f"{own.label}: {previous_in_words(own.row, origin.series, text)}" for own in origin.earlier
    )


def withdrawals_in_words(origin: FigureOrigin, text: Text) -> str:
    return text.listed(
        ": ".join(filter(None, [text.date(row["vintage"]), row["reason"]]))
        for row in origin.withdrawals
    )


def input_links(origin: FigureOrigin, page: str, context: PageContext) -> list[Drawn]:
    """The figures from which it was made, each a link to its own origin."""
    links = [input_link(row, origin.name, page, context) for row in origin.inputs]
    return join_links(links, context.text)


def input_link(
    row: Mapping[str, Any], figure: FigureName, page: str, context: PageContext
) -> Drawn:
    """`Belgium: 220 persons`; of area, measure, breakdown and period it names what differs."""
    text, name = context.text, name_of_value(row)
    indicator, component, codes = name.parsed
    series = read_series(context.release, indicator, name.area, codes, component)
    differs = {
        series.indicator.name(text.language): indicator != figure.parsed.indicator,
        text.code("area", name.area): name.area != figure.area,
        code_in_words("component", component, text): component != figure.parsed.component,
        text.listed(text.code(by, code) for by, code in codes.items()): codes
        != figure.parsed.codes,
        text.period(name.period): name.period != figure.period,
    }
    named = ", ".join(words for words, is_other in differs.items() if words and is_other)
    words = f"{named}: {value_or_absence(row, series, text)}"
    return page_link(words, href=context.view.link(page, figure=str(name)))


def source_facts(origin: FigureOrigin, context: PageContext) -> Iterator[Any]:
    """The publication, or the round and day; submission and cell for those who may see them."""
    text, row = context.text, origin.row
    if row.get("source"):
        yield from fact("published", cited(row, text), text)
    elif not row["cell"]:
        return
    may_see = may_see_submissions()
    sent = submission_in_words(row["submission"], row["vintage"], text)
    named = html.Code(row["submission"]) if may_see else text("origin.not_open")
    yield from fact("submission", [sent, html.Br(), named], text)
    if may_see:
        yield from fact("workbook", html.Code(f"{row['sheet']}!{row['cell']}"), text)


def uses(origin: FigureOrigin, page: str, context: PageContext) -> list[Drawn]:
    """The totals of which it is a part, and the goals that its indicator follows up."""
    text, view = context.text, context.view
    totals = [total_link(total, page, context) for total in origin.used_in]
    names = {"area": origin.series.area, "indicator": origin.series.name}
    goals = [
        page_link(goal.code, href=view.lasting_choices.link(GOAL_PATH, goal=goal.code, **names))
        for goal in origin.goals
    ]
    return join_links([*totals, *goals], text)


def total_link(total: FigureName, page: str, context: PageContext) -> Drawn:
    text = context.text
    words = f"{text.code('area', total.area)}, {text.period(total.period)}"
    return page_link(words, href=context.view.link(page, figure=str(total)))
