"""Put the texts beside figures into words: what is quoted, and the figures that each is beside."""

from collections.abc import Iterator
from itertools import islice

from metrics.intake.finding_texts import name_row, shorten_text
from metrics.intake.grouped_texts import (
    EXAMPLES,
    OUTSIDE_THE_COPY,
    FreeText,
    FreeTexts,
    number_of_texts,
)
from metrics.messages import messages
from metrics.messages.sentences import list_clauses

LISTED = 20  # texts that are listed on the command line
LONGEST_EXAMPLE = 60


def typed_text(text: FreeText, language: str) -> str:
    """The text as typed, with the heading of its column, or what it is if it is in no cell."""
    texts = messages(language, "commands")["texts"]
    if text.kind in OUTSIDE_THE_COPY:
        saying = f"{text.kind}_saying" if text.text else text.kind
        return str(texts[saying]).format(text=text.text)
    if text.kind == "column":
        number = text.number_below
        return str(texts["column"].beside(number).format(n=number, text=text.text))
    quoted = text.text or str(texts["unquoted"])
    if text.kind != "cell":
        return str(texts[text.kind]).format(text=quoted)
    headings = list_clauses([*text.headings], language)
    return str(texts["in_column"]).format(heading=headings, text=quoted) if headings else quoted


def examples_of_column(text: FreeText, language: str) -> str:
    """`for example: courts of Oulu; new law`; empty for a text that is no column."""
    quoted = (shorten_text(typed_text(own, language), LONGEST_EXAMPLE) for own in text.below)
    examples = list_clauses([*islice(quoted, EXAMPLES)], language)
    words = messages(language, "commands")["texts"]["examples"]
    return str(words.format(texts=examples)) if examples else ""


def figures_beside(text: FreeText, language: str) -> str:
    """`Victims identified; Trainings held; and 3 more figures`, or all figures of the sheet."""
    texts = messages(language, "commands")["texts"]
    if text.kind == "column" and text.beside == "row":
        return str(texts["of_rows"].beside(text.figures).format(n=text.figures))
    if text.beside != "row":
        counted = texts[f"of_{text.beside}"]
        return str(counted.beside(text.figures).format(n=text.figures))
    names = [name_row(series, language) for series in text.series]
    further = text.figures - len(names)
    more = [texts["more"].beside(further).format(n=further)] if further else []
    return list_clauses([*names, *more], language)


def lines_of_texts(texts: FreeTexts, language: str) -> Iterator[str]:
    """How many texts there are, and the first of them, a line each."""
    if not texts.number:
        return
    words = messages(language, "commands")["texts"]
    yield words["listed"].beside(texts.number).format(n=texts.number)
    first = texts.listed[:LISTED]
    for text in first:
        named = [typed_text(text, language), examples_of_column(text, language)]
        stated = f"{list_clauses(named, language)} ({figures_beside(text, language)})"
        yield f"  {text.location}: {stated}"
    if (further := texts.number - number_of_texts(first)) > 0:
        yield "  " + words["unlisted"].beside(further).format(n=further)
