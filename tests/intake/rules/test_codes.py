"""Codes beside the values, periods and days: what is in no list, and what cannot be yet."""

from dataclasses import replace

import pytest

from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.instruments import adoption_days
from metrics.core.period import ReferencePeriod
from metrics.intake.findings import ValidationContext
from tests.intake.rules.offences import find_offences
from tests.tables import COLLECTION, case, indicator, observations

AA = indicator("AA")
LAW = indicator("LAW", kind="milestone", unit="STEP", ladder=("not_started", "adopted", "in_force"))


def status(typed: str, understood: str, cell: str) -> ValidationContext:
    columns = "value | status | observation_status_typed | observation_status_cell"
    return case(f"indicator | {columns}\nAA | 1 | {understood} | {typed} | {cell}", AA)


@pytest.mark.parametrize(
    ("typed", "understood", "cell", "places"),
    [("P", "P", "G5", []), ("", "", "G5", []), ("prelim", "", "G5", ["G5"]), ("prelim", "", "", ["F5"])],
)  # fmt: skip
def test_a_code_of_no_list_is_told_where_it_stands(
    typed: str, understood: str, cell: str, places: list[str]
) -> None:
    found = find_offences("observation_status_unknown", status(typed, understood, cell))

    assert [finding["cell"] for finding in found] == places
    assert all(
        finding["expected"] == ", ".join(codelist("observation_status")) for finding in found
    )


@pytest.mark.parametrize(("typed", "near"), [("provisonal value", "P"), ("%%%%", "")])
def test_the_code_that_was_probably_meant_is_shown(typed: str, near: str) -> None:
    (found,) = find_offences("observation_status_unknown", status(typed, "", "G5"))

    assert (found["typed"], found["nearest"]) == (typed, near)


def test_one_cell_that_stands_for_many_rows_is_told_once() -> None:
    drawn = """
        indicator | value | confidentiality_status | confidentiality_status_typed | confidentiality_status_cell
        AA        | 1     |                        | secret                       | G1
        AA        | 2     |                        | secret                       | G1
    """

    assert [
        finding["cell"]
        for finding in find_offences("confidentiality_status_unknown", case(drawn, AA))
    ] == ["G1"]


@pytest.mark.parametrize(
    ("period", "asked", "future"),
    [
        ("2024", True, False),
        ("2023", False, False),
        ("2024-Q4", False, False),
        ("2025", False, True),
        ("2025-Q1", False, False),  # over on the very day when the round is due
        ("2025-04", False, True),
    ],
)
def test_only_the_periods_of_the_round_are_asked_for(
    period: str, asked: bool, future: bool
) -> None:
    whole = case(f"indicator | value | period | period_cell\nAA | 1 | {period} | C5", AA)

    refused = find_offences("period_not_asked", whole) + find_offences("parts_of_period", whole)
    assert [finding["cell"] for finding in refused] == ["C5"] * (not asked)
    assert [finding["due"] for finding in find_offences("period_in_future", whole)] == [
        "2025-03-31"
    ] * future


@pytest.mark.parametrize("period", ["2019", "2024-03"])
def test_a_round_that_names_no_periods_takes_any(period: str) -> None:
    whole = case(f"indicator | value | period\nAA | 1 | {period}", AA, round="open")

    assert find_offences("period_not_asked", whole) == []


def test_the_round_that_was_asked_for_goes_before_that_of_the_file() -> None:
    whole = case("indicator | value | period\nAA | 1 | 2019", AA, asked={"round": "open"})

    assert find_offences("period_not_asked", whole) == []


def test_in_a_round_that_nobody_knows_only_the_future_is_impossible() -> None:
    whole = case("indicator | value | period\nAA | 1 | 2099\nAA | 1 | 1999", AA, round="1850")

    assert [finding["typed"] for finding in find_offences("period_in_future", whole)] == ["2099"]
    assert find_offences("period_not_asked", whole) == []


def test_an_empty_cell_has_no_wrong_period() -> None:
    whole = case("indicator | value | period\nAA |  | 2099", AA)

    assert (
        find_offences("period_in_future", whole) == find_offences("period_not_asked", whole) == []
    )


def test_several_rounds_do_not_lend_one_another_their_periods() -> None:
    other = COLLECTION.rounds[0].model_copy(
        update={"code": "2023", "periods": (ReferencePeriod(2023),)}
    )
    both = COLLECTION.model_copy(update={"rounds": (*COLLECTION.rounds, other)})
    whole = replace(case("indicator | value | period\nAA | 1 | 2023", AA), collection=both)

    assert [finding["expected"] for finding in find_offences("period_not_asked", whole)] == ["2024"]


def law(step: str, **said: str) -> ValidationContext:
    usual = {"indicator": "LAW", "component": "step", "value": step, "typed": "a step"}
    row = {**usual, "since_cell": "I5", **said}
    return case(observations(f"{' | '.join(row)}\n{' | '.join(row.values())}"), LAW)


@pytest.mark.parametrize(
    ("step", "since", "typed", "told"),
    [
        ("0", "", "", []),
        ("1", "", "", ["day_missing"]),
        ("1", "2024-03-01", "1.3.2024", []),
        ("1", "", "31.2.2024", ["day_impossible"]),
        ("1", "2024-12-31", "31.12.2024", []),
        ("1", "2025-01-01", "1.1.2025", ["day_after_period"]),
        ("", "", "", []),
    ],
)
def test_a_step_has_the_day_on_which_it_was_reached(
    step: str, since: str, typed: str, told: list[str]
) -> None:
    whole = law(step, since=since, since_typed=typed)

    days = ("day_missing", "day_impossible", "day_after_period")
    assert [rule for rule in days if find_offences(rule, whole)] == told
    assert {finding["cell"] for rule in told for finding in find_offences(rule, whole)} <= {"I5"}


def test_without_a_column_for_days_the_step_itself_is_shown() -> None:
    assert [
        finding["cell"] for finding in find_offences("day_missing", law("2", since_cell=""))
    ] == ["F5"]


@pytest.mark.parametrize(
    ("typed", "form", "value", "near"),
    [("in forse", "text", "", ["in_force"]), ("%%%%", "text", "", [""]), ("in force", "text", "2", []), ("", "empty", "", [])],
)  # fmt: skip
def test_a_step_of_no_ladder_is_told_with_the_ladder(
    typed: str, form: str, value: str, near: list[str]
) -> None:
    found = find_offences("step_unknown", law(value, typed=typed, form=form))

    assert [finding["step_nearest"] for finding in found] == near
    assert all(finding["steps"] == "not_started, adopted, in_force" for finding in found)


def test_a_count_is_on_no_ladder() -> None:
    whole = case("indicator | typed | form\nAA | forty | text", AA)

    assert find_offences("step_unknown", whole) == find_offences("day_missing", whole) == []


def test_months_where_a_year_is_asked_are_one_finding_with_what_is_there() -> None:
    months = "\n".join(f"AA | 1 | 2024-{month:02}" for month in (1, 2, 3))

    whole = case(f"indicator | value | period\n{months}", indicator("AA"))

    [found] = find_offences("parts_of_period", whole)
    assert (found["there"], found["number"], found["expected"]) == ("3", "12", "2024")
    assert found["typed"] == "2024-01, 2024-02, 2024-03"
    assert find_offences("period_not_asked", whole) == []


@pytest.mark.parametrize(
    ("instrument", "since", "expected"),
    [
        ("DIR_2011_93", "2009-01-01", "2011-12-13"),
        ("DIR_2011_93", "2011-12-13", ""),
        ("LANZAROTE", "2006-05-01", "2007-07-12"),
        ("_T", "1925-03-01", "1990-01-01"),
        ("_T", "1998-03-01", ""),
        ("_T", "", ""),
    ],
)
def test_no_step_is_older_than_its_instrument(instrument: str, since: str, expected: str) -> None:
    whole = law("1", instrument=instrument, since=since, since_typed=since)

    found = [(one["cell"], one["expected"]) for one in find_offences("day_too_early", whole)]
    assert found == ([("I5", expected)] if expected else [])


def test_every_instrument_has_its_day_of_adoption() -> None:
    assert {*adoption_days()} == {*codelist("instrument")}
