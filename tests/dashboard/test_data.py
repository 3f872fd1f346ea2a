"""Releases are found, opened once, and looked up again when the pointer moves."""

import json
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from shutil import copytree
from threading import Barrier

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard import data
from dashboard.context import read_context
from dashboard.data import Release
from dashboard.view import View
from metrics.core.series import format_codes
from metrics.core.tables import EU, VALUE
from tests.dashboard.release import LABEL, write_release

READERS = 20


def small_release(home: Path, collection: str, label: str) -> None:
    """Nothing but what `build.json` says, as the first release of an empty collection may be."""
    folder = home / "data" / "processed" / collection / label
    folder.mkdir(parents=True)
    (folder / "build.json").write_text(json.dumps({"as_of": "2026-01-01"}), "utf-8")
    (folder.parent / "current").write_text(f"{label}\n", "utf-8")


def test_without_a_release_there_is_none(empty_home: Path) -> None:
    assert read_context(View()).release is None
    assert data.release_store().labels("sample") == ()


def test_a_release_without_tables_is_empty_but_whole(empty_home: Path) -> None:
    small_release(empty_home, "empact-cse", "2026-01-01")

    found = read_context(View()).release

    assert found is not None
    assert set(found.tables) == set(data.TABLES)
    assert found.areas == ()


def test_a_new_release_is_shown_without_a_restart(empty_home: Path) -> None:
    for label in ("2026-01-01", "2026-02-01"):
        small_release(empty_home, "empact-cse", label)
        shown = read_context(View()).release
        assert shown is not None
        assert shown.label == label


def test_an_older_release_can_still_be_asked_for(empty_home: Path) -> None:
    small_release(empty_home, "empact-cse", "2026-01-01")
    small_release(empty_home, "empact-cse", "2026-02-01")

    shown = read_context(View(release="2026-01-01")).release

    assert shown is not None
    assert shown.label == "2026-01-01"


def test_the_pointer_may_not_point_at_nothing(empty_home: Path) -> None:
    small_release(empty_home, "sample", "2026-01-01")
    (data.release_store().processed / "sample" / "current").write_text("2027-01-01", "utf-8")

    assert data.release_store().current("sample") == ""


def test_no_page_keeps_a_large_table_as_it_was_read(empty_home: Path, client: FlaskClient) -> None:
    """Its texts would be kept once for each row: 90 MB of the sample."""
    write_release(empty_home)
    for path in ("/", "/state?area=FI", "/goal?goal=GA-1.1", "/explore", "/compare"):
        assert client.get(path).status_code == HTTPStatus.OK

    release = read_context(View()).release

    assert release is not None
    kept = set(release.stored._tables)
    assert kept.isdisjoint({*data.LARGE_TABLES, "period_changes"})


@pytest.mark.parametrize("asked", ["../../etc", "", "nothing", "..", "/", "2026-04-10/.."])
def test_a_label_is_only_what_is_there(home: Path, asked: str) -> None:
    shown = read_context(View(collection="sample", release=asked)).release
    assert shown is not None
    assert shown.label == LABEL


@pytest.mark.parametrize(
    ("releases", "first"),
    [
        (["sample"], "sample"),
        (["sample", "published-figures"], "published-figures"),
        (["sample", "published-figures", "empact-cse"], "empact-cse"),
        ([], "empact-cse"),
    ],
)
def test_the_live_collection_comes_first(empty_home: Path, releases: list[str], first: str) -> None:
    for each in releases:
        small_release(empty_home, each, "2026-01-01")

    assert read_context(View()).collection.code == first


def test_a_release_is_opened_once(release: Release) -> None:
    assert read_context(View()).release is release


def test_twenty_first_readers_open_a_release_once(
    written: Path, empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree(written / "data", empty_home / "data", dirs_exist_ok=True)
    sorted_tables: list[int] = []
    sort = data.sort_series

    def sort_noted(values: pd.DataFrame) -> pd.DataFrame:
        sorted_tables.append(len(values))
        return sort(values)

    monkeypatch.setattr(data, "sort_series", sort_noted)
    together = Barrier(READERS)

    def read(_number: int) -> Release | None:
        together.wait()
        return read_context(View()).release

    with ThreadPoolExecutor(READERS) as readers:
        opened = list(readers.map(read, range(READERS)))

    assert len(sorted_tables) == 1
    assert all(found is opened[0] for found in opened)


def test_a_series_is_in_the_order_of_time(release: Release) -> None:
    rows = release.series("ICSE_VICTIMS", VALUE, EU)
    assert [row["period"] for row in rows] == [str(year) for year in range(2020, 2026)]


def test_a_series_is_one_combination_of_breakdowns(release: Release) -> None:
    parts = release.parts("ICSE_VICTIMS", VALUE, "FI")
    assert {"", "sex=F", "sex=M", "age=Y4T8"} <= set(parts)
    assert all(len(rows) == 6 for rows in parts.values())


def test_an_unknown_series_is_empty(release: Release) -> None:
    assert release.series("ICSE_VICTIMS", VALUE, "XX") == []


@pytest.mark.parametrize(
    ("codes", "written"),
    [({}, ""), ({"sex": "_T"}, ""), ({"age": "Y4T8", "sex": "F"}, "sex=F;age=Y4T8")],
)
def test_breakdowns_are_written_in_one_order(codes: dict[str, str], written: str) -> None:
    assert format_codes(codes) == written


def test_missing_columns_are_filled_by_kind(empty_home: Path) -> None:
    folder = write_release(empty_home)
    pd.DataFrame({"area": ["FI"]}).to_parquet(folder / "actions.parquet")
    (folder / "trajectory.parquet").unlink(missing_ok=True)

    found = read_context(View()).release

    assert found is not None
    (action,) = data.records(found.tables["actions"])
    assert (action["area"], action["progress"]) == ("FI", "")
    assert found.tables["trajectory"].empty
    assert "gap" in found.tables["trajectory"]


def test_a_page_holds_no_column_that_pages_leave_out(release: Release) -> None:
    assert not {"submission", "sheet", "cell", "vintage"} & set(release.tables["indicator_values"])
