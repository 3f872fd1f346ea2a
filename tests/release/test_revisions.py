"""What was published before and is another figure now."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.core.schemas import columns_of
from metrics.core.tables import FREE, NORMAL
from metrics.release.revisions import (
    find_revisions,
    is_withheld_nearby,
    previous_observations,
)
from tests.tables import observations

STATUSES = {"previous_observation_status": NORMAL, "previous_confidentiality_status": FREE}


def revised(drawn: str) -> pd.DataFrame:
    """Observations with what was said before: `previous_value` and its vintage."""
    rows = observations(drawn).assign(**STATUSES, vintage="2")
    return rows.assign(previous_value=pd.to_numeric(rows["previous_value"], errors="coerce"))


def told(drawn: str, *, now: str = "F", was: str = "F") -> pd.DataFrame:
    rows = revised(drawn)
    values = rows.assign(confidentiality_status=now)
    earlier = previous_observations(rows).assign(confidentiality_status=was)
    return find_revisions(rows, values, earlier)


ONE = "indicator | value | previous_value | previous_vintage\nVICTIMS | {} | {} | {}"


@pytest.mark.parametrize(
    ("now", "was", "vintage", "count"),
    [
        ("12", "10", "1", 1),  # another figure
        ("12", "12", "1", 0),  # the same
        ("12", "", "1", 1),  # it came late
        ("", "12", "1", 1),  # it was taken back
        ("", "", "1", 0),  # nothing then, nothing now
        ("0", "", "1", 1),  # a zero is not nothing
        ("0", "0", "1", 0),
        ("12", "10", "", 0),  # there was no vintage before
    ],
)
def test_a_revision_is_another_figure(now: str, was: str, vintage: str, count: int) -> None:
    assert len(told(ONE.format(now, was, vintage))) == count


def test_a_revision_names_both_figures_and_both_vintages() -> None:
    (row,) = told(ONE.format(12, 10, 1)).to_dict("records")

    assert (row["previous_value"], row["value"]) == (10, 12)
    assert (row["previous_vintage"], row["vintage"]) == ("1", "2")


def test_the_columns_are_those_that_are_published() -> None:
    assert list(told(ONE.format(12, 10, 1)).columns) == columns_of("revisions")


def of(now: str, was: str, status: str = "A", *, confidential: str = "F") -> pd.DataFrame:
    """Two parts of one table, the boys before being confidential or not; both were sent again."""
    rows = revised(f"{HEADER}\nVICTIMS | F | {now} | {was} | 1\nVICTIMS | M | 7 | 7 | 1")
    earlier = previous_observations(rows).assign(
        observation_status=[status, "A"], confidentiality_status=["F", confidential]
    )
    return find_revisions(rows, rows, earlier)


HEADER = "indicator | sex | value | previous_value | previous_vintage"


@pytest.mark.parametrize("confidential", ["F", "C"])
def test_what_was_sent_again_as_it_was_is_no_revision(confidential: str) -> None:
    assert of("12", "10", confidential=confidential)["sex"].tolist() == ["F"]


@pytest.mark.parametrize(
    ("was", "status", "confidential", "said"),
    [("0", "A", "F", "A"), ("", "O", "F", "O"), ("", "M", "F", "M"), ("10", "A", "C", "Q")],
)
def test_zero_missing_not_applicable_and_suppressed_were_different_things(
    was: str, status: str, confidential: str, said: str
) -> None:
    (row,) = of("12", was, status, confidential=confidential).to_dict("records")

    assert row["previous_observation_status"] == said
    assert pd.isna(row["previous_value"]) == (said != "A")


@pytest.mark.parametrize(("now", "was"), [("C", "F"), ("F", "C"), ("S", "F"), ("C", "C")])
def test_what_is_or_was_withheld_is_not_told_as_it_was(now: str, was: str) -> None:
    assert told(ONE.format(12, 10, 1), now=now, was=was)["previous_value"].isna().all()


@pytest.mark.parametrize(
    ("column", "code", "in_it"),
    [("area", "FI", True), ("area", "SE", False), ("sex", "F", True), ("period", "2023", False)],
)
def test_in_company_of_what_is_withheld(column: str, code: str, in_it: bool) -> None:
    rows = revised(ONE.format(12, 10, 1))
    withheld = rows.assign(confidentiality_status="C", **{column: code})

    assert is_withheld_nearby(rows, rows, withheld).tolist() == [in_it]
    assert is_withheld_nearby(rows, withheld, rows).tolist() == [in_it]


def test_before_is_what_was_said_before_and_else_what_is_said_now() -> None:
    rows = revised(
        "indicator | area | value | previous_value | previous_vintage\n"
        "VICTIMS | FI | 12 | 10 | 1\n VICTIMS | SE | 7 | | "
    )

    assert previous_observations(rows)["value"].tolist() == [10, 7]
    assert previous_observations(rows)["vintage"].tolist() == ["1", "2"]


FIGURES = st.lists(st.tuples(*[st.integers(0, 3)] * 2), max_size=6)


@settings(max_examples=20, deadline=None)
@given(FIGURES)
def test_nothing_is_a_revision_that_did_not_change(figures: list[tuple[int, int]]) -> None:
    header = "indicator | area | value | previous_value | previous_vintage"
    lines = [f"VICTIMS | A{at} | {now} | {was} | 1" for at, (now, was) in enumerate(figures)]
    found = told("\n".join([header, *lines]))

    assert len(found) == sum(now != was for now, was in figures)
    assert (found["value"] != found["previous_value"]).all()
