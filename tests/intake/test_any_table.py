"""Whatever a table looks like: each cell is accounted for, and no figure is read but the one seen."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.core.cells import row_and_column
from metrics.core.errors import UnreadableError
from metrics.intake.findings import Finding, Severity
from metrics.intake.formats import reader_answers
from metrics.intake.formats.__main__ import read_and_copy
from metrics.intake.formats.recognise import read_file
from metrics.intake.formats.submitted_file import SubmittedFile
from metrics.intake.sandbox import open_answer
from metrics.intake.stated_figures import Handling
from metrics.intake.validate import WRONG_FILE
from metrics.intake.workbook import Workbook
from metrics.submissions.accepted_before import PriorData
from metrics.submissions.examination import examine_workbook
from metrics.submissions.submission_store import UploadedFile
from tests.intake.random_tables import (
    BLANK,
    COMMENTS,
    DOUBTFUL,
    KINDS_OF_ODS,
    KINDS_OF_TEXT,
    PLAIN,
    Table,
    Written,
    tables,
    write_ods,
    write_separated,
    write_xlsx,
)
from tests.sheets import BELONGS

DISPLAY_RULES = ("figures_hidden", "figure_unseen", "comment_on_figures")


def opened(path: Path, name: str = "") -> Workbook:
    """The content of a file, read in this process."""
    contents = read_file(SubmittedFile(path, name or path.name))
    return open_answer(reader_answers.encode_contents(contents).encode(), name or path.name)


def examined(workbook: Workbook) -> tuple[tuple[Finding, ...], pd.DataFrame]:
    received = UploadedFile(workbook.file, "", 0)
    examination, _ = examine_workbook(lambda _: PriorData(), received, workbook, BELONGS)
    return examination.findings, examination.cells


def assert_nothing_is_misread(table: Table, workbook: Workbook) -> None:
    findings, cells = examined(workbook)
    assert {row_and_column(cell) for cell in cells["cell"]} == table.filled()
    assert (cells["reason"][cells["handling"] != Handling.READ] != "").all()
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    cells_of_errors = ["" if error.rule in WRONG_FILE else error.cell for error in errors]
    if any(not cell or row_and_column(cell)[0] < table.first for cell in cells_of_errors):
        return  # about the table as a whole: none of its figures is accepted
    read = cells[(cells["role"] == "value") & (cells["handling"] == Handling.READ)]
    assert_what_nobody_sees_is_named(table, {*read["cell"]}, findings)
    questioned = {
        finding.cell
        for finding in findings
        if finding.severity is Severity.WARNING and finding.rule not in DISPLAY_RULES
    }
    columns = {cell.rstrip("0123456789") for cell in questioned}
    for row in read.to_dict("records"):
        is_questioned = (
            row["cell"] in questioned or f"{row['cell'].rstrip('0123456789')}" in columns
        )
        seen = (table.seen.get(row["series"]), table.statuses.get(row["series"]))
        assert is_questioned or seen == (row["value"], row["observation_status"])


def assert_what_nobody_sees_is_named(
    table: Table, read: Collection[str], findings: Iterable[Finding]
) -> None:
    """Of the figures that were read: those hidden, in an unseen colour, or with a comment."""
    named = {(finding.rule, finding.cell) for finding in findings}
    for cell in read:
        row, column = row_and_column(cell)
        own = table.rows[row][column]
        assert not own.unseen or ("figure_unseen", cell) in named
        assert not COMMENTS.get(own.comment) or ("comment_on_figures", cell) in named
        assert not table.is_hidden(row, column) or "figures_hidden" in {rule for rule, _ in named}


EXAMPLES = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@EXAMPLES
@given(tables())
def test_a_workbook_is_read_as_it_is_seen_or_asked_about(table: Table) -> None:
    with TemporaryDirectory() as folder:
        workbook = opened(write_xlsx(table, Path(folder) / "table.xlsx"))

    assert_nothing_is_misread(table, workbook)


@EXAMPLES
@given(tables(KINDS_OF_ODS))
def test_an_opendocument_workbook_is_read_as_it_is_seen_or_asked_about(table: Table) -> None:
    with TemporaryDirectory() as folder:
        workbook = opened(write_ods(table, Path(folder) / "table.ods"))

    assert_nothing_is_misread(table, workbook)


@EXAMPLES
@given(tables(KINDS_OF_TEXT, may_merge=False), st.sampled_from([";", ",", "\t"]))
def test_a_text_file_is_read_as_it_is_seen_or_asked_about(table: Table, separator: str) -> None:
    name = "table.tsv" if separator == "\t" else "table.csv"
    with TemporaryDirectory() as folder:
        path = write_separated(table, Path(folder) / name, separator)
        try:
            workbook = opened(path)
        except UnreadableError:
            return  # refused as a whole

    assert_nothing_is_misread(table, workbook)


# Of what a clean copy leaves out, and of formulas, of which it has the results alone.
NOTES_ON_THE_FILE = ("author_not_kept", "part_ignored", "results_may_be_old", "comment_not_read")


@settings(EXAMPLES, max_examples=5)
@given(st.one_of(tables(), tables(KINDS_OF_ODS)), st.booleans())
def test_the_clean_copy_of_a_workbook_says_the_same(table: Table, is_ods: bool) -> None:
    has_formats = any(cell.shown_as for row in table.rows for cell in row)
    write, name = (
        (write_ods, "table.ods") if is_ods and not has_formats else (write_xlsx, "table.xlsx")
    )
    with TemporaryDirectory() as folder:
        path, copy = write(table, Path(folder) / name), Path(folder) / "copy"
        answer = read_and_copy(path, name, copy)
        workbooks = open_answer(answer.encode(), name), opened(copy, name)

    (findings, cells), (of_copy, cells_of_copy) = map(examined, workbooks)

    pd.testing.assert_frame_equal(cells, cells_of_copy)
    assert asking(findings) == asking(of_copy)


def asking(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    return [
        (finding.rule, finding.severity, finding.cell)
        for finding in findings
        if finding.rule not in NOTES_ON_THE_FILE
    ]


def table_of(cell: Written) -> Table:
    head = [Written("Series"), Written("Value 2024"), Written("Remark")]
    return Table([head, [Written("TRAININGS_HELD"), cell, BLANK]])


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_what_is_not_the_number_that_is_seen_is_never_read_in_silence(
    kind: str, tmp_path: Path
) -> None:
    table = table_of(DOUBTFUL[kind](345))

    findings, cells = examined(opened(write_xlsx(table, tmp_path / "table.xlsx")))

    assert "B2" in {finding.cell for finding in findings if finding.severity is not Severity.NOTE}
    assert [*cells.loc[cells["cell"] == "B2", "handling"]] == [Handling.ASKED]


@pytest.mark.parametrize(
    ("write", "name"),
    [(write_xlsx, "table.xlsx"), (write_ods, "table.ods"), (write_separated, "table.csv")],
)
@pytest.mark.parametrize(
    ("beside", "expected"),
    [("12,5", (Handling.READ, "number_read_from_text", "1234")),
     ("12.5", (Handling.READ, "number_read_from_text", "1.234")),
     ("", (Handling.ASKED, "number_ambiguous", "1234 / 1.234"))],
)  # fmt: skip
def test_a_text_with_one_mark_and_three_digits_is_shown_as_it_was_read(
    write: Callable[[Table, Path], Path],
    name: str,
    beside: str,
    expected: tuple[str, str, str],
    tmp_path: Path,
) -> None:
    rows = [
        [Written("Series"), Written("Value 2024")],
        [Written("TAKEDOWN_TIME[component=median]"), Written("1.234")],
        [Written("EVIDENCE_RESPONSE_TIME[component=median]"), Written(beside or None)],
    ]

    _, cells = examined(opened(write(Table(rows), tmp_path / name)))

    (read,) = cells[cells["cell"] == "B2"].to_dict("records")
    assert (read["handling"], read["reason"].split(";")[0], read["understood"]) == expected


@pytest.mark.parametrize("kind", PLAIN)
def test_a_number_that_is_seen_is_read_however_it_is_stored(kind: str, tmp_path: Path) -> None:
    table = table_of(PLAIN[kind](1234))

    findings, cells = examined(opened(write_xlsx(table, tmp_path / "table.xlsx")))

    assert not [finding for finding in findings if finding.severity is Severity.ERROR]
    assert [*cells.loc[cells["cell"] == "B2", "value"]] == [1234]
