"""What stands twice, what was declared, and what is left unread of a file."""

from typing import Any

import pandas as pd
import pytest

from metrics.catalogue.loader import catalogue
from metrics.intake.rules import rules
from metrics.intake.rules.conditions import fault_of_declaration
from metrics.intake.workbook import TextFragment, Workbook
from tests.intake.rules.offences import find_offences, offending_cells
from tests.tables import actions, case, indicator, table, workbook

AA = indicator("AA")


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ("12 | 12 | A\nAA | 12.0 | 12 | A", "repeated_alike"),
        ("12 | 12 | A\nAA | 21 | 21 | A", "reported_twice"),
        ("12 | 12 | A\nAA | 12 | 12 | P", "reported_twice"),
        ("some |  | A\nAA | other |  | A", "reported_twice"),
        ("some |  | A\nAA | some |  | A", "repeated_alike"),
    ],
)
def test_what_stands_twice_says_the_same_or_not(rows: str, rule: str) -> None:
    whole = case(f"indicator | typed | value | status\nAA | {rows}", AA)

    assert offending_cells(rule, whole) == ["F5", "F6"]
    assert find_offences(rule, whole)[0]["others"] == "Figures!F5, Figures!F6"
    assert {"repeated_alike", "reported_twice"} - {rule} == {
        other for other in ("repeated_alike", "reported_twice") if not offending_cells(other, whole)
    }


@pytest.mark.parametrize(
    ("declared", "fault"),
    [
        ("error", "“error” does not declare a rule; write `name: [severity, condition, parameters]`"),
        (["note"], "['note'] does not declare a rule; write `name: [severity, condition, parameters]`"),
        ([], "[] does not declare a rule; write `name: [severity, condition, parameters]`"),
        (["eror", "noted"], "“eror” is not a severity; did you mean “error”?"),
        (["note", "notd"], "“notd” is not a condition; did you mean “noted”?"),
        (["note", "noted", 5], "“5” is not an issue of metrics/intake/issue_names.py; there are "),
        (["error", "of_form"], "“own_rule” is not a form of a cell (CellForm in intake/workbook.py)"),
        (["error", "of_form", "eror"], "did you mean “error”?"),
        (["error", "of_form", "error", "date"], "too many positional arguments; it takes form"),
        (["error", "not_in_list", "limits"], "did you mean “limit”?"),
        (["note", "remarked", "macros", "pictures"], "“pictures” is not a remark with a rule"),
        (["note", "left_open", "statsu", "goal_unknown"], "did you mean “status”?"),
        (["note", "left_open", "status", "goal_unknwn"], "did you mean “goal_unknown”?"),
        (["note", "contradicting", "numerator"], "it takes component, other, wrong"),
        (["note", "contradicting", "numeratr", "denominator", "value > 1"],
         "“numeratr” is not a component; did you mean “numerator”?"),
    ],
)  # fmt: skip
def test_a_line_that_declares_no_rule_is_corrected(declared: object, fault: str) -> None:
    assert fault in str(fault_of_declaration("own_rule", declared))


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("vlaue > 3", "“vlaue” is not a column here; did you mean “value”?"),
        ("value => 3", "is not a condition: invalid syntax; compare with =="),
        ("@limit > value", "is not a condition: invalid syntax; compare with =="),
        ("value is 3", "cannot be computed: 'Is' nodes are not implemented; compare with =="),
        ("value.notnaa()", "“notnaa” is not a function of a column; did you mean “notna”?"),
        ("value.between(1)", "cannot be computed: Series.between() missing 1 required"),
        ("value > form_other", "cannot be computed: Invalid comparison"),
        ("value + value_other", "is neither true nor false of a row; compare with =="),
    ],
)
def test_a_condition_on_two_components_is_tried(query: str, fault: str) -> None:
    declared = ["error", "contradicting", "numerator", "denominator", query]

    found = str(fault_of_declaration("own_rule", declared))
    assert found.startswith(f"“{query}”")
    assert fault in found


def test_a_sound_line_has_no_fault() -> None:
    assert fault_of_declaration("own_rule", ["error", "of_form", "error"]) is None
    assert fault_of_declaration("column_unknown", ["note", "noted"]) is None


def test_an_empty_row_beside_a_filled_one_is_no_repetition() -> None:
    assert offending_cells("repeated_alike", case("indicator | value\nAA | 12\nAA | ", AA)) == []


def test_of_many_places_the_first_five_are_named() -> None:
    whole = case("indicator | value\n" + "\n".join(["AA | 1"] * 7), AA)

    assert find_offences("repeated_alike", whole)[0]["others"].count("Figures!") == 5
    assert find_offences("repeated_alike", whole)[0]["others"].endswith(", …")


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        ("GA-1.1 | planned | Training | 2026", []),
        ("GA-1.1 | planned | Training | ", ["planned_without_timeframe"]),
        ("GA-1.1 | undertaken | Training | ", []),
        (" | undertaken | Training | ", ["goal_missing"]),
        ("GA-1.1 |  | Training | ", ["action_status_missing"]),
        ("GA-1.1 | undertaken |  | ", ["description_missing"]),
        (" |  |  | ", []),
    ],
)
def test_an_action_says_what_under_which_goal_and_by_when(drawn: str, told: list[str]) -> None:
    declared = actions(f"goals | status | description | timeframe\n{drawn}")
    whole = case("indicator | value\nAA | 1", AA, actions=declared)

    family = [member.name for member in rules().values() if member.family == "actions"]
    assert [rule for rule in family if find_offences(rule, whole)] == told


@pytest.mark.parametrize(("rule", "odd"), [("goal_missing", "goal_unknown"), ("action_status_missing", "action_status_unknown")])  # fmt: skip
def test_what_was_typed_and_not_understood_is_not_missing_too(rule: str, odd: str) -> None:
    declared = actions("goals | status | description\n | | Training")
    (cell,) = {
        finding["cell"]
        for finding in find_offences(rule, case("indicator | value", AA, actions=declared))
    }
    issues = table(f"rule | sheet | cell\n{odd} | Actions | {cell}")

    assert (
        offending_cells(rule, case("indicator | value", AA, actions=declared, issues=issues)) == []
    )


@pytest.mark.parametrize(
    ("remarks", "told"),
    [
        ((), []),
        (("macros",), ["contains_macros"]),
        (("external_links",), ["external_links_ignored"]),
        (("images",), ["contains_pictures"]),
        (("charts", "pivot_caches"), ["part_ignored"]),
        (("hidden_sheets", "encoding_guessed"), []),
    ],
)
def test_what_is_left_unread_is_said(remarks: tuple[str, ...], told: list[str]) -> None:
    whole = case("indicator | value", workbook=Workbook("a", "xlsx", (), remarks=remarks))

    unread = ("contains_macros", "contains_pictures", "external_links_ignored", "part_ignored")
    assert [rule for rule in unread if find_offences(rule, whole)] == told


@pytest.mark.parametrize(
    ("kind", "name", "text", "told"),
    [("property", "creator", "MoI", True), ("property", "lastModifiedBy", "MoI", True),
     ("property", "creator", "  ", False), ("property", "title", "MoI", False), ("comment", "creator", "MoI", False)],
)  # fmt: skip
def test_who_wrote_the_file_is_not_kept_and_that_is_said(
    kind: Any, name: str, text: str, told: bool
) -> None:
    whole = case(
        "indicator | value", workbook=workbook(text_fragments=(TextFragment(kind, "", name, text),))
    )

    assert bool(find_offences("author_not_kept", whole)) is told


def test_a_table_without_rows_is_no_change_of_anything() -> None:
    empty = case("indicator | value", AA, previous=pd.DataFrame(), history=pd.DataFrame())

    assert (
        offending_cells("large_revision", empty) == offending_cells("step_went_down", empty) == []
    )


@pytest.mark.parametrize(
    ("status", "timeframe", "progress", "told"),
    [
        ("planned", "2018–2019", "", True),
        ("planned", "2023-05-01", "", True),
        ("planned", "2018-2019", "not_started", False),  # a plan of an earlier round, which is late
        ("planned", "2024-2026", "", False),
        ("planned", "from 2026", "", False),
        ("planned", "continuous", "", False),
        ("planned", "2023/24", "", False),
        ("planned", "2023-03", "", True),
        ("planned", "2027-2026", "", True),
        ("undertaken", "2018-2019", "", False),
        ("undertaken", "2024-2028", "under_way", False),
        ("undertaken", "March 2027", "", True),
        ("undertaken", "2028-2029", "", True),
        ("planned", "2029", "done", True),
        ("planned", "", "", False),
    ],
)
def test_a_timeframe_agrees_with_the_status(
    status: str, timeframe: str, progress: str, told: bool
) -> None:
    text = f"status | description | timeframe | progress\n{status} | Training | {timeframe} | {progress}"
    whole = case("indicator | value", AA, actions=actions(text))

    found = find_offences("timeframe_contradicts_status", whole)
    assert [(one["cell"], one["when"]) for one in found] == ([("F5", "2024")] if told else [])


@pytest.mark.parametrize(
    ("timeframe", "number"),
    [
        ("by 20266", "20266"),
        ("2206", "2206"),
        ("2025-20226", "20226"),
        ("end of 0226", "0226"),
        ("202613", "202613"),
        ("2026", ""),
        ("202603", ""),
        ("20260331", ""),
        ("2026/27", ""),
        ("31.12.2026", ""),
        ("Q1 2026 to Q2 2027", ""),
        ("second half of the year", ""),
    ],
)
def test_a_number_in_a_timeframe_is_a_year(timeframe: str, number: str) -> None:
    text = f"status | description | timeframe\nplanned | Training | {timeframe}"
    whole = case("indicator | value", AA, actions=actions(text))

    found = find_offences("timeframe_without_year", whole)
    assert [(one["cell"], one["given"]) for one in found] == ([("F5", number)] if number else [])


@pytest.mark.parametrize(
    ("target", "goals", "told"),
    [
        ("GA-2", "GA-1.1", "GA-1.1 (GA-1)"),
        ("GA-1", "GA-1.1;GA-2.1", "GA-2.1 (GA-2)"),
        ("CC2019", "GA-1.1", "GA-1.1 (GA-1)"),
        ("GA-1", "CC2019-24", "CC2019-24 (CC2019)"),
        ("GA-2", "GA-2.1;GA-2.2", ""),
        ("CC2019", "CC2019-24", ""),
        ("GA-1", "", ""),
    ],
)
def test_a_goal_belongs_to_the_policy_target_beside_it(target: str, goals: str, told: str) -> None:
    text = f"policy_target | goals | description\n{target} | {goals} | Training"
    whole = case("indicator | value", AA, actions=actions(text), goals=catalogue().goals)

    found = [(one["cell"], one["others"]) for one in find_offences("goal_of_other_target", whole)]
    assert found == ([("C5", told)] if told else [])
