"""Changes: what differs between two releases of a collection, statuses and figures."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.components.downloads import file_links
from dashboard.components.frame import frame, release_names, without_unknown
from dashboard.components.guide_links import guide_link
from dashboard.components.layout import Drawn, attributes, filters, page_link
from dashboard.components.notes import no_release, source_line
from dashboard.components.numbered_pages import links_to_pages, rows_of_page
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import (
    any_area_picker,
    any_goal_picker,
    any_indicator_picker,
    picker,
)
from dashboard.components.records.changes import figures_table, statuses_table
from dashboard.components.records.tables import record_tables
from dashboard.components.release_filters import drop_unknown, release_choices
from dashboard.components.view_actions import view_actions
from dashboard.contents.changes_in_words import changes_finding, scope_in_words
from dashboard.context import PageContext, resolve_context
from dashboard.released.changed_rows import (
    EVERYTHING,
    KINDS_OF_CHANGE,
    AskedChanges,
    asked_changes,
    choices_of_changes,
)
from dashboard.released.release_changes import older_labels
from dashboard.view import View
from metrics.core.tables import WITHHELD
from metrics.release.changes import FigureChange

CHANGES_PATH = "/changes"


def changes_title(context: PageContext) -> str:
    """`Changes since release 2026-05-03-4c3584: GA-1.1, Germany`."""
    known, _notices = drop_unknown(without_unknown(context), choices_of_changes(context))
    text, view = context.text, known.view
    before = view.before or next(iter(older_labels(context)), "")
    title = text("changes.title_since", release=before) if before else text("changes.title")
    kind = text(f"change_of_figure.{view.change}") if view.change else ""
    chosen = ", ".join(filter(None, [scope_in_words(known), kind]))
    return f"{title}: {chosen}" if chosen else title


register_page(
    __name__, CHANGES_PATH, order=37, title=changes_title, is_kept=True, slides=("changes",)
)


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    known, notices = drop_unknown(without_unknown(asked), choices_of_changes(asked))
    if known.release is None:
        return frame(CHANGES_PATH, asked, [no_release(known)])
    changes = asked_changes(known)
    heading = html.Div([html.H1(changes_finding(changes, known)), changes_subtitle(changes, known)])
    body = [*notices, *sections(changes, known)]
    return frame(CHANGES_PATH, asked, body, heading, of_release=False)


def changes_subtitle(changes: AskedChanges | None, context: PageContext) -> html.Div:
    """Both releases with their days, and a link that stays."""
    text, release = context.text, context.release
    if release is None or changes is None:
        nothing = html.P(text("changes.nothing_before"), className="quiet")
        return html.Div([nothing, release_choices(context)], className="record-subtitle")
    old, new = changes.difference.before, changes.difference.after
    words = text(
        "changes.between", old=old.label, old_day=text.date(old.as_of),
        new=new.label, new_day=text.date(new.as_of),
    )  # fmt: skip
    link = view_actions(CHANGES_PATH, context, before=old.label)
    both = html.Div([words, " ", link], className="quiet")
    return html.Div([both, release_choices(context)], className="record-subtitle")


def sections(changes: AskedChanges | None, context: PageContext) -> Iterator[Any]:
    text = context.text
    yield change_filters(context)
    if changes is not None:
        yield kind_filter(changes, context)
        yield from changed_rows(changes, context)
        yield html.P([*file_links(("changes", "status-changes"), context)])
    links = [
        page_link(text("revisions.menu"), href=context.view.lasting_choices.link("/revisions")),
        html.A(text("changes.feed"), href=context.view.link("/feed.atom", area="", release="")),
    ]
    yield html.P([links[0], " ", links[1]], className="onward")
    yield guide_link("policy-officer", context)
    yield html.P(source_line(context), className="source")


def changed_rows(changes: AskedChanges, context: PageContext) -> Iterator[Any]:
    text = context.text
    if changes.statuses.empty and changes.figures.empty:
        yield html.P(text("changes.none"), className="absent")
    else:
        rows = rows_of_page(changes.figures, context)
        yield record_tables(
            [statuses_table(changes, context), figures_table(changes, rows, context)], context
        )
    yield from links_to_pages(CHANGES_PATH, len(changes.figures), context)
    yield from link_to_everything(changes, context)
    yield from link_to_same_values(changes, context)
    if has_hidden(changes):
        yield html.P(text("changes.hidden_note"), className="quiet")
    yield html.P(text("changes.note"), className="quiet")


def has_hidden(changes: AskedChanges) -> bool:
    """Whether any figure before is left out."""
    figures = changes.figures
    is_hidden = figures["previous_observation_status"].eq(WITHHELD)
    return bool((is_hidden & figures["kind"].ne(FigureChange.UNSUPPRESSED)).any())


def link_to_everything(changes: AskedChanges, context: PageContext) -> Iterator[html.P]:
    """A link that adds the other series and what is calculated, or leaves them out again."""
    text, view = context.text, context.view
    if not changes.beside:
        return
    is_everything = view.detail == EVERYTHING
    key = "changes.fewer" if is_everything else "changes.more"
    words = text.counted(key, changes.beside)
    detail = "" if is_everything else EVERYTHING
    link = page_link(words, href=view.link(CHANGES_PATH, detail=detail, page=""))
    yield html.P(link, className="onward")


def link_to_same_values(changes: AskedChanges, context: PageContext) -> Iterator[html.P]:
    """How many figures have another status and the same value; they are listed apart."""
    kind = FigureChange.OBSERVATION_STATUS
    number = changes.counts.get(kind, 0)
    if number and context.view.change != kind:
        words = context.text.counted("changes.same_values", number)
        href = context.view.link(CHANGES_PATH, change=kind, page="")
        yield html.P(page_link(words, href=href))


def kind_filter(changes: AskedChanges, context: PageContext) -> html.Ul:
    """How many changes there are of each kind; each is a link that keeps these alone."""
    text, view = context.text, context.view
    items = []
    for kind in (kind for kind in KINDS_OF_CHANGE if changes.counts.get(kind)):
        is_chosen = view.change == kind
        label: list[Drawn] = [text(f"change_of_figure.{kind}"), " ",
                              html.Strong(text.number(changes.counts[kind], 0))]  # fmt: skip
        href = view.link(CHANGES_PATH, change="" if is_chosen else kind, page="")
        current = attributes(aria_current="true") if is_chosen else {}
        items.append(html.Li(html.A(label, href=href, className="chip", **current)))
    return html.Ul(items, className="chips", **attributes(aria_label=text("changes.filter")))


def change_filters(context: PageContext) -> html.Div:
    text, view = context.text, context.view
    names = release_names(context)
    older = {label: names[label] for label in older_labels(context)}
    before = view.before or next(iter(older), "")
    return filters(
        picker("before", text("changes.release_before"), older or {"": text("frame.none")}, before),
        any_area_picker(context),
        any_goal_picker(context),
        any_indicator_picker(context),
    )
