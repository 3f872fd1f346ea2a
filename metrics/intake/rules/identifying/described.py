"""One person in a text without a full name: a given name and an age, a surname and an initial."""

import re
from functools import cache

import pandas as pd

from metrics.catalogue.codelists import folded
from metrics.core.discover import yaml_of
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.identifying.headings import words
from metrics.intake.rules.identifying.persons import given_names
from metrics.intake.rules.identifying.places import SEPARATOR, found

NEAR = 60  # characters beside an age in which a name is sought
CAPITAL = "[A-ZÀ-ÞĀ-ŽΑ-ΩΆ-ΏА-Я]"
NAME = rf"{CAPITAL}[^\W\d_A-Z]+(?:-{CAPITAL}[^\W\d_A-Z]+)?"
GIVEN = re.compile(rf"(?<![\w.-])({NAME})(?!\w)(?! {CAPITAL})")
INITIAL = rf"{CAPITAL}\.(?:[ -]?{CAPITAL}\.)?"
SURNAME_FIRST = rf"(?<![\w.-])(?P<first>{NAME}),? {INITIAL}(?!\w)"
INITIAL_FIRST = rf"(?<![\w.]){INITIAL} ?(?P<last>{NAME})(?!\w)"
INITIALLED = re.compile(rf"{SURNAME_FIRST}|{INITIAL_FIRST}")
LONGEST_WORD = 20  # beside such a name


def _any(kind: str) -> str:
    """One of the words; what ends in -old follows a hyphen or a space."""
    known = yaml_of(__package__, "described.yaml")[kind]
    return "|".join(re.escape(word).replace(r"\ ", "[ -]") for word in sorted(known, key=len)[::-1])


# One age: neither a range of them nor an age and above, as an aggregate is described by.
AGE = re.compile(
    rf"(?<!\w)(?i:{_any('before_age')}):? \d{{1,2}}(?![\w+])"
    r"(?! ?[-–/] ?\d)(?! (?:to|and|or|bis|und) )"
    rf"|(?<![\w.,–/-])\d{{1,2}}[ -]?(?i:{_any('after_age')})(?!\w)"
)
PERSON = re.compile(rf"(?<!\w)(?i:{_any('person')})(?!\w)")
# Beside one another: the girl Zosia; also where the name is on no list.
CALLED = re.compile(rf"(?<!\w)(?i:{_any('person')}),? (?P<name>{NAME})(?!\w)(?! {CAPITAL})")
ANNOUNCED = re.compile(rf"(?<!\w)(?i:{_any('in_full')})[.:]? $")
BESIDE = re.compile(r"[ ,(]{1,3}")


@rule(Severity.ERROR)
def person_described(case: ValidationContext) -> pd.DataFrame:
    """A given name, a word for a child or person, and an age."""
    return found(case, AGE, _names_somebody)


def _names_somebody(age: re.Match[str]) -> bool:
    before = age.string[max(0, age.start() - NEAR) : age.start()].rpartition(SEPARATOR)[2]
    after = age.string[age.end() : age.end() + NEAR].partition(SEPARATOR)[0]
    if any(CALLED.search(part) for part in (before, after)):
        return True
    said = any(PERSON.search(part) for part in (before, after))
    first, last = _given(before), _given(after)
    ends = [before[each.end() :] for each in first] + [after[: each.start()] for each in last]
    return bool(ends) and (said or any(map(BESIDE.fullmatch, ends)))


def _given(text: str) -> list[re.Match[str]]:
    known = given_names() - words("also_a_place")
    return [each for each in GIVEN.finditer(text) if folded(each[1]).split("-")[0] in known]


@rule(Severity.ERROR)
def surname_with_initial(case: ValidationContext) -> pd.DataFrame:
    """What a program says of the author of a comment is no text."""
    named = found(case, INITIALLED, _is_surname)
    return named[named["where"] == "cell"]


def _is_surname(match: re.Match[str]) -> bool:
    """Alone in its cell, after a word such as inspector, or with the ending of a surname."""
    text, (start, end) = match.string, match.span()
    surname = folded(match["first"] or match["last"])
    before = text[max(0, start - LONGEST_WORD) : start].rpartition(SEPARATOR)[2]
    after = re.match(r"\W*(\w*)", text[end : end + LONGEST_WORD].partition(SEPARATOR)[0])
    if surname in _set("no_surname") or (after and folded(after[1]) in words("no_person")):
        return False
    alone = bool(match["first"]) and text[start - 1 : start] in {"", SEPARATOR}
    alone = alone and text[end : end + 1] in {"", SEPARATOR}
    return alone or bool(ANNOUNCED.search(before)) or surname.endswith(_endings())


@cache
def _set(kind: str) -> frozenset[str]:
    return frozenset(map(folded, yaml_of(__package__, "described.yaml")[kind]))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(_set("surname_ends"))
