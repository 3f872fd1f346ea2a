"""Find numbers that identify: of persons, accounts, cards, files, records and places."""

import re
from collections.abc import Collection
from functools import partial
from itertools import groupby
from operator import attrgetter

import numpy as np
import pandas as pd
from stdnum import iban, luhn

from metrics.core.cells import DIGITS_OF_A_ROW
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import remember_result, rule
from metrics.intake.rules.identifying.headings import (
    find_columns,
    is_announced,
    is_followed_by,
    listed_words,
)
from metrics.intake.rules.identifying.labels import labelled_identifiers
from metrics.intake.rules.identifying.national import (
    ANY_CERTAIN_NUMBER,
    ANY_DOUBTFUL_SHAPE,
    ANY_SHAPE,
    DOUBTFUL_SHAPES,
    NUMBER_START,
    SHAPES,
    Shape,
    state_of,
)
from metrics.intake.rules.identifying.neighbours import among_other_numbers
from metrics.intake.rules.identifying.partial_names import follows_person, person_words
from metrics.intake.rules.identifying.places import (
    PLACE_COLUMNS,
    Texts,
    find_matches,
    locate_with_text,
    place_table,
    with_genuine_match,
    workbook_texts,
)

IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?!\w)")
# In groups as on the card: groups of three are thousands of an amount.
CARD = re.compile(
    r"(?<![\w.,-])(?:[3-6]\d{3}(?P<by>[ .-])\d{4}(?P=by)\d{4}(?P=by)\d{1,7}"
    r"|3\d{3}(?P<other>[ -])\d{6}(?P=other)\d{4,5}|[3-6]\d{12,18})(?![\w-])"
)
ISSUER = re.compile(r"3[47]\d{13}|(?:4|5[1-5]|6011|65|35)\d+")
SHORTEST_CARD = 15  # of a number that nothing announces: shorter ones may be amounts
HASH = re.compile(
    r"(?<!\w)(?:[0-9a-f]{128}|[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?!\w)", re.IGNORECASE
)
# In base64: MD5, SHA-1, SHA-256 and SHA-512 with padding, and PhotoDNA without.
BASE64 = "[A-Za-z0-9+/]"
HASH_IN_BASE64 = re.compile(
    rf"(?<![\w+/=])(?:{BASE64}{{22}}==|{BASE64}{{27}}=|{BASE64}{{43}}=|{BASE64}{{86}}==|{BASE64}{{192}})(?![\w+/=])"
)
UUID = re.compile(r"(?<!\w)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?!\w)", re.IGNORECASE)

LATITUDE = r"(?:90|[0-8]?\d)[.,]\d"
LONGITUDE = r"(?:180|1[0-7]\d|\d?\d)[.,]\d"
MINUTES = r"(?:\d{1,2}(?:[.,]\d{1,9})?\s?'\s?)?"
SECONDS = r"(?:\d{1,2}(?:[.,]\d{1,9})?\s?(?:\"|'')\s?)?"
DEGREES = rf"\d{{1,3}}\s?°\s?{MINUTES}{SECONDS}"
COORDINATES = re.compile(
    # Three decimals could be thousands: at least four make it a coordinate.
    rf"(?<![\w.,])[NS]?\s?[-+]?{LATITUDE}{{4,}}°?\s?[NS]?\s?[,;/ ]\s?"
    rf"[EWO]?\s?[-+]?{LONGITUDE}{{4,}}°?\s?[EWO]?(?!\w)"
    rf"|(?<![\w.,]){LATITUDE}{{3,}}\s?°?\s?[NS]\W{{1,3}}{LONGITUDE}{{3,}}\s?°?\s?[EWO](?!\w)"
    rf"|(?<!\w){DEGREES}[NSP]\W{{0,3}}{DEGREES}"
)
# Enough digits for a national number, together or in groups: other texts are skipped.
CANDIDATE = re.compile(
    r"(?<!\w)(?<!\d[.,/-])(?!\d{0,3}\.\d{5})"
    r"(?:[^\W\d_]{0,3}[ -]?\d(?:[ ./+-]?\d){5}|[A-Z]{6}\w\w[A-Z]\w\w[A-Z])",
    re.IGNORECASE,
)
ENOUGH_IN_A_COLUMN = 3
SHARE_OF_COLUMN = 0.8
UNLIKE = -1  # the outcome of a check for a text of another shape; 0 and 1 are of its own
# Of any State: P1234567 after the word passport, 490154203237518 after IMEI.
DOCUMENT = re.compile(
    r"(?<!\w)(?:[A-Z]{0,3}[ -]?\d{6,10}[A-Z]?|\d{3}-\d{2}-\d{4}|\d{12,20}|\d\d-\d{6}-\d{6}-\d)"
    r"(?!\w)(?![.,/-]\d)",
    re.IGNORECASE,
)
# C01X00T47, 12AB34567, MORGA657054SM9IJ: letters and digits in any order.
MIXED_DOCUMENT = re.compile(r"(?<![\w-])(?=[A-Z]{0,6}\d)(?=\d{0,8}[A-Z])[A-Z\d]{7,18}(?![\w-])")
FEWEST_DIGITS_OF_DOCUMENT = 4
LONGEST_DISTANCE_TO_DOCUMENT = 20
LONGEST_DISTANCE_TO_UNIT = 14


@rule(Severity.ERROR)
def bank_account(context: ValidationContext) -> pd.DataFrame:
    return find_matches(context, IBAN, lambda match: iban.is_valid(_first_valid_length(match[0])))


def _first_valid_length(text: str) -> str:
    """Cut off words after an account number; its country determines its length."""
    compact = iban.compact(text)
    lengths = range(len(compact), 14, -1)
    return next((compact[:end] for end in lengths if iban.is_valid(compact[:end])), "")


@rule(Severity.ERROR)
def payment_card(context: ValidationContext) -> pd.DataFrame:
    return find_matches(context, CARD, _is_card)


def _is_card(match: re.Match[str]) -> bool:
    number = re.sub(r"\D", "", match[0])
    is_grouped = number != match[0]
    is_long = len(number) >= SHORTEST_CARD and bool(ISSUER.fullmatch(number))
    is_likely = is_grouped or (is_long and not is_amount(match)) or is_announced("card", match)
    return is_likely and luhn.is_valid(number)


def is_amount(match: re.Match[str]) -> bool:
    """Whether a currency or a measure is beside a number."""
    before = is_announced("currency", match, LONGEST_DISTANCE_TO_UNIT)
    return before or is_followed_by("currency", match, LONGEST_DISTANCE_TO_UNIT)


@rule(Severity.ERROR)
def hash_value(context: ValidationContext) -> pd.DataFrame:
    in_hex = find_matches(
        context, HASH, lambda match: not match[0].isdigit() and not match[0].isalpha()
    )
    in_base64 = find_matches(context, HASH_IN_BASE64, lambda match: is_mixed(match[0]))
    found = pd.concat([in_hex, in_base64], ignore_index=True)
    return found[found["where"] != "part"]


def is_mixed(text: str) -> bool:
    """Whether a text has small letters, capitals and digits, unlike a word or a path."""
    return all(re.search(kind, text) for kind in ("[a-z]", "[A-Z]", "[0-9]"))


@rule(Severity.ERROR)
def unique_identifier(context: ValidationContext) -> pd.DataFrame:
    """Spreadsheet programs write such identifiers into properties and other parts themselves."""
    found = find_matches(context, UUID)
    return found[~found["where"].isin(["part", "property"])]


@rule(Severity.ERROR)
def coordinates(context: ValidationContext) -> pd.DataFrame:
    """Latitude and longitude in one text, or in two columns with such headings."""
    apart = (
        (column.sheet, cell, "cell")
        for kind in ("latitude", "longitude")
        for column in find_columns(context.reading.workbook, kind)
        for cell, value in column.cells
        if re.search(r"\d", str(value))
    )
    return pd.concat([find_matches(context, COORDINATES), place_table(apart)], ignore_index=True)


@rule(Severity.ERROR)
def national_number(context: ValidationContext) -> pd.DataFrame:
    return _national_numbers(context)


@remember_result
def _national_numbers(context: ValidationContext) -> pd.DataFrame:
    candidates = _candidates(context)
    tables = [_labelled_numbers(context)]
    tables.append(_certain_numbers(context, candidates))
    if candidates.distinct:
        tables.append(_doubtful_numbers(context, candidates))
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for *position, state in pd.concat(tables, ignore_index=True).itertuples(index=False):
        found.setdefault(tuple(position), {})[state] = None
    rows = [(*position, ", ".join(states)) for position, states in found.items()]
    return pd.DataFrame(rows, columns=[*PLACE_COLUMNS, "state"], dtype="str")


def _labelled_numbers(context: ValidationContext) -> pd.DataFrame:
    """Numbers beside a label such as passport number, of whatever State."""
    found = labelled_identifiers(context.reading.workbook)
    return place_table((cell.sheet, cell.cell, "cell") for cell in found).assign(state="")


@remember_result
def _candidates(context: ValidationContext) -> Texts:
    return workbook_texts(context.reading.workbook).only(CANDIDATE)


def _certain_numbers(context: ValidationContext, candidates: Texts) -> pd.DataFrame:
    """Numbers with a certain shape, or announced by a preceding word."""
    about_persons = candidates.with_words(person_words())
    states: dict[str, str] = {}
    for shape in SHAPES:
        searched = candidates if shape.certain else about_persons
        states |= dict.fromkeys(_with_number(searched, shape, states), shape.state)
    states = _announced_numbers(context, states) | states
    places = locate_with_text(context, states)
    places = places[~among_other_numbers(context, places)]
    return places.assign(state=places["text"].map(states).astype("str"))[[*PLACE_COLUMNS, "state"]]


def _with_number(texts: Texts, shape: Shape, known: Collection[str]) -> set[str]:
    """The other texts with a certain number of a shape, looked for where one may begin."""
    near = {
        text
        for text, written in texts.find_at(_starts_of(shape, texts), shape.possible)
        if text not in known and shape.check(written)
    }
    return with_genuine_match(near, shape.pattern, partial(_is_certain, shape=shape))


def _starts_of(shape: Shape, texts: Texts) -> list[int]:
    return _starts_of_certain_numbers(texts) if shape.certain else _number_starts(texts)


@remember_result
def _starts_of_certain_numbers(texts: Texts) -> list[int]:
    return texts.starts_of(ANY_CERTAIN_NUMBER, _number_starts(texts))


@remember_result
def _number_starts(texts: Texts) -> list[int]:
    return texts.match_starts(NUMBER_START)


def _announced_numbers(context: ValidationContext, known: Collection[str]) -> dict[str, str]:
    """The texts in which a word says that a number identifies, with the State of its shape."""
    announced = workbook_texts(context.reading.workbook).with_words(listed_words("id"))
    announced = announced.without(known)
    found: dict[str, str] = {}
    for match in announced.matches_at(_number_starts(announced), ANY_SHAPE):
        if match.string not in found and is_announced("id", match):
            found[match.string] = state_of(match)
    announced = announced.without(found)
    documents = announced.with_match(DOCUMENT, _is_document)
    documents |= announced.with_match(MIXED_DOCUMENT, _is_mixed_document)
    return found | dict.fromkeys(documents, "")


def _is_certain(match: re.Match[str], shape: Shape) -> bool:
    """Whether the shape is certain, and neither a currency nor a measure makes it an amount."""
    if not shape.check(match[0]):
        return False
    is_certain = shape.certain and not (match[0].isdigit() and is_amount(match))
    return is_certain or follows_person(match)


def _is_document(match: re.Match[str]) -> bool:
    return is_announced("id", match, LONGEST_DISTANCE_TO_DOCUMENT)


def _is_mixed_document(match: re.Match[str]) -> bool:
    return sum(map(str.isdigit, match[0])) >= FEWEST_DIGITS_OF_DOCUMENT and _is_document(match)


def _doubtful_numbers(context: ValidationContext, candidates: Texts) -> pd.DataFrame:
    """Accept uncertain shapes only below a heading for them, or if most of the column passes."""
    places = _doubtful_places(context, candidates)
    number, texts = pd.factorize(places["text"].astype(object))
    places = places.assign(number=number)
    believed = [places[:0].assign(state="")]
    for (state, checked), shapes in groupby(DOUBTFUL_SHAPES, attrgetter("state", "checked")):
        alike = {
            text: shape.check(text)
            for shape in shapes
            for text in filter(shape.pattern.fullmatch, texts)
        }
        if any(alike.values()):
            outcomes = np.array([alike.get(text, UNLIKE) for text in texts])
            own = places.assign(outcome=outcomes[number])
            believed.append(_believed_numbers(own, checked=checked).assign(state=state))
    return pd.concat(believed).sort_index(kind="stable")[[*PLACE_COLUMNS, "state"]]


def _doubtful_places(context: ValidationContext, candidates: Texts) -> pd.DataFrame:
    """The cells with nothing but a number of an uncertain shape, and the column of each."""
    numbers = {text for text in candidates.distinct if ANY_DOUBTFUL_SHAPE.fullmatch(text)}
    places = locate_with_text(context, numbers)
    places = places[places["where"] == "cell"]
    column = places.groupby(["sheet", places["cell"].str.rstrip(DIGITS_OF_A_ROW)], sort=False)
    return places.assign(column=column.ngroup(), headed=_is_below_heading(context, places))


def _believed_numbers(places: pd.DataFrame, *, checked: bool) -> pd.DataFrame:
    """The places of numbers of one State that pass, and are headed or fill a column."""
    own = places[places["outcome"] != UNLIKE]
    believed = own["headed"]
    if checked:
        believed = believed | _is_column_of_numbers(own)
    return own[believed & own["outcome"].astype(bool)]


def _is_below_heading(context: ValidationContext, places: pd.DataFrame) -> pd.Series:
    headed = [
        (column.sheet, cell)
        for column in find_columns(context.reading.workbook, "id")
        for cell, _ in column.cells
    ]
    cells = pd.MultiIndex.from_frame(places[["sheet", "cell"]])
    return pd.Series(cells.isin(headed), places.index)


def _is_column_of_numbers(places: pd.DataFrame) -> pd.Series:
    """At least three, and nearly all of a column: one in ten passes by chance."""
    column = places.groupby("column")
    passing, different = column["outcome"].transform("mean"), column["number"].transform("nunique")
    return (passing >= SHARE_OF_COLUMN) & (different >= ENOUGH_IN_A_COLUMN)


@rule(Severity.WARNING)
def possible_national_number(context: ValidationContext) -> pd.DataFrame:
    """A lone number that passes the check digit of the reporting State: one in ten does."""
    candidates = _candidates(context)
    hits: set[str] = set()
    for shape in SHAPES if candidates.distinct else ():
        if shape.state == context.reading.area and not shape.certain and shape.checked:
            hits |= candidates.with_match(
                shape.pattern, partial(_may_be_number, shape=shape), shape.check
            )
    if not hits:
        return place_table(()).assign(state="")
    places = locate_with_text(context, hits)
    found = _national_numbers(context)[PLACE_COLUMNS].assign(found=True)
    places = places[~among_other_numbers(context, places)].merge(found, how="left")
    return places.loc[places["found"].isna(), PLACE_COLUMNS].assign(state=context.reading.area)


def _may_be_number(match: re.Match[str], shape: Shape) -> bool:
    return shape.check(match[0]) and not is_amount(match)
