"""Texts use the terms of `docs/glossary.md`: one for each thing, in every language."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics.messages.compiled import po_source
from metrics.messages.po_files import Forms, parse_po, usable_texts
from tests.unusual_words import UNUSUAL

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"
# By language: where the English text has the one word, the translation must not have the other.
CONFUSED = {
    "el": [
        (r"\bindex\b(?!\.htm)", r"(?<!αριθμο)δείκτ"),
        (r"^(?!.*\bindex\b)", r"αριθμοδείκτ"),
        (r"\brate\b(?!.*indicator)", r"\bΟ δείκτης\b"),
        (r"time band", r"χρονικ\w+ ζών"),
        (r"\bdigest\b", r"σύνοψη"),
    ],
    "fi": [
        (r"\bupload|\bsubmit(?!.*\bdownload)|\breload|load the page", r"\blata[aist]|\bladat"),
        (r"\bestimate[ds]?\b", r"\barvio(?:n|t|ita|itu|idu\w*)?\b"),
        (r"\btemplate\b", r"lomakepohj"),
        (r"policy target", r"toimintatavoit"),
        (r"\bsheet\b(?!.*\bpage\b)", r"(?<!verkko)\bsivu(?:n|lla|a)?\b"),
    ],
}


def texts_of(language: str) -> Iterator[tuple[str, str, str]]:
    """Key, English text and translation of everything that people read in a language."""
    catalog = parse_po(po_source(language).decode(), language)
    for key, (english, forms) in usable_texts(catalog, language).items():
        yield key, english if isinstance(english, str) else english[-1], joined(forms)


def joined(forms: Forms) -> str:
    return forms if isinstance(forms, str) else " | ".join(forms.values())


@pytest.mark.parametrize("language", CONFUSED)
def test_no_word_stands_for_two_things(language: str) -> None:
    confused = [
        (key, translated)
        for key, english, translated in texts_of(language)
        for wanted, other in CONFUSED[language]
        if re.search(wanted, english, re.IGNORECASE) and re.search(other, translated, re.IGNORECASE)
    ]

    assert confused == []


def test_english_texts_have_usual_words() -> None:
    assert [(key, text) for key, text, _ in texts_of("en") if UNUSUAL.search(text)] == []


@pytest.mark.parametrize(
    "row",
    [
        "| estimate, estimated value | estimaatti, estimoitu arvo | εκτίμηση |",
        "| policy target; operational goal | politiikkatavoite; toiminnallinen tavoite | στόχος πολιτικής· επιχειρησιακός στόχος |",
        "| share; percentage | osuus; prosenttiosuus | μερίδιο· ποσοστό |",
        "| template | mallipohja | υπόδειγμα |",
        "| index (first year = 100) | indeksi | αριθμοδείκτης |",
        "| indicator | indikaattori | δείκτης |",
        "| upload (send a file); download | lähettää; ladata | αποστέλλω, υποβάλλω· λήψη |",
    ],
)
def test_the_glossary_has_the_terms_that_were_confused(row: str) -> None:
    assert row in GLOSSARY.read_text("utf-8").splitlines()
