"""A part of a report replaces what it states; the rest stays, with its file and cell."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from metrics.__main__ import run
from metrics.core.shared_texts import series_of_rows
from metrics.intake.findings import Severity
from metrics.release.build import build
from metrics.release.lineage import Lineage
from metrics.submissions.archive import SubmissionKey
from metrics.submissions.desk import Desk, RequestedScope
from metrics.submissions.ledger import Extent
from metrics.submissions.partial_reports import is_stated_in, stated_rows
from metrics.submissions.table_cache import TableCache
from tests.sheets import fill, order, saved, written
from tests.submitted import FINLAND, PreparedWorkspaces, csv
from tests.tables import observations

PART_OF_FINLAND: RequestedScope = {**FINLAND, "extent": "part"}
PART = {
    "ICSE_VICTIMS": "15",
    "ICSE_VICTIMS[sex=F]": "11",
    "ICSE_VICTIMS[sex=M]": "4",
}


def part_of_report(path: Path, figures: dict[str, str] = PART) -> Path:
    rows = (f"{series},2024,{value}" for series, value in figures.items())
    path.write_text("\n".join(["series,period,value", *rows]) + "\n")
    return path


def figures_of(desk: Desk) -> dict[str, float]:
    table = desk.observations("empact-cse")
    names = table["indicator"] + table["sex"].map({"_T": "", "F": " F", "M": " M"})
    return dict(zip(names, table["value"], strict=True))


@pytest.fixture
def desk(workspaces: PreparedWorkspaces, tmp_path: Path) -> Desk:
    return workspaces.copy(tmp_path / "home", (csv(tmp_path / "whole.csv"), FINLAND))


@pytest.fixture
def after_a_part(workspaces: PreparedWorkspaces, tmp_path: Path) -> Desk:
    whole, part = csv(tmp_path / "whole.csv"), part_of_report(tmp_path / "2.csv")
    return workspaces.copy(tmp_path / "home", (whole, FINLAND), (part, PART_OF_FINLAND))


@pytest.fixture
def after_two_parts(workspaces: PreparedWorkspaces, tmp_path: Path) -> Desk:
    whole, part = csv(tmp_path / "whole.csv"), part_of_report(tmp_path / "2.csv")
    other = part_of_report(tmp_path / "3.csv", {"CONTENT_REMOVED": "3"})
    return workspaces.copy(
        tmp_path / "home", (whole, FINLAND), (part, PART_OF_FINLAND), (other, PART_OF_FINLAND)
    )


def test_the_whole_of_a_report_removes_what_is_not_in_it(desk: Desk, tmp_path: Path) -> None:
    examination = desk.submit(part_of_report(tmp_path / "2.csv"), **FINLAND)

    assert examination.not_asked == (("whole", "INVESTIGATIONS_OPENED", 1),)
    assert figures_of(desk) == {"ICSE_VICTIMS": 15, "ICSE_VICTIMS F": 11, "ICSE_VICTIMS M": 4}


def test_a_part_leaves_in_force_what_is_not_in_it(desk: Desk, tmp_path: Path) -> None:
    examination = desk.submit(part_of_report(tmp_path / "2.csv"), **PART_OF_FINLAND)

    assert examination.difference is not None
    assert [*examination.difference["change"]] == ["changed", "changed", "unchanged"]
    assert figures_of(desk) == {
        "ICSE_VICTIMS": 15, "ICSE_VICTIMS F": 11, "ICSE_VICTIMS M": 4, "INVESTIGATIONS_OPENED": 120
    }  # fmt: skip


def test_a_figure_that_stayed_is_traced_to_the_file_that_holds_it(after_two_parts: Desk) -> None:
    first = after_two_parts.ledger.submissions()[0]

    table = after_two_parts.observations("empact-cse").set_index("indicator")
    opened = table.loc["INVESTIGATIONS_OPENED"]
    assert (opened["submission"], opened["vintage"]) == (first.name, first.vintage)
    assert (opened["sheet"], opened["cell"]) == ("whole", "C2")
    assert table["vintage"].nunique() == 3


class CountedReads(TableCache):
    reads = 0

    def read(self, key: str, columns: list[str] | None = None) -> pd.DataFrame | None:
        self.reads += 1
        return super().read(key, columns)


def test_a_file_of_which_no_figure_was_replaced_is_in_force(
    after_two_parts: Desk, tmp_path: Path
) -> None:
    again = part_of_report(tmp_path / "4.csv", {"CONTENT_REMOVED": "4"})
    after_two_parts.submit(again, **PART_OF_FINLAND)
    sent = after_two_parts.ledger.submissions("empact-cse")
    validities = after_two_parts.validity_of(sent)

    standings = [
        str(validities[one.key].standing) for one in sorted(sent, key=lambda one: one.vintage)
    ]
    assert standings == ["in_part", "in_force", "in_part", "in_force"]


def test_each_table_is_read_once_however_many_parts_build_on_it(after_two_parts: Desk) -> None:
    counted = CountedReads(after_two_parts.table_cache.folder)
    accepted = replace(after_two_parts.accepted, cache=counted)

    found = [*accepted.observations(after_two_parts.ledger.submissions())]

    assert len(found) == 3
    assert counted.reads == 5  # the observations of each, and what each of the two parts covers


def test_a_carried_figure_keeps_what_came_before_it(desk: Desk, tmp_path: Path) -> None:
    desk.submit(csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED="130"), **FINLAND)
    desk.submit(part_of_report(tmp_path / "3.csv"), **PART_OF_FINLAND)

    table = desk.observations("empact-cse").set_index("indicator")
    opened = table.loc["INVESTIGATIONS_OPENED"]
    assert (opened["value"], opened["previous_value"]) == (130, 120)
    assert opened["first_vintage"] == opened["previous_vintage"] < opened["vintage"]


def test_a_release_of_parts_traces_each_figure_to_its_own_file(after_a_part: Desk) -> None:
    first, second = (entry.name for entry in after_a_part.ledger.submissions())

    values = build(after_a_part, "empact-cse").values
    assert values is not None
    lineage = Lineage(values, after_a_part.catalogue)

    traced = [
        lineage.trace(series, "FI", "2024").submission
        for series in ("INVESTIGATIONS_OPENED", "ICSE_VICTIMS")
    ]
    assert traced == [first, second]


def test_the_ledger_knows_parts_when_it_is_made_anew_from_the_archive(
    after_a_part: Desk, tmp_path: Path
) -> None:
    before = after_a_part.observations("empact-cse")
    after_a_part.close()
    for file in (tmp_path / "home" / "data").glob("ledger.sqlite*"):
        file.unlink()

    again = Desk(tmp_path / "home")

    assert [entry.extent for entry in again.ledger.submissions()] == [Extent.WHOLE, Extent.PART]
    columns = ["indicator", "sex", "value", "submission", "cell"]
    pd.testing.assert_frame_equal(again.observations("empact-cse")[columns], before[columns])


def test_rows_in_which_nothing_is_stated_replace_nothing() -> None:
    earlier = observations("""
        indicator | authority | value
        VICTIMS   | _T        | 9
        VICTIMS   | POLICE    | 5
        VICTIMS   | COURT     | 4
        SUSPECTS  | _T        | 7
        TRAININGS | _T        | 3
    """)
    part = observations("""
        sheet | indicator | authority | typed | value | status
        GA-1  | VICTIMS   | _T        |       |       |
        GA-1  | VICTIMS   | POLICE    | 6     | 6     |
        GA-1  | SUSPECTS  | _T        |       |       | Q
        GA-2  | TRAININGS | _T        | many  |       |
    """)

    assert [*is_stated_in(earlier, stated_rows(part))] == [False, True, False, True, True]


def test_the_breakdown_of_an_indicator_stays_if_a_part_has_its_total_alone(
    desk: Desk, tmp_path: Path
) -> None:
    total = part_of_report(tmp_path / "2.csv", {"ICSE_VICTIMS": "14"})

    asked = desk.examiner.examine(total, **FINLAND)
    desk.submit(total, **PART_OF_FINLAND)

    assert sum(number for _, _, number in asked.not_asked) == 3
    assert figures_of(desk) == {
        "ICSE_VICTIMS": 14, "ICSE_VICTIMS F": 10, "ICSE_VICTIMS M": 4, "INVESTIGATIONS_OPENED": 120
    }  # fmt: skip


@pytest.mark.parametrize(
    ("series", "value", "cell"), [("ICSE_VICTIMS", "13", ["C2"]), ("ICSE_VICTIMS[sex=M]", "5", ["C2"]),
                                  ("ICSE_VICTIMS", "15", []), ("INVESTIGATIONS_OPENED", "130", [])]
)  # fmt: skip
def test_a_part_that_contradicts_what_stays_is_not_accepted(
    series: str, value: str, cell: list[str], desk: Desk, tmp_path: Path
) -> None:
    part = part_of_report(tmp_path / "2.csv", {series: value})

    findings = desk.examiner.examine(part, **PART_OF_FINLAND).findings

    assert [found.cell for found in findings if found.rule == "part_contradicts_rest"] == cell


RELATED = {
    "VICTIMS_ASSISTED[component=numerator]": "8", "VICTIMS_ASSISTED[component=denominator]": "10",
    "TRAININGS_HELD": "9", "TRAININGS_HELD[authority=POLICE]": "5",
}  # fmt: skip


@pytest.mark.parametrize(
    ("series", "value", "rules"),
    [
        ("VICTIMS_ASSISTED[component=numerator]", "12", {"part_contradicts_rest"}),
        ("VICTIMS_ASSISTED[component=denominator]", "6", {"part_contradicts_rest"}),
        ("VICTIMS_ASSISTED[component=denominator]", "12", set()),
        ("TRAININGS_HELD", "3", {"part_contradicts_rest"}),
        ("TRAININGS_HELD[authority=POLICE]", "12", {"part_contradicts_rest"}),
        ("TRAININGS_HELD[authority=POLICE]", "7", set()),
    ],
)
def test_a_part_is_checked_with_the_related_figures_that_stay(
    series: str, value: str, rules: set[str], workspaces: PreparedWorkspaces, tmp_path: Path
) -> None:
    whole = part_of_report(tmp_path / "whole.csv", RELATED)
    desk = workspaces.copy(tmp_path / "home", (whole, FINLAND))

    part = part_of_report(tmp_path / "2.csv", {series: value})
    findings = desk.examiner.examine(part, **PART_OF_FINLAND).findings

    found = {(one.rule, one.cell) for one in findings if one.severity is not Severity.NOTE}
    assert found == {(name, "C2") for name in rules}


def actions_file(path: Path, *actions: str) -> Path:
    path.write_text("\n".join(["description,status,goals", *actions]) + "\n")
    return path


def test_actions_that_are_not_in_a_part_stay(
    workspaces: PreparedWorkspaces, tmp_path: Path
) -> None:
    first = actions_file(
        tmp_path / "1.csv",
        "Campaign in schools,planned,GA-1.1",
        "Training of judges,planned,GA-2.1",
    )
    second = actions_file(
        tmp_path / "2.csv",
        "Campaign in schools,already undertaken,GA-1.1",
        "New helpline,planned,GA-1.1",
    )
    desk = workspaces.copy(tmp_path / "home", (first, FINLAND))

    examination = desk.submit(second, **PART_OF_FINLAND)

    changes = dict(examination.action_changes[["description", "change"]].to_numpy())
    assert changes == {"Campaign in schools": "changed", "New helpline": "new"}
    ((_, actions),) = desk.accepted.actions(
        desk.in_force(SubmissionKey("empact-cse", "2024", "FI"))
    )
    assert dict(actions[["description", "status"]].to_numpy()) == {
        "Campaign in schools": "undertaken", "New helpline": "planned", "Training of judges": "planned"
    }  # fmt: skip


WHOLE_WORKBOOK = {
    "ICSE_VICTIMS": 14, "ICSE_VICTIMS[sex=F]": 10, "ICSE_VICTIMS[sex=M]": 4, "INVESTIGATIONS_OPENED": 120,
    "TRAININGS_HELD": 9, "TRAININGS_HELD[authority=POLICE]": 5, "TRAININGS_HELD[authority=JUDICIARY]": 4,
}  # fmt: skip
PARTS_OF_WORKBOOK = {
    "one policy target": {"ICSE_VICTIMS": 16, "ICSE_VICTIMS[sex=F]": 11, "ICSE_VICTIMS[sex=M]": 5},
    "one authority": {"TRAININGS_HELD[authority=POLICE]": 3},
}


def workbook(path: Path, figures: dict[str, int]) -> Path:
    """Our workbook for Finland with these figures alone, as an analyst saves it."""
    book = written(order())
    fill(book, figures, "Value 2024")
    return saved(book, path)


@pytest.mark.parametrize("name", PARTS_OF_WORKBOOK)
def test_a_part_of_our_workbook_replaces_only_the_rows_that_are_filled_in(
    name: str, workspaces: PreparedWorkspaces, tmp_path: Path
) -> None:
    whole, own = workbook(tmp_path / "whole.xlsx", WHOLE_WORKBOOK), PARTS_OF_WORKBOOK[name]
    desk, part = workspaces.copy(tmp_path / "home", (whole, FINLAND)), tmp_path / "part.xlsx"

    asked = desk.examiner.examine(workbook(part, own), **FINLAND)
    examination = desk.submit(part, **PART_OF_FINLAND)

    assert sum(number for _, _, number in asked.not_asked) == len(WHOLE_WORKBOOK) - len(own)
    assert examination.submission is not None, [*examination.findings]
    table = desk.observations("empact-cse")
    in_force = dict(zip(series_of_rows(table), table["value"], strict=True))
    assert in_force == WHOLE_WORKBOOK | own
    is_own = table["vintage"] == examination.submission.vintage
    assert is_own.sum() == len(own)


def test_several_sheets_are_one_report_and_none_is_kept_if_one_has_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    first = part_of_report(tmp_path / "GA-1.csv", {"ICSE_VICTIMS": "15"})
    second = part_of_report(tmp_path / "GA-2.csv", {"INVESTIGATIONS_OPENED": "many"})
    place = ("--collection", "empact-cse", "--area", "FI", "--round", "2024")
    command = ["--home", str(home), "submit", str(first), str(second), *place]

    assert run(command) == 1
    assert not (home / "data" / "raw").exists()

    part_of_report(second, {"INVESTIGATIONS_OPENED": "120"})
    assert run(command) == 0
    desk = Desk(home)
    assert figures_of(desk) == {"ICSE_VICTIMS": 15, "INVESTIGATIONS_OPENED": 120}
    assert set(desk.observations("empact-cse")["sheet"]) == {"GA-1", "GA-2"}


def test_a_part_sent_as_the_whole_is_not_the_same_file(after_a_part: Desk, tmp_path: Path) -> None:
    desk, path = after_a_part, tmp_path / "2.csv"
    again = desk.examiner.examine(path, **PART_OF_FINLAND)
    whole = desk.submit(path, **FINLAND)

    assert again.same_as_current is not None
    assert (whole.same_as_current, whole.same_as_replaced) == (None, None)
    assert whole.submission is not None
    assert figures_of(desk) == {"ICSE_VICTIMS": 15, "ICSE_VICTIMS F": 11, "ICSE_VICTIMS M": 4}


def test_a_part_sent_again_after_another_part_takes_nothing_back(
    after_two_parts: Desk, tmp_path: Path
) -> None:
    again = after_two_parts.examiner.examine(tmp_path / "2.csv", **PART_OF_FINLAND)

    assert (again.same_as_current, again.same_as_replaced) == (None, None)
    assert again.difference is not None
    assert {*again.difference["change"]} == {"unchanged"}


def test_a_part_of_the_whole_in_force_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    assert (
        desk.examiner.examine(csv(tmp_path / "whole.csv"), **PART_OF_FINLAND).same_as_current
        is not None
    )
