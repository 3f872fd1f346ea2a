"""Is everything there that was asked?"""

from collections.abc import Iterator
from itertools import product

import pandas as pd

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions import Indicator
from metrics.core.tables import BREAKDOWNS, KEY, MEDIAN, NORMAL, TOTAL
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.structure import with_series
from metrics.intake.rules.values import WITHOUT_VALUE


def said(cells: pd.DataFrame) -> pd.Series:
    """Rows that hold something, or say by a status why they do not."""
    return (cells["form"] != "empty") | ~cells["observation_status"].isin(["", NORMAL])


@rule(Severity.NOTE)
def indicator_left_out(case: ValidationContext) -> pd.DataFrame:
    """Indicators of which the workbook has rows, or should have, and nothing is filled in."""
    cells = case.reading.observations
    filled = set(cells.loc[said(cells), "indicator"])
    states = case.collection.areas == "member_states" and bool(filled)
    asked = {code: each for code, each in case.indicators.items() if each.collected and states}
    left = [code for code in asked if code not in filled]
    first = cells.drop_duplicates("indicator").set_index("indicator")[["sheet", "cell"]]
    return first.reindex(left).fillna("").assign(indicator=left)


@rule(Severity.NOTE)
def part_left_empty(case: ValidationContext) -> pd.DataFrame:
    """An empty cell among filled ones: a zero, or not known? Nobody can tell."""
    cells = case.reading.observations
    keys = ["indicator", "component", "area", "period"]
    filled = (said(cells) & _parts(cells)).groupby([cells[key] for key in keys]).transform("sum")
    offends = _parts(cells) & ~said(cells) & (filled > 0)
    return cells.loc[offends, ["sheet", "cell", "indicator"]]


@rule(Severity.NOTE)
def row_left_out(case: ValidationContext) -> pd.DataFrame:
    """A row that the template asked for and that is not in the file: deleted, or never copied."""
    cells = case.reading.observations
    keys = pd.DataFrame(_asked(case), columns=["sheet", "cell", *KEY], dtype="str")
    there = pd.MultiIndex.from_frame(cells[[*KEY]])
    gone = ~pd.MultiIndex.from_frame(keys[[*KEY]]).isin(there)
    return with_series(keys[gone])[["sheet", "cell", "series"]]


def _asked(case: ValidationContext) -> Iterator[dict[str, str]]:
    """The keys of every indicator of which anything is filled in; a table of one's own has any."""
    cells = case.reading.observations
    if "template" not in case.reading.workbook.stamp:
        return
    filled = cells[said(cells) & cells["indicator"].isin(case.indicators)]
    of = ["indicator", "area", "period"]
    for row in filled.drop_duplicates(of)[["sheet", *of]].to_dict("records"):
        place = {str(name): str(code) for name, code in row.items()}
        for codes in _rows(case.indicators[place["indicator"]]):
            yield {"cell": "", **dict.fromkeys(BREAKDOWNS, TOTAL), **place, **codes}


def _rows(indicator: Indicator) -> Iterator[dict[str, str]]:
    """Component and breakdowns of each row whose code the sender does not choose."""
    for component in indicator.components:
        if indicator.has_total:
            yield {"component": component}
        for each in indicator.breakdowns:
            has_rows = not (component == MEDIAN and "band" in each.by)
            if each.collected and not each.chosen and has_rows:
                lists = (each.codes.get(by) or tuple(codelist(by)) for by in each.by)
                for codes in product(*lists):
                    if TOTAL not in codes:
                        yield {"component": component, **dict(zip(each.by, codes, strict=True))}


def _parts(cells: pd.DataFrame) -> pd.Series:
    apart = cells[list(BREAKDOWNS)] != TOTAL
    return apart.any(axis=1)


@rule(Severity.NOTE)
def missing_unexplained(case: ValidationContext) -> pd.DataFrame:
    """A value is said to be missing; a remark would say why."""
    cells = case.reading.observations
    missing = cells["observation_status"].isin(set(WITHOUT_VALUE) - {"M", "Q"})
    offends = missing & (cells["form"] == "empty") & (cells["remark"] == "")
    return cells.loc[offends, ["sheet", "cell", "indicator"]]
