"""Find persons described without a full name: given name and age, surname and initial."""

import re
from functools import cache, partial

import pandas as pd

from metrics.catalogue.codelists import find_code, fold_text
from metrics.core.discover import read_yaml
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.identifying.headings import given_names, listed_words
from metrics.intake.rules.identifying.institutions import CAPITAL, is_institution_word
from metrics.intake.rules.identifying.places import find_matches, workbook_texts

LONGEST_DISTANCE = 60  # characters around an age that are searched for a name
CAPITALISED_NAME = rf"{CAPITAL}[^\W\d_A-Z]{{1,30}}(?:-{CAPITAL}[^\W\d_A-Z]{{1,30}})?"
GIVEN_NAME = re.compile(rf"(?<![\w.-])({CAPITALISED_NAME})(?!\w)(?! {CAPITAL})")
INITIAL = rf"{CAPITAL}\.(?:[ -]?{CAPITAL}\.)?"
SURNAME_FIRST = rf"(?<![\w.-])(?P<first>{CAPITALISED_NAME}),? {INITIAL}(?!\w)"
INITIAL_FIRST = rf"(?<![\w.]){INITIAL} ?(?P<last>{CAPITALISED_NAME})(?!\w)"
NAME_WITH_INITIAL = re.compile(rf"{SURNAME_FIRST}|{INITIAL_FIRST}")
LONGEST_WORD = 20  # characters around such a name


@cache
def person_words() -> frozenset[str]:
    return frozenset(read_yaml(__package__, "partial_names.yaml")["person"])


def _any_word_of(kind: str) -> str:
    """A pattern for any of the words of a kind; a hyphen may replace a space."""
    words = sorted(read_yaml(__package__, "partial_names.yaml")[kind], key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", "[ -]") for word in words)


# A single age, not a range of ages or an open age group, which describe aggregates.
AGE = re.compile(
    rf"(?<!\w)(?i:{_any_word_of('before_age')}):? \d{{1,2}}(?![\w+])"
    r"(?! ?[-/] ?\d)(?! (?:to|and|or|bis|und) )"
    rf"|(?<![\w.,/-])\d{{1,2}}[ -]?(?i:{_any_word_of('after_age')})(?!\w)"
)
PERSON = re.compile(rf"(?<!\w)(?i:{_any_word_of('person')})(?!\w)")
# Side by side, as in "the girl Zosia"; such a name need not be on any list.
PERSON_WITH_NAME = re.compile(
    rf"(?<!\w)(?i:{_any_word_of('person')}),? (?P<name>{CAPITALISED_NAME})(?!\w)(?! {CAPITAL})"
)
# Such a name and a word for one person: A. Virtanen (victim); suspect: Virtanen, A.
PERSON_BEFORE = re.compile(rf"(?<!\w)(?i:{_any_word_of('person')})[ ,:(]{{1,3}}$")
PERSON_AFTER = re.compile(rf" ?[(,-] ?(?i:{_any_word_of('person')})(?=[),.;]|$)")
LISTED = re.compile(rf"(?:^|\0)({CAPITAL})\. ")  # A. Boys (child), B. Girls (child)
ANNOUNCED = re.compile(rf"(?<!\w)(?i:{_any_word_of('in_full')})[.:]? $")
BESIDE = re.compile(r"[ ,(]{1,3}")


WHO = rf"(?<!\w)(?P<who>(?i:{_any_word_of('person')}))"
NUMBER_OF_YEARS = (
    rf"\d{{1,2}}(?:[ -]?(?i:{_any_word_of('after_age')}|{_any_word_of('age_in_short')}))"
)
YEARS = rf"(?:{NUMBER_OF_YEARS}|\d{{1,2}})\.?"
PREPOSITION = rf"(?i:{_any_word_of('from_place')})(?: (?i:the|την|τον|το|der|la|le|il))?"
OF_AGE = rf"(?i:{_any_word_of('of_age')})"
# Girl, 9, from Tampere; boy (12) from Lahti; chłopiec 12 lat, Łódź; poika 12 v. Lahdesta.
CHILD_OF_PLACE = re.compile(
    rf"{WHO}(?:, ?{YEARS}|(?P<count> ?\({YEARS}\))|,? (?:{OF_AGE} )?{NUMBER_OF_YEARS}\.?"
    rf"| {OF_AGE} \d{{1,2}})"
    rf"(?P<comma>,)? (?:(?P<from>{PREPOSITION}) )?(?P<place>{CAPITALISED_NAME})(?!\w)"
)
AGED_CHILD_OF_PLACE = re.compile(
    rf"(?<![\w.,/-]){NUMBER_OF_YEARS} {WHO} (?P<from>{PREPOSITION}) "
    rf"(?P<place>{CAPITALISED_NAME})(?!\w)"
)
OUT_OF_PLACE = ("sta", "stä", "lta", "ltä")  # Tampereelta
A_YEAR = re.compile(r" (?:19|20)\d\d(?!\d)")
# The suspect J.K.; uhri A.K. (14 v)
INITIALS = re.compile(rf"{WHO}[ ,:(]{{1,3}}(?P<initials>{CAPITAL}\. ?{CAPITAL}\.)(?![\w.])")
LAST_OF_CLAUSE = re.compile(r" ?(?:[,.;:)]|$)")
NO_INITIALS = ("U.S.", "U.K.", "E.U.", "U.N.", "N.A.", "N.N.")
NO_PLACE = ("no_surname", "person", "no_place")


@rule(Severity.ERROR)
def person_described(context: ValidationContext) -> pd.DataFrame:
    """A word for one person with a given name and an age, an age and a place, or initials."""
    tables = [
        find_matches(context, AGE, _is_beside_name),
        find_matches(context, CHILD_OF_PLACE, _is_of_place),
        find_matches(context, AGED_CHILD_OF_PLACE, _is_place),
        find_matches(context, INITIALS, lambda own: own["initials"] not in NO_INITIALS),
    ]
    return pd.concat(tables, ignore_index=True).drop_duplicates(ignore_index=True)


def _is_of_place(match: re.Match[str]) -> bool:
    """Whether an age beside a word for one person is followed by the place where the person is."""
    if not _is_place(match):
        return False
    is_of_noun = fold_text(match["who"]) in _folded_words("capitals_for_nouns")
    if match["from"]:
        return not is_of_noun or match["from"].lower() == "aus"
    is_last = LAST_OF_CLAUSE.match(match.string, match.end()) is not None
    is_beside = bool(match["comma"]) and is_last and not match["count"] and not is_of_noun
    return is_beside or match["place"].endswith(OUT_OF_PLACE)


def _is_place(match: re.Match[str]) -> bool:
    """Whether a word with a capital is no State, office, month or word of a table."""
    word = fold_text(match["place"])
    if A_YEAR.match(match.string, match.end()) or find_code(match["place"], "area"):
        return False
    if is_institution_word(word) or any(word in _folded_words(kind) for kind in NO_PLACE):
        return False
    return not any(word in listed_words(kind) for kind in ("count", "sex", "a_sex", "no_person"))


def follows_person(match: re.Match[str]) -> bool:
    """Whether a word for one person is close before a match: the suspect 33392005961."""
    return bool(PERSON.search(match.string[max(0, match.start() - LONGEST_WORD) : match.start()]))


def _is_beside_name(age: re.Match[str]) -> bool:
    before = age.string[max(0, age.start() - LONGEST_DISTANCE) : age.start()]
    after = age.string[age.end() : age.end() + LONGEST_DISTANCE]
    if any(PERSON_WITH_NAME.search(part) for part in (before, after)):
        return True
    names_person = any(PERSON.search(part) for part in (before, after))
    first, last = _find_given_names(before), _find_given_names(after)
    between = [before[name.end() :] for name in first] + [after[: name.start()] for name in last]
    return bool(between) and (names_person or any(map(BESIDE.fullmatch, between)))


def _find_given_names(text: str) -> list[re.Match[str]]:
    names = given_names() - listed_words("also_a_place")
    return [
        match for match in GIVEN_NAME.finditer(text) if fold_text(match[1]).split("-")[0] in names
    ]


@rule(Severity.ERROR)
def surname_with_initial(context: ValidationContext) -> pd.DataFrame:
    """Alone in its cell, beside a word such as inspector or victim, or with a typical ending."""
    letters = {*LISTED.findall(workbook_texts(context.reading.workbook).joined)}
    return find_matches(
        context, NAME_WITH_INITIAL, partial(_is_surname, in_list={"A", "B"} <= letters)
    )


def _is_surname(match: re.Match[str], *, in_list: bool) -> bool:
    """Whether it is a surname; in a list, A. before a word is its number rather than an initial."""
    text, (start, end) = match.string, match.span()
    surname = fold_text(match["first"] or match["last"])
    before = text[max(0, start - LONGEST_WORD) : start]
    after = re.match(r"\W*(\w*)", text[end : end + LONGEST_WORD])
    following = re.findall(r"[^\W\d_]+", text[end : end + LONGEST_DISTANCE])
    if any(map(is_institution_word, following)):
        return False
    if surname in _folded_words("no_surname") or (
        after and fold_text(after[1]) in listed_words("no_person")
    ):
        return False
    alone = bool(match["first"]) and (start, end) == (0, len(text))
    if alone or ANNOUNCED.search(before) or surname.endswith(_surname_endings()):
        return True
    is_number = in_list and start == 0 and bool(match["last"])
    return not is_number and _is_of_person(match)


def _is_of_person(match: re.Match[str]) -> bool:
    """Whether a word for one person is directly before or after a name with an initial."""
    surname = fold_text(match["first"] or match["last"])
    if any(surname in listed_words(kind) for kind in ("no_second_name", "no_person", "count")):
        return False
    before = match.string[max(0, match.start() - LONGEST_WORD) : match.start()]
    after = match.string[match.end() : match.end() + LONGEST_WORD]
    return bool(PERSON_BEFORE.search(before) or PERSON_AFTER.match(after))


@cache
def _folded_words(kind: str) -> frozenset[str]:
    return frozenset(map(fold_text, read_yaml(__package__, "partial_names.yaml")[kind]))


@cache
def _surname_endings() -> tuple[str, ...]:
    return tuple(_folded_words("surname_ends"))
