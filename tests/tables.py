"""Tables drawn in a test, as a reader would draw them on paper."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from metrics.catalogue.definitions import Breakdown, Collection, Goal, Indicator
from metrics.core.tables import BREAKDOWNS, FREE, NORMAL, TOTAL
from metrics.intake.findings import ValidationContext
from metrics.intake.workbook import ParsedSubmission, Sheet, TextFragment, Workbook

CELLS = ("key", "area", "period", "observation_status", "confidentiality_status", "since")
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
}
ACTION = (
    "policy_target", "goals", "status", "description", "timeframe", "progress", "partner",
)  # fmt: skip


def table(drawn: str) -> pd.DataFrame:
    """Columns between bars: `area | value`; numbers in the column `value`, text in all others."""
    header, *rows = (line.split("|") for line in drawn.strip().splitlines() if line.strip())
    names = [name.strip() for name in header]
    cells = [[cell.strip() for cell in row] for row in rows]
    drawn_table = pd.DataFrame(cells, columns=names).astype("str")
    numeric = [name for name in names if name == "value" or name.endswith("_value")]
    return drawn_table.assign(**{name: pd.to_numeric(drawn_table[name]) for name in numeric})


def observations(drawn: str) -> pd.DataFrame:
    """Observations with every column of the contract; what is not drawn has its usual value."""
    given = table(drawn).rename(columns={"status": "observation_status"})
    if "typed" not in given and "value" in given:
        given["typed"] = given["value"].map("{:g}".format).replace("nan", "")
    missing = {name: value for name, value in DEFAULTS.items() if name not in given}
    whole = given.assign(**missing)
    if "value" not in whole:
        whole["value"] = pd.to_numeric(whole["typed"], errors="coerce")
    if "form" not in whole:
        number = whole["value"].notna().map({True: "number", False: "text"})
        whole["form"] = number.mask(whole["typed"] == "", "empty")
    whole["understood"] = whole["value"].map("{:g}".format).replace("nan", "")
    return whole.assign(**_places(whole)).astype(
        {name: "str" for name in whole.columns if name not in {"value", "row"}} | {"value": float}
    )


def _places(whole: pd.DataFrame) -> dict[str, pd.Series]:
    """Where nothing is drawn, the values stand one under the other in column F of a sheet."""
    drawn = whole["cell"].where(whole["cell"] != "")
    cells = drawn.fillna(pd.Series([f"F{5 + row}" for row in range(len(whole))], whole.index))
    rows = cells.str.extract(r"(\d+)")[0].astype(int)
    return {"sheet": whole["sheet"].replace("", "Figures"), "cell": cells, "row": rows}


def actions(drawn: str) -> pd.DataFrame:
    given = table(drawn)
    columns = {name: "" for name in ACTION if name not in given}
    places = {f"{name}_cell": f"{letter}" for name, letter in zip(ACTION, "BCDEFGH", strict=True)}
    whole = given.assign(area="FI", sheet="Actions", **columns)
    whole["row"] = range(5, 5 + len(whole))
    cells = {name: [f"{letter}{row}" for row in whole["row"]] for name, letter in places.items()}
    whole = whole.assign(**cells, cell=cells["description_cell"])
    return whole.astype({name: "str" for name in whole.columns if name != "row"})


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
        workbook(), "drawn", "FI", "2024", shown, actions(NO_ACTIONS), table(NO_ODDITIES)
    )
    of_reading = {name: others.pop(name) for name in vars(reading) if name in others}
    known = {definition.code: definition for definition in indicators}
    goals: Mapping[str, Goal] = {}
    whole = ValidationContext(replace(reading, **of_reading), COLLECTION, known, goals)
    return replace(whole, **others)
