"""A release is opened in one place: what was published, typed, or an error that names the file."""

import json
import os
from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest

from metrics.__main__ import run
from metrics.core.atomic_files import is_open_to_others
from metrics.core.errors import SubmissionError
from metrics.core.schemas import SCHEMAS, columns_of, empty_table
from metrics.core.tables import KEY
from metrics.release.publish import publish
from metrics.release.store import DamagedReleaseError, ReleaseStore
from tests.tables import observations

VALUES = observations(
    "indicator | area | value | observation_status | confidentiality_status\n"
    "VICTIMS | FI | 12 | A | F\nVICTIMS | SE | | Q | C\nVICTIMS | DK | 0 | A | F"
)[[*KEY, "value", "observation_status", "confidentiality_status"]]


def write(processed: Path, label: str, **tables: pd.DataFrame) -> Path:
    facts = {"inputs": label, "as_of": "2026-05-03"}
    publish({"indicator_values": VALUES, **tables}, facts, processed / "sample" / label)
    return processed / "sample" / label


@pytest.fixture
def store(tmp_path: Path) -> ReleaseStore:
    return ReleaseStore(tmp_path / "processed")


@pytest.fixture
def spring(store: ReleaseStore) -> Path:
    return write(store.processed, "spring")


@pytest.mark.parametrize("name", [".zz.part", ".hidden"])
def test_a_hidden_folder_is_no_release(store: ReleaseStore, spring: Path, name: str) -> None:
    copytree(spring, spring.with_name(name))

    assert store.labels("sample") == ("spring",)
    assert store.facts("sample").keys() == {"spring"}
    assert store.open("sample", name) is None


def test_a_release_is_for_its_owner_only(store: ReleaseStore) -> None:
    before = os.umask(0)
    try:
        write(store.processed, "spring")
    finally:
        os.umask(before)

    assert [path for path in store.processed.rglob("*") if is_open_to_others(path)] == []


def test_nothing_is_open_where_nothing_is_released(store: ReleaseStore) -> None:
    assert (store.labels("sample"), store.current("sample")) == ((), "")
    assert store.open("sample") is None
    with pytest.raises(SubmissionError, match="build one with `empact release sample`"):
        store.open_current("sample")


def test_the_current_release_is_opened_unless_another_is_named(store: ReleaseStore) -> None:
    for label in ("2026-01", "2026-05"):
        write(store.processed, label)

    opened = [store.open("sample", label) for label in ("", "2026-01", "2025-12")]

    assert [release and release.label for release in opened] == ["2026-05", "2026-01", None]
    assert store.labels("sample") == ("2026-05", "2026-01")


def test_releases_of_one_day_stand_in_the_order_in_which_they_were_published(
    store: ReleaseStore,
) -> None:
    sent = [{"vintage": "2026-05-02T0900Z"}, {"vintage": "2026-05-03T0926Z"}]
    for label, before in (("zebra", []), ("apple", ["zebra"]), ("mango", ["zebra", "apple"])):
        facts = {"inputs": label, "as_of": "2026-05-03", "released": before, "submissions": sent}
        publish({"indicator_values": VALUES}, facts, store.processed / "sample" / label)

    assert store.labels("sample") == ("mango", "apple", "zebra")
    assert store.data_until("sample", "zebra") == "2026-05-03T0926Z"
    assert store.data_until("sample", "none") == ""


@pytest.mark.parametrize("label", ["..", "../sample/spring", ".spring", "spring/", "current"])
def test_a_label_is_no_path(store: ReleaseStore, spring: Path, label: str) -> None:
    assert store.open("sample", label) is None


def test_a_pointer_to_what_is_gone_points_to_nothing(store: ReleaseStore, spring: Path) -> None:
    (spring.parent / "current").write_text("winter\n")

    assert store.current("sample") == ""
    assert store.open("sample") is None


def test_a_release_says_what_it_is(store: ReleaseStore, spring: Path) -> None:
    release = store.open_current("sample")

    assert (release.collection, release.label, release.as_of) == ("sample", "spring", "2026-05-03")
    assert release.facts["inputs"] == "spring"


def test_zero_and_withheld_stay_apart(store: ReleaseStore, spring: Path) -> None:
    values = store.open_current("sample").table("indicator_values").set_index("area")["value"]

    assert values["DK"] == 0
    assert values.isna().to_dict() == {"DK": False, "FI": False, "SE": True}


def test_a_release_is_opened_once(store: ReleaseStore, spring: Path) -> None:
    again = ReleaseStore(store.processed)

    assert store.open("sample") is again.open("sample", "spring")


def test_a_table_that_an_earlier_version_did_not_write_is_empty(
    store: ReleaseStore, spring: Path
) -> None:
    release = store.open_current("sample")

    for name in set(SCHEMAS) - {"indicator_values"}:
        pd.testing.assert_frame_equal(release.table(name), empty_table(name))


def test_a_column_that_an_earlier_version_did_not_write_is_empty(
    store: ReleaseStore, spring: Path
) -> None:
    earlier = VALUES.drop(columns="confidentiality_status")
    path = spring / "indicator_values.parquet"
    earlier.to_parquet(path, index=False)
    without_digests(spring)

    table = store.open_current("sample").table("indicator_values")

    assert list(table) == columns_of("indicator_values")
    assert set(table["confidentiality_status"]) == {""}
    assert set(table["late"]) == {False}


def test_what_an_earlier_version_did_not_count_of_its_reports_is_counted(
    store: ReleaseStore, spring: Path
) -> None:
    late = {"area": "FI", "round": "2024", "status": "late", "received": "2025-04-12",
            "due": "2025-03-31"}  # fmt: skip
    pd.DataFrame([late]).to_parquet(spring / "reporting.parquet", index=False)
    without_digests(spring)

    release = store.open_current("sample")

    assert release.table("reporting")["days_late"].tolist() == [12]
    assert release.table("timeliness")["late"].tolist() == [1]


def test_a_median_that_an_earlier_version_remarked_as_a_lower_limit_is_one(
    store: ReleaseStore, spring: Path
) -> None:
    earlier = observations(
        "indicator | component | area | value | areas_expected | remark\n"
        "TAKEDOWN_TIME | median | EU27_2020 | 168 | 27 | more than\n"
        "TAKEDOWN_TIME | median | EU28 | 168 | 28 | more than; broken: DE\n"
        "TAKEDOWN_TIME | median | NORDIC | 168 | 3 | broken: DK\n"
        "TAKEDOWN_TIME | median | FI | 168 | 1 | more than last year"
    )
    earlier = earlier.astype({"areas_expected": "int64"}).drop(columns="limit")
    earlier.to_parquet(spring / "indicator_values.parquet", index=False)
    without_digests(spring)

    table = store.open_current("sample").table("indicator_values").set_index("area")

    assert table["limit"].to_dict() == {
        "EU27_2020": "LOWER",
        "EU28": "LOWER",
        "NORDIC": "",
        "FI": "",
    }
    assert table["remark"].to_dict() == {
        "EU27_2020": "", "EU28": "broken: DE", "NORDIC": "broken: DK", "FI": "more than last year",
    }  # fmt: skip


def without_digests(folder: Path) -> None:
    facts = json.loads((folder / "build.json").read_text())
    del facts["tables"], facts["keys"]
    (folder / "build.json").write_text(json.dumps(facts))


@pytest.mark.parametrize("content", [b"", b"PAR1", None], ids=["empty", "cut", "gone"])
def test_a_table_that_is_not_what_was_published_is_named(
    store: ReleaseStore, spring: Path, content: bytes | None
) -> None:
    path = spring / "indicator_values.parquet"
    path.unlink() if content is None else path.write_bytes(content)

    with pytest.raises(DamagedReleaseError, match=r"^sample/spring/indicator_values\.parquet is "):
        store.open("sample")


def test_a_file_is_read_once_so_that_what_was_verified_is_what_is_shown(
    store: ReleaseStore, spring: Path
) -> None:
    release = store.open_current("sample")
    (spring / "indicator_values.parquet").write_bytes(b"PAR1")

    assert len(release.table("indicator_values")) == len(VALUES)


def test_a_release_restored_from_a_backup_opens_again(store: ReleaseStore, spring: Path) -> None:
    path = spring / "indicator_values.parquet"
    content = path.read_bytes()
    path.write_bytes(content[:-1])
    with pytest.raises(DamagedReleaseError):
        store.open("sample")
    path.write_bytes(content)

    assert len(store.open_current("sample").table("indicator_values")) == len(VALUES)


def test_facts_that_are_no_json_are_named(store: ReleaseStore, spring: Path) -> None:
    (spring / "build.json").write_text('{"inputs": ')

    with pytest.raises(DamagedReleaseError, match=r"sample/spring/build\.json is not what was"):
        store.open("sample")


@pytest.mark.parametrize("key", ["inputs", "tables", "keys"])
def test_facts_that_have_lost_a_key_are_refused_and_the_key_is_named(
    store: ReleaseStore, spring: Path, key: str
) -> None:
    written = (spring / "build.json").read_text()
    (spring / "build.json").write_text(written.replace(f'"{key}": ', f'"{key}_": '))

    for refused in (store.open_current, store.facts):
        with pytest.raises(
            DamagedReleaseError, match=rf"spring/build\.json lacks “{key}”; restore"
        ):
            refused("sample")


def test_a_release_without_its_facts_is_damaged_and_not_unknown(
    store: ReleaseStore, spring: Path
) -> None:
    """Also for the next build, which must know what earlier releases disclosed."""
    (spring / "build.json").unlink()

    assert store.labels("sample") == ("spring",)
    for refused in (store.open_current, store.facts):
        with pytest.raises(DamagedReleaseError, match=r"sample/spring/build\.json is missing"):
            refused("sample")
    with pytest.raises(DamagedReleaseError, match=r"sample/spring/build\.json is missing"):
        write(store.processed, "spring")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"autumn", b"../sample/spring"])
def test_a_pointer_to_nothing_is_no_release(
    store: ReleaseStore, spring: Path, content: bytes
) -> None:
    (spring.parent / "current").write_bytes(content)

    assert store.open("sample") is None
    assert store.labels("sample") == ("spring",)


def test_a_command_on_a_damaged_release_names_the_file(
    store: ReleaseStore, spring: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (spring / "indicator_values.parquet").unlink()
    copytree(store.processed, store.processed.parent / "data" / "processed")

    code = run(["--home", str(store.processed.parent), "assess", "sample"])

    assert code == SubmissionError.exit_code
    assert "sample/spring/indicator_values.parquet is missing" in capsys.readouterr().err


def test_a_table_that_build_json_does_not_list_is_not_read(
    store: ReleaseStore, spring: Path
) -> None:
    empty_table("reporting").assign(area="FI").to_parquet(spring / "reporting.parquet")

    assert store.open_current("sample").table("reporting").empty


def test_a_milestone_without_a_date_that_an_earlier_version_called_not_yet_due_is_not_yet_met(
    store: ReleaseStore, spring: Path
) -> None:
    earlier = pd.DataFrame({
        "area": ["FI", "SE", "EL"],
        "status": ["not_yet_due", "not_yet_due", "achieved"],
        "category": ["not_yet_met", "not_yet_due", "met"],
    })  # fmt: skip
    earlier.to_parquet(spring / "assessments.parquet", index=False)
    without_digests(spring)

    table = store.open_current("sample").table("assessments").set_index("area")

    assert table["status"].to_dict() == {
        "FI": "not_yet_met", "SE": "not_yet_due", "EL": "achieved",
    }  # fmt: skip
