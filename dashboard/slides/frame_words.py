"""The words around the middle of a slide, in the sizes in which they fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.slides.content import Footnote, SlideContent
from dashboard.slides.paragraphs import keep_numbers_together
from dashboard.slides.tables import cut_to_fit
from dashboard.slides.text_frames import USUAL_FRAMES, SlideFrames, TextFrame
from dashboard.wording.series_facts import MIDDLE_DOT
from metrics.messages.language_marks import split_marked, unmarked

FORMS_OF_A_SENTENCE = 2  # in full, and shorter or not at all; an explanation has more


@dataclass(frozen=True)
class SizedWords:
    words: str
    size: float
    fits: bool = True  # in the frame, in this size


def sized_words(words: str, frame: TextFrame) -> SizedWords:
    """In the largest type that fits, or else in the smallest."""
    size = frame.largest_size(words)
    return SizedWords(words, size or frame.least, fits=bool(size))


@dataclass(frozen=True)
class FrameWords:
    """What is around the middle of a slide."""

    title: SizedWords
    goal_line: SizedWords
    footnotes: SizedWords
    source: SizedWords  # marks, source, release and day; with the short link
    short_link: str
    link: str

    @property
    def leads_to_site(self) -> bool:
        """Whether the deck names the address of the site, without which no link can be opened."""
        return self.link.startswith(("http://", "https://"))


def words_of_frame(
    content: SlideContent, marks: Sequence[str], frames: SlideFrames = USUAL_FRAMES
) -> FrameWords:
    source, short = fitted_source(content, marks, frames.source)
    return FrameWords(
        sized_words(keep_numbers_together(content.title), frames.title),
        fitted_goal_line(content.goal_line, frames.goal_line),
        fitted_footnotes(content.footnotes, content.more, frames.footnotes),
        source,
        short,
        content.link,
    )


def fitted_goal_line(words: str, frame: TextFrame) -> SizedWords:
    """In one line; in the smallest type the longest part, such as a framework, is cut."""
    sized = sized_words(words, frame)
    return sized if sized.fits else sized_words(cut_goal_line(words, frame), frame)


def cut_goal_line(words: str, frame: TextFrame) -> str:
    parts = split_marked(words, MIDDLE_DOT)
    longest = parts.index(max(parts, key=lambda part: len(unmarked(part))))

    def line_with(part: str) -> str:
        return MIDDLE_DOT.join([*parts[:longest], part, *parts[longest + 1 :]])

    return line_with(
        cut_to_fit(parts[longest], lambda part: frame.holds(line_with(part), frame.least))
    )


def fitted_footnotes(
    footnotes: Sequence[Footnote | str], more: str = "", frame: TextFrame = USUAL_FRAMES.footnotes
) -> SizedWords:
    """What must be said in its shortest form, then as much of the rest as there is room for.

    Where something is shortened or left out, `more` says at the end that the notes have it.
    """
    forms = [forms_of(note) for note in footnotes if note]
    chosen = [len(own) - 1 for own in forms]
    for at in in_order_of_extension(forms):
        for form in range(chosen[at]):
            extended = [*chosen[:at], form, *chosen[at + 1 :]]
            if frame.largest_size(joined_forms(forms, extended, more)):
                chosen = extended
                break
    return sized_words(joined_forms(forms, chosen, more), frame)


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


def fitted_source(
    content: SlideContent, marks: Sequence[str], frame: TextFrame
) -> tuple[SizedWords, str]:
    """Marks, source, release and day; and the short link, in the longest form that fits."""
    own = [mark for mark in marks if not any(part.endswith(mark) for part in content.source)]
    for parts, link in forms_of_source(content):
        source = MIDDLE_DOT.join([*own, *parts])
        sized = sized_words(MIDDLE_DOT.join(filter(None, [source, link])), frame)
        if sized.fits:
            break
    return replace(sized, words=source), link


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
