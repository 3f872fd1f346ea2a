"""What was agreed, in its own words, with the place where it stands."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.target_words import target_in_words
from dashboard.texts import ENGLISH, Text
from metrics.catalogue import catalogue
from metrics.definitions import Goal, Source


def wording(goal: Goal, text: Text) -> html.Section:
    return html.Section(
        [
            html.H2(text("wording.title")),
            *quoted(goal, text),
            html.P(cited(goal, goal.source, text), className="quiet"),
            *targets(goal, text),
        ],
        className="card wording",
    )


def quoted(goal: Goal, text: Text) -> Iterator[Any]:
    """The official words where the reader's language has them; otherwise it says what these are."""
    words = goal.wording(text.language)
    language = text.language if getattr(goal.wording, text.language) else ENGLISH
    yield html.Blockquote(words, lang=language)
    if language not in goal.official:
        yield html.P(text("wording.summary"), className="note")
    elif language != text.language:
        yield html.P(text("wording.original"), className="note")


def coded(goal: Goal, text: Text) -> list[Any]:
    """A goal's code, which is never broken at its hyphen, and its name."""
    return [html.Span(goal.code, className="code"), goal.name(text.language)]


def cited(goal: Goal, source: Source, text: Text) -> str:
    documents = {each.code: each for each in catalogue().frameworks[goal.framework].documents}
    document = documents.get(source.document)
    if document is None:
        return f"{source.document}, {source.paragraph}"
    return f"{document.title(text.language)} ({document.reference}), {source.paragraph}"


def targets(goal: Goal, text: Text) -> Iterator[Any]:
    if not goal.targets:
        return
    yield html.H3(text("wording.targets"))
    yield html.Ul([html.Li(target_line(goal, at, text)) for at in range(len(goal.targets))])


def target_line(goal: Goal, at: int, text: Text) -> str:
    target = goal.targets[at]
    name = catalogue().indicators[target.indicator].name(text.language)
    return f"{name}: {target_in_words(target, text)}"
