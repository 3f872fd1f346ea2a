"""Workbooks to measure on: long lists of plausible observations, the same each time."""

from pathlib import Path

import numpy as np
import xlsxwriter

from metrics.catalogue.codelists import codelist

HEADER = ("indicator", "area", "period", "offence", "counted_by", "value", "observation_status",
          "remark", "source", "reference", "address", "unit")  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1901, 2025


def long_list(folder: Path, rows: int, odd_rows: int = 0) -> Path:
    """A long list of different series, so that no two rows are one observation.

    In so many rows at the beginning the value is no number.
    """
    path = folder / f"long-list-{rows}{f'-odd-{odd_rows}' if odd_rows else ''}.xlsx"
    if path.exists():
        return path
    values = np.random.default_rng(2026).integers(10, 50_000, rows)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Figures")
        sheet.write_row(0, 0, HEADER)
        for row, (key, value) in enumerate(zip(keys(rows), values, strict=True), start=1):
            status = "P" if row % 50 == 0 else ""
            extra = ("", "Statistical office", f"Release {row % 7}", "", "reports")
            typed = f"about {value}" if row <= odd_rows else int(value)
            sheet.write_row(row, 0, (*key, typed, status, *extra))
    return path


def keys(rows: int) -> list[tuple[str, str, int, str, str]]:
    """Indicator, area, period, offence, publisher: as many different ones as are asked for."""
    publishers = ["", *codelist("counted_by")]
    every = (
        ("HOTLINE_REPORTS_RECEIVED", area, year, "", publisher)
        for publisher in publishers
        for year in range(LAST_YEAR, FIRST_YEAR, -1)
        for area in codelist("area")
    )
    found = [key for key, _ in zip(every, range(rows), strict=False)]
    if len(found) < rows:
        raise ValueError(f"{rows} rows asked for, {len(found)} different observations exist")
    return found
