"""Write the series of an indicator as text, and parse it.

| what | text | written by | read by |
| --- | --- | --- | --- |
| a series | `ICSE_VICTIMS[sex=F;age=Y13T17]` | `format_series` | `parse_series` |
| its codes alone | `sex=F;age=Y13T17`, empty for a total | `format_codes` | `parse_codes` |
| the dimensions of a breakdown | `sex+age` | `format_dimensions` | `parse_dimensions` |

`codes_of_rows` and `dimensions_of_rows` write the same for all rows of a table at once.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.core.errors import UnknownNameError
from metrics.core.keys import has_key
from metrics.core.tables import BREAKDOWNS, TOTAL, VALUE

NO_PART = ("", None, TOTAL)  # what says that a series is not broken down
# Spaces are never given back: a hundred thousand of them within a name would take half a minute.
SERIES_TEXT = re.compile(
    r"\s*+(?P<indicator>[A-Za-z][A-Za-z0-9_]*+)\s*+(\[(?P<parts>[^\]]*)\])?\s*+"
)


class SeriesTextError(UnknownNameError, ValueError):
    """A text that names no series."""


class ParsedSeries(NamedTuple):
    """One series of an indicator; a breakdown that is not in `codes` is a total."""

    indicator: str
    component: str
    codes: dict[str, str]


def format_series(
    indicator: str, component: str = VALUE, codes: Mapping[str, str] | None = None
) -> str:
    """The one spelling of a series: component first, then breakdowns in the tables' order."""
    named = "" if component == VALUE else f"component={component}"
    parts = ";".join(filter(None, [named, format_codes(codes or {})]))
    return f"{indicator}[{parts}]" if parts else indicator


def parse_series(text: str) -> ParsedSeries:
    """Parse a series as people type it; SeriesTextError quotes the text."""
    match = SERIES_TEXT.fullmatch(text)
    if match is None:
        raise SeriesTextError("no_series", text=text)
    pairs = [*_pairs(text, re.split(r"[;,]", match["parts"] or ""))]
    codes = dict(pairs)
    if len(codes) < len(pairs):
        raise SeriesTextError("breakdown_twice", text=text)
    unknown = set(codes) - {*BREAKDOWNS, "component"}
    if unknown:
        raise SeriesTextError(
            "no_breakdown",
            text=text,
            name=", ".join(sorted(unknown)),
            known=", ".join(BREAKDOWNS),
        )
    return ParsedSeries(match["indicator"].upper(), codes.pop("component", VALUE), codes)


def _pairs(text: str, parts: Iterable[str]) -> Iterable[tuple[str, str]]:
    for part in filter(str.strip, parts):
        name, equals, code = part.partition("=")
        if not equals:
            raise SeriesTextError("no_breakdown_code", text=text, part=part.strip())
        yield name.strip().lower(), code.strip()


def format_codes(codes: Mapping[str, str]) -> str:
    """Write the breakdown codes of a series, or of a row of a table, without totals."""
    return ";".join(
        f"{by}={codes[by]}" for by in BREAKDOWNS if by in codes and codes[by] not in NO_PART
    )


def parse_codes(text: str) -> dict[str, str]:
    """Parse the output of `format_codes`."""
    return dict(_pairs(text, text.split(";")))


def is_broken_down(table: pd.DataFrame) -> pd.Series:
    """Which rows are no total, but a part by any breakdown."""
    return ~has_key(table, BREAKDOWNS, [(TOTAL,) * len(BREAKDOWNS)])


def codes_of_rows(table: pd.DataFrame) -> list[str]:
    """Write the codes of every row of a table as `format_codes` does."""
    texts = np.full(len(table), "", dtype=object)
    for by in BREAKDOWNS:
        codes = table[by].to_numpy(dtype=object)
        is_part = ~np.isin(codes, ("", TOTAL))
        texts[is_part] += f";{by}=" + codes[is_part]
    return [text.removeprefix(";") for text in texts]


def format_dimensions(by: Iterable[str]) -> str:
    """Write the dimensions of a breakdown, in the order of the tables."""
    named = set(by)
    return "+".join(name for name in BREAKDOWNS if name in named)


def parse_dimensions(text: str) -> tuple[str, ...]:
    """Parse the dimensions of a breakdown in the order in which they are written."""
    return tuple(filter(None, text.split("+")))


def dimensions_of_rows(table: pd.DataFrame) -> list[str]:
    """Write the dimensions of every row's breakdown, as `format_dimensions` does."""
    texts = np.full(len(table), "", dtype=object)
    for by in BREAKDOWNS:
        is_part = ~np.isin(table[by].to_numpy(dtype=object), ("", TOTAL))
        texts[is_part] += f"+{by}"
    return [text.removeprefix("+") for text in texts]
