"""Mark texts of a page that are in another language than most, so that they are read out in it."""

from collections.abc import Callable
from typing import Any

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard.wording.language_spans import composing_in, mark_html
from metrics.messages import Message, language_of_most_texts
from metrics.messages.language_marks import (
    are_marks_written,
    change_texts,
    has_language_marks,
    language_of_longest,
    parts_by_language,
    unmarked,
)

Drawable = Any  # what Dash draws: a text, a component, a list of both

CHILDREN = "children"
TEXT_ALONE = (html.Option, html.Textarea, html.Title)  # these contain no elements


def draw_in(language: str, draw: Callable[[], Drawable]) -> Drawable:
    """What a function draws, with its languages marked."""
    with composing_in(language):
        return mark_languages(draw(), language)


def mark_languages(drawn: Drawable, language: str) -> Drawable:
    """Give each text in another language its `lang`, also within lists and components.

    Where most texts are not translated yet, the page is in English, and those that are translated
    are marked.
    """
    return _mark(drawn, language_of_most_texts(language))


def _mark(drawn: Drawable, language: str) -> Drawable:
    if isinstance(drawn, str):
        return _mark_text(drawn, language)
    if isinstance(drawn, list | tuple):
        return [_mark(part, language) for part in drawn]
    if isinstance(drawn, Component):
        _mark_component(drawn, language)
    return drawn


def _mark_text(text: str, language: str) -> Drawable:
    """The text itself, or elements for its parts in other languages."""
    parts = _parts(text, language)
    drawn = [part if spoken == language else html.Span(part, lang=spoken) for part, spoken in parts]
    return drawn if len(drawn) > 1 else next(iter(drawn), "")


def _parts(text: str, language: str) -> list[tuple[str, str]]:
    own = text.language if isinstance(text, Message) else language
    return parts_by_language(text, own) if has_language_marks(text) else [(text, own)]


def _mark_component(component: Any, language: str) -> None:  # noqa: ANN401 - Dash declares no properties
    children = getattr(component, CHILDREN, None)
    spoken = getattr(component, "lang", None) or language
    if are_marks_written():
        _unmark_properties(component, language)
    if isinstance(children, str) and "lang" in component.available_properties:
        parts = _parts(children, spoken)
        if len(parts) <= 1 or isinstance(component, TEXT_ALONE):
            component.children = "".join(part for part, _ in parts)
            if (longest := language_of_longest(parts, spoken)) != spoken:
                component.lang = longest
            return
    if children is not None:
        component.children = _mark(children, spoken)


def _unmark_properties(component: Any, language: str) -> None:  # noqa: ANN401 - as above
    for name, value in vars(component).items():
        if name != CHILDREN and not name.startswith("_"):
            setattr(component, name, _unmark(value, language))


def _unmark(value: object, language: str) -> object:
    """A property without marks: it has no elements, unless it is HTML that a template wrote."""

    def plain(text: str) -> str:
        if isinstance(text, Markup):
            return Markup(mark_html(text, language))  # noqa: S704 - it is the same HTML
        return unmarked(text)

    return change_texts(value, plain)
