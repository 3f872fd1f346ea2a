"""`empact template`, `validate`, `submit`, `register`: from a blank workbook to a submission."""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

import click

from metrics.commands import (
    Home,
    command_texts,
    json_option,
    output_option,
    pass_home,
    print_json,
    print_note,
    with_progress_bar,
    write_output,
)
from metrics.commands.click_texts import confirm
from metrics.commands.translated import LanguageOption, TranslatedCommand
from metrics.core.errors import SubmissionError
from metrics.intake.sandbox import ReaderAnswer, open_file

if TYPE_CHECKING:
    import pandas as pd

    from metrics.submissions.desk import Desk
    from metrics.submissions.examination import Examination
    from metrics.submissions.ledger import Submission

Command = TypeVar("Command", bound=Callable[..., Any])

OPENED_AHEAD = 2
EXIT_CODES = {"accepted": 0, "has_errors": 1, "identifying": 1, "unreadable": 2}


VALUES = click.option("--values", is_flag=True)
LANGUAGE = click.option("--language", cls=LanguageOption)


def scope_options(required: bool = False) -> Callable[[Command], Command]:
    """Options for collection, area and round; optional if the file can state them."""
    options = [
        click.option("--collection", default="", required=required),
        click.option("--area", default="", required=required),
        click.option("--round", "round_", default="", required=required),
    ]

    def add_options(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add_options


@click.command(cls=TranslatedCommand)
@scope_options(required=True)
@LANGUAGE
@click.option(
    "--address",
    envvar="EMPACT_ADDRESS",
    default="",
)
@output_option
@pass_home
def template(home: Home, /, output: Path | None, **scope: str) -> None:
    if output is None and sys.stdout.isatty():
        output = Path("{collection}-{round_}-{area}.xlsx".format_map(scope))
    write_output(open_desk(home).template(**scope), output, scope["language"])


@click.command(cls=TranslatedCommand)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@scope_options()
@LANGUAGE
@click.option(
    "--annotated",
    type=click.Path(path_type=Path, dir_okay=False),
)
@click.option(
    "--cells",
    type=click.Path(path_type=Path, dir_okay=False),
)
@VALUES
@json_option
@pass_home
def validate(  # noqa: PLR0913, PLR0917 - one parameter for each option
    home: Home,
    /,
    files: tuple[Path, ...],
    annotated: Path | None,
    cells: Path | None,
    values: bool,
    json_: bool,
    **scope: str,
) -> int:
    options = untyped_options(scope) | {"with_cells": cells is not None}
    if cells:
        require_one_file(files, "--cells")
    codes: list[int] = []

    def report(*examinations: "Examination") -> None:
        codes.extend(EXIT_CODES[examination.outcome] for examination in examinations)
        print_examinations(examinations, values=values, json_=json_)
        if cells:
            write_cells(examinations[0], cells, scope["language"])

    if annotated:
        file = require_one_file(files, "--annotated")
        marked = open_desk(home).annotate_file(file, examined=report, **options)
        write_output(marked, annotated, scope["language"])
        return codes[0]
    # The examiner is imported while another process opens the first file.
    found = (
        open_desk(home).examiner.examine(path, opened=opened.result, **options)
        for path, opened in open_ahead(files)
    )
    if json_:
        report(*found)
    else:
        for examination in found:
            report(examination)
    return max(codes)


@click.command(cls=TranslatedCommand)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@scope_options()
@LANGUAGE
@VALUES
@click.option(
    "--part",
    "extent",
    flag_value="part",
    default="",
)
@click.option("--yes", is_flag=True)
@click.option("--texts-confirmed", is_flag=True)
@click.option(
    "--not-personal",
    "contested",
    multiple=True,
    callback=lambda _context, _option, answers: join_answers(answers),
)
@json_option
@pass_home
def submit(  # noqa: PLR0913, PLR0917 - one parameter for each option
    home: Home,
    /,
    files: tuple[Path, ...],
    yes: bool,
    texts_confirmed: bool,
    values: bool,
    json_: bool,
    **scope: str,
) -> int:
    desk, examinations = open_desk(home), []
    flags = {"yes": yes, "texts_confirmed": texts_confirmed, "values": values, "json_": json_}
    if len(files) > 1:
        scope["extent"] = "part"
        examinations = examine_parts(desk, files, scope)
        if not asks_in_terminal(flags):
            for examination in examinations:
                confirm_texts(examination, flags)
    if all(examination.outcome == "accepted" for examination in examinations):
        kept: list[Examination] = []
        for file in files:
            kept.append(submit_file(desk, file, scope, kept, flags))
        examinations = kept
    elif not json_:
        for examination in examinations:
            print_examination(examination, values=values)
    if json_:
        print_examinations_as_json(examinations, values=values)
    return max(EXIT_CODES[examination.outcome] for examination in examinations)


def examine_parts(
    desk: "Desk", files: tuple[Path, ...], scope: dict[str, str]
) -> "list[Examination]":
    """Examine each of several files, before any is kept.

    SubmissionError if two of them hold the same figures.
    """
    from metrics.submissions.several_files import refuse_overlap

    examinations = [desk.examiner.examine(file, **untyped_options(scope)) for file in files]
    refuse_overlap(examinations)
    return examinations


def submit_file(
    desk: "Desk",
    file: Path,
    scope: dict[str, str],
    kept: "list[Examination]",
    flags: Mapping[str, bool],
) -> "Examination":
    """Show what a file changes, ask where it replaces what was not `kept` just now, and keep it."""
    is_interactive = asks_in_terminal(flags)
    own = [examination.submission.key for examination in kept if examination.submission]
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        examination = desk.examiner.examine(file, opened=copy, **untyped_options(scope))
        if not flags["json_"]:
            print_examination(examination, values=flags["values"])
            print_contested(examination)
        if not scope["round_"] and examination.outcome == "accepted":
            confirm_round(desk, examination, interactive=is_interactive)
        if (
            examination.outcome == "accepted"
            and examination.replaces
            and examination.replaces.key not in own
            and not examination.same_as_current
            and not flags["yes"]
        ):
            confirm_replacement(examination, interactive=is_interactive)
        examination = confirm_texts(examination, flags)
        examination = desk.keep_file(file, examination, copy=copy)
    if examination.submission and not flags["json_"]:
        print_receipt(examination, examination.submission)
    return examination


def asks_in_terminal(flags: Mapping[str, bool]) -> bool:
    return sys.stdin.isatty() and not flags["json_"]


def confirm_texts(examination: "Examination", flags: Mapping[str, bool]) -> "Examination":
    """Ask whether a text beside figures changes one; SubmissionError if nobody can answer."""
    from metrics.messages import messages

    texts = examination.texts
    if examination.asks_about_texts and not flags["texts_confirmed"]:
        if not asks_in_terminal(flags):
            refusal = SubmissionError(
                "texts_unconfirmed", file=examination.received.name, n=texts.number
            )
            raise refusal.worded_in(examination.language)
        question = messages(examination.language, "commands")["confirm"]["texts_ask"]
        confirm(question, examination.language)
    return examination.confirm_texts([texts.digest])


def print_receipt(examination: "Examination", kept: "Submission") -> None:
    from metrics.messages import messages

    texts = messages(examination.language, "commands")["outcome"]
    click.echo(texts["submitted"].format(key=kept.key))
    click.echo(f"  {texts['digests'].format(sent=examination.digest, kept=kept.digest)}")


def join_answers(answers: tuple[str, ...]) -> str:
    """One answer a line; SubmissionError for an empty one."""
    if not all(map(str.strip, answers)):
        raise SubmissionError("contest_without_reason")
    return "\n".join(" ".join(answer.split()) for answer in answers)


def print_contested(examination: "Examination") -> None:
    """List the findings about persons that the sender contests, each with its reason."""
    from metrics.intake.finding_texts import CONTESTED
    from metrics.messages import messages

    texts = messages(examination.language, "commands")["outcome"]
    contested = [finding for finding in examination.findings if finding.values.get(CONTESTED)]
    if contested:
        click.echo(texts["contested"])
    for finding in contested:
        click.echo(f"  {finding.rule}  {finding.location}: {finding.values[CONTESTED]}")


@click.command(cls=TranslatedCommand)
@click.option("--collection", default="")
@click.option("--explanations", is_flag=True)
@json_option
@pass_home
def register(home: Home, /, collection: str, explanations: bool, json_: bool) -> None:
    if explanations:
        print_explanations(open_desk(home).explanations(collection), json_)
        return
    table = open_desk(home).submissions_table(collection)
    if table.empty and not json_:
        click.echo(command_texts()["nothing_yet"])
    if json_:
        print_json(
            {"submissions": table.astype(object).where(table.notna(), None).to_dict("records")}
        )
    else:
        texts = command_texts()["register"]
        for row in table.to_dict("records"):
            again = f"  ({texts['again'].format(key=row['again'])})" if row["again"] else ""
            reason = f"  ({row['reason']})" if row["reason"] else ""
            where = f"{row['key']}  {row['file']}{again}{reason}"
            click.echo(f"{row['received_at']}  {texts[row['standing']]:<15}  {where}")


def print_explanations(table: "pd.DataFrame", json_: bool) -> None:
    if json_:
        print_json({"explanations": table.to_dict("records")})
        return
    for row in table.to_dict("records"):
        where = f"{row['collection']}/{row['round']}/{row['area']} {row['vintage']}"
        click.echo(f"{where}  {row['sheet']}!{row['cell']}  {row['rule']}: {row['explained']}")


def open_ahead(paths: Iterable[Path]) -> Iterator[tuple[Path, "Future[ReaderAnswer]"]]:
    """Each file with its content: the next files are opened while one is examined."""
    with ThreadPoolExecutor(OPENED_AHEAD) as pool:
        opened: deque[tuple[Path, Future[ReaderAnswer]]] = deque()
        for path in paths:
            opened.append((path, pool.submit(open_file, path)))
            if len(opened) > OPENED_AHEAD:
                yield opened.popleft()
        yield from opened


@cache
def open_desk(home: Home) -> "Desk":
    from metrics.submissions.desk import Desk

    return Desk(home.folder, with_progress_bar)


def require_one_file(files: tuple[Path, ...], option: str) -> Path:
    if len(files) > 1:
        text = command_texts()["one_file"]
        raise click.UsageError(text.format(option=option, number=len(files)))
    return files[0]


def write_cells(examination: "Examination", output: Path, language: str) -> None:
    """Write how the cells of a file were read, or say why nothing is known of them."""
    from metrics.release.exports import ExportContext
    from metrics.release.exports.csv_table import write_csv

    if not examination.cells.empty:
        write_output(write_csv(examination.cells, ExportContext()), output, language)
        return
    is_personal = examination.outcome == "identifying"
    reason = "no_cells_of_person" if is_personal else "no_cells"
    print_note(command_texts(language)[reason].format(file=output))


def confirm_round(desk: "Desk", examination: "Examination", interactive: bool) -> None:
    """Ask whether a workbook of an earlier round holds a revision, where signs speak against it."""
    from datetime import UTC, datetime

    from metrics.messages import messages
    from metrics.submissions.misdirected_workbooks import doubted_round

    collection = desk.catalogue.collections.get(examination.collection)
    today = datetime.now(UTC).date()
    later = collection and doubted_round(examination, collection, today, is_round_named=False)
    if not later:
        return
    texts = messages(examination.language, "commands")["confirm"]
    facts = {"file": examination.received.name, "round": examination.round, "later": later}
    if not interactive:
        raise SubmissionError("round_doubted", **facts).worded_in(examination.language)
    confirm(texts["round_ask"].format_map(facts), examination.language)


def confirm_replacement(examination: "Examination", interactive: bool) -> None:
    from metrics.messages import messages

    texts = messages(examination.language, "commands")["confirm"]
    replaced = examination.replaces.vintage if examination.replaces else ""
    facts = {
        "file": examination.received.name,
        "vintage": replaced,
        "place": str(examination.submission_key),
    }
    if not interactive:
        raise SubmissionError("replacement_unconfirmed", **facts).worded_in(examination.language)
    confirm(texts["ask"].format_map(facts), examination.language)


def untyped_options(scope: dict[str, str]) -> Any:  # noqa: ANN401
    """Type the options for the desk, because click does not type them."""
    return scope


def print_examinations(examinations: "Sequence[Examination]", *, values: bool, json_: bool) -> None:
    if json_:
        print_examinations_as_json(examinations, values=values)
        return
    for examination in examinations:
        print_examination(examination, values=values)


def print_examination(examination: "Examination", *, values: bool) -> None:
    from metrics.commands.examination_report import format_examination

    for line in format_examination(examination, values=values):
        click.echo(line)


def print_examinations_as_json(examinations: "Sequence[Examination]", *, values: bool) -> None:
    from metrics.commands.examination_report import examination_as_json

    answers = [examination_as_json(examination, values=values) for examination in examinations]
    print_json({"files": answers})
