"""The styles of an OpenDocument spreadsheet: what they make of the numbers and texts in cells."""

import operator
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple
from xml.etree.ElementTree import Element

from metrics.intake.formats.shared.container import Container
from metrics.intake.formats.shared.contrast import WHITE, are_alike
from metrics.intake.formats.shared.marked_numbers import has_no_digits, is_tiny
from metrics.intake.formats.shared.markup import element_text, local_name, xml_tree
from metrics.intake.formats.shared.number_formats import COMPARISONS, makes_another_number

STYLES_PART = "styles.xml"
TRANSPARENT = "transparent"
LENGTH = re.compile(r"(?P<number>[0-9]{1,5}(?:\.[0-9]{1,10})?)(?P<unit>mm|cm|in|pt|pc)")
POINTS_IN_UNIT = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72, "pt": 1, "pc": 12}
LEAST_HEIGHT, LEAST_WIDTH = 2, 4  # points, below which nobody reads a row or column
CONDITION = re.compile(
    r"cell-content\(\)\s*(?P<sign><=|>=|!=|<|>|=)\s*(?P<limit>-?[0-9]{1,15}(?:\.[0-9]{1,15})?)"
)
PARTS_WITH_DIGITS = {"number", "scientific-number", "fraction"}
LONGEST_LINE = 20  # of styles, each with the next one as its parent


class CellLook(NamedTuple):
    """What a style makes of a number."""

    is_struck: bool = False
    is_raised: bool = False  # or lowered, or in signs
    is_unseen: bool = False  # in the colour of its background
    is_other: bool = False  # its number format shows another number, or none

    @property
    def is_marked(self) -> bool:
        return self.is_struck or self.is_raised

    def joined_with(self, other: "CellLook") -> "CellLook":
        return CellLook(*map(operator.or_, self, other))


class ConditionalLook(NamedTuple):
    """What a style makes of numbers that meet a condition."""

    condition: str
    look: CellLook

    def may_apply(self, value: object) -> bool:
        """A condition that is not understood may always be met."""
        match = CONDITION.fullmatch(self.condition)
        if match is None:
            return True
        if not isinstance(value, float):
            return False
        return COMPARISONS[match["sign"]](value, float(match["limit"]))


class CellStyle(NamedTuple):
    """What a style makes of the cells that have it."""

    look: CellLook = CellLook()
    conditions: tuple[ConditionalLook, ...] = ()

    def look_of(self, value: object) -> CellLook:
        look = self.look
        for own in self.conditions:
            if own.may_apply(value):
                look = look.joined_with(own.look)
        return look


PLAIN = CellStyle()


@dataclass
class DocumentStyles:
    """The styles by their names, as far as they are known."""

    properties: dict[str, dict[str, str]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    other_formats: set[str] = field(default_factory=set)  # that show another number than that
    hidden: set[str] = field(default_factory=set)  # of sheets
    thin: set[str] = field(default_factory=set)  # of rows and columns that nobody sees
    resolved: dict[str, CellStyle] = field(default_factory=dict)

    @classmethod
    def read(cls, container: Container) -> "DocumentStyles":
        """The styles that the whole document shares."""
        styles = cls()
        for element in xml_tree(container, STYLES_PART).iter():
            if element.tag == "style":
                styles.add_style(element)
            elif element.tag.endswith("-style"):
                styles.add_format(element)
        return styles

    def add_style(self, style: Element) -> None:
        own = {local_name(name): text for name, text in style.items()}
        name = own.get("name", "")
        if not name:
            return
        parts = [part for part in style if local_name(part.tag) != "map"]
        found = {local_name(key): text for part in parts for key, text in part.items()}
        self.properties[name] = found | {"data-style-name": own.get("data-style-name", "")}
        self.parents[name] = own.get("parent-style-name", "")
        self.conditions[name] = [_condition_of(part) for part in style if part not in parts]
        if (displayed := own.get("display-name", name)) not in self.properties:
            # Conditional formats refer to this name: the other one is encoded.
            self.properties[displayed], self.conditions[displayed] = {}, []
            self.parents[displayed] = name
        if found.get("display") == "false":
            self.hidden.add(name)
        if any(map(_is_thin, parts)):
            self.thin.add(name)

    def add_format(self, style: Element) -> None:
        """Keep the name of a number format that shows another number, or none."""
        if local_name(style.tag) == "number-style" and _shows_another_number(style):
            names = (text for key, text in style.items() if local_name(key) == "name")
            self.other_formats.update(names)

    def of_cell(self, name: str) -> CellStyle:
        if (known := self.resolved.get(name)) is None:
            conditions = (
                ConditionalLook(condition, self.look_of_style(applied, with_format=True))
                for condition, applied in self._conditions_of(name)
            )
            effective = tuple(own for own in conditions if any(own.look))
            known = CellStyle(self.look_of_style(name), effective)
            self.resolved[name] = known if any(known.look) or effective else PLAIN
        return self.resolved[name]

    def marks(self, name: str) -> bool:
        """Whether a part of a text in this style is raised, lowered or struck through."""
        return bool(name) and self.of_cell(name).look.is_marked

    def hides(self, name: str) -> bool:
        """Whether a part of a text in this style is white or too small to be read."""
        return bool(name) and self.of_cell(name).look.is_unseen

    def look_of_style(self, name: str, *, with_format: bool = False) -> CellLook:
        """What a style makes of a number; its format is seen in the text of a cell that has it."""
        properties = self._with_inherited(name)
        shows_other = properties.get("data-style-name", "") in self.other_formats
        is_repeated = properties.get("repeat-content") == "true"
        return CellLook(
            _is_struck(properties), _is_raised(properties), _is_unseen(properties),
            is_repeated or (with_format and shows_other),
        )  # fmt: skip

    def _line_of(self, name: str) -> list[str]:
        """A style and those from which it inherits."""
        line: list[str] = []
        while name in self.properties and name not in line and len(line) < LONGEST_LINE:
            line.append(name)
            name = self.parents[name]
        return line

    def _with_inherited(self, name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for own in reversed(self._line_of(name)):
            found |= {key: text for key, text in self.properties[own].items() if text}
        return found

    def _conditions_of(self, name: str) -> Iterable[tuple[str, str]]:
        return next(filter(None, (self.conditions[own] for own in self._line_of(name))), [])


def _condition_of(part: Element) -> tuple[str, str]:
    own = {local_name(name): text for name, text in part.items()}
    return own.get("condition", ""), own.get("apply-style-name", "")


def _shows_another_number(style: Element) -> bool:
    parts = [part for part in style if local_name(part.tag) in PARTS_WITH_DIGITS]
    factors = (
        text for part in parts for key, text in part.items() if local_name(key) == "display-factor"
    )
    texts = (element_text(part) for part in style if local_name(part.tag) == "text")
    return not parts or any(factor != "1" for factor in factors) or makes_another_number(
        "".join(texts), 1
    )  # fmt: skip


def _is_struck(properties: dict[str, str]) -> bool:
    lines = {properties.get(f"text-line-through-{kind}") for kind in ("style", "type")}
    return lines != {None} and "none" not in lines


def _is_raised(properties: dict[str, str]) -> bool:
    position = properties.get("text-position", "0%").split()
    fonts = (properties.get("font-name", ""), properties.get("font-family", ""))
    return position[:1] not in (["0%"], ["0"], []) or any(map(has_no_digits, fonts))


def _is_unseen(properties: dict[str, str]) -> bool:
    """Whether a style of cells writes in the colour of their background, or too small to read."""
    if is_tiny(properties.get("font-size", "").removesuffix("pt")):
        return True
    if properties.get("use-window-font-color") == "true":
        return False
    colour, background = (
        properties.get(name, TRANSPARENT).lower().removeprefix("#")
        for name in ("color", "background-color")
    )
    return are_alike(colour, WHITE if background == TRANSPARENT else background)


def _is_thin(properties: Element) -> bool:
    """Whether a row or column is too low or narrow to be read."""
    own = {local_name(name): text for name, text in properties.items()}
    height, width = own.get("row-height", ""), own.get("column-width", "")
    return _points_of(height) < LEAST_HEIGHT or _points_of(width) < LEAST_WIDTH


def _points_of(length: str) -> float:
    """A length in points; infinite if none is given."""
    match = LENGTH.fullmatch(length)
    return float(match["number"]) * POINTS_IN_UNIT[match["unit"]] if match else inf
