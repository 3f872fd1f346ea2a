"""The words around the middle of a slide, in the sizes in which they fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts.arial_widths import arial_lines, arial_width
from dashboard.charts.typefaces import measured_as_heading
from dashboard.slides.content import Footnote, SlideContent
from dashboard.slides.default_layout import TemplateText
from dashboard.slides.paragraphs import keep_numbers_together
from dashboard.slides.tables import cut_to_fit
from dashboard.wording.series_facts import MIDDLE_DOT
from metrics.messages.language_marks import split_marked, unmarked

TITLE_SIZES = (28, 26, 24, 22, 20)
TITLE_WIDTH, TITLE_LINES = 888.0, 2
FOOTNOTE_SIZES = ((14, 2), (13, 2), (12, 3))  # points, and lines that fit in the frame
FOOTNOTE_WIDTH = 884.0
GOAL_SIZES = (16, 15, 14, 13, 12)
GOAL_WIDTH = 496.0
SOURCE_SIZE, SOURCE_WIDTH = 12, 816.0
FORMS_OF_A_SENTENCE = 2  # in full, and shorter or not at all; an explanation has more


@dataclass(frozen=True)
class SizedWords:
    words: str
    size: int


def words_in_size(words: str, frame: TemplateText) -> SizedWords:
    """In that of the template, where words are not measured."""
    return SizedWords(words, round(frame.size))


@dataclass(frozen=True)
class FrameWords:
    """What is around the middle of a slide."""

    title: SizedWords
    goal_line: SizedWords
    footnotes: SizedWords
    source: str  # marks, source, release and day
    short_link: str
    link: str

    @property
    def leads_to_site(self) -> bool:
        """Whether the deck names the address of the site, without which no link can be opened."""
        return self.link.startswith(("http://", "https://"))


def words_of_frame(content: SlideContent, marks: Sequence[str]) -> FrameWords:
    source, short = fitted_source(content, marks)
    return FrameWords(
        fitted_title(content.title),
        fitted_goal_line(content.goal_line),
        fitted_footnotes(content.footnotes, content.more),
        source,
        short,
        content.link,
    )


def fitted_title(words: str) -> SizedWords:
    """In two lines: the size of the template, or the largest that fits."""
    title = keep_numbers_together(words)
    with measured_as_heading():
        lines_at = {size: arial_lines(title, TITLE_WIDTH, size, is_bold=True)
                    for size in TITLE_SIZES}  # fmt: skip
    fitting = [size for size, lines in lines_at.items() if len(lines) <= TITLE_LINES]
    return SizedWords(title, fitting[0] if fitting else TITLE_SIZES[-1])


def fitted_goal_line(words: str) -> SizedWords:
    """In one line; in the smallest type the longest part, such as a framework, is cut."""
    fitting = (size for size in GOAL_SIZES if arial_width(words, size) <= GOAL_WIDTH)
    size = next(fitting, None)
    return SizedWords(words, size) if size else SizedWords(cut_goal_line(words), GOAL_SIZES[-1])


def cut_goal_line(words: str) -> str:
    parts = split_marked(words, MIDDLE_DOT)
    longest = parts.index(max(parts, key=lambda part: len(unmarked(part))))

    def line_with(part: str) -> str:
        return MIDDLE_DOT.join([*parts[:longest], part, *parts[longest + 1 :]])

    def fits(part: str) -> bool:
        return arial_width(line_with(part), GOAL_SIZES[-1]) <= GOAL_WIDTH

    return line_with(cut_to_fit(parts[longest], fits))


def fitted_footnotes(footnotes: Sequence[Footnote | str], more: str = "") -> SizedWords:
    """What must be said in its shortest form, then as much of the rest as there is room for.

    Where something is shortened or left out, `more` says at the end that the notes have it.
    """
    forms = [forms_of(note) for note in footnotes if note]
    chosen = [len(own) - 1 for own in forms]
    for at in in_order_of_extension(forms):
        for form in range(chosen[at]):
            extended = [*chosen[:at], form, *chosen[at + 1 :]]
            if size_of_footnotes(joined_forms(forms, extended, more)):
                chosen = extended
                break
    words = joined_forms(forms, chosen, more)
    return SizedWords(words, size_of_footnotes(words) or FOOTNOTE_SIZES[-1][0])


def forms_of(note: Footnote | str) -> tuple[str, ...]:
    """The longest first; of words without which a slide can be read, the last says nothing."""
    forms = (note, "") if isinstance(note, str) else (note.words, *note.shorter)
    return tuple(map(keep_numbers_together, forms))


def in_order_of_extension(forms: Sequence[tuple[str, ...]]) -> Iterator[int]:
    """First sentences, such as a caveat; then explanations of breaks, which are long."""
    yield from (at for at, own in enumerate(forms) if len(own) <= FORMS_OF_A_SENTENCE)
    yield from (at for at, own in enumerate(forms) if len(own) > FORMS_OF_A_SENTENCE)


def joined_forms(forms: Sequence[tuple[str, ...]], chosen: Sequence[int], more: str) -> str:
    words = [own[form] for own, form in zip(forms, chosen, strict=True)]
    ending = more if any(chosen) else ""
    return " ".join(filter(None, [*words, ending]))


def size_of_footnotes(words: str) -> int:
    """The largest in which the words fit; 0 where they fit in none."""
    fitting = (size for size, most in FOOTNOTE_SIZES
               if len(arial_lines(words, FOOTNOTE_WIDTH, size)) <= most)  # fmt: skip
    return next(fitting, 0)


def fitted_source(content: SlideContent, marks: Sequence[str]) -> tuple[str, str]:
    """Marks, source, release and day; and the short link, in the longest form that fits."""
    own = [mark for mark in marks if not any(part.endswith(mark) for part in content.source)]
    for parts, link in forms_of_source(content):
        source = MIDDLE_DOT.join([*own, *parts])
        if arial_width(MIDDLE_DOT.join(filter(None, [source, link])), SOURCE_SIZE) <= SOURCE_WIDTH:
            break
    return source, link


def forms_of_source(content: SlideContent) -> Iterator[tuple[Sequence[str], str]]:
    """The words without the release where the link names it; then the link without its choices.

    The link behind it has them all. Without any room the day is left out, then the release.
    """
    source, link = content.source, content.short_path
    release = link.rpartition("release=")[2]
    yield source, link
    if release:
        yield [part for part in source if not part.endswith(release)], link
    choices = link.partition("collection=")[0].rstrip("?&")
    yield from ((kept, choices) for kept in (source, source[:-1]))
    page = link.partition("?")[0]
    for kept in range(len(source), 0, -1):
        yield source[:kept], page
    yield (), page
