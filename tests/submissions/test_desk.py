"""The life of a submission, on a real workspace."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from openpyxl import load_workbook
from pandas.testing import assert_frame_equal

from metrics.core.atomic_files import digest_of_file
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.intake.findings import Severity
from metrics.submissions.desk import Desk, Outcome
from metrics.submissions.ledger import State
from metrics.submissions.vintages import count_changes
from tests.submitted import FINLAND, csv, place

MORNING = datetime(2025, 3, 30, 8, 15, tzinfo=UTC)
PERSONAL = "jane.doe@example.org"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "home")


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return csv(tmp_path / "fi.csv")


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return csv(tmp_path / "fi-again.csv", INVESTIGATIONS_OPENED="150", CONTENT_REMOVED="8")


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Workspaces after a first file, a second one, and the first again; tests copy them."""
    folder = tmp_path_factory.mktemp("homes")
    first = csv(folder / "fi.csv")
    second = csv(folder / "fi-again.csv", INVESTIGATIONS_OPENED="150", CONTENT_REMOVED="8")
    desk = Desk(folder / "home")
    copies = {}
    for name, path in (("once", first), ("twice", second), ("taken back", first)):
        desk.submit(path, **FINLAND)
        desk.close()
        copies[name] = copytree(desk.home, folder / name)
    return copies


@pytest.fixture
def once(homes: dict[str, Path], tmp_path: Path) -> Desk:
    return Desk(copytree(homes["once"], tmp_path / "home"))


@pytest.fixture
def twice(homes: dict[str, Path], tmp_path: Path) -> Desk:
    return Desk(copytree(homes["twice"], tmp_path / "home"))


@pytest.fixture
def taken_back(homes: dict[str, Path], tmp_path: Path) -> Desk:
    return Desk(copytree(homes["taken back"], tmp_path / "home"))


def states(desk: Desk) -> list[str]:
    return [submission.state for submission in desk.ledger.submissions("empact-cse")]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


# Examining


def test_examining_changes_nothing(desk: Desk, first: Path) -> None:
    examination = desk.examiner.examine(first, **FINLAND)

    assert examination.outcome is Outcome.ACCEPTED
    assert (examination.collection, examination.area, examination.round) == (
        "empact-cse",
        "FI",
        "2024",
    )
    assert len(examination.observations) == 4
    assert not desk.home.exists()


def test_a_file_that_is_named_after_a_person_is_refused_and_its_name_not_kept(
    desk: Desk, tmp_path: Path
) -> None:
    examination = desk.submit(csv(tmp_path / f"{PERSONAL}.csv"), **FINLAND)
    (report,) = desk.ledger.reports()

    assert examination.outcome is Outcome.IDENTIFYING
    assert PERSONAL not in f"{report.file} {report.refusal} {report.findings}"
    assert not desk.ledger.submissions()


@pytest.mark.parametrize("name", ["matti@work.xlsx", "fi-2024.v1.csv", "at.fi.XLSX", "2.csv"])
def test_a_name_that_is_no_address_is_left_alone(desk: Desk, first: Path, name: str) -> None:
    examination = desk.examiner.examine(first, name, **FINLAND)

    assert not any(finding.values.get("where") == "file" for finding in examination.findings)


@pytest.mark.parametrize(
    ("value", "outcome"),
    [("-5", "has_errors"), ("many", "has_errors"), (PERSONAL, "identifying"), ("5", "accepted")],
)
def test_the_outcome_is_that_of_the_gravest_finding(
    desk: Desk, tmp_path: Path, value: str, outcome: str
) -> None:
    path = csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED=value)

    assert desk.examiner.examine(path, **FINLAND).outcome == outcome


def test_what_cannot_be_read_is_told_in_one_sentence(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and then nothing")

    examination = desk.examiner.examine(tmp_path / "broken.xlsx", **FINLAND)
    assert examination.outcome is Outcome.UNREADABLE
    assert examination.refusal is not None
    assert examination.refusal.key == "damaged"
    assert examination.refusal.parameters["file"] == "broken.xlsx"
    assert examination.area == "FI"


def test_a_file_that_is_not_there_cannot_be_read(desk: Desk, tmp_path: Path) -> None:
    assert desk.examiner.examine(tmp_path / "gone.xlsx").outcome is Outcome.UNREADABLE


def test_a_file_that_belongs_nowhere_is_not_accepted(desk: Desk, first: Path) -> None:
    examination = desk.examiner.examine(first)

    assert examination.outcome is Outcome.HAS_ERRORS
    assert examination.count(Severity.ERROR) > 0


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ({"collection": "empact-csa"}, "did you mean “empact-cse”"),
        ({"collection": "empact-cse", "round_": "2o24"}, "did you mean “2024”"),
        ({"collection": "empact-cse", "area": "Filand"}, "“Filand” is not an area"),
    ],
)
def test_a_name_that_nothing_has_is_answered_with_the_nearest(
    desk: Desk, first: Path, said: dict[str, str], near: str
) -> None:
    with pytest.raises(UnknownNameError, match=near):
        desk.examiner.examine(first, **said)  # type: ignore[arg-type]


def test_greece_may_be_called_gr(desk: Desk, first: Path) -> None:
    assert desk.examiner.examine(first, **place("GR")).area == "EL"


# Submitting


def test_a_submission_is_kept_once_under_its_digest(desk: Desk, first: Path) -> None:
    examination = desk.submit(first, received=MORNING, **FINLAND)

    key = f"empact-cse/2024/FI/2025-03-30T0815Z-{examination.digest[:8]}.csv"
    assert examination.submission is not None
    assert examination.submission.key == key
    assert digest_of_file(desk.archive.folder / key) == examination.digest


def test_the_same_file_twice_changes_nothing_and_says_so(desk: Desk, first: Path) -> None:
    once = desk.submit(first, **FINLAND)
    before = files(desk.home)
    again = desk.submit(first, "another-name.csv", **FINLAND)

    assert again.same_as_current == once.submission
    assert again.submission is None
    assert files(desk.home) == before
    assert len(desk.submissions_table()) == 1


def test_an_older_file_sent_again_is_the_newest_vintage(twice: Desk, first: Path) -> None:
    examination = twice.examiner.examine(first, **FINLAND)

    assert examination.same_as_current is None
    assert examination.same_as_replaced is not None
    assert examination.same_as_replaced.digest == examination.digest
    assert examination.difference is not None
    assert count_changes(examination.difference) == {
        "new": 0,
        "changed": 1,
        "unchanged": 3,
        "removed": 1,
    }
    assert states(twice) == [State.REPLACED, State.CURRENT]


@pytest.mark.parametrize(
    ("typed", "removed"), [("about forty", 0), ("-5", 0), ("#N/A", 0), ("", 1)]
)
def test_a_cell_in_error_is_not_removed(
    once: Desk, tmp_path: Path, typed: str, removed: int
) -> None:
    examination = once.examiner.examine(
        csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED=typed), **FINLAND
    )

    assert examination.difference is not None
    assert count_changes(examination.difference)["removed"] == removed


def test_what_is_taken_back_stays_in_the_register(desk: Desk, first: Path, second: Path) -> None:
    sent = [desk.submit(path, **FINLAND).submission for path in (first, second, first)]
    table = desk.submissions_table()

    assert states(desk) == [State.REPLACED, State.REPLACED, State.CURRENT]
    assert [*table["vintage"]] == [
        submission.vintage for submission in reversed(sent) if submission
    ]
    assert [*table["again"]] == [table["vintage"][2], "", ""]


def test_what_is_taken_back_counts_and_says_what_it_was_before(taken_back: Desk) -> None:
    standing = taken_back.observations("empact-cse").set_index("indicator")
    opened = standing.loc["INVESTIGATIONS_OPENED"]

    assert (opened["value"], opened["previous_value"]) == (120, 150)


def test_a_ledger_made_anew_knows_what_was_taken_back(taken_back: Desk) -> None:
    before = taken_back.submissions_table()
    taken_back.close()
    for path in (taken_back.home / "data").glob("ledger.sqlite*"):
        path.unlink()

    after = Desk(taken_back.home).submissions_table()
    same = ["vintage", "digest", "state", "again"]
    assert before[same].equals(after[same])


def test_the_past_told_again_takes_nothing_back(desk: Desk, first: Path, second: Path) -> None:
    for path, hour in ((first, 8), (second, 9), (first, 8), (second, 9)):
        desk.submit(path, received=MORNING.replace(hour=hour), **FINLAND)

    assert states(desk) == [State.REPLACED, State.CURRENT]


def test_the_same_file_of_another_state_is_another_submission(desk: Desk, first: Path) -> None:
    for area in ("FI", "SE"):
        assert desk.submit(first, **place(area)).submission is not None

    assert sorted(desk.submissions_table()["area"]) == ["FI", "SE"]


def test_a_new_file_is_a_new_vintage_and_shows_the_difference(once: Desk, second: Path) -> None:
    examination = once.examiner.examine(second, **FINLAND)

    assert examination.difference is not None
    assert count_changes(examination.difference) == {
        "new": 1,
        "changed": 1,
        "unchanged": 3,
        "removed": 0,
    }
    changed = examination.difference[examination.difference["change"] == "changed"]
    assert changed[["previous_value", "value", "change_percent"]].to_numpy().tolist() == [
        [120.0, 150.0, 25.0]
    ]


def test_the_vintage_before_is_replaced_and_kept(twice: Desk) -> None:
    assert states(twice) == [State.REPLACED, State.CURRENT]
    assert len(list(twice.archive.keys())) == 2


def test_a_file_with_errors_is_not_kept_but_its_report_is(desk: Desk, tmp_path: Path) -> None:
    desk.submit(csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="-5"), **FINLAND)

    assert list(desk.archive.keys()) == []
    (report,) = desk.ledger.reports("empact-cse")
    assert report.outcome == "has_errors"
    assert "B2" not in {finding["cell"] for finding in report.findings}
    assert "C2" in {finding["cell"] for finding in report.findings}


def test_no_report_repeats_data_about_a_person(desk: Desk, tmp_path: Path) -> None:
    desk.submit(csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED=PERSONAL), **FINLAND)

    assert PERSONAL not in str(desk.ledger.reports()[0].findings)
    assert not any(PERSONAL.encode() in path.read_bytes() for path in desk.home.rglob("*.*"))


def test_what_was_not_seen_is_not_replaced(desk: Desk, first: Path, second: Path) -> None:
    seen = desk.examiner.examine(second, **FINLAND)
    desk.submit(first, **FINLAND)

    with pytest.raises(SubmissionError, match=r"was submitted for \S+ meanwhile"):
        desk.keep_file(second, seen)
    assert states(desk) == [State.CURRENT]


def test_a_file_that_changed_since_it_was_examined_is_refused(desk: Desk, first: Path) -> None:
    seen = desk.examiner.examine(first, **FINLAND)
    csv(first, INVESTIGATIONS_OPENED="9")

    with pytest.raises(SubmissionError, match="was changed after it was read"):
        desk.keep_file(first, seen)
    assert list(desk.archive.keys()) == []
    assert states(desk) == []


# Uploads


def staged(desk: Desk, path: Path) -> str:
    return desk.receive_upload(BytesIO(path.read_bytes()), path.name)


def test_an_upload_waits_until_it_is_confirmed(desk: Desk, first: Path) -> None:
    digest = staged(desk, first)
    examination = desk.examine_upload(digest, **FINLAND)

    assert digest == digest_of_file(first) == examination.digest
    assert states(desk) == []
    assert desk.confirm_upload(digest, **FINLAND).submission is not None
    assert states(desk) == [State.CURRENT]
    assert list(desk.uploads.folder.iterdir()) == []


def test_an_upload_is_dropped_as_soon_as_data_about_a_person_is_seen(
    desk: Desk, tmp_path: Path
) -> None:
    digest = staged(desk, csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED=PERSONAL))
    desk.examine_upload(digest, **FINLAND)

    assert list(desk.uploads.folder.iterdir()) == []
    with pytest.raises(UnknownNameError, match="send it again"):
        desk.confirm_upload(digest, **FINLAND)


def test_an_upload_with_errors_can_be_looked_at_again(desk: Desk, tmp_path: Path) -> None:
    digest = staged(desk, csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="-5"))

    for _ in range(2):
        assert desk.examine_upload(digest, **FINLAND).outcome is Outcome.HAS_ERRORS
    assert desk.confirm_upload(digest, **FINLAND).submission is None


def test_confirming_replaces_only_what_was_shown(desk: Desk, first: Path, second: Path) -> None:
    digest = staged(desk, second)
    desk.submit(first, **FINLAND)

    with pytest.raises(SubmissionError, match=r"was submitted for \S+ meanwhile"):
        desk.confirm_upload(digest, replaces="", **FINLAND)
    assert (
        desk.confirm_upload(digest, replaces=digest_of_file(first), **FINLAND).submission
        is not None
    )


# All files of a collection


def test_later_rounds_stand_over_earlier_ones(once: Desk, tmp_path: Path) -> None:
    later = csv(tmp_path / "2025.csv", "2025", INVESTIGATIONS_OPENED="130")
    once.submit(later, **place(round_="2025"))

    found = once.observations("empact-cse").set_index(["indicator", "sex", "period"])["value"]
    assert found["INVESTIGATIONS_OPENED", "_T", "2024"] == 120
    assert found["INVESTIGATIONS_OPENED", "_T", "2025"] == 130


def test_observations_remember_file_and_cell_and_the_value_before(once: Desk, second: Path) -> None:
    examination = once.submit(second, **FINLAND)

    found = once.observations("empact-cse").set_index("indicator").loc["INVESTIGATIONS_OPENED"]
    assert examination.submission
    assert (found["submission"], found["cell"]) == (examination.submission.name, "C2")
    assert (found["previous_value"], found["value"]) == (120.0, 150.0)


def test_observations_are_the_same_when_they_are_read_from_the_archive_again(twice: Desk) -> None:
    kept = twice.observations("empact-cse")
    rmtree(twice.table_cache.folder)

    assert twice.observations("empact-cse").equals(kept)


def test_a_kept_table_that_is_broken_is_made_again(once: Desk) -> None:
    before = once.observations("empact-cse")
    for kept in once.table_cache.folder.rglob("*.parquet"):
        kept.write_text("no table")

    assert once.observations("empact-cse").equals(before)


def test_nothing_submitted_is_said(desk: Desk) -> None:
    with pytest.raises(SubmissionError, match="nothing has been submitted to empact-cse yet"):
        desk.observations("empact-cse")


def test_the_template_shows_what_was_sent_last(once: Desk, tmp_path: Path) -> None:
    (tmp_path / "next.xlsx").write_bytes(once.template("empact-cse", "FI", "2025", "fi"))

    book = load_workbook(tmp_path / "next.xlsx")
    shown = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert 120 in shown


def test_a_template_comes_in_known_languages_only(desk: Desk) -> None:
    with pytest.raises(UnknownNameError, match="there are en"):
        desk.template("empact-cse", "FI", "2025", "sv")


def test_a_filled_template_says_itself_where_it_belongs(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "fi.xlsx").write_bytes(desk.template("empact-cse", "FI", "2024"))

    examination = desk.examiner.examine(tmp_path / "fi.xlsx")
    assert (examination.collection, examination.area, examination.round) == (
        "empact-cse",
        "FI",
        "2024",
    )


# Adopting


def test_the_ledger_is_made_again_from_the_archive(twice: Desk) -> None:
    before = twice.submissions_table()
    twice.close()
    for path in (twice.home / "data").glob("ledger.sqlite*"):
        path.unlink()

    columns = ["digest", "collection", "round", "area", "vintage", "state", "size", "key"]
    assert Desk(twice.home).submissions_table()[columns].equals(before[columns])


def test_a_file_that_is_none_of_the_archive_is_left_out_and_named(desk: Desk, first: Path) -> None:
    examination = desk.submit(first, **FINLAND)
    assert examination.submission is not None
    beside = (desk.archive.folder / examination.submission.key).parent
    (beside / "notes.txt").write_text("call back")
    (beside / "2025-03-31T0915Z-00000000.csv").write_text("another digest")

    again = Desk(desk.home)
    assert len(again.submissions_table()) == 1
    strays = again.store.recovered.strays
    assert [stray.key for stray in strays] == ["changed_in_archive", "not_of_archive"]
    assert [
        name in str(stray.parameters["file"])
        for name, stray in zip(("00000000", "notes.txt"), strays, strict=True)
    ] == [True] * 2


def test_what_is_adopted_may_be_built_upon(once: Desk, first: Path) -> None:
    once.close()
    for path in (once.home / "data").glob("ledger.sqlite*"):
        path.unlink()

    assert Desk(once.home).examiner.examine(first, **FINLAND).same_as_current is not None


# Explanations


def explained(path: Path, period: str, count: str, remark: str) -> Path:
    rows = [
        "series,period,value,remark",
        f"INVESTIGATIONS_OPENED,{period},{count},{remark}",
        f"ICSE_VICTIMS,{period},14,The same as ever",
    ]
    path.write_text("\n".join(rows) + "\n")
    return path


@pytest.fixture(scope="module")
def home_told_why(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("told-why")
    desk = Desk(folder / "home")
    first = explained(folder / "a.csv", "2024", "100", "")
    desk.submit(first, received=MORNING, **FINLAND)
    second = explained(folder / "b.csv", "2025", "900", "A new unit")
    desk.submit(second, received=MORNING, **place(round_="2025"))
    desk.close()
    return desk.home


@pytest.fixture
def told_why(home_told_why: Path, tmp_path: Path) -> Desk:
    return Desk(copytree(home_told_why, tmp_path / "home"))


def test_a_warning_is_kept_with_its_explanation(told_why: Desk) -> None:
    (found,) = told_why.explanations("empact-cse").to_dict("records")

    assert (found["rule"], found["explained"]) == ("large_change", "A new unit")
    assert (found["round"], found["area"], found["cell"]) == ("2025", "FI", "C2")
    assert (found["state"], found["submission"]) == (State.CURRENT, f"2025/FI/{found['vintage']}")


def test_a_ledger_made_anew_has_the_explanations_too(told_why: Desk) -> None:
    kept = told_why.explanations("empact-cse")
    told_why.close()
    (told_why.home / "data" / "ledger.sqlite").unlink()

    again = Desk(told_why.home).explanations("empact-cse")
    assert_frame_equal(again.drop(columns="sheet"), kept.drop(columns="sheet"))


def test_what_is_told_again_is_told_beside_what_stood_then(told_why: Desk, tmp_path: Path) -> None:
    """A revision of the year before changes nothing of what was explained."""
    revised = explained(tmp_path / "c.csv", "2024", "890", "")
    told_why.submit(revised, received=MORNING.replace(hour=10), **FINLAND)
    told_why.close()
    (told_why.home / "data" / "ledger.sqlite").unlink()

    assert list(Desk(told_why.home).explanations("empact-cse")["rule"]) == ["large_change"]


def test_an_explanation_is_offered_with_the_next_workbook(told_why: Desk) -> None:
    book = load_workbook(BytesIO(told_why.template("empact-cse", "FI", "2026")))

    comments = [
        cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    ]
    assert [("A new unit" in text, "2025" in text) for text in comments] == [(True, True)]


def test_what_was_explained_for_another_state_is_offered_to_none(told_why: Desk) -> None:
    book = load_workbook(BytesIO(told_why.template("empact-cse", "SE", "2026")))

    assert not any(
        cell.comment for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    )


def test_a_warning_stays_when_its_figure_is_sent_again_with_a_remark(
    desk: Desk, tmp_path: Path
) -> None:
    for name, count, remark in (("a", "100", ""), ("b", "900", ""), ("c", "900", "A new unit")):
        examination = desk.submit(
            explained(tmp_path / f"{name}.csv", "2024", count, remark), **FINLAND
        )

    (found,) = (finding for finding in examination.findings if finding.rule == "large_revision")
    assert found.values["was"] == "100"
    assert list(desk.explanations("empact-cse")["explained"]) == ["A new unit"]


def test_a_figure_that_stays_withdrawn_is_asked_about_again(desk: Desk, tmp_path: Path) -> None:
    for name, count, remark in (("a", "100", ""), ("b", "", ""), ("c", "", "Counted anew")):
        examination = desk.submit(
            explained(tmp_path / f"{name}.csv", "2024", count, remark), **FINLAND
        )

    (found,) = (finding for finding in examination.findings if finding.rule == "value_withdrawn")
    assert found.values["was"] == "100"
    assert "explained" not in found.values  # a remark without a figure is not kept


def test_where_nothing_was_submitted_nothing_was_explained(desk: Desk) -> None:
    assert desk.explanations().empty
