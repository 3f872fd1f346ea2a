"""A workbook filled in and saved by LibreOffice reads as it did before, cell for cell."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from metrics.catalogue.codelists import codelist
from metrics.catalogue.loader import catalogue
from metrics.intake.reading import ingest
from metrics.intake.sandbox import unpack
from metrics.intake.workbook import ParsedSubmission
from tests.intake.test_free_texts import examined_workbook
from tests.sheets import fill, heading_rows, order, saved, written

SOFFICE = shutil.which("soffice")
MOST_SECONDS = 120

pytestmark = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice is not installed: apt-get install libreoffice-calc"
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Greek workbook with values, a step, a day, a status and an action in it."""
    book = written(order("el"))
    fill(
        book,
        {"ICSE_VICTIMS": 1234, "ICSE_VICTIMS[sex=F]": 0, "SPECIALISED_STAFF": 12.5},
        "Τιμή 2024",
    )
    fill(
        book,
        {"ICSE_VICTIMS": f"P – {codelist('observation_status')['P'].name('el')}"},
        "Κατάσταση παρατήρησης",
    )
    key = "LEGAL_INSTRUMENT[component=step;instrument=OPSC]"
    fill(book, {key: codelist("step")["in_force"].name("el")}, "Τιμή 2024")
    fill(book, {key: date(2012, 6, 30)}, "Ημερομηνία")
    actions = book["Δράσεις"]
    for column, text in enumerate(
        ("GA-1", "GA-1.1", codelist("action_status")["planned"].name("el"), "Περιγραφή")
    ):
        actions.cell(5, column + 1).value = text
    return saved(book, tmp_path_factory.mktemp("filled") / "filled.xlsx")


@pytest.fixture(scope="module", params=["xlsx", "ods"])
def resaved(
    request: pytest.FixtureRequest, filled: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        request.param,
        "--outdir",
        folder,
        filled,
    ]
    subprocess.run(
        [str(part) for part in command], check=True, capture_output=True, timeout=MOST_SECONDS
    )
    return folder / f"filled.{request.param}"


def test_there_is_no_question_about_texts(resaved: Path) -> None:
    texts, _ = examined_workbook(unpack(resaved))

    assert texts.listed == ()


def read(path: Path) -> ParsedSubmission:
    return ingest(unpack(path), catalogue(), {})


def test_every_observation_stays_with_its_address(filled: Path, resaved: Path) -> None:
    before, after = read(filled), read(resaved)

    assert (before.observations["typed"] != "").sum() == 4
    assert after.observations.equals(before.observations)


def test_every_action_stays_with_its_address(filled: Path, resaved: Path) -> None:
    before, after = read(filled), read(resaved)

    assert [*before.actions["description"]] == ["Περιγραφή"]
    assert after.actions.equals(before.actions)


def test_nothing_becomes_odd(resaved: Path) -> None:
    assert read(resaved).issues.empty


def test_it_still_knows_what_it_is(filled: Path, resaved: Path) -> None:
    assert dict(unpack(resaved).stamp) == dict(unpack(filled).stamp)
    after = read(resaved)
    assert (after.collection, after.area, after.round) == ("empact-cse", "FI", "2024")


@pytest.mark.parametrize("resaved", ["xlsx"], indirect=True)
def test_lists_and_protection_stay(resaved: Path) -> None:
    book = load_workbook(resaved)

    page, (row, columns) = book["GA-1"], heading_rows(book)["GA-1"]

    cell = page.cell(row + 1, columns["Κατάσταση παρατήρησης"]).coordinate
    kinds = {
        str(validation.type)
        for validation in page.data_validations.dataValidation
        if cell in validation.sqref
    }
    assert kinds == {"list"}
    assert page.protection.sheet
    assert page.cell(row + 1, 1).protection.locked
    assert not page[cell].protection.locked
