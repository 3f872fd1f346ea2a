"""A release is written whole or not at all, always with the same bytes, and never leaks."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.core.errors import DisclosureError, SubmissionError
from metrics.core.schemas import columns_of
from metrics.core.tables import KEY, TOTAL
from metrics.release.publish import (
    is_published,
    make_current,
    normalise_table,
    publish,
    refuse_confidential,
)
from metrics.release.store import POINTER, ReleaseStore, current_label, read_facts
from tests.tables import observations

FACTS = {"inputs": "1f3a9c", "label": "first"}


def values(*drawn: str) -> pd.DataFrame:
    lines = ["indicator | area | value | observation_status | confidentiality_status", *drawn]
    return observations("\n".join(lines))[
        [*KEY, "value", "observation_status", "confidentiality_status"]
    ]


FREE = values("VICTIMS | FI | 12 | A | F", "VICTIMS | SE | | Q | C", "VICTIMS | DK | 0 | A | F")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "processed" / "sample" / "first"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_release_holds_its_tables_and_says_what_they_are(folder: Path) -> None:
    publish({"indicator_values": FREE}, FACTS, folder)

    assert set(contents(folder)) == {"build.json", "indicator_values.parquet"}
    assert read_facts(folder)["inputs"] == "1f3a9c"
    assert set(read_facts(folder)["tables"]) == {"indicator_values.parquet"}
    assert current_label(folder.parent) == "first"


def test_zero_and_suppressed_stay_apart(folder: Path) -> None:
    publish({"indicator_values": FREE}, FACTS, folder)

    read = pd.read_parquet(folder / "indicator_values.parquet").set_index("area")
    assert read["value"]["DK"] == 0
    assert read["value"].isna()["SE"]
    assert (read["observation_status"]["SE"], read["confidentiality_status"]["SE"]) == ("Q", "C")


def test_the_same_tables_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    mixed = FREE.sample(frac=1, random_state=1).astype({"area": object})
    for name, table in {"one": FREE, "other": mixed}.items():
        publish({"indicator_values": table}, FACTS, tmp_path / name / "first")

    assert contents(tmp_path / "one" / "first") == contents(tmp_path / "other" / "first")


@pytest.mark.parametrize("status", ["C", "N", "D", "S", ""])
def test_a_confidential_value_stops_the_release(folder: Path, status: str) -> None:
    leaking = pd.concat([FREE, values(f"VICTIMS | EE | 2 | A | {status}")])

    with pytest.raises(DisclosureError, match=r"1 confidential .* VICTIMS EE 2024"):
        publish({"indicator_values": leaking}, FACTS, folder)
    assert not folder.exists()
    assert current_label(folder.parent) == ""


@pytest.mark.parametrize(
    "columns",
    [
        {"previous_value": 3.0, "value": float("nan"), "confidentiality_status": "C"},
        {"previous_value": 3.0, "previous_confidentiality_status": "C"},
    ],
)
def test_a_confidential_value_of_before_stops_it_too(folder: Path, columns: dict[str, Any]) -> None:
    revisions = values("VICTIMS | FI | 12 | A | F").assign(**columns)

    with pytest.raises(DisclosureError, match="revisions"):
        publish({"indicator_values": FREE, "revisions": revisions}, FACTS, folder)


def test_what_is_withheld_in_one_table_may_not_stand_in_another(folder: Path) -> None:
    elsewhere = values("VICTIMS | SE | 2 | A | F").drop(columns="confidentiality_status")

    with pytest.raises(DisclosureError, match="panel: 1 confidential"):
        publish({"indicator_values": FREE, "panel": elsewhere}, FACTS, folder)


def test_nor_may_what_it_was_before(folder: Path) -> None:
    before = values("VICTIMS | SE | | A | F").assign(previous_value=2.0)
    revisions = before.drop(columns=["observation_status", "confidentiality_status"])

    with pytest.raises(DisclosureError, match=r"revisions: 1 confidential .* VICTIMS SE 2024"):
        publish({"indicator_values": FREE, "revisions": revisions}, FACTS, folder)
    assert not folder.exists()


def test_nor_may_a_change_from_it(folder: Path) -> None:
    changes = values("VICTIMS | SE | | A | F").assign(change=2.0, base_period="2023")
    table = changes.drop(columns=["value", "observation_status", "confidentiality_status"])

    with pytest.raises(DisclosureError, match=r"period_changes: 1 confidential .* SE 2024"):
        publish({"indicator_values": FREE, "period_changes": table}, FACTS, folder)


def test_a_refusal_shows_no_figure(folder: Path) -> None:
    with pytest.raises(DisclosureError) as refused:
        publish({"indicator_values": values("VICTIMS | EE | 7351 | A | C")}, FACTS, folder)

    assert "7351" not in str(refused.value)


def test_a_refusal_names_some_places_and_counts_all(folder: Path) -> None:
    leaking = values(*(f"VICTIMS | {area} | 2 | A | C" for area in "ABCDEFG"))

    with pytest.raises(DisclosureError, match=r"7 confidential .* and 2 more"):
        publish({"indicator_values": leaking}, FACTS, folder)


def test_a_release_is_never_written_over(folder: Path) -> None:
    publish({"indicator_values": FREE}, FACTS, folder)

    assert is_published(folder, "1f3a9c")
    with pytest.raises(SubmissionError, match="choose another label"):
        publish({"indicator_values": FREE}, {"inputs": "another"}, folder)


def test_publishing_what_is_there_changes_nothing(folder: Path) -> None:
    publish({"indicator_values": FREE}, FACTS, folder)
    written = when_written(folder)
    publish({"indicator_values": FREE}, FACTS, folder)

    assert when_written(folder) == written


def when_written(folder: Path) -> dict[Path, tuple[int, int]]:
    """The files of a release and the pointer to it; a new pointer would be a new file."""
    paths = [*folder.iterdir(), folder.parent / POINTER]
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


def test_what_is_half_written_is_no_release(folder: Path) -> None:
    publish({"indicator_values": FREE}, FACTS, folder)
    half = folder.with_name(".second.part")
    half.mkdir()
    (half / "build.json").write_text("{}")

    assert list(ReleaseStore(folder.parents[1]).labels(folder.parent.name)) == ["first"]


def test_a_file_that_a_killed_process_left_is_cleared_away_too(folder: Path) -> None:
    left = folder.with_name(".current.part")
    left.parent.mkdir(parents=True)
    left.write_text("second")
    publish({"indicator_values": FREE}, FACTS, folder)

    assert not left.exists()


def test_an_earlier_release_can_be_shown_again(folder: Path) -> None:
    for label in ("first", "second"):
        publish({"indicator_values": FREE}, FACTS, folder.with_name(label))
    make_current(folder)

    assert current_label(folder.parent) == "first"


def test_what_a_killed_process_left_is_cleared_away(folder: Path) -> None:
    left = folder.with_name(".other.part")
    left.mkdir(parents=True)
    (left / "half.parquet").write_bytes(b"half")
    publish({"indicator_values": FREE}, FACTS, folder)

    assert not left.exists()


def test_a_table_without_rows_keeps_its_columns(folder: Path) -> None:
    publish({"indicator_values": FREE.head(0)}, FACTS, folder)

    read = pd.read_parquet(folder / "indicator_values.parquet")
    assert list(read.columns) == columns_of("indicator_values")


numbers = st.one_of(st.none(), st.integers(0, 5))


@settings(max_examples=25, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=6), st.lists(st.sampled_from("FCNDS"), min_size=6))
def test_a_release_goes_out_just_when_no_confidential_cell_has_a_value(
    drawn: list[int | None], statuses: list[str]
) -> None:
    rows = [
        f"V | A{place} | {'' if value is None else value} | A | {statuses[place]}"
        for place, value in enumerate(drawn)
    ]
    leaks = any(value is not None and statuses[place] != "F" for place, value in enumerate(drawn))

    assert refused(values(*rows)) is leaks


def refused(table: pd.DataFrame) -> bool:
    try:
        refuse_confidential({"indicator_values": table})
    except DisclosureError:
        return True
    return False


def test_texts_are_texts_in_a_release() -> None:
    mixed = pd.DataFrame({"area": ["FI", None], "late": [True, False], "sex": [TOTAL, TOTAL]})

    assert normalise_table(mixed)["area"].tolist() == ["", "FI"]
    assert normalise_table(mixed)["late"].dtype == bool
