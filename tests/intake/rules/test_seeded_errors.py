"""A real workbook with one error of each kind: each is found at its cell, and correcting it leaves none."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook as Book

from metrics.catalogue.loader import catalogue
from metrics.intake.findings import Finding, Severity, ValidationContext
from metrics.intake.reading import ingest
from metrics.intake.sandbox import unpack
from metrics.intake.validate import validate
from tests.sheets import BELONGS, heading_rows, order, saved, written

VALUE, STATUS, SECRECY, DAY = "Value 2024", "Observation status", "Confidentiality", "Date"


@dataclass(frozen=True)
class Seed:
    """What is typed where, and the rule that must find it; `whole` is what corrects it."""

    series: str
    wrong: str | float
    rule: str
    whole: str | float | None = None
    column: str = VALUE
    found_in: str = ""  # where that is another column than the one typed in


SEEDS = (
    Seed("SUSPECTS_PROSECUTED", "about forty", "number_not_understood", 40),
    Seed("OFFENDERS_CONVICTED", "n/a", "status_instead_of_number"),
    Seed("JOINT_OPERATIONS", -5, "value_negative", 5),
    Seed("AWARENESS_CAMPAIGNS", 12.5, "fraction_of_whole", 12),
    Seed("PEOPLE_REACHED", 9e9, "value_beyond_reason", 90_000),
    Seed("BEST_PRACTICES_SHARED", "12 %", "percent_instead_of_count", 12),
    Seed("VIDTF_EXPERTS", "prelim", "observation_status_unknown", "P", STATUS),
    Seed("VIDTF_EXPERTS", 3, "", 3),
    Seed("JOINT_INVESTIGATION_TEAMS", "secret", "confidentiality_status_unknown", "C", SECRECY),
    Seed("JOINT_INVESTIGATION_TEAMS", 4, "", 4),
    Seed("PROVIDERS_PARTICIPATING", "P", "status_without_value", "O", STATUS, found_in=VALUE),
    Seed("ICSE_VICTIMS", 10, "parts_above_total", 12),
    Seed("ICSE_VICTIMS[sex=F]", 7, "", 7),
    Seed("ICSE_VICTIMS[sex=M]", 5, "", 5),
    Seed("VICTIMS_ASSISTED[component=numerator]", 40, "numerator_above_denominator", 20),
    Seed("VICTIMS_ASSISTED[component=denominator]", 30, "", 30),
    Seed("LEGAL_INSTRUMENT[component=step;instrument=LANZAROTE]", "nearly", "step_unknown", "in force"),
    Seed("LEGAL_INSTRUMENT[component=step;instrument=LANZAROTE]", "2011-03-31", "", "2011-03-31", DAY),
    Seed("LEGAL_INSTRUMENT[component=step;instrument=OPSC]", "in force", "", "in force"),
    Seed("LEGAL_INSTRUMENT[component=step;instrument=OPSC]", "2025-02-01", "day_after_period", "2024-02-01", DAY),
)  # fmt: skip


def places(book: Book) -> dict[tuple[str, str], tuple[str, str]]:
    """Sheet and cell of each series and column of the template."""
    found = {}
    for title, (row, columns) in heading_rows(book).items():
        for cells in book[title].iter_rows(min_row=row + 1):
            for name, column in columns.items():
                found[str(cells[0].value), name] = title, cells[column - 1].coordinate
    return found


def seeded(path: Path, *, corrected: bool = False) -> Path:
    book = written(order())
    at = places(book)
    for seed in SEEDS:
        sheet, cell = at[seed.series, seed.column]
        book[sheet][cell] = seed.whole if corrected else seed.wrong
        if seed.rule == "status_instead_of_number" and corrected:
            sheet, cell = at[seed.series, STATUS]
            book[sheet][cell] = "O"
    return saved(book, path)


def errors(path: Path) -> list[Finding]:
    known = catalogue()
    reading = ingest(unpack(path), known, BELONGS)
    collection = known.collections["empact-cse"]
    findings = validate(
        ValidationContext(reading, collection, known.indicators, known.goals, BELONGS)
    )
    return [finding for finding in findings if finding.severity is Severity.ERROR]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    return errors(seeded(tmp_path_factory.mktemp("seeded") / "wrong.xlsx"))


@pytest.mark.parametrize("seed", [seed for seed in SEEDS if seed.rule], ids=lambda seed: seed.rule)
def test_each_planted_error_is_found_at_its_cell(seed: Seed, found: list[Finding]) -> None:
    sheet, cell = places(written(order()))[seed.series, seed.found_in or seed.column]

    assert (seed.rule, sheet, cell) in {
        (finding.rule, finding.sheet, finding.cell) for finding in found
    }


def test_nothing_else_is_found(found: list[Finding]) -> None:
    assert sorted(finding.rule for finding in found) == sorted(
        seed.rule for seed in SEEDS if seed.rule
    )


def test_mending_what_is_listed_leaves_none(tmp_path: Path) -> None:
    assert errors(seeded(tmp_path / "corrected.xlsx", corrected=True)) == []
