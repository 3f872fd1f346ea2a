"""Find what leads to a person only beside a word that says so: addresses, plates, user names."""

import re
from collections.abc import Callable, Iterator
from functools import cache

import pandas as pd

from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.identifying.headings import (
    announcing_words,
    find_columns,
    is_announced,
    listed_words,
)
from metrics.intake.rules.identifying.institutions import CAPITAL
from metrics.intake.rules.identifying.labels import find_labelled
from metrics.intake.rules.identifying.normalisation import normalise_text
from metrics.intake.rules.identifying.offices import office_words, speaks_of_office
from metrics.intake.rules.identifying.partial_names import PERSON, person_words
from metrics.intake.rules.identifying.places import (
    TextPlace,
    find_matches,
    locate_texts,
    place_table,
    workbook_texts,
)

STREET = "|".join(sorted(map(re.escape, listed_words("street_word")), key=len, reverse=True))
HOUSE = r"(?!(?:19|20)\d\d(?!\d))\d{1,4}(?:[ /-]?[A-Za-z]{1,2}|/\d{1,3})?(?!\w)"
# Lindenstraße 17, ul. Kwiatowa 8/12, Petőfi utca 5; 14 Elm Street, 5 bis avenue Victor Hugo.
NAME_THEN_NUMBER = (
    rf"(?:{CAPITAL}[^\W\d_]{{1,30}}\.?|(?<!\w)(?i:{STREET})(?: [^\W\d_]{{1,20}}\.?){{1,3}}"
    rf"|[^\W\d_]{{2,30}} (?i:{STREET})),? {HOUSE}"
)
NUMBER_THEN_NAME = (
    rf"\d{{1,4}}[A-Za-z]?(?: (?:bis|ter))?,? (?:{CAPITAL}[^\W\d_]{{1,20}}[ -]){{0,3}}"
    rf"(?i:{STREET})(?!\w)"
)
STREET_AND_NUMBER = re.compile(rf"(?<!\w)(?:{NAME_THEN_NUMBER}|{NUMBER_THEN_NAME})")
POSTAL_CODE = re.compile(
    rf"(?<!\w)(?:[A-Z]{{1,2}}-)?\d{{2,5}}(?:[ -]\d{{2,3}})?,? {CAPITAL}[^\W\d_]"
)
LONGEST_DISTANCE_TO_RESIDENCE = 30
LONGEST_DISTANCE_TO_PERSON, LONGEST_DISTANCE_TO_CODE = 60, 40

# ABC-123, B-AB 1234, 1AB 2345, 05-D-12345: letters and digits in capitals.
# Each token is looked for at every place, since the word before it could be a part of one too.
PLATE = re.compile(
    r"(?<![\w-])(?=(?P<token>[A-ZΑ-ΩА-Я\d]{1,7}(?:[ -][A-ZΑ-ΩА-Я\d]{1,6}){0,3})(?![\w-]))"
)
LONGEST_WORD = 60  # and what stands between it and what it announces
FEWEST_OF_PLATE, MOST_OF_PLATE = 4, 9  # letters and digits

# dark_fox88, whose low line may stand as a space; sunny.girl, live:anna.
WITH_SIGN = (
    r"[^\W\d_]{2,24}(?:[ _.-][^\W\d_]{2,24})?[_.-]?\d{1,8}(?!\w)|[^\W\d_]{2,24}[._#:]\w{2,24}"
)
ACCOUNT = re.compile(rf"(?<![\w@.])(?=(?P<token>@?(?:{WITH_SIGN})))")
HANDLE = re.compile(r"(?<![\w@.])@[^\W\d_][\w.]{3,30}")
PROFILE = re.compile(
    r"(?<![\w.])(?:t|wa|telegram|discord|signal|snapchat|m)\.(?:me|gg|group)/[\w+@./-]{3}"
)
OFFICE_IN_ACCOUNT = re.compile(r"stat|gov|minist|polic|poliis|polizei|europol|\beu_", re.IGNORECASE)
WITH_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d$)\d{2,}$")  # no year
SHORTEST_ACCOUNT, FEWEST_LETTERS = 5, 3

# 2024/12345, 3 Js 1234/24, 5500/R/0012345/23: parts of digits and letters.
CASE_NUMBER = re.compile(
    r"(?<![\w/-])(?=(?P<token>(?:[^\W\d_]{1,4}[ -]?){0,2}\d{1,7}"
    r"(?:(?:[/-]| [^\W\d_]{1,3} )[^\W_]{1,10}){1,5})(?![\w/-]))"
)
COURT_OF_THE_UNION = re.compile(r"[CTF]-\d{1,4}/\d\d")
CASE_OF_YEAR = re.compile(r"(?:19|20)\d\d[/-]\d{3,7}(?:[/-]\w{1,6})?|\d{3,7}/(?:19|20)\d\d")
TWO_YEARS = re.compile(r"(?:19|20)\d\d[/-](?:19|20)?\d\d")
FEWEST_DIGITS_OF_CASE = 5


@rule(Severity.ERROR)
def postal_address(context: ValidationContext) -> pd.DataFrame:
    """Street and number after a word for living there, or after one for a person, with its code."""
    beside = place_table(_beside_label(context, "residence", is_address))
    words = listed_words("residence") | person_words()
    texts = workbook_texts(context.reading.workbook).with_words(words)
    found = locate_texts(context, texts.with_match(STREET_AND_NUMBER, _is_residence))
    return _concat_places(found, beside)


def is_address(text: str) -> bool:
    return bool(STREET_AND_NUMBER.search(text)) and not speaks_of_office(text)


def _is_residence(match: re.Match[str]) -> bool:
    if is_announced("residence", match, LONGEST_DISTANCE_TO_RESIDENCE):
        return True
    text, end = match.string, match.end()
    before = text[max(0, match.start() - LONGEST_DISTANCE_TO_PERSON) : match.start()]
    after = text[end : end + LONGEST_DISTANCE_TO_PERSON].partition("(")[2]
    has_code = POSTAL_CODE.search(text[end : end + LONGEST_DISTANCE_TO_CODE])
    return bool(has_code) and any(
        PERSON.search(part) and not speaks_of_office(part) for part in (before, after)
    )


@rule(Severity.ERROR)
def vehicle_plate(context: ValidationContext) -> pd.DataFrame:
    """The plate of a vehicle after, beside or below a word for it."""
    beside = place_table(_beside_label(context, "plate", is_plate))
    return _concat_places(_find_after_word(context, PLATE, "plate", is_plate), beside)


def is_plate(text: str) -> bool:
    letters = [letter for letter in text if letter.isalnum()]
    is_short = FEWEST_OF_PLATE <= len(letters) <= MOST_OF_PLATE
    is_mixed = any(map(str.isalpha, letters)) and any(map(str.isdigit, letters))
    return is_short and is_mixed and text.upper() == text and _is_whole(PLATE, text)


@rule(Severity.ERROR)
def user_account(context: ValidationContext) -> pd.DataFrame:
    """The name of a user of a platform, beside a word for it or for the platform; a profile."""
    beside = place_table(_beside_label(context, "account", is_account))
    found = (
        _find_after_word(context, ACCOUNT, "account", is_account),
        _find_after_word(context, ACCOUNT, "platform", is_account),
        _find_after_word(context, ACCOUNT, "user", is_user),
        find_matches(context, HANDLE, _is_handle), find_matches(context, PROFILE), beside,
    )  # fmt: skip
    return _concat_places(*found)


def is_account(text: str) -> bool:
    """Whether a text is one name with letters, and digits or signs; none of an office."""
    is_name = sum(map(str.isalpha, text)) >= FEWEST_LETTERS and len(text) >= SHORTEST_ACCOUNT
    return is_name and _is_whole(ACCOUNT, text) and not _is_of_office(text)


def is_user(text: str) -> bool:
    """Whether a text is an account after a mere word for a user: dark_wolf77, but no EU27."""
    number = WITH_NUMBER.search(text)
    return is_account(text) and number is not None and text[number.start() - 1].islower()


def _is_of_office(text: str) -> bool:
    words = office_words("mailbox") | office_words("office")
    return bool(OFFICE_IN_ACCOUNT.search(text)) or any(
        part in words for part in re.findall(r"[^\W\d_]+", text.lower())
    )


def _is_handle(match: re.Match[str]) -> bool:
    """`@dark_fox88`: with a digit, alone in its text, or beside the name of a platform."""
    if _is_of_office(match[0]):
        return False
    has_digit = any(map(str.isdigit, match[0]))
    is_alone = len(match.string) == len(match[0])
    return has_digit or is_alone or is_announced("platform", match)


@rule(Severity.ERROR)
def case_number(context: ValidationContext) -> pd.DataFrame:
    """The number of one case after a word for it; the case law of the highest courts is public."""
    return _concat_places(
        _find_after_word(context, CASE_NUMBER, "case", is_case_number, _is_of_highest_court),
        _find_after_word(context, CASE_NUMBER, "case_of_year", is_case_of_year,
                         _is_of_highest_court),
    )  # fmt: skip


def _is_of_highest_court(match: re.Match[str]) -> bool:
    text, end = match.string, match.end("token")
    near = text[max(0, match.start() - LONGEST_WORD) : end + LONGEST_WORD]
    return announcing_words("highest_court").search(near.lower()) is not None


def is_case_of_year(text: str) -> bool:
    return is_case_number(text) and CASE_OF_YEAR.fullmatch(text) is not None


def is_case_number(text: str) -> bool:
    is_public = COURT_OF_THE_UNION.fullmatch(text) or TWO_YEARS.fullmatch(text)
    return sum(map(str.isdigit, text)) >= FEWEST_DIGITS_OF_CASE and not is_public


def _find_after_word(
    context: ValidationContext,
    pattern: re.Pattern[str],
    kind: str,
    accepts: Callable[[str], bool],
    is_public: Callable[[re.Match[str]], bool] = lambda _: False,
) -> pd.DataFrame:
    """Locate the texts with an accepted token directly after a word of the kind."""

    def is_announced_token(match: re.Match[str]) -> bool:
        near = match.string[max(0, match.start() - LONGEST_WORD) : match.start()]
        is_of_kind = accepts(match["token"]) and bool(_ending_with(kind).search(near))
        return is_of_kind and not is_public(match)

    texts = workbook_texts(context.reading.workbook).with_words(listed_words(kind))
    return locate_texts(context, texts.with_match(pattern, is_announced_token, lambda _: True))


def _is_whole(pattern: re.Pattern[str], text: str) -> bool:
    match = pattern.match(text)
    return match is not None and match["token"] == text


@cache
def _ending_with(kind: str) -> re.Pattern[str]:
    """A word of the kind at the end, with no more than signs and a word for number after it."""
    words = announcing_words(kind).pattern
    number = "(?:(?:no|nr|n°|n|number|id|is|was)[ .:°]{1,3})?"
    return re.compile(rf"{words}[ .:=#(\"'-]{{0,4}}{number}$", re.IGNORECASE)


def _beside_label(
    context: ValidationContext, kind: str, accepts: Callable[[str], bool]
) -> Iterator[TextPlace]:
    """The cells beside a label of the kind, or in a column below it, that are accepted."""
    for found in find_labelled(context.reading.workbook, kind):
        if accepts(found.text):
            yield found.sheet, found.cell, "cell"
    for column in find_columns(context.reading.workbook, kind):
        for cell, value in column.cells:
            if type(value) is str and accepts(normalise_text(value)):
                yield column.sheet, cell, "cell"


def _concat_places(*tables: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True).drop_duplicates(ignore_index=True)
