"""What our workbook was written with is never asked about; what a sender wrote or changed is."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook as Book

from metrics.catalogue.codelists import Code, codelist
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.loader import catalogue
from metrics.intake.findings import Finding
from metrics.intake.formats import reader_answers
from metrics.intake.formats.recognise import read_file
from metrics.intake.formats.submitted_file import SubmittedFile
from metrics.intake.free_texts import free_texts
from metrics.intake.grouped_texts import FreeTexts
from metrics.intake.own_texts import OwnTexts, digest_of_own_text
from metrics.intake.reading import find_tables, ingest
from metrics.intake.reading.carried_texts import kept_words_of
from metrics.intake.sandbox import open_answer
from metrics.intake.validate import validate
from metrics.intake.workbook import TextFragment, Workbook
from metrics.messages import Message, messages
from metrics.submissions.accepted_before import PriorData
from metrics.submissions.validation_contexts import validation_context
from tests.intake.templates.drawn import asking
from tests.sheets import fill, heading_rows, written

ASKED = ("ICSE_VICTIMS", "THIRD_COUNTRY_ACTIONS")
VALUE = {"en": "Value 2024", "fi": "Arvo 2024", "el": "Τιμή 2024"}
UNIT = {"en": "Unit", "fi": "Yksikkö", "el": "Μονάδα"}
NAME = {"en": "Indicator", "fi": "Indikaattori", "el": "Δείκτης"}
FORMER_NAME, FORMER_UNIT = "Former name", "former things"
FORMER_PROMPT, FORMER_ADVICE = "Former prompt of 2019, in thousands", "Former advice on figures"
ASKING = {"name_of_row_changed", "unit_unknown", "series_unknown", "text_outside_table"}


def former_workbook(monkeypatch: pytest.MonkeyPatch, language: str = "en") -> Book:
    """A workbook written while the name, unit, prompt and instructions had other words."""
    request = asking(*ASKED, language=language)
    named = {
        code: own.model_copy(update={"name": Words(en=f"{FORMER_NAME} {code}")})
        for code, own in request.indicators.items()
    }
    units = {own.unit for own in named.values()}
    words = messages(language, "workbook")
    with monkeypatch.context() as former:
        for code in units:
            other = Code(code, {"en": Message(FORMER_UNIT)})
            former.setitem(codelist("unit"), code, other)
        former.setitem(words["messages"], "number", FORMER_PROMPT)
        former.setitem(words["instructions"], "what", FORMER_ADVICE)
        book = written(replace(request, indicators=named, catalogue_version="0123456789ab"))
    fill(book, {"ICSE_VICTIMS": 12, "ICSE_VICTIMS[sex=F]": 8}, VALUE[language])
    title, row = row_to_choose(book)
    columns = heading_rows(book)[title][1]
    book[title].cell(row, 3, "AL")
    book[title].cell(row, columns[VALUE[language]], 4)
    return book


def row_to_choose(book: Book) -> tuple[str, int]:
    """The first row without a key, which only the name of its indicator identifies."""
    return next(
        (title, number)
        for title, (row, _) in heading_rows(book).items()
        for number in range(row + 1, book[title].max_row + 1)
        if book[title].cell(number, 1).value is None
    )


def sent(book: Book, folder: Path) -> Workbook:
    path = folder / "FI-2024.xlsx"
    book.save(path)
    contents = read_file(SubmittedFile(path, path.name))
    return open_answer(reader_answers.encode_contents(contents).encode(), path.name)


def examined(workbook: Workbook) -> tuple[FreeTexts, list[Finding]]:
    found = find_tables(workbook)
    reading = ingest(workbook, catalogue(), {}, found)
    findings = validate(validation_context(reading, {}, PriorData(), catalogue()))
    return free_texts(reading, found.layouts, findings, catalogue()), [*findings]


def rules_asking(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings} & ASKING


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_texts_that_were_ours_when_the_workbook_was_written_are_no_question(
    language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    workbook = sent(former_workbook(monkeypatch, language), tmp_path)
    texts, findings = examined(workbook)

    assert rules_asking(findings) == set()
    assert texts.listed == ()
    reading = ingest(workbook, catalogue(), {})
    filled = reading.observations[reading.observations["form"] != "empty"]
    assert [*filled["indicator"]] == ["ICSE_VICTIMS", "ICSE_VICTIMS", "THIRD_COUNTRY_ACTIONS"]
    assert kept_words_of(lambda: workbook)["hint"](FORMER_PROMPT) == ""


def change_cell(heading: str, text: str) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        title, (row, columns) = next(iter(heading_rows(book).items()))
        book[title].cell(row + 1, columns[heading], text)

    return change


def change_prompt(book: Book) -> None:
    page = book[next(iter(heading_rows(book)))]
    page.data_validations.dataValidation[0].prompt = "Without the figures of the district"


def other_name(book: Book) -> None:
    change_cell("Indicator", f"{FORMER_NAME} THIRD_COUNTRY_ACTIONS")(book)


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        (change_cell("Indicator", "Victims of all ages"), "name_of_row_changed"),
        (other_name, "name_of_row_changed"), (change_cell("Unit", "bananas"), "unit_unknown"),
        (change_prompt, "hint"),
    ],
)  # fmt: skip
def test_a_text_that_the_sender_changed_is_asked_about(
    change: Callable[[Book], None], asked: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    book = former_workbook(monkeypatch)
    change(book)
    texts, findings = examined(sent(book, tmp_path))

    assert {*rules_asking(findings), *(own.kind for own in texts.listed)} == {asked}


@pytest.mark.parametrize("heading", ["Remark", "Observation status", "Value 2024"])
def test_a_forged_digest_silences_no_cell_that_the_sender_fills_in(
    heading: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "see the letter of the district"
    book = former_workbook(monkeypatch)
    change_cell(heading, text)(book)
    listed, honest_findings = examined(sent(book, tmp_path))
    honest, found = [own.text for own in listed.listed], {one.rule for one in honest_findings}
    forged = {digest_of_own_text(kind, text) for kind in ("outside", "prompt")}
    forged |= {digest_of_own_text(kind, text, "ICSE_VICTIMS") for kind in ("indicator", "unit")}
    for row, digests in enumerate(OwnTexts(frozenset(forged)).cells(), start=900):
        book["empact"].cell(row, 3, digests)
    texts, findings = examined(sent(book, tmp_path))

    assert [own.text for own in texts.listed] == honest
    assert {one.rule for one in findings} == found
    assert text in honest or found & {"number_not_understood", "code_not_in_list"}


def test_a_forged_digest_hides_no_person(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = "Contact: anna.virtanen@poliisi.example, +358 40 123 4567"
    book = former_workbook(monkeypatch)
    page = book[next(iter(heading_rows(book)))]
    page["A1"] = text
    book["empact"].cell(900, 3, digest_of_own_text("outside", text))

    _, findings = examined(sent(book, tmp_path))

    assert "email_address" in {one.rule for one in findings} or [
        one for one in findings if one.sheet == page.title and one.cell == "A1"
    ]


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("A day\nThe day on which the step was reached.", False),
        ("A day\nThe moment of the step", True),
    ],
)
def test_a_workbook_that_carries_no_texts_had_those_of_our_earlier_ones(
    text: str, is_asked: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    workbook = sent(former_workbook(monkeypatch), tmp_path)
    sheets = tuple(
        replace(own, rows=[row[:2] for row in own.rows]) if own.name == "empact" else own
        for own in workbook.sheets
    )
    title = next(own.name for own in sheets if own.visible and own.name != "Instructions")
    prompt = TextFragment("hint", title, "", text)
    texts, findings = examined(replace(workbook, sheets=sheets, text_fragments=(prompt,)))

    assert ("hint" in {own.kind for own in texts.listed}) is is_asked
    assert rules_asking(findings) >= {"name_of_row_changed", "unit_unknown"}


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_headings_and_steps_are_read_as_the_workbook_was_written(
    language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also of a sheet whose headings were typed again in capitals."""
    words = messages(language, "workbook")["observations"]
    with monkeypatch.context() as former:
        for role in ("value", "observation_status", "since", "breakdown", "remark"):
            former.setitem(words, role, f"Former words of {role}")
        former.setitem(codelist("step"), "connected", Code("connected", {"en": Message("linked")}))
        reckoned = Code("E", {"en": Message("reckoned by us")})
        former.setitem(codelist("observation_status"), "E", reckoned)
        book = written(asking("ICSE_CONNECTED", "ICSE_VICTIMS", language=language))
    fill(book, {"ICSE_CONNECTED[component=step]": "linked"}, "Former words of value 2024")
    status = {"ICSE_CONNECTED[component=step]": "E – reckoned by us"}
    fill(book, status, "Former words of observation_status")
    fill(book, {"ICSE_VICTIMS": 12}, "Former words of value 2024")
    for title, (row, _) in heading_rows(book).items():
        for cell in book[title][row][1:]:
            cell.value = cell.value and str(cell.value).upper()

    workbook = sent(book, tmp_path)
    reading = ingest(workbook, catalogue(), {})
    texts, _ = examined(workbook)

    filled = reading.observations[reading.observations["form"] != "empty"]
    assert {*filled["understood"]} == {"connected", "12"}
    assert {*filled["observation_status"]} == {"A", "E"}
    assert texts.listed == ()


def test_the_step_of_another_indicator_is_not_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A digest counts only in a row that asks for its step."""
    book = written(asking("ICSE_CONNECTED", "ICSE_VICTIMS"))
    fill(book, {"ICSE_CONNECTED[component=step]": "as agreed"}, "Value 2024")
    book["empact"].cell(900, 3, digest_of_own_text("step", "as agreed", "in_force"))

    reading = ingest(sent(book, tmp_path), catalogue(), {})

    filled = reading.observations[reading.observations["form"] != "empty"]
    assert [*filled["form"]] == ["text"]
