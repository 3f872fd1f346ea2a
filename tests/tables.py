"""Tables drawn in a test, as a reader would draw them on paper."""

from collections.abc import Mapping
from dataclasses import replace
from math import isnan
from typing import TYPE_CHECKING, Any

import pandas as pd

from metrics.catalogue.definitions.collections import Collection
from metrics.catalogue.definitions.indicators import Breakdown, Indicator
from metrics.core.tables import BREAKDOWNS, FREE, NORMAL, TOTAL
from metrics.intake.findings import ValidationContext
from metrics.intake.workbook import ParsedSubmission, Sheet, TextFragment, Workbook

if TYPE_CHECKING:
    from metrics.catalogue.definitions.goals import Goal

CELLS = ("key", "area", "period", "observation_status", "confidentiality_status", "since", "limit")
TEXTS = (
    "sheet",
    "cell",
    "typed",
    "understood",
    "since",
    "reference",
    "remark",
    "source",
    "address",
    "limit",
)
DEFAULTS: Mapping[str, str] = {
    "component": "value",
    "area": "FI",
    "period": "2024",
    "observation_status": NORMAL,
    "confidentiality_status": FREE,
    **dict.fromkeys(BREAKDOWNS, TOTAL),
    **dict.fromkeys(TEXTS, ""),
    **{f"{name}_typed": "" for name in CELLS},
    **{f"{name}_cell": "" for name in (*CELLS, "remark")},
    **dict.fromkeys(("last_period", "last_period_typed", "last_period_cell"), ""),
}
ACTION = (
    "policy_target", "goals", "status", "description", "timeframe", "progress", "partner", "theme",
)  # fmt: skip


def table(drawn: str) -> pd.DataFrame:
    """Columns between bars: `area | value`; numbers in the column `value`, text in all others."""
    return pd.DataFrame(
        {
            name: _numbers(cells) if name == "value" or name.endswith("_value") else _texts(cells)
            for name, cells in _columns(drawn).items()
        }
    )


def _columns(drawn: str) -> dict[str, list[str]]:
    header, *rows = (line.split("|") for line in drawn.strip().splitlines() if line.strip())
    cells = [[cell.strip() for cell in row] for row in rows]
    return {name.strip(): [row[at] for row in cells] for at, name in enumerate(header)}


def _texts(cells: list[str]) -> Any:
    return pd.array(cells, dtype="str")


def _numbers(cells: list[str]) -> pd.Series:
    return pd.to_numeric(pd.Series(cells, dtype="str"))


def observations(drawn: str) -> pd.DataFrame:
    """Observations with every column of the contract; what is not drawn has its usual value."""
    given = _columns(drawn)
    if "status" in given:
        given["observation_status"] = given.pop("status")
    size = len(next(iter(given.values())))
    whole = {name: [usual] * size for name, usual in DEFAULTS.items()} | given
    numbers = pd.to_numeric(pd.Series(given.get("value", whole["typed"])), errors="coerce")
    numbers = numbers.astype(float)
    whole["understood"] = ["" if isnan(number) else f"{number:g}" for number in numbers]
    if "typed" not in given and "value" in given:
        whole["typed"] = whole["understood"]
    if "form" not in given:
        whole["form"] = [
            "empty" if not typed else "text" if isnan(number) else "number"
            for typed, number in zip(whole["typed"], numbers, strict=True)
        ]
    # Where nothing is drawn, the values stand one under the other in column F of a sheet.
    whole["sheet"] = [sheet or "Figures" for sheet in whole["sheet"]]
    whole["cell"] = [cell or f"F{5 + row}" for row, cell in enumerate(whole["cell"])]
    rows = [int("".join(filter(str.isdigit, cell))) for cell in whole["cell"]]
    texts = {name: _texts(cells) for name, cells in whole.items() if name != "value"}
    return pd.DataFrame(texts).assign(value=numbers, row=pd.Series(rows, dtype="int64"))


def actions(drawn: str) -> pd.DataFrame:
    given = _columns(drawn)
    size = len(next(iter(given.values())))
    rows = range(5, 5 + size)
    whole = {name: [""] * size for name in ACTION} | given
    whole |= {"area": ["FI"] * size, "sheet": ["Actions"] * size}
    for name, letter in zip(ACTION, "BCDEFGHI", strict=True):
        whole[f"{name}_cell"] = [f"{letter}{row}" for row in rows]
    whole["cell"] = whole["description_cell"]
    texts = {name: _texts(cells) for name, cells in whole.items()}
    return pd.DataFrame(texts).assign(row=pd.Series(rows, dtype="int64"))


def workbook(*sheets: Sheet, text_fragments: tuple[TextFragment, ...] = ()) -> Workbook:
    return Workbook("report.xlsx", "xlsx", sheets, text_fragments)


def indicator(
    code: str,
    by: tuple[str, ...] = (),
    overlapping: tuple[str, ...] = (),
    codes: Mapping[str, tuple[str, ...]] | None = None,
    **fields: Any,
) -> Indicator:
    """An indicator as a test needs it: `by=("sex", "sex+age")` breaks it down so."""
    parts = [(dimensions, True) for dimensions in by] + [
        (dimensions, False) for dimensions in overlapping
    ]
    breakdowns = tuple(
        Breakdown(by=tuple(dimensions.split("+")), adds_up=adds_up, codes=codes or {})
        for dimensions, adds_up in parts
    )
    usual = {"name": {"en": code}, "definition": {"en": code}, "kind": "flow", "unit": "CASES"}
    usual |= {"measures": "outcome", "measures_why": "For tests."}
    return Indicator.model_validate(
        {**usual, "code": code, "direction": "up", "breakdowns": breakdowns, **fields}
    )


COLLECTION = Collection.model_validate(
    {
        "code": "drawn", "name": {"en": "Drawn"}, "note": {"en": "For tests"},
        "nature": "invented", "areas": "member_states", "template": "follow_up",
        "disclosure": {"minimum_frequency": 3},
        "rounds": [
            {"code": "2024", "periods": [2024], "opens": "2025-01-15", "due": "2025-03-31"},
            {"code": "open", "opens": "2025-01-15", "due": "2025-03-31"},
        ],
    }
)  # fmt: skip
PUBLISHED = COLLECTION.model_copy(update={"code": "quoted", "nature": "published", "areas": "any"})
NOTHING = "indicator | value"
NO_ACTIONS = "goals | description"
NO_ODDITIES = "rule | sheet | cell"


def case(
    drawn: str | pd.DataFrame = NOTHING, *indicators: Indicator, **others: Any
) -> ValidationContext:
    """A case around drawn observations; `others` are fields of the case or of its reading."""
    shown = observations(drawn) if isinstance(drawn, str) else drawn
    reading = ParsedSubmission(
        workbook(), "drawn", "FI", "2024", shown, actions(NO_ACTIONS), table(NO_ODDITIES),
        shown.head(0),
    )  # fmt: skip
    of_reading = {name: others.pop(name) for name in vars(reading) if name in others}
    known = {definition.code: definition for definition in indicators}
    goals: Mapping[str, Goal] = {}
    whole = ValidationContext(replace(reading, **of_reading), COLLECTION, known, goals)
    return replace(whole, **others)
