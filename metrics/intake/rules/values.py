"""Can a cell hold a value of its indicator?"""

import re
from collections.abc import Mapping

import pandas as pd

from metrics.catalogue.codelists import codelist, find_code, fold_spelling, fold_text
from metrics.catalogue.codelists.components import UNITS_OF_COMPONENTS
from metrics.catalogue.codelists.units import (
    LARGEST_COUNT,
    divisible_units,
    factor_of_unit,
    largest_values,
)
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.core.cells import DIGITS_OF_A_ROW
from metrics.core.discover import read_yaml
from metrics.core.number_notation import FIGURES_SHAPE
from metrics.core.shared_texts import shared_texts
from metrics.core.tables import (
    CONFIDENTIAL,
    ESTIMATED,
    FREE,
    LOWER_LIMIT,
    MISSING,
    NOT_APPLICABLE,
    STATUSES,
    STEP,
    UPPER_LIMIT,
    VALUE,
    WITHHELD,
    WITHOUT_VALUE,
)
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.number_texts import (
    LIKE_ZERO,
    added_up,
    clock_time_in,
    letters_for_digits,
    named_status,
    part_of_whole,
    per_cent,
)
from metrics.intake.rules import remember_result, rule
from metrics.intake.rules.structure import are_misunderstood, locate_cells, read_issues
from metrics.intake.workbook import CellForm

# Observation statuses of a value; those of an absent one are `WITHOUT_VALUE`.
DESCRIBES_VALUE = ("B", "D", "E", "F", "G", "I", "N", "P", "U", "V")


HUNDRED_PERCENT = 100  # per cent
SMALLEST_CHANGE = 10  # in cases: below it, any factor may be chance
CELL_KEY = ["sheet", "cell"]

# Texts that people type instead of a number, and the status that means the same.
NO_NUMBER = read_yaml(__package__, "no_number.yaml")
ZERO = "zero"
ZERO_IN_WORDS = {fold_spelling(word) for word in NO_NUMBER[ZERO]}
STATUS_FOR = {
    word: status for status, words in NO_NUMBER.items() if status != ZERO for word in words
}

STRICT_LIMITS = {
    fold_spelling(word)
    for words in read_yaml(__package__, "strict_limits.yaml").values()
    for word in words
}

# Confidentiality statuses of what is suppressed, not free for publication.
SECRET = (CONFIDENTIAL, "N", "D", "S")
# Codes of both lists that one column suppresses and the other publishes. Confidentiality is the
# usual column of N, and a figure that is suppressed by mistake does no harm.
CODES_OF_EITHER = {*SECRET} & {*codelist("observation_status")}
ASKED_IN_COLUMN = {
    "observation_status": CODES_OF_EITHER,
    "confidentiality_status": CODES_OF_EITHER - {"N"},
}
NOT_AVAILABLE_OR_APPLICABLE = ("n/a", "n.a.", "na")
READ_AS_NUMBER = ("number", "percent")  # forms of cells
LETTERS_AND_SIGNS = re.compile(r"[^\d.,+-]+")
# Soft hyphen, zero-width signs, marks of direction, byte order mark.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
NUMBER_IN_TEXT = re.compile(rf"[-+]?{FIGURES_SHAPE}\+?")
FOUR_DIGITS = r"(?:19|20)\d\d"
FEWEST_ALIKE = 3  # rows with the same year for a figure
# In a unit of millions: 100 000 million items in one State and year have not been reported yet.
LARGEST_OF_MILLIONS = 100_000
# As programs write it, also per cent: nothing has to be interpreted.
PLAIN_NUMBER = r"\s*[-+]?[0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?\s*%?\s*"
FIRST_TO_LAST_DIGIT = re.compile(r"[-+]?[0-9](?:.*[0-9])?")
MILLIONS = re.compile(r"[.,\s'’\u00a0\u202f](?=\d{3}(\D|$))")


@remember_result
def number_cells(context: ValidationContext) -> pd.DataFrame:
    """Every cell for a number: all except the steps of milestones."""
    observations = context.reading.observations
    is_step = observations["component"] == STEP
    return observations[~is_step] if is_step.any() else observations


def find_form(context: ValidationContext, form: CellForm) -> pd.DataFrame:
    cells = _cells_by_form(context)
    return cells.get(form, cells[""])


@remember_result
def _cells_by_form(context: ValidationContext) -> dict[str, pd.DataFrame]:
    """The cells for numbers of each form that occurs; none under the empty name."""
    cells = number_cells(context)
    found = cells[["sheet", "cell", "typed", "understood"]]
    by_form = {str(form): own for form, own in found.groupby(cells["form"], sort=False)}
    return {"": found.iloc[:0]} | by_form


def row_units(cells: pd.DataFrame, indicators: Mapping[str, Indicator]) -> pd.Series:
    """The unit of each row: its component's if it has one, else its indicator's."""
    names = (shared_texts(cells[name]) for name in ("indicator", "period"))
    pairs = list(zip(*names, strict=True))
    known = {
        (code, period): indicators[code].unit_in(period) if code in indicators else ""
        for code, period in set(pairs)
    }
    units = pd.Series([known[pair] for pair in pairs], cells.index, dtype=object)
    of_component = cells["component"].map(UNITS_OF_COMPONENTS).astype(object)
    return of_component.fillna(units).fillna("")


def _units_of_form(cells: pd.DataFrame, context: ValidationContext) -> pd.Series:
    """The unit of each of the cells that `find_form` returns."""
    return row_units(number_cells(context).loc[cells.index], context.indicators)


def intended_status(typed: object) -> str:
    """The observation status that means what was typed instead of a number, or zero; else empty."""
    text = fold_text(typed)
    if fold_spelling(typed).strip(" .!") in ZERO_IN_WORDS:
        return ZERO
    if len(text) > 1 and find_code(text, "confidentiality_status") in SECRET:
        return WITHHELD
    return STATUS_FOR.get(text) or (len(text) > 1 and find_code(text, "observation_status")) or ""


def _text_cells(context: ValidationContext) -> pd.DataFrame:
    cells = find_form(context, "text")
    meant = {typed: intended_status(typed) for typed in cells["typed"].unique()}
    return cells.assign(status=cells["typed"].map(meant).astype(object))


@rule(Severity.ERROR)
def number_not_understood(context: ValidationContext) -> pd.DataFrame:
    cells = _text_cells(context)
    return cells[cells["status"] == ""].drop(columns="status")


@rule(Severity.ERROR)
def zero_in_words(context: ValidationContext) -> pd.DataFrame:
    """A word that means zero, or that there were none, in any official language."""
    cells = _text_cells(context)
    cells = cells[cells["status"] == ZERO].drop(columns="status")
    return cells.assign(status=MISSING, meaning=MISSING)


@rule(Severity.ERROR)
def status_instead_of_number(context: ValidationContext) -> pd.DataFrame:
    cells = _text_cells(context)
    cells = cells[~cells["status"].isin(["", ZERO])]
    confidentiality = cells["status"].map({WITHHELD: CONFIDENTIAL}).fillna("")
    either = cells["typed"].map(fold_text).isin(NOT_AVAILABLE_OR_APPLICABLE)
    or_status = pd.Series("", cells.index).mask(either, NOT_APPLICABLE)
    return cells.assign(
        meaning=cells["status"], confidentiality=confidentiality, or_status=or_status
    )


@rule(Severity.ERROR)
def limit_instead_of_number(context: ValidationContext) -> pd.DataFrame:
    """What is below or above a number; only tables of publications have a column for limits."""
    cells = find_form(context, "limit")
    limits = pd.Series(map(_limit_of, cells["typed"]), cells.index, dtype=object)
    numbers = _closest_possible(cells, limits, context)
    has_limits = context.collection.areas != "member_states"
    return cells.assign(
        upper=numbers.where(limits == UPPER_LIMIT, ""),
        lower=numbers.where(limits == LOWER_LIMIT, ""),
        limit=limits if has_limits else "",
    )


def _closest_possible(
    cells: pd.DataFrame, limits: pd.Series, context: ValidationContext
) -> pd.Series:
    """The largest or smallest figure that a limit allows: below 5 persons are at most 4."""
    if cells.empty:
        return cells["understood"].astype(object)
    unit = _units_of_form(cells, context)
    is_strict = cells["typed"].map(_is_strict_limit) & ~unit.isin(divisible_units())
    step = limits.map({UPPER_LIMIT: -1, LOWER_LIMIT: 1}).where(is_strict, 0)
    pairs = zip(cells["understood"], step, strict=True)
    numbers = [
        str(int(text) + change) if text.isdecimal() and int(text) + change >= 0 else text
        for text, change in pairs
    ]
    return pd.Series(numbers, cells.index, dtype=object)


def _limit_of(typed: str) -> str:
    """The limit that the words before or after the number name; `5+` is a lower one."""
    return find_code(_words_for_limit(typed), "limit") or LOWER_LIMIT


def _is_strict_limit(typed: str) -> bool:
    """Whether the words for the limit exclude the number."""
    return fold_spelling(_words_for_limit(typed)) in STRICT_LIMITS


def _words_for_limit(typed: str) -> str:
    """The first text beside the number that names a limit; empty without any."""
    texts = (text.strip(" .") for text in NUMBER_IN_TEXT.split(typed))
    return next((text for text in texts if find_code(text, "limit")), "")


@rule(Severity.ERROR)
def status_beside_number(context: ValidationContext) -> pd.DataFrame:
    """An estimate such as `ca. 40`, or a number with a word for another status."""
    estimates, others = find_form(context, "estimate"), find_form(context, "with_status")
    words = others["typed"].map(lambda typed: LETTERS_AND_SIGNS.findall(typed)[-1].strip(" ()[]."))
    named = words.map(_status_of_words)
    status = pd.concat([pd.Series(ESTIMATED, estimates.index), named.astype(object)])
    or_confidentiality = status.where(status.isin(CODES_OF_EITHER), "")
    return pd.concat([estimates, others]).assign(
        status=status, meaning=status, nearest=or_confidentiality
    )


def _status_of_words(words: str) -> str:
    _, code = named_status(words)
    return code or find_code(words, "observation_status") or ESTIMATED


@rule(Severity.ERROR)
def letter_for_digit(context: ValidationContext) -> pd.DataFrame:
    """A letter in place of a digit: which one, and whether it may be the status O."""
    cells = find_form(context, "with_letters")
    is_alone = cells["typed"].str.strip().isin([*LIKE_ZERO])
    letters = cells["typed"].map(letters_for_digits).astype(object)
    return cells.assign(letters=letters, or_status=is_alone.map({True: MISSING, False: ""}))


@rule(Severity.ERROR)
def calculation_instead_of_number(context: ValidationContext) -> pd.DataFrame:
    cells = find_form(context, "calculation")
    return cells[["sheet", "cell", "typed"]].assign(
        in_unit=cells["typed"].map(added_up).astype(object)
    )


@rule(Severity.ERROR)
def fraction_instead_of_number(context: ValidationContext) -> pd.DataFrame:
    """Two numbers such as `12 out of 15`, `31/12`; in per cent where the row asks for that."""
    cells = find_form(context, "fraction")
    if cells.empty:
        return cells
    both = [part_of_whole(typed) for typed in cells["typed"]]
    return cells[["sheet", "cell", "typed"]].assign(
        lower=[part for part, _ in both],
        upper=[whole for _, whole in both],
        in_unit=[
            per_cent(part, whole) if unit == "PC" else ""
            for (part, whole), unit in zip(both, _units_of_form(cells, context), strict=True)
        ],
    )


@rule(Severity.ERROR)
def time_instead_of_number(context: ValidationContext) -> pd.DataFrame:
    """A time or a duration such as `12:30`, with what it is in the unit of the row."""
    cells = find_form(context, "time")
    if cells.empty:
        return cells
    unit = _units_of_form(cells, context)
    pairs = zip(unit, cells["typed"], strict=True)
    in_unit = [clock_time_in(own, typed) for own, typed in pairs]
    return cells[["sheet", "cell", "typed"]].assign(unit=unit, in_unit=in_unit)


@rule(Severity.ERROR)
def multiplier_beside_number(context: ValidationContext) -> pd.DataFrame:
    """A number in thousands or millions; what it is in the unit of the row, if that is certain."""
    return find_form(context, "multiplied").rename(columns={"understood": "in_unit"})


def _number_alone(typed: str) -> str:
    """The number in a text, without brackets and what follows it: `1.240` of `1.240.`"""
    number = FIRST_TO_LAST_DIGIT.search(typed)
    return number[0] if number else typed.strip(" ()")


@rule(Severity.ERROR)
def number_ambiguous(context: ValidationContext) -> pd.DataFrame:
    cells = find_form(context, "ambiguous")
    bare = cells["typed"].map(_number_alone)
    bracketed = cells["typed"].str.contains("(", regex=False)
    whole = bare.map(lambda typed: MILLIONS.sub("", typed))
    return cells.assign(
        whole=whole.mask(bracketed, ""),
        decimal=bare.str.replace(",", ".").mask(bracketed, ""),
        positive=bare.where(bracketed, ""),
        negative=("-" + bare).where(bracketed, ""),
    )


@rule(Severity.ERROR)
def percent_instead_of_count(context: ValidationContext) -> pd.DataFrame:
    cells = number_cells(context)
    cells = cells[cells["form"] == "percent"]
    if cells.empty:
        return cells
    unit = row_units(cells, context.indicators)
    cells = cells.assign(unit=unit)
    return cells.loc[unit != "PC", ["sheet", "cell", "typed", "unit"]]


@rule(Severity.ERROR)
def value_negative(context: ValidationContext) -> pd.DataFrame:
    cells = number_cells(context)
    return cells.loc[cells["value"] < 0, ["sheet", "cell", "typed", "understood"]]


@rule(Severity.ERROR)
def fraction_of_whole(context: ValidationContext) -> pd.DataFrame:
    cells = number_cells(context)
    cells = cells[(cells["value"] % 1 > 0) & (cells["form"] == "number")]
    if cells.empty:
        return cells
    unit = row_units(cells, context.indicators)
    ratios = [
        code
        for code, indicator in context.indicators.items()
        if indicator.kind is Kind.PUBLISHED_RATIO
    ]
    offends = ~unit.isin(divisible_units()) & ~cells["indicator"].isin(ratios)
    cells = cells.assign(unit=unit)
    return cells.loc[offends, ["sheet", "cell", "typed", "understood", "unit"]]


@rule(Severity.ERROR)
def value_beyond_reason(context: ValidationContext) -> pd.DataFrame:
    cells = number_cells(context)
    cells = cells[cells["value"].abs() > min(largest_values().values())]
    if cells.empty:
        return cells
    unit = row_units(cells, context.indicators)
    largest: pd.Series = unit.map(largest_values()).astype(float).fillna(LARGEST_COUNT)
    cells = cells.assign(unit=unit, largest=largest.map("{:.0f}".format))
    columns = ["sheet", "cell", "typed", "understood", "unit", "largest"]
    return cells.loc[cells["value"] > largest, columns]


@rule(Severity.WARNING)
def year_instead_of_number(context: ValidationContext) -> pd.DataFrame:
    """The year of the period as its figure, or one year in every row of a column."""
    cells = number_cells(context)
    cells = cells[(cells["form"] == "number") & cells["typed"].str.fullmatch(FOUR_DIGITS)]
    if cells.empty:
        return cells
    is_own_year = cells["typed"] == cells["period"].str[:4]
    return cells.loc[is_own_year | _fills_its_column(cells, context), ["sheet", "cell", "typed"]]


def _fills_its_column(cells: pd.DataFrame, context: ValidationContext) -> pd.Series:
    """Whether the column of each cell has the same number in all of at least three rows."""
    filled = number_cells(context).dropna(subset="value")
    filled = filled.assign(column=filled["cell"].str.rstrip(DIGITS_OF_A_ROW))
    by_column = filled.groupby(["sheet", "column"])["value"]
    alike = (by_column.transform("nunique") == 1) & (by_column.transform("size") >= FEWEST_ALIKE)
    return alike.reindex(cells.index, fill_value=False)


@rule(Severity.WARNING)
def millions_in_full(context: ValidationContext) -> pd.DataFrame:
    """A whole number so large in a unit of millions that it was probably counted one by one."""
    cells = number_cells(context)
    cells = cells[(cells["value"] >= LARGEST_OF_MILLIONS) & (cells["value"] % 1 == 0)]
    if cells.empty:
        return cells
    unit = row_units(cells, context.indicators)
    factor = unit.map(factor_of_unit).astype(float)
    in_unit = (cells["value"] / factor).map("{:.15g}".format)
    found = cells.assign(unit=unit, in_unit=in_unit)[["sheet", "cell", "typed", "unit", "in_unit"]]
    return found[factor > 1]


# Rules for values that are impossible whatever other cells hold.
IMPOSSIBLE_VALUES = (
    percent_instead_of_count,
    value_negative,
    fraction_of_whole,
    value_beyond_reason,
)


@remember_result
def sound_observations(context: ValidationContext) -> pd.DataFrame:
    """The observations without impossible values, so that one error gives one finding.

    Nor with values of an area or a period that was not understood: they are compared with nothing.
    """
    cells = context.reading.observations
    if (unclear := are_misunderstood(cells)).any():
        cells = cells.assign(value=cells["value"].mask(unclear))
    tables = [impossible.offends(context) for impossible in IMPOSSIBLE_VALUES]
    tables = [table[CELL_KEY] for table in tables if len(table)]
    if not tables:
        return cells
    wrong = pd.concat(tables)
    is_wrong = pd.MultiIndex.from_frame(cells[CELL_KEY]).isin(pd.MultiIndex.from_frame(wrong))
    return cells.assign(value=cells["value"].mask(is_wrong))


@rule(Severity.WARNING)
def percent_above_100(context: ValidationContext) -> pd.DataFrame:
    cells = number_cells(context)
    cells = cells[(cells["component"] == VALUE) & (cells["value"] > HUNDRED_PERCENT)]
    if cells.empty:
        return cells
    in_percent = row_units(cells, context.indicators) == "PC"
    return cells.loc[in_percent, ["sheet", "cell", "typed", "understood"]]


@rule(Severity.ERROR)
def value_with_missing_status(context: ValidationContext) -> pd.DataFrame:
    cells = context.reading.observations
    offends = cells["value"].notna() & cells["observation_status"].isin(WITHOUT_VALUE)
    return _status_columns(cells[offends])


@rule(Severity.ERROR)
def status_without_value(context: ValidationContext) -> pd.DataFrame:
    cells = context.reading.observations
    offends = (cells["form"] == "empty") & cells["observation_status"].isin(DESCRIBES_VALUE)
    return _status_columns(cells[offends])


@rule(Severity.WARNING)
def suppressed_but_free(context: ValidationContext) -> pd.DataFrame:
    cells = context.reading.observations
    suppressed = cells["observation_status"] == WITHHELD
    return _status_columns(cells[suppressed & (cells["confidentiality_status"] == FREE)])


@rule(Severity.WARNING)
def status_in_either_column(context: ValidationContext) -> pd.DataFrame:
    """A bare code of both lists of statuses, such as N, beside an empty cell for the other one."""
    cells = context.reading.observations
    cells = cells[cells["form"] != "empty"]
    found = [_codes_alone(cells, *columns) for columns in (STATUSES, tuple(reversed(STATUSES)))]
    return pd.concat(found)


def _codes_alone(cells: pd.DataFrame, column: str, other: str) -> pd.DataFrame:
    """Codes that one column asks about and that no entry in the other column makes certain."""
    typed = cells[f"{column}_typed"].str.strip().str.upper()
    is_after_number = cells[f"{column}_cell"] == cells["cell"]
    is_alone = typed.isin(ASKED_IN_COLUMN[column]) & (cells[f"{other}_typed"].str.strip() == "")
    cells, code = cells[is_alone & ~is_after_number], typed[is_alone & ~is_after_number]
    found = locate_cells(cells, column, typed=cells[f"{column}_typed"], meaning=code, nearest=code)
    return found.drop_duplicates(["sheet", "cell"])


@remember_result
def _numbers_with_status(context: ValidationContext) -> pd.DataFrame:
    """Numbers with the letter of a status, such as `450 c`, that no column of statuses states."""
    cells = number_cells(context)
    cells = cells[cells["form"].isin(READ_AS_NUMBER)]
    read = [
        cells.assign(status=cells[name], meaning=cells[name])[
            cells[f"{name}_cell"] == cells["cell"]
        ]
        for name in STATUSES
    ]
    return pd.concat(read)[["sheet", "cell", "typed", "understood", "status", "meaning"]]


@rule(Severity.WARNING)
def status_read_from_number(context: ValidationContext) -> pd.DataFrame:
    return _numbers_with_status(context)


@rule(Severity.NOTE)
def number_read_from_text(context: ValidationContext) -> pd.DataFrame:
    """Separators or a sign beside the number were interpreted: the submitter should see how."""
    cells = number_cells(context)
    with_status = _numbers_with_status(context)  # which have a rule of their own
    is_number = cells["form"].isin(READ_AS_NUMBER) & ~cells.index.isin(with_status.index)
    seen = cells["typed"].str.replace(INVISIBLE, "", regex=True)  # which have a rule of their own
    read = cells[is_number & ~seen.str.fullmatch(PLAIN_NUMBER)]
    columns = ["sheet", "cell", "typed", "understood"]
    doubtful = read_issues(context, "number_read_from_text").reindex(columns=columns)
    return pd.concat([read[columns], doubtful]).drop_duplicates(["sheet", "cell"])


@rule(Severity.NOTE)
def invisible_character(context: ValidationContext) -> pd.DataFrame:
    """Numbers beside characters that no program shows, which are left out."""
    cells = number_cells(context)
    cells = cells[(cells["form"] == "number") & cells["typed"].str.contains(INVISIBLE)]
    characters = cells["typed"].map(_name_invisible).astype(object)
    return cells[["sheet", "cell", "understood"]].assign(characters=characters)


def _name_invisible(typed: str) -> str:
    return ", ".join(f"U+{ord(sign):04X}" for sign in dict.fromkeys(INVISIBLE.findall(typed)))


def _status_columns(cells: pd.DataFrame) -> pd.DataFrame:
    status = cells["observation_status"]
    return cells.assign(status=status, meaning=status)[
        ["sheet", "cell", "typed", "status", "meaning"]
    ]
