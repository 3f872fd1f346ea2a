"""What the steps pass to one another: a workbook, what it was read as, findings, verdicts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from metrics.definitions import Collection, Goal, Indicator
from metrics.period import ReferencePeriod
from metrics.tables import FREE, NORMAL

if TYPE_CHECKING:
    import pandas as pd

EXAMPLES = 3  # of what differs within a group of findings


class Severity(StrEnum):
    ERROR = "error"  # the file is not accepted
    WARNING = "warning"  # to be explained
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing wrong in one cell; `metrics.rules.words` says it in a language."""

    rule: str
    severity: Severity
    sheet: str
    cell: str  # "C17" in the submitter's own file; empty when it is about the sheet or the file
    values: Mapping[str, str] = field(default_factory=dict)  # typed, understood … for the words

    @property
    def place(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell


@dataclass(frozen=True)
class Group:
    """Findings of one cause, mended in one way. Each stays listed: nothing is capped."""

    findings: tuple[Finding, ...]

    @property
    def rule(self) -> str:
        return self.findings[0].rule

    @property
    def severity(self) -> Severity:
        return self.findings[0].severity

    @property
    def sheet(self) -> str:
        return self.findings[0].sheet

    @property
    def ranges(self) -> str:
        """The cells as people write them: `F3:F40, F44`."""
        return ranges(each.cell for each in self.findings)

    @property
    def values(self) -> Mapping[str, str]:
        """What the findings have in common, and examples of what they have not."""
        names = dict.fromkeys(name for each in self.findings for name in each.values)
        return {name: self._examples(name) for name in names}

    def _examples(self, name: str) -> str:
        said = list(dict.fromkeys(each.values.get(name, "") for each in self.findings))
        return "; ".join(said[:EXAMPLES]) + ("; …" if len(said) > EXAMPLES else "")


def ranges(cells: Iterable[str]) -> str:
    """Cells that stand one under the other become one range."""
    runs: list[tuple[str, str]] = []
    for cell in dict.fromkeys(cells):
        first, last = runs[-1] if runs else ("", "")
        follows = bool(last) and cell == _below(last)
        runs[-1 if follows else len(runs) :] = [(first if follows else cell, cell)]
    return ", ".join(first if first == last else f"{first}:{last}" for first, last in runs)


def _below(cell: str) -> str:
    column = cell.rstrip("0123456789")
    return f"{column}{int(cell[len(column) :] or 0) + 1}"


@dataclass(frozen=True)
class Sheet:
    """A sheet as it stands in the submitter's file: rows[0][0] is A1."""

    name: str
    rows: list[list[object]]  # None, bool, float, str, date, datetime, `Percent`, `Special`
    visible: bool = True
    hidden_rows: frozenset[int] = frozenset()  # as the submitter counts them, from 1


@dataclass(frozen=True)
class Special:
    """A cell that holds no usable value: an error such as #N/A, or an uncalculated formula."""

    what: Literal["error", "formula"]
    text: str


class Percent(str):
    """A number that the sheet shows in per cent, as it was typed: 12.5%.

    Its point is ours, so it says nothing of how the submitter writes decimals.
    """

    __slots__ = ()


@dataclass(frozen=True)
class Snippet:
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
    snippets: tuple[Snippet, ...] = ()
    stamp: Mapping[str, str] = field(default_factory=dict)  # what our template hid in it
    remarks: tuple[str, ...] = ()  # "macros", "external_links": ignored, and said so


class Status(StrEnum):
    """The verdict in words that all methods share; `category` keeps the method's own."""

    ACHIEVED = "achieved"
    ACHIEVED_LATE = "achieved_late"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MOVING_AWAY = "moving_away"
    NOT_YET_DUE = "not_yet_due"
    NOT_ACHIEVED = "not_achieved"  # its date has passed
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True)
class Point:
    """One value of one series: what a method is given to judge."""

    period: ReferencePeriod
    value: float  # NaN where there is none
    observation_status: str = NORMAL
    confidentiality_status: str = FREE
    since: str = ""  # the day a milestone was reached


@dataclass(frozen=True)
class Line:
    """One line of the arithmetic, as a reader would do it by hand."""

    label: str
    formula: str
    value: float | str | None


@dataclass(frozen=True)
class Verdict:
    """What a method makes of a series and a target, with its whole arithmetic."""

    status: Status
    category: str = ""  # in the method's own words
    reason: str = ""  # why there is no verdict, or what must be said beside it
    period: str = ""  # the latest period that was judged
    value: float | None = None
    baseline_period: str = ""
    baseline_value: float | None = None
    expected_value: float | None = None  # where the path stands at that period
    gap: float | None = None  # value - expected, in units; positive is better
    months_late: float | None = None
    score: float | None = None
    path: tuple[tuple[float, float], ...] = ()  # (year on the axis, value) to draw
    arithmetic: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Rule:
    """What is checked. `offends` gives the rows that offend, with what its words need."""

    name: str
    family: str
    severity: Severity
    offends: Callable[["Case"], "pd.DataFrame"]


@dataclass(frozen=True)
class Reading:
    """A workbook as understood: where it belongs and what it says. See `docs/tables.md`."""

    workbook: Workbook
    collection: str
    area: str
    round: str
    observations: "pd.DataFrame"
    actions: "pd.DataFrame"
    oddities: "pd.DataFrame"  # rule, sheet, cell and words of what could not be placed


@dataclass(frozen=True)
class Case:
    """A reading with all that it is held against."""

    reading: Reading
    collection: Collection
    indicators: Mapping[str, Indicator]
    goals: Mapping[str, Goal]
    asked: Mapping[str, str] = field(default_factory=dict)  # collection, area, round as asked for
    previous: "pd.DataFrame | None" = None  # the accepted vintage before this one
    history: "pd.DataFrame | None" = None  # accepted observations of earlier rounds
    peers: "pd.DataFrame | None" = None  # totals of other states, this round and the one before
    changed: "pd.DataFrame | None" = None  # by key, what a figure was before it became the previous
