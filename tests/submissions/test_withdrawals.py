"""What is withdrawn leaves later releases; the register keeps it, with the reason."""

from pathlib import Path

import pytest

from metrics.__main__ import run
from metrics.core.errors import SubmissionError, SupersededError
from metrics.release.build import build
from metrics.release.store import ReleaseStore
from metrics.release.timeliness import WITHDRAWN
from metrics.release.withdrawn_figures import publishable_reason
from metrics.submissions.desk import Desk
from metrics.submissions.ledger import Extent, State
from metrics.submissions.withdrawals import name_figures, parse_figure, refuse_numbers
from tests.submitted import FINLAND, PreparedWorkspaces, csv, place

REASON = "counted twice by mistake"
OPENED = "INVESTIGATIONS_OPENED FI 2024"


@pytest.fixture
def desk(workspaces: PreparedWorkspaces, tmp_path: Path) -> Desk:
    other = csv(tmp_path / "other.csv", INVESTIGATIONS_OPENED="60")
    return workspaces.copy(
        tmp_path / "home", (csv(tmp_path / "first.csv"), FINLAND), (other, place("SE"))
    )


def withdraw(desk: Desk, *figures: str, reason: str = REASON) -> None:
    submission, _ = desk.figures_in_force("empact-cse", "FI", "2024")
    desk.withdraw(submission, reason, figures)


def areas(desk: Desk) -> list[str]:
    return sorted(desk.observations("empact-cse")["area"].unique())


def test_a_withdrawn_submission_is_in_the_register_and_in_no_later_release(desk: Desk) -> None:
    before = build(desk, "empact-cse")
    withdraw(desk)
    after = build(desk, "empact-cse")

    assert areas(desk) == ["SE"]
    assert before.values is not None
    assert after.values is not None
    assert [set(found["area"]) & {"FI"} for found in (before.values, after.values)] == [
        {"FI"}, set()
    ]  # fmt: skip
    entries = desk.submissions_table()
    entries = entries[entries["area"] == "FI"]
    assert [*entries["state"]] == [State.WITHDRAWN, State.WITHDRAWN]
    assert [*entries["reason"]] == [REASON, ""]

    opened = ReleaseStore(desk.processed).open("empact-cse", after.label)
    assert opened is not None
    reports = opened.table("reporting").set_index(["area", "round"])["status"]
    assert reports["FI", "2024"] == WITHDRAWN != reports["SE", "2024"]
    figures = opened.table("withdrawals")
    assert set(figures["indicator"]) == {"ICSE_VICTIMS", "INVESTIGATIONS_OPENED"}
    assert set(figures["reason"]) == {REASON}


def test_single_figures_are_withdrawn_and_the_others_keep_their_file(desk: Desk) -> None:
    first, _ = desk.figures_in_force("empact-cse", "FI", "2024")
    withdraw(desk, OPENED)

    own = desk.observations("empact-cse").query("area == 'FI'")
    assert set(own["indicator"]) == {"ICSE_VICTIMS"}
    assert set(own["submission"]) == {first.name}
    entry, _ = desk.figures_in_force("empact-cse", "FI", "2024")
    assert (entry.extent, entry.reason, entry.observations) == (Extent.FIGURES, REASON, 3)


def test_all_figures_one_by_one_are_the_whole(desk: Desk) -> None:
    _, observations = desk.figures_in_force("empact-cse", "FI", "2024")
    withdraw(desk, *name_figures(observations))
    assert desk.ledger.submissions("empact-cse")[1].extent == Extent.WITHDRAWAL


def test_the_file_sent_again_after_a_withdrawal_is_a_new_vintage(
    desk: Desk, tmp_path: Path
) -> None:
    withdraw(desk)
    examination = desk.submit(tmp_path / "first.csv", **FINLAND)
    assert examination.submission is not None
    assert examination.replaces is None
    assert areas(desk) == ["FI", "SE"]


def test_the_ledger_is_the_same_when_it_is_made_anew_from_the_archive(
    desk: Desk, tmp_path: Path
) -> None:
    withdraw(desk, OPENED)
    withdraw(desk, reason="the wrong year was sent")
    names = ["vintage", "state", "extent", "reason", "key"]
    before = desk.submissions_table()[names]
    desk.close()
    for file in (tmp_path / "home" / "data").glob("ledger.sqlite*"):
        file.unlink()

    assert Desk(tmp_path / "home").submissions_table()[names].equals(before)


@pytest.mark.parametrize(
    "reason",
    ["sheet GA-1 of 2025", "sent on 3 March 2026", "στις 3 Μαρτίου 2026", "29.11.2026: 2011/93/EU"],
)
def test_days_years_and_codes_in_a_reason_are_no_figures(reason: str) -> None:
    refuse_numbers(reason)


@pytest.mark.parametrize(
    ("reason", "figures", "said"),
    [
        ("", (), "is not a reason"),
        ("1234567890", (), "is not a reason"),
        ("ask jane.doe@example.org about it", (), "data about a person"),
        ("there were 12 victims 2025 only", (), "contains the number 12"),
        ("counted twice (120)", (), "contains the number 120"),
        (REASON, ("ICSE_VICTIMS FI 1999",), "not among the figures"),
        (REASON, ("nonsense",), "is not a figure"),
    ],
)
def test_what_cannot_be_withdrawn_is_refused(
    desk: Desk, reason: str, figures: tuple[str, ...], said: str
) -> None:
    with pytest.raises(SubmissionError, match=said):
        withdraw(desk, *figures, reason=reason)
    assert areas(desk) == ["FI", "SE"]


def test_nothing_is_withdrawn_that_was_replaced_meanwhile(desk: Desk, tmp_path: Path) -> None:
    submission, _ = desk.figures_in_force("empact-cse", "FI", "2024")
    desk.submit(csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED="130"), **FINLAND)
    with pytest.raises(SupersededError, match=r"was submitted for \S+ meanwhile"):
        desk.withdraw(submission, REASON)


def test_a_name_of_a_figure_is_read_as_it_is_written(desk: Desk) -> None:
    _, observations = desk.figures_in_force("empact-cse", "FI", "2024")
    for name, row in zip(name_figures(observations), observations.to_dict("records"), strict=True):
        assert parse_figure(name) == {column: row[column] for column in parse_figure(name)}


def test_the_command_asks_before_it_withdraws(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--home", str(tmp_path / "home"), "withdraw", "--collection", "empact-cse",
             "--area", "FI", "--round", "2024", "--reason", REASON, "--figure", OPENED]  # fmt: skip

    assert run(asked) == SubmissionError.exit_code
    assert f"{OPENED}: 120" in capsys.readouterr().out
    assert run([*asked, "--yes"]) == 0
    assert "INVESTIGATIONS_OPENED" not in set(
        Desk(tmp_path / "home").observations("empact-cse").query("area == 'FI'")["indicator"]
    )


def withdrawn(desk: Desk) -> list[tuple[str, ...]]:
    released = build(desk, "empact-cse")
    opened = ReleaseStore(desk.processed).open("empact-cse", released.label)
    assert opened is not None
    columns = ["indicator", "area", "period", "round", "reason"]
    return [*opened.table("withdrawals")[columns].itertuples(index=False, name=None)]


def test_a_release_names_withdrawn_figures_with_the_reason(desk: Desk) -> None:
    withdraw(desk, OPENED)

    assert withdrawn(desk) == [("INVESTIGATIONS_OPENED", "FI", "2024", "2024", REASON)]


def test_a_figure_that_was_sent_again_is_no_longer_withdrawn(desk: Desk, tmp_path: Path) -> None:
    withdraw(desk, OPENED)
    desk.submit(csv(tmp_path / "again.csv", INVESTIGATIONS_OPENED="119"), **FINLAND)

    assert withdrawn(desk) == []


@pytest.mark.parametrize(
    ("reason", "released"),
    [
        ("counted twice in 2024", "counted twice in 2024"),
        ("12 persons counted twice", ""),
        ("should be 3, not 120", ""),
    ],
)
def test_a_reason_that_may_hold_the_figure_is_not_released(reason: str, released: str) -> None:
    assert publishable_reason(reason) == released
