"""`empact chart`: the chart of a page as a picture."""

from pathlib import Path

import click

from metrics.commands import Home, pass_home, spoken_language, write_output
from metrics.commands.document_writers import dashboard_home, load_document_writer
from metrics.commands.translated import TranslatedCommand

LEAST_WIDTH, MOST_WIDTH = 480, 2400  # pixels


@click.command(cls=TranslatedCommand)
@click.argument("link")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--chart", default="")
@click.option("--release", default="")
@click.option("--width", default=1200, show_default=True,
              type=click.IntRange(LEAST_WIDTH, MOST_WIDTH))  # fmt: skip
@pass_home
def chart(home: Home, /, link: str, output: Path, **options: str | int) -> None:
    write_chart = load_document_writer("chart")
    with dashboard_home(home.folder):
        drawn = write_chart(link, output.suffix, language=spoken_language(), **options)
    write_output(drawn, output)
