"""`empact catalogue` and `empact rules`: what is measured, what was agreed, what is checked."""

from pathlib import Path

import click

from metrics.commands import (
    command_texts,
    json_option,
    output_option,
    print_json,
    spoken_language,
    write_output,
)
from metrics.commands.translated import TranslatedCommand, TranslatedGroup
from metrics.core.errors import DefinitionError, UnknownNameError

MARKDOWN = click.option("--markdown", is_flag=True)


@click.group(cls=TranslatedGroup)
def catalogue() -> None:
    """Commands on the definitions."""


@catalogue.command()
@json_option
def check(json_: bool) -> None:
    from metrics.catalogue.checks.methods import faults_of_calculations
    from metrics.catalogue.loader import catalogue
    from metrics.catalogue.translatable import messages_of_definitions
    from metrics.commands.documents import DEFINITION_KINDS
    from metrics.core.errors import DefinitionError
    from metrics.intake.rule_checks import faults_of_rules, untranslated_rules
    from metrics.intake.templates import check_templates
    from metrics.messages import counted
    from metrics.messages.error_texts import refusal_text
    from metrics.messages.merging import check_messages
    from metrics.release.exports import check_exports

    found = catalogue()
    check_templates(found.collections.values())
    check_messages(messages_of_definitions)
    if faults := [*faults_of_rules(), *faults_of_calculations()]:
        raise DefinitionError.of_faults(faults)
    check_exports()
    notes = list(untranslated_rules())
    counts = {kind: len(getattr(found, kind)) for kind in DEFINITION_KINDS}
    if json_:
        print_json({"version": found.version, **counts, "notes": [*map(str, notes)]})
    else:
        texts, language = command_texts(), spoken_language()
        for note in notes:
            click.echo(f"{texts['note'].beside(1)}: {refusal_text(note, language)}", err=True)
        listed = ", ".join(counted(count, texts["kinds"][kind]) for kind, count in counts.items())
        click.echo(texts["catalogue"]["sound"].format(version=found.version, counts=listed))


@catalogue.command()
@click.argument("code", default="")
@MARKDOWN
@json_option
@output_option
def show(code: str, markdown: bool, json_: bool, output: Path | None) -> None:
    from metrics.catalogue.loader import catalogue
    from metrics.commands.catalogue_document import catalogue_markdown
    from metrics.commands.documents import catalogue_as_json, list_definitions

    found, language = catalogue(), spoken_language()
    if json_:
        print_json(catalogue_as_json(found, code))
        return
    text = catalogue_markdown(found) if markdown else list_definitions(found, code, language)
    write_output(text.encode(), output)


@catalogue.command()
@output_option
def meaning(output: Path | None) -> None:
    from metrics.catalogue.loader import catalogue
    from metrics.commands.meaning_document import meaning_markdown

    write_output(meaning_markdown(catalogue()).encode(), output)


@catalogue.command("messages")
@click.option("--check", "only_check", is_flag=True)
@click.option("--add", "added", default="")
def merge_messages(only_check: bool, added: str) -> None:
    from metrics.catalogue.translatable import messages_of_definitions
    from metrics.messages import OFFICIAL_LANGUAGES
    from metrics.messages.compiled import FOLDER
    from metrics.messages.merging import check_messages, merged_files

    if added and added not in OFFICIAL_LANGUAGES:
        raise UnknownNameError.with_hint("official_language", added, OFFICIAL_LANGUAGES)
    merged = merged_files(messages_of_definitions, added=added)
    for file in merged:
        click.echo(file.coverage)
    changed = [file for file in merged if file.is_changed]
    if only_check and changed:
        names = ", ".join(f"{file.language}.po" for file in changed)
        raise DefinitionError("texts_not_merged", files=names)
    if only_check:
        check_messages(messages_of_definitions)
    for file in changed:
        file.write(FOLDER)


@click.command(cls=TranslatedCommand)
@MARKDOWN
@json_option
@output_option
def rules(markdown: bool, json_: bool, output: Path | None) -> None:
    from metrics.commands.documents import list_rules, rules_as_json
    from metrics.commands.rules_document import rule_book

    language = spoken_language()
    if json_:
        print_json({"rules": rules_as_json(language)})
        return
    text = rule_book(language) if markdown else list_rules(language)
    write_output(text.encode(), output)
