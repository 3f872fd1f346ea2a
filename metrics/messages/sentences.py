"""Texts as sentences: with a capital first and a stop last, whatever language marks they have."""

import re
from collections.abc import Iterable

from metrics.messages import messages
from metrics.messages.language_marks import TAG, unmarked

FIRST_LETTER = re.compile(f"(?P<tags>(?:{TAG.pattern})*)(?P<letter>.)", re.DOTALL)
ENDS = (".", "…")


def with_capital(text: str) -> str:
    """The text with a capital at its start."""
    first = FIRST_LETTER.match(text)
    return first["tags"] + first["letter"].upper() + text[first.end() :] if first else text


def list_clauses(clauses: Iterable[str], language: str) -> str:
    """`a; b`: the clauses that are not empty, as the language separates them."""
    apart = messages(language, "interface")["list.apart"]
    return f"{apart} ".join(filter(None, clauses))


def as_sentence(text: str) -> str:
    """The text with a full stop at its end, unless it has one."""
    return text if not text or unmarked(text).endswith(ENDS) else f"{text}."
