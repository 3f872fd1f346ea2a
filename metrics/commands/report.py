"""`empact report`: a document about a whole release, with its goals, States and actions."""

from pathlib import Path

import click

from metrics.commands import Home, command_texts, pass_home, spoken_language, write_output
from metrics.commands.document_writers import dashboard_home, load_document_writer, progress_bar
from metrics.commands.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@click.argument("name", default="follow-up")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--collection", default="")
@click.option("--release", default="")
@pass_home
def report(home: Home, /, name: str, output: Path, **options: str) -> None:
    write_report = load_document_writer("report")
    with dashboard_home(home.folder), progress_bar(command_texts()["report_making"]) as advance:
        written = write_report(
            name, output.suffix, language=spoken_language(), advance=advance, **options
        )
    write_output(written, output)
