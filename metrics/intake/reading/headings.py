"""Parse the heading of a column: the column's role and period."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from metrics.catalogue.codelists import codelist, find_code, fold_spelling, one_of
from metrics.core.period import ReferencePeriod
from metrics.core.tables import ATTRIBUTES, BREAKDOWNS, CONFIDENTIAL, NORMAL
from metrics.intake.reading.days import DAY_IN_TEXT, whole_year
from metrics.intake.reading.named_periods import find_part_of_year, month_beside_year
from metrics.intake.reading.numbers_with_text import BETWEEN_NUMBER_AND_UNIT
from metrics.intake.templates import headings, words_meaning
from metrics.messages import readable

SHORT_WORD = 4  # letters; `half` alone heads no column
LONGEST_HEADING = 120  # characters; anything longer is running text
# Periods as people write them; for half-years SDMX writes S, and many people H.
YEAR, PART = r"(?P<year>(?:19|20)[0-9]{2})", r"(?P<part>[QTSHM])\s?(?P<number>[0-9]{1,2})"
PERIODS = tuple(
    re.compile(rf"(?<![0-9.,/-]){shape}(?![0-9/]|[.,-][0-9])", re.IGNORECASE)
    for shape in (
        rf"{YEAR}-(?P<month>[0-9]{{2}})(?P<length>/P[0-9]{{1,2}}M)?",
        rf"{YEAR}\s?[-/]?\s?{PART}",
        rf"{PART}\s?[-/]?\s?{YEAR}",
        rf"(?P<month>0?[1-9]|1[0-2])/{YEAR}",
        YEAR,
    )
)
A_YEAR_ALONE = PERIODS[-1]
A_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
YEAR_AS_A_NUMBER = re.compile(
    r"(?P<first>[12])[ .,'’\u00a0\u202f]?(?P<rest>[09][0-9]{2})(?:[.,]0+)?"
)
# 2024 r., 2024. gada, 2024. a (in Estonian), god. 2024, vuonna 2024
YEAR_WITH_ITS_WORD = re.compile(
    r"(?:\b(?:vuonna|vuoden|v\.|r\.|god\.)\s?)?\b((?:19|20)[0-9]{2})\b"
    r"(?:\.?\s?(?:[agrmг]\.|god\.|gad[as]\b|leta\b|год\b)|\.\sa\b)?"
)
PUNCTUATION = " .:;,*()[]–-/|"
BETWEEN_LANGUAGES = re.compile(r"\s*[/|()\[\];–—]\s*|\s+-\s+|\s{2,}")
LABEL_OF_IDENTIFIER = re.compile(r"(?<=[A-Z_][A-Z_][A-Z_][A-Z_]):\s?(?=[A-Z]).*$")
# Value (provisional), Value (persons); a letter alone is a footnote
HEADING_WITH_WORD = re.compile(r"(?P<word>[^(\[,;–-]+?) ?[(\[,;–-] ?(?P<beside>[^()]{2,})")
# Number of events, Anzahl Personen
VALUE_OF_UNIT = re.compile(
    rf"(?P<word>\S+) (?:(?:{one_of(BETWEEN_NUMBER_AND_UNIT)}) )?(?P<beside>\S.*)"
)
# Letters that are read as a status behind a period; of others, N may be `number`, F `females`.
LETTERS_OF_STATUS = {"p", "e"}
FOOTNOTE_MARK = re.compile(r"(?<=[^\W\d_])\s?\(?[1-9]\)$")


@dataclass(frozen=True)
class Heading:
    """`role` is a column of the tables, a label of the instructions, or a breakdown."""

    role: str
    period: str = ""
    status: str = ""  # of all values below it: `2024 p`
    letter: str = ""  # the code of a status, if one letter beside the period may stand for it


@cache
def vocabulary(kind: str) -> Mapping[str, str]:
    """The case-folded words for a kind of table, in all languages.

    An attribute is also read by its own name: `contact_office`, or `Contact office`. Below
    `Confidential` stands a status, or yes or no.
    """
    if kind == "observations":
        attributes = {spelt: name for name in ATTRIBUTES for spelt in (name, readable(name))}
        named = {word: by for word, by in headings("dimensions").items() if by in BREAKDOWNS}
        halves = {word: "period" for word in words_meaning("half_year") if len(word) > SHORT_WORD}
        return attributes | named | halves | _words_for_confidential() | headings("observations")
    return headings(kind)


def _words_for_confidential() -> dict[str, str]:
    name = "confidentiality_status"
    spellings = codelist(name)[CONFIDENTIAL].spellings
    return {fold_spelling(word): name for word in spellings if word != CONFIDENTIAL}


@cache
def _all_words() -> frozenset[str]:
    return frozenset(word for kind in ("observations", "actions") for word in vocabulary(kind))


def may_be_heading(text: str) -> bool:
    """Whether a text is worth parsing: a quick check, as sheets hold many texts."""
    if len(text) > LONGEST_HEADING:
        return False
    return A_YEAR.search(text) is not None or not _all_words().isdisjoint(heading_parts(text))


def _plain_heading(text: str) -> str:
    """A folded heading without a footnote mark: `Value 1)`. Languages may be one below the other.

    Of an SDMX column with its label, `UNIT_MULT: Unit multiplier`, the identifier counts.
    """
    text = LABEL_OF_IDENTIFIER.sub("", text)
    folded = YEAR_WITH_ITS_WORD.sub(r"\1", fold_spelling(text))
    if "\n" in text and folded.strip(PUNCTUATION) not in _all_words():
        folded = fold_spelling(text.replace("\n", " / "))
    return FOOTNOTE_MARK.sub("", folded).strip(PUNCTUATION)


def _parts_of_heading(plain: str) -> list[str]:
    """The parts of a heading in several languages: `year / année`."""
    return [part for part in BETWEEN_LANGUAGES.split(plain) if part]


def heading_parts(text: str) -> list[str]:
    """A heading, folded, and its parts if it is in several languages."""
    plain = _plain_heading(text)
    return [plain, *_parts_of_heading(plain)]


def _role_of(plain: str, known: Mapping[str, str]) -> str:
    """The column that a heading means, in one language or in the same words of several."""
    if role := known.get(plain):
        return role
    roles = {known.get(part, "") for part in _parts_of_heading(plain)}
    return roles.pop() if len(roles) == 1 else ""


@lru_cache(maxsize=10_000)
def parse_heading(text: str, kind: str) -> Heading | None:
    """Parse `Value 2024`, `Observation status:` or `2023`; None if a text is no heading."""
    if not text or len(text) > LONGEST_HEADING:
        return None
    known = vocabulary(kind)
    plain = _plain_heading(text)
    if role := _role_of(plain, known):
        return Heading(role)
    return _parse_heading_of_values(plain, known) if kind == "observations" else None


def _parse_heading_of_values(plain: str, known: Mapping[str, str]) -> Heading | None:
    """Parse a heading with a period, which may be all that it says, or with a status or unit."""
    if year := whole_year(plain):
        return Heading("value", year)
    period, rest = split_period(DAY_IN_TEXT.sub(lambda day: whole_year(day[0]) or day[0], plain))
    if period:
        return _parse_dated_heading(plain, period, rest.strip(PUNCTUATION), known)
    return _parse_qualified_heading(plain, known)


def _parse_dated_heading(
    plain: str, period: str, word: str, known: Mapping[str, str]
) -> Heading | None:
    """Parse `Value 2024`; `Year 2024` or `2024` alone is a column of values, too."""
    role = _role_of(word, known) if word else "value"
    if role:
        return Heading("value" if role == "period" else role, period)
    status = find_code(word, "observation_status")
    if not status or status == NORMAL or len(word) > 1:
        return Heading("value", period, status) if status else None
    is_certain = word in LETTERS_OF_STATUS and plain.endswith(word)
    return Heading("value", period, status if is_certain else "", letter=status)


def _parse_qualified_heading(plain: str, known: Mapping[str, str]) -> Heading | None:
    """Parse `Value (provisional)`, `Value (persons)` or `Number of events`."""
    match = HEADING_WITH_WORD.fullmatch(plain)
    if match is None:
        return Heading("value") if _unit_of_number(plain, known) else None
    if _role_of(match["word"], known) != "value":
        return None
    status = find_code(match["beside"], "observation_status")
    is_known = status or find_code(match["beside"], "unit")
    return Heading("value", status=status or "") if is_known else None


def unit_in_heading(text: str) -> str:
    """The unit beside the word for a value: `Value (persons)`; empty without one."""
    plain = _plain_heading(text)
    match = HEADING_WITH_WORD.fullmatch(plain)
    if match and find_code(match["beside"], "unit"):
        return match["beside"]
    return _unit_of_number(plain, vocabulary("observations"))


def _unit_of_number(plain: str, known: Mapping[str, str]) -> str:
    """The unit behind the word for a number: `number of events`; empty without one."""
    match = VALUE_OF_UNIT.fullmatch(plain)
    if match and known.get(match["word"]) == "value" and find_code(match["beside"], "unit"):
        return match["beside"]
    return ""


def split_period(text: str) -> tuple[str, str]:
    """The one period in a text, in standard form, and the text without it."""
    if not A_YEAR.search(text):
        return "", text
    text = YEAR_WITH_ITS_WORD.sub(r"\1", text)
    part, span = find_part_of_year(text)
    if part:
        return part, _text_around(text, span)
    for shape in PERIODS:
        matches = [*shape.finditer(text)]
        if len(matches) == 1 and (period := _matched_period(matches[0])):
            rest = _text_around(text, matches[0].span())
            month = month_beside_year(rest) if shape is A_YEAR_ALONE else 0
            return (f"{period}-{month:02}", "") if month else (period, rest)
    return "", text


def _text_around(text: str, span: tuple[int, int]) -> str:
    before, after = text[: span[0]].rstrip(PUNCTUATION), text[span[1] :].lstrip(PUNCTUATION)
    return fold_spelling(f"{before} {after}")


def _matched_period(match: re.Match[str]) -> str:
    parts = match.groupdict()
    text = parts["year"]
    if parts.get("part"):
        text += f"-{parts['part'].upper().replace('H', 'S')}{int(parts['number'])}"
    elif parts.get("month"):
        text += f"-{int(parts['month']):02}{(parts.get('length') or '').upper()}"
    try:
        return str(ReferencePeriod.parse(text))
    except ValueError:
        return ""


@lru_cache(maxsize=10_000)
def period_in_text(text: str) -> str:
    """The period, if the text is nothing else; otherwise empty."""
    try:
        return str(ReferencePeriod.parse(text))
    except ValueError:
        period, rest = split_period(fold_spelling(text))
        word = rest.strip(PUNCTUATION)
        return period if not word or headings("observations").get(word) == "period" else ""


def parse_period(cell: object) -> str:
    """The period in a cell: spreadsheets turn `2024-03` into the first of March."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m}" if cell.day == 1 and cell.month > 1 else ""
    return period_in_text(str(cell))


def period_of_cell(cell: object) -> str:
    """The period in a cell for one, which may also name a year by its first or last day.

    A program may have written a year as any other number: `2 025`, `2025,0`.
    """
    if period := parse_period(cell) or whole_year(cell):
        return period
    year = YEAR_AS_A_NUMBER.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return parse_period(f"{year['first']}{year['rest']}") if year else ""
