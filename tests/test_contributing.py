"""What CONTRIBUTING promises of adding a definition or a language, followed to the letter.

The rows on code that stands in a registry of its own have their tests beside that registry:
methods, rules, templates, formats, exports, pages, columns.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from metrics.catalogue.loader import catalogue
from tests.package_copy import ROOT, add_translations, copy_package, run_copy

INDICATOR = """
code: ADVICE_GIVEN
name: {en: Advice given to parents}
definition: {en: Parents who were given advice during the reference period.}
kind: flow
unit: LESSONS
direction: none
measures: effort
measures_why: Advice is given by decision of those who offer it.
role: context
"""
DERIVED = '''
"""Advice for each training."""

import pandas as pd

from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction, Indicator, Kind, Measure


def doubled(values: pd.DataFrame) -> pd.DataFrame:
    return values.assign(value=values["value"] * 2)


TRAININGS_DOUBLED = Indicator(
    code="TRAININGS_DOUBLED",
    name=Words(en="Trainings, counted twice"),
    definition=Words(en="Twice the trainings of civil society."),
    kind=Kind.FLOW,
    unit="EVENTS",
    direction=Direction.NONE,
    measures=Measure.EFFORT,
    measures_why="Trainings are held by decision of those who offer them.",
    role="context",
    collected=False,
    derived_from=("NGO_TRAININGS",),
    formula=doubled,
)
'''
RATIO = """
code: CONSULTATIONS_PER_TRAINING
name: {en: Consultations per 100 trainings}
definition: {en: Consultations of civil society per 100 trainings in the same period.}
kind: share
unit: PER_100
direction: none
measures: workload
measures_why: Consultations are given when they are asked for.
role: context
ratio:
  numerator: {indicator: NGO_CONSULTATIONS}
  denominator: {indicator: NGO_TRAININGS}
numerator: {en: Consultations}
denominator: {en: Trainings}
"""
GOAL = """
code: NEW-1
framework: NEW
order: 92
name: {en: Advice for parents}
wording: {en: Give advice to parents}
source: {document: NEW-DECLARATION, paragraph: page 1}
valid_from: 2023-01-01
indicators: [NGO_TRAININGS]
headline: more-trainings
headline_why: It is the only series of the goal.
targets:
  - id: more-trainings
    indicator: NGO_TRAININGS
    rule: direction_only
    method: direction_only
    source: {document: NEW-DECLARATION, paragraph: page 1}
"""
FRAMEWORK = """
code: NEW
name: {en: A new alliance}
order: 9
documents:
  - {code: NEW-DECLARATION, title: {en: The declaration}, reference: N 1, languages: [en]}
"""
SWEDISH_TEXTS = {
    "interface/frame.menu": ("Pages", "Sidor"),
    "interface/overview.title": ("Progress on the commitments", "Framsteg"),
    "workbook/observations/value": ("Value", "Värde"),
    "codelists/audience/COACHES": ("sports coaches", "tränare"),
    "goals/NEW-1/name": ("Advice for parents", "Råd till föräldrar"),
}
SENT = "area,period,indicator,value\nFI,2025,{},{}\n"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with one more of each definition and one more language, nothing else changed."""
    folder = copy_package(tmp_path_factory.mktemp("copy"), "metrics", "dashboard")
    definitions = folder / "metrics" / "catalogue"
    (definitions / "indicators" / "ADVICE_GIVEN.yaml").write_text(INDICATOR)
    (definitions / "indicators" / "trainings_doubled.py").write_text(DERIVED)
    (definitions / "indicators" / "CONSULTATIONS_PER_TRAINING.yaml").write_text(RATIO)
    (definitions / "goals" / "NEW-1.yaml").write_text(GOAL)
    (definitions / "frameworks" / "NEW.yaml").write_text(FRAMEWORK)
    sample = (definitions / "collections" / "sample.yaml").read_text(encoding="utf-8")
    another = sample.replace("code: sample", "code: another").replace(
        "nature: invented", "nature: official"
    )
    (definitions / "collections" / "another.yaml").write_text(another, encoding="utf-8")
    with (definitions / "codelists" / "audience.csv").open("a", encoding="utf-8") as audiences:
        audiences.write("COACHES,sports coaches,trainers\n")
    with (definitions / "codelists" / "unit.csv").open("a", encoding="utf-8") as units:
        units.write("LESSONS,lessons,,,yes,200,,lesson\n")
    add_translations(folder, "sv", SWEDISH_TEXTS)
    return folder


def answer(copied: Path, *arguments: str) -> str:
    done = run_copy(copied, "-m", "metrics", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


PAGES = {
    "catalogue": {},
    "goal": {"goal": "NEW-1"},
    "overview": {"collection": "sample"},
}
ADDED = ("ADVICE_GIVEN", "TRAININGS_DOUBLED", "CONSULTATIONS_PER_TRAINING", "NEW-1", "another")
SPELLINGS = ("COACHES", "sports coaches", "tränare", "trainers")
SHOW = """
import sys
from metrics.__main__ import run
sys.exit(max(run(["catalogue", "show", code]) for code in sys.argv[1:]))
"""
SWEDISH = ("overview", "goal", "state", "catalogue", "submit")
PROGRAM = """
import importlib, json, os, sys
os.environ["EMPACT_HOME"] = os.getcwd()
import dashboard.app
from plotly.utils import PlotlyJSONEncoder
for name, query in json.loads(sys.argv[1]):
    page = importlib.import_module(f"dashboard.pages.{name}").layout(**query)
    print(json.dumps(page, cls=PlotlyJSONEncoder, ensure_ascii=False))
"""


def rendered(copied: Path, pages: list[tuple[str, dict[str, str]]]) -> dict[str, str]:
    """What pages of the copy show, as JSON."""
    done = run_copy(copied, "-c", PROGRAM, json.dumps(pages))
    assert done.returncode == 0, done.stderr
    return dict(zip((name for name, _ in pages), done.stdout.splitlines(), strict=True))


@pytest.fixture(scope="module")
def pages(copied: Path) -> dict[str, str]:
    return rendered(copied, [*PAGES.items()])


def test_the_definitions_agree_with_one_another(copied: Path) -> None:
    assert "without contradiction" in answer(copied, "catalogue", "check")


@pytest.fixture(scope="module")
def shown(copied: Path) -> str:
    """What the command shows of each definition that was added."""
    done = run_copy(copied, "-c", SHOW, *ADDED)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("code", ADDED)
def test_a_definition_is_shown_by_the_command_and_on_the_page(
    shown: str, pages: dict[str, str], code: str
) -> None:
    assert f" {code}\ncode: {code}\n" in shown
    assert code in pages["catalogue"]


def test_a_reported_indicator_is_asked_for_and_read(copied: Path, tmp_path: Path) -> None:
    workbook, sent = tmp_path / "FI.xlsx", tmp_path / "FI.csv"
    sent.write_text(SENT.format("ADVICE_GIVEN", "61.5"))

    answer(copied, "template", "--collection", "sample", "--area", "FI", "--round", "2025",
           "-o", str(workbook))  # fmt: skip
    checked = answer(copied, "validate", "--collection", "sample", "--round", "2025", str(sent))

    assert "would be accepted: 1 observation" in checked
    assert workbook.stat().st_size


def test_a_unit_says_how_large_a_value_may_be(copied: Path, tmp_path: Path) -> None:
    sent = tmp_path / "FI.csv"
    sent.write_text(SENT.format("ADVICE_GIVEN", "201"))
    asked = ("--collection", "sample", "--round", "2025", "--json")
    checked = json.loads(run_copy(copied, "-m", "metrics", "validate", *asked, str(sent)).stdout)
    rules = [finding["rule"] for finding in checked["files"][0]["findings"]]
    assert "value_beyond_reason" in rules
    assert "fraction_of_whole" not in rules


@pytest.mark.parametrize("name", ["goal", "overview"])
def test_a_goal_has_a_page_and_a_card(pages: dict[str, str], name: str) -> None:
    assert "Advice for parents" in pages[name]


def test_a_collection_has_templates_and_takes_submissions(copied: Path, tmp_path: Path) -> None:
    sent = tmp_path / "FI.csv"
    sent.write_text(SENT.format("NGO_TRAININGS", "5"))

    workbook = tmp_path / "a.xlsx"
    answer(copied, "template", "--collection", "another", "--area", "FI", "--round", "2025",
           "-o", str(workbook))  # fmt: skip
    answer(copied, "submit", "--collection", "another", "--round", "2025", str(sent))
    answer(copied, "release", "another")

    released = rendered(copied, [("overview", {"collection": "another"})])["overview"]
    assert f"Release {datetime.now(UTC):%Y}" in released


@pytest.fixture(scope="module")
def outcomes(copied: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The outcome of a file with each spelling of the code that was added."""
    folder = tmp_path_factory.mktemp("spellings")
    paths = [folder / f"{written}.csv" for written in SPELLINGS]
    for path in paths:
        row = f"FI,2025,PEOPLE_REACHED,{path.stem},5"
        path.write_text(f"area,period,indicator,audience,value\n{row}\n")
    checked = answer(copied, "validate", "--json", "--collection", "sample", "--round", "2025",
                     *map(str, paths))  # fmt: skip
    return {Path(file["file"]).stem: file["outcome"] for file in json.loads(checked)["files"]}


@pytest.mark.parametrize("written", SPELLINGS)
def test_a_code_is_understood_in_every_spelling(outcomes: dict[str, str], written: str) -> None:
    assert outcomes[written] == "accepted"


def test_a_language_is_offered_on_every_page_and_completed_from_english(
    copied: Path, pages: dict[str, str]
) -> None:
    queries = {"goal": {"goal": "NEW-1"}}
    swedish = rendered(
        copied, [(name, {"lang": "sv", **queries.get(name, {})}) for name in SWEDISH]
    )

    assert all('"lang": "sv"' in page and "Sidor" in page for page in swedish.values())
    assert "Framsteg" in swedish["overview"]
    assert "Råd till föräldrar" in swedish["goal"]
    assert re.search(r'"children": "Skip to the content"[^}]*"lang": "en"', swedish["overview"])
    assert not re.search(r'"children": "Sidor"[^}]*"lang": "en"', swedish["overview"])
    assert '"SV"' in pages["overview"]


def test_a_language_is_offered_by_every_command_and_read_in_workbooks(
    copied: Path, tmp_path: Path
) -> None:
    workbook, sent = tmp_path / "FI.xlsx", tmp_path / "FI.csv"
    sent.write_text("area,period,indicator,Värde\nFI,2025,NGO_TRAININGS,many\n")

    answer(copied, "template", "--collection", "sample", "--area", "FI", "--round", "2025",
           "--language", "sv", "-o", str(workbook))  # fmt: skip
    done = run_copy(copied, "-m", "metrics", "validate", "--collection", "sample", "--round",
                    "2025", "--language", "sv", str(sent))  # fmt: skip

    assert "is not a number" in done.stdout, done.stderr


def test_every_row_names_what_exists() -> None:
    rows = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Hard rules")[0]
    places = re.findall(r"`((?:metrics|dashboard|tests|docs)/[\w/.]*?)(?:<\w+>[^`]*)?`", rows)

    assert len(places) > len(catalogue().frameworks)
    assert [place for place in places if not (ROOT / place).exists()] == []
