"""Goals: what was agreed, in its own words, and how it is followed up."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property

from pydantic import Field, model_validator

from metrics.catalogue.definitions.base import CatalogueEntry, Source, Words
from metrics.catalogue.definitions.targets import SeriesKey, Target
from metrics.messages import ENGLISH

MOST_LETTERS = 28  # of a short name, in every language


class Goal(CatalogueEntry):
    """What was politically agreed, in its own words, and how it is followed up."""

    folder = "goals"

    framework: str
    policy_target: str | None = None
    order: int
    name: Words
    short_name: Words  # for a column of the scoreboard
    wording: Words
    official: tuple[str, ...] = ("en",)  # languages of the official wording; others summarise
    # Slips of spelling in the text as it was transcribed, by language, with the correction.
    corrected: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    note: Words | None = None  # what a reader must know of the wording or of who is bound
    source: Source
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    indicators: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    headline: str | None = None  # id of the target whose official verdict is the goal's status
    headline_why: str = ""  # one sentence, for the table in docs
    actions: bool = False  # states declare actions under it

    @model_validator(mode="before")
    @classmethod
    def inherit_fields_of_goal(cls, written: object) -> object:
        """Let targets without source or validity inherit those of their goal."""
        if not isinstance(written, dict) or not isinstance(written.get("targets"), list):
            return written
        own = {
            name: written[name] for name in ("source", "valid_from", "valid_to") if name in written
        }
        targets = [
            own | target if isinstance(target, dict) else target for target in written["targets"]
        ]
        return written | {"targets": targets}

    def keyed_words(self, key: str) -> Iterator[tuple[str, Words]]:
        """Its texts; an official English wording is quoted, and a summary translated."""
        quoted = f"{key}/wording" if ENGLISH in self.official else ""
        return (pair for pair in super().keyed_words(key) if pair[0] != quoted)

    def coded_name(self, language: str) -> str:
        """`GA-1.1 Victims identified, ICSE`: its code and its short name."""
        return f"{self.code} {self.short_name(language)}"

    @cached_property
    def headline_targets(self) -> tuple[str, ...]:
        """The ids of all targets on the headline series: for one State, and for the Union."""
        ids = [target.id for target in self.targets if target.series in self.headline_series]
        return tuple(dict.fromkeys(ids))

    @cached_property
    def headline_series(self) -> frozenset[SeriesKey]:
        """The indicator and the breakdown codes of the headline; empty for a goal without one."""
        return frozenset(target.series for target in self.targets if target.id == self.headline)
