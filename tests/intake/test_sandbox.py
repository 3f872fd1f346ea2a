"""What a file holds comes out as it was typed; what cannot be read is refused in one sentence."""

import resource
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.core.crash_reports import UnforeseenError, report_unexpected
from metrics.core.errors import UnreadableError
from metrics.intake.formats import limits
from metrics.intake.sandbox import unpack
from metrics.intake.workbook import NonValue, Percent, Workbook
from tests.hostile import HARMLESS, REFUSED, good, mutations, with_rows, workbook
from tests.package_copy import copy_package

FUZZED = 12


@pytest.fixture
def submitted(tmp_path: Path) -> Workbook:
    workbook(tmp_path / "submitted.xlsx")
    return unpack(tmp_path / "submitted.xlsx")


def test_a_value_keeps_the_place_it_has_in_the_submitters_file(tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Data").write("F17", 12)
    assert unpack(path).sheets[0].rows[16][5] == 12.0


def test_an_error_cell_is_told_apart_from_an_empty_one(submitted: Workbook) -> None:
    assert submitted.sheets[0].rows[3] == [None, None, NonValue("error", "#DIV/0!")]


def test_a_share_shown_in_per_cent_reads_as_it_was_typed(submitted: Workbook) -> None:
    typed = submitted.sheets[0].rows[2][2]
    assert (type(typed), typed) == (Percent, "12%")


def test_a_date_stays_a_date(tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy"}) as book:
        book.add_worksheet("Data").write("A1", date(2024, 3, 1))
    assert unpack(path).sheets[0].rows == [[date(2024, 3, 1)]]


def test_the_stamp_comes_out_beside_the_cells(submitted: Workbook) -> None:
    assert submitted.stamp == {"area": "FI"}


def test_a_comment_comes_out_with_its_cell(submitted: Workbook) -> None:
    comments = [comment for comment in submitted.text_fragments if comment.kind == "comment"]
    assert [(comment.sheet, comment.cell, comment.text) for comment in comments] == [
        ("Data", "C2", "estimated")
    ]


def test_a_file_goes_by_the_name_it_was_sent_under(tmp_path: Path) -> None:
    workbook(tmp_path / "1f3a9c2e")
    assert unpack(tmp_path / "1f3a9c2e", "Finland 2024.xlsx").file == "Finland 2024.xlsx"


def test_a_name_cannot_disturb_the_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(UnreadableError, match=r"^a\ufffdb\.xlsx is empty"):
        unpack(tmp_path / "a", "a\nb.xlsx")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"^absent\.xlsx does not exist"):
        unpack(tmp_path / "absent.xlsx")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is not a file"):
        unpack(tmp_path)


def test_a_file_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate((limits.FILE_MEGABYTES + 1) * limits.MEGABYTE)
    with pytest.raises(UnreadableError, match="at most 50 MB are read"):
        unpack(path)


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(case: str, tmp_path: Path) -> None:
    make, name, words = REFUSED[case]
    make(tmp_path / name)
    with pytest.raises(UnreadableError) as refused:
        unpack(tmp_path / name)
    sentence = str(refused.value)
    assert sentence.startswith(name), sentence
    assert words in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("case", HARMLESS)
def test_what_only_looks_hostile_is_read(case: str, tmp_path: Path) -> None:
    make, name = HARMLESS[case]
    make(tmp_path / name)
    assert unpack(tmp_path / name).sheets


@pytest.mark.parametrize("seed", range(3))
def test_a_broken_file_is_read_or_refused_and_nothing_else(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    for content in mutations(good(), FUZZED, seed):
        path.write_bytes(content)
        assert "ended with 1)" not in answer_to(path)


def test_a_broken_text_file_is_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    for content in mutations(b"area;period;value\nFI;2024;1,5\nSE;2024;M\xe1laga\n", FUZZED, 7):
        path.write_bytes(content)
        assert "ended with 1)" not in answer_to(path)


def answer_to(path: Path) -> str:
    """The reader ends with 1 where it met something that nobody thought of."""
    try:
        return unpack(path).file
    except UnreadableError as refused:
        return str(refused)


def test_the_reader_of_a_hostile_file_stays_within_its_processor_time(tmp_path: Path) -> None:
    make, name, _ = REFUSED["long text often"]
    make(tmp_path / name)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with pytest.raises(UnreadableError):
        unpack(tmp_path / name)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    assert spent < limits.SECONDS + 1


@pytest.mark.parametrize(("megabytes", "seconds"), [(0, 4), (3, 10), (8, 20), (49, 20)])
def test_a_larger_file_has_more_processor_time(
    tmp_path: Path, megabytes: int, seconds: int
) -> None:
    """A hundred thousand rows, of 3 MB, take 2 s on a machine as fast as ours, and often 4."""
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(megabytes * limits.MEGABYTE)

    assert limits.allowed_seconds(path) == seconds


def test_a_reader_that_never_ends_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metrics.intake.sandbox.START", "import time; time.sleep(60)")
    monkeypatch.setattr("metrics.intake.sandbox.WAITING_FACTOR", 0.05)
    workbook(tmp_path / "a.xlsx")
    started = time.monotonic()
    with pytest.raises(UnreadableError, match="takes longer to read than the 4 s"):
        unpack(tmp_path / "a.xlsx")
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import os; os.abort()", r"ended with -6\)"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "takes longer to read"),
        ("raise SystemExit(3)", r"ended with 3\)"),
        ("print('{\"format\": ')", "reading it was interrupted"),
    ],
)
def test_the_death_of_the_reader_is_an_answer(
    program: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metrics.intake.sandbox.START", program)
    workbook(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableError, match=words):
        unpack(tmp_path / "a.xlsx")


RAISES = """
from metrics.intake.formats import FileFormat
FORMAT = FileFormat("odd", (".odd", ".csv"), "text", {recognises}, {read})
"""
FAILS, AGREES = 'lambda file: {}["odd"]', "lambda file: True"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_package(tmp_path_factory.mktemp("package"))


@pytest.fixture(
    params=[
        ("odd.py", "import absent", "ModuleNotFoundError in module metrics.intake.formats.odd"),
        ("odd.py", "def", "SyntaxError in module metrics.intake.formats.odd"),
        ("odd.py", RAISES.format(recognises=FAILS, read=AGREES), "KeyError in file format odd"),
        ("odd.py", RAISES.format(recognises=AGREES, read=FAILS), "KeyError in file format odd"),
        ("reader_answers.py", "import absent", "ModuleNotFoundError in the reading process"),
    ]
)
def fault(
    request: pytest.FixtureRequest, package: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """What a fault is called that a copy of the program has, in which the file is read."""
    name, program, called = request.param
    monkeypatch.setattr("metrics.intake.sandbox.SOURCE", package)
    path = package / "metrics/intake/formats" / name
    before = path.read_text() if path.exists() else ""
    path.write_text(program)
    yield called
    path.write_text(before)


def test_a_fault_of_a_format_is_not_blamed_on_the_file(fault: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("series,period,value\nINVESTIGATIONS_OPENED,2024,7\n")

    with pytest.raises(UnforeseenError) as stopped, report_unexpected(tmp_path):
        unpack(path)

    report = stopped.value.report.read_text()
    assert fault in str(stopped.value)
    assert fault.rpartition(".")[2].rpartition(" ")[2] in report
    assert "INVESTIGATIONS_OPENED" not in report


# What a person can type into a cell: Excel has no control characters and no numbers beyond 1e308.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=40)
TYPED = st.none() | st.booleans() | st.integers(-(10**9), 10**9).map(float) | TEXTS


@settings(max_examples=8, deadline=None)
@given(table=st.lists(st.lists(TYPED, min_size=3, max_size=3), min_size=1, max_size=6))
def test_whatever_is_typed_into_cells_comes_out_the_same(
    table: list[list[object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("typed") / "typed.xlsx"
    write(path, table)
    read = unpack(path).sheets[0].rows
    padded = [row + [None] * (3 - len(row)) for row in read] + [[None] * 3] * (
        len(table) - len(read)
    )
    assert padded == table


def write(path: Path, table: list[list[object]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                write_cell(sheet, row, column, cell)


def write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell is not None:
        sheet.write(row, column, cell)


def test_a_number_beyond_all_numbers_is_an_error_and_not_infinity(tmp_path: Path) -> None:
    with_rows(b'<row r="1"><c r="A1"><v>1e999</v></c></row>')(tmp_path / "a.xlsx")
    assert unpack(tmp_path / "a.xlsx").sheets[0].rows == [[NonValue("error", "Infinity")]]
