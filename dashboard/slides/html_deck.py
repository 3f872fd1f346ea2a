"""A deck as one document of HTML, which a browser presents: slides, script and styles are in it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from dashboard.charts.slide_shapes import css_colour
from dashboard.html_templates import template
from dashboard.slides.content import SlideContent
from dashboard.slides.cover_words import CoverWords
from dashboard.slides.deck import DeckContents, read_contents
from dashboard.slides.deck_context import Deck
from dashboard.slides.default_layout import (
    COVER_BAR,
    COVER_SOURCE,
    COVER_SUBTITLE,
    COVER_TITLE,
    FOOTNOTES_FRAME,
    GOAL_FRAME,
    MASTER_MARKS,
    NUMBER_FRAME,
    SOURCE_FRAME,
    TITLE_FRAME,
    TemplateText,
)
from dashboard.slides.frame_words import SizedWords, words_of_frame
from dashboard.slides.html_parts import box_style, html_of
from dashboard.slides.paragraphs import keep_numbers_together
from dashboard.slides.present_files import part_of_document
from dashboard.texts import Text
from dashboard.wording.language_spans import mark_html
from dashboard.wording.series_facts import MIDDLE_DOT
from metrics.messages import language_of_most_texts
from metrics.messages.language_marks import language_of_longest_part, unmarked

ANCHORS = {"t": "", "ctr": " middle", "b": " bottom"}
LESS_THAN = "\\u003c"  # in JSON, where a tag would end the script
CONTROLS = {"back": "◀", "on": "▶", "full": "", "notes": "", "black": ""}  # with their signs


def write_html(deck: Deck) -> bytes:
    """Its links need the address of the site."""
    contents = read_contents(deck)
    slides = [cover_html(contents.cover, contents.shape_marks)]
    slides += [
        slide_html(content, number, contents) for number, content in contents.numbered_slides()
    ]
    document = document_html(deck.file.title, slides, deck.context.text)
    return mark_html(document, language_of_most_texts(deck.language)).encode()


def document_html(title: str, slides: Sequence[str], text: Text) -> str:
    """The slides are HTML, in which every text was escaped where it was written."""
    words = json.dumps(words_of_script(title, text), ensure_ascii=False).replace("<", LESS_THAN)
    return template("present.html").render(
        language=language_of_most_texts(text.language), text=text, title=title, controls=CONTROLS,
        slides=slides, words=words,
        styles=part_of_document("present.css"), script=part_of_document("present.js"),
    )  # fmt: skip


def words_of_script(title: str, text: Text) -> Mapping[str, object]:
    """The words that the script writes, and in which language each is."""
    names = ("back", "on", "next", "end", "notes", "elapsed", "blocked", "black", "calculation")
    position = text("present.place", n="{n}", all="{all}")
    own = {name: text(f"present.{name}") for name in names}
    document = language_of_most_texts(text.language)
    languages = {name: language_of_longest_part(words, document)
                 for name, words in own.items()}  # fmt: skip
    plain = {name: unmarked(words) for name, words in own.items()}
    return plain | {"title": unmarked(title), "place": unmarked(position), "languages": languages}


def cover_html(words: CoverWords, marks: Mapping[str, str]) -> str:
    look = f"{box_style(COVER_BAR)};background:{css_colour('dk2')}"
    inside = [
        framed(COVER_TITLE, words.title, "h1"),
        f'<div class="part" style="{look}"></div>',
        framed(COVER_SUBTITLE, words.subtitle),
        framed(COVER_SOURCE, words.source),
        *marks_html(marks),
        notes_html([words.notes], words.marks),
    ]
    return "".join(inside)


def slide_html(content: SlideContent, number: int, contents: DeckContents) -> str:
    """In the order of reading: the finding, the goal, the content, footnotes and source."""
    words = words_of_frame(content, contents.marks)
    source = escape(words.source.words)
    if words.short_link:
        printed = escape(words.short_link)
        linked = f'<a href="{escape(words.link)}" target="_blank" rel="noopener">{printed}</a>'
        source += MIDDLE_DOT + (linked if words.leads_to_site else printed)
    inside = [
        framed(TITLE_FRAME, words.title, "h2"),
        framed(GOAL_FRAME, words.goal_line),
        *marks_html(contents.shape_marks),
        *map(html_of, content.parts()),
        framed(FOOTNOTES_FRAME, words.footnotes),
        framed_html(SOURCE_FRAME, f"<span>{source}</span>", SOURCE_FRAME.size, kind=" source"),
        framed_html(NUMBER_FRAME, str(number), NUMBER_FRAME.size, kind=" number"),
        notes_html(content.notes, MIDDLE_DOT.join(contents.marks), content.own_notes),
    ]
    return "".join(inside)


def framed(frame: TemplateText, words: SizedWords, tag: str = "p") -> str:
    return framed_html(frame, escape(words.words, quote=False), words.size, tag)


def framed_html(
    frame: TemplateText, inside: str, size: float, tag: str = "p", kind: str = ""
) -> str:
    """Nothing where there are no words."""
    if not inside:
        return ""
    names = f"part words{ANCHORS[frame.anchor]}{' bold' if frame.is_bold else ''}{kind}"
    look = f"{box_style(frame.box)};--s:{size:g};--c:{css_colour(frame.colour)}"
    return f'<{tag} class="{names}" style="{look}">{inside}</{tag}>'


def marks_html(marks: Mapping[str, str]) -> Iterator[str]:
    """Handling and invented figures, at the upper right edge."""
    for mark in MASTER_MARKS:
        if words := marks.get(mark.name, ""):
            colours = f"color:{css_colour(mark.colour)};background:{css_colour(mark.ground)}"
            look = f"{box_style(mark.box)};{colours}"
            yield f'<p class="part mark" style="{look}">{escape(words, quote=False)}</p>'


def notes_html(notes: Sequence[str], marks: str, own: str = "") -> str:
    """Below the marks of the slide, the presenter's own notes first."""
    paragraphs = [paragraph_html(marks, ' class="marks"')] if marks else []
    paragraphs += [paragraph_html(own, ' class="own"')] if own else []
    paragraphs += map(paragraph_html, notes)
    return f'<aside class="notes">{"".join(paragraphs)}</aside>'


def paragraph_html(note: str, kind: str = "") -> str:
    return f"<p{kind}>{escape(keep_numbers_together(note), quote=False)}</p>"
