"""A third, invented return by definition files alone, worked through as an analyst would.

One of its indicators is redefined from 2024, so this is also the way of a changed definition from
the template to the pages.
"""

import csv
import json
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dashboard.texts import texts
from metrics.core.verdicts import Status
from metrics.intake.templates import STAMP
from tests.package_copy import add_translations, copy_package, run_commands, run_copy

FILES = {
    "frameworks/OBS.yaml": """
        code: OBS
        name: {en: Observatory}
        order: 9
        documents:
          - {code: OBS-ACT, title: {en: The act}, reference: N 1, languages: [en],
             applies_from: 2022-07-01, applies_to: 2027-06-30}
    """,
    "goals/OBS-1.yaml": """
        code: OBS-1
        framework: OBS
        order: 901
        name: {en: Statistics on calls}
        short_name: {en: Calls to helplines}
        wording: {en: the number of calls and of children helped}
        source: {document: OBS-ACT, paragraph: Article 2}
        indicators: [OBS_CALLS, OBS_CHILDREN]
    """,
    "indicators/OBS_CALLS.yaml": """
        code: OBS_CALLS
        name: {en: Calls to helplines}
        definition: {en: Calls that were answered.}
        kind: flow
        unit: CASES
        direction: none
        measures: workload
        measures_why: Calls come in.
        no_rate: other_people
        questioned_above: {at_least: 5000, basis: working_days}
        role: context
        breakdowns:
          - {by: [channel], codes: {channel: [PHONE, CHAT]}}
        changes:
          - from: 2024
            note: {en: Only answered calls are counted.}
            before:
              definition: {en: All calls.}
              breakdowns:
                - {by: [channel]}
    """,
    "indicators/OBS_CHILDREN.yaml": """
        code: OBS_CHILDREN
        name: {en: Children helped by helplines}
        definition: {en: Children whom a helpline helped.}
        kind: flow
        unit: PERSONS
        direction: none
        measures: recorded
        measures_why: Counted where a child calls.
        per_100_000_children: true
        questioned_above: {per_100_000_children: 1000, at_least: 100, basis: offences}
        role: context
        counts_people: true
        breakdowns:
          - {by: [sex]}
    """,
    "collections/a-return.yaml": """
        code: a-return
        name: {en: Observatory return}
        note: {en: Yearly statistics for the observatory.}
        nature: official
        areas: member_states
        template: follow_up
        frameworks: [OBS]
        disclosure: {minimum_frequency: 4}
        rounds:
          - {code: "2022", periods: [2022], opens: 2023-01-15, due: 2023-06-30}
          - {code: "2023", periods: [2023], opens: 2024-01-15, due: 2024-06-30}
          - {code: "2024", periods: [2024], opens: 2025-01-15, due: 2025-06-30}
          - {code: "both", periods: [2023, 2024], opens: 2025-01-15, due: 2025-06-30}
    """,
}  # fmt: skip
# By key: in English, Finnish and Greek.
TRANSLATIONS = {
    "frameworks/OBS/name":
        ("Observatory", "Seurantakeskus", "Παρατηρητήριο"),
    "goals/OBS-1/name":
        ("Statistics on calls", "Tilasto puheluista", "Στατιστικά κλήσεων"),
    "indicators/OBS_CALLS/name":
        ("Calls to helplines", "Puhelut auttaviin puhelimiin", "Κλήσεις"),
    "indicators/OBS_CALLS/changes/2024/note":
        ("Only answered calls are counted.", "Vain vastatut puhelut lasketaan.", "Μετρούν μόνο οι κλήσεις που απαντήθηκαν."),
    "indicators/OBS_CHILDREN/name":
        ("Children helped by helplines", "Autetut lapset", "Παιδιά που βοηθήθηκαν"),
    "collections/a-return/name":
        ("Observatory return", "Seurantakeskuksen tilasto", "Στατιστικά παρατηρητηρίου"),
}  # fmt: skip
CALLS = {"2022": 90, "2023": 120, "2024": 30}
CHILDREN = {"F": 40, "M": 2, "O": 0, "U": 30}
WITHDRAWN = "OBS_CALLS[channel=LETTER]"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with a return and a breakdown of its own, nothing else changed."""
    folder = copy_package(tmp_path_factory.mktemp("copy"), "metrics", "dashboard")
    for name, text in FILES.items():
        path = folder / "metrics" / "catalogue" / name
        path.write_text(text, encoding="utf-8")
    for number, language in enumerate(("fi", "el"), start=1):
        texts = {key: (words[0], words[number]) for key, words in TRANSLATIONS.items()}
        add_translations(folder, language, texts)
    codes = "code,en\nPHONE,by telephone\nCHAT,by chat\nLETTER,by letter\n"
    (folder / "metrics" / "catalogue" / "codelists" / "channel.csv").write_text(codes)
    with (folder / "metrics" / "core" / "breakdowns.csv").open("a") as breakdowns:
        breakdowns.write("channel\n")
    return folder


HELD = {
    "valid": ("2023", WITHDRAWN, ""),
    "of another period": (
        "2024", WITHDRAWN, "“Calls to helplines (by letter) 2024” was asked for only in these periods: …–2023."),
    "of another collection": (
        "2024", "ICSE_VICTIMS", "is not among the figures of this collection."),
    "of no breakdown": ("2024", "OBS_CHILDREN[sex=ZZ]", "breakdown_unknown"),
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(copied: Path) -> Mapping[str, str]:
    """What commands say about the definitions, of templates, and of rows that are sent."""
    commands = {"check": ["catalogue", "check"]}
    for round_ in (*CALLS, "both"):
        commands[f"template {round_}"] = [
            "template", "--collection", "a-return", "--area", "FI", "--round", round_,
            "-o", str(copied / f"{round_}.xlsx"),
        ]  # fmt: skip
    commands["general"] = ["template", "--collection", "sample", "--area", "FI", "--round", "2025",
                           "-o", str(copied / "general.xlsx")]  # fmt: skip
    for name, (period, series, _) in HELD.items():
        path = copied / f"{name}.csv"
        path.write_text(f"area,period,series,value\nFI,{period},{series},5\n")
        commands[name] = [
            "validate", "--collection", "a-return", "--round", period, str(path)
        ]  # fmt: skip
    printed = run_commands(copied, [*commands.values()], may_fail=True)
    return dict(zip(commands, printed, strict=True))


@pytest.fixture(scope="module")
def templates(copied: Path, answers: Mapping[str, str]) -> Mapping[str, Path]:
    return {path.stem: path for path in copied.glob("*.xlsx")}


def cells(path: Path, sheet: str) -> list[list[object]]:
    rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [[cell for cell in row if cell is not None] for row in rows if any(row)]


def series_asked(path: Path) -> list[object]:
    return [row[0] for row in cells(path, "OBS") if str(row[0]).startswith("OBS_")]


def filled(templates: Mapping[str, Path], round_: str) -> Path:
    """The template with a figure in every row, as an analyst saves it."""
    book = load_workbook(templates[round_])
    sheet = book["OBS"]
    header, names = next(
        (number, [str(name) for name in row])
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
        if row[0] == "Series"
    )
    value = next(at for at, name in enumerate(names, start=1) if name.startswith("Value"))
    asked = [str(cell.value) for cell in sheet["A"][header:]]
    of_calls = CALLS[round_] // sum(series.startswith("OBS_CALLS[") for series in asked)
    for row, series in enumerate(asked, start=header + 1):
        code = series.partition("=")[2].rstrip("]")
        total = CALLS[round_] if "CALLS" in series else sum(CHILDREN.values())
        sheet.cell(row, value).value = CHILDREN.get(code, of_calls) if code else total
    path = templates[round_].with_stem(f"filled-{round_}")
    book.save(path)
    return path


PAGES = (
    ("overview", "en"), ("overview", "el"), ("goal", "en"), ("goal", "fi"), ("state", "en"),
    ("submit", "en"), ("catalogue", "en"), ("catalogue", "el"),
)  # fmt: skip
PROGRAM = """
import importlib, json, os, sys
os.environ |= {"EMPACT_HOME": os.getcwd(), "EMPACT_INTAKE": "open"}
import dashboard.app
from plotly.utils import PlotlyJSONEncoder
found = {}
for name, lang in json.loads(sys.argv[1]):
    query = {"lang": lang, "collection": "a-return", "area": "FI"}
    page = importlib.import_module(f"dashboard.pages.{name}").layout(**query)
    found[f"{name} {lang}"] = json.dumps(page, cls=PlotlyJSONEncoder, ensure_ascii=False)
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def released(copied: Path, templates: Mapping[str, Path]) -> Path:
    """The program after three rounds of one State and a release."""
    submitted = [
        ["submit", "--collection", "a-return", "--round", round_, str(filled(templates, round_))]
        for round_ in CALLS
    ]
    run_commands(copied, [*submitted, ["release", "a-return"]])
    return copied


@pytest.fixture(scope="module")
def pages(released: Path) -> dict[str, str]:
    done = run_copy(released, "-c", PROGRAM, json.dumps(PAGES))
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def table(released: Path) -> list[dict[str, str]]:
    exported = run_commands(released, [
        ["export", "csv", "--collection", "a-return", "--area", "FI", "--indicator", series]
        for series in ("OBS_CALLS", "OBS_CALLS[channel=CHAT]", "OBS_CHILDREN[sex=M]")
    ])  # fmt: skip
    return [row for table in exported for row in csv.DictReader(StringIO(table))]


def test_the_definitions_agree_with_one_another(answers: Mapping[str, str]) -> None:
    assert "no contradictions found" in answers["check"]


def test_the_template_asks_for_the_figures_of_the_return_alone(
    templates: Mapping[str, Path],
) -> None:
    book = load_workbook(templates["2024"])

    assert set(book.sheetnames) == {"Instructions", "OBS", "Definitions", STAMP}
    assert series_asked(templates["2024"]) == [
        "OBS_CALLS", "OBS_CALLS[channel=PHONE]", "OBS_CALLS[channel=CHAT]", "OBS_CHILDREN",
        "OBS_CHILDREN[sex=F]", "OBS_CHILDREN[sex=M]", "OBS_CHILDREN[sex=O]", "OBS_CHILDREN[sex=U]",
    ]  # fmt: skip


def test_the_template_of_a_round_uses_the_definition_of_its_period(
    templates: Mapping[str, Path],
) -> None:
    before, after = templates["2023"], templates["2024"]

    assert WITHDRAWN in series_asked(before)
    assert WITHDRAWN not in series_asked(after)
    assert "All calls." in cells(before, "Definitions")[2]
    assert "Calls that were answered." in cells(after, "Definitions")[2]


def test_a_round_across_the_change_has_rows_for_each_period(
    templates: Mapping[str, Path],
) -> None:
    path = templates["both"]
    periods = [(row[0], "2023" in row, "2024" in row) for row in cells(path, "OBS")]

    assert (WITHDRAWN, True, False) in periods
    assert (WITHDRAWN, False, True) not in periods
    assert {("OBS_CALLS", True, False), ("OBS_CALLS", False, True)} < {*periods}
    names = [row[0] for row in cells(path, "Definitions")]
    assert {"Calls to helplines (2023)", "Calls to helplines (2024)"} < {*names}


@pytest.mark.parametrize(("name", "expected"), [(name, held[-1]) for name, held in HELD.items()])
def test_a_row_is_held_against_what_was_valid(
    answers: Mapping[str, str], name: str, expected: str
) -> None:
    assert expected in answers[name]
    assert ("would be accepted" in answers[name]) is not bool(expected)


def test_the_release_marks_where_the_definition_changed(table: list[dict[str, str]]) -> None:
    calls = [row for row in table if row["indicator"] == "OBS_CALLS" and row["area"] == "FI"]
    breaks = {(row["channel"], row["period"]): row["remark"] for row in calls
              if row["observation_status"] == "B"}  # fmt: skip

    note = "Only answered calls are counted."
    assert breaks == {("_T", "2024"): note, ("CHAT", "2024"): note}
    growth = [row["period"] for row in calls if row["component"] == "year_on_year"]
    assert set(growth) == {"2023"}


def test_small_counts_of_children_are_withheld(table: list[dict[str, str]]) -> None:
    boys = [row for row in table if row["indicator"] == "OBS_CHILDREN" and row["sex"] == "M"]

    assert {row["observation_status"] for row in boys} == {"Q"}
    assert not any(row["value"] for row in boys)


@pytest.mark.parametrize("page", ["overview en", "goal en", "state en"])
def test_a_page_shows_the_figures_without_a_verdict(pages: dict[str, str], page: str) -> None:
    assert "Calls to helplines" in pages[page]
    assert "Statistics on calls" in pages[page]
    text = texts("en")
    named = {status: text(f"status.{status}") for status in Status}
    given = {
        status
        for status, word in named.items()
        if f'"{word}"' in pages[page] or f">{word}<" in pages[page]
    }
    # No target, so no other status; the overview lists all, to choose from, and gives none.
    assert given <= {Status.NOT_ASSESSED} or "status-not_assessed" not in pages[page]
    assert "GA-1.1" not in pages[page]


def test_nothing_is_said_of_targets_or_actions_that_the_return_does_not_have(
    pages: dict[str, str],
) -> None:
    assert "figures are shown without a verdict" in pages["overview en"]
    assert "official method" not in pages["goal en"]
    assert "target path" not in pages["goal en"]
    assert "Declared actions" not in pages["state en"]
    assert pages["overview en"].count('"children": "Children helped by helplines"') == 1


def test_a_page_says_since_when_the_definition_holds(pages: dict[str, str]) -> None:
    assert "Definition changed from 2024: Only answered calls are counted." in pages["goal en"]
    assert "not comparable" in pages["goal en"]
    assert "Vain vastatut puhelut lasketaan." in pages["goal fi"]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("overview el", "Στατιστικά κλήσεων"),
        ("submit en", "Observatory return"),
        ("catalogue en", "All calls."),
        ("catalogue el", "Μετρούν μόνο οι κλήσεις που απαντήθηκαν."),
    ],
)
def test_every_page_has_the_words_of_the_return(
    pages: dict[str, str], page: str, words: str
) -> None:
    assert words in pages[page]


def test_the_general_collections_do_not_ask_for_it(templates: Mapping[str, Path]) -> None:
    assert "OBS" not in load_workbook(templates["general"], read_only=True).sheetnames
