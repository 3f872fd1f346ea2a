"""The workbook that a State is sent: complete, protected, in its language, and read back whole."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from metrics.catalogue.codelists import codelist, find_code, fold_spelling
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.loader import catalogue
from metrics.core.actions import actions_table
from metrics.core.schemas import DECLARED_ACTION
from metrics.core.series import format_series as series_of
from metrics.core.series import parse_series
from metrics.core.tables import BREAKDOWNS, MEDIAN, STEP
from metrics.intake.reading import ingest
from metrics.intake.reading.headings import parse_heading
from metrics.intake.sandbox import unpack
from metrics.intake.templates import STAMPED, headings, templates
from metrics.intake.templates.follow_up.requested_lines import (
    indicators_by_sheet,
    requested_lines,
    requested_periods,
)
from metrics.intake.workbook import ParsedSubmission
from metrics.messages import languages, messages
from tests.sheets import fill, heading_rows, odd, order, saved, written

LANGUAGES = ("en", "fi", "el")
FORMER_WORDS = Path(__file__).with_name("former_words.csv")
ASKED = [
    definition
    for definition in catalogue().indicators.values()
    if definition.collected and not definition.formula
]


def read_back(path: Path) -> ParsedSubmission:
    return ingest(unpack(path), catalogue(), {})


def series_in(page: Worksheet, row: int) -> list[str]:
    return [str(cells[0].value) for cells in page.iter_rows(min_row=row + 1) if cells[0].value]


def test_the_same_order_gives_the_same_bytes() -> None:
    write = templates()["follow_up"].write

    assert write(order()) == write(order())


def test_every_series_has_one_row() -> None:
    book = written(order())

    found = [
        key for title, (row, _) in heading_rows(book).items() for key in series_in(book[title], row)
    ]

    expected = [
        line.series for definition in ASKED for line in requested_lines(definition) if line.series
    ]
    assert sorted(found) == sorted(expected)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("indicator", ASKED, ids=lambda definition: definition.code)
def test_what_is_asked_for_is_defined_in_three_languages(indicator: Indicator) -> None:
    said = [indicator.definition(language) for language in LANGUAGES]

    assert len(set(said)) == len(LANGUAGES)
    assert all(text.endswith((".", ")")) for text in said)


@pytest.mark.parametrize("indicator", ASKED, ids=lambda definition: definition.code)
def test_the_rows_of_an_indicator_are_those_of_its_definition(indicator: Indicator) -> None:
    asked = [line for line in requested_lines(indicator) if not line.chosen]

    totals = [line.component for line in asked if not line.codes]
    assert totals == ([*indicator.components] if indicator.has_total else [])
    assert all(line.component != MEDIAN or "band" not in line.codes for line in asked)
    assert all(parse_series(line.series)[2] == dict(line.codes) for line in asked)


def test_sheets_follow_the_goals() -> None:
    places = indicators_by_sheet(order())

    assert list(places)[:4] == ["GA-1", "GA-2", "GA-3", "GA-4"]
    assert "CC2019" in places
    assert "ICSE_VICTIMS" in {definition.code for definition in places["GA-1"]}
    assert sorted(definition.code for some in places.values() for definition in some) == sorted(
        definition.code for definition in ASKED
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fixed_words_are_there_in_every_language(language: str) -> None:
    english, own = messages("en", "workbook"), messages(language, "workbook")

    assert {name: set(named) for name, named in own.items()} == {
        name: set(named) for name, named in english.items()
    }
    assert all(text.strip() for named in own.values() for text in named.values())


@pytest.mark.parametrize("language", ["fi", "el"])
def test_the_words_are_translated(language: str) -> None:
    same = [
        (section, name)
        for section, named in messages("en", "workbook").items()
        for name, text in named.items()
        if messages(language, "workbook")[section][name] == text
    ]

    assert same == [("instructions", "zero")]


def test_english_comes_first_and_stands_in() -> None:
    assert languages() == LANGUAGES or set(languages()) == set(LANGUAGES)
    assert messages("xx", "workbook") == messages("en", "workbook")


@pytest.mark.parametrize("section", ["observations", "actions", "labels", "dimensions"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_heading_that_we_write_is_one_that_we_read(language: str, section: str) -> None:
    known = headings(section)

    assert {
        name: known[fold_spelling(text)]
        for name, text in messages(language, "workbook")[section].items()
    } == {name: name for name in messages(language, "workbook")[section]}


def test_every_breakdown_has_a_name() -> None:
    assert set(messages("en", "workbook")["dimensions"]) == set(BREAKDOWNS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untouched_workbook_says_nothing_and_nothing_is_odd(
    language: str, tmp_path: Path
) -> None:
    path = tmp_path / "untouched.xlsx"
    path.write_bytes(templates()["follow_up"].write(order(language)))

    reading = read_back(path)

    assert odd(reading) == [("submission_empty",)]
    assert set(reading.observations["form"]) == {"empty"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_workbook_is_read_in_any_language(language: str, tmp_path: Path) -> None:
    book = written(order(language))
    said = messages(language, "workbook")["observations"]
    fill(book, {"ICSE_VICTIMS": 12, "ICSE_VICTIMS[sex=F]": 0}, f"{said['value']} 2024")
    fill(
        book,
        {"ICSE_VICTIMS": f"P – {codelist('observation_status')['P'].name(language)}"},
        said["observation_status"],
    )
    fill(book, {"ICSE_VICTIMS": "a remark"}, said["remark"])

    reading = read_back(saved(book, tmp_path / "filled.xlsx"))

    observed = reading.observations[reading.observations["typed"] != ""]
    assert [*observed["value"]] == [12.0, 0.0]
    assert [*observed["observation_status"]] == ["P", "A"]
    assert [*observed["remark"]] == ["a remark", ""]
    assert [*observed["period"]] == ["2024", "2024"]
    assert odd(reading) == []


def test_values_are_found_at_their_cells(tmp_path: Path) -> None:
    book = written(order())
    fill(book, {"VIDTF_EXPERTS": 5}, "Value 2024")

    observations = read_back(saved(book, tmp_path / "filled.xlsx")).observations
    row = observations[observations["typed"] != ""].iloc[0]

    assert book[row["sheet"]][row["cell"]].value == 5
    assert book[row["sheet"]][row["key_cell"]].value == "VIDTF_EXPERTS"


def test_without_its_keys_a_row_is_still_known_by_its_words(tmp_path: Path) -> None:
    """Somebody may delete the first column: indicator and breakdown say the same in words."""
    path = tmp_path / "keyless.xlsx"
    book = written(order("fi"))
    keys = {}
    for title, (row, columns) in heading_rows(book).items():
        for cells in book[title].iter_rows(min_row=row + 1):
            cells[columns["Arvo 2024"] - 1].value = 1 if cells[0].value else None
            keys[title, cells[0].row], cells[0].value = cells[0].value, None
        book[title].cell(row, 1).value = None
    observations = read_back(saved(book, path)).observations

    key = ["indicator", "component", *BREAKDOWNS]
    rows = [dict(zip(key, cells, strict=True)) for cells in observations[key].to_numpy()]
    places = zip(observations["sheet"], observations["row"], strict=True)
    found = {place: series_of(row["indicator"], row["component"], row)
             for place, row in zip(places, rows, strict=True)}  # fmt: skip
    assert found == {place: key for place, key in keys.items() if key}


def test_a_code_is_chosen_in_the_open_rows(tmp_path: Path) -> None:
    book = written(order())
    title, row = next(
        (page.title, cells[0].row or 0)
        for page in book.worksheets
        for cells in page.iter_rows()
        if cells[0].value is None
        and cells[1].value == catalogue().indicators["THIRD_COUNTRY_ACTIONS"].name.en
    )
    columns = heading_rows(book)[title][1]
    book[title].cell(row, columns["Breakdown"]).value = "Partner country: Albania"
    book[title].cell(row, columns["Value 2024"]).value = 3

    observations = read_back(saved(book, tmp_path / "chosen.xlsx")).observations

    chosen = observations[observations["typed"] != ""]
    assert [*zip(chosen["indicator"], chosen["partner"], chosen["value"], strict=True)] == [
        ("THIRD_COUNTRY_ACTIONS", "AL", 3.0)
    ]


def test_the_stamp_says_what_the_workbook_is(tmp_path: Path) -> None:
    path = tmp_path / "stamped.xlsx"
    path.write_bytes(templates()["follow_up"].write(order("el")))

    stamp = unpack(path).stamp

    assert {name: stamp[name] for name in STAMPED} == {
        "template": "follow_up",
        "template_version": templates()["follow_up"].version,
        "catalogue": catalogue().version,
        "collection": "empact-cse",
        "area": "FI",
        "round": "2024",
        "language": "el",
    }


def test_the_stamp_is_very_hidden() -> None:
    assert written(order())["empact"].sheet_state == "veryHidden"


def test_only_what_is_to_be_filled_in_is_open() -> None:
    book = written(order())

    for title, (row, columns) in heading_rows(book).items():
        page = book[title]
        assert page.protection.sheet
        assert not page.protection.password
        assert not page.protection.formatColumns  # columns may be widened
        assert page.cell(row, 1).protection.locked
        assert page.cell(row + 1, 1).protection.locked
        assert not page.cell(row + 1, columns["Value 2024"]).protection.locked


def test_there_are_no_macros_and_no_volatile_formulas() -> None:
    archive = ZipFile(BytesIO(templates()["follow_up"].write(order())))

    assert not [name for name in archive.namelist() if "vba" in name.lower() or "external" in name]
    text = b"".join(archive.read(name) for name in archive.namelist())
    assert not [
        function for function in (b"INDIRECT", b"OFFSET", b"TODAY", b"NOW(") if function in text
    ]
    assert b"<f>" not in text


def validations(page: Worksheet, cell: str) -> list[str]:
    return [
        str(validation.type)
        for validation in page.data_validations.dataValidation
        if cell in validation.sqref
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Value 2024", "whole"),
        ("Observation status", "list"),
        ("Confidentiality", "list"),
    ],
)
def test_a_cell_helps_and_checks(heading: str, kind: str) -> None:
    book = written(order())
    row, columns = heading_rows(book)["GA-1"]
    cell = book["GA-1"].cell(row + 1, columns[heading]).coordinate

    assert validations(book["GA-1"], cell) == [kind]


def test_a_milestone_is_chosen_from_its_own_ladder() -> None:
    book = written(order("fi"))
    found = {str(validation.formula1) for page in book.worksheets for validation in page.data_validations.dataValidation
             if validation.type == "list"}  # fmt: skip
    ladders = {definition.ladder for definition in ASKED if definition.kind is Kind.MILESTONE}

    lists = {tuple(cell.value for (cell,) in book["empact"][place.split("!")[1]]) for place in found
             if ":" in place}  # fmt: skip
    assert {
        tuple(codelist("step")[step].name("fi") for step in ladder) for ladder in ladders
    } <= lists


def test_a_total_is_marked_where_its_parts_do_not_add_up_to_it() -> None:
    book = written(order())
    page, (row, columns) = book["GA-1"], heading_rows(book)["GA-1"]
    formulas = [rule.formula[0] for marked in page.conditional_formatting for rule in marked.rules
                if rule.type == "expression"]  # fmt: skip

    keys = ["", *series_in(page, row)]
    total = f"COUNT({get_column_letter(columns['Value 2024'])}{row + keys.index('ICSE_VICTIMS')})"
    adding = [
        breakdown
        for breakdown in catalogue().indicators["ICSE_VICTIMS"].breakdowns
        if breakdown.adds_up
    ]
    assert sum(total in formula for formula in formulas) == len(adding)


def reported(series: Mapping[str, float], period: str) -> pd.DataFrame:
    rows = [
        {"indicator": code, "component": component, **dict.fromkeys(BREAKDOWNS, "_T"), **codes,
         "period": period, "value": value}
        for key, value in series.items()
        for code, component, codes in [parse_series(key)]
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_what_was_reported_last_stands_beside_the_cell() -> None:
    previous = reported(
        {"ICSE_VICTIMS": 11.0, "LEGAL_INSTRUMENT[component=step;instrument=OPSC]": 3.0}, "2023"
    )
    book = written(replace(order(), previous=previous))

    found = {}
    for title, (row, columns) in heading_rows(book).items():
        for cells in book[title].iter_rows(min_row=row + 1):
            found[cells[0].value] = cells[columns["Last period (2023)"] - 1].value
    assert found["ICSE_VICTIMS"] == 11
    assert found["LEGAL_INSTRUMENT[component=step;instrument=OPSC]"] == "in force"


def test_what_was_reported_last_is_not_read_as_a_value(tmp_path: Path) -> None:
    book = written(replace(order(), previous=reported({"ICSE_VICTIMS": 11.0}, "2023")))

    observations = read_back(saved(book, tmp_path / "untouched.xlsx")).observations

    assert set(observations["typed"]) == {""}
    assert set(observations["period"]) == {"2024"}


@pytest.mark.parametrize(
    ("language", "begins"),
    [("en", "For 2023"), ("fi", "Jaksolta 2023"), ("el", "Για την περίοδο 2023")],
)
def test_how_a_warning_was_explained_last_is_offered_at_the_remark(
    language: str, begins: str
) -> None:
    previous = reported({"ICSE_VICTIMS": 11.0, "ICSE_USERS": 4.0}, "2023")
    previous["explained"] = ["A new unit counts them.", ""]
    book = written(replace(order(language), previous=previous))
    remark = messages(language, "workbook")["observations"]["remark"]

    offered = [
        (cells[0].value, comment.text)
        for title, (row, columns) in heading_rows(book).items()
        for cells in book[title].iter_rows(min_row=row + 1)
        if remark in columns and (comment := cells[columns[remark] - 1].comment)
    ]

    ((series, text),) = offered
    assert series == "ICSE_VICTIMS"
    assert text.startswith(begins)
    assert "A new unit counts them." in text


def test_an_explanation_that_is_offered_is_no_remark_yet(tmp_path: Path) -> None:
    previous = reported({"ICSE_VICTIMS": 11.0}, "2023").assign(explained="A new unit.")
    book = written(replace(order(), previous=previous))

    observations = read_back(saved(book, tmp_path / "untouched.xlsx")).observations

    assert set(observations["remark"]) == {""}


def test_earlier_actions_are_listed_to_be_followed_up(tmp_path: Path) -> None:
    earlier = {"area": "FI", "policy_target": "GA-1", "goals": "GA-1.1;GA-2.1", "status": "planned",
               "description": "Efforts will be made.", "timeframe": "2013-2014", "progress": "done",
               "partner": "Albania", "theme": "LIVE_STREAMING", "row": 5}  # fmt: skip
    book = written(
        replace(order("fi"), actions=actions_table([earlier, {**earlier, "area": "SE"}]))
    )

    actions = read_back(saved(book, tmp_path / "actions.xlsx")).actions

    kept = ["area", *DECLARED_ACTION]
    assert actions[kept].to_dict("records") == [{name: earlier[name] for name in kept}]


def test_quarters_have_rows_of_their_own(tmp_path: Path) -> None:
    asked = order()
    quarterly = asked.indicators["ICSE_USERS"].model_copy(update={"frequency": "Q"})
    asked = replace(asked, indicators={**asked.indicators, "ICSE_USERS": quarterly})
    path = saved(written(asked), tmp_path / "quarters.xlsx")

    observations = read_back(path).observations

    found = observations[observations["indicator"] == "ICSE_USERS"]
    assert [*found["period"]] == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    assert set(observations["period"]) == {"2024", *found["period"]}


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        ("A", ("2024",)),
        ("S", ("2024-S1", "2024-S2")),
        ("Q", tuple(f"2024-Q{n}" for n in range(1, 5))),
    ],
)
def test_a_round_is_cut_into_the_periods_of_an_indicator(
    frequency: str, expected: tuple[str, ...]
) -> None:
    assert requested_periods(order(), frequency) == expected


def test_a_round_of_several_years_has_values_for_each(tmp_path: Path) -> None:
    asked = order()
    years = catalogue().collections["empact-cse"].rounds[0].periods
    several = asked.round.model_copy(update={"periods": (years[0].year_before, *years)})
    book = written(replace(asked, round=several))
    fill(book, {"ICSE_VICTIMS": 1}, "Value 2023")
    fill(book, {"ICSE_VICTIMS": "P – provisional value"}, "Observation status 2024")

    read = read_back(saved(book, tmp_path / "years.xlsx"))

    # The round in force asks for the last year only, so that the other is skipped.
    both = pd.concat([read.other_periods, read.observations])
    found = both[both["key_typed"] == "ICSE_VICTIMS"]
    assert [*zip(found["period"], found["typed"], found["observation_status"], strict=True)] == [
        ("2023", "1", "A"),
        ("2024", "", "P"),
    ]


def test_steps_are_written_in_words(tmp_path: Path) -> None:
    book = written(order("el"))
    key = "LEGAL_INSTRUMENT[component=step;instrument=LANZAROTE]"
    fill(book, {key: codelist("step")["in_force"].name("el")}, "Τιμή 2024")
    fill(book, {key: "2011-06-09"}, "Ημερομηνία")

    observations = read_back(saved(book, tmp_path / "steps.xlsx")).observations

    step = observations[observations["typed"] != ""].iloc[0]
    assert (step["component"], step["value"], step["since"]) == (STEP, 3.0, "2011-06-09")


def test_the_workbook_opens_without_a_warning() -> None:
    for language in LANGUAGES:
        assert load_workbook(BytesIO(templates()["follow_up"].write(order(language)))).sheetnames


def word_as_read(kind: str, text: str) -> str | None:
    if kind == "step":
        return find_code(text, "step")
    heading = parse_heading(text, kind)
    return heading.role if heading else None


def test_the_words_of_workbooks_without_digests_are_read_for_ever() -> None:
    """Whoever rewords a heading or a step adds its former words: to `synonyms.yaml`, or to `also`.

    States may still send workbooks that were written before 30 November 2026.
    """
    with FORMER_WORDS.open(encoding="utf-8", newline="") as file:
        former = list(csv.DictReader(file))

    assert former
    assert [row for row in former if word_as_read(row["kind"], row["text"]) != row["code"]] == []
