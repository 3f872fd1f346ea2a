"""Which releases were out before one, and which is that release itself."""

import json
from pathlib import Path
from typing import Any

import pytest

from metrics.release.prior_releases import (
    PriorRelease,
    find_prior_releases,
    open_prior_releases,
)

SENT = [{"key": "c/2024/FI/a.csv", "digest": "1"}]


def facts(digest: str, *released: str, **made: object) -> dict[str, Any]:
    usual = {"submissions": SENT, "catalogue": "7", "code": "9"}
    tables = {"indicator_values.parquet": digest}
    out = [{"label": label, "digest": f"of {label}"} for label in released]
    return {**usual, **made, "tables": tables, "released": out}


def labels(known: dict[str, dict[str, Any]]) -> list[str]:
    return [release.label for release in find_prior_releases(known, facts(""))]


@pytest.mark.parametrize(
    "made", [{"code": "8"}, {"catalogue": "6"}, {"submissions": []}], ids=["code", "rules", "sent"]
)
def test_every_release_that_is_out_counts_whatever_made_it(made: dict[str, object]) -> None:
    """The same submissions under another policy suppress other figures: the two can be compared."""
    assert labels({"a": facts("of a", **made)}) == ["a"]


def test_a_release_is_not_earlier_than_itself() -> None:
    assert labels({"a": facts("of a", code="8"), "b": facts("of b", "a")}) == ["a"]


def test_what_came_after_it_does_not_make_it_another() -> None:
    known = {"a": facts("of a"), "b": facts("of b", "a", code="8")}

    assert labels(known) == []


def test_one_made_alike_against_a_release_that_is_gone_is_another() -> None:
    assert labels({"b": facts("of b", "a")}) == ["b"]


def test_an_earlier_release_is_named_with_what_it_shows() -> None:
    assert find_prior_releases({"a": facts("of a", code="8")}, facts("")) == (
        PriorRelease("a", "of a"),
    )


def test_of_identical_releases_one_of_the_same_version_is_opened(tmp_path: Path) -> None:
    """What it shows can be taken over, whatever the order of the labels."""
    versions = {"2026-01-01-a": "9", "2026-01-01-b": "9", "2026-01-01-c": "8", "2026-02-01": "8"}
    for label, code in versions.items():
        (tmp_path / label).mkdir()
        made = {**facts("same", code=code), "submissions": []}
        (tmp_path / label / "build.json").write_text(json.dumps(made))
    released = [
        PriorRelease(label, "other" if label == "2026-02-01" else "same") for label in versions
    ]

    opened = open_prior_releases(tmp_path, released, {"catalogue": "7", "code": "9"})

    assert [release.folder.name for release in opened] == ["2026-02-01", "2026-01-01-b"]
    assert [release.is_same_version for release in opened] == [False, True]
