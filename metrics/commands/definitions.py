"""`empact catalogue` and `empact rules`: what is measured, what was agreed, what is checked."""

from pathlib import Path

import click

from metrics.commands import answer, as_json, give, to_file

MARKDOWN = click.option("--markdown", is_flag=True, help="As a document.")


@click.group()
def catalogue() -> None:
    """Check or show the definitions: frameworks, goals, indicators, collections."""


@catalogue.command()
@as_json
def check(json_: bool) -> None:
    """Read every definition, rule, export and text, and name every contradiction in them."""
    from metrics.catalogue.loader import catalogue
    from metrics.commands.documents import DEFINITION_KINDS
    from metrics.intake.rules import rules
    from metrics.intake.templates import check_templates
    from metrics.messages import check_messages
    from metrics.release.exports import exports

    found = catalogue()
    check_templates(found.collections.values())
    check_messages()
    rules()
    exports()
    counts = {kind: len(getattr(found, kind)) for kind in DEFINITION_KINDS}
    if json_:
        answer({"version": found.version, **counts})
    else:
        listed = ", ".join(f"{count} {kind}" for kind, count in counts.items())
        click.echo(f"catalogue {found.version}: {listed}, without contradiction")


@catalogue.command()
@click.argument("code", default="")
@MARKDOWN
@as_json
@to_file
def show(code: str, markdown: bool, json_: bool, output: Path | None) -> None:
    """Show all definitions, or the one with a code."""
    from metrics.catalogue.loader import catalogue
    from metrics.commands.catalogue_document import catalogue_markdown
    from metrics.commands.documents import catalogue_as_json, list_definitions

    found = catalogue()
    if json_:
        answer(catalogue_as_json(found, code))
        return
    text = catalogue_markdown(found) if markdown else list_definitions(found, code)
    give(text.encode(), output)


@catalogue.command()
@to_file
def meaning(output: Path | None) -> None:
    """Say what a rise of each indicator means, and what is judged, as a document."""
    from metrics.catalogue.loader import catalogue
    from metrics.commands.meaning_document import meaning_markdown

    give(meaning_markdown(catalogue()).encode(), output)


@click.command()
@MARKDOWN
@as_json
@to_file
def rules(markdown: bool, json_: bool, output: Path | None) -> None:
    """List what is checked in a workbook."""
    from metrics.commands.documents import list_rules, rules_as_json
    from metrics.commands.rules_document import rule_book

    if json_:
        answer({"rules": rules_as_json()})
        return
    text = rule_book() if markdown else list_rules()
    give(text.encode(), output)
