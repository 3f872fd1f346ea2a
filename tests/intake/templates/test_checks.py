"""What a cell takes, what it offers to choose from, and what turns red."""

import pytest

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.indicators import Breakdown, Indicator
from metrics.intake.templates.follow_up.checks import ALL_DECIMALS
from tests.intake.templates.drawn import AA, LAW, STAFF, asking, of, offered, only_sheet, rule_at
from tests.sheets import heading_rows, written
from tests.tables import indicator


@pytest.mark.parametrize(
    ("indicator_", "heading", "kind"),
    [
        (AA, "Value 2024", "whole"),
        (STAFF, "Value 2024", "decimal"),
        (LAW, "Value 2024", "list"),
        (LAW, "Date", "date"),
        (AA, "Remark", None),
        (AA, "Series", None),
    ],
)
def test_a_cell_takes_only_what_belongs_there(
    indicator_: Indicator, heading: str, kind: str | None
) -> None:
    page, row, columns = only_sheet(of(indicator_))

    rule = rule_at(page, page.cell(row + 1, columns[heading]))
    assert (rule.type if rule else None) == kind


@pytest.mark.parametrize(("heading", "least"), [("Value 2024", "0"), ("Date", "18264")])
def test_nothing_below_zero_and_no_day_before_1950(heading: str, least: str) -> None:
    page, row, columns = only_sheet(of(AA, LAW))
    at = row + 1 if heading.startswith("Value") else row + 4

    rule = rule_at(page, page.cell(at, columns[heading]))
    assert rule is not None
    assert (rule.formula1, rule.operator) in {(least, "greaterThanOrEqual"), (least, None)}
    assert rule.errorTitle and rule.error and rule.promptTitle and rule.prompt  # noqa: PT018


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_a_list_offers_every_code_with_its_words(language: str) -> None:
    book = written(of(AA, language=language))
    ((title, (row, columns)),) = heading_rows(book).items()
    places = [column for heading, column in columns.items()
              if rule_at(book[title], book[title].cell(row + 1, column))]  # fmt: skip

    lists = [offered(book, rule_at(book[title], book[title].cell(row + 1, at))) for at in places]
    assert [
        f"{code} – {entry.name(language)}" for code, entry in codelist("observation_status").items()
    ] in lists
    assert [
        f"{code} – {entry.name(language)}"
        for code, entry in codelist("confidentiality_status").items()
    ] in lists


def test_partner_countries_are_offered_where_one_is_to_be_chosen() -> None:
    book = written(asking("THIRD_COUNTRY_ACTIONS"))
    ((title, (row, columns)),) = heading_rows(book).items()
    page = book[title]
    free = next(number for number in range(row + 1, page.max_row) if not page.cell(number, 1).value)
    cell = page.cell(free, columns["Breakdown"])

    assert not cell.protection.locked
    assert offered(book, rule_at(page, cell)) == [
        f"Partner country: {entry.en}" for entry in codelist("partner").values()
    ]


def test_a_total_turns_red_where_all_its_parts_are_given_and_sum_to_something_else() -> None:
    page, _, _ = only_sheet(of(STAFF, AA))
    marks = {
        str(at.sqref): [rule.formula for rule in at.rules] for at in page.conditional_formatting
    }

    assert marks == {
        "F5:F8": [["0"]],
        "F6": [["AND(COUNT(F7:F8)=2,COUNT(F6)=1,ABS(SUM(F7:F8)-F6)>0.001)"]],
        "F6:F8": [["AND(ISNUMBER(F6),F6<>INT(F6))"]],
    }


def test_a_fraction_of_a_whole_number_is_shown_with_its_decimals() -> None:
    """The format of the cell shows whole numbers: 2.5 would be displayed as 3."""
    page, row, columns = only_sheet(of(AA))
    assert page.cell(row + 1, columns["Value 2024"]).number_format == "#,##0"

    rules = [rule for at in page.conditional_formatting for rule in at.rules]
    forms = {rule.formula[0]: rule.dxf.numFmt and rule.dxf.numFmt.formatCode for rule in rules}
    assert forms["AND(ISNUMBER(F5),F5<>INT(F5))"] == ALL_DECIMALS


@pytest.mark.parametrize(
    "alone",
    [
        indicator("AA", overlapping=("sex",)),
        indicator("AA", by=("sex",), has_total=False),
        indicator("AA", kind="milestone", unit="STEP", by=("sex",), ladder=("adopted", "in_force")),
    ],
)
def test_no_total_is_marked_that_its_parts_need_not_make(alone: Indicator) -> None:
    page, _, _ = only_sheet(of(alone))

    formulas = [rule.formula[0] for at in page.conditional_formatting for rule in at.rules]
    assert not [formula for formula in formulas if "SUM" in formula]


@pytest.mark.parametrize(
    ("indicator_", "begins"), [(AA, "Only a whole number"), (STAFF, "Only a number")]
)
def test_a_wrong_number_is_answered_with_what_belongs_there(
    indicator_: Indicator, begins: str
) -> None:
    page, row, columns = only_sheet(of(indicator_))

    rule = rule_at(page, page.cell(row + 1, columns["Value 2024"]))
    assert rule is not None
    assert str(rule.error).startswith(begins)


def test_where_a_partner_is_chosen_the_other_cells_take_what_they_always_take() -> None:
    page, row, columns = only_sheet(asking("THIRD_COUNTRY_ACTIONS"))
    free = next(number for number in range(row + 1, page.max_row) if not page.cell(number, 1).value)

    kinds = {}
    for heading in ("Breakdown", "Value 2024", "Observation status", "Remark"):
        rule = rule_at(page, page.cell(free, columns[heading]))
        kinds[heading] = (rule.type, rule.formula1) if rule else None
    assert kinds["Value 2024"] == ("whole", "0")
    assert kinds["Remark"] is None
    assert kinds["Breakdown"] != kinds["Observation status"]


def test_what_a_submitter_chooses_is_not_summed_even_where_it_would_add_up() -> None:
    chosen = Breakdown(by=("partner",), chosen=True)
    page, _, _ = only_sheet(of(indicator("AA").model_copy(update={"breakdowns": (chosen,)})))

    formulas = [rule.formula[0] for at in page.conditional_formatting for rule in at.rules]
    assert not [formula for formula in formulas if "SUM" in formula]
