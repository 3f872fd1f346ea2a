"""Put equal texts together, with the figures beside them, for one question."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.core.cells import cell_address, positions_of_range
from metrics.core.shared_texts import Texts, series_of_rows
from metrics.intake.accounted_cells import names_by_number
from metrics.intake.finding_texts import shorten_text
from metrics.intake.findings import Finding
from metrics.intake.rules import is_about_person
from metrics.intake.stated_figures import Positions, positions_of_addresses
from metrics.intake.workbook import ParsedSubmission

MOST_KEPT = 500  # different texts of a file that are listed; all of them are counted
# Different texts that are looked at; of further ones, no more than are kept: they are counted.
MOST_LOOKED_AT = 2_000
# A column that no rule reads is one text of the list if it has more different texts than are named
# as examples; so many of all such columns are kept.
EXAMPLES, MOST_KEPT_OF_COLUMNS = 3, 1_000
LONGEST_QUOTED = 300  # characters that are quoted
MOST_HEADINGS = 3
MOST_SERIES = 3  # figures that are named beside a text:
LOOKED_THROUGH = 100  # at the first so many of its places
MOST_RANGES = 8
DIGITS_OF_DIGEST = 16
WIDEST = 2**21  # columns, and rows; a file has fewer cells than that

KindOfText = Literal[
    "cell", "column", "comment", "sheet_name", "file_name", "margin", "drawing", "hint", "name",
    "property",
]  # fmt: skip
# Of these only words about figures are known, or that there is a text: it is left out of the copy.
OUTSIDE_THE_COPY = ("margin", "drawing", "hint", "name", "property")
Beside = Literal["sheet", "row", "file"]
ORDER: tuple[Beside, ...] = ("sheet", "row", "file")  # what is about most figures comes first
Columns = Mapping[str, NDArray[Any]]  # of a table of places
# A text at one place; row and column are -1 if it is in no cell. `unread` names its column, if that
# is a column of a table that no rule reads.
PLACE = ("text", "kind", "sheet", "row", "column")
UNREAD = "unread"
OWN_HEADING = "heading"  # of its column, of any table


@dataclass(frozen=True)
class FreeText:
    """A text with all its places, and the figures beside it.

    A column that no rule reads is one text, its heading, with the texts below.
    """

    text: str  # in one line; empty if it may be about a person, or is not kept
    kind: KindOfText
    beside: Beside  # the figures of its rows, of its sheet, or of the whole file
    location: str
    series: tuple[str, ...]  # of the first of these figures
    figures: int
    below: tuple["FreeText", ...] = ()  # the first texts of a column
    number_below: int = 0
    headings: tuple[str, ...] = ()  # of the columns of its first places


@dataclass(frozen=True)
class FreeTexts:
    """The texts of a file, how many there are, and what identifies all of them."""

    listed: tuple[FreeText, ...] = ()
    number: int = 0
    digest: str = ""  # empty if there are none


NO_TEXTS = FreeTexts()


def number_of_texts(listed: Iterable[FreeText]) -> int:
    """How many texts these are, with all those of a column."""
    return sum(own.number_below or 1 for own in listed)


@dataclass(frozen=True)
class Masks:
    """Cells and sheet names that may be about a person: their texts are not repeated."""

    cells: Positions  # in the whole file
    sheets: Mapping[str, str]  # the numbers by which sheets with such names go
    is_file: bool  # the name of the file, too

    @classmethod
    def of_findings(cls, reading: ParsedSubmission, findings: Iterable[Finding]) -> "Masks":
        names = [sheet.name for sheet in reading.workbook.sheets]
        numbered = names_by_number(reading)
        doubtful = [finding for finding in findings if is_about_person(finding)]
        cells = [
            (names.index(sheet), *position)
            for finding in doubtful
            if (sheet := numbered.get(finding.sheet, finding.sheet)) in names
            for position in positions_of_range(finding.cell)
        ]
        of_file = _positions_in_file(*np.array(cells, np.int64).reshape(-1, 3).T)
        sheets = {numbered[one.sheet]: one.sheet for one in doubtful if one.sheet in numbered}
        return cls(of_file, sheets, any(not one.sheet for one in doubtful))

    def hide(self, places: pd.DataFrame) -> pd.DataFrame:
        numbers = (places[name].to_numpy() for name in ("sheet_number", "row", "column"))
        cells = _positions_in_file(*numbers)
        is_doubtful = np.isin(cells, self.cells)
        is_doubtful |= (places["kind"] == "sheet_name") & places["sheet"].isin([*self.sheets])
        is_doubtful |= (places["kind"] == "file_name") & self.is_file
        return places.assign(text=places["text"].mask(is_doubtful, ""))


@dataclass(frozen=True)
class FiguresOfFile:
    """The accepted figures of a file, and where to find those of a cell of remarks or a row."""

    observations: pd.DataFrame
    sheets: pd.Index
    ordered: Positions  # rows of the observations: by the cells of remarks, then by their own rows
    of_remarks: Positions  # the cells of remarks in this order, in the whole file
    of_rows: Positions  # the first cells of their own rows

    @classmethod
    def of_observations(
        cls, observations: pd.DataFrame, reading: ParsedSubmission
    ) -> "FiguresOfFile":
        sheets = pd.Index(dict.fromkeys([*(own.name for own in reading.workbook.sheets), ""]))
        number = sheets.get_indexer(pd.Index(observations["sheet"]))
        remarks = positions_of_addresses(observations["remark_cell"], WIDEST)
        remarks = np.where(remarks < 0, -1, number * WIDEST**2 + remarks)
        rows = _positions_in_file(number, observations["row"].to_numpy(np.int64) - 1, 0)
        by_remark, by_row = (np.argsort(own, kind="stable") for own in (remarks, rows))
        ordered = np.concatenate([by_remark, by_row])
        return cls(observations, sheets, ordered, remarks[by_remark], rows[by_row])

    def locate(self, places: pd.DataFrame) -> pd.DataFrame:
        """Add to each place which of the ordered figures it is beside, and what they are of."""
        sheet = self.sheets.get_indexer(pd.Index(places["sheet"]))
        row, column = places["row"].to_numpy(), places["column"].to_numpy()
        cells, rows = _positions_in_file(sheet, row, column), _positions_in_file(sheet, row, 0)
        first, last = (self.of_remarks.searchsorted(cells, side) for side in ("left", "right"))
        above, below = (self.of_rows.searchsorted(rows, side) for side in ("left", "right"))
        is_remark = last > first
        count = np.where(row < 0, 0, np.where(is_remark, last - first, below - above))
        of_sheet = self._numbers_of_sheets()[sheet]
        beside = np.select([count > 0, of_sheet > 0], ["row", "sheet"], "file")
        return places.assign(
            sheet_number=sheet,
            first=np.where(is_remark, first, above + len(self.of_remarks)),
            count=count,
            of_sheet=of_sheet,
            beside=pd.Categorical(beside, ORDER),
        )

    def _numbers_of_sheets(self) -> Positions:
        numbers = self.of_rows // WIDEST**2
        return np.bincount(numbers, minlength=len(self.sheets))

    def beside(self, places: Columns) -> Positions:
        """The rows of the figures beside places."""
        first, count = places["first"], places["count"]
        before = count.cumsum() - count
        there = (first - before).repeat(count) + np.arange(count.sum())
        numbers: Positions = self.ordered[there]
        return numbers

    def series_beside(self, places: Columns) -> Texts:
        """For each figure its series, if it is beside one of these places; else empty."""
        named = np.unique(self.beside(places))
        series = np.full(len(self.observations), "", object)
        series[named] = series_of_rows(self.observations.iloc[named])
        return series


def _positions_in_file(sheet: Positions, row: Positions, column: Positions | int) -> Positions:
    return (sheet * WIDEST + row) * WIDEST + column


def group_texts(
    places: pd.DataFrame, is_known: Callable[[str], bool], figures: FiguresOfFile, masks: Masks
) -> FreeTexts:
    """Equal texts once, with all their places; not those that are known."""
    located = figures.locate(places)
    columns_last = located["beside"].cat.codes, located[UNREAD] != ""
    located = located.iloc[np.lexsort(columns_last)]
    located = masks.hide(located[_is_open(located, is_known)])
    if located.empty:
        return NO_TEXTS
    is_of_column = located[UNREAD].isin(_columns_of_many(located))
    grouping = _Grouping(figures, masks)
    alone, number = grouping.of_places(located[~is_of_column], MOST_KEPT)
    columns = [*grouping.of_columns(located[is_of_column])]
    listed = sorted([*columns, *alone], key=lambda own: ORDER.index(own.beside))
    number += sum(column.number_below for column in columns)
    return FreeTexts(tuple(listed), number, _digest(located))


def _columns_of_many(located: pd.DataFrame) -> list[str]:
    """The columns that no rule reads with more different texts than are named as examples."""
    is_below = (located[UNREAD] != "") & (located["text"] != located[UNREAD])
    different = located[is_below].groupby(UNREAD)["text"].nunique()
    return [*different.index[different > EXAMPLES]]


@dataclass(frozen=True)
class _Grouping:
    """Puts places of texts together; `located` are such places with their figures."""

    figures: FiguresOfFile
    masks: Masks

    def of_columns(self, located: pd.DataFrame) -> Iterator[FreeText]:
        """Each column as one text, its heading, with the first of its texts below."""
        columns = located.groupby(UNREAD, sort=False)
        most = max(EXAMPLES, MOST_KEPT_OF_COLUMNS // max(len(columns), 1))
        for heading, places in columns:
            own = places[places["text"] != heading].sort_index().assign(**{OWN_HEADING: ""})
            of_column = own.assign(
                text=heading,
                kind="column",
                beside="row" if (own["count"] > 0).any() else own["beside"].iloc[0],
            )
            (column,), _ = self.of_places(of_column, 1)
            below, number = self.of_places(own, most)
            yield replace(column, below=below, number_below=number)

    def of_places(self, located: pd.DataFrame, most: int) -> tuple[tuple[FreeText, ...], int]:
        """The first of the different texts, and how many there are."""
        if located.empty:
            return (), 0
        keys = ["beside", "kind", "text"]
        groups = located.groupby(keys, sort=False, observed=True).ngroup().to_numpy()
        order = groups.argsort(kind="stable")
        ends = groups[order].searchsorted(np.arange(min(most, groups.max() + 1)), "right")
        own_places = np.split(order[: ends[-1]], ends[:-1])
        columns: Columns = {name: located[name].to_numpy() for name in located.columns}
        first = np.concatenate([own[:LOOKED_THROUGH] for own in own_places])
        series = self.figures.series_beside(_select(columns, first))
        texts = (self._free_text(_select(columns, own), series) for own in own_places)
        return tuple(texts), int(groups.max()) + 1

    def _free_text(self, places: Columns, series: Texts) -> FreeText:
        """The text that all these places have."""
        text, kind, beside = (places[name][0] for name in ("text", "kind", "beside"))
        named: tuple[str, ...] = ()
        number = len(self.figures.observations)
        if beside == "row":
            looked_at = _select(places, np.arange(len(places["row"]))[:LOOKED_THROUGH])
            first = self.figures.beside(looked_at)
            named = tuple(dict.fromkeys(series[first]))[:MOST_SERIES]
            number = int(places["count"].sum())
        elif beside == "sheet":
            of_sheets = dict(zip(places["sheet"], places["of_sheet"].tolist(), strict=True))
            number = sum(of_sheets.values())
        location = _location(places, self.masks)
        headings = dict.fromkeys(filter(None, places[OWN_HEADING][:LOOKED_THROUGH]))
        return FreeText(
            shorten_text(text, LONGEST_QUOTED), kind, beside, location, named, number,
            headings=(*headings,)[:MOST_HEADINGS],
        )  # fmt: skip


def _is_open(located: pd.DataFrame, is_known: Callable[[str], bool]) -> pd.Series:
    """The places of texts that are not known, and of all texts outside the copy."""
    codes, texts = pd.factorize(located["text"])
    is_open = np.ones(len(texts), dtype=bool)
    number_open = 0
    for number, text in enumerate(texts):
        if number >= MOST_LOOKED_AT and number_open >= MOST_KEPT:
            break
        is_open[number] = not is_known(text)
        number_open += is_open[number]
    return located["kind"].isin(OUTSIDE_THE_COPY) | is_open[codes]


def _digest(located: pd.DataFrame) -> str:
    """What identifies all texts with their places."""
    digest = sha256()
    for name in (*PLACE, "beside"):
        codes, different = pd.factorize(located[name])
        digest.update(json.dumps([*map(str, different)]).encode())
        digest.update(codes.astype(np.int64).tobytes())
    return digest.hexdigest()[:DIGITS_OF_DIGEST]


def _select(columns: Columns, rows: Positions) -> Columns:
    return {name: column[rows] for name, column in columns.items()}


def _location(places: Columns, masks: Masks) -> str:
    """`Data!F3:F40, F44; Other!F5`; the first ranges of the first sheets."""
    locations = []
    for sheet in [*dict.fromkeys(places["sheet"])][:MOST_RANGES]:
        own = places["sheet"] == sheet
        ranges = _ranges(places["row"][own], places["column"][own])
        name = masks.sheets.get(sheet, sheet)
        locations.append(f"{name}!{ranges}" if ranges else name)
    return "; ".join(locations)


def _ranges(rows: Positions, columns: Positions) -> str:
    """The first ranges of cells, each of consecutive cells of a column."""
    rows, columns = rows[rows >= 0], columns[rows >= 0]
    begins = np.ones(len(rows), dtype=bool)
    begins[1:] = (np.diff(rows) != 1) | (np.diff(columns) != 0)
    first = begins.nonzero()[0]
    last = np.append(first[1:], len(rows))[: len(first)] - 1
    ranges = [
        cell_address(rows[top], columns[top])
        + (f":{cell_address(rows[bottom], columns[bottom])}" if bottom > top else "")
        for top, bottom in zip(first[:MOST_RANGES], last[:MOST_RANGES], strict=True)
    ]
    return ", ".join([*ranges, *(["…"] if len(first) > MOST_RANGES else [])])
