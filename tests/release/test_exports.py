"""What leaves the house says what it is, and does no harm."""

import csv
from io import StringIO
from pathlib import Path
from typing import Literal

import pandas as pd
import pytest

from dashboard.texts import texts
from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.codelists.statuses import absence_key
from metrics.catalogue.loader import catalogue
from metrics.core.error_origins import faulty_parts
from metrics.release.exported_table import export_table
from metrics.release.exports import Export, ExportContext, describe_release, exports
from metrics.release.exports.csv_table import escape_formulas
from metrics.release.store import StoredRelease
from tests.tables import observations

STATED = {"collection": "sample", "collection_name": "Sample figures (invented)", "release": "r1"}


def exported(drawn: str) -> list[dict[str, str]]:
    content = export_table(exports()["csv"], observations(drawn), ExportContext(STATED))
    return list(csv.DictReader(StringIO(content.decode())))


def test_every_row_says_what_it_is_of() -> None:
    (row,) = exported("indicator | value\nVICTIMS | 12")

    assert [row[name] for name in STATED] == list(STATED.values())
    assert (row["indicator"], row["value"]) == ("VICTIMS", "12.0")


def test_a_release_is_described_in_the_language_asked_for() -> None:
    collection = catalogue().collection("sample")
    release = StoredRelease(Path("sample", "r1"), {"as_of": "2026-05-03"}, {})

    assert describe_release(release, collection, "fi") == {
        "collection": "sample",
        "collection_name": collection.name("fi"),
        "release": "r1",
        "as_of": "2026-05-03",
    }
    assert collection.name("fi") != collection.name("en")


def test_an_error_in_a_format_names_the_format() -> None:
    failing = Export(
        "failing", ".txt", "text/plain", lambda table, _: table["no column"].to_numpy().tobytes()
    )

    with pytest.raises(KeyError) as caught:
        export_table(failing, observations("value\n1"), ExportContext(STATED))

    assert faulty_parts(caught.value) == ["data format failing"]


UNITS = {
    "ICSE_VICTIMS": {"value": "PERSONS", "year_on_year": "PC", "chained_index": "INDEX"},
    "TAKEDOWN_SHARE_2D": {"value": "PC", "change_points": "POINTS"},
    "ISPS_FILTERING": {"value": "PC", "numerator": "NUMBER", "change_points": "POINTS"},
    "TAKEDOWN_TIME": {"median": "HOURS", "cases": "CASES", "year_on_year": "PC"},
    "LEGAL_INSTRUMENT": {"step": "STEP", "reached": "STATES"},
}


@pytest.mark.parametrize(
    ("indicator", "component", "unit"),
    [(code, component, unit) for code, units in UNITS.items() for component, unit in units.items()],
)
def test_a_file_names_the_unit_of_each_component(indicator: str, component: str, unit: str) -> None:
    """A change of 5 is 5 per cent of a count and 5 percentage points of a share."""
    (row,) = exported(f"indicator | component | value\n{indicator} | {component} | 5")

    assert (row["unit"], row["unit_name"]) == (unit, codelist("unit")[unit].en)


def test_every_component_has_a_unit() -> None:
    units = {unit_of_component(component, "PERSONS") for component in codelist("component")}

    assert units <= {*codelist("unit")}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("A", "normal value"), ("D", "definition differs"), ("E", "estimated value"),
        ("S", "special event"), ("B", "break in time series"),
    ],
)  # fmt: skip
def test_a_status_letter_stands_in_words_beside_it(status: str, words: str) -> None:
    (row,) = exported(f"indicator | value | observation_status\nVICTIMS | 5 | {status}")

    assert (row["observation_status"], row["observation_status_name"]) == (status, words)


@pytest.mark.parametrize(("value", "status"), [("0", "A"), ("", "O"), ("", "M"), ("", "Q")])
def test_zero_missing_not_applicable_and_suppressed_stay_apart(value: str, status: str) -> None:
    (row,) = exported(f"indicator | value | observation_status\nVICTIMS | {value} | {status}")

    assert row["value"] == (f"{value}.0" if value else "")
    assert row["observation_status"] == status


ABSENT = {"O": "not available", "L": "not collected", "M": "not applicable", "Q": "suppressed"}


@pytest.mark.parametrize(("status", "words"), ABSENT.items())
def test_an_empty_cell_says_in_words_why_it_is_empty(status: str, words: str) -> None:
    (row,) = exported(f"indicator | value | observation_status\nVICTIMS | | {status}")

    assert row["absent"] == words == texts("en")(absence_key(row))


@pytest.mark.parametrize("value", ["0", "12"])
def test_a_figure_is_not_absent_and_a_zero_is_one(value: str) -> None:
    (row,) = exported(f"indicator | value\nVICTIMS | {value}")

    assert (row["value"], row["absent"]) == (f"{value}.0", "")


@pytest.mark.parametrize("kind", ["str", "object"])
def test_a_text_of_either_kind_is_made_escape_formulas(kind: Literal["str", "object"]) -> None:
    table = pd.DataFrame({"remark": ["=1+1", "plain"], "value": [-1.0, 2.0]})

    safe = escape_formulas(table.astype({"remark": kind}))

    assert safe["remark"].tolist() == ["'=1+1", "plain"]
    assert safe["value"].tolist() == [-1.0, 2.0]


@pytest.mark.parametrize(
    ("typed", "written"),
    [("=1+1", "'=1+1"), ("-2+3", "'-2+3"), ("-5", "-5"), ("+1 234,5 %", "+1 234,5 %")],
)
@pytest.mark.parametrize("kind", ["str", "category"])
def test_a_number_stays_as_it_was_typed(
    kind: Literal["str", "category"], typed: str, written: str
) -> None:
    safe = escape_formulas(pd.DataFrame({"typed": [typed, "plain"]}).astype(kind))

    assert safe["typed"].tolist() == [written, "plain"]


@pytest.mark.parametrize("blank", ["\t", "\r"])
def test_nor_is_one_that_hides_behind_a_blank(blank: str) -> None:
    (safe,) = escape_formulas(pd.DataFrame({"remark": [f"{blank}=1+1"]}))["remark"]

    assert safe == f"'{blank}=1+1"


@pytest.mark.parametrize("remark", ["=1+1", "+1+1", "-1+1", "@SUM(A1)"])
def test_no_text_is_run_as_a_formula(remark: str) -> None:
    (row,) = exported(f"indicator | value | remark\nVICTIMS | 12 | {remark}")

    assert row["remark"] == f"'{remark}"


def test_a_negative_value_stays_a_number() -> None:
    (row,) = exported("indicator | value\nCHANGE | -12.5")

    assert float(row["value"]) == -12.5


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (79.8 - 78, "1.8"),
        (73.4 - 79.8, "-6.4"),
        (100 / 3, "33.3333333333"),
        (21751085.0, "21751085.0"),
        (float("nan"), ""),
    ],
)
def test_a_number_has_no_noise_of_binary_arithmetic(value: float, written: str) -> None:
    content = export_table(
        exports()["csv"], pd.DataFrame({"value": [value], "n": [1]}), ExportContext()
    )

    assert content.decode().splitlines()[1] == f"{written},1"


def test_a_file_for_a_spreadsheet_begins_with_a_mark_and_ends_lines_as_it_expects() -> None:
    table = pd.DataFrame({"name": ["Ελλάδα"], "value": [1.5]})

    content = export_table(exports()["csv"], table, ExportContext(for_spreadsheet=True))

    assert content == "\ufeffname,value\r\nΕλλάδα,1.5\r\n".encode()
    assert (
        export_table(exports()["csv"], table, ExportContext())
        == "name,value\nΕλλάδα,1.5\n".encode()
    )


def test_why_a_value_is_absent_is_said_in_the_language_that_was_asked_for() -> None:
    table = observations("indicator | value | observation_status\nVICTIMS | | O")

    content = export_table(exports()["csv"], table, ExportContext(language="fi")).decode()

    assert codelist("observation_status")["O"].name("fi") in content
    assert codelist("observation_status")["O"].en not in content
