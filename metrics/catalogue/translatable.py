"""The English texts of the definitions, with a key and a comment for translators."""

from collections.abc import Iterator
from functools import cache

from babel.messages.catalog import Message

from metrics.catalogue import codelists
from metrics.catalogue.checks.codelists import OTHERS
from metrics.catalogue.codelists import codelist, key_of_code
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.denominators import denominators
from metrics.catalogue.loader import catalogue
from metrics.catalogue.methods import methods
from metrics.core.discover import file_names
from metrics.messages import ENGLISH
from metrics.messages.compiled import text_table
from metrics.messages.po_files import english_id

# For translators, by the name of the field.
COMMENTS = {
    "name": "Name",
    "definition": "Definition of the indicator",
    "caveat": "Warning beside every figure of the indicator",
    "numerator": "What the numerator of the indicator is",
    "denominator": "What the denominator of the indicator is",
    "note": "What a reader must know of it",
    "source": "Where a method, or the number of residents, is published",
    "title": "Title; that of a document as it was published, where it was",
    "known_from": "Which publications the text of the document is known from",
    "wording": "Summary of a wording that is not official in English",
}


@cache
def is_complete(language: str) -> bool:
    """Whether nothing is left to translate into a language."""
    if language == ENGLISH:
        return True
    wanted = {message.context for message in messages_of_definitions(language)}
    return text_table(language).keys() >= text_table(ENGLISH).keys() | wanted


def messages_of_definitions(language: str) -> Iterator[Message]:
    """What a language has to translate: not where it has an official wording."""
    for words in translatable_words():
        if language not in words.published:
            field = words.key.rpartition("/")[2]
            yield Message(words.en, context=words.key, auto_comments=[COMMENTS.get(field, field)])
    yield from messages_of_codelists()


def translatable_words() -> Iterator[Words]:
    found = catalogue()
    kinds = (found.frameworks, found.goals, found.indicators, found.collections)
    for definition in (*(entry for kind in kinds for entry in kind.values()), *denominators()):
        yield from definition.translatable()
    for method in methods().values():
        yield from (method.title, method.source)


def messages_of_codelists() -> Iterator[Message]:
    for name in sorted({*file_names(codelists.__name__, ".csv")} - OTHERS):
        listed = name.removesuffix(".csv")
        for code in codelist(listed).values():
            yield Message(
                english_id(code.en.forms),
                context=key_of_code(listed, code.code),
                auto_comments=["Name of a code; of a unit: beside one, and beside many"],
            )
