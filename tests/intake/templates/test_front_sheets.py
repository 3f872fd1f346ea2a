"""The sheets around the figures: what is asked of whom, what is counted, what was declared."""

from dataclasses import replace

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from metrics.catalogue.codelists import codelist
from metrics.catalogue.loader import catalogue
from metrics.core.actions import actions_table
from metrics.core.schemas import DECLARED_ACTION
from metrics.intake.templates import TemplateRequest
from metrics.messages import messages
from tests.intake.templates.drawn import AA, asking, of, offered, rule_at
from tests.sheets import order, written
from tests.tables import indicator

WITH_ACTIONS = [catalogue().goals["GA-1.1"]]
HEADER = 4  # the row of the headings on the sheet of actions
DECLARED = {"area": "FI", "policy_target": "GA-1", "goals": "GA-1.1", "status": "planned",
            "description": "A unit.", "progress": "done", "partner": "Europol",
            "theme": "LIVE_STREAMING", "row": 5}  # fmt: skip


def sheet(asked: TemplateRequest, name: str) -> Worksheet:
    return written(asked)[messages(asked.language, "workbook")["sheets"][name]]


def texts(page: Worksheet) -> list[object]:
    return [cell.value for row in page.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "31 March 2025"), ("fi", "31. maaliskuuta 2025"), ("el", "31 Μαρτίου 2025")],
)
def test_the_first_sheet_says_who_is_asked_for_what_by_when(language: str, day: str) -> None:
    asked = asking("ICSE_VICTIMS", language=language)
    book = written(asked)
    page = book.worksheets[0]

    facts = {page.cell(row, 1).value: page.cell(row, 2).value for row in range(3, 10)}
    labels = messages(language, "workbook")["labels"]
    assert page.title == messages(language, "workbook")["sheets"]["instructions"]
    assert facts == {
        labels["collection"]: asked.collection.name(language),
        labels["area"]: f"FI – {codelist('area')['FI'].name(language)}",
        labels["round"]: "2024",
        labels["due"]: day,
        labels["send_to"]: messages(language, "workbook")["words"]["address_unknown"],
        labels["template"]: "follow_up 1",
        labels["catalogue"]: catalogue().version,
    }


def test_the_first_sheet_says_to_which_address_it_is_to_be_sent() -> None:
    address = "https://metrics.example.org/submit"
    page = written(replace(asking("ICSE_VICTIMS"), address=address)).worksheets[0]

    labels = messages("en", "workbook")["labels"]
    assert (labels["send_to"], address) in page.iter_rows(max_col=2, values_only=True)
    links = [cell.hyperlink.target for (cell,) in page["B3:B10"] if cell.hyperlink]
    assert links == [address]


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_every_instruction_stands_on_the_first_sheet(language: str) -> None:
    page = sheet(order(language), "instructions")

    assert {*messages(language, "workbook")["instructions"].values()} <= {*map(str, texts(page))}


def test_an_instruction_on_what_is_not_asked_is_left_out() -> None:
    said = messages("en", "workbook")["instructions"]

    page = sheet(asking("ICSE_VICTIMS"), "instructions")

    assert not {said["shares"], said["milestones"]} & {*map(str, texts(page))}


def test_each_thing_one_may_write_has_its_meaning_beside_it() -> None:
    page = sheet(asking("ICSE_VICTIMS"), "instructions")
    said = messages("en", "workbook")["instructions"]

    beside = {row[0].value: row[1].value for row in page.iter_rows()}
    for name in ("zero", "empty", "status", "confidential"):
        assert beside[said[name]] == said[f"{name}_means"]


def test_no_instruction_is_cut_off() -> None:
    page = sheet(asking("ICSE_VICTIMS"), "instructions")

    for cells in page.iter_rows(max_col=1):
        width = page.column_dimensions["A"].width + page.column_dimensions["B"].width
        lines = len(str(cells[0].value or "")) / width
        assert (page.row_dimensions[cells[0].row or 0].height or 15) >= 15 * lines


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_every_indicator_that_is_asked_for_is_defined(language: str) -> None:
    asked = asking(language=language)
    page = sheet(asked, "definitions")

    rows = {row[0].value: [cell.value or "" for cell in row[1:4]] for row in page.iter_rows()}
    for definition in asked.indicators.values():
        parts = (definition.numerator, definition.denominator)
        assert rows[definition.name(language)] == [
            definition.definition(language), *(part(language) if part else "" for part in parts),
        ]  # fmt: skip


def test_definitions_stand_in_the_order_of_the_sheets() -> None:
    page = sheet(of(indicator("BB"), AA), "definitions")

    assert [page.cell(row, 1).value for row in (4, 5)] == ["BB", "AA"]
    assert (page.freeze_panes, page.print_title_rows) == ("B4", "$3:$3")


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_actions_are_declared_under_the_headings_of_the_form(language: str) -> None:
    page = sheet(of(AA, goals=WITH_ACTIONS, language=language), "actions")

    said = messages(language, "workbook")["actions"]
    assert [cell.value for cell in page[HEADER]] == [said[name] for name in DECLARED_ACTION]


@pytest.mark.parametrize(("column", "strict"), [(1, True), (2, False), (3, True), (6, False)])
def test_only_what_has_a_code_must_be_chosen(column: int, strict: bool) -> None:
    page = sheet(asking("ICSE_VICTIMS"), "actions")

    rule = rule_at(page, page.cell(HEADER + 1, column))
    assert rule is not None
    assert (rule.type, rule.errorStyle) == ("list", None if strict else "information")


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_goals_and_policy_targets_are_offered_by_name(language: str) -> None:
    book = written(asking("ICSE_VICTIMS", language=language))
    page = book[messages(language, "workbook")["sheets"]["actions"]]
    targets, goals = (offered(book, rule_at(page, page.cell(HEADER + 1, at))) for at in (1, 2))

    known = catalogue()
    assert goals == [
        f"{goal.code} – {goal.name(language)}" for goal in known.goals.values() if goal.actions
    ]
    for framework in known.frameworks.values():
        for target in framework.policy_targets or (framework,):
            assert f"{target.code} – {target.name(language)}" in targets


def test_a_framework_that_has_policy_targets_is_no_target_itself() -> None:
    book = written(asking("ICSE_VICTIMS"))
    page = book["Actions"]
    alliance = catalogue().frameworks[catalogue().goals["GA-1.1"].framework]

    targets = offered(book, rule_at(page, page.cell(HEADER + 1, 1)))
    assert f"{alliance.code} – {alliance.name.en}" not in targets


@pytest.mark.parametrize(("earlier", "rows"), [(0, 80), (30, 80), (60, 100)])
def test_there_is_always_room_for_more_actions(earlier: int, rows: int) -> None:
    known = actions_table([{**DECLARED, "description": f"Unit {n}"} for n in range(earlier)])
    page = sheet(replace(of(AA, goals=WITH_ACTIONS), actions=known), "actions")

    last = page.cell(HEADER + rows, 4)
    assert not last.protection.locked
    assert rule_at(page, last) is not None
    assert page.cell(HEADER + rows + 1, 4).protection.locked


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_what_was_declared_is_shown_in_words(language: str) -> None:
    asked = asking("ICSE_VICTIMS", language=language)
    page = sheet(replace(asked, actions=actions_table([DECLARED])), "actions")

    shown = [cell.value or "" for cell in page[HEADER + 1]]
    assert str(shown[0]).startswith("GA-1 – ")
    assert shown[1:] == [
        "GA-1.1", codelist("action_status")["planned"].name(language), "A unit.", "",
        codelist("progress")["done"].name(language), "Europol",
        codelist("theme")["LIVE_STREAMING"].name(language),
    ]  # fmt: skip


def test_free_words_on_progress_stay_as_they_were_written() -> None:
    known = actions_table([{**DECLARED, "progress": "Half of it", "policy_target": "XX"}])
    page = sheet(replace(asking("ICSE_VICTIMS"), actions=known), "actions")

    assert [page.cell(HEADER + 1, column).value for column in (1, 6)] == ["XX", "Half of it"]


@pytest.mark.parametrize("name", ["instructions", "actions", "definitions"])
def test_every_sheet_is_protected_and_prints_on_one_width_of_a4(name: str) -> None:
    page = sheet(of(AA, goals=WITH_ACTIONS), name)

    assert page.protection.sheet
    assert (page.page_setup.paperSize, page.page_setup.fitToHeight) == (9, 0)
    assert page.page_setup.orientation == ("portrait" if name == "instructions" else "landscape")
