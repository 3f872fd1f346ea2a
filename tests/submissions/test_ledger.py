"""The ledger opens quickly, migrates itself, and agrees with its own models."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError

from metrics.submissions.ledger import (
    NEWEST_MIGRATION,
    Base,
    ExaminationReport,
    Ledger,
    LedgerError,
    ReleaseEntry,
    State,
    Submission,
    enter_submission,
    migration_of,
)
from metrics.submissions.ledger.migrations import upgrade

OPEN = "import sys; from pathlib import Path; from metrics.submissions.ledger import Ledger; "

OF_BEFORE = """
    (collection, round, area, digest, vintage, file, format, size, key, state, received_at)
    VALUES ('c', 'r', 'a', 'd', 'v', 'f', 'x', 9, 'k', 'current', 'm')
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.at(tmp_path)


def submission(
    digest: str = "a", vintage: str = "2026-03-31T0915Z", area: str = "FI"
) -> Submission:
    return Submission(
        collection="empact-cse",
        digest=digest * 64,
        round="2025",
        area=area,
        vintage=vintage,
        file="fi.xlsx",
        format="xlsx",
        size=9000,
        key=f"empact-cse/2025/{area}/{vintage}-{digest * 8}.xlsx",
        received_at="2026-03-31T09:15:42Z",
    )


def report(outcome: str) -> ExaminationReport:
    return ExaminationReport(
        digest="b" * 64,
        collection="empact-cse",
        round="2025",
        area="FI",
        file="fi.xlsx",
        outcome=outcome,
        refusal="",
        findings=[{"rule": "negative_count", "cell": "F17"}],
        received_at="2026-03-31T09:15:42Z",
    )


def entered(ledger: Ledger, *submissions: Submission) -> dict[str, str]:
    for submission in submissions:
        with ledger.writing() as session:
            enter_submission(session, submission)
    return {submission.digest[0]: submission.state for submission in ledger.submissions()}


def test_a_new_ledger_stands_at_the_newest_migration(ledger: Ledger) -> None:
    with ledger.engine.connect() as connection:
        assert migration_of(connection) == NEWEST_MIGRATION


def test_the_migrations_make_what_the_models_say(ledger: Ledger) -> None:
    with ledger.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


def test_it_is_in_wal_mode_with_foreign_keys(ledger: Ledger) -> None:
    with ledger.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        }

    assert settings == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}


def test_opening_one_that_is_up_to_date_does_without_alembic(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.submissions()
    program = f"{OPEN}Ledger.at(Path({str(tmp_path)!r})).submissions(); sys.exit('alembic' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_many_may_open_a_new_one_at_once(tmp_path: Path) -> None:
    program = f"{OPEN}Ledger.at(Path({str(tmp_path)!r})).submissions()"
    runs = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(4)]

    assert [run.wait() for run in runs] == [0, 0, 0, 0]


def test_writers_take_turns(ledger: Ledger) -> None:
    ledger.submissions()
    several = [submission(digest, f"2026-03-31T091{digest}Z") for digest in "12345678"]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda submission: entered(ledger, submission), several))

    states = [submission.state for submission in ledger.submissions()]
    assert states == [State.REPLACED] * 7 + [State.CURRENT]


def test_a_writer_is_the_only_one_before_it_has_written_anything(ledger: Ledger) -> None:
    with ledger.writing():
        other = sqlite3.connect(ledger.url.removeprefix("sqlite:///"), timeout=0)
        with closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


def test_a_later_vintage_replaces_the_one_before(ledger: Ledger) -> None:
    first, second = submission("a"), submission("b", "2026-04-02T1000Z")

    assert entered(ledger, first, second) == {"a": State.REPLACED, "b": State.CURRENT}


def test_the_order_of_entry_does_not_matter(ledger: Ledger) -> None:
    first, second = submission("a"), submission("b", "2026-04-02T1000Z")

    assert entered(ledger, second, first) == {"a": State.REPLACED, "b": State.CURRENT}


def test_another_area_is_left_alone(ledger: Ledger) -> None:
    sweden = submission("b", "2026-04-02T1000Z", "SE")

    assert entered(ledger, submission("a"), sweden) == {"a": State.CURRENT, "b": State.CURRENT}


def test_one_vintage_is_one_submission(ledger: Ledger) -> None:
    entered(ledger, submission("a"))

    with pytest.raises(IntegrityError):
        entered(ledger, submission("b"))


def test_the_same_file_may_come_again(ledger: Ledger) -> None:
    moments = ("2026-03-31T0915Z", "2026-04-02T1000Z", "2026-04-03T1000Z")
    for digest, moment in zip("aba", moments, strict=True):
        entered(ledger, submission(digest, moment))

    states = [(submission.digest[0], submission.state) for submission in ledger.submissions()]
    assert states == [("a", State.REPLACED), ("b", State.REPLACED), ("a", State.CURRENT)]


def test_what_an_older_ledger_knows_is_kept(ledger: Ledger) -> None:
    engine = create_engine(ledger.url)
    with engine.begin() as connection:
        upgrade(connection, "0001")
        connection.exec_driver_sql(f"INSERT INTO submissions {OF_BEFORE}")
    engine.dispose()

    (kept,) = ledger.submissions()
    assert (kept.vintage, kept.digest, kept.size, kept.observations) == ("v", "d", 9, None)


def test_a_write_that_fails_changes_nothing(ledger: Ledger) -> None:
    twice_in_one = (submission("a"), submission("b"))
    with pytest.raises(IntegrityError), ledger.writing() as session:
        session.add_all(twice_in_one)

    assert list(ledger.submissions()) == []


@pytest.mark.parametrize("outcomes", [["has_errors"], ["has_errors", "has_errors", "accepted"]])
def test_a_report_on_the_same_file_stands_once(ledger: Ledger, outcomes: list[str]) -> None:
    for outcome in outcomes:
        ledger.record(report(outcome))

    assert [report.outcome for report in ledger.reports()] == [outcomes[-1]]
    assert ledger.reports("empact-cse")[0].findings[0]["cell"] == "F17"


def test_releases_come_newest_first(ledger: Ledger) -> None:
    for day in ("2026-03-31", "2026-04-02"):
        ledger.record(ReleaseEntry("sample", f"{day}-1f3a9c", "a" * 64, day, f"{day}T10:00:00Z"))

    assert [release.as_of for release in ledger.releases("sample")] == ["2026-04-02", "2026-03-31"]


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_text("not a database at all, but long enough to look at")

    with pytest.raises(LedgerError, match="cannot be opened as a ledger"):
        Ledger.at(tmp_path).submissions()


def test_a_database_of_something_else_is_brought_up_beside_it(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ledger.sqlite") as other:
        other.execute("CREATE TABLE notes (line TEXT)")

    assert list(Ledger.at(tmp_path).submissions()) == []


def test_another_database_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPACT_LEDGER", f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    Ledger.at(tmp_path / "unused").submissions()

    assert [path.name for path in tmp_path.glob("*.sqlite")] == ["elsewhere.sqlite"]


def test_a_ledger_that_was_closed_opens_again(ledger: Ledger) -> None:
    entered(ledger, submission("a"))
    ledger.close()

    assert len(ledger.submissions()) == 1
