"""`empact deck`: from a list of links to a presentation, and again with newer figures."""

import re
from pathlib import Path

import pandas as pd
import pytest

from metrics.__main__ import run
from tests.dashboard.release import LABEL, write_release
from tests.dashboard.slides.decks import opened, words_of

NEWER = "2026-06-10"
DECK = """\
title: "Where the Member States stand"  # of a working party
collection: sample
slides:
  - link: /goal?goal=GA-1.1&area=FI
  - link: /goal?goal=GA-1.1&area=SE
    title: Our own words on Sweden
  - text: Points for discussion
  - link: /goal?goal=GA-1.1&area=DK
  - link: /goal?goal=GA-1.1&view=states
  - link: /goal?goal=GA-1.1&area=FR
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_release(tmp_path)
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))
    (tmp_path / "deck.yaml").write_text(DECK, encoding="utf-8")
    return tmp_path


def release_with_other_figures(home: Path) -> None:
    """A newer one, in which figures of Finland and Sweden differ, and the flag of Denmark."""
    folder = write_release(home, label=NEWER)
    path = folder / "indicator_values.parquet"
    values = pd.read_parquet(path)
    is_latest = values["indicator"].eq("ICSE_VICTIMS") & values["period"].eq("2025")
    revised = is_latest & values["area"].isin(["FI", "SE"])
    values.loc[revised, "value"] += 1000
    values.loc[is_latest & values["area"].eq("DK"), "observation_status"] = "P"
    values.to_parquet(path, index=False)


def deck(home: Path, *options: str) -> int:
    return run(["--home", str(home), "deck", *options])


def test_a_list_of_links_becomes_a_presentation(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deck(home, str(home / "deck.yaml")) == 0
    slides = list(opened((home / "deck.pptx").read_bytes()).slides)
    assert len(slides) == 7
    assert f"6 slides and the first slide, release {LABEL}" in capsys.readouterr().out
    assert not [path for path in home.iterdir() if path.suffix == ".part"]


def test_the_ending_of_the_file_decides_what_is_written(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deck(home, str(home / "deck.yaml"), "-o", str(home / "talk.html")) == 0
    assert (home / "talk.html").read_text().count('<section class="slide">') == 7
    assert deck(home, str(home / "deck.yaml"), "-o", str(home / "talk.pdf")) == 0
    assert (home / "talk.pdf").read_bytes().startswith(b"%PDF-")
    assert deck(home, str(home / "deck.yaml"), "-o", str(home / "talk.odp")) != 0
    assert ".html" in capsys.readouterr().err


def test_a_presentation_that_is_there_is_not_overwritten(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "deck.pptx").write_bytes(b"somebody's work")
    assert deck(home, str(home / "deck.yaml")) != 0
    assert "is not overwritten" in capsys.readouterr().err
    assert (home / "deck.pptx").read_bytes() == b"somebody's work"


def test_issued_again_it_says_what_changed_on_each_slide_and_pins_the_release(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "deck.yaml"
    assert deck(home, str(file), "--pin") == 0
    assert f"release: {LABEL}\n" in file.read_text("utf-8")
    release_with_other_figures(home)
    assert deck(home, str(file), "-o", str(home / "pinned.pptx")) == 0
    assert (home / "pinned.pptx").read_bytes() == (home / "deck.pptx").read_bytes()
    capsys.readouterr()

    assert deck(home, str(file), "--current", "-o", str(home / "again.pptx")) == 0

    said = capsys.readouterr().out
    assert f"Changes from release {LABEL} to {NEWER}:" in said
    assert re.search(r"  [A-Z][^:]*, Finland: .* → .*1,", said), "names, no codes"
    assert "ICSE_VICTIMS" not in said
    assert "! The title is your own and its figures changed" in said
    assert "Slide 4: no change" in said
    assert re.search(r"Slide 5: .*\n  .*, Denmark: .* → .*, provisional value", said)
    (of_states,) = re.findall(r"Slide 6: .*\n((?:  .*\n)*)", said)
    named = re.findall(r", (\w+): .* → ", of_states)
    assert named == ["Denmark", "Finland", "Sweden"], "States whose figures are the same are not"
    assert "Slide 7: no change" in said
    text = file.read_text("utf-8")
    assert f"release: {NEWER}\n" in text
    assert "# of a working party" in text, "what was written stays"
    slides = list(opened((home / "again.pptx").read_bytes()).slides)
    assert slides[2].shapes.title.text == "Our own words on Sweden"
    assert NEWER in words_of(slides[1])


def test_a_newcomer_gets_an_example_that_can_be_built(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deck(home, "--new", str(home / "talk.yaml"), "--language", "fi") == 0
    assert "on esimerkki esityksestä" in capsys.readouterr().out
    example = (home / "talk.yaml").read_text("utf-8")
    assert example.startswith("# Esitystiedosto: ")
    assert 'notes: "Muistiinpanoihin, ennen laskelmaa."' in example
    assert deck(home, str(home / "talk.yaml")) == 0
    slides = opened((home / "talk.pptx").read_bytes()).slides
    assert len(slides) >= 10
    assert "Julkistus" in words_of(slides[1]), "in the language of the example"


def test_the_template_can_be_saved_changed_and_used(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, file = home / "own.pptx", home / "deck.yaml"
    assert deck(home, str(file), "--save-template", str(own)) == 0
    assert not file.with_suffix(".pptx").exists(), "the template alone is written"
    presentation = opened(own.read_bytes())
    presentation.slide_layouts.get_by_name("Finding").name = "Anything"
    presentation.save(str(home / "spoilt.pptx"))
    assert deck(home, str(file), "--template", str(own)) == 0
    other = str(home / "other.pptx")
    assert deck(home, str(file), "--template", str(home / "spoilt.pptx"), "-o", other) == 10
    assert not Path(other).exists()
    (home / "torn.pptx").write_text("no presentation", "utf-8")
    capsys.readouterr()
    assert deck(home, str(file), "--template", str(home / "torn.pptx"), "-o", other) == 10
    assert "torn.pptx cannot be opened" in capsys.readouterr().err
    presentation = opened(own.read_bytes())
    related = presentation.slide_master.part.rels.values()
    theme = next(one.target_part for one in related if one.reltype.endswith("/theme"))
    theme._blob = theme.blob.replace(b'latin typeface="Arial"', b'latin typeface="No Such Font"')
    presentation.save(str(home / "font.pptx"))
    capsys.readouterr()
    assert deck(home, str(file), "--template", str(home / "font.pptx"), "-o", other) == 0
    said = capsys.readouterr().out
    assert "The font No Such Font of the template is not installed here" in said
    assert "measured in Arial" in said
    paper = str(home / "talk.pdf")
    capsys.readouterr()
    assert deck(home, str(file), "--template", str(own), "-o", paper) == 0
    assert "The template own.pptx is used for .pptx alone" in capsys.readouterr().out
    file.write_text(
        DECK.replace("collection:", 'template: "own.pptx"  # ours\ncollection:'), "utf-8"
    )
    for ending, is_said in ((".html", True), (".pptx", False)):
        assert deck(home, str(file), "-o", str(home / f"named{ending}")) == 0
        assert ("template own.pptx is used" in capsys.readouterr().out) == is_said


def test_what_is_wrong_in_the_file_is_said_in_the_language_of_the_reader(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "deck.yaml").write_text("tilte: A\nslides:\n  - link: /\n", encoding="utf-8")
    assert deck(home, str(home / "deck.yaml"), "--language", "el") == 10
    assert "γραμμή 1: το «tilte» δεν είναι πεδίο εδώ" in capsys.readouterr().err
