"""Declared relations between invented indicators: so much of one per unit of another."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.discover import read_yaml
from metrics.core.series import parse_series

# A part of another indicator, or what its cases become: from how much of it to how much.
SMALLEST_PART, LARGEST_PART = 0.4, 0.98
CHILDREN = "CHILDREN"  # in place of a series: 1,000 children who live in the State


class FigureRelation(NamedTuple):
    """A total lies between `lowest` and `highest` per unit of another series or of `CHILDREN`."""

    per: str
    lowest: float
    highest: float

    @property
    def indicator(self) -> str:
        return parse_series(self.per).indicator


@cache
def declared_relations() -> Mapping[str, FigureRelation]:
    """Indicator → its relation, as the file beside this module declares it."""
    return {
        code: FigureRelation(str(row["per"]), float(row["from"]), float(row["to"]))
        for code, row in read_yaml(__package__, "relations.yaml").items()
    }


def relation_of(indicator: Indicator) -> FigureRelation | None:
    """The relation that is declared here or follows from the catalogue; None without one."""
    whole = indicator.parts_of or indicator.follows
    if whole:
        return FigureRelation(whole, SMALLEST_PART, LARGEST_PART)
    return declared_relations().get(indicator.code)
