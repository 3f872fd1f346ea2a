"""`empact deck`: a presentation from a list of links, with native charts and tables."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from metrics.commands import Home, command_texts, output_option
from metrics.commands.document_writers import dashboard_home, load_document_writer, progress_bar
from metrics.commands.translated import LanguageOption, TranslatedCommand
from metrics.core.errors import MetricsError

MOST_FIGURES = 12  # of a slide, that are listed as changed
RELEASE_LINE = re.compile(r"^release:.*$", re.MULTILINE)
TITLE_LINE = re.compile(r"^title:.*\n", re.MULTILINE)
FILE_NAME = click.Path(path_type=Path, dir_okay=False)
EXISTING_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
CURRENT_RELEASE = "current"
PRESENTATION = ".pptx"


@dataclass
class DeckReport:
    """What was made, and what changed on each slide since the release that the file names."""

    language: str
    deck: dict[str, Any] = field(default_factory=dict)

    def lines(self, target: Path) -> Iterator[str]:
        texts, deck = command_texts(self.language)["deck"], self.deck
        number = int(deck["slides"]) - 1  # beside the first slide
        yield texts["written"].beside(number).format(file=target, n=number, release=deck["release"])
        if deck["before"]:
            yield texts["changes"].format(before=deck["before"], after=deck["release"])
        for slide in deck["changes"]:
            yield from self.lines_of_slide(slide)

    def lines_of_slide(self, slide: Mapping[str, Any]) -> Iterator[str]:
        texts = command_texts(self.language)["deck"]
        first, last = slide["slides"]["first"], slide["slides"]["last"]
        key = "number" if first == last else "numbers"
        slides = texts[key].format(first=first, last=last)
        if not slide["is_changed"]:
            yield texts["unchanged"].format(slides=slides)
            for title in slide["wording"]:
                yield texts["wording_changed"].format(**title)
            return
        yield texts["slide"].format(slides=slides, title=slide["title"])
        if slide["why"]:
            yield texts["gone"].format(before=self.deck["before"], why=slide["why"])
        for title in slide["titles"]:
            yield texts["title_changed"].format(**title)
        for figure in slide["figures"][:MOST_FIGURES]:
            yield f"  {figure}"
        if (more := len(slide["figures"]) - MOST_FIGURES) > 0:
            yield texts["more"].beside(more).format(n=more)
        yield from (f"  {caveat}" for caveat in slide["caveats"])
        if slide["finding"]:
            yield texts["own_title"].format(finding=slide["finding"])


@click.command(cls=TranslatedCommand)
@click.argument("file", type=EXISTING_FILE, required=False)
@output_option
@click.option("--template", type=EXISTING_FILE)
@click.option("--release", default="")
@click.option("--current", "is_current", is_flag=True)
@click.option("--pin", "is_pinned", is_flag=True)
@click.option("--address", envvar="EMPACT_ADDRESS", default="")
@click.option("--new", type=FILE_NAME)
@click.option("--save-template", type=FILE_NAME)
@click.option("--language", cls=LanguageOption)
@click.pass_context
def deck(context: click.Context, /, file: Path | None, new: Path | None,
         save_template: Path | None, **options: Any) -> None:  # noqa: ANN401  # fmt: skip
    home: Home = context.find_object(Home) or Home(Path.cwd())
    context.with_resource(dashboard_home(home.folder))
    texts = command_texts(options["language"])
    if new is not None:
        write_once(load_document_writer("deck-example")(new.name, options["language"]), new)
        click.echo(texts["deck"]["new"].format(file=new))
    if save_template is not None:
        write_once(load_document_writer("deck-template")(), save_template)
        click.echo(texts["written"].format(file=save_template))
    if new is not None or save_template is not None:
        return
    if file is None:
        click.echo(context.get_help())
        return
    make_deck(file, **options)


def make_deck(  # noqa: PLR0913, PLR0917 - the options of a command
    file: Path, output: Path | None, template: Path | None, release: str, address: str,
    language: str, *, is_current: bool, is_pinned: bool,
) -> None:  # fmt: skip
    target = output or file.with_suffix(PRESENTATION)
    refuse_existing(target)
    content, report = file.read_bytes(), DeckReport(language)
    with progress_bar(command_texts(language)["deck"]["making"]) as advance:
        presentation = load_document_writer("deck")(
            content, file, language=language, release=CURRENT_RELEASE if is_current else release,
            template=template, address=address, suffix=target.suffix, advance=advance,
            report=report.deck.update,
        )  # fmt: skip
    write_once(presentation, target)
    for line in report.lines(target):
        click.echo(line)
    if fonts := report.deck["unmeasured"]:
        click.echo(command_texts(language)["deck"]["unmeasured"].format(fonts=", ".join(fonts)))
    named = report.deck["template"]
    if named and target.suffix.casefold() != PRESENTATION:
        click.echo(command_texts(language)["deck"]["unused_template"].format(file=named))
    if is_current or is_pinned:
        pin_release(file, content, str(report.deck["release"]))


def refuse_existing(target: Path) -> None:
    """Somebody may have worked on a presentation, so none is overwritten."""
    if target.exists():
        raise MetricsError("file_exists", file=str(target))


def write_once(content: bytes, target: Path) -> None:
    from metrics.core.atomic_files import AtomicFile

    refuse_existing(target)
    with AtomicFile(target) as written:
        written.file.write(content)


def pin_release(file: Path, content: bytes, label: str) -> None:
    """Name the release in the file of the deck, and leave all else as it was written."""
    from metrics.core.atomic_files import AtomicFile

    text, line = content.decode("utf-8-sig"), f"release: {label}"
    if RELEASE_LINE.search(text):
        pinned = RELEASE_LINE.sub(line, text, count=1)
    else:
        pinned = TITLE_LINE.sub(lambda title: f"{title[0]}{line}\n", text, count=1)
    with AtomicFile(file) as written:
        written.file.write(pinned.encode())
