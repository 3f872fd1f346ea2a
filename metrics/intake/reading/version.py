"""The version of the code and definitions by which a file is read."""

import json
import re
from functools import cache
from hashlib import sha256

from metrics.core.version import DIGITS, digest_of_source
from metrics.messages import languages
from metrics.messages.compiled import text_table

READING = (
    "core", "catalogue", "intake/formats", "intake/reading", "intake/templates",
    "intake/issue_names.py", "intake/number_texts.py", "intake/own_texts.py", "intake/sandbox.py",
    "intake/validate.py", "intake/workbook.py", "messages/__init__.py", "messages/compiled.py",
    "messages/language_marks.py",
)  # fmt: skip
READ_WORDS = re.compile(r"workbook/|codelists/|indicators/\w+/name")


@cache
def workbook_words_digest() -> str:
    """Digest of the words by which a file is read, in every language; other texts do not matter."""
    known = [
        (language, key, text)
        for language in languages()
        for key, text in text_table(language).items()
        if READ_WORDS.match(key)
    ]
    return sha256(json.dumps(known).encode()).hexdigest()[:DIGITS]


def reading_version() -> str:
    return f"{digest_of_source(*READING)}{workbook_words_digest()}"
