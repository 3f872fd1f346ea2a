"""A deck as a tagged PDF file (PDF/UA-1): a page for each slide, as in a presentation."""

from collections.abc import Mapping, Sequence

from dashboard.charts.slide_shapes import css_colour
from dashboard.slides.content import SlideContent
from dashboard.slides.cover_words import CoverWords
from dashboard.slides.deck import read_contents
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
from dashboard.slides.pdf_parts import SlideData, plain_box, plain_part
from dashboard.slides.tables import GAP_COLOUR, RULE_COLOUR
from dashboard.typesetting.typesetter import typeset
from dashboard.wording.series_facts import MIDDLE_DOT
from metrics.messages import language_of_most_texts

LENGTH_OF_DAY = len("2026-01-31")


def write_pdf(deck: Deck) -> bytes:
    """Draw every slide, then typeset the whole; the notes are left out."""
    contents = read_contents(deck)
    slides = [plain_cover(contents.cover)]
    slides += [plain_slide(content, number, contents.marks)
               for number, content in contents.numbered_slides()]  # fmt: skip
    data = plain_deck(deck, slides, contents.shape_marks)
    language = language_of_most_texts(deck.language)
    return typeset(__package__, "deck.typ", data, day_of(deck), language)


def day_of(deck: Deck) -> str:
    release = deck.context.release
    return release.as_of[:LENGTH_OF_DAY] if release and release.as_of else ""


def plain_deck(deck: Deck, slides: Sequence[SlideData], marks: Mapping[str, str]) -> SlideData:
    text = deck.context.text
    return {
        "title": deck.file.title,
        "author": deck.file.author or text("frame.product"),
        "description": text("note.release", release=deck.context.release_label),
        "language": language_of_most_texts(text.language),
        "day": [int(part) for part in day_of(deck).split("-") if part],
        "marks": [
            {"box": plain_box(mark.box), "words": marks[mark.name],
             "ground": css_colour(mark.ground), "ink": css_colour(mark.colour)}
            for mark in MASTER_MARKS if marks[mark.name]
        ],
        "bar": plain_box(COVER_BAR),
        "colours": {
            "ink": css_colour("dk1"),
            "bar": css_colour("dk2"),
            "link": css_colour("hlink"),
            "rule": css_colour(RULE_COLOUR),
            "gap": css_colour(GAP_COLOUR),
        },
        "slides": slides,
    }  # fmt: skip


def plain_cover(words: CoverWords) -> SlideData:
    below = [sized(COVER_SUBTITLE, words.subtitle), sized(COVER_SOURCE, words.source)]
    return {"cover": True, "title": sized(COVER_TITLE, words.title), "above": [], "parts": [],
            "below": below}  # fmt: skip


def plain_slide(content: SlideContent, number: int, marks: Sequence[str]) -> SlideData:
    """In the order of reading: the finding, the goal, the content, footnotes and source."""
    words = words_of_frame(content, marks)
    source = sized(SOURCE_FRAME, words.source)
    page_number = SizedWords(str(number), NUMBER_FRAME.size)
    if words.short_link:
        source |= {"words": words.source.words + MIDDLE_DOT, "link_words": words.short_link,
                   "link": words.link if words.leads_to_site else ""}  # fmt: skip
    return {
        "cover": False,
        "title": sized(TITLE_FRAME, words.title),
        "above": [sized(GOAL_FRAME, words.goal_line)],
        "parts": [plain_part(part) for part in content.parts()],
        "below": [sized(FOOTNOTES_FRAME, words.footnotes), source,
                  sized(NUMBER_FRAME, page_number) | {"right": True}],
    }  # fmt: skip


def sized(frame: TemplateText, words: SizedWords) -> SlideData:
    return {"box": plain_box(frame.box), "words": words.words, "size": words.size,
            "bold": frame.is_bold, "ink": css_colour(frame.colour),
            "anchor": frame.anchor, "link_words": "", "link": "", "right": False}  # fmt: skip
