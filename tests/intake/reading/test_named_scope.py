"""Names of another year or State are asked about once, where the tables name their own."""

import pytest

from metrics.catalogue.loader import catalogue
from metrics.intake.reading import ingest
from metrics.intake.workbook import Sheet, Workbook
from tests.sheets import BELONGS, drawn, odd

TABLE = "Indicator|Area|Period|Value\nICSE_VICTIMS|FI|2024|1"


def issues_of(file: str, *sheets: str, table: str = TABLE) -> list[tuple[object, ...]]:
    book = Workbook(file, "xlsx", tuple(Sheet(name, drawn(table)) for name in sheets))
    return odd(ingest(book, catalogue(), BELONGS), "typed", "understood", "expected")


@pytest.mark.parametrize(
    ("file", "sheets", "issue"),
    [
        ("report_2023_final.xlsx", ("Figures",), ("name_of_other_year", "report_2023_final", "2023", "2024")),
        ("a.xlsx", ("GA-2 2023", "GA-1 2023"), ("name_of_other_year", "GA-2 2023, GA-1 2023", "2023", "2024")),
        ("Sweden-2024.xlsx", ("Figures",), ("name_of_other_state", "Sweden-2024", "SE", "FI")),
        ("figures_SE_v2.xlsx", ("Figures",), ("name_of_other_state", "figures_SE_v2", "SE", "FI")),
        ("a.xlsx", ("Ελλάδα",), ("name_of_other_state", "Ελλάδα", "EL", "FI")),
    ],
)  # fmt: skip
def test_a_name_that_says_otherwise_is_asked_about_once(
    file: str, sheets: tuple[str, ...], issue: tuple[str, ...]
) -> None:
    assert [one for one in issues_of(file, *sheets) if str(one[0]).startswith("name")] == [issue]


@pytest.mark.parametrize(
    "file", ["FI-2024.xlsx", "sent 2025.xlsx", "2023-2024.xlsx", "v2.xlsx", "IT crime.xlsx"]
)
def test_other_names_are_no_question(file: str) -> None:
    assert issues_of(file, "GA-1") == []


def test_a_name_is_asked_about_by_one_rule() -> None:
    found = issues_of("figures_2023.xlsx", "A", table="Indicator|Value\nICSE_VICTIMS|1")

    assert [rule for rule, *_ in found] == ["name_with_period"]
