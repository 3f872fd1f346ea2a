"""What may be shown of the indicator values."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics.catalogue.definitions.collections import DisclosurePolicy
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.errors import DisclosureError
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.disclosure.audit import audit_release
from metrics.statistics.disclosure.disclose import disclose, with_true_values
from metrics.statistics.disclosure.secondary import find_exposures
from tests.statistics.aggregation.test_aggregate import ANY
from tests.statistics.disclosure.drawn import (
    exact_intervals,
    grid,
    hidden,
    hidden_cells,
    suppression_problem,
    system,
)
from tests.statistics.test_derive import catalogue, derived, one
from tests.tables import indicator

PEOPLE: dict[str, Any] = {"counts_people": True, "coverage": ANY}
VICTIMS = indicator("VICTIMS", ("sex",), per_100_000_children=True, **PEOPLE)
HELPED = indicator(
    "HELPED", ("sex",), kind="share", numerator={"en": "a"}, denominator={"en": "b"}, **PEOPLE
)
REMOVED = indicator("REMOVED", ("band",), kind="duration", coverage=ANY)
LAW = indicator("LAW", kind="milestone", ladder=["not_started", "adopted"], reached_at="adopted")
STAFF = indicator("STAFF", kind="stock", coverage=ANY)
SPHERES = indicator(
    "SPHERES", kind="flow", counts_people=True, breakdowns=[{"by": ["sphere"], "adds_up": False}]
)
ALL = (VICTIMS, HELPED, REMOVED, LAW, STAFF)
POLICY = DisclosurePolicy(minimum_frequency=3)


def shown(drawn: str, policy: DisclosurePolicy = POLICY, *chosen: Indicator) -> pd.DataFrame:
    known = catalogue(*(chosen or ALL))
    return disclose(aggregate(derived(drawn, *(chosen or ALL)), known), policy, known)


def withheld(table: pd.DataFrame, *names: str) -> list[tuple[str, ...]]:
    rows = table[table["observation_status"] == "Q"]
    return sorted(rows[list(names)].itertuples(index=False, name=None))


@pytest.mark.parametrize(("value", "is_withheld"), [(0, False), (1, True), (2, True), (3, False)])
def test_minimum_frequency(value: int, is_withheld: bool) -> None:
    row = one(shown(f"indicator | value\n VICTIMS | {value}"), component="value", area="FI")

    assert pd.isna(row["value"]) == is_withheld
    assert (row["observation_status"], row["confidentiality_status"]) == (
        ("Q", "C") if is_withheld else ("A", "F")
    )


def test_only_people_are_few() -> None:
    assert withheld(shown("indicator | value\n STAFF | 1"), "area") == []


@pytest.mark.parametrize("status", ["C", "N", "D"])
def test_what_its_sender_keeps_is_withheld_under_the_one_mark(status: str) -> None:
    drawn = f"indicator | value | confidentiality_status\n STAFF | 57 | {status}"

    row = one(shown(drawn), component="value", area="FI")

    assert pd.isna(row["value"])
    assert (row["observation_status"], row["confidentiality_status"]) == ("Q", "C")


def test_what_its_sender_did_not_send_looks_like_what_is_withheld_here() -> None:
    drawn = "indicator | value | observation_status | remark\n STAFF | | Q | By order of the court"

    row = one(shown(drawn), component="value", area="FI")

    assert (row["observation_status"], row["confidentiality_status"]) == ("Q", "C")
    assert row["remark"] == ""


def test_zeros_are_withheld_where_the_policy_says_so() -> None:
    """M. Of the married, six work full-time and none part-time: that says it of every one."""
    policy = DisclosurePolicy(minimum_frequency=3, zeros_confidential=True)

    table = shown(
        "indicator | sex | value\n VICTIMS | _T | 6\n VICTIMS | F | 6\n VICTIMS | M | 0", policy
    )

    gone = withheld(table[(table["component"] == "value") & (table["area"] == "FI")], "sex")
    assert ("M",) in gone
    assert len(gone) == 2


def test_two_tables_whose_difference_is_one_person() -> None:
    """M. Below 20 hours: 6; below 25 hours: 7. So one has 20 to 24."""
    hours = system(
        [{"below 25": 1, "below 20": -1, "20 to 24": -1}],
        {"below 25": 7, "below 20": 6, "20 to 24": 1},
    )

    found = hidden_cells(suppression_problem(hours, hidden(hours, 2)))

    assert found.tolist() == [False, True, True]


def test_what_was_said_beside_a_withheld_value_goes_with_it() -> None:
    drawn = (
        "indicator | value | remark | since | source\n VICTIMS | 2 | two girls | 2024-05-05 | press"
    )

    row = one(shown(drawn), component="value", area="FI")

    assert (row["remark"], row["since"], row["source"]) == ("", "", "")


def test_the_cause_of_a_break_does_not_name_a_state_whose_value_is_withheld() -> None:
    table = shown("""
        indicator | area | period | value | confidentiality_status
        STAFF     | FI   | 2023   | 20    | F
        STAFF     | SE   | 2023   | 20    | F
        STAFF     | FI   | 2024   | 20    | F
        STAFF     | SE   | 2024   | 20    | F
        STAFF     | DE   | 2024   | 20    | C
        STAFF     | MT   | 2024   | 20    | C
        STAFF     | IE   | 2024   | 20    | F
    """)

    total = one(table, component="value", area="EU27_2020", period="2024")
    assert (total["observation_status"], total["remark"]) == ("B", "joined: IE and 2 more")


def test_the_mark_does_not_tell_small_counts_from_those_beside_them() -> None:
    """A girl and a boy of two: who knew which are small would know all three."""
    table = shown("indicator | sex | value\n VICTIMS | _T | 2\n VICTIMS | F | 1\n VICTIMS | M | 1")
    beside = shown(
        "indicator | sex | value\n VICTIMS | _T | 12\n VICTIMS | F | 2\n VICTIMS | M | 10"
    )

    marks = pd.concat([table, beside])["confidentiality_status"]
    assert set(marks) == {"F", "C"}


def test_a_total_does_not_give_its_only_withheld_part_back() -> None:
    table = shown(
        "indicator | sex | value\n VICTIMS | _T | 12\n VICTIMS | F | 2\n VICTIMS | M | 10"
    )

    assert withheld(table[table["area"] == "FI"], "sex", "confidentiality_status") == [
        ("F", "C"),
        ("M", "C"),
    ]


def test_the_union_does_not_give_a_withheld_state_back_to_another() -> None:
    """With Finland alone beside it, Finland would know Malta's: each state knows its own."""
    drawn = "indicator | area | value\n VICTIMS | MT | 2\n VICTIMS | FI | 50\n VICTIMS | SE | 60"

    table = shown(drawn)

    assert withheld(table[table["component"] == "value"], "area") == [("FI",), ("MT",), ("SE",)]


def test_a_year_does_not_give_its_only_withheld_quarter_back() -> None:
    quarters = {"2024": 22, "2024-Q1": 2, "2024-Q2": 5, "2024-Q3": 7, "2024-Q4": 8}
    rows = [f"VICTIMS | {period} | {value}" for period, value in quarters.items()]

    table = shown("\n".join(["indicator | period | value", *rows]))

    periods = withheld(table[table["area"] == "FI"].query("component == 'value'"), "period")
    assert ("2024-Q1",) in periods
    assert len(periods) == 2


def test_quarters_of_a_stock_do_not_add_up_to_a_year() -> None:
    rows = ["STAFF | 2024 | 8 | F", "STAFF | 2024-Q1 | 2 | C", "STAFF | 2024-Q2 | 6 | F"]

    table = shown("\n".join(["indicator | period | value | confidentiality_status", *rows]))

    assert {period for (period,) in withheld(table, "period")} == {"2024-Q1"}


def test_a_share_goes_with_its_numerator() -> None:
    drawn = """
        indicator | component   | value
        HELPED    | numerator   | 2
        HELPED    | denominator | 40
    """

    table = shown(drawn)

    assert ("FI", "value") in withheld(table, "area", "component")
    assert one(table, area="FI", component="denominator")["value"] == 40


def test_changes_and_rates_go_with_either_end() -> None:
    drawn = "indicator | period | value\n VICTIMS | 2023 | 2\n VICTIMS | 2024 | 50\n VICTIMS | 2025 | 60"

    table = shown(drawn)

    gone = withheld(table[table["area"] == "FI"], "component", "period")
    assert ("year_on_year", "2024") in gone
    assert ("per_100_000_children", "2023") in gone
    assert ("year_on_year", "2025") not in gone


def test_an_index_goes_with_any_of_its_links() -> None:
    rows = [f"VICTIMS | {area} | {year} | {value}" for area, year, value in
            [("FI", 2023, 9), ("FI", 2024, 9), ("MT", 2023, 2), ("MT", 2024, 9), ("SE", 2023, 90)]]  # fmt: skip

    table = shown("\n".join(["indicator | area | period | value", *rows]))

    index = table[table["component"] == "chained_index"]
    assert index["value"].isna().all()


@pytest.mark.parametrize(
    ("small", "shown_years"),
    [
        ("2023", []),
        ("2024", []),
        ("2025", ["2023", "2024"]),
        ("2026", ["2023", "2024", "2025"]),
    ],
)
def test_an_index_is_shown_as_far_as_the_changes_that_make_it(
    small: str, shown_years: list[str]
) -> None:
    """Sweden reports one year only, so that the Union's own values do not give its changes."""
    years = ["2023", "2024", "2025", "2026"]
    counts = {("MT", small): 2, ("SE", small): 90}
    rows = [
        f"VICTIMS | {area} | {year} | {counts.get((area, year), 20 + int(year[-1]))}"
        for year in years
        for area in ("FI", "MT", *(["SE"] if year == small else []))
    ]

    table = shown("\n".join(["indicator | area | period | value", *rows]))

    index = table[table["component"] == "chained_index"].sort_values("period")
    assert index["period"].tolist() == years
    assert index.loc[index["value"].notna(), "period"].tolist() == shown_years


def test_a_median_goes_with_its_bands() -> None:
    bands = {"_T": 12, "LE24H": 2, "H24_48": 10}
    rows = [
        f"REMOVED | cases | {band} | {n} | {'C' if n == 2 else 'F'}" for band, n in bands.items()
    ]
    drawn = "indicator | component | band | value | confidentiality_status"

    for reported in (["REMOVED | median | _T | 30 | F"], []):
        table = shown("\n".join([drawn, *rows, *reported]))
        parts = withheld(table, "area", "component")

        assert "FI" in {area for area, part in parts if part == "median"}


def test_the_count_of_states_goes_with_a_confidential_step() -> None:
    drawn = """
        indicator | area | component | value | confidentiality_status
        LAW       | FI   | step      | 1     | C
        LAW       | SE   | step      | 1     | F
    """

    assert withheld(shown(drawn), "area", "component") == [("EU27_2020", "reached"), ("FI", "step")]


def test_parts_that_overlap_add_up_to_nothing() -> None:
    drawn = "indicator | sphere | value\n SPHERES | _T | 50\n SPHERES | ONLINE | 2\n SPHERES | OFFLINE | 48"

    table = shown(drawn, POLICY, SPHERES)

    assert withheld(table[table["area"] == "FI"].query("component == 'value'"), "sphere") == [
        ("ONLINE",)
    ]


def test_missing_stays_missing_and_free_stays_free() -> None:
    table = shown("indicator | sex | value | status\n VICTIMS | _T | 50 | P\n VICTIMS | F | | L")

    rows = table[(table["component"] == "value") & (table["area"] == "FI")].set_index("sex")
    assert rows["observation_status"].to_dict() == {"_T": "P", "F": "L"}


def test_nothing_stays_nothing() -> None:
    nothing = derived("indicator | value\n VICTIMS | 1", *ALL).iloc[:0]

    assert disclose(nothing, POLICY, catalogue(*ALL)).empty


def test_what_only_one_table_can_be_is_refused() -> None:
    """An earlier release has shown all but one cell, and its total: no pattern protects it now."""
    drawn = "indicator | sex | value\n VICTIMS | _T | 12\n VICTIMS | F | 2\n VICTIMS | M | 10"
    known = catalogue(VICTIMS)
    values = derived(drawn, VICTIMS)
    before = values.assign(value=values["value"].mask(values["sex"] == "F"), observation_status="A")

    with pytest.raises(
        DisclosureError, match=r"1 suppressed value can be worked out.* exact"
    ) as refused:
        disclose(values, POLICY, known, before)

    assert "2.0" not in str(refused.value)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_count_that_was_withheld_and_revised_since_stays_withheld_as_it_was(
    is_known: bool,
) -> None:
    """Two girls of 42 in all, then five of 45: the same 40 boys would tell of the two."""
    drawn = "indicator | sex | value\n VICTIMS | _T | {}\n VICTIMS | F | {}\n VICTIMS | M | 40"
    was, now = derived(drawn.format(42, 2), VICTIMS), derived(drawn.format(45, 5), VICTIMS)
    first = disclose(was, POLICY, catalogue(VICTIMS))
    out = with_true_values(first, was) if is_known else first

    table = disclose(now, POLICY, catalogue(VICTIMS), out)

    assert (("M",) in withheld(table[table["component"] == "value"], "sex")) == is_known


def test_what_states_knew_of_each_other_before_stops_no_release() -> None:
    """Of two suppressed states each knew the other from an earlier release: that is past help."""
    drawn = "indicator | area | value\n VICTIMS | MT | 2\n VICTIMS | FI | 50\n VICTIMS | SE | 60"
    known = catalogue(VICTIMS)
    values = aggregate(derived(drawn, VICTIMS), known)
    before = values.assign(value=values["value"].mask(values["area"].isin(["MT", "FI"])))
    before["observation_status"] = before["value"].isna().map({True: "Q", False: "A"})

    table = disclose(values, POLICY, known, before)
    found = audit_release(values, table, POLICY, known.indicators, [before])

    verdicts = found.set_index("area")["verdict"].to_dict()
    assert verdicts == {"MT": "known_before", "FI": "protected"}


def test_a_sum_that_one_confidential_state_makes_up_is_withheld() -> None:
    """Malta's 100 of 110: who is the second could tell it to within 20 %."""
    policy = DisclosurePolicy(minimum_frequency=3, p_percent=20)
    rows = ["MT | 100 | C", "CY | 5 | F", "FI | 5 | F"]
    drawn = "\n".join(
        ["indicator | area | value | confidentiality_status", *(f"STAFF | {row}" for row in rows)]
    )

    assert ("EU27_2020",) in withheld(shown(drawn, policy), "area")


def test_counts_are_whole_and_not_zero_to_the_attacker() -> None:
    """4 = x + y and x = y + z: z is 2, unless it can be 1 with y = 1.5."""
    sums = [{"all": 1, "x": -1, "y": -1}, {"x": 1, "y": -1, "z": -1}]
    table = system(sums, {"all": 4, "x": 3, "y": 1, "z": 2})
    not_zero = replace(table, floors=np.ones(4))

    assert exact_intervals(table, hidden(table, 1, 2, 3))[3].tolist() == [0, 4]
    assert exact_intervals(not_zero, hidden(table, 1, 2, 3))[3].tolist() == [2, 2]


def test_what_an_earlier_release_has_shown_cannot_be_taken_back() -> None:
    values = derived("indicator | value\n VICTIMS | 2", VICTIMS)

    table = disclose(values, POLICY, catalogue(VICTIMS), values)
    found = audit_release(values, table, POLICY, {"VICTIMS": VICTIMS}, [values])

    assert found["verdict"].tolist() == ["shown_before"]
    assert table["value"].isna().all()


def test_a_confidential_value_is_not_known_to_within_p_per_cent() -> None:
    policy = DisclosurePolicy(minimum_frequency=3, p_percent=20)
    rows = ["MT | 100 | C", "CY | 5 | F", "FI | 50 | F", "SE | 400 | F"]
    drawn = "\n".join(
        ["indicator | area | value | confidentiality_status", *(f"STAFF | {row}" for row in rows)]
    )
    known = catalogue(STAFF)
    values = aggregate(derived(drawn, STAFF), known)

    found = audit_release(values, disclose(values, policy, known), policy, known.indicators)

    row = found[found["area"] == "MT"].iloc[0]
    assert row["above"] == 20
    assert row["high"] >= 120


def test_a_dominance_rule_asks_for_its_own_level() -> None:
    policy = DisclosurePolicy.model_validate(
        {"minimum_frequency": 3, "dominance": {"n": 1, "k": 80}}
    )
    table = derived("indicator | value | confidentiality_status\n STAFF | 100 | C", STAFF)

    found = audit_release(
        table, disclose(table, policy, catalogue(STAFF)), policy, {"STAFF": STAFF}
    )

    assert found["above"].tolist() == [25]


def test_two_counts_of_one_are_not_left_to_each_other() -> None:
    """The handbook's standard PS2: each of the two would know the other, and so would anybody."""
    table, primary = grid("1 P | 1 P | 6 | 8 \n 1 P | 1 P | 5 | 7 \n 2 | 2 | 11 | 15")
    not_zero = replace(table, floors=np.minimum(table.values, 1.0))

    assert not hidden_cells(suppression_problem(table, primary))[[2, 6]].any()
    assert hidden_cells(suppression_problem(not_zero, primary))[[2, 6]].any()


@pytest.mark.parametrize("seed", range(15))
def test_random_tables_keep_every_protection_level(seed: int) -> None:
    """No suppressed cell is recovered more tightly than its level, whatever the table."""
    random = np.random.default_rng(seed)
    inner = random.poisson(4, random.integers(2, 6, 2))
    whole = np.block(
        [[inner, inner.sum(1, keepdims=True)], [inner.sum(0, keepdims=True), inner.sum()]]
    )
    table, _ = grid("\n".join("|".join(map(str, row)) for row in whole))
    primary = (table.values > 0) & (table.values < 3)
    problem = suppression_problem(table, primary, above=float(random.integers(0, 4)))

    found = hidden_cells(problem)

    assert found[primary].all()
    assert not find_exposures(problem, found)
    low, high = exact_intervals(table, found)[found].T
    assert ((low <= table.values[found]) & (table.values[found] <= high)).all()
    assert (high - low >= 1 - 1e-6).all()
    assert (high >= table.values[found] + problem.above[found] - 1e-6).all()


@pytest.mark.parametrize("seed", range(6))
def test_the_pattern_is_as_cheap_as_the_cheapest_of_all(seed: int) -> None:
    """Compared with every possible pattern of a small table."""
    random = np.random.default_rng(seed)
    inner = random.integers(1, 9, (2, 2))
    whole = np.block(
        [[inner, inner.sum(1, keepdims=True)], [inner.sum(0, keepdims=True), inner.sum()]]
    )
    table, _ = grid("\n".join("|".join(map(str, row)) for row in whole))
    problem = suppression_problem(table, hidden(table, 0))

    found = hidden_cells(problem)

    patterns = (hidden(table, 0, *np.flatnonzero(bits)) for bits in np.ndindex(*[2] * 9))
    costs = sorted((table.values[cells].sum(), cells.tolist()) for cells in patterns)
    cheapest = next(cost for cost, cells in costs if not find_exposures(problem, np.array(cells)))
    assert table.values[found].sum() == cheapest


def test_what_keeps_a_confidential_count_low_goes_with_it() -> None:
    """All of nobody were helped: 0 of 0 in every part tells the total, unless the 0 go too."""
    drawn = """
        indicator | sex | component   | value | confidentiality_status
        HELPED    | _T  | numerator   | 0     | C
        HELPED    | F   | numerator   | 0     | F
        HELPED    | M   | numerator   | 0     | F
        HELPED    | _T  | denominator | 0     | F
        HELPED    | F   | denominator | 0     | F
        HELPED    | M   | denominator | 0     | F
    """

    table = shown(drawn)

    gone = withheld(table[table["area"] == "FI"], "component", "sex")
    assert {("numerator", "_T"), ("denominator", "_T")} <= set(gone)


def test_a_numerator_may_seem_larger_only_where_its_denominator_is_withheld() -> None:
    """8 of 9 cannot seem to be 12, as 50 % asks for, while the 9 is shown."""
    policy = DisclosurePolicy(minimum_frequency=3, p_percent=50)
    drawn = """
        indicator | area | component   | value | confidentiality_status
        HELPED    | FI   | numerator   | 8     | C
        HELPED    | FI   | denominator | 9     | F
        HELPED    | SE   | numerator   | 30    | F
        HELPED    | SE   | denominator | 40    | F
    """

    table = shown(drawn, policy)

    assert ("FI", "denominator") in withheld(table, "area", "component")


def test_a_part_that_exceeds_its_whole_stops_nothing() -> None:
    drawn = "indicator | component | value\n HELPED | numerator | 9\n HELPED | denominator | 2"

    assert ("FI", "denominator") in withheld(shown(drawn), "area", "component")


@pytest.mark.parametrize(("rows", "gone"), [("50 | 60", False), ("2 | 60", True)])
def test_the_growth_of_some_states_goes_with_any_of_them(rows: str, gone: bool) -> None:
    """The panel is not the whole Union, so its growth is news of those in it."""
    first, second = rows.split(" | ")
    drawn = f"""
        indicator | area | period | value
        VICTIMS   | FI   | 2023   | {first}
        VICTIMS   | FI   | 2024   | {second}
        VICTIMS   | SE   | 2023   | 70
        VICTIMS   | SE   | 2024   | 80
        VICTIMS   | DE   | 2024   | 900
    """

    row = one(shown(drawn), area="EU27_2020", component="year_on_year")

    assert pd.isna(row["value"]) == gone
