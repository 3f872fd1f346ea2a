"""`empact release`, `assess`, `lineage`, `export`: what is published, and what it is made of."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from metrics.commands import (
    Home,
    command_texts,
    json_option,
    output_option,
    pass_home,
    print_json,
    print_note,
    spoken_language,
    with_progress_bar,
    write_output,
)
from metrics.commands.translated import TranslatedCommand, TranslatedGroup

if TYPE_CHECKING:
    import pandas as pd

    from metrics.release.build import BuiltRelease
    from metrics.release.exports import Export
    from metrics.release.store import StoredRelease

COLLECTION = click.option("--collection", required=True)
INDICATOR = click.option("--indicator", required=True)
AREA = click.option("--area", required=True)


@click.command(cls=TranslatedCommand)
@click.argument("collection")
@click.option("--label", default="")
@json_option
@pass_home
def release(home: Home, /, collection: str, label: str, json_: bool) -> None:
    from metrics.messages.error_texts import keyed_text, refusal_text
    from metrics.release.build import build
    from metrics.release.review import review_notes
    from metrics.submissions.desk import Desk

    language, texts = spoken_language(), command_texts()["publication"]
    desk = Desk(home.folder, with_progress_bar)
    built = build(desk, collection, label)
    for stray in desk.store.recovered.strays:
        print_note(texts["left_out"].format(why=refusal_text(stray, language)))
    values = built.values
    if values is None:  # the release had been published before
        values = open_current_release(home, collection).table("indicator_values")
    definition, indicators = desk.catalogue.collection(collection), desk.catalogue.indicators
    for note in review_notes(values, definition, indicators):
        print_note(texts["look_at"].format(what=keyed_text(note, texts, language)))
    if json_:
        names = ("collection", "label", "inputs", "is_new")
        facts = {name: getattr(built, name) for name in names}
        print_json({**facts, "as_of": str(built.as_of), "folder": str(built.folder)})
    else:
        click.echo(release_text(built))


def release_text(built: "BuiltRelease") -> str:
    """Which release was built or found, and where it is."""
    text = command_texts()["publication"]["built" if built.is_new else "up_to_date"]
    named = {name: getattr(built, name) for name in ("collection", "label", "folder")}
    return str(text.format(**named))


def open_current_release(home: Home, collection: str) -> "StoredRelease":
    from metrics.catalogue.loader import catalogue
    from metrics.release.store import ReleaseStore

    catalogue().collection(collection)
    return ReleaseStore(home.folder / "data" / "processed").open_current(collection)


@click.command(cls=TranslatedCommand)
@click.argument("collection")
@click.option("--goal", default="")
@click.option("--area", default="")
@json_option
@pass_home
def assess(home: Home, /, collection: str, goal: str, area: str, json_: bool) -> None:
    from metrics.catalogue.loader import catalogue
    from metrics.commands.assessment_report import (
        format_assessments,
        format_overview,
        with_verdict_units,
    )
    from metrics.release.queries import find_assessments

    release = open_current_release(home, collection)
    language, found = spoken_language(), find_assessments(release.table("assessments"), goal, area)
    rows = with_verdict_units(found, language)
    if json_:
        print_json({"collection": collection, "assessments": rows_as_json(rows)})
        return
    name = catalogue().collection(collection).name(language)
    click.echo(command_texts()["report"]["release"].format(collection=name, release=release.label))
    format_rows = format_assessments if goal or area else format_overview
    for line in format_rows(rows, language):
        click.echo(line)


@click.command(cls=TranslatedCommand)
@COLLECTION
@INDICATOR
@AREA
@click.option("--period", required=True)
@json_option
@pass_home
def lineage(home: Home, /, collection: str, json_: bool, **options: str) -> None:
    from metrics.catalogue.loader import catalogue
    from metrics.commands.lineage_report import format_lineage, resent_files
    from metrics.release.lineage import Lineage

    release = open_current_release(home, collection)
    values = Lineage(release.table("indicator_values"), catalogue())
    node = values.trace(options["indicator"], options["area"], options["period"])
    if json_:
        print_json({"collection": collection, "release": release.label, "value": node.as_json()})
        return
    language = spoken_language()
    for line in format_lineage(node, language):
        click.echo(line)
    for line in resent_files(release.facts["submissions"], node, language):
        click.echo(line)


class ExportFormats(TranslatedGroup):
    """One subcommand for each format of `metrics.release.exports`."""

    def list_commands(self, _: click.Context) -> list[str]:
        from metrics.release.exports import exports

        return list(exports())

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        from metrics.release.exports import exports

        return export_command(exports()[name]) if name in exports() else None


@click.group(cls=ExportFormats)
def export() -> None:
    """Commands that write released figures, one for each format."""


def export_command(export_format: "Export") -> click.Command:
    @click.command(
        export_format.name,
        cls=TranslatedCommand,
        texts="export_format",
        facts={"suffix": export_format.suffix},
    )
    @COLLECTION
    @INDICATOR
    @click.option("--area", required=True)
    @output_option
    @pass_home
    def write(
        home: Home, /, collection: str, indicator: str, area: str, output: Path | None
    ) -> None:
        from metrics.catalogue.loader import catalogue
        from metrics.release.exported_table import export_table
        from metrics.release.exports import ExportContext, describe_release
        from metrics.release.queries import find_series

        release = open_current_release(home, collection)
        rows = find_series(release.table("indicator_values"), catalogue(), indicator, area)
        language = spoken_language()
        described = describe_release(release, catalogue().collection(collection), language)
        context = ExportContext(described, language)
        write_output(export_table(export_format, rows, context), output)

    return write


def rows_as_json(rows: "pd.DataFrame") -> list[dict[str, Any]]:
    """Rows for JSON: missing values are null, and columns that hold JSON are parsed."""
    json_columns = ("arithmetic", "path")
    return [
        {
            str(name): json.loads(cell) if name in json_columns and cell else cell
            for name, cell in row.items()
        }
        for row in rows.astype(object).where(rows.notna(), None).to_dict("records")
    ]
