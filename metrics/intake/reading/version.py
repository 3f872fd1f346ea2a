"""The version of the code and definitions by which a file is read."""

import json
from functools import cache
from hashlib import sha256

from metrics.core.version import DIGITS, digest_of_source
from metrics.messages import languages, messages

READING = (
    "core", "catalogue", "intake/formats", "intake/reading", "intake/templates",
    "intake/sandbox.py", "intake/workbook.py", "messages/__init__.py", "messages/compiled.py",
)  # fmt: skip


@cache
def workbook_words_digest() -> str:
    """Digest of the words for headings in every language; other messages do not matter."""
    known = {language: messages(language, "workbook") for language in languages()}
    return sha256(json.dumps(known).encode()).hexdigest()[:DIGITS]


def reading_version() -> str:
    return f"{digest_of_source(*READING)}{workbook_words_digest()}"
