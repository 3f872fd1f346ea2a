"""The agreed wording of a goal, its source, and its targets."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dash import html

from dashboard.components.layout import card, join_links, page_link
from dashboard.context import PageContext
from dashboard.texts import Text, english
from dashboard.wording.agreed_wording import (
    citation,
    document_of,
    documents_of,
    target_lines,
    wording_note,
)
from metrics.catalogue.definitions.base import Quotation
from metrics.catalogue.definitions.frameworks import Document
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.messages import ENGLISH, Message, language_name


def wording(goal: Goal, text: Text) -> html.Section:
    body = [*agreed_wording(goal, text), *policy_target_note(goal, text)]
    return card(text("wording.title"), body, "wording", "wording")


def agreed_wording(goal: Goal, text: Text) -> list[Any]:
    """The wording, its source, remarks on both, and the targets."""
    source = html.P(citation(goal, goal.source, text), className="quiet")
    remarks = [*wording_remarks(goal, text), *policy_target_quotes(goal, text)]
    return [*quotation(goal, text), source, *remarks, *target_list(goal, text)]


def quotation(goal: Goal, text: Text) -> Iterator[Any]:
    """The official wording in the reader's language, or else a note on what is quoted."""
    words = goal.wording(text.language)
    yield html.Blockquote(words, lang=words.language)
    if note := wording_note(goal, text):
        yield html.P(note, className="note")


def wording_remarks(goal: Goal, text: Text) -> Iterator[html.P]:
    """What differs between official versions, who is bound, and how far the wording is checked."""
    if goal.note:
        yield html.P(goal.note(text.language), className="note")
    document = document_of(goal, goal.source)
    if document and goal.official and document.compared is None:
        reference = english(document.reference)
        yield html.P(
            text.merged(text.pieces("wording.transcribed", reference=reference)), className="quiet"
        )
    yield from relayed_notes(documents_of(goal), text)
    for language, slips in goal.corrected.items():
        listed = ", ".join(f"{slip} → {correction}" for slip, correction in slips.items())
        name, quoted = language_name(language, text.language), Message(listed, language)
        sentence = text.merged(text.pieces("wording.corrected", language=name, slips=quoted))
        yield html.P(sentence, className="quiet")


def relayed_notes(documents: Iterable[Document], text: Text) -> Iterator[html.P]:
    """Which documents are known only from others that quote them, and from which."""
    for document in documents:
        if document.known_from is not None:
            title, sources = document.title(text.language), document.known_from(text.language)
            sentence = text.merged(text.pieces("wording.relayed", title=title, sources=sources))
            yield html.P(sentence, className="quiet")


def policy_target_quotes(goal: Goal, text: Text) -> Iterator[Any]:
    """The policy target that the goal serves, in the words of each document that has it."""
    targets = catalogue().frameworks[goal.framework].policy_targets
    for target in (target for target in targets if target.code == goal.policy_target):
        quotations = [Quotation(wording=target.name, source=target.source), *target.beside]
        yield html.H3(text("wording.policy_target", code=target.code))
        for quoted in quotations:
            yield html.Blockquote(quoted.wording.en, lang=ENGLISH)
            yield html.P(citation(goal, quoted.source, text), className="quiet")


def policy_target_note(goal: Goal, text: Text) -> Iterator[html.P]:
    """How the documents number the policy targets, and under which they print the goals."""
    note = catalogue().frameworks[goal.framework].note
    if note is not None and goal.policy_target:
        yield html.P(note(text.language), className="quiet")


def goal_label(goal: Goal, text: Text) -> list[Any]:
    """A goal's code, which never wraps at its hyphen, and its name."""
    return [html.Span(goal.code, className="code"), " ", goal.name(text.language)]


def goals_without_value(goals: Sequence[Goal], context: PageContext) -> Iterator[html.P]:
    """List the goals without any value, in one line."""
    text, view = context.text, context.view.lasting_choices
    links = [
        page_link(goal_label(goal, text), href=view.link("/goal", goal=goal.code)) for goal in goals
    ]
    if links:
        yield html.P(
            [html.Strong(text("state.without") + " "), *join_links(links, text)], className="quiet"
        )


def target_list(goal: Goal, text: Text) -> Iterator[Any]:
    if not goal.targets:
        return
    yield html.H3(text("wording.targets"))
    yield html.Ul([html.Li(line) for line in target_lines(goal, text)])
