"""The file of a deck: a list of links, as a person writes it."""

from collections.abc import Iterator, Sequence
from typing import Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from metrics.core.errors import KeyedText, SubmissionError
from metrics.core.nearest import nearest_name
from metrics.messages import languages

CURRENT_RELEASE = "current"
LONGEST_TITLE = 150  # characters that two lines hold, set a little smaller
LARGEST_FILE = 200_000  # bytes
MOST_SLIDES = 100


class DeckPart(BaseModel):
    """Read from a file that a person wrote; an unknown field is a spelling mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class DeckSlide(DeckPart):
    """A link, or a text of one's own."""

    link: str = ""
    kind: str = Field("", alias="as")  # else it follows from the link
    title: str = Field("", max_length=LONGEST_TITLE)  # one's own words in place of the finding
    notes: str = ""  # added to the calculation, never instead of it
    text: str = Field("", max_length=LONGEST_TITLE)  # the title of a slide without a link
    body: tuple[str, ...] = ()

    @model_validator(mode="after")
    def has_one_subject(self) -> Self:
        if bool(self.link) == bool(self.text):
            raise ValueError("needs a link or a text, and not both")
        return self


class DeckFile(DeckPart):
    title: str = Field(max_length=LONGEST_TITLE)
    subtitle: str = ""
    language: str = ""
    collection: str = ""
    release: str = CURRENT_RELEASE
    marking: str = Field("", max_length=24)  # such as LIMITE
    template: str = ""
    address: str = ""  # of the site, before the links that slides print
    slides: tuple[DeckSlide, ...] = Field(min_length=1, max_length=MOST_SLIDES)

    @model_validator(mode="after")
    def is_in_a_known_language(self) -> Self:
        if self.language and self.language not in languages():
            raise ValueError(f"language: there are {', '.join(languages())}")
        return self


def read_deck_file(content: bytes, name: str) -> DeckFile:
    """SubmissionError lists each fault with its line, what is expected, and the nearest name."""
    try:
        written = content[: LARGEST_FILE + 1].decode("utf-8-sig")
        node = yaml.compose(written, Loader=yaml.CSafeLoader)
        values = yaml.safe_load(written)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise unreadable(error, name) from error
    if not isinstance(values, dict) or len(content) > LARGEST_FILE:
        raise SubmissionError("deck_no_fields", file=name)
    try:
        return DeckFile.model_validate(as_words(values))
    except ValidationError as wrong:
        faults = [fault_text(error, node) for error in wrong.errors()]
        raise SubmissionError("deck_wrong", file=name, faults=joined_faults(faults)) from wrong


def unreadable(error: Exception, name: str) -> SubmissionError:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    return SubmissionError("deck_not_yaml", file=name, line=line)


def as_words(value: Any) -> Any:  # noqa: ANN401 - whatever a person wrote
    """A number, a date or a yes is meant as written: `title: 2025` is the title “2025”."""
    if isinstance(value, dict):
        return {str(key): as_words(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_words(part) for part in value]
    return "" if value is None else str(value)


def joined_faults(faults: Sequence[KeyedText]) -> KeyedText:
    """All faults in one text, each on a line of its own."""
    first, *others = faults
    if not others:
        return first
    return KeyedText.filled("deck_faults", first=first, others=joined_faults(others))


def fault_text(error: Any, node: yaml.Node | None) -> KeyedText:  # noqa: ANN401 - pydantic's own
    """`line 7: “tilte” is not a field here; did you mean “title”?`"""
    location: tuple[int | str, ...] = error["loc"]
    line, field = line_of(node, location), str(location[-1]) if location else ""
    match error["type"]:
        case "missing":
            return KeyedText.filled("deck_field_missing", line=line, field=field)
        case "extra_forbidden":
            return unknown_field(line, field, location)
        case "string_too_long" | "too_long" | "too_short":
            return wrong_length(error, line, field)
        case "value_error":
            return broken_rule(line, location)
    return KeyedText.filled("deck_field_wrong", line=line, field=field)


def wrong_length(error: Any, line: int, field: str) -> KeyedText:  # noqa: ANN401
    if error["type"] == "string_too_long":
        most = error["ctx"]["max_length"]
        return KeyedText.filled("deck_too_long", line=line, field=field, most=most)
    return KeyedText.filled("deck_slide_count", line=line, most=MOST_SLIDES)


def broken_rule(line: int, location: Sequence[int | str]) -> KeyedText:
    """A rule on a whole slide, or on the whole file."""
    if location:
        return KeyedText.filled("deck_one_subject", line=line)
    return KeyedText.filled("deck_language", line=line, known=", ".join(languages()))


def unknown_field(line: int, field: str, location: Sequence[int | str]) -> KeyedText:
    model = DeckSlide if "slides" in location else DeckFile
    known = [part.alias or name for name, part in model.model_fields.items()]
    if meant := nearest_name(field, known):
        return KeyedText.filled("deck_field_meant", line=line, field=field, meant=meant)
    listed = ", ".join(known)
    return KeyedText.filled("deck_field_unknown", line=line, field=field, known=listed)


def line_of(node: yaml.Node | None, location: Sequence[int | str]) -> int:
    """The line of a field, or of what should hold it."""
    line = node.start_mark.line + 1 if node is not None else 1
    for step in location:
        found = next((pair for pair in children_of(node) if pair[0] == step), None)
        if found is None:
            break
        _, line, node = found
    return line


def children_of(node: yaml.Node | None) -> Iterator[tuple[int | str, int, yaml.Node]]:
    """The name or number of each part of a node, its line, and the part."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value), key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            yield at, value.start_mark.line + 1, value


EXAMPLE = """\
# A deck: a list of links of the dashboard, each of which becomes a slide.
# Build it:            empact deck {name} -o talk.pptx
# With newer figures:  empact deck {name} --current -o talk.pptx
title: "Commitments against the sexual abuse of children: where the Member States stand"
language: {language}            # en, fi or el
collection: {collection}   # {collections}
release: current        # or the label of a release, which pins the figures
# marking: LIMITE       # on every slide
# template: own.pptx    # colours and layouts of your administration
# address: https://metrics.example.eu   # before the links that slides print
slides:
  - link: /?framework=GA2012
  - link: /goal?goal=GA-1.1
    notes: Added to the notes, after the calculation.
  - link: /goal?goal=GA-1.1&view=states
  - link: /goal?goal=GA-1.1&view=states
    as: multiples
  - link: /?framework=GA2012
    as: matrix
  - link: /state?area=FI
  - link: /report
  - text: Points for discussion
    body:
      - Which States need support to report?
      - What would bring the path back into reach?
  - link: /about
"""
