"""Is everything there that was asked?"""

import pandas as pd

from metrics.model import Case, Severity
from metrics.rules import LANGUAGES, rule
from metrics.rules.values import WITHOUT_VALUE
from metrics.tables import BREAKDOWNS, NORMAL, TOTAL


def said(cells: pd.DataFrame) -> pd.Series:
    """Rows that hold something, or say by a status why they do not."""
    return (cells["form"] != "empty") | ~cells["observation_status"].isin(["", NORMAL])


@rule(Severity.NOTE)
def indicator_left_out(case: Case) -> pd.DataFrame:
    """Indicators of which the workbook has rows, or should have, and nothing is filled in."""
    cells = case.reading.observations
    filled = set(cells.loc[said(cells), "indicator"])
    states = case.collection.areas == "member_states" and bool(filled)
    asked = {code: each for code, each in case.indicators.items() if each.collected and states}
    left = [code for code in asked if code not in filled]
    first = cells.drop_duplicates("indicator").set_index("indicator")[["sheet", "cell"]]
    places = first.reindex(left).fillna("")
    names = {
        f"name_{language}": [asked[code].name(language) for code in left] for language in LANGUAGES
    }
    return places.assign(indicator=left, name=names["name_en"], **names)


@rule(Severity.NOTE)
def part_left_empty(case: Case) -> pd.DataFrame:
    """An empty cell among filled ones: a zero, or not known? Nobody can tell."""
    cells = case.reading.observations
    keys = ["indicator", "component", "area", "period"]
    filled = (said(cells) & _parts(cells)).groupby([cells[key] for key in keys]).transform("sum")
    offends = _parts(cells) & ~said(cells) & (filled > 0)
    return cells.loc[offends, ["sheet", "cell", "indicator"]]


def _parts(cells: pd.DataFrame) -> pd.Series:
    apart = cells[list(BREAKDOWNS)] != TOTAL
    return apart.any(axis=1)


@rule(Severity.NOTE)
def missing_unexplained(case: Case) -> pd.DataFrame:
    """A value is said to be missing; a remark would say why."""
    cells = case.reading.observations
    missing = cells["observation_status"].isin(set(WITHOUT_VALUE) - {"M", "Q"})
    offends = missing & (cells["form"] == "empty") & (cells["remark"] == "")
    return cells.loc[offends, ["sheet", "cell", "indicator"]]
