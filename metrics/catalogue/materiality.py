"""The smallest change on which a verdict may rest: declared in `materiality.yaml`."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import Field

from metrics.catalogue.definitions.base import Definition
from metrics.catalogue.definitions.indicators import Kind
from metrics.core.discover import read_definition


class PublishedSource(Definition):
    """A publication that states a threshold, in our words, and its address."""

    document: str = Field(min_length=1)
    address: str = Field(pattern=r"^https?://\S+$")
    publisher: str = ""  # if the document does not begin with it

    @property
    def name(self) -> str:
        """The publisher of the page at the address: `Eustat`."""
        return self.publisher or self.document.partition(",")[0]


class GrowthFloor(Definition):
    """The growth, in per cent, below which no figure counts as changed."""

    percent: float = Field(gt=0)
    sources: tuple[PublishedSource, ...] = Field(min_length=1)


class MaterialityRule(Definition):
    """What a change of one kind of figure must exceed; zero where a term does not apply."""

    code: str
    kinds: tuple[Kind, ...] = Field(min_length=1)
    units: tuple[str, ...] = ()  # these only; without them, the units that no other rule names
    smallest_change: float = Field(default=0, ge=0)  # in the unit; for shares percentage points
    varies_as: Literal["count", "share", "rate"] | None = None  # how chance makes it vary
    standard_errors: float = Field(default=0, ge=0)  # of that variation
    from_bands: bool = False  # estimated within bands: by the width of those at both ends
    limit: float | None = None  # natural limit, near which the floors are scaled
    multiples: Mapping[str, float] = Field(default_factory=dict)  # cases that one unit stands for
    sources: tuple[PublishedSource, ...] = ()
    our_choice: str = ""  # what no publication states, and why it is so


class Materiality(Definition):
    """All thresholds of materiality."""

    yearly_floor: GrowthFloor  # of the growth a year
    overall_floor: GrowthFloor  # of the whole change
    fewest_years: int = Field(ge=2)  # values needed where the baseline had to be moved
    smallest_base: float = Field(gt=0)  # cases at either end; of fewer, no percentage is printed
    rules: tuple[MaterialityRule, ...]

    def rules_for(self, kind: Kind, unit: str) -> list[MaterialityRule]:
        """The rules that apply to a kind of figure: those that name its unit, or else the others.

        A correct file has one; there is none for steps of milestones, which have no threshold.
        """
        applying = [rule for rule in self.rules if kind in rule.kinds]
        naming = [rule for rule in applying if unit in rule.units]
        return naming or [rule for rule in applying if not rule.units]

    @property
    def sources(self) -> tuple[PublishedSource, ...]:
        """The sources of all thresholds."""
        of_rules = (source for rule in self.rules for source in rule.sources)
        return (*self.yearly_floor.sources, *self.overall_floor.sources, *of_rules)


@cache
def materiality() -> Materiality:
    return read_definition("metrics.catalogue", "materiality.yaml", Materiality)


@cache
def names_of_sources() -> Mapping[str, str]:
    """Address → the publisher of the threshold that is stated there."""
    return {source.address: source.name for source in materiality().sources}
