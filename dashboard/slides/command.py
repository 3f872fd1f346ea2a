"""What `empact deck` asks of the dashboard: the presentation as bytes, and what changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from dashboard.data import collections_in_order, release_store
from dashboard.progress import Advance, no_advance
from dashboard.slides.changes import changes_since
from dashboard.slides.deck import open_deck, read_entries
from dashboard.slides.deck_example import deck_example
from dashboard.slides.deck_file import (
    CURRENT_RELEASE,
    DeckFile,
    DeckSlide,
    lines_of_slides,
    read_deck_file,
)
from dashboard.slides.deck_links import without_release
from dashboard.slides.default_template import default_template
from dashboard.slides.unknown_choices import faults_of_names
from dashboard.texts import texts
from dashboard.wording.language_spans import composing_in
from metrics.core.errors import MetricsError, SubmissionError
from metrics.messages import ENGLISH

Report = Callable[[Mapping[str, Any]], None]
USUAL_ENDING = ".pptx"
# What writes a deck, by the ending of the file; loaded when asked for, as each has a library.
WRITERS = {
    USUAL_ENDING: "dashboard.slides.deck:write_presentation",
    ".html": "dashboard.slides.html_deck:write_html",
    ".pdf": "dashboard.slides.pdf_deck:write_pdf",
}


def write_deck(  # noqa: PLR0913 - what a command was asked for
    content: bytes, path: Path, *, language: str = "", release: str = "",
    template: Path | None = None, address: str = "", suffix: str = USUAL_ENDING,
    advance: Advance = no_advance, report: Report = lambda _facts: None,
) -> bytes:  # fmt: skip
    """A deck in the format of an ending; options take the place of what it says."""
    writer = WRITERS.get(suffix.casefold())
    if writer is None:
        raise MetricsError("deck_ending", ending=suffix or "–", endings=", ".join(WRITERS))
    written = read_deck_file(content, path.name, faults_of_names)
    named = template.name if template else ""
    file = with_options(written, language=language, release=release, address=address,
                        template=named)  # fmt: skip
    lines = lines_of_slides(content, path.name)
    if release:
        own_links = (without_own_release(slide, file.collection) for slide in file.slides)
        file = file.model_copy(update={"slides": tuple(own_links)})
    own = template_of(file, path, template)
    is_used = suffix.casefold() == USUAL_ENDING  # no other format has a template
    with composing_in(file.language):
        deck = open_deck(file, own if is_used else b"", advance)
        entries = read_entries(deck, lines, deck.report_reading)
        presentation: bytes = resolve_name(writer)(replace(deck, entries=tuple(entries)))
        label = deck.context.release_label
        before = "" if written.release in {CURRENT_RELEASE, label} else written.release
        earlier = file.model_copy(update={"release": before})
        changes = [*changes_since(earlier, deck, entries)] if before else []
    slides = 1 + sum(len(entry.contents) for entry in entries)
    report({"slides": slides, "release": label, "before": before, "template": file.template,
            "unmeasured": list(deck.missing_fonts),
            "changes": [change.facts() for change in changes]})  # fmt: skip
    return presentation


def with_options(file: DeckFile, **options: str) -> DeckFile:
    return file.model_copy(update={name: value for name, value in options.items() if value})


def without_own_release(slide: DeckSlide, collection: str) -> DeckSlide:
    """The release that is asked for takes the place of that of a link to the same collection."""
    return slide.model_copy(update={"link": without_release(slide.link, collection)})


def template_of(file: DeckFile, path: Path, asked: Path | None) -> bytes:
    """The template that the option names, or that the file does, beside itself."""
    chosen = asked or (path.parent / file.template if file.template else None)
    if chosen is None:
        return b""
    if not chosen.is_file():
        raise SubmissionError("deck_no_template", file=str(chosen))
    return chosen.read_bytes()


def write_template() -> bytes:
    """The template that is used where none is named."""
    return default_template()


def write_example(name: str, language: str = "") -> bytes:
    """A deck to begin with, of a collection that States report to, if there is a release of one."""
    store = release_store()
    known = [one for one in collections_in_order() if store.current(one.code)]
    reported = [one.code for one in known if one.nature != "published"]
    codes = [one.code for one in known or collections_in_order()]
    collection = next(iter(reported), codes[0])
    return deck_example(name, collection, codes, texts(language or ENGLISH)).encode()
