"""The frame of every page: title, banner, menu, heading, content, and the release shown."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import dash
from dash import html

from dashboard import data
from dashboard.addresses.alternatives import GOAL_PATH, with_nearest
from dashboard.addresses.goal_tabs import TABS
from dashboard.addresses.short_addresses import STATE_PATH
from dashboard.addresses.used_periods import PAGES_AS_OF_PERIOD, unused_period
from dashboard.components.build_notice import building_notice
from dashboard.components.definition_links import (
    ABOUT_PATH,
    about_address,
    complete_definitions,
    definitions_link,
)
from dashboard.components.hints import hint
from dashboard.components.language_marks import mark_languages
from dashboard.components.layout import Drawn, attributes, page_link
from dashboard.components.notes import source_line
from dashboard.components.origin_panel import origin_panel
from dashboard.components.pickers import add_forms, area_options, picker
from dashboard.components.view_actions import view_actions
from dashboard.context import PageContext
from dashboard.intake import is_open
from dashboard.released.goal_statuses import SCOREBOARD_MARKS
from dashboard.released.table_views import ORDERS
from dashboard.texts import Text
from dashboard.view import PARAMETERS
from metrics.catalogue.loader import catalogue
from metrics.messages import language_name, language_of_most_texts, languages

FOLDED_FROM = 50  # the order of the first page that has no room in the bar
SUBMISSIONS = "submit"  # the page that takes submissions
# The choices of two that links switch; without one in the address, the first holds.
SWITCHES = {"view": TABS, "order": ORDERS, "outlook": ("", "on")}
# What a page passes over where it does not exist: which figures it shows, and how.
FILTERS = ("framework", "area", "status", "round")
FILTERS_AS_OF_PERIOD = (*FILTERS, "period")
MANNERS = ("lang", *SWITCHES)


def frame(  # noqa: PLR0913 - the last two are named where they are given
    page: str,
    context: PageContext,
    children: Sequence[Any],
    heading: Drawn = None,
    *,
    of_release: bool = True,
    lasting: Mapping[str, str] | None = None,
) -> html.Div:
    """Lay out a page by its path; its texts are `<module>.title` and `<module>.menu`.

    A page that is not `of_release` shows no figures, or offers the choice of a release itself; what
    it has chosen by default is `lasting`, for the link that stays with the release.
    """
    text = context.text
    name = name_of_page(page)
    title = heading or html.H1(page_words(name, "title", text))
    page_frame = html.Div(
        [
            html.A(text("frame.skip"), href="#main", className="skip"),
            header(page, context),
            building_notice(context),
            html.Main(
                [
                    html.Div(
                        [title, *release_head(page, context, lasting, of_release=of_release)],
                        className="page-head",
                    ),
                    *unknown_choices(page, context),
                    *origin_panel(page, context),
                    *children,
                    anchor_notice(text),
                ],
                id="main",
                tabIndex=-1,
                **attributes(data_source=print_line(context)),
            ),
            footer(context, of_release=of_release),
        ],
        className=f"page page-{name}",
        lang=language_of_most_texts(context.language),
    )
    add_forms(page_frame, context)
    mark_languages(page_frame, context.language)
    known = without_unknown(context, MANNERS)
    complete_definitions(page_frame, "" if page == ABOUT_PATH else about_address(known))
    return page_frame


def print_line(context: PageContext) -> str:
    """The source of each sheet of paper; a page without a release has its product alone."""
    product = context.text("frame.product")
    return product if context.release is None else f"{product} · {source_line(context)}"


def unknown_choices(page: str, context: PageContext) -> Iterator[html.P]:
    """What the address chooses and does not exist; the page shows its default instead.

    The pages of a goal and of a State say themselves that an area does not exist.
    """
    text = context.text
    for parameter in context.view.unknown.splitlines():
        words = text("missing.parameter", name=parameter)
        yield warning(words, parameter, PARAMETERS, text)
    if period := unused_period(page, context.view):
        words = text("missing.period_unused", period=period)
        yield html.P(words, role="alert", className="absent")
    for name, choices in known_choices(context).items():
        value = getattr(context.view, name)
        if value and value not in choices and is_said_here(name, page):
            named = text.code("area", value) if name == "area" else value
            words = text("missing.choice", value=named, what=text(f"choice.{name}"))
            yield warning(words, value, choices, text)


def is_said_here(parameter: str, page: str) -> bool:
    """Whether the frame of a page says which value of a parameter does not exist."""
    if parameter == "period":
        return page in PAGES_AS_OF_PERIOD
    return parameter != "area" or page not in {GOAL_PATH, STATE_PATH}


def warning(words: str, written: str, known: Iterable[str], text: Text) -> html.P:
    """What does not exist, with the most similar of what does."""
    return html.P(with_nearest(words, written, known, text), role="alert", className="absent")


def anchor_notice(text: Text) -> html.P:
    """Shown by `anchors.js` where the address names an entry that the page does not have."""
    words: list[Drawn] = [text("missing.anchor"), " ", html.Code()]
    return html.P(words, id="no-anchor", hidden=True, role="alert", className="absent")


def known_choices(context: PageContext) -> Mapping[str, Collection[str]]:
    """What each choice of an address can be."""
    return {
        "collection": catalogue().collections,
        "release": context.labels,
        "framework": context.definitions.frameworks,
        "area": area_options(context),
        "status": SCOREBOARD_MARKS,
        "round": {listed.code for listed in context.collection.rounds},
        "period": context.release.years if context.release else (),
        "lang": languages(),
        "view": SWITCHES["view"],
        "order": SWITCHES["order"],
        "outlook": SWITCHES["outlook"],
    }


def without_unknown(context: PageContext, names: Sequence[str] = FILTERS) -> PageContext:
    """The context as if those of these choices that do not exist had not been made."""
    known = known_choices(context)
    dropped = {name: "" for name in names if getattr(context.view, name) not in known[name]}
    return context.with_changes(**dropped)


def header(page: str, context: PageContext) -> html.Header:
    text = context.text
    return html.Header(
        html.Div(
            [
                html.A(
                    [
                        html.Span("EMPACT", className="brand-mark"),
                        html.Span(text("frame.brand"), className="brand-name"),
                    ],
                    href=context.view.lasting_choices.link("/"),
                    className="brand",
                ),
                html.Nav(
                    [menu(page, context), folded_menu(page, context)],
                    className="menu takes-files" if is_open() else "menu",
                    **attributes(aria_label=text("frame.menu")),
                ),
                invented_badge(context),
                html.Nav(
                    language_links(page, context),
                    className="languages",
                    **attributes(aria_label=text("frame.language")),
                ),
            ],
            className="header-row",
        )
    )


def menu(page: str, context: PageContext) -> html.Ul:
    """Links to the pages of the bar, and the others folded away."""
    text = context.text
    in_bar = [entry for entry in menu_pages() if is_in_bar(entry)]
    folded = [entry for entry in menu_pages() if not is_in_bar(entry)]
    is_folded = page in {entry["path"] for entry in folded}
    more = folded_list(text("frame.more"), folded, page, context, is_current=is_folded)
    return html.Ul(
        [
            *(html.Li(menu_entry(entry, page, context)) for entry in in_bar),
            *([html.Li(more)] if folded else []),
        ],
        className="menu-bar",
    )


def is_in_bar(entry: Mapping[str, Any]) -> bool:
    """Whether a page is in the bar: the first ones, and where files are accepted, that for them."""
    return entry["order"] < FOLDED_FROM or takes_files(entry)


def takes_files(entry: Mapping[str, Any]) -> bool:
    return entry["menu"] == SUBMISSIONS and is_open()


def folded_menu(page: str, context: PageContext) -> html.Details:
    """The menu of a window without room for the bar; where files are accepted, that comes first."""
    entries = sorted(menu_pages(), key=takes_files, reverse=True)
    return folded_list(context.text("frame.menu_button"), entries, page, context)


def folded_list(
    summary: str,
    entries: Sequence[dict[str, Any]],
    page: str,
    context: PageContext,
    *,
    is_current: bool = False,
) -> html.Details:
    links = html.Ul([html.Li(menu_entry(entry, page, context)) for entry in entries])
    marked = html.Summary(summary, className="current" if is_current else "")
    return html.Details([marked, links], className="folded")


def menu_pages() -> list[dict[str, Any]]:
    """Every registered page that has a place in the menu, in its order.

    The page that takes submissions has one only where files are accepted.
    """
    listed = [registered for registered in dash.page_registry.values() if registered.get("menu")]
    pages = [entry for entry in listed if entry["menu"] != SUBMISSIONS or is_open()]
    return sorted(pages, key=lambda registered: int(registered["order"]))


def menu_entry(registered: dict[str, Any], page: str, context: PageContext) -> Drawn:
    words = page_words(registered["menu"], "menu", context.text)
    kept = context.view.lasting_choices
    if registered["menu"] == SUBMISSIONS and context.collection.areas != "member_states":
        kept = kept.with_changes(collection="", release="")  # it opens on one that asks States
    href = kept.link(registered["path"])
    if registered["path"] == page:
        return html.A(words, href=href, className="current", **attributes(aria_current="page"))
    return page_link(words, href=href)


def language_links(page: str, context: PageContext) -> html.Ul:
    """Reload the whole page, so that the `lang` attribute of the document changes too."""
    return html.Ul(
        [
            html.Li(
                html.A(
                    language.upper(),
                    href=context.view.link(page, lang=language),
                    hrefLang=language,
                    lang=language,
                    **hint(language_name(language, language)),
                    **(attributes(aria_current="true") if language == context.language else {}),
                )
            )
            for language in languages()
        ]
    )


def invented_badge(context: PageContext) -> html.Div:
    """That every figure is invented; the sentence on it is also in the footer."""
    if not context.is_invented:
        return html.Div(hidden=True)
    words = html.Strong(context.text("note.invented"))
    return html.Div(words, className="invented-badge", role="note")


def release_head(
    page: str, context: PageContext, lasting: Mapping[str, str] | None, *, of_release: bool
) -> Iterator[Drawn]:
    """The release that is shown, and a link that stays with it."""
    if of_release:
        yield collection_picker(context)
    if context.release is not None and (of_release or lasting is not None):
        filters = FILTERS_AS_OF_PERIOD if page in PAGES_AS_OF_PERIOD else FILTERS
        known = without_unknown(context, (*filters, *MANNERS))
        if unused_period(page, known.view):
            known = known.with_changes(period="")
        yield view_actions(page, known, **(lasting or {}))


def collection_picker(context: PageContext) -> html.Div:
    """Pickers for collection and release, and the release's "as of" date."""
    text = context.text
    collections = data.collections_in_order()
    names = {collection.code: collection.name(context.language) for collection in collections}
    releases = release_names(context)
    label = context.release_label
    state = [*release_date(context), *release_state(context, label)]
    return html.Div(
        [
            picker("collection", text("frame.collection"), names, context.collection.code),
            picker("release", text("frame.release"), releases or {"": text("frame.none")}, label),
            html.P(" · ".join(state), className="as-of"),
        ],
        className="release-choice",
    )


def release_names(context: PageContext) -> dict[str, str]:
    """Label, which begins with a day → the label, that it was replaced, the hour of that day."""
    text = context.text
    return {
        label: " · ".join([
            label,
            *([] if label == context.current else [text("frame.replaced")]),
            *data_until(context, label, "frame.latest_figures"),
        ])
        for label in context.labels
    }  # fmt: skip


def release_state(context: PageContext, label: str) -> Iterator[str]:
    """`figures until 28 Nov 2026, 17:07 UTC` and `current`; nothing for an unknown release."""
    if label in context.labels:
        yield from data_until(context, label, "frame.data_until")
        yield context.text("frame.current" if label == context.current else "frame.replaced")


def data_until(context: PageContext, label: str, key: str) -> Iterator[str]:
    """The hour of a release's latest figures, in the words of a key."""
    until = data.release_store().data_until(context.collection.code, label)
    if until:
        yield moment_in_words(until, key, context.text)


def moment_in_words(vintage: str, key: str, text: Text) -> str:
    """`figures until 28 Nov 2026, 17:07 UTC` of `2026-11-28T1707Z`, in the words of a key."""
    day, _, clock = vintage.partition("T")
    named_day = text.date(day, width="medium")
    return text(key, day=named_day, time=f"{clock[:2]}:{clock[2:4]}")


def release_date(context: PageContext) -> Iterator[str]:
    """`As of 3 May 2026`; nothing of a release that could not be opened."""
    text, release = context.text, context.release
    if release is not None and release.as_of:
        yield text("frame.as_of", day=text.date(release.as_of))
    elif not context.labels:
        yield text("frame.no_release")


def footer(context: PageContext, *, of_release: bool) -> html.Footer:
    version = [*release_version(context)] if of_release or context.labels else []
    return html.Footer(
        html.Div(
            [
                html.P(context.collection.note(context.language)),
                html.P(context.text("footer.method")),
                html.P(version, className="quiet") if version else None,
                html.P(footer_links(context), className="footer-links"),
            ],
            className="footer-row",
        )
    )


def footer_links(context: PageContext) -> list[Drawn]:
    links: list[Drawn] = [about_link(context), " · ", definitions_link(context)]
    if context.release is not None:
        citing = context.view.lasting_choices.with_changes(release=context.release_label)
        href = f"{citing.link(ABOUT_PATH)}#citing"
        links += [" · ", page_link(context.text("about.citing"), href=href)]
    return links


def about_link(context: PageContext) -> Drawn:
    return page_link(context.text("about.title"), href=about_address(context))


def release_version(context: PageContext) -> Iterator[str]:
    """The release and its catalogue; nothing of a release that could not be opened."""
    text, release = context.text, context.release
    if release is not None:
        version = release.stored.facts.get("catalogue")
        yield text("footer.version", release=release.label, catalogue=version)
    elif not context.labels:
        yield text("frame.no_release")


def name_of_page(path: str) -> str:
    """The module of the page at a path, after which its texts are called."""
    modules: dict[str, str] = {
        registered["path"]: module for module, registered in dash.page_registry.items()
    }
    return modules.get(path, path).rpartition(".")[2].strip("/")


def page_words(page: str, key: str, text: Text) -> str:
    """The title or menu entry of a page; its name where the text is missing."""
    if f"{page}.{key}" in text.words:
        return text(f"{page}.{key}")
    return page.replace("_", " ").capitalize()
