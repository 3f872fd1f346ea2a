"""Vintages compared with each other."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.core.tables import KEY
from metrics.release.revisions import is_changed
from metrics.submissions.ledger import State
from metrics.submissions.vintages import (
    CHANGES,
    AcceptedHistory,
    compare_vintages,
    count_changes,
)
from tests.tables import observations

BEFORE = observations("""
    indicator | sex | value | observation_status
    VICTIMS   | _T  |    10 | A
    VICTIMS   | F   |     4 | A
    VICTIMS   | M   |       | A
    SUSPECTS  | _T  |     0 | A
    OFFENDERS | _T  |     7 | A
""")


def changes(now: str) -> dict[str, str]:
    table = compare_vintages(BEFORE, observations(now))
    names = table["indicator"] + " " + table["sex"]
    return dict(zip(names, table["change"], strict=True))


def test_each_observation_is_new_changed_unchanged_or_removed() -> None:
    now = """
        indicator | sex | value | observation_status
        VICTIMS   | _T  |    12 | A
        VICTIMS   | F   |     4 | A
        VICTIMS   | M   |     8 | A
        SUSPECTS  | _T  |     0 | E
    """

    assert changes(now) == {
        "VICTIMS _T": "changed",
        "VICTIMS F": "unchanged",
        "VICTIMS M": "new",
        "SUSPECTS _T": "changed",  # the same zero, now an estimate
        "OFFENDERS _T": "removed",
    }


@pytest.mark.parametrize(
    ("before", "now", "percent"),
    [("10", "12", 20.0), ("10", "0", -100.0), ("0", "5", None), ("0", "0", None), ("10", "", None)],
)
def test_the_change_is_in_per_cent_of_what_was_there(
    before: str, now: str, percent: float | None
) -> None:
    drawn = "indicator | value | observation_status\nVICTIMS | {} | E"
    table = compare_vintages(observations(drawn.format(before)), observations(drawn.format(now)))

    found = table["change_percent"].iloc[0]
    assert found == pytest.approx(percent) if percent is not None else pd.isna(found)


def test_a_figure_that_is_withdrawn_is_removed_and_keeps_its_old_place() -> None:
    table = compare_vintages(BEFORE, BEFORE.head(0))

    assert count_changes(table) == {"new": 0, "changed": 0, "unchanged": 0, "removed": 4}
    assert set(table["cell"]) == {"F5", "F6", "F8", "F9"}


def test_a_missing_value_that_was_explained_is_something_said() -> None:
    now = "indicator | sex | value | observation_status\nVICTIMS | M |  | O"

    assert changes(now)["VICTIMS M"] == "new"


def vintage(drawn: str, round_: str, when: str) -> pd.DataFrame:
    rows = observations(drawn)
    return rows.assign(round=round_, vintage=f"{when}T0900Z", submission=f"{round_} {when}")


def stand(*vintages: pd.DataFrame) -> pd.DataFrame:
    """Of each round the last one given is current."""
    newest = {vintage_["round"].iloc[0]: vintage_["submission"].iloc[0] for vintage_ in vintages}
    together = pd.concat(vintages, ignore_index=True)
    is_current = together["submission"].isin(newest.values())
    states = is_current.map({True: State.CURRENT, False: State.REPLACED})
    history = AcceptedHistory(together.assign(state=states.astype("str")), ["2024", "2025"])
    return history.current_observations()


def drawn(value: object, status: str = "A", confidentiality: str = "F") -> str:
    return (
        "indicator | period | value | observation_status | confidentiality_status\n"
        f"VICTIMS | 2024 | {value} | {status} | {confidentiality}"
    )


def test_a_later_vintage_stands_and_remembers_the_one_before() -> None:
    first = vintage(drawn(10, confidentiality="C"), "2024", "2025-03-31")
    now = stand(first, vintage(drawn(12), "2024", "2025-06-30"))

    columns = ["value", "previous_value", "previous_confidentiality_status", "previous_vintage"]
    assert now[columns].to_numpy().tolist() == [[12.0, 10.0, "C", "2025-03-31T0900Z"]]


@pytest.mark.parametrize(
    ("sent", "before"),
    [
        ([141, 142, 142], 141.0),
        ([141, 142, 142, 142], 141.0),
        ([140, 141, 142, 142], 141.0),
        ([141, 142, 141], 142.0),
        ([141, 141], 141.0),
    ],
)
def test_a_figure_that_is_sent_again_unchanged_is_still_revised(
    sent: list[int], before: float
) -> None:
    now = stand(
        *(vintage(drawn(value), "2024", f"2025-06-0{at}") for at, value in enumerate(sent, 1))
    )

    assert now[["value", "previous_value"]].to_numpy().tolist() == [[sent[-1], before]]
    assert is_changed(now).tolist() == [sent[-1] != before]


def test_a_later_round_revises_an_earlier_one_whenever_they_came() -> None:
    earlier = vintage(drawn(10), "2024", "2026-06-30")
    later = vintage(drawn(12), "2025", "2026-03-31")

    assert stand(later, earlier)[["value", "previous_value"]].to_numpy().tolist() == [[12.0, 10.0]]


def test_an_empty_cell_takes_no_figure_away_from_an_earlier_round() -> None:
    now = stand(vintage(drawn(10), "2024", "2025-03-31"), vintage(drawn(""), "2025", "2026-03-31"))

    assert now["value"].tolist() == [10.0]


def test_a_missing_value_that_is_explained_does() -> None:
    now = stand(
        vintage(drawn(10), "2024", "2025-03-31"), vintage(drawn("", "O"), "2025", "2026-03-31")
    )

    assert now["observation_status"].tolist() == ["O"]
    assert now["value"].isna().all()


def test_what_a_later_vintage_of_the_round_leaves_out_is_gone() -> None:
    other = drawn(3).replace("VICTIMS", "SUSPECTS")
    now = stand(vintage(drawn(10), "2024", "2025-03-31"), vintage(other, "2024", "2025-06-30"))

    assert now["indicator"].tolist() == ["SUSPECTS"]


def test_a_figure_that_came_once_has_no_value_before() -> None:
    now = stand(vintage(drawn(10), "2024", "2025-03-31"))

    assert now["previous_value"].isna().all()
    assert now["previous_vintage"].tolist() == [""]


values = st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=1, max_size=8)


def of_values(given: list[int | None]) -> pd.DataFrame:
    lines = [
        f"VICTIMS | {2000 + year} | {'' if value is None else value}"
        for year, value in enumerate(given)
    ]
    return observations("\n".join(["indicator | period | value", *lines]))


@settings(max_examples=25, deadline=None)
@given(values, values)
def test_every_key_that_says_something_is_counted_once(
    before: list[int | None], now: list[int | None]
) -> None:
    table = compare_vintages(of_values(before), of_values(now))

    said = {
        place for given in (before, now) for place, value in enumerate(given) if value is not None
    }
    assert len(table) == len(said) == sum(count_changes(table).values())
    assert not table.duplicated(list(KEY)).any()


@settings(max_examples=25, deadline=None)
@given(values)
def test_nothing_changes_when_the_same_is_said_again(said: list[int | None]) -> None:
    counts = count_changes(compare_vintages(of_values(said), of_values(said)))

    assert all(counts[change] == 0 for change in CHANGES if change != "unchanged")
