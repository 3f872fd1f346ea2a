"""What no verdict of the whole chain depends on: derive, aggregate and assess, one after another."""

from datetime import date
from functools import cache
from typing import Any

import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import Catalogue
from metrics.core.tables import EU
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.derive import derive
from tests.drawn_values import assess_values
from tests.tables import COLLECTION, indicator, observations

ON = date(2026, 6, 1)
# A run of the chain over 27 states takes a second: few examples, and none is made smaller.
LAWS = settings(max_examples=2, deadline=None, phases=[Phase.generate])
PARTS: dict[str, Any] = {"numerator": {"en": "n"}, "denominator": {"en": "d"}}
SHARE: dict[str, Any] = {"kind": "share", "unit": "PC", **PARTS}
LADDER = ("not_started", "adopted", "in_force")
SOURCE = {"document": "drawn", "paragraph": "1"}
TARGETS: tuple[dict[str, Any], ...] = (
    {"indicator": "FLOW", "rule": "direction_only", "beside": ("growth_ratio", "projected_gap")},
    {"indicator": "FLOW", "rule": "growth_per_year", "percent": 10, "method": "yearly_growth"},
    {"indicator": "FLOW", "rule": "level_by_date", "value": 900, "by": "2030",
     "beside": ("growth_ratio", "projected_gap")},
    {"indicator": "SHARE", "rule": "direction_only", "beside": ("projected_gap",)},
    {"indicator": "SHARE", "rule": "keep_at", "value": 60,
     "beside": ("projected_gap", "level_and_change")},
    {"indicator": "LAW", "rule": "milestone_by_date", "step": "in_force", "by": "2024-12-31"},
)  # fmt: skip
series = st.lists(st.integers(20, 500), min_size=4, max_size=4)
counts = st.fixed_dictionaries({"FI": series, "SE": series, "usual": series})
SAID = ["status", "category", "reason", "period"]


@cache
def defined(direction: str = "up", unit: int = 1) -> Catalogue:
    """Two sorts of figures and a step, with every method that assesses them; `unit` is 1 or −1."""
    indicators = [
        indicator("FLOW", direction=direction),
        indicator("SHARE", direction=direction, **SHARE),
        indicator("LAW", kind="milestone", unit="STEP", ladder=LADDER, reached_at="in_force"),
        indicator("OTHER"),
    ]
    known = {indicator.code: indicator for indicator in indicators}
    return Catalogue({}, {"G": goal(direction, unit)}, known, {"drawn": COLLECTION}, "drawn")


def goal(direction: str, unit: int) -> Goal:
    """Levels stand where the scale has them: −900 upside down, and 40 % for what was 60 %."""
    levels = {"FLOW": 900 * unit, "SHARE": 60 if direction == "up" else 40}
    targets = [
        {"id": f"t{n}", "method": target["rule"], "source": SOURCE, **target}
        | ({"value": levels[target["indicator"]]} if "value" in target else {})
        for n, target in enumerate(TARGETS)
    ]
    return Goal.model_validate(
        {"code": "G", "framework": "F", "order": 1, "name": {"en": "G"}, "wording": {"en": "G"}, "short_name": {"en": "G"},
         "source": SOURCE, "targets": targets}
    )  # fmt: skip


def reported(values: dict[str, list[int]], sign: int = 1) -> pd.DataFrame:
    """What every state sends: a count, the same count as a share of 1,000, a step."""
    rows = ["indicator | component | area | period | value"]
    for area in member_states():
        for year, count in enumerate(values.get(area, values["usual"]), 2022):
            part = count if sign > 0 else 1000 - count
            rows += [
                f"FLOW | value | {area} | {year} | {sign * count}",
                f"SHARE | numerator | {area} | {year} | {part}",
                f"SHARE | denominator | {area} | {year} | 1000",
                f"LAW | step | {area} | {year} | {count % 3}",
            ]
    return sent("\n".join(rows))


def sent(drawn: str) -> pd.DataFrame:
    usual = {"submission": "0" * 64, "collection": "drawn", "round": "2024"}
    return observations(drawn).assign(**usual, vintage="2025-03-01T0900Z")


def assessed(rows: pd.DataFrame, catalogue: Catalogue, *, union: bool = True) -> pd.DataFrame:
    values = derive(rows, catalogue)
    table = assess_values(aggregate(values, catalogue) if union else values, catalogue, ON)
    return table.set_index(["target", "area", "method"]).sort_index()


def of_area(table: pd.DataFrame, area: str) -> pd.DataFrame:
    rows = table[table.index.get_level_values("area") == area].droplevel("area")
    return rows[rows.index.get_level_values("method") != "level_and_change"]


@LAWS
@given(values=counts, seed=st.integers(0, 99))
def test_neither_order_nor_what_is_unrelated_changes_anything(
    values: dict[str, list[int]], seed: int
) -> None:
    """Rows in another order, of another indicator, of an area that is no Member State."""
    rows = reported(values)
    flows = rows[rows["indicator"] == "FLOW"]
    others = [flows.assign(indicator="OTHER", value=1.0), flows.assign(area="NO").drop_duplicates(
        ["area", "period"])]  # fmt: skip
    mixed = pd.concat([*others, rows]).sample(frac=1, random_state=seed).reset_index(drop=True)

    pd.testing.assert_frame_equal(assessed(mixed, defined()), assessed(rows, defined()))


@LAWS
@given(values=counts, changed=series)
def test_another_state_changes_no_verdict_on_this_one(
    values: dict[str, list[int]], changed: list[int]
) -> None:
    """Whatever Sweden sends, and whether it sends anything, Finland is assessed on its own."""
    rows = reported(values)
    other = assessed(reported({**values, "SE": changed}), defined(), union=False)
    without = assessed(rows[rows["area"] != "SE"].reset_index(drop=True), defined(), union=False)

    alone = of_area(assessed(rows, defined(), union=False), "FI")
    pd.testing.assert_frame_equal(of_area(other, "FI"), alone)
    pd.testing.assert_frame_equal(of_area(without, "FI"), alone)


@LAWS
@given(values=counts)
def test_turning_the_scale_upside_down_changes_no_verdict(values: dict[str, list[int]]) -> None:
    """Counts below zero, shares of the other part, less wanted: growth is defined for neither.

    What a method says about a share holds of the other part. Whether a change is clear need not: 3 %
    of 60 are more than 3 % of the other 40.
    """
    upright = assessed(reported(values), defined())
    turned = assessed(reported(values, -1), defined("down", -1))

    mirrored = upright.index.get_level_values("method") != "yearly_growth"
    is_share = (upright["indicator"] == "SHARE").to_numpy()
    for rows, said in ((mirrored & ~is_share, SAID), (is_share, ["category", "period"])):
        pd.testing.assert_frame_equal(turned[rows][said], upright[rows][said])


def test_the_laws_are_about_verdicts() -> None:
    """None of them holds for want of anything to assess."""
    table = assessed(reported({"usual": [40, 50, 60, 55]}), defined())

    for area in ("FI", EU):
        assessed_here = of_area(table, area)
        assert len(assessed_here) == 12
        assert "not_assessed" not in set(assessed_here["status"])
