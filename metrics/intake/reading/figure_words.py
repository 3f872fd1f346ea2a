"""Words beside figures that say what these are: cumulative, an average, estimated, not valid."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from metrics.catalogue.codelists import LETTERS_OF_WORD, fold_spelling
from metrics.core.discover import read_yaml

FILE = "figure_words.yaml"
NOT_OF_ONE_PERIOD: tuple["Meaning", ...] = ("cumulative", "average", "other_year")
STATUS_OF_MEANING: Mapping["Meaning", tuple[str, str]] = {
    "provisional": ("observation_status", "P"),
    "estimated": ("observation_status", "E"),
    "confidential": ("confidentiality_status", "C"),
}
YEAR = "(?:19|20)[0-9]{2}"
SEVERAL_YEARS = re.compile(rf"(?<![0-9])({YEAR})\s?[-–—/]\s?((?:19|20)?[0-9]{{2}})(?![0-9-])")
YEARS_OF_A_CENTURY = 100
WORDS_OF_A_MARK_OF_DRAFTS = 3
CLAUSES_OF_TITLES = re.compile(r"[,;:()\[\]\n]|\s[-–—]\s")
NUMBER_BUT_NO_YEAR = re.compile(rf"(?<![0-9])(?!{YEAR}(?![0-9]))[0-9]+")
SIGNS = re.compile(rf"(?<![0-9]){YEAR}(?![0-9])|{LETTERS_OF_WORD.pattern}")
# An entry of a legend or a footnote: `p = provisional`, `1) estimated`.
LEGEND = re.compile(r"\W*\w{1,2}\s*[)\].=:–-]|[*†‡¹²³]")

Meaning = Literal[
    "cumulative", "average", "since", "provisional", "estimated", "confidential",
    "not_confidential", "publication", "validity", "not_valid", "yes", "no", "part", "whole",
    "half_year", "months", "sheet", "other_year", "correction", "draft", "as_at", "up_to_after",
    "revised", "no_figure", "planned", "by_whom",
]  # fmt: skip
Answer = Literal["yes", "no"]


# A word of the first meaning does not count where words of the second one contain it.
DENIED_BY: Mapping[Meaning, Meaning] = {"confidential": "not_confidential"}


def find_meaning(text: str, meaning: Meaning) -> str:
    """The words of a text that have this meaning, in small letters; empty if it has none."""
    denial = DENIED_BY.get(meaning)
    words = without_meaning(text, denial) if denial else _folded_words(text)
    found = _pattern_of(meaning).search(words)
    return found.group() if found else ""


def without_meaning(text: str, meaning: Meaning) -> str:
    """The other words of a text, in small letters."""
    return _pattern_of(meaning).sub("", _folded_words(text))


def _folded_words(text: str) -> str:
    return " ".join(LETTERS_OF_WORD.findall(fold_spelling(text)))


def not_of_one_period(text: str) -> str:
    """The words by which figures are cumulative or averaged; empty if there are none."""
    if LEGEND.match(text):
        return ""
    return next(filter(None, (find_meaning(text, own) for own in NOT_OF_ONE_PERIOD)), "")


def since_year(text: str) -> str:
    """From which year on figures are counted: `since 2020`; empty if a text does not say so."""
    found = _since_a_year().search(" ".join(SIGNS.findall(fold_spelling(text))))
    return found.group() if found else ""


def states_correction(text: str) -> bool:
    """Whether a text says what a figure should be instead: `should be 54`; years do not count."""
    return bool(find_meaning(text, "correction") and NUMBER_BUT_NO_YEAR.search(text))


def several_years(text: str) -> str:
    """The years of a text that names several: `2022-2024`, `2023/24`."""
    found = SEVERAL_YEARS.search(text)
    if found is None:
        return ""
    first, last = found.groups()
    follows = int(last) == (int(first) + 1) % YEARS_OF_A_CENTURY  # 2023/24, and not 2023-12
    return found.group() if follows or int(last) > int(first) else ""


def stated_status(text: str) -> tuple[str, str, str]:
    """The column and code of a status that a title names, and its words; all empty if none."""
    if not LEGEND.match(text):
        for meaning, (column, code) in STATUS_OF_MEANING.items():
            if words := find_meaning(text, meaning):
                return column, code, words
    return "", "", ""


def draft_words(text: str) -> str:
    """The words by which a text, or a short clause of it, calls a table a draft."""
    clauses = (
        clause
        for clause in CLAUSES_OF_TITLES.split(text)
        if len(LETTERS_OF_WORD.findall(clause)) <= WORDS_OF_A_MARK_OF_DRAFTS
    )
    return next(filter(None, (find_meaning(clause, "draft") for clause in clauses)), "")


def is_answer(cell: object, answer: Answer) -> bool:
    """Whether a cell is a yes or a no in any language, or a mark or truth value for it."""
    if isinstance(cell, bool):
        return cell == (answer == "yes")
    text = f"{cell:g}" if isinstance(cell, float) else str(cell)
    return fold_spelling(text) in _answers(answer)


@cache
def _answers(answer: Answer) -> frozenset[str]:
    return frozenset(map(fold_spelling, words_of_meaning(answer)))


@cache
def _pattern_of(meaning: Meaning) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{_alternatives(meaning)})")


@cache
def _since_a_year() -> re.Pattern[str]:
    word = _alternatives("since")
    return re.compile(
        rf"(?<!\S)(?:(?:{word})(?: (?!{YEAR})\S+)?? {YEAR}|{YEAR}(?: \S+)?? (?:{word}))(?!\S)"
    )


def _alternatives(meaning: Meaning) -> str:
    """The longest first; a word without `*` ends where it ends, one after `^` begins the text."""
    forms = set()
    for written in words_of_meaning(meaning):
        plain = " ".join(LETTERS_OF_WORD.findall(fold_spelling(written)))
        if plain:
            start = r"\A" if written.startswith("^") else ""
            forms.add(
                f"{start}{re.escape(plain)}" + (r"\S*" if written.endswith("*") else r"(?!\S)")
            )
    return "|".join(sorted(forms, key=len, reverse=True))


def words_of_meaning(meaning: Meaning) -> list[str]:
    """The words of all languages, as they are listed."""
    return [word for words in figure_words()[meaning].values() for word in words]


@cache
def figure_words() -> Mapping[str, Mapping[str, list[str]]]:
    """The words of each meaning, by language."""
    return read_yaml(str(__package__), FILE)
