"""Find the names of persons in any text: a common given name beside a surname, in either order."""

import re
from collections.abc import Iterator
from functools import cache

import pandas as pd

from metrics.catalogue.codelists import fold_text
from metrics.core.discover import read_yaml
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.identifying.headings import listed_words
from metrics.intake.rules.identifying.institutions import (
    CAPITALISED,
    is_institution,
)
from metrics.intake.rules.identifying.labels import labelled_names
from metrics.intake.rules.identifying.name_cells import names_in_cells
from metrics.intake.rules.identifying.name_columns import name_statistics
from metrics.intake.rules.identifying.name_words import (
    SHORTEST_SURNAME,
    are_names,
    is_excluded,
    is_given_name,
    is_only_a_name,
)
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
ADDRESS_IN_TEXT = re.compile(r"(?<!\S)\S*//\S*")
# Of the father, behind a name: Παπαδόπουλος Γεώργιος του Ιωάννη.
PATRONYMIC = re.compile(r" (?:του|της) [^\W\d_]{2,30}$")
CLAUSES = re.compile(r"[\n;:()/|=\[\]!?&+*]+| - ")
# Aleksandra Čaka iela 102
STREET_AFTER = re.compile(
    rf",? (?i:{'|'.join(map(re.escape, sorted(listed_words('street_word'))))})\.? \d"
)
MOST_WORDS = 3
LONGEST_NAME = 100
PARTS_OF_NAME = 2
LONGEST_DISTANCE_TO_SAINT = 40
# Of the street's word, and of those between it and the name: Rue du Général Charles Leclerc.
WORDS_OF_STREET = 3
LAST_WORD = re.compile(rf"(?<![\w'-])({WORD})(['./]?) ?$")


@rule(Severity.ERROR)
def person_named(context: ValidationContext) -> pd.DataFrame:
    """A common given name and a surname in any text, order and case; a name beside its label.

    Also in two cells of a row, beside or below a word for a person.
    """
    workbook = context.reading.workbook
    beside = [(found.sheet, found.cell, "cell") for found in labelled_names(workbook)]
    everything = [_persons_in_texts(context), place_table([*beside, *names_in_cells(workbook)])]
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


def names_person(text: str) -> bool:
    return (
        any(map(_is_person, NAME_THEN_SURNAME.finditer(text)))
        or any(map(_is_person_in_reverse, SURNAME_THEN_NAME.finditer(text)))
        or any(map(_is_person_in_capitals, PAIR.finditer(text)))
        or any(map(_is_name_alone, CLAUSES.split(text)))
        or _is_name_among_signs(text)
        or any(map(_is_camel_case_name, FIRST_WORD.findall(text)))
        or any(are_names(*match.groups()) for match in _glued_pairs(text))
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
        is_only_a_name(given)
        and not is_excluded(surname)
        and not is_given_name(surname)
        and not _is_something_else(match)
    )


def _is_person_in_capitals(match: re.Match[str]) -> bool:
    pair = (match[1], match[2])
    if not all(word.isupper() and len(word) >= SHORTEST_SURNAME for word in pair):
        return False
    is_pair = any(map(is_only_a_name, pair)) and not any(map(is_excluded, pair))
    return is_pair and not _is_something_else(match)


def _is_name_alone(clause: str) -> bool:
    """Two or three words and nothing else, one of which is a given name, in any case."""
    stripped = PATRONYMIC.sub("", clause.strip(" ,.-'"))
    if not ONLY_WORDS.fullmatch(stripped):
        return False
    words = WORDS.findall(stripped)
    while words and fold_text(words[0]) in _roles():
        words = words[1:]
    if not 1 < len(words) <= MOST_WORDS or any(map(is_excluded, words)):
        return False
    if _is_street(words[0]) or any(name in fold_text(clause) for name in listed_words("places")):
        return False
    others = [word for word in words if not is_given_name(word.split("-")[0])]
    are_names = all(len(word) >= SHORTEST_SURNAME for word in others)
    return bool(others) and are_names and any(is_only_a_name(word.split("-")[0]) for word in words)


def _is_name_among_signs(text: str) -> bool:
    """[Anna] [Virtanen]: two words and nothing else but signs."""
    if len(text) > LONGEST_NAME or ONLY_WORDS.fullmatch(text):
        return False
    words = WORDS.findall(text)
    if len(words) != PARTS_OF_NAME or _is_street(words[0]):
        return False
    return are_names(*words) and fold_text(" ".join(words)) not in listed_words("places")


def _is_camel_case_name(word: str) -> bool:
    """AnnaVirtanen, as names of sheets and ranges are written."""
    capitals = [index for index, letter in enumerate(word) if letter.isupper()]
    return (
        capitals[:1] == [0]
        and len(capitals) == PARTS_OF_NAME
        and (are_names(word[: capitals[1]], word[capitals[1] :]))
    )


def _glued_pairs(text: str) -> Iterator[re.Match[str]]:
    return GLUED_PAIR.finditer(ADDRESS_IN_TEXT.sub(" ", text))


def _is_something_else(match: re.Match[str]) -> bool:
    """Whether the two words name a place, or something named after a person or saint."""
    names = f"{fold_text(match[1])} {fold_text(match[2])}"
    before = match.string[max(0, match.start() - LONGEST_DISTANCE_TO_SAINT) : match.start()]
    is_saint = any(fold_text(word) in listed_words("saint") for word in WORDS.findall(before)[-1:])
    is_street = _follows_street(before) or STREET_AFTER.match(match.string, match.end(2))
    is_word = fold_text(match[2]) in listed_words("no_second_name")
    is_place = is_saint or bool(is_street) or names in listed_words("places")
    return is_place or is_word or is_institution(match)


def _follows_street(before: str) -> bool:
    """`Rue du Général `, `C/ `, but not: Place of report, …; group C and …; via e-mail from …"""
    for _ in range(WORDS_OF_STREET):
        last = LAST_WORD.search(before)
        if last is None:
            return False
        if _is_street(last[1]) and (len(last[1]) > 1 or last[2] == "/"):
            return True
        if last[1][0].islower() and fold_text(last[1]) not in listed_words("particle"):
            return False
        before = before[: last.start()]
    return False


def _is_street(word: str) -> bool:
    """`Via Giuseppe Garibaldi`, but not: reported via Anna Virtanen."""
    return word[0].isupper() and fold_text(word) in listed_words("street")


@cache
def _roles() -> frozenset[str]:
    """Words before a name that are no part of it: victim, suspect, contact."""
    described = read_yaml(__package__, "partial_names.yaml")
    words = [*described["person"], *described["in_full"], *listed_words("role")]
    words += [*listed_words("name"), *listed_words("person_name"), *listed_words("no_second_name")]
    return frozenset(fold_text(part) for word in words for part in word.split())
