"""Put an error into words in the reader's language."""

import re
from collections.abc import Mapping
from typing import Self

from metrics.core.errors import KeyedText, MetricsError, Parameter
from metrics.messages import ENGLISH, Message, messages, readable
from metrics.messages.language_marks import cache_texts, unmarked
from metrics.messages.local_formats import format_exact
from metrics.messages.sentences import with_capital

SENTENCES, PHRASES = "sentences", "phrases"
PLURAL_NUMBER = "n"  # the parameter beside which a text has its plural forms
QUOTATION_MARKS = "quoted"  # the quotation marks of the language
FILE_PARAMETER = "file"  # stands for the file where an error does not name it
FIRST_PARAMETER = re.compile(r"\{(?P<name>\w+)")
ENDS_OF_SENTENCES = (".", "?", "!", ";")  # Greek questions end with the last one


def error_text(error: MetricsError, language: str = ENGLISH) -> str:
    """What is wrong: a sentence, or a line for each fault of a definition."""
    return "\n".join(refusal_text(fault, language) for fault in error.faults)


def error_sentence(error: MetricsError, language: str = ENGLISH) -> str:
    """The same as sentences that stand alone."""
    return "\n".join(full_sentence(fault, language) for fault in error.faults)


def full_sentence(text: KeyedText, language: str = ENGLISH) -> str:
    """A refusal as a sentence that stands alone: with a capital, unless it begins with a name."""
    sentence = refusal_text(text, language)
    begins_with = FIRST_PARAMETER.match(unmarked(_refusals(language, SENTENCES).get(text.key, "")))
    is_name = begins_with and isinstance(text.parameters.get(begins_with["name"]), str)
    stop = "" if unmarked(sentence).endswith(ENDS_OF_SENTENCES) else "."
    return f"{sentence if is_name else with_capital(sentence)}{stop}"


def refusal_text(text: KeyedText, language: str = ENGLISH) -> str:
    """The sentence of a text under `refusals/sentences`."""
    named = {FILE_PARAMETER: KeyedText("the_file"), **text.parameters}
    return keyed_text(KeyedText(text.key, named), _refusals(language, SENTENCES), language)


def keyed_text(text: KeyedText, texts: Mapping[str, Message], language: str) -> str:
    """A text among those of a section, with its parameters as the reader writes them."""
    message = texts.get(text.key) or Message(readable(text.key))
    if isinstance(number := text.parameters.get(PLURAL_NUMBER), int):
        message = message.beside(number)
    values = {
        name: _Quotable.in_language(_written(value, language), language)
        for name, value in text.parameters.items()
    }
    return str(message.filled(**values))


class _Quotable(str):
    """A text that `!r` puts between the quotation marks of a language."""

    __slots__ = ("language",)
    language: str

    @classmethod
    def in_language(cls, text: str, language: str) -> Self:
        quotable = cls(text)
        quotable.language = language
        return quotable

    def __repr__(self) -> str:
        printable = str(self) if self.isprintable() else ascii(str(self))[1:-1]
        return unmarked(_refusals(self.language, PHRASES)[QUOTATION_MARKS]).format(text=printable)


def _written(value: Parameter, language: str) -> str:
    if isinstance(value, KeyedText):
        phrases = _refusals(language, PHRASES)
        texts = phrases if value.key in phrases else _refusals(language, SENTENCES)
        return keyed_text(value, texts, language)
    return value if isinstance(value, str) else format_exact(value, language)


@cache_texts()
def _refusals(language: str, section: str) -> Mapping[str, Message]:
    found: Mapping[str, Message] = messages(language, "refusals")[section]
    return found
