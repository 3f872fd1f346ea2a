"""Mark texts of a page that are in another language than most, so that they are read out in it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from dash import html
from markupsafe import Markup

from dashboard.dash_internals import is_component
from dashboard.wording.language_spans import (
    ELEMENTS_OF_TEXT_ALONE,
    HEARD_ATTRIBUTES,
    Surroundings,
    composing_in,
    mark_html_within,
)
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


def draw_in(language: str, draw: Callable[[], Drawable]) -> Drawable:
    """What a function draws, with its languages marked."""
    with composing_in(language):
        return mark_languages(draw(), language)


def mark_languages(drawn: Drawable, language: str) -> Drawable:
    """Give each text in another language its `lang`, also within lists and components.

    Where most texts are not translated yet, the page is in English, and those that are translated
    are marked.
    """
    most = language_of_most_texts(language)
    return _mark(drawn, Surroundings(most, most))


def _mark(drawn: Drawable, around: Surroundings) -> Drawable:
    if isinstance(drawn, str):
        return _mark_text(drawn, around)
    if isinstance(drawn, list | tuple):
        parts = _join_texts(drawn) if are_marks_written() else drawn
        return [_mark(part, around) for part in parts]
    return _mark_component(drawn, around) if is_component(drawn) else drawn


def _join_texts(parts: Iterable[Drawable]) -> Iterator[Drawable]:
    """Texts that follow each other as one text, as the browser takes them."""
    for are_texts, run in groupby(parts, key=lambda part: isinstance(part, str)):
        together = list(run)
        yield from ["".join(map(_with_own_mark, together))] if are_texts else together


def _with_own_mark(text: str) -> str:
    """A text that knows its language, with its marks, which it would lose within another."""
    if isinstance(text, Message) and text.language and not has_language_marks(text):
        return text.marked()
    return text


def _mark_text(text: str, around: Surroundings) -> Drawable:
    """The text itself, or an element whose parts have their languages.

    It is one element, because a flexible box lays out each of its children by itself.
    """
    drawn = [
        part if spoken == around.language else html.Span(part, lang=spoken)
        for part, spoken in _parts(text, around.of_unmarked)
    ]
    return html.Span(drawn) if len(drawn) > 1 else next(iter(drawn), "")


def _parts(text: str, language: str) -> list[tuple[str, str]]:
    own = text.language if isinstance(text, Message) else language
    return parts_by_language(text, own) if has_language_marks(text) else [(text, own)]


def _mark_component(component: Any, around: Surroundings) -> Drawable:  # noqa: ANN401 - Dash declares no properties
    """The component; within an element that names its language if it cannot do so itself."""
    can_name_language = "lang" in component.available_properties
    if can_name_language:
        within = _name_language(component, around)
    else:
        within = around.within(None, _heard_words(component))
    if are_marks_written():
        _unmark_properties(component, within)
    children = getattr(component, CHILDREN, None)
    if children is not None:
        component.children = _mark(children, within)
    if can_name_language or within.language == around.language:
        return component
    return html.Span(component, lang=within.language)


def _name_language(component: Any, around: Surroundings) -> Surroundings:  # noqa: ANN401 - as above
    """Give an element the language of its attributes or, without any, that of its only text."""
    named, heard = getattr(component, "lang", None), _heard_words(component)
    within = around.within(named, heard)
    text = getattr(component, CHILDREN, None)
    if isinstance(text, str):
        parts = _parts(text, within.of_unmarked)
        is_of_text_alone = type(component).__name__.lower() in ELEMENTS_OF_TEXT_ALONE
        if is_of_text_alone or (len(parts) == 1 and not heard):
            component.children = unmarked(text)
            spoken = language_of_longest(parts, within.language)
            within = Surroundings(spoken, spoken)
    if within.language != (around.language if named is None else named):
        component.lang = within.language
    return within


def _heard_words(component: object) -> list[str]:
    """The words of its attributes in the language of the element."""
    given = vars(component)
    found = [given[name] for name in HEARD_ATTRIBUTES if name in given]
    return [words for words in found if isinstance(words, str)]


def _unmark_properties(component: Any, around: Surroundings) -> None:  # noqa: ANN401 - as above
    for name, value in vars(component).items():
        if name != CHILDREN and not name.startswith("_"):
            setattr(component, name, _unmark(value, around))


def _unmark(value: object, around: Surroundings) -> object:
    """A property without marks: it has no elements, unless it is HTML that a template wrote."""

    def plain(text: str) -> str:
        if isinstance(text, Markup):
            return Markup(mark_html_within(text, around))  # noqa: S704 - it is the same HTML
        return unmarked(text)

    return change_texts(value, plain)
