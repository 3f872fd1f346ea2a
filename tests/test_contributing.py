"""What CONTRIBUTING promises of adding a definition or a language, followed to the letter.

The rows on code that has a registry of its own have their tests beside that registry:
methods, rules, templates, formats, exports, pages, columns.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from metrics.catalogue.loader import catalogue
from tests.package_copy import ROOT, add_translations, copy_package, run_commands, run_copy

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
no_rate: activities
questioned_above: {at_least: 250, basis: working_days}
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
    no_rate="activities",
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
short_name: {en: Advice}
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
    "interface/overview.title": ("Overview", "Framsteg"),
    "workbook/observations/value": ("Value", "Värde"),
    "codelists/audience/COACHES": ("sports coaches", "tränare"),
    "goals/NEW-1/name": ("Advice for parents", "Råd till föräldrar"),
}
GUIDES = {
    "policy-officer": "Guide for policy officers",
    "presenter": "Guide for presenters",
    "sv/presenter": "Guide för talare",
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
    for name, title in GUIDES.items():
        guide = folder / "docs" / "guides" / f"{name}.md"
        guide.parent.mkdir(parents=True, exist_ok=True)
        guide.write_text(f"# {title}\n\nSend it.\n", encoding="utf-8")
    return folder


SELECTED = {"goal": {"goal": "NEW-1"}}
PAGES: Mapping[str, Mapping[str, str]] = {
    "catalogue": {},
    **SELECTED,
    "overview": {"collection": "sample"},
}
ADDED = ("ADVICE_GIVEN", "TRAININGS_DOUBLED", "CONSULTATIONS_PER_TRAINING", "NEW-1", "another")
SPELLINGS = ("COACHES", "sports coaches", "tränare", "trainers")
SWEDISH = ("overview", "goal", "state", "catalogue", "submit", "guides")
PROGRAM = """
import importlib, json, os, sys
os.environ["EMPACT_HOME"] = os.getcwd()
import dashboard.app
from plotly.utils import PlotlyJSONEncoder
for name, query in json.loads(sys.argv[1]):
    page = importlib.import_module(f"dashboard.pages.{name}").layout(**query)
    print(json.dumps(page, cls=PlotlyJSONEncoder, ensure_ascii=False))
"""


def rendered(copied: Path, pages: Sequence[tuple[str, Mapping[str, str]]]) -> list[str]:
    """What pages of the copy show, as JSON."""
    done = run_copy(copied, "-c", PROGRAM, json.dumps(pages))
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def pages(copied: Path) -> Mapping[str, str]:
    """Pages by name, and those in Swedish by `sv` and name."""
    swedish = [(name, {"lang": "sv", **SELECTED.get(name, {})}) for name in SWEDISH]
    names = [*PAGES, *(f"sv {name}" for name in SWEDISH)]
    return dict(zip(names, rendered(copied, [*PAGES.items(), *swedish]), strict=True))


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the files that are sent, and of the templates."""
    folder = tmp_path_factory.mktemp("sent")
    figures = {"advice": ("ADVICE_GIVEN", "61.5"), "much": ("ADVICE_GIVEN", "201"),
               "trainings": ("NGO_TRAININGS", "5")}  # fmt: skip
    for name, figure in figures.items():
        (folder / f"{name}.csv").write_text(SENT.format(*figure))
    for written in SPELLINGS:
        row = f"FI,2025,PEOPLE_REACHED,{written},5"
        (folder / f"{written}.csv").write_text(f"area,period,indicator,audience,value\n{row}\n")
    (folder / "Swedish.csv").write_text("area,period,indicator,Värde\nFI,2025,NGO_TRAININGS,many\n")
    return folder


@pytest.fixture(scope="module")
def answers(copied: Path, pages: Mapping[str, str], sent: Path) -> Mapping[str, str]:
    """What commands of the copy say, after its pages were read."""
    sample, another = (("--collection", code, "--round", "2025") for code in ("sample", "another"))
    spelled = [str(sent / f"{written}.csv") for written in SPELLINGS]
    swedish = ("--language", "sv")
    commands = {
        "check": ("catalogue", "check"),
        **{code: ("catalogue", "show", code) for code in ADDED},
        "template": ("template", *sample, "--area", "FI", "-o", str(sent / "FI.xlsx")),
        "advice": ("validate", *sample, str(sent / "advice.csv")),
        "much": ("validate", *sample, "--json", str(sent / "much.csv")),
        "spelled": ("validate", *sample, "--json", *spelled),
        "Swedish template": (
            "template", *sample, *swedish, "--area", "FI", "-o", str(sent / "sv.xlsx")),
        "Swedish": ("validate", *sample, *swedish, str(sent / "Swedish.csv")),
        "another template": ("template", *another, "--area", "FI", "-o", str(sent / "a.xlsx")),
        "submit": ("submit", *another, str(sent / "trainings.csv")),
        "release": ("release", "another"),
    }  # fmt: skip
    printed = run_commands(copied, [*commands.values()], may_fail=True)
    return dict(zip(commands, printed, strict=True))


def test_the_definitions_agree_with_one_another(answers: Mapping[str, str]) -> None:
    assert "no contradictions found" in answers["check"]


@pytest.mark.parametrize("code", ADDED)
def test_a_definition_is_shown_by_the_command_and_on_the_page(
    answers: Mapping[str, str], pages: Mapping[str, str], code: str
) -> None:
    assert f" {code}\ncode: {code}\n" in answers[code]
    assert code in pages["catalogue"]


def test_a_reported_indicator_is_asked_for_and_read(answers: Mapping[str, str], sent: Path) -> None:
    assert "would be accepted: 1 observation" in answers["advice"]
    assert (sent / "FI.xlsx").stat().st_size


def test_a_unit_says_how_large_a_value_may_be(answers: Mapping[str, str]) -> None:
    (file,) = json.loads(answers["much"])["files"]
    rules = [finding["rule"] for finding in file["findings"]]
    assert "value_beyond_reason" in rules
    assert "fraction_of_whole" not in rules


@pytest.mark.parametrize("name", ["goal", "overview"])
def test_a_goal_has_a_page_and_a_card(pages: Mapping[str, str], name: str) -> None:
    assert "Advice for parents" in pages[name]


def test_a_collection_has_templates_and_takes_submissions(
    copied: Path, answers: Mapping[str, str], sent: Path
) -> None:
    assert (sent / "a.xlsx").stat().st_size
    assert "submitted as another/2025/FI/" in answers["submit"]
    (released,) = rendered(copied, [("overview", {"collection": "another"})])
    assert f"Release {datetime.now(UTC):%Y}" in released


def test_a_code_is_understood_in_every_spelling(answers: Mapping[str, str]) -> None:
    outcomes = {
        Path(file["file"]).stem: file["outcome"] for file in json.loads(answers["spelled"])["files"]
    }
    assert outcomes == dict.fromkeys(SPELLINGS, "accepted")


def test_a_language_is_offered_on_every_page_and_completed_from_english(
    pages: Mapping[str, str],
) -> None:
    swedish = {name: pages[f"sv {name}"] for name in SWEDISH}

    assert all('"lang": "sv"' in page and "Sidor" in page for page in swedish.values())
    assert re.search(r'"children": "Framsteg"[^}]*"lang": "sv"', swedish["overview"])
    assert "Råd till föräldrar" in swedish["goal"]
    # Most texts are not translated yet, so the page is in English where nothing else is said.
    assert re.search(r'"className": "page page-overview"[^{}]*"lang": "en"', swedish["overview"])
    assert not re.search(r'"children": "Skip to the content"[^}]*"lang"', swedish["overview"])
    assert '"SV"' in pages["overview"]


def test_a_guide_is_in_a_language_or_in_marked_english(pages: Mapping[str, str]) -> None:
    link = r'"children": "(Guide[^"]*)"[^}]*\}[^}]*\}, "lang": "(\w\w)"'
    listed = re.findall(link, pages["sv guides"])

    assert {("Guide for policy officers", "en"), ("Guide för talare", "sv")} <= set(listed)
    assert "Guide for presenters" not in pages["sv guides"]
    assert "Guide for policy officers (in English)" in pages["sv overview"]


def test_a_language_is_offered_by_every_command_and_read_in_workbooks(
    answers: Mapping[str, str], sent: Path
) -> None:
    assert (sent / "sv.xlsx").stat().st_size
    assert "is not a number" in answers["Swedish"]


def test_every_row_names_what_exists() -> None:
    rows = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Hard rules")[0]
    places = re.findall(r"`((?:metrics|dashboard|tests|docs)/[\w/.]*?)(?:<\w+>[^`]*)?`", rows)

    assert len(places) > len(catalogue().frameworks)
    assert [place for place in places if not (ROOT / place).exists()] == []
