"""A workbook that is filled in and sent back says what was filled in, in every language."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.indicators import Kind
from metrics.catalogue.loader import catalogue
from metrics.core.tables import MEDIAN
from metrics.intake.reading import ingest
from metrics.intake.sandbox import unpack
from metrics.intake.templates import STAMP, STAMPED, headings, templates
from metrics.intake.templates.follow_up.requested_lines import RequestedLine, requested_lines
from metrics.intake.workbook import ParsedSubmission
from metrics.messages import messages
from tests.intake.templates.drawn import KINDS, asking
from tests.sheets import fill, heading_rows, odd, saved, written

LANGUAGES = ("en", "fi", "el")
LINES = {
    line.series: line
    for code in KINDS
    for line in requested_lines(catalogue().indicators[code])
    if line.series
}
REMARK = st.text("abcäöΣσς.,–", min_size=1, max_size=9)


def answers(line: RequestedLine) -> st.SearchStrategy[float | str]:
    """What an analyst may fill in: a number, or the words of a step by its place on the ladder."""
    if line.indicator.kind is Kind.MILESTONE:
        return st.sampled_from(line.indicator.ladder)
    if line.takes_whole_numbers:
        return st.integers(0, 10**9)
    return st.decimals(0, 10**4, places=2).map(float)


FILLED = st.fixed_dictionaries({}, optional={key: answers(line) for key, line in LINES.items()})


def sent_back(path: Path) -> ParsedSubmission:
    return ingest(unpack(path), catalogue(), {})


def said(reading: ParsedSubmission, column: str) -> dict[str, object]:
    """What was understood of the cells that hold something, by the key of their row."""
    rows = reading.observations[reading.observations["form"] != "empty"]
    return dict(zip(rows["key_typed"], rows[column], strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=4, deadline=None)
@given(answered=FILLED)
def test_every_answer_comes_back(language: str, answered: Mapping[str, float | str]) -> None:
    book = written(asking(language=language))
    steps = codelist("step")
    cells = {key: steps[answer].name(language) if isinstance(answer, str) else answer
             for key, answer in answered.items()}  # fmt: skip
    fill(book, cells, f"{messages(language, 'workbook')['observations']['value']} 2024")
    with TemporaryDirectory() as folder:
        reading = sent_back(saved(book, Path(folder) / "filled.xlsx"))

    expected = {key: float(LINES[key].indicator.ladder.index(answer)) if isinstance(answer, str)
                else answer for key, answer in answered.items()}  # fmt: skip
    assert said(reading, "value") == expected
    assert odd(reading) == ([] if answered else [("submission_empty",)])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["observation_status", "confidentiality_status"])
@pytest.mark.parametrize("chosen", [0, 1, -1])
def test_every_status_that_is_offered_is_understood(
    language: str, name: str, chosen: int, tmp_path: Path
) -> None:
    code = [*codelist(name)][chosen]
    book = written(asking("ICSE_VICTIMS", language=language))
    text = f"{code} – {codelist(name)[code].name(language)}"
    fill(book, {"ICSE_VICTIMS": text}, messages(language, "workbook")["observations"][name])

    observations = sent_back(saved(book, tmp_path / "status.xlsx")).observations
    assert observations.set_index("key_typed").loc["ICSE_VICTIMS", name] == code


@settings(max_examples=4, deadline=None)
@given(remark=REMARK, day=st.dates(date(1950, 1, 1), date(2024, 12, 31)))
def test_day_reference_and_remark_come_back(remark: str, day: date) -> None:
    key = "LEGAL_INSTRUMENT[component=step;instrument=LANZAROTE]"
    book = written(asking("LEGAL_INSTRUMENT"))
    fill(book, {key: "in force"}, "Value 2024")
    fill(book, {key: day}, "Date")
    fill(book, {key: "Law 1"}, "Public reference")
    fill(book, {key: remark}, "Remark")
    with TemporaryDirectory() as folder:
        reading = sent_back(saved(book, Path(folder) / "step.xlsx"))

    assert said(reading, "since") == {key: day.isoformat()}
    assert said(reading, "reference") == {key: "Law 1"}
    assert said(reading, "remark") == {key: remark}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_partner_that_is_offered_is_understood(language: str, tmp_path: Path) -> None:
    book = written(asking("THIRD_COUNTRY_ACTIONS", language=language))
    ((title, (row, columns)),) = heading_rows(book).items()
    free = next(
        number
        for number in range(row + 1, book[title].max_row)
        if not book[title].cell(number, 1).value
    )
    named, value = (
        messages(language, "workbook")["observations"]["breakdown"],
        f"{messages(language, 'workbook')['observations']['value']} 2024",
    )
    country = f"{messages(language, 'workbook')['dimensions']['partner']}: {codelist('partner')['BA'].name(language)}"
    book[title].cell(free, columns[named], country)
    book[title].cell(free, columns[value], 4)

    observations = sent_back(saved(book, tmp_path / "partner.xlsx")).observations
    assert observations[observations["value"] == 4]["partner"].tolist() == ["BA"]


def test_rows_that_were_left_unchosen_are_no_observations(tmp_path: Path) -> None:
    path = saved(written(asking("THIRD_COUNTRY_ACTIONS")), tmp_path / "untouched.xlsx")

    observations = sent_back(path).observations
    assert "" not in set(observations["key_typed"])


def stamp_of(path: Path) -> dict[str, str]:
    return {name: text for name, text in unpack(path).stamp.items() if name in STAMPED}


@pytest.mark.parametrize("kept", ["sheet", "names", "properties"])
def test_any_one_of_the_three_stamps_will_do(kept: str, tmp_path: Path) -> None:
    book: Any = written(asking("ICSE_VICTIMS"))
    whole = stamp_of(saved(book, tmp_path / "whole.xlsx"))
    if kept != "sheet":
        del book[STAMP]
    if kept != "names":
        for name in [*book.defined_names]:
            del book.defined_names[name]
    if kept != "properties":
        for name in [*book.custom_doc_props.names]:
            del book.custom_doc_props[name]

    assert stamp_of(saved(book, tmp_path / "stripped.xlsx")) == whole
    assert set(whole) == set(STAMPED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_of_the_file_is_in_its_language(language: str) -> None:
    asked = asking("ICSE_VICTIMS", language=language)

    assert written(asked).properties.title == asked.collection.name(language)


def test_the_file_is_as_old_as_the_opening_of_its_round() -> None:
    asked = asking("ICSE_VICTIMS")

    created = load_workbook(BytesIO(templates()["follow_up"].write(asked))).properties.created
    assert created is not None
    assert created.date() == asked.round.opens


@pytest.mark.parametrize(
    ("section", "typed", "name"),
    [
        ("observations", "Value", "value"),
        ("observations", "  REMARK ", "remark"),
        ("observations", "Huomautus", "remark"),
        ("labels", "reporting area", "area"),
        ("dimensions", "partner", "partner"),
        ("dimensions", "Partner country", "partner"),
    ],
)
def test_a_heading_is_known_however_it_is_written(section: str, typed: str, name: str) -> None:
    assert headings(section).get(" ".join(typed.split()).casefold()) == name


def test_a_round_that_asks_for_any_period_asks_for_its_own_year() -> None:
    asked = asking("ICSE_VICTIMS")
    open_round = asked.round.model_copy(update={"periods": (), "code": "2026"})

    assert replace(asked, round=open_round).periods == ("2026",)


@pytest.mark.parametrize(("component", "rows"), [(MEDIAN, 0), ("cases", 5)])
def test_cases_are_asked_for_by_time_and_the_median_is_not(component: str, rows: int) -> None:
    takedown = requested_lines(catalogue().indicators["TAKEDOWN_TIME"])
    by_time = [line for line in takedown if line.component == component and line.by == ("band",)]

    assert len(by_time) == rows
