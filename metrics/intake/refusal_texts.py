"""Put the sentence about a file that cannot be read into the reader's language.

The English sentence is the key of the others, as in gettext: it is what the process that reads a
stranger's file answers, and what reports keep.
"""

import re
from functools import cache
from string import Formatter

from metrics.messages import ENGLISH, messages


def translate_refusal(sentence: str, language: str) -> str:
    """The sentence in a language; unchanged if it is none of ours."""
    return _translate(sentence, "sentences", language)


def _translate(text: str, section: str, language: str) -> str:
    texts = messages(language, "refusals")[section]
    for key, shape in _shapes(section) if language != ENGLISH else ():
        if match := shape.fullmatch(text):
            named = match.groupdict()
            values = {name: _translate_value(name, named[name], language) for name in named}
            return str(texts[key].format(**values))
    return text


def _translate_value(name: str, value: str, language: str) -> str:
    return value if name == "file" else _translate(value, "phrases", language)


@cache
def _shapes(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The keys of the English texts with what matches each, its values as groups."""
    texts = messages(ENGLISH, "refusals")[section]
    return tuple((key, re.compile(_shape_of(text), re.DOTALL)) for key, text in texts.items())


def _shape_of(text: str) -> str:
    return "".join(
        re.escape(words) + (f"(?P<{name}>.+)" if name else "")
        for words, name, _, _ in Formatter().parse(text)
    )
