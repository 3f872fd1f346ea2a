"""A change is compared with the changes of other states, by Hidiroglou and Berthelot."""

from math import sqrt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.intake.finding_texts import describe_finding
from metrics.intake.findings import ValidationContext
from metrics.intake.rules import rules
from metrics.intake.rules.plausibility.hidiroglou_berthelot import effects, outlying, ratios
from metrics.intake.validate import validate
from metrics.messages import languages
from tests.intake.rules.broken import PEERS
from tests.tables import case, indicator, observations

HUNDRED = pd.Series([100.0] * 5)
GROWN = pd.Series([100.0, 110.0, 120.0, 130.0, 400.0])
counts = st.integers(1, 10_000).map(float)


def test_the_effects_are_those_worked_out_by_hand() -> None:
    # Ratios 1, 1.1, 1.2, 1.3 and 4, median 1.2; each s times the root of the larger count.
    by_hand = [-0.2 * 10, (1 - 1.2 / 1.1) * sqrt(110), 0, (1.3 / 1.2 - 1) * sqrt(130), 7 / 3 * 20]

    assert list(effects(HUNDRED, GROWN)) == pytest.approx(by_hand)


def test_without_size_the_effects_are_the_centred_ratios() -> None:
    by_hand = [-1 / 5, -1 / 11, 0, 1 / 12, 7 / 3]

    assert list(effects(HUNDRED, GROWN, u=0)) == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("now", "odd"),
    [
        # Quartiles -0.953 and 0.950: what is usual lies between -3.81 and 3.80.
        ([100, 110, 120, 130, 400], [4]),
        ([100, 110, 120, 130, 150], []),  # 1/4 times the root of 150 is 3.06
        ([100, 110, 120, 130, 160], [4]),  # 1/3 times the root of 160 is 4.22
        ([40, 110, 120, 130, 400], [0, 4]),
        ([40, 110, 120, 130, 140], [0]),
    ],
)
def test_what_is_outlying_was_worked_out_by_hand(now: list[float], odd: list[int]) -> None:
    flagged = outlying(HUNDRED, pd.Series(now, dtype=float))

    assert list(flagged[flagged].index) == odd


def test_more_is_usual_where_more_is_allowed() -> None:
    assert not outlying(HUNDRED, GROWN, c=50).any()


@pytest.mark.parametrize("nothing", [0.0, float("nan")])
def test_zero_and_missing_are_left_out(nothing: float) -> None:
    before = pd.concat([HUNDRED, pd.Series([nothing, 100.0])], ignore_index=True)
    now = pd.concat([GROWN, pd.Series([500.0, nothing])], ignore_index=True)

    assert list(ratios(before, now).isna()) == [False] * 5 + [True] * 2
    assert list(outlying(before, now)) == [*outlying(HUNDRED, GROWN), False, False]


def test_where_nobody_changed_otherwise_there_is_nothing_to_measure_by() -> None:
    assert not outlying(HUNDRED, pd.Series([100.0, 100, 100, 100, 400])).any()


@given(st.lists(st.tuples(counts, counts), min_size=5, max_size=27).filter(lambda x: len(x) % 2))
def test_looking_back_the_same_units_are_outlying(pairs: list[tuple[float, float]]) -> None:
    before, now = (pd.Series(values) for values in zip(*pairs, strict=True))

    assert list(effects(now, before)) == pytest.approx(list(-effects(before, now)), abs=1e-6)


@given(st.lists(st.tuples(counts, counts), min_size=5, max_size=27), st.randoms())
def test_the_order_of_the_units_changes_nothing(
    pairs: list[tuple[float, float]], random: object
) -> None:
    before, now = (pd.Series(values) for values in zip(*pairs, strict=True))
    turned = outlying(before[::-1], now[::-1])

    assert list(turned[::-1]) == list(outlying(before, now))


def held(value: object, was: object = 100, peers: pd.DataFrame = PEERS) -> ValidationContext:
    history = observations(f"indicator | period | value\nAA | 2023 | {was}")
    now = f"indicator | value\nAA | {value}"
    return case(now, indicator("AA"), history=history, peers=peers)


def unlike(whole: ValidationContext) -> list[str]:
    return [str(finding) for finding in rules()["unlike_peers"].offends(whole).get("states", [])]


@pytest.mark.parametrize(
    ("value", "was", "states"),
    [
        (106, 100, []),
        (300, 100, ["13"]),
        (30, 100, ["13"]),
        (131, 100, []),  # less than a quarter from what is usual
        (9, 3, []),  # a few cases
        (300, 0, []),
        ("", 100, []),
        (0, 100, []),
    ],
)
def test_a_change_is_held_against_those_of_the_other_states(
    value: object, was: object, states: list[str]
) -> None:
    assert unlike(held(value, was)) == states


def test_standing_still_is_unlike_where_all_others_doubled() -> None:
    doubled = PEERS.assign(value=PEERS["value"].mask(PEERS["period"] == "2024", PEERS["value"] * 2))

    assert unlike(held(100, peers=doubled)) == ["13"]


def test_nine_states_are_too_few_to_compare() -> None:
    few = PEERS[PEERS["area"].isin(sorted(set(PEERS["area"]))[:8])]
    enough = PEERS[PEERS["area"].isin(sorted(set(PEERS["area"]))[:9])]

    assert (unlike(held(300, peers=few)), unlike(held(300, peers=enough))) == ([], ["10"])


def test_years_are_compared_with_the_same_years() -> None:
    later = PEERS.assign(period=PEERS["period"].map({"2023": "2024", "2024": "2025"}))

    assert unlike(held(300, peers=later)) == []


@pytest.mark.parametrize("language", languages())
def test_no_figure_of_another_state_is_repeated(language: str) -> None:
    peers = PEERS.assign(value=PEERS["value"] + 87_000)
    found = next(
        finding for finding in validate(held(300, peers=peers)) if finding.rule == "unlike_peers"
    )
    said = " ".join(vars(describe_finding(found, language)).values())

    assert set(found.values) == {"about", "typed", "was", "when", "change", "states"}
    assert "87" not in said
