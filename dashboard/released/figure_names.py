"""One figure as an address names it: `ICSE_VICTIMS[sex=F]:FI:2024`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from metrics.core.errors import UnknownNameError
from metrics.core.series import ParsedSeries, format_series, parse_codes, parse_series

APART = ":"
PARTS_OF_NAME = 3


@dataclass(frozen=True)
class FigureName:
    series: str
    area: str
    period: str

    @classmethod
    def parse(cls, written: str) -> Self | None:
        """None of a text that names no figure."""
        parts = written.rsplit(APART, PARTS_OF_NAME - 1)
        if len(parts) < PARTS_OF_NAME:
            return None
        try:
            parse_series(parts[0])
        except UnknownNameError:
            return None
        return cls(*parts)

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Self:
        """Of a row whose breakdown codes are in the column `series`, as pages have them."""
        codes = parse_codes(str(row["series"]))
        series = format_series(str(row["indicator"]), str(row["component"]), codes)
        return cls(series, str(row["area"]), str(row["period"]))

    @property
    def parsed(self) -> ParsedSeries:
        return parse_series(self.series)

    def __str__(self) -> str:
        return APART.join((self.series, self.area, self.period))
