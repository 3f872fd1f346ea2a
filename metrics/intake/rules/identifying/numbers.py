"""Find numbers that identify: of persons, accounts, cards, files, records and places."""

import re
from functools import partial

import pandas as pd
from stdnum import iban, luhn

from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.identifying.headings import find_columns, is_announced
from metrics.intake.rules.identifying.national import SHAPES, Shape
from metrics.intake.rules.identifying.places import (
    PLACE_COLUMNS,
    Texts,
    find_matches,
    locate_texts,
    locate_with_text,
    place_table,
    workbook_texts,
)

IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?!\w)")
CARD = re.compile(r"(?<![\w.,-])[3-6](?:[ -]?\d){12,18}(?![\w-])")
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
MINUTES = r"(?:\d{1,2}(?:[.,]\d+)?\s?['′’]\s?)?"
SECONDS = r"(?:\d{1,2}(?:[.,]\d+)?\s?(?:\"|″|”|'')\s?)?"
DEGREES = rf"\d{{1,3}}\s?[°º]\s?{MINUTES}{SECONDS}"
COORDINATES = re.compile(
    # Three decimals could be thousands: at least four make it a coordinate.
    rf"(?<![\w.,])[NS]?\s?[-+]?{LATITUDE}{{4,}}°?\s?[NS]?\s?[,;/ ]\s?"
    rf"[EWO]?\s?[-+]?{LONGITUDE}{{4,}}°?\s?[EWO]?(?!\w)"
    rf"|(?<![\w.,]){LATITUDE}{{3,}}\s?°?\s?[NS]\W{{1,3}}{LONGITUDE}{{3,}}\s?°?\s?[EWO](?!\w)"
    rf"|(?<!\w){DEGREES}[NSP]\W{{0,3}}{DEGREES}"
)
# Enough digits for a national number, together or in groups: other texts are skipped.
CANDIDATE = re.compile(r"\d(?:[ ./+-]?\d){5}|[A-Z]{6}\w\w[A-Z]\w\w[A-Z]", re.IGNORECASE)
ENOUGH_IN_A_COLUMN = 3
UNCHECKED = ("CY", "MT", "EL")  # shapes with letters and digits but no check digit
SHARE_OF_COLUMN = 0.8


@rule(Severity.ERROR)
def bank_account(case: ValidationContext) -> pd.DataFrame:
    return find_matches(case, IBAN, lambda match: iban.is_valid(_first_valid_length(match[0])))


def _first_valid_length(text: str) -> str:
    """Cut off words after an account number; its country determines its length."""
    compact = iban.compact(text)
    lengths = range(len(compact), 14, -1)
    return next((compact[:end] for end in lengths if iban.is_valid(compact[:end])), "")


@rule(Severity.ERROR)
def payment_card(case: ValidationContext) -> pd.DataFrame:
    return find_matches(case, CARD, lambda match: luhn.is_valid(re.sub(r"\D", "", match[0])))


@rule(Severity.ERROR)
def hash_value(case: ValidationContext) -> pd.DataFrame:
    in_hex = find_matches(
        case, HASH, lambda match: not match[0].isdigit() and not match[0].isalpha()
    )
    in_base64 = find_matches(case, HASH_IN_BASE64, lambda match: is_mixed(match[0]))
    return pd.concat([in_hex, in_base64], ignore_index=True)


def is_mixed(text: str) -> bool:
    """Whether a text has small letters, capitals and digits, unlike a word or a path."""
    return all(re.search(kind, text) for kind in ("[a-z]", "[A-Z]", "[0-9]"))


@rule(Severity.ERROR)
def unique_identifier(case: ValidationContext) -> pd.DataFrame:
    return find_matches(case, UUID)


@rule(Severity.ERROR)
def coordinates(case: ValidationContext) -> pd.DataFrame:
    """Latitude and longitude in one text, or in two columns with such headings."""
    apart = (
        (column.sheet, cell, "cell")
        for kind in ("latitude", "longitude")
        for column in find_columns(case.reading.workbook, kind)
        for cell, value in column.cells
        if re.search(r"\d", str(value))
    )
    return pd.concat([find_matches(case, COORDINATES), place_table(apart)], ignore_index=True)


@rule(Severity.ERROR)
def national_number(case: ValidationContext) -> pd.DataFrame:
    candidates = workbook_texts(case.reading.workbook).only(CANDIDATE)
    if not candidates.distinct:
        return locate_texts(case, ()).assign(state="")
    tables = [_certain_numbers(case, candidates), _doubtful_numbers(case, candidates)]
    everything = pd.concat(tables, ignore_index=True).groupby(PLACE_COLUMNS, sort=False)["state"]
    return everything.agg(lambda states: ", ".join(dict.fromkeys(states))).reset_index()


def _certain_numbers(case: ValidationContext, candidates: Texts) -> pd.DataFrame:
    """Numbers with a certain shape, or announced by a preceding word."""
    states: dict[str, str] = {}
    for shape in SHAPES:
        for text in candidates.with_match(shape.pattern, partial(_is_certain, shape=shape)):
            states.setdefault(text, shape.state)
    places = locate_with_text(case, states)
    return places.assign(state=places["text"].map(states).astype("str"))[[*PLACE_COLUMNS, "state"]]


def _is_certain(match: re.Match[str], shape: Shape) -> bool:
    """Whether the shape is certain; an announced number counts even with a wrong check digit."""
    return (shape.certain and shape.check(match[0])) or is_announced("id", match)


def _doubtful_numbers(case: ValidationContext, candidates: Texts) -> pd.DataFrame:
    """Accept uncertain shapes only below a heading for them, or if most of the column passes."""
    alike = {
        (text, shape.state): shape.check(text)
        for shape in SHAPES
        if not shape.certain
        for text in candidates.distinct
        if shape.pattern.fullmatch(text)
    }
    places = locate_with_text(case, {text for text, _ in alike})
    places = places[places["where"] == "cell"].merge(
        pd.DataFrame(
            [(*key, passes) for key, passes in alike.items()], columns=["text", "state", "passes"]
        )
    )
    believed = _is_below_heading(case, places) | _is_column_of_numbers(places)
    return places.loc[believed & places["passes"].astype(bool), [*PLACE_COLUMNS, "state"]]


def _is_below_heading(case: ValidationContext, places: pd.DataFrame) -> pd.Series:
    headed = [
        (column.sheet, cell)
        for column in find_columns(case.reading.workbook, "id")
        for cell, _ in column.cells
    ]
    cells = pd.MultiIndex.from_frame(places[["sheet", "cell"]])
    return pd.Series(cells.isin(headed), places.index)


def _is_column_of_numbers(places: pd.DataFrame) -> pd.Series:
    """At least three, and nearly all of a column: one in ten passes by chance."""
    column = places["cell"].str.rstrip("0123456789")
    alike = places.assign(passes=places["passes"].astype(float)).groupby(["sheet", column, "state"])
    passing, different = alike["passes"].transform("mean"), alike["text"].transform("nunique")
    checked = ~places["state"].isin(UNCHECKED)
    return checked & (passing >= SHARE_OF_COLUMN) & (different >= ENOUGH_IN_A_COLUMN)
