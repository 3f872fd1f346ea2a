"""Choices of pages about releases and reports, and notices of choices that do not exist."""

from collections.abc import Iterable, Mapping

from dash import html

from dashboard.components.frame import release_names, warning
from dashboard.components.pickers import picker
from dashboard.context import PageContext
from dashboard.data import collections_in_order


def collection_filter(context: PageContext) -> html.Label:
    language = context.language
    names = {known.code: known.name(language) for known in collections_in_order()}
    return picker("collection", context.text("frame.collection"), names, context.collection.code)


def release_filter(context: PageContext) -> html.Label:
    names = release_names(context) or {"": context.text("frame.none")}
    return picker("release", context.text("frame.release"), names, context.release_label)


def release_choices(context: PageContext) -> html.Details:
    """Release and collection, folded away until somebody asks for them."""
    pickers = [release_filter(context), collection_filter(context)]
    summary = html.Summary(context.text("release_filters.choose"))
    return html.Details([summary, html.Div(pickers, className="choices")], className="choose")


def drop_unknown(
    context: PageContext, choices: Mapping[str, Iterable[str]]
) -> tuple[PageContext, list[html.P]]:
    """The context without the choices of a page that do not exist, and what names them."""
    view, text = context.view, context.text
    unknown = {name: known for name, known in choices.items()
               if getattr(view, name) not in {"", *known}}  # fmt: skip
    notices = []
    for name, known in unknown.items():
        value = getattr(view, name)
        words = text("missing.choice", value=value, what=text(f"choice.{name}"))
        notices.append(warning(words, value, known, text))
    return context.with_changes(**dict.fromkeys(unknown, "")), notices
