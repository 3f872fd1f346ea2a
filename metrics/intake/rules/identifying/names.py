"""Find the names of persons in any text: a common given name beside a surname, in either order."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import pandas as pd

from metrics.catalogue.codelists import fold_text
from metrics.core.discover import read_yaml
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.identifying.headings import given_names, listed_words
from metrics.intake.rules.identifying.institutions import (
    CAPITALISED,
    is_institution,
    is_institution_word,
)
from metrics.intake.rules.identifying.labels import labelled_names
from metrics.intake.rules.identifying.name_columns import name_statistics
from metrics.intake.rules.identifying.neighbours import among_other_labels
from metrics.intake.rules.identifying.other_scripts import NAME as NAME_IN_OTHER_SCRIPT
from metrics.intake.rules.identifying.places import (
    PLACE_COLUMNS,
    Texts,
    accept_any,
    locate_with_text,
    place_table,
    workbook_texts,
)

WORD = r"[^\W\d_]{1,30}(?:[-'][^\W\d_]{1,30}){0,2}"
FIRST_WORD = re.compile(r"[^\W\d_]+")
WORDS = re.compile(WORD)
ONLY_WORDS = re.compile(rf"{WORD}(?:,? {WORD}\.?){{1,5}}")
# Lookaheads, because a surname may be the next given name: Contact Anna Virtanen.
NAME_THEN_SURNAME = re.compile(rf"(?<![\w.-])({CAPITALISED})(?=[ \n]({CAPITALISED})(?!\w))")
SURNAME_THEN_NAME = re.compile(
    rf"(?<=[^\W\d_A-Z] )({CAPITALISED})(?=,? ({CAPITALISED})(?!\w)(?! [^\W\d_a-z]))"
)
PAIR = re.compile(rf"(?<![\w.-])({WORD})(?= ({WORD})(?!\w))")
# Written in one: anna.virtanen, Virtanen/Anna, Anna#Virtanen; not one of a list.
LETTERS = r"[^\W\d_]{3,30}"
GLUED_PAIR = re.compile(
    rf"(?<![\w.,/+*|&-])({LETTERS})(?:[^\w\s-]{{1,3}}|\d)({LETTERS})(?![\w.,/+*|&-])"
)
ADDRESS = re.compile(r"(?<!\S)\S*//\S*")
# Of files and addresses: anna.html is no name.
ENDINGS = {"html", "xhtml", "xlsx", "xlsm", "docx", "pptx", "json", "yaml", "jpeg", "info", "name"}
# Of the father, behind a name: Παπαδόπουλος Γεώργιος του Ιωάννη.
PATRONYMIC = re.compile(r" (?:του|της) [^\W\d_]{2,30}$")
CLAUSES = re.compile(r"[\n;:()/|=\[\]!?&+*]+| - ")
SHORTEST_SURNAME = 3
MOST_WORDS = 3
LONGEST_NAME = 100
PARTS_OF_NAME = 2
LONGEST_DISTANCE_TO_SAINT = 40
WORDS_AFTER_STREET = 3


@rule(Severity.ERROR)
def person_named(context: ValidationContext) -> pd.DataFrame:
    """A common given name and a surname in any text, order and case; a name beside its label."""
    labelled = [(found.sheet, found.cell, "cell")
                for found in labelled_names(context.reading.workbook)]  # fmt: skip
    everything = [_persons_in_texts(context), place_table(labelled)]
    return pd.concat(everything, ignore_index=True).drop_duplicates(ignore_index=True)


def _persons_in_texts(context: ValidationContext) -> pd.DataFrame:
    texts = workbook_texts(context.reading.workbook)
    named = {text for text in _with_given_name(texts) if names_person(text)}
    named |= texts.with_match(NAME_IN_OTHER_SCRIPT, accept_any)
    places = locate_with_text(context, named)
    places = places[~among_other_labels(context, places)]
    statistics = name_statistics(context.reading.workbook)
    cells = zip(places["sheet"], places["cell"], strict=True)
    is_person = [cell not in statistics for cell in cells]
    return places.loc[is_person, PLACE_COLUMNS].reset_index(drop=True)


def _with_given_name(texts: Texts) -> tuple[str, ...]:
    words = texts.vocabulary.words
    spelled = {word for word in words if is_given_name(word) or _is_camel_case_name(word)}
    if not spelled:
        return ()
    any_of_them = "|".join(sorted(spelled, key=len, reverse=True))
    return texts.only(re.compile(rf"(?<![^\W\d_])(?:{any_of_them})(?![^\W\d_])")).distinct


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name; capitals may lack their accents."""
    name = fold_text(word)
    return name in given_names() or (word.isupper() and name in _unaccented_given_names())


@cache
def _unaccented_given_names() -> frozenset[str]:
    decomposed = (unicodedata.normalize("NFD", name) for name in given_names())
    return frozenset(
        "".join(letter for letter in name if not unicodedata.combining(letter))
        for name in decomposed
    )


def names_person(text: str) -> bool:
    return (
        any(map(_is_person, NAME_THEN_SURNAME.finditer(text)))
        or any(map(_is_person_in_reverse, SURNAME_THEN_NAME.finditer(text)))
        or any(map(_is_person_in_capitals, PAIR.finditer(text)))
        or any(map(_is_name_alone, CLAUSES.split(text)))
        or _is_name_among_signs(text)
        or any(map(_is_camel_case_name, FIRST_WORD.findall(text)))
        or any(_are_names(*match.groups()) for match in _glued_pairs(text))
    )


def _is_person(match: re.Match[str]) -> bool:
    """Places and institutions may be named after persons too."""
    given = match[1].split("-")[0]
    return (
        is_given_name(given)
        and fold_text(given) not in listed_words("also_a_place")
        and not _is_something_else(match)
    )


def _is_person_in_reverse(match: re.Match[str]) -> bool:
    """`counted by Virtanen Anna in May`."""
    surname, given = match[1], match[2].split("-")[0]
    return (
        _is_only_a_name(given)
        and not _is_excluded(surname)
        and not is_given_name(surname)
        and not _is_something_else(match)
    )


def _is_person_in_capitals(match: re.Match[str]) -> bool:
    pair = (match[1], match[2])
    if not all(word.isupper() and len(word) >= SHORTEST_SURNAME for word in pair):
        return False
    is_pair = any(map(_is_only_a_name, pair)) and not any(map(_is_excluded, pair))
    return is_pair and not _is_something_else(match)


def _is_name_alone(clause: str) -> bool:
    """Two or three words and nothing else, one of which is a given name, in any case."""
    stripped = PATRONYMIC.sub("", clause.strip(" ,.-'"))
    if not ONLY_WORDS.fullmatch(stripped):
        return False
    words = WORDS.findall(stripped)
    while words and fold_text(words[0]) in _roles():
        words = words[1:]
    if not 1 < len(words) <= MOST_WORDS or any(map(_is_excluded, words)):
        return False
    if _is_street(words[0]) or any(name in fold_text(clause) for name in listed_words("places")):
        return False
    others = [word for word in words if not is_given_name(word.split("-")[0])]
    are_names = all(len(word) >= SHORTEST_SURNAME for word in others)
    return bool(others) and are_names and any(_is_only_a_name(word.split("-")[0]) for word in words)


def _is_name_among_signs(text: str) -> bool:
    """[Anna] [Virtanen]: two words and nothing else but signs."""
    if len(text) > LONGEST_NAME or ONLY_WORDS.fullmatch(text):
        return False
    words = WORDS.findall(text)
    if len(words) != PARTS_OF_NAME or _is_street(words[0]):
        return False
    return _are_names(*words) and fold_text(" ".join(words)) not in listed_words("places")


def _is_camel_case_name(word: str) -> bool:
    """AnnaVirtanen, as names of sheets and ranges are written."""
    capitals = [index for index, letter in enumerate(word) if letter.isupper()]
    return (
        capitals[:1] == [0]
        and len(capitals) == PARTS_OF_NAME
        and (_are_names(word[: capitals[1]], word[capitals[1] :]))
    )


def _glued_pairs(text: str) -> Iterator[re.Match[str]]:
    return GLUED_PAIR.finditer(ADDRESS.sub(" ", text))


def _are_names(one: str, other: str) -> bool:
    """Whether one of two words is a given name, and the other can be a surname of the same case."""
    if one[0].isupper() != other[0].isupper():
        return False
    surnames = [word for word in (one, other) if not is_given_name(word)]
    is_pair = len(surnames) == 1 and any(map(_is_only_a_name, (one, other)))
    if not is_pair or surnames[0] in ENDINGS:
        return False
    return len(surnames[0]) > SHORTEST_SURNAME and not _is_excluded(surnames[0])


def _is_only_a_name(word: str) -> bool:
    """Whether a word is a given name, and neither an ordinary word nor a place."""
    other = listed_words("also_a_word") | listed_words("also_a_place")
    return is_given_name(word) and fold_text(word) not in other


def _is_excluded(word: str) -> bool:
    parts = word.split("-")
    return fold_text(word) in _excluded_words() or any(map(is_institution_word, parts))


def _is_something_else(match: re.Match[str]) -> bool:
    """Whether the two words name a place, or something named after a person or saint."""
    names = f"{fold_text(match[1])} {fold_text(match[2])}"
    before = match.string[max(0, match.start() - LONGEST_DISTANCE_TO_SAINT) : match.start()]
    words = WORDS.findall(before)[-WORDS_AFTER_STREET:]
    is_saint = any(fold_text(word) in listed_words("saint") for word in words[-1:])
    is_saint |= any(map(_is_street, words))
    is_word = fold_text(match[2]) in listed_words("no_second_name")
    return is_saint or is_word or names in listed_words("places") or is_institution(match)


def _is_street(word: str) -> bool:
    """`Via Giuseppe Garibaldi`, but not: reported via Anna Virtanen."""
    return word[0].isupper() and fold_text(word) in listed_words("street")


@cache
def _excluded_words() -> frozenset[str]:
    kinds = ("saint", "no_second_name", "no_person", "also_a_place")
    return frozenset(fold_text(word) for kind in kinds for word in listed_words(kind))


@cache
def _roles() -> frozenset[str]:
    """Words before a name that are no part of it: victim, suspect, contact."""
    described = read_yaml(__package__, "described.yaml")
    words = [*described["person"], *described["in_full"], *listed_words("role")]
    words += [*listed_words("name"), *listed_words("person_name"), *listed_words("no_second_name")]
    return frozenset(fold_text(part) for word in words for part in word.split())
