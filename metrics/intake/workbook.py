"""A submitted file as it was opened, and as it was understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Sheet:
    """A sheet as it stands in the submitter's file: rows[0][0] is A1."""

    name: str
    rows: list[list[object]]  # None, bool, float, str, date, datetime, `Percent`, `Special`
    visible: bool = True


@dataclass(frozen=True)
class NonValue:
    """A cell that holds no usable value: an error such as #N/A, or an uncalculated formula."""

    what: Literal["error", "formula"]
    text: str


class Percent(str):
    """A number that the sheet shows in per cent, as it was typed: 12.5%.

    Its point is ours, so it says nothing of how the submitter writes decimals.
    """

    __slots__ = ()


@dataclass(frozen=True)
class TextFragment:
    """A text outside the cells: a comment, a defined name, a document property, a sheet's name."""

    kind: Literal["comment", "name", "property", "header", "drawing"]
    sheet: str
    cell: str
    text: str


@dataclass(frozen=True)
class Workbook:
    """What a stranger's file holds, whatever its format."""

    file: str
    format: str
    sheets: tuple[Sheet, ...]
    text_fragments: tuple[TextFragment, ...] = ()
    stamp: Mapping[str, str] = field(default_factory=dict)  # what our template hid in it
    remarks: tuple[str, ...] = ()  # "macros", "external_links": ignored, and said so


@dataclass(frozen=True)
class ParsedSubmission:
    """A workbook as understood: where it belongs and what it says. See `docs/tables.md`."""

    workbook: Workbook
    collection: str
    area: str
    round: str
    observations: "pd.DataFrame"
    actions: "pd.DataFrame"
    issues: "pd.DataFrame"  # rule, sheet, cell and words of what could not be placed
