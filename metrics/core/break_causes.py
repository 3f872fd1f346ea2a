"""Why a sum of areas breaks, as written in its remark: `joined: ES, FR; left: CY and 2 more`."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Self

MOST_NAMES = 5
# Areas that are new in a sum, that are no longer in it, or whose own series break.
JOINED, LEFT, BROKEN = CHANGES = ("joined", "left", "broken")
WRITTEN = re.compile(
    rf"\b({'|'.join(CHANGES)}): ((?:[A-Z][A-Z0-9_]+(?:, )?)*)(?:(?: and )?(\d+) (?:more|areas?))?"
)


@dataclass(frozen=True)
class BreakCause:
    """One change of the areas behind a sum: those that are named, and how many others."""

    change: str
    areas: tuple[str, ...]
    unnamed: int = 0

    @classmethod
    def of_areas(cls, change: str, areas: Sequence[str]) -> Self:
        return cls(change, tuple(areas[:MOST_NAMES]), len(areas[MOST_NAMES:]))

    def __str__(self) -> str:
        names = ", ".join(self.areas)
        if not self.unnamed:
            return f"{self.change}: {names}"
        areas = "1 area" if self.unnamed == 1 else f"{self.unnamed} areas"
        rest = f"and {self.unnamed} more" if names else areas
        return f"{self.change}: {names} {rest}".replace(":  ", ": ")

    def counting_unnamed(self, hidden: Collection[str]) -> Self:
        """The same cause with these areas counted among the others."""
        named = tuple(area for area in self.areas if area not in hidden)
        return replace(self, areas=named, unnamed=self.unnamed + len(self.areas) - len(named))


def parse_causes(remark: str) -> list[BreakCause]:
    """The causes that a remark names, among whatever else it says."""
    return [
        BreakCause(change, tuple(filter(None, names.split(", "))), int(more or 0))
        for change, names, more in WRITTEN.findall(remark)
        if names or more
    ]


def write_causes(causes: Sequence[BreakCause], remark: str = "") -> str:
    """Add causes to a remark."""
    return "; ".join(filter(None, [remark, *map(str, causes)]))


def hide_areas(remark: str, hidden: Collection[str]) -> str:
    """The remark with these areas counted, no longer named."""
    for cause in parse_causes(remark):
        remark = remark.replace(str(cause), str(cause.counting_unnamed(hidden)))
    return remark


def drop_causes(remark: str) -> str:
    """What a remark says beside the causes of a break."""
    return WRITTEN.sub("", remark).strip("; ")
