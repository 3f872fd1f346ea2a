"""A translated guide has the parts of the English one, and quotes the pages in its language."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from posixpath import normpath

import pytest

from dashboard.documents import DOCUMENTS, translated_name, untranslated_name
from metrics.catalogue.translatable import translatable_words
from metrics.messages import ENGLISH, languages
from metrics.messages.compiled import po_source
from metrics.messages.po_files import parse_po, usable_texts

ROLES = ("analyst", "operator", "policy-officer", "presenter")
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE_BLOCK = re.compile(r"```.*?```", re.DOTALL)
CODE = re.compile(r"`[^`]+`")
WITH_PLACEHOLDERS = "`empact submit"  # whose words for FILE and REASON are translated
# Bold words and words in italics are texts of the pages, if they are not a whole sentence.
MARKED = re.compile(r"(?P<mark>\*\*?)(?P<words>.+?)(?P=mark)", re.DOTALL)
SENTENCE_ENDS = (".", "?", ";")
PLACEHOLDER = re.compile(r"\{[^}]*\}")
PART_ENDS = re.compile(r"[,:;·(){}]")


def guide(role: str, language: str) -> str:
    """The text of a guide in a language, without blocks of code."""
    file = DOCUMENTS / f"{translated_name(f'guides/{role}', language)}.md"
    return CODE_BLOCK.sub("", file.read_text("utf-8"))


def outline(role: str, language: str) -> dict[str, object]:
    """What a guide has in every language."""
    text, folder = guide(role, language), translated_name("guides/x", language).rpartition("/")[0]
    lines = text.splitlines()
    return {
        "headings": [line.split()[0] for line in lines if line.startswith("#")],
        "rows": sum(line.startswith("|") for line in lines),
        "items": sum(line.startswith("- ") for line in lines),
        "steps and questions": sum(words.endswith(SENTENCE_ENDS) for words in marked_words(text)),
        "code": Counter(
            " ".join(code.split())
            for code in CODE.findall(text)
            if not code.startswith(WITH_PLACEHOLDERS)
        ),
        "links": [
            untranslated_name(normpath(f"{folder}/{target}")).replace(f"/{language}/", "/")
            for target in LINK.findall(text)
        ],
    }


def marked_words(text: str) -> list[str]:
    return [" ".join(found["words"].split()) for found in MARKED.finditer(text)]


@pytest.mark.parametrize("language", [name for name in languages() if name != ENGLISH])
@pytest.mark.parametrize("role", ROLES)
def test_a_translated_guide_has_the_parts_of_the_english_one(role: str, language: str) -> None:
    assert outline(role, language) == outline(role, ENGLISH)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("role", ROLES)
def test_what_a_guide_quotes_from_the_pages_is_there(role: str, language: str) -> None:
    marked = marked_words(guide(role, language))
    quoted = {words for words in marked if not words.endswith(SENTENCE_ENDS) and words != "+2"}

    assert quoted
    assert [words for words in sorted(quoted) if not is_text(words, language)] == []


def is_text(words: str, language: str) -> bool:
    filled, parts = texts_of_pages(language)
    return words.casefold() in parts or any(text.match(words.casefold()) for text in filled)


@cache
def texts_of_pages(language: str) -> tuple[list[re.Pattern[str]], set[str]]:
    """The texts with placeholders, to be filled; and all texts with their parts."""
    texts = {text.casefold().strip(" .:") for text in shown_texts(language)}
    filled = [PLACEHOLDER.split(text) for text in texts if PLACEHOLDER.search(text)]
    whole = [re.compile(rf"{'.+'.join(map(re.escape, words))}\Z") for words in filled if any(words)]
    return whole, texts | {part.strip() for text in texts for part in PART_ENDS.split(text)}


def shown_texts(language: str) -> Iterator[str]:
    catalog = parse_po(po_source(language).decode(), language)
    for _, forms in usable_texts(catalog, language).values():
        yield from [forms] if isinstance(forms, str) else forms.values()
    if language == ENGLISH:
        yield from (words.en for words in translatable_words())
