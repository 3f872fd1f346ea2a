"""Texts as sentences: with a capital first and a stop last, whatever language marks they have."""

import re

from metrics.messages.language_marks import TAG, unmarked

FIRST_LETTER = re.compile(f"(?P<tags>(?:{TAG.pattern})*)(?P<letter>.)", re.DOTALL)
ENDS = (".", "…")


def with_capital(text: str) -> str:
    """The text with a capital at its start."""
    first = FIRST_LETTER.match(text)
    return first["tags"] + first["letter"].upper() + text[first.end() :] if first else text


def as_sentence(text: str) -> str:
    """The text with a full stop at its end, unless it has one."""
    return text if not text or unmarked(text).endswith(ENDS) else f"{text}."
