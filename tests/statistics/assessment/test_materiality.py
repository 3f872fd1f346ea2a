"""No status rests on a change that may be none."""

import json
from datetime import date
from math import sqrt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.checks.materiality import check_materiality
from metrics.catalogue.codelists.bands import band_of
from metrics.catalogue.definitions.indicators import Direction, Indicator, Kind
from metrics.catalogue.loader import catalogue
from metrics.catalogue.materiality import Materiality, materiality
from metrics.core.period import ReferencePeriod
from metrics.core.tables import DENOMINATOR, EU
from metrics.core.verdict_codes import MATERIAL
from metrics.statistics.assessment.materiality import (
    ComparedValue,
    ThresholdComparison,
    compare_change,
)
from metrics.statistics.period_changes import period_changes
from tests.drawn_values import assess_values, catalogue_of, every_state, reported_by, values_of
from tests.tables import indicator

ON = date(2026, 6, 1)
COUNT = indicator("DRAWN")
FALLING = indicator("DRAWN", direction="down")
PARTS: dict[str, Any] = {"numerator": {"en": "n"}, "denominator": {"en": "d"}}
SHARE = indicator("DRAWN", kind="share", unit="PC", **PARTS)
PRINTED = indicator("DRAWN", kind="published_ratio", unit="PC")
HOURS = indicator("DRAWN", kind="duration", unit="HOURS", direction="down", by=("band",))
DIRECTION = {"rule": "direction_only", "beside": ("growth_ratio", "projected_gap")}
GROWTH = {"rule": "growth_per_year", "percent": 10, "method": "yearly_growth",
          "beside": ("growth_ratio",)}  # fmt: skip
DIRECTIONAL = {"on_track", "behind", "moving_away"}


def verdict_on(
    rows: pd.DataFrame,
    defined: Indicator,
    target: dict[str, Any],
    area: str = "FI",
    method: str = "",
) -> Any:
    table = assess_values(rows, catalogue_of(defined, target), ON)
    chosen = table["official"] if not method else table["method"] == method
    return table[(table["area"] == area) & chosen].iloc[0]


def assessed(drawn: str, defined: Indicator = COUNT, target: dict[str, Any] = DIRECTION) -> Any:
    component = defined.headline
    return verdict_on(values_of({"FI": drawn}, component=component), defined, target)


def steps(verdict: Any) -> dict[str, Any]:
    return {step["key"]: step["value"] for step in json.loads(verdict["arithmetic"])}


@pytest.mark.parametrize(
    ("drawn", "status", "reason"),
    [
        # Faults of the sample: Lithuania's campaigns, Finland's accessions, Austria's removals.
        ("2024 3 | 2025 2", "no_clear_change", "below_threshold;small_base"),
        ("2020 1 | 2025 2", "no_clear_change", "years_missing;below_threshold;small_base"),
        ("2024 719 | 2025 724", "no_clear_change", "below_threshold"),
        # Variants of the kind.
        ("2024 12 | 2025 11", "no_clear_change", "below_threshold"),
        ("2024 100 | 2025 120", "no_clear_change", "below_threshold"),  # 20 ≤ 2√220 = 29.7
        ("2024 100 | 2025 131", "wanted_direction", ""),  # 31 > 2√231 = 30.4
        ("2024 131 | 2025 100", "unwanted_direction", ""),
        ("2024 10 | 2025 30", "wanted_direction", ""),
        ("2024 500 | 2025 500", "no_clear_change", "below_threshold"),
        # The last change has a direction only where the change since the baseline is clear.
        ("2023 100 | 2024 120 | 2025 110", "no_clear_change", "below_threshold"),
        ("2023 100 | 2024 220 | 2025 200", "wanted_direction", ""),  # 20 ≤ 2√420 = 41.0
        ("2023 100 | 2024 220 | 2025 160", "wanted_direction", "last_change_adverse"),  # 60 > 39.0
        ("2022 100 | 2023 130 | 2024 162 | 2025 160", "wanted_direction", ""),
        # A clear change from or to fewer than ten cases: no verdict of direction.
        ("2024 3 | 2025 50", "not_assessed", "small_base"),
        ("2024 50 | 2025 9", "not_assessed", "small_base"),
        ("2024 0 | 2025 40", "not_assessed", "small_base"),
        # A large count varies little by chance, but stands still below 3 %, or 0.5 % a year.
        ("2024 1000000 | 2025 1029000", "no_clear_change", "below_threshold"),
        ("2024 1000000 | 2025 1031000", "wanted_direction", ""),
        ("2015 1000000 | 2025 1045000", "no_clear_change", "years_missing;below_threshold"),
        ("2015 1000000 | 2025 1055000", "wanted_direction", "years_missing"),
    ],
)
def test_a_direction_of_counts(drawn: str, status: str, reason: str) -> None:
    verdict = assessed(drawn)

    assert (verdict["status"], verdict["reason"]) == (status, reason)


def test_the_threshold_and_its_source_are_in_the_arithmetic() -> None:
    shown = steps(assessed("2024 719 | 2025 724"))

    assert shown["chance_variation"] == pytest.approx(2 * sqrt(719 + 724))
    assert shown["threshold_of_materiality"] == pytest.approx(2 * sqrt(719 + 724))
    assert shown["size_of_the_change"] == 5
    assert shown["status_by_the_method_alone"] == "wanted_direction"
    assert shown["source_of_the_threshold"].startswith("http://www.nber.org/")


def test_a_status_that_stands_shows_how_it_was_weighed_too() -> None:
    shown = steps(assessed("2024 100 | 2025 200"))

    assert shown["size_of_the_change"] == 100
    assert "status_by_the_method_alone" not in shown


@pytest.mark.parametrize("method", ["direction_only", "growth_ratio", "projected_gap"])
def test_every_method_for_a_direction_is_weighed(method: str) -> None:
    rows = values_of({"FI": "2021 300 | 2022 305 | 2023 302 | 2024 301 | 2025 306"})

    assert verdict_on(rows, COUNT, DIRECTION, method=method)["status"] == "no_clear_change"


def test_no_rate_is_printed_that_rests_on_fewer_than_ten_cases() -> None:
    """The published method gives a growth of 100 % here; the counts alone are shown."""
    rows = values_of({"FI": "2024 1 | 2025 2"})

    verdict = verdict_on(rows, COUNT, DIRECTION, method="growth_ratio")

    assert "growth_a_year_in_the_wanted_direction" not in steps(verdict)
    assert verdict["category"] == ""
    assert pd.isna(verdict["score"])


@pytest.mark.parametrize(
    ("drawn", "status"),
    [
        ("2020 63.3 | 2025 63.6", "no_clear_change"),  # the fault of the sample, red for nothing
        ("2020 60 | 2025 60", "no_clear_change"),
        ("2020 47 | 2025 49", "no_clear_change"),  # neighbouring bands, two hours apart
        ("2020 36 | 2025 60", "no_clear_change"),  # their middles
        ("2020 36 | 2025 120", "unwanted_direction"),  # a whole band lies between
        ("2020 120 | 2025 36", "wanted_direction"),
        (
            "2020 46.8 | 2025 75.3",
            "unwanted_direction",
        ),  # a band lies between, however wide they are
        ("2020 170 | 2025 200", "no_clear_change"),  # both in the open band
        ("2020 30 | 2025 300", "unwanted_direction"),
    ],
)
def test_a_median_from_bands(drawn: str, status: str) -> None:
    assert assessed(drawn, HOURS)["status"] == status


@pytest.mark.parametrize(("before", "is_neighbour"), [("50", False), ("100", True)])
def test_a_median_in_the_open_band_is_not_a_neighbour_of_those_before_the_last(
    before: str, *, is_neighbour: bool
) -> None:
    """More than 168 hours: from 48 to 72 a whole band lies between, and the widths do not matter."""
    rows = values_of({"FI": f"2020 {before} | 2025 168"}, component="median")
    rows["limit"] = ["", "LOWER"]
    verdict = verdict_on(rows, HOURS, DIRECTION)

    assert ("half_the_widths_of_the_bands" in steps(verdict)) is False
    expected = (
        ("not_assessed", "limit_undecided") if is_neighbour else ("unwanted_direction", "limit")
    )
    assert verdict["status"] == expected[0]
    assert expected[1] in verdict["reason"].split(";")


@pytest.mark.parametrize(
    ("hours", "code"), [(0, "LE24H"), (24, "LE24H"), (24.1, "H24_48"), (168, "D3_7"), (999, "GT7D")]
)
def test_the_band_of_a_time(hours: float, code: str) -> None:
    assert band_of(hours).code == code


@pytest.mark.parametrize(
    ("drawn", "cases", "status"),
    [
        ("2024 50 | 2025 50.9", 100_000, "no_clear_change"),  # less than a percentage point
        ("2024 50 | 2025 51.5", 100_000, "wanted_direction"),
        ("2024 50 | 2025 58", 100, "no_clear_change"),  # 8 ≤ 14.1, two standard errors of 100 cases
        ("2024 50 | 2025 58", 1000, "wanted_direction"),
        ("2024 10 | 2025 80", 5, "not_assessed"),  # shares of five
        ("2024 98 | 2025 99.5", 100_000, "wanted_direction"),  # near the limit the floor is scaled
    ],
)
def test_a_share_by_its_denominator(drawn: str, cases: int, status: str) -> None:
    denominators = " | ".join(f"{text.split()[0]} {cases}" for text in drawn.split(" | "))
    rows = pd.concat([
        values_of({"FI": drawn}), values_of({"FI": denominators}, component=DENOMINATOR)
    ])  # fmt: skip

    assert verdict_on(rows, SHARE, DIRECTION)["status"] == status


@pytest.mark.parametrize(
    ("drawn", "status", "reason"),
    [
        ("2024 100 | 2025 100", "best_value", "at_limit"),  # no more can be asked
        ("2024 99.6 | 2025 100", "best_value", "at_limit"),
        ("2024 100 | 2025 99.6", "no_clear_change", "below_threshold"),
        ("2024 100 | 2025 90", "unwanted_direction", "cases_unknown"),
    ],
)
def test_a_share_that_is_held_at_its_limit(drawn: str, status: str, reason: str) -> None:
    verdict = assessed(drawn, PRINTED)

    assert (verdict["status"], verdict["reason"]) == (status, reason)


def share_of(cases: int, drawn: str) -> pd.DataFrame:
    """A share with its denominator, the same in each period."""
    denominators = " | ".join(f"{text.split()[0]} {cases}" for text in drawn.split(" | "))
    return pd.concat([
        values_of({"FI": drawn}), values_of({"FI": denominators}, component=DENOMINATOR)
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("drawn", "known", "status", "least"),
    [
        # Germany, within two days: 967 cases in 2017, and an unknown number in 2021.
        ("2017 60 | 2021 61.92", "2017 967", "no_clear_change", 2 * sqrt(60 * 40 / 967)),
        ("2017 61.92 | 2021 60", "2021 967", "no_clear_change", 2 * sqrt(60 * 40 / 967)),
        ("2017 60 | 2021 64", "2017 967", "wanted_direction", 2 * sqrt(60 * 40 / 967)),
        ("2017 60 | 2021 64", "2017 100", "no_clear_change", 2 * sqrt(60 * 40 / 100)),
        ("2017 60 | 2021 64", "2017 967 | 2021 967", "no_clear_change", None),
        ("2017 60 | 2021 64", "2014 967", "wanted_direction", None),
    ],
)
def test_a_share_of_unknown_cases_varies_at_least_as_the_other_one(
    drawn: str, known: str, status: str, least: float | None
) -> None:
    own = PRINTED.model_copy(update={"cases_from": "COUNTED"})
    values = pd.concat([values_of({"FI": drawn}), values_of({"FI": known}, "COUNTED")])
    verdict = verdict_on(values, own, DIRECTION)
    found = steps(verdict)

    assert verdict["status"] == status
    assert found.get("least_chance_variation") == (least and pytest.approx(least))
    assert ("cases_unknown" in verdict["reason"]) is (status == "wanted_direction")
    changes = period_changes(values, {"DRAWN": own, "COUNTED": COUNT})
    (material,) = changes.loc[
        changes["indicator"].eq("DRAWN") & changes["base_period"].ne(changes["period"]),
        "materiality",
    ]
    assert (material == MATERIAL) is (status == "wanted_direction")


@pytest.mark.parametrize(
    ("drawn", "cases", "status", "reason"),
    [
        # A State whose one submission is broken down by sex, beside the Union of 27.
        ("2024 100 | 2025 100", 1, "best_value", "at_limit;few_cases"),
        ("2024 100 | 2025 100", 27, "best_value", "at_limit"),
        ("2024 40 | 2025 100", 5, "best_value", "at_limit;few_cases"),  # all five
        ("2024 40 | 2025 100", 50, "wanted_direction", ""),
        ("2024 0 | 2025 0", 1, "no_clear_change", "below_threshold;small_base"),
        ("2024 100 | 2025 0", 1, "not_assessed", "small_base"),
    ],
)
def test_a_share_at_its_limit_is_never_less_for_few_cases(
    drawn: str, cases: int, status: str, reason: str
) -> None:
    verdict = verdict_on(share_of(cases, drawn), SHARE, DIRECTION)

    assert (verdict["status"], verdict["reason"]) == (status, reason)


@pytest.mark.parametrize(
    ("drawn", "status", "reason"),
    [
        ("2024 0 | 2025 0", "best_value", "at_limit"),
        ("2024 3 | 2025 0", "best_value", "at_limit"),
        ("2024 12 | 2025 0", "best_value", "at_limit"),
        ("2024 40 | 2025 3", "not_assessed", "small_base"),
    ],
)
def test_what_is_to_fall_has_its_limit_at_zero(drawn: str, status: str, reason: str) -> None:
    verdict = assessed(drawn, FALLING)

    assert (verdict["status"], verdict["reason"]) == (status, reason)


KEEP, REACH = {"rule": "keep_at", "value": 80}, {"rule": "level_by_date", "value": 80, "by": 2027}


@pytest.mark.parametrize(
    ("target", "drawn", "cases", "status", "reason"),
    [
        (KEEP, "2024 80 | 2025 100", 5, "achieved", "few_cases"),
        (KEEP, "2024 80 | 2025 100", 50, "achieved", ""),
        (KEEP, "2024 100 | 2025 60", 5, "not_achieved", "few_cases"),
        (REACH, "2024 20 | 2025 80", 5, "achieved", "few_cases"),
        (REACH, "2024 20 | 2025 80", 500, "achieved", ""),
        (REACH, "2024 20 | 2025 60", 5, "no_clear_change", "below_threshold;few_cases"),
    ],
)
def test_a_level_of_a_share_of_few_cases_stands_and_says_so(
    target: dict[str, Any], drawn: str, cases: int, status: str, reason: str
) -> None:
    verdict = verdict_on(share_of(cases, drawn), SHARE, target)

    assert (verdict["status"], verdict["reason"]) == (status, reason)
    assert ("cases_fewer_than_the_smallest_base" in steps(verdict)) is (cases < 10)


def test_a_level_of_a_count_is_exact_however_small() -> None:
    verdict = assessed("2024 2 | 2025 4", COUNT, {"rule": "keep_at", "value": 3})

    assert (verdict["status"], verdict["reason"]) == ("achieved", "")


@pytest.mark.parametrize(
    ("drawn", "opened", "status"),
    [
        ("2024 40 | 2025 44", 100, "no_clear_change"),  # of 40 and 44 suspects
        ("2024 40 | 2025 44", 10_000, "wanted_direction"),
        ("2024 140 | 2025 160", 1000, "wanted_direction"),  # more than a hundred, unlike a share
        ("2024 4 | 2025 30", 100, "not_assessed"),  # four suspects at the baseline
        ("2024 50 | 2025 50", 0, "no_clear_change"),
    ],
)
def test_a_rate_by_its_events(drawn: str, opened: int, status: str) -> None:
    rate = SHARE.model_copy(update={"unit": "PER_100"})
    denominators = " | ".join(f"{text.split()[0]} {opened}" for text in drawn.split(" | "))
    rows = pd.concat([
        values_of({"FI": drawn}), values_of({"FI": denominators}, component=DENOMINATOR)
    ])  # fmt: skip

    assert verdict_on(rows, rate, DIRECTION)["status"] == status


def test_the_chance_variation_of_a_rate_is_that_of_its_events() -> None:
    (rule,) = materiality().rules_for(Kind.SHARE, "PER_100")
    ends = [ComparedValue(ReferencePeriod(2020 + n), 40.0 + 4 * n, 100) for n in (0, 1)]

    chance = compare_change(ends[0], ends[1], rule, SHARE).terms[-1]

    assert chance.size == pytest.approx(2 * sqrt(40**2 / 40 + 44**2 / 44))


@pytest.mark.parametrize(
    ("drawn", "status"),
    [("2014 77 | 2015 77.5", "no_clear_change"), ("2014 77 | 2024 56", "unwanted_direction")],
)
def test_a_published_share_in_percentage_points(drawn: str, status: str) -> None:
    assert assessed(drawn, PRINTED)["status"] == status


@pytest.mark.parametrize(
    ("drawn", "status"),
    [
        ("2024 1000 | 2025 1005", "behind"),  # stood still: short of 1,100 by more than chance
        ("2024 1000 | 2025 995", "behind"),  # no clear fall either
        ("2024 1000 | 2025 800", "moving_away"),
        ("2024 100 | 2025 112", "no_clear_change"),  # chance could have made it, or a miss
        ("2024 100 | 2025 95", "no_clear_change"),
        ("2020 100 | 2025 250", "on_track"),
        ("2024 5 | 2025 50", "not_assessed"),
    ],
)
def test_growth_is_short_of_its_path_or_unclear(drawn: str, status: str) -> None:
    assert assessed(drawn, COUNT, GROWTH)["status"] == status


def test_growth_from_a_small_base_is_refused_by_every_method() -> None:
    rows = values_of({"FI": "2024 4 | 2025 60"})

    assert verdict_on(rows, COUNT, GROWTH, method="growth_ratio")["reason"].endswith("small_base")
    assert verdict_on(rows, COUNT, GROWTH, method="growth_ratio")["status"] == "not_assessed"


@pytest.mark.parametrize(
    ("drawn", "status"),
    [
        ("2024 100 | 2025 99", "not_achieved"),  # missed, but not clearly further off
        ("2024 1000 | 2025 500", "not_achieved"),
        ("2024 1000 | 2025 1000", "achieved"),
    ],
)
def test_a_level_is_met_or_missed_whatever_the_threshold(drawn: str, status: str) -> None:
    level = {"rule": "keep_at", "value": float(drawn.split()[1])}

    assert assessed(drawn, COUNT, level)["status"] == status


@pytest.mark.parametrize(
    ("drawn", "is_further"), [("2024 100 | 2025 99", False), ("2024 1000 | 2025 500", True)]
)
def test_a_level_that_is_not_kept_says_whether_it_is_further_off(
    drawn: str, *, is_further: bool
) -> None:
    level = {"rule": "keep_at", "value": float(drawn.split()[1])}

    assert ("further_from_level" in assessed(drawn, COUNT, level)["reason"]) is is_further


def test_the_union_is_weighed_as_the_states_are() -> None:
    rows = reported_by(
        pd.concat([values_of({EU: "2020 233636 | 2025 234000"}), values_of(every_state("2020 9"))])
    )

    verdict = verdict_on(rows, COUNT, DIRECTION, area=EU)

    assert verdict["status"] == "no_clear_change"


def shared(fewest: int) -> Indicator:
    return indicator("DRAWN", shared_events={"fewest_states": fewest, "why": "for tests"})


@pytest.mark.parametrize(
    ("fewest", "drawn", "reporting", "status", "reason"),
    [
        # 30 > 2√128 = 22.6 if each State counts events of its own, and ≤ 2√(2 · 128) = 32 if two share each.
        (2, "2020 49 | 2025 79", 27, "no_clear_change", "below_threshold"),
        (1, "2020 49 | 2025 79", 27, "not_assessed", "participants_unknown"),
        (2, "2020 79 | 2025 49", 27, "no_clear_change", "below_threshold"),
        # 41 > 2√(2 · 139) = 33.3, and ≤ 2√(27 · 139) = 122.5 if all share each.
        (2, "2020 49 | 2025 90", 27, "not_assessed", "participants_unknown"),
        (2, "2020 90 | 2025 49", 27, "not_assessed", "participants_unknown"),
        # 500 > 2√(27 · 700) = 275: clear, whoever took part.
        (1, "2020 100 | 2025 600", 27, "wanted_direction", ""),
        # Of three States, three at most share an event: 41 > 2√(3 · 139) = 40.8.
        (2, "2020 49 | 2025 90", 3, "wanted_direction", "part_of_the_states"),
    ],
)
def test_a_sum_of_participations_is_assessed_only_whoever_took_part(
    fewest: int, drawn: str, reporting: int, status: str, reason: str
) -> None:
    states = dict(list(every_state("2020 9 | 2025 9").items())[:reporting])
    rows = reported_by(
        pd.concat([values_of({EU: drawn}), values_of(states)]), y2020=reporting, y2025=reporting
    )

    verdict = verdict_on(rows, shared(fewest), DIRECTION, area=EU)

    assert verdict["status"] == status
    assert reason in verdict["reason"].replace("years_missing;", "")
    assert ("participants_unknown" in verdict["reason"]) == (reason == "participants_unknown")


def test_a_state_counts_each_event_once() -> None:
    assert assessed("2024 49 | 2025 79", shared(2))["status"] == "wanted_direction"


def test_the_arithmetic_shows_both_numbers_of_participants() -> None:
    rows = reported_by(
        pd.concat([values_of({EU: "2024 49 | 2025 90"}), values_of(every_state("2024 9"))])
    )

    found = steps(verdict_on(rows, shared(2), DIRECTION, area=EU))

    assert found["chance_variation"] == pytest.approx(2 * sqrt(2 * 139))
    assert found["chance_variation_if_all_states_took_part_in_each"] == pytest.approx(
        2 * sqrt(27 * 139)
    )
    assert found["status_by_the_method_alone"] == "wanted_direction"


def test_what_counts_participations_says_how_many_share_an_event() -> None:
    counted = {
        code: definition.shared_events.fewest_states
        for code, definition in catalogue().indicators.items()
        if definition.shared_events
    }

    assert counted == {
        "EMPACT_ACTIONS": 1, "JOINT_INVESTIGATION_TEAMS": 2, "JOINT_OPERATIONS": 1,
        "NGO_WEBINARS": 1, "STAKEHOLDER_INITIATIVES": 1, "THIRD_COUNTRY_ACTIONS": 1,
        "TRAININGS_HELD": 1,
    }  # fmt: skip
    for code, definition in catalogue().indicators.items():
        caveat = definition.caveat.en if definition.caveat else ""
        assert (code in counted) == ("counts participations" in caveat)


def test_millions_are_counted_in_cases() -> None:
    """0.5 and 0.6 million items are many cases, and not fewer than ten."""
    millions = indicator("DRAWN", unit="MIO_ITEMS")

    verdict = assessed("2024 0.5 | 2025 0.6", millions)

    assert verdict["status"] == "wanted_direction"
    assert steps(verdict)["chance_variation"] == pytest.approx(2 * sqrt(1_100_000) / 1e6)


def test_ages_in_years_are_no_counts() -> None:
    age = indicator("DRAWN", kind="stock", unit="YEARS", direction="down")

    assert assessed("2024 3 | 2025 4", age)["status"] == "no_clear_change"
    assert assessed("2022 3 | 2025 6", age)["status"] == "unwanted_direction"


@settings(max_examples=60, deadline=None)
@given(
    level=st.integers(10, 100_000),
    noise=st.lists(st.floats(-0.7, 0.7), min_size=2, max_size=6),
    direction=st.sampled_from(["up", "down"]),
)
def test_a_series_of_noise_alone_has_no_direction(
    level: int, noise: list[float], direction: str
) -> None:
    """Two values that each differ from one level by up to 0.7 standard deviations."""
    values = [max(0, round(level + sigma * sqrt(level))) for sigma in noise]
    drawing = " | ".join(f"{2020 + n} {value}" for n, value in enumerate(values))

    verdict = assessed(drawing, indicator("DRAWN", direction=direction))

    assert verdict["status"] not in DIRECTIONAL


def compared(base: float, last: float, years: int = 1, **ends: float) -> ThresholdComparison:
    (rule,) = materiality().rules_for(Kind.FLOW, "PERSONS")
    first = ComparedValue(ReferencePeriod(2020), base)
    second = ComparedValue(ReferencePeriod(2020 + years), last)
    return compare_change(first, second, rule, COUNT)


@settings(max_examples=60, deadline=None)
@given(base=st.integers(0, 10**6), last=st.integers(0, 10**6))
def test_a_fall_is_tested_as_a_rise_of_the_same_size_by_chance(base: int, last: int) -> None:
    rise, fall = compared(base, last), compared(last, base)

    assert rise.change == fall.change
    assert rise.terms[-1].size == fall.terms[-1].size


@settings(max_examples=60, deadline=None)
@given(base=st.integers(10, 10**5), last=st.integers(10, 10**5), years=st.integers(1, 10))
def test_what_is_clear_after_some_years_was_clear_at_once(base: int, last: int, years: int) -> None:
    """The same change is slower over more years."""
    assert compared(base, last).is_clear or not compared(base, last, years).is_clear


def test_every_indicator_that_is_assessed_has_one_rule_and_every_rule_its_source() -> None:
    assert list(check_materiality(materiality(), catalogue().indicators)) == []
    assert all(rule.sources or rule.our_choice for rule in materiality().rules)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kinds": (Kind.SHARE,)}, "apply to"),  # shares by two rules, counts by none
        ({"sources": (), "our_choice": ""}, "needs the publication"),
        ({"units": ("FURLONGS",)}, "FURLONGS"),
        ({"code": "share"}, "written twice"),
    ],
)
def test_a_faulty_file_is_refused(change: dict[str, Any], fault: str) -> None:
    first, *others = materiality().rules
    changed = first.model_copy(update=change)
    faulty = materiality().model_copy(update={"rules": (changed, *others)})

    declared = Materiality.model_validate(faulty.model_dump())
    found = [*map(str, check_materiality(declared, catalogue().indicators))]

    assert any(fault in line for line in found)
    assert all(line.startswith("materiality.yaml: ") for line in found)


def test_no_direction_is_wanted_and_the_floor_is_not_scaled() -> None:
    (rule,) = materiality().rules_for(Kind.PUBLISHED_RATIO, "PC")
    ends = [ComparedValue(ReferencePeriod(year), 90.0) for year in (2020, 2021)]

    up, down = (
        compare_change(
            ends[0], ends[1], rule, PRINTED.model_copy(update={"direction": direction})
        ).terms[0]
        for direction in (Direction.UP, Direction.DOWN)
    )

    assert up.size < down.size == pytest.approx(0.45)
