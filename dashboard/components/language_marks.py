"""Mark untranslated English texts of a page, so that they are read out as English."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from metrics.messages import Message

Drawable = Any  # what Dash draws: a text, a component, a list of both


def mark_languages(drawn: Drawable, language: str) -> Drawable:
    """Give each text in another language its `lang`, also within lists and components."""
    if isinstance(drawn, Message) and drawn.language != language:
        return html.Span(drawn, lang=drawn.language)
    if isinstance(drawn, list | tuple):
        return [mark_languages(part, language) for part in drawn]
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
        component.children = mark_languages(children, spoken)
