"""Collections: rounds, and the policy of disclosure control."""

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from metrics.catalogue.definitions.base import CatalogueEntry, Definition, Period, Words
from metrics.core.definition_errors import InvalidDefinitionError
from metrics.core.errors import KeyedText


class Round(Definition):
    """One collection exercise: the periods that it asks for, and its due date."""

    code: str
    periods: tuple[Period, ...] = ()  # empty: any period up to the round's own
    opens: dt.date
    due: dt.date


class Dominance(Definition):
    """The (n,k) rule: the n largest contributors must not make up more than k per cent."""

    n: int = Field(ge=1)
    k: float = Field(gt=0, le=100)


SUPPRESSES_ONLY_ONES = 2  # the minimum frequency that suppresses only ones


class DisclosurePolicy(Definition):
    """What may be shown. Counts of people below the minimum are suppressed."""

    minimum_frequency: int = Field(ge=1)
    zeros_confidential: bool = False
    # A value that its sender keeps confidential is the work of one contributor: nobody may learn
    # it to within p per cent, nor to within what (n,k) asks for.
    p_percent: float | None = Field(default=None, gt=0)
    dominance: Dominance | None = None
    method: Literal["suppression", "rounding"] = "suppression"
    # For method: rounding. A multiple of 2 above and one below would together be the count.
    rounding_base: int = Field(default=5, ge=3)

    @model_validator(mode="after")
    def refuse_recognisable_ones(self) -> Self:
        if self.minimum_frequency == SUPPRESSES_ONLY_ONES and not self.zeros_confidential:
            raise InvalidDefinitionError(KeyedText("withholds_only_ones"))
        return self


class Collection(CatalogueEntry):
    """One reporting exercise with its own submissions, calendar, policy and releases."""

    folder = "collections"

    name: Words
    note: Words
    nature: Literal["official", "published", "invented"]
    areas: Literal["member_states", "any"]
    template: str  # of its workbook: a folder of `metrics.intake.templates`
    # What it asks for. Empty: all frameworks that no other collection names.
    frameworks: tuple[str, ...] = ()
    rounds: tuple[Round, ...]
    # Where rounds name no periods: how many years before a release a figure is still current.
    current_for_years: int = Field(default=2, ge=1)
    disclosure: DisclosurePolicy

    @property
    def round_codes(self) -> list[str]:
        """The codes of its rounds, the earliest first."""
        return [round_.code for round_ in self.rounds]
