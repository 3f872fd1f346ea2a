"""What a named reviewer says instead of a computed verdict."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest

from metrics.core.errors import DefinitionError
from metrics.core.verdicts import Status
from metrics.release.build import build
from metrics.statistics.assessment.overrides import Override, add_overrides, overrides_in
from metrics.submissions.desk import Desk

ROOT = Path(__file__).parents[3]
RAW = "data/raw/published-figures"

WRITTEN = """
- goal: G
  target: t0
  area: FI
  status: behind
  reason: A register was merged.
  reviewer: A. Reviewer
  date: 2026-05-01
"""
ASSESSED = pd.DataFrame(
    {"goal": "G", "target": "t0", "area": ["FI", "FI", "SE"], "official": [True, False, True]}
)


def override(**fields: object) -> Override:
    (written,) = overrides_in(WRITTEN, "overrides.yaml")
    return Override.model_validate({**written.model_dump(), **fields})


def test_overrides_are_read_from_a_list() -> None:
    (read,) = overrides_in(WRITTEN, "overrides.yaml")

    assert (read.status, read.date) == (Status.BEHIND, date(2026, 5, 1))


def test_an_empty_file_overrides_nothing() -> None:
    assert overrides_in("", "overrides.yaml") == ()


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("status: splendid", "status: behind", "splendid"),
        ("reviewer: ''", "reviewer: A. Reviewer", "reviewer"),
        ("reason: ''", "reason: A register was merged.", "reason"),
        ("colour: red", "goal: G", "colour"),
        ("goal: [", "goal: G", "not YAML"),
    ],
)
def test_what_is_wrong_is_named(wrong: str, right: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=r"overrides\.yaml") as raised:
        overrides_in(WRITTEN.replace(right, wrong), "overrides.yaml")

    assert said in str(raised.value)


def test_only_the_official_verdict_is_overridden() -> None:
    table = add_overrides(ASSESSED, [override()])

    assert table["override_status"].tolist() == ["behind", "", ""]


def test_the_latest_override_stands() -> None:
    later = override(status="on_track", date=date(2026, 5, 2))

    assert add_overrides(ASSESSED, [later, override()])["override_status"].iloc[0] == "on_track"


def test_an_override_of_nothing_is_an_error() -> None:
    with pytest.raises(DefinitionError, match="XX"):
        add_overrides(ASSESSED, [override(area="XX")])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace with what was published in Germany."""
    for folder in (ROOT / RAW).glob("*/DE"):
        copytree(folder, tmp_path / folder.relative_to(ROOT))
    return Desk(tmp_path)


def write(desk: Desk, area: str) -> None:
    folder = desk.home / "data" / "overrides"
    folder.mkdir(exist_ok=True)
    written = {"G": "GA-4.2", "t0": "published-2d-domestic", "FI": area}
    lines = [
        f"{name}: {written.get(value, value)}"
        for name, value in (line.split(": ", 1) for line in WRITTEN.splitlines() if line)
    ]
    (folder / "published-figures.yaml").write_text("\n".join(lines), encoding="utf-8")


def test_a_release_holds_what_the_workspace_overrides(desk: Desk) -> None:
    write(desk, "XX")
    with pytest.raises(DefinitionError, match="XX"):
        build(desk, "published-figures")
    write(desk, "DE")

    released = build(desk, "published-figures")

    table = pd.read_parquet(released.folder / "assessments.parquet").query("override_by != ''")
    assert table[["area", "status", "override_status"]].to_numpy().tolist() == [
        ["DE", "unwanted_direction", "behind"]
    ]
