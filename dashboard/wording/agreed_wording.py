"""What was agreed, in words: the document that a wording is from, and the rules of targets."""

from dashboard.target_text import target_text
from dashboard.texts import Text, english
from metrics.catalogue.definitions.base import Source
from metrics.catalogue.definitions.frameworks import Document
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue


def documents_of(goal: Goal) -> list[Document]:
    """The documents that a goal and its targets cite, each once."""
    sources = [goal.source, *(target.source for target in goal.targets)]
    found = (document_of(goal, source) for source in sources)
    return list({document.code: document for document in found if document}.values())


def citation(goal: Goal, source: Source, text: Text) -> list[str]:
    """Document and paragraph, in pieces: the reference of a document is English."""
    document, paragraph = document_of(goal, source), english(source.paragraph)
    if document is None:
        return text.merged([source.document, ", ", paragraph])
    reference = english(document.reference)
    return text.merged([document.title(text.language), " (", reference, "), ", paragraph])


def document_of(goal: Goal, source: Source) -> Document | None:
    listed = catalogue().frameworks[goal.framework].documents
    return next((document for document in listed if document.code == source.document), None)


def target_lines(goal: Goal, text: Text) -> list[str]:
    """One line for each rule; a rule that applies to several parts of an indicator lists them."""
    parts: dict[str, list[str]] = {}
    for target in goal.targets:
        name = catalogue().indicators[target.indicator].name(text.language)
        rule = f"{name}: {target_text(target, text)}"
        parts.setdefault(rule, []).extend(text.code(by, code) for by, code in target.at.items())
    lines = {rule: [rule, ", ".join(names)] if names else [rule] for rule, names in parts.items()}
    return [text.listed(line) + "." for line in lines.values()]


def wording_note(goal: Goal, text: Text) -> str:
    """Which wording is quoted, where it is not the official one in the reader's language."""
    words = goal.wording(text.language)
    if words.language not in goal.official:
        return text("wording.summary")
    return "" if words.language == text.language else text("wording.original")
