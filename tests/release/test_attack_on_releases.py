"""Nothing that two releases suppress can be worked out from all that they give out."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest

from metrics.catalogue.loader import catalogue
from metrics.core.series import format_series
from metrics.core.tables import EU
from metrics.release.exported_table import export_table
from metrics.release.exports import ExportContext, exports
from metrics.release.lineage import Lineage
from metrics.release.queries import find_series
from tests.release.attacker import Attacker
from tests.release.invented import two_releases

PLACE = ["indicator", "component", "area", "sex", "age", "band", "period"]
SMALL = ("ICSE_VICTIMS", "value", "EE", "U", "Y16T17", "_T", "2023")
COUNT = 2.0


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return two_releases(tmp_path_factory.mktemp("attacked"))


@pytest.fixture(scope="module")
def attacker(folders: tuple[Path, ...]) -> Attacker:
    return Attacker(*folders)


def test_there_is_enough_to_attack(attacker: Attacker) -> None:
    matrix, _ = attacker.equations

    assert len(attacker.unknown) > 300
    assert matrix.shape[0] > 300
    assert {place[2] for place, _ in attacker.unknown} > {"DE", "MT"}


def test_no_withheld_figure_is_recovered(attacker: Attacker) -> None:
    assert attacker.recovered() == {}


def test_what_is_said_beside_a_confidential_figure_is_in_no_file(attacker: Attacker) -> None:
    said = [text for release in attacker.releases for text in release.texts()]

    assert not [text for text in said if "counted" in text and "times" in text]


def test_every_absence_is_there_and_is_no_figure(attacker: Attacker) -> None:
    for release in attacker.releases:
        absent = release.tables["indicator_values"].query("value.isna()")
        assert {*absent["observation_status"]} == {"Q", "O", "L", "M"}
        zeros = release.tables["indicator_values"].query("value == 0")
        assert {*zeros["observation_status"]} <= {"A", "E"}  # E: a change of an estimated median


# What is made of a release says no more than the release


ASKED = ("ICSE_VICTIMS", "ICSE_VICTIMS[sex=F]", "VICTIMS_ASSISTED", "SITES_BLOCKED")


@pytest.mark.parametrize("series", ASKED)
@pytest.mark.parametrize("area", ["EU27_2020", "MT", "DK"])
def test_an_export_holds_the_figures_of_the_release_and_a_word_for_each_that_is_not(
    attacker: Attacker, series: str, area: str
) -> None:
    values = attacker.releases[0].tables["indicator_values"]
    content = export_table(
        exports()["csv"], find_series(values, catalogue(), series, area), ExportContext()
    )
    rows = pd.read_csv(BytesIO(content), keep_default_na=False)
    suppressed = rows["absent"].str.contains("suppressed")

    assert len(rows)
    assert ((rows["value"] == "") == (rows["absent"] != "")).all()
    assert (suppressed == (rows["observation_status"] == "Q")).all()


@pytest.mark.parametrize("series", ASKED)
def test_lineage_walks_only_to_figures_of_the_release(attacker: Attacker, series: str) -> None:
    release = attacker.releases[0]
    withheld = {(place[2], place[6], written_of(place)) for place in release.withheld()}
    tree = Lineage(release.tables["indicator_values"], catalogue()).trace(series, EU, "2023")

    nodes = [tree, *tree.parts, *tree.leaves()]
    assert len(nodes) > 10
    assert all(
        node.value is None for node in nodes if (node.area, node.period, node.series) in withheld
    )


def written_of(place: tuple[str, ...]) -> str:
    codes = dict(zip(("sex", "age", "band"), place[3:6], strict=True))
    return format_series(place[0], place[1], codes)


# An attacker who finds nothing must be one who would find something


def filled_in(values: pd.DataFrame) -> pd.DataFrame:
    """The same table with a small count in it, as a slip might leave it."""
    there = (values[PLACE] == list(SMALL)).all(axis=1)
    return values.assign(value=values["value"].mask(there, COUNT))


def with_row(table: pd.DataFrame) -> pd.DataFrame:
    row = dict(zip(PLACE, SMALL, strict=True)) | {"value": COUNT, "vintage": "2024-03-01T0900Z"}
    return pd.concat([table, pd.DataFrame([row])], ignore_index=True)


SLIPS: dict[str, tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "the count itself": ("indicator_values", filled_in),
    "an assessment of it": ("assessments", with_row),
    "what it was before": ("revisions", with_row),
}


@pytest.mark.parametrize(("name", "slip"), SLIPS.values(), ids=SLIPS.keys())
def test_the_attacker_finds_a_slip(
    folders: tuple[Path, ...], tmp_path: Path,
    name: str, slip: Callable[[pd.DataFrame], pd.DataFrame],
) -> None:  # fmt: skip
    folder = copytree(folders[0], tmp_path / folders[0].name)
    path = folder / f"{name}.parquet"
    slip(pd.read_parquet(path)).to_parquet(path)
    attacker = Attacker(folder)

    assert attacker.figure(attacker.releases[0].cell(SMALL)) == COUNT
