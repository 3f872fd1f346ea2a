"""Reporting: who answered which round, as the release has it."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.data import Release, records
from dashboard.released.reporting import ReportingRecord, latest_round, next_round, reporting_record
from dashboard.texts import texts
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.messages import languages
from metrics.release.timeliness import tabulate_timeliness
from tests.dashboard.reading import of_type, with_class, words
from tests.dashboard.release import SILENT, YEARS, write_release
from tests.dashboard.written_tables import written_rows

EN = texts("en")


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def layout(**query: str) -> Any:
    from dashboard.pages import reporting  # noqa: PLC0415 - registers a page

    return reporting.layout(**query)


def record(*rows: tuple[str, str, str]) -> ReportingRecord:
    """Area, round and status; rounds are due in the order of their codes."""
    reports = pd.DataFrame(rows, columns=["area", "round", "status"])
    reports = reports.assign(due=reports["round"] + "-03-31")
    rounds = tuple(records(tabulate_timeliness(reports)))
    return ReportingRecord(rounds, {(row["area"], row["round"]): row for row in records(reports)})


@pytest.mark.parametrize("language", languages())
def test_every_cell_is_the_row_of_the_release(release: Release, language: str) -> None:
    text = texts(language)
    reports = reporting_record(release).reports
    heads, *rows = written_rows(layout(lang=language))

    by_name = {text.code("area", area): area for area in member_states()}
    states = [row for row in rows if row[0] in by_name]
    assert len(states) == len(member_states())
    for name, *cells in states:
        for code, cell in zip(heads[1:], cells, strict=True):
            report = reports[by_name[name], code]
            assert text(f"reporting.{report['status']}") in cell
            assert (str(report["days_late"]) in cell) == (report["days_late"] > 0)


def test_who_is_missing_is_the_finding_and_a_link(release: Release) -> None:
    (heading,) = of_type(layout(), "H1")

    assert words(heading).startswith("1 of 27 Member States has not reported for round 2025")
    (link,) = of_type(heading, "Link")
    assert (link.children, f"area={SILENT}" in link.href) == ("Croatia", True)


def test_who_was_late_is_named_with_the_days(release: Release) -> None:
    (facts,) = with_class(layout(), "record-facts")
    (late,) = (row for row in release.tables["reporting"].to_dict("records") if row["days_late"])

    assert late["area"] == "EL"
    assert f"Greece ({late['days_late']} days)" in words(facts).replace("  ", " ")


def test_the_share_on_time_is_that_of_the_release(release: Release) -> None:
    share = next(row for row in written_rows(layout()) if row[0] == EN("reporting.share"))

    released = release.stored.table("timeliness").sort_values("due")["share_on_time"]
    assert share[1:] == [f"{value:.0f}\N{NO-BREAK SPACE}%" for value in released]


def test_a_state_and_a_round_can_be_chosen(release: Release) -> None:
    drawn = layout(area="EL")

    assert words(of_type(drawn, "H1")).startswith("Greece reported on time in 5 of 6 rounds; late")
    assert len(of_type(of_type(drawn, "Tbody"), "Tr")) == len(YEARS)
    in_round = layout(round="2024")
    assert words(of_type(in_round, "H1")) == "All 27 Member States have reported for round 2024"
    assert len(of_type(of_type(in_round, "Tbody"), "Tr")) == len(member_states())


def test_an_area_that_does_not_report_is_named_and_all_are_shown(release: Release) -> None:
    drawn = layout(area="W0")

    assert "World" in words(with_class(drawn, "absent"))
    assert len(written_rows(drawn)) > len(member_states())


def test_the_latest_round_is_the_last_that_has_closed() -> None:
    early = ("SE", "2025", "on_time")

    assert (
        record(("FI", "2024", "missing"), ("FI", "2025", "awaited"), early).latest_closed == "2024"
    )
    assert record(("FI", "2024", "missing"), early).latest_closed == "2025"
    assert record(("FI", "2025", "awaited")).latest_closed == "2025"
    assert latest_round(None).round == ""


def test_the_next_round_is_the_first_that_is_due_later() -> None:
    rounds = catalogue().collections["empact-cse"].rounds

    ahead = next_round(record(("FI", "2024", "on_time")), rounds)

    assert ahead is not None
    assert ahead.due > date(2024, 3, 31)
    assert next_round(record(("FI", "2090", "on_time")), rounds) is None


def test_nobody_is_late_where_nobody_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))
    write_release(tmp_path, "published-figures")

    drawn = layout(collection="published-figures")

    assert words(of_type(drawn, "H1")) == "Nobody is asked to report for “Published figures”"
    assert "late" not in words(of_type(drawn, "Table"))


def test_the_file_has_the_reports_that_the_page_shows(
    client: FlaskClient, release: Release
) -> None:
    answer = client.get("/download/reporting.csv?collection=sample&round=2025")

    rows = list(csv.DictReader(answer.text.removeprefix("\ufeff").splitlines()))
    assert len(rows) == len(member_states())
    assert {row["area"] for row in rows if row["status"] == "missing"} == {SILENT}
    assert all("Sample figures (invented)" in row["source_line"] for row in rows)
    assert client.get("/download/reporting.csv?collection=sample&round=1850").status_code == 404


def test_a_total_of_the_union_leads_to_who_has_reported(release: Release) -> None:
    from dashboard.pages import goal  # noqa: PLC0415 - registers a page

    def links(area: str) -> list[str]:
        drawn = goal.layout(goal="GA-1.1", area=area)
        return [link.href for link in of_type(drawn, "Link") if "/reporting?round=" in link.href]

    assert links("EU27_2020") == ["/reporting?round=2025"]
    assert links("FI") == []
