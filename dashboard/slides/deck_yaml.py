"""The YAML of a deck: read without what only an attack needs, and written as a person would."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import yaml

from metrics.core.errors import KeyedText, SubmissionError

DECK_SUFFIX = ".yaml"
LARGEST_FILE = 200_000  # bytes
NOTHING = "tag:yaml.org,2002:null"
DEEPEST = 10  # lists and mappings within one another; a deck has four
KILOBYTE = 1000
OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)

Location: TypeAlias = tuple[int | str, ...]  # the steps to a part: `slides`, 3, `title`


@dataclass(frozen=True)
class YamlFile:
    """What a file says, and its nodes, which know their lines."""

    values: Mapping[str, Any]
    node: yaml.Node

    @cached_property
    def lines(self) -> Mapping[Location, int]:
        """The line of every field and entry."""
        return {(): first_line(self.node), **dict(lines_below(self.node))}

    def line_of(self, location: Sequence[int | str]) -> int:
        """The line of a field, or of what should hold it."""
        steps = tuple(location)
        while steps not in self.lines:
            steps = steps[:-1]
        return self.lines[steps]

    def faults(self) -> Iterator[KeyedText]:
        """Fields that are written twice, of which a reader would see only the last."""
        yield from repeated_fields(self.node)


def read_yaml(content: bytes, name: str) -> YamlFile:
    """SubmissionError for what is no YAML, no deck, or larger and deeper than any deck."""
    if len(content) > LARGEST_FILE:
        raise SubmissionError("deck_too_large", file=name, most=LARGEST_FILE // KILOBYTE)
    try:
        written = content.decode("utf-8-sig")
        refuse_unusual(written, name)
        node = yaml.compose(written, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise unreadable(error, name) from error
    if node is None:
        raise SubmissionError("deck_empty", file=name)
    if not isinstance(node, yaml.MappingNode):
        raise SubmissionError("deck_no_fields", file=name)
    return YamlFile(words_of(node), node)


def refuse_unusual(written: str, name: str) -> None:
    """Refuse references, which a few lines can make into millions, and depth, before it is read."""
    depth = 0
    for event in yaml.parse(written, Loader=yaml.CSafeLoader):
        depth += isinstance(event, OPENING) - isinstance(event, CLOSING)
        if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
            key = "deck_deep" if depth > DEEPEST else "deck_reference"
            raise SubmissionError(key, file=name, line=first_line(event))


def first_line(part: Any) -> int:  # noqa: ANN401 - a node or an event, which always have a mark
    return int(part.start_mark.line) + 1


def unreadable(error: Exception, name: str) -> SubmissionError:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    return SubmissionError("deck_not_yaml", file=name, line=line)


def words_of(node: yaml.Node) -> Any:  # noqa: ANN401 - whatever a person wrote
    """A number, a date or a yes is meant as written: `title: 2025` is the title “2025”."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): words_of(part) for key, part in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [words_of(part) for part in node.value]
    return "" if node.tag == NOTHING else str(node.value)


def lines_below(node: yaml.Node, location: Location = ()) -> Iterator[tuple[Location, int]]:
    for name, line, part in children_of(node):
        yield (*location, name), line
        yield from lines_below(part, (*location, name))


def children_of(node: yaml.Node) -> Iterator[tuple[int | str, int, yaml.Node]]:
    """The name or number of each part of a node, its line, and the part."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value), first_line(key), value
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            yield at, first_line(value), value


def repeated_fields(node: yaml.Node) -> Iterator[KeyedText]:
    named = set()
    for name, line, part in children_of(node):
        if name in named:
            yield KeyedText.filled("deck_field_twice", line=line, field=str(name))
        named.add(name)
        yield from repeated_fields(part)


class DeckDumper(yaml.SafeDumper):
    """Writes a text of several lines as lines."""


def represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    is_plain_block = "\n" in text and text == text.strip()
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if is_plain_block else None
    )


DeckDumper.add_representer(str, represent_text)


def write_yaml(values: Mapping[str, Any]) -> bytes:
    written = yaml.dump(
        values, Dumper=DeckDumper, allow_unicode=True, sort_keys=False, width=LARGEST_FILE
    )
    return written.encode()
