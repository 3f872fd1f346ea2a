"""What an error says, in the language of a reader."""

from collections.abc import Mapping
from functools import cache

from metrics.core.errors import DefinitionError, KeyedText, MetricsError, Parameter
from metrics.messages import ENGLISH, Message, messages, readable
from metrics.messages.local_formats import format_exact

SENTENCES, PHRASES = "sentences", "phrases"
NUMBER = "n"  # the parameter beside which a text has its plural forms
FILE = "file"  # stands for the file where an error does not name it


def error_text(error: MetricsError, language: str = ENGLISH) -> str:
    """The sentence of an error; in English if it is one for developers."""
    return str(error) if isinstance(error, DefinitionError) else refusal_text(error.text, language)


def refusal_text(text: KeyedText, language: str = ENGLISH) -> str:
    """The sentence of a text under `refusals/sentences`."""
    named = {FILE: KeyedText("the_file"), **text.parameters}
    return _filled(text.key, named, SENTENCES, language)


def _filled(key: str, parameters: Mapping[str, Parameter], section: str, language: str) -> str:
    message = _refusals(language, section).get(key) or Message(readable(key))
    if isinstance(number := parameters.get(NUMBER), int):
        message = message.beside(number)
    values = {name: _written(value, language) for name, value in parameters.items()}
    return str(message.filled(**values))


def _written(value: Parameter, language: str) -> str:
    if isinstance(value, KeyedText):
        return _filled(value.key, value.parameters, PHRASES, language)
    return value if isinstance(value, str) else format_exact(value, language)


@cache
def _refusals(language: str, section: str) -> Mapping[str, Message]:
    found: Mapping[str, Message] = messages(language, "refusals")[section]
    return found
