"""Invented figures of a few states with every kind of relation, small counts among them."""

from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from metrics.catalogue.loader import Catalogue
from metrics.core.tables import ATTRIBUTES, BREAKDOWNS, TOTAL
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.derive import derive
from tests.tables import COLLECTION, indicator

NO_RULE = {"areas": 0, "children": 0}
WORDS: dict[str, Any] = {"numerator": {"en": "helped"}, "denominator": {"en": "identified"}}
INDICATORS = [
    indicator(
        "VICTIMS", ("sex", "age", "sex+age"), counts_people=True, per_100_000_children=True,
        coverage=NO_RULE,
    ),
    indicator("HELPED", ("sex",), kind="share", counts_people=True, coverage=NO_RULE, **WORDS),
    indicator("REMOVED", ("band",), kind="duration", counts_people=True, coverage=NO_RULE),
]  # fmt: skip
CATALOGUE = Catalogue(
    {}, {}, {indicator.code: indicator for indicator in INDICATORS}, {"drawn": COLLECTION}, "drawn"
)
STATES = ("BE", "EE", "FI", "MT")
YEARS = ("2023", "2024")
SEXES, AGES = ("F", "M", "U"), ("Y9T12", "Y13T15")
BANDS = ("LE24H", "H24_48", "H48_72", "D3_7", "GT7D")


def values(seed: int, size: float = 4.0) -> pd.DataFrame:
    """Indicator values before disclosure control; `size` is the mean of the smallest counts."""
    random = np.random.default_rng(seed)
    rows = [
        row
        for area, period in product(STATES, YEARS)
        for row in _state(random, size, {"area": area, "period": period})
    ]
    return aggregate(derive(submitted(pd.DataFrame(rows)), CATALOGUE), CATALOGUE)


def submitted(rows: pd.DataFrame) -> pd.DataFrame:
    """As observations of accepted submissions."""
    usual: dict[str, str] = {**dict.fromkeys(BREAKDOWNS, TOTAL), **dict.fromkeys(ATTRIBUTES, "")}
    texts = rows.reindex(columns=list(usual)).astype("object").fillna(usual).astype("str")
    return (
        rows.drop(columns=rows.columns.intersection(list(usual)))
        .join(texts)
        .assign(
            observation_status="A",
            confidentiality_status="F",
            submission="0" * 64,
            collection="drawn",
            round="2024",
            vintage="2025-03-01T0900Z",
        )
        .assign(sheet="", cell="")
    )


def _state(
    random: np.random.Generator, size: float, place: dict[str, str]
) -> list[dict[str, object]]:
    victims = random.poisson(size, (len(SEXES), len(AGES)))
    identified = random.poisson(size, len(SEXES)) + 1
    helped = random.binomial(identified, 0.7)
    cases = random.poisson(size, len(BANDS))
    by = [_codes("sex", SEXES), _codes("age", AGES), _codes("band", BANDS)]
    return [
        *_table({**place, "indicator": "VICTIMS", "component": "value"}, victims, by[:2]),
        *_table({**place, "indicator": "HELPED", "component": "denominator"}, identified, by[:1]),
        *_table({**place, "indicator": "HELPED", "component": "numerator"}, helped, by[:1]),
        *_table({**place, "indicator": "REMOVED", "component": "cases"}, cases, by[2:]),
    ]


def _codes(name: str, codes: tuple[str, ...]) -> list[dict[str, str]]:
    return [{name: code} for code in codes]


def _table(
    place: dict[str, str], counts: np.ndarray, by: list[list[dict[str, str]]]
) -> list[dict[str, object]]:
    """Cells and all margins of a table of one or two dimensions."""
    cells: list[dict[str, object]] = []
    for kept in product([True, False], repeat=counts.ndim):
        gone = tuple(axis for axis, keep in enumerate(kept) if not keep)
        margin = counts.sum(axis=gone)
        codes = [name for name, keep in zip(by, kept, strict=True) if keep]
        for index, chosen in zip(np.ndindex(margin.shape), product(*codes), strict=True):
            merged = {name: code for codes_of_one in chosen for name, code in codes_of_one.items()}
            cells.append({**place, **merged, "value": float(margin[index])})
    return cells
