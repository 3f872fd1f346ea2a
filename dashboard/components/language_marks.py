"""Mark texts of a page that are in another language than most, so that they are read out in it."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from metrics.messages import Message, language_of_most_texts

Drawable = Any  # what Dash draws: a text, a component, a list of both


def mark_languages(drawn: Drawable, language: str) -> Drawable:
    """Give each text in another language its `lang`, also within lists and components.

    Where most texts are not translated yet, the page is in English, and those that are translated
    are marked.
    """
    return _mark(drawn, language_of_most_texts(language))


def _mark(drawn: Drawable, language: str) -> Drawable:
    if isinstance(drawn, Message) and drawn.language != language:
        return html.Span(drawn, lang=drawn.language)
    if isinstance(drawn, list | tuple):
        return [_mark(part, language) for part in drawn]
    if isinstance(drawn, Component):
        _mark_component(drawn, language)
    return drawn


def _mark_component(component: Any, language: str) -> None:  # noqa: ANN401 - Dash declares no properties
    children = getattr(component, "children", None)
    spoken = getattr(component, "lang", None) or language
    if isinstance(children, Message) and "lang" in component.available_properties:
        if children.language != spoken:
            component.lang = children.language
    elif children is not None:
        component.children = _mark(children, spoken)
