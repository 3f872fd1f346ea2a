"""A deck that is issued again: what is listed for each slide is what the tables differ in."""

from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest

from dashboard.slides.changes import changed_figures, changes_since
from dashboard.slides.content import DeckEntry, SlideContent, SlideFigure
from dashboard.slides.deck import open_deck, read_entries
from dashboard.slides.deck_edits import pinned_to
from dashboard.slides.deck_file import DeckSlide
from dashboard.texts import texts
from tests.dashboard.release import LABEL, write_release
from tests.dashboard.slides.decks import deck_file

NEWER, REVISED = "2026-06-10", {"FI": 20, "DE": 50}
# The link of each slide, and the areas whose revised figures it shows.
SHOWN: Mapping[str, set[str]] = {
    "/goal?goal=GA-1.1&area=FI": {"FI"},
    f"/goal?goal=GA-1.1&area=DE&collection=sample&release={LABEL}": {"DE"},
    "/goal?goal=GA-1.1&view=states": {"FI", "DE"},
    "/state?area=DE&framework=GA2012": {"DE"},
    "/compare?indicator=ICSE_VICTIMS&areas=FI,FR&unit=value": {"FI"},
    "/goal?goal=GA-2.1&area=FI": set(),
    "/goal?goal=GA-1.1&area=FR": set(),
    "/about": set(),
}


@pytest.fixture
def workspace(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two releases, of which the newer has revised figures of two States."""
    copytree(written, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))
    table = write_release(tmp_path, label=NEWER) / "indicator_values.parquet"
    values = pd.read_parquet(table)
    is_latest = values["indicator"].eq("ICSE_VICTIMS") & values["period"].eq("2025")
    for area, more in REVISED.items():
        values.loc[is_latest & values["area"].eq(area), "value"] += more
    values.to_parquet(table, index=False)
    return tmp_path


def test_each_slide_lists_the_figures_that_the_releases_differ_in(workspace: Path) -> None:
    before = deck_file(*(DeckSlide(link=link) for link in SHOWN), release=LABEL)
    deck = open_deck(pinned_to(before, NEWER))
    changes = [*changes_since(before, deck, read_entries(deck))]
    names = {area: texts("en").code("area", area) for area in REVISED}
    for (link, areas), change in zip(SHOWN.items(), changes, strict=True):
        assert not change.why, workspace
        said = {area for area, name in names.items() if any(name in own for own in change.figures)}
        assert said == areas, (link, change.figures)
        assert len(change.figures) == len(areas)


# The links of slides that show figures of several areas.
OF_SEVERAL_AREAS = (
    "/goal?goal=GA-1.1",
    "/goal?goal=GA-1.1&view=table",
    "/goal?goal=GA-1.1&view=calculation",
    "/goal?goal=GA-1.1&view=states",
    "/goal?goal=GA-1.1&view=states&period=2025",
    "/compare?indicator=ICSE_VICTIMS&areas=FI,DE,BG,HR&unit=value",
)


def test_a_caveat_of_one_area_names_this_area_alone(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the newer release, Germany has no figure of the latest year, as others before."""
    copytree(written, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))
    table = write_release(tmp_path, label=NEWER) / "indicator_values.parquet"
    values = pd.read_parquet(table)
    is_gone = values["indicator"].eq("ICSE_VICTIMS") & values["area"].eq("DE")
    values[~(is_gone & values["period"].eq("2025"))].to_parquet(table, index=False)
    before = deck_file(*(DeckSlide(link=link) for link in OF_SEVERAL_AREAS), release=LABEL)
    deck = open_deck(pinned_to(before, NEWER))

    for link, change in zip(
        OF_SEVERAL_AREAS, changes_since(before, deck, read_entries(deck)), strict=True
    ):
        (said,) = change.caveats
        assert "Germany" in said, (link, said)
        assert not any(name in said for name in ("Bulgaria", "Croatia", "Malta")), (link, said)


def entry_of(*rows: str) -> DeckEntry:
    figures = {row: SlideFigure("1") for row in rows}
    content = SlideContent(title="T", goal_line="", parts=list, figures=figures)
    return DeckEntry(1, DeckSlide(link="/changes"), (content,))


def test_a_table_with_other_rows_is_one_change() -> None:
    compared = entry_of("Compared with release", "Statuses that changed")
    statuses = entry_of("GA-1.1, Finland", "GA-2.1, Malta", "GA-4.2, Spain")

    (sentence,) = changed_figures(compared, statuses, texts("en"))

    assert sentence == "None of the 2 rows is on the slide now; it has 3 others."
    kept = entry_of("GA-1.1, Finland", "GA-3.1, Spain")
    assert len(changed_figures(kept, statuses, texts("en"))) == 3
