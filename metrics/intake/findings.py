"""Rules, findings, and groups of findings with one cause."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from metrics.catalogue.definitions.collections import Collection
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.cells import column_of
from metrics.intake.workbook import ParsedSubmission

if TYPE_CHECKING:
    import pandas as pd

EXAMPLES = 3  # of values that differ within a group
EXAMPLES_APART = "; "


class Severity(StrEnum):
    ERROR = "error"  # prevents acceptance
    WARNING = "warning"  # to be explained
    NOTE = "note"


def plain_digits(number: float) -> str:
    """A number as findings hold it: a fraction to ten digits, and never with an exponent."""
    return f"{number:.0f}" if number.is_integer() else f"{Decimal(f'{number:.10g}'):f}"


SEVERITY_RANKS = {severity: rank for rank, severity in enumerate(Severity)}  # the gravest is 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in one cell; `finding_texts.describe_finding` puts it into words."""

    rule: str
    severity: Severity
    sheet: str
    cell: str  # "C17"; empty if about a sheet or the file
    values: Mapping[str, str] = field(
        default_factory=dict
    )  # for the placeholders: typed, nearest …

    @property
    def location(self) -> str:
        """`Data!C17`, or the sheet alone; empty if the finding is about the file."""
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell


@dataclass(frozen=True)
class FindingGroup:
    """Findings with one cause, corrected in one way. All are listed, without a limit."""

    findings: tuple[Finding, ...]

    @property
    def rule(self) -> str:
        return self.findings[0].rule

    @property
    def severity(self) -> Severity:
        return self.findings[0].severity

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(finding.sheet for finding in self.findings))

    @property
    def location(self) -> str:
        """Sheets and cells as people write them: `Data!F3:F40, F44; Other!F5`; empty if none."""
        return "; ".join(filter(None, map(self._location_on, self.sheets)))

    def _location_on(self, sheet: str) -> str:
        cells = [own.cell for own in self.findings if own.sheet == sheet and own.cell]
        ranges = format_ranges(sorted(cells, key=_column_and_row))
        return f"{sheet}!{ranges}" if sheet and ranges else sheet or ranges

    def address(self, finding: Finding) -> str:
        """The cell of one of the findings, with its sheet if they are on several."""
        return finding.location if len(self.sheets) > 1 else finding.cell

    @property
    def values(self) -> Mapping[str, str]:
        """The values that the findings share, and examples of those that differ."""
        names = dict.fromkeys(name for finding in self.findings for name in finding.values)
        return {name: self._examples(name) for name in names}

    def _examples(self, name: str) -> str:
        values = list(dict.fromkeys(finding.values.get(name, "") for finding in self.findings))
        more = ["…"] if len(values) > EXAMPLES else []
        return EXAMPLES_APART.join([*values[:EXAMPLES], *more])


def format_ranges(cells: Iterable[str]) -> str:
    """Write consecutive cells of a column as one range."""
    runs: list[tuple[str, str]] = []
    for cell in dict.fromkeys(cells):
        first, last = runs[-1] if runs else ("", "")
        follows = bool(last) and cell == _cell_below(last)
        runs[-1 if follows else len(runs) :] = [(first if follows else cell, cell)]
    return ", ".join(first if first == last else f"{first}:{last}" for first, last in runs)


def _column_and_row(cell: str) -> tuple[int, str, int]:
    column = column_of(cell)
    return len(column), column, int(cell[len(column) :].partition(":")[0] or 0)


def _cell_below(cell: str) -> str:
    column = column_of(cell)
    return f"{column}{int(cell[len(column) :] or 0) + 1}"


@dataclass(frozen=True)
class Rule:
    """One check. `offends` returns the offending rows, with the values for the rule's texts."""

    name: str
    family: str
    severity: Severity
    offends: Callable[["ValidationContext"], "pd.DataFrame"]

    @property
    def finds_persons(self) -> bool:
        """Whether its findings are, or may be, about data on a person."""
        return self.family == "identifying"


@dataclass(frozen=True)
class ValidationContext:
    """A parsed submission with everything that rules compare it with."""

    reading: ParsedSubmission
    collection: Collection
    indicators: Mapping[str, Indicator]
    goals: Mapping[str, Goal]
    asked: Mapping[str, str] = field(default_factory=dict)  # collection, area, round as requested
    previous: "pd.DataFrame | None" = None  # the previous accepted vintage
    history: "pd.DataFrame | None" = None  # accepted observations of earlier rounds
    peers: "pd.DataFrame | None" = None  # totals of other states, this round and the one before
    changed: "pd.DataFrame | None" = None  # by key, each figure before its last change
    carried: "pd.DataFrame | None" = None  # figures in force that a part of a report leaves
