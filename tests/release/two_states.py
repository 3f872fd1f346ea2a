"""Submissions of two States with small counts of victims, and the releases made of them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st

from metrics.release.build import BuiltRelease
from metrics.submissions.desk import Desk
from tests.submitted import csv, place

EMPACT = "empact-cse"
FIGURES = {
    "FI": {"F": 2, "M": 9, "O": 5, "U": 20},
    "SE": {"F": 12, "M": 1, "O": 7, "U": 2},
}
CHANGES = st.tuples(st.sampled_from(["FI", "SE"]), st.sampled_from("FMOU"), st.integers(0, 40))


def send(desk: Desk, area: str, victims: Mapping[str, int], day: int, processed: int = 49) -> None:
    by_sex = {f"ICSE_VICTIMS[sex={sex}]": str(count) for sex, count in victims.items()}
    path = csv(
        desk.home / f"{area}-{day}.csv",
        ICSE_VICTIMS=str(sum(victims.values())),
        **by_sex,
        HOTLINE_REPORTS_RECEIVED="52",
        HOTLINE_REPORTS_PROCESSED=str(processed),
    )
    desk.submit(path, received=datetime(2025, 3, day, 9, tzinfo=UTC), **place(area))


def cache_of(home: Path) -> Path:
    return home / "data" / "staging" / "build" / EMPACT


def content_of(release: BuiltRelease) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in release.folder.iterdir()}
