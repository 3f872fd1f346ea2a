"""Workbook layouts: written for the submitter, and read back by the words of their headings."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from metrics.catalogue.codelists import folded
from metrics.catalogue.definitions import Collection, Framework, Goal, Indicator, Round
from metrics.core.discover import discover, yaml_files, yaml_of

if TYPE_CHECKING:
    import pandas as pd

# What our workbooks say of themselves: on a hidden sheet of this name, as properties, as names.
STAMP = "empact"
# The sheet on which a workbook that was checked comes back with its findings.
FINDINGS = "empact findings"
STAMPED = (
    "template", "template_version", "catalogue", "collection", "area", "round", "language",
)  # fmt: skip

SYNONYMS = "synonyms.yaml"

Sections = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class TemplateRequest:
    """What one workbook asks for: of whom, about when, and in which language."""

    collection: Collection
    area: str
    round: Round
    indicators: Mapping[str, Indicator]
    goals: Mapping[str, Goal]
    frameworks: Mapping[str, Framework]
    catalogue_version: str
    language: str = "en"
    previous: "pd.DataFrame | None" = None  # accepted observations of earlier periods
    actions: "pd.DataFrame | None" = None  # accepted actions of the state, to be followed up

    @property
    def periods(self) -> tuple[str, ...]:
        """The round's periods; one that asks for any period asks for its own year first."""
        return tuple(str(each) for each in self.round.periods) or (self.round.code,)


@dataclass(frozen=True)
class Template:
    """How one kind of workbook is laid out. What `older` versions wrote is still read."""

    name: str
    version: str
    write: Callable[[TemplateRequest], bytes]
    older: tuple[str, ...] = ()


@cache
def templates() -> dict[str, Template]:
    return {each.name: each for each in discover(sys.modules[__name__], Template)}


@cache
def languages() -> tuple[str, ...]:
    """Those in which a workbook can be written: English first, as the others fall back on it."""
    names = {name.removesuffix(".yaml") for name in yaml_files(__name__) if name != SYNONYMS}
    return ("en", *sorted(names - {"en"}))


@cache
def words(language: str) -> Sections:
    """The fixed words of a workbook, by section; what a language lacks stays in English."""
    english = yaml_of(__name__, "en.yaml")
    own = yaml_of(__name__, f"{language}.yaml") if language in languages() else {}
    return {section: {**named, **own.get(section, {})} for section, named in english.items()}


@cache
def headings(section: str) -> dict[str, str]:
    """What a heading may say, folded, in any language, and the column or label that it names."""
    written = [words(language)[section] for language in languages()]
    found = {folded(text): name for named in written for name, text in named.items()}
    also = _synonyms().get(section, {})
    return {folded(text): name for name, texts in also.items() for text in (name, *texts)} | found


def fixed_texts() -> Iterator[str]:
    """Every text that a workbook of ours carries, so that its reader knows it for no remark."""
    for language in languages():
        for named in words(language).values():
            yield from named.values()


@cache
def _synonyms() -> dict[str, dict[str, list[str]]]:
    return yaml_of(__name__, SYNONYMS)
