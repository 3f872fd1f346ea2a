"""One term for one thing in every text of a language, and its own punctuation."""

import re

import pytest

from metrics.messages import messages
from metrics.messages.compiled import text_table
from metrics.messages.sentences import list_clauses

# Where a term is wrong: language → pattern, and what is written instead.
WRONG = {
    "en": [("withheld", "suppressed")],
    "fi": [
        ("mittari(n|lle|t)?\\b", "indikaattori"),
        ("seuraa nykyistä julkaisua", "julkistus"),
        ("jäljessä urasta", "tavoiteura"),
        ("toimitus on peruttu", "lähetys"),
        ('["“„«»]', "”"),
    ],
    "el": [
        ("τίποτα", "τίποτε"),
        ("πίσω από την πορεία(?! στόχου)", "πορεία στόχου"),
        ("(?<=[α-ωά-ώ])'", "’"),
        (r"βιβλίου?\b(?! εργασίας| των κανόνων)", "βιβλίο εργασίας"),
        ('["“”„]', "«»"),
    ],
}
# Words of statistics that contain “number” or “value” in Greek: index, baseline, target, starting value.
OTHER_VALUES = re.compile(
    r"αριθμοδείκτη\w*|τιμής? (?:βάσης|εκκίνησης)|(?:επιδιωκόμεν|αρχικ|κανονικ)\w+ τιμ\w+|Μικροί αριθμοί",
    re.IGNORECASE,
)
# The name of the product, and what is typed in a shell.
NAMES = ("interface/frame.product", "interface/embed.open", "commands/help/metavars/figures")
COMMANDS = re.compile(r"`[^`]*`|^empact .*$|\{[^}]*\}", re.MULTILINE)


def texts_of(language: str) -> list[tuple[str, str]]:
    return [
        (key, COMMANDS.sub("", text))
        for key, (_, forms) in text_table(language).items()
        if key not in NAMES
        for text in ([forms] if isinstance(forms, str) else forms.values())
    ]


@pytest.mark.parametrize(
    ("language", "wrong", "term"),
    [(language, *pair) for language, pairs in WRONG.items() for pair in pairs],
)
def test_each_thing_has_one_term(language: str, wrong: str, term: str) -> None:
    found = [key for key, text in texts_of(language) if re.search(wrong, text, re.IGNORECASE)]

    assert found == [], f"write {term}"


def test_a_figure_of_statistics_is_not_called_a_number_in_greek() -> None:
    """«στοιχείο», except where the English text says “number” or “value” too."""
    english = text_table("en")
    wrong = [
        key
        for key, text in texts_of("el")
        if (original := str(english.get(key, [""])[0]))
        and re.search(r"\bfigures?\b", original, re.IGNORECASE)
        and not re.search(r"\b(numbers?|values?|digits?)\b", original, re.IGNORECASE)
        and re.search(r"αριθμ|\bτιμ(ή|ής|ές|ών)\b", OTHER_VALUES.sub("", text))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", ["fi", "el"])
def test_a_refusal_can_follow_other_words(language: str) -> None:
    """After “cannot be read:” a sentence goes on; one that stands alone is given a capital."""
    begun = [
        text
        for text in messages(language, "refusals")["sentences"].values()
        if re.match(r"[ΤΣΑΗΟ][α-ωά-ώ]* |Tiedosto", str(text))
    ]

    assert begun == []


def test_clauses_are_separated_as_the_language_does() -> None:
    """In Greek a semicolon is a question mark."""
    assert list_clauses(["a", "", "b"], "fi") == "a; b"
    assert list_clauses(["a", "b"], "el") == "a· b"
