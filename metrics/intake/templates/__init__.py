"""Workbook layouts: written for the submitter, and read back by the words of their headings.

Each folder is one layout. Its `__init__` declares name and version, for which readers of workbooks
ask, and imports the modules that write only when a workbook is written. A collection names its
layout (`template:` in its YAML file). Whether there is such a layout is checked here, not in
`metrics.catalogue.checks`: the catalogue is a layer below and knows no layouts.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.codelists import fold_text
from metrics.catalogue.definitions import Collection, Framework, Goal, Indicator, Round
from metrics.core.discover import discover, read_yaml
from metrics.core.errors import DefinitionError
from metrics.messages import languages, messages

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
        return tuple(map(str, self.round.periods)) or (self.round.code,)


@dataclass(frozen=True)
class Template:
    """One layout, named after its folder. What `older` versions wrote is still read."""

    name: str
    version: str
    write: Callable[[TemplateRequest], bytes]
    older: tuple[str, ...] = ()


@cache
def templates() -> dict[str, Template]:
    """Every layout by its name. A new one changes nothing until a collection names it."""
    found = discover(sys.modules[__name__], Template)
    names = [template.name for template in found]
    if twice := [*DefinitionLocation("templates/").twice("name", names)]:
        raise DefinitionError("\n".join(twice))
    return dict(zip(names, found, strict=True))


def check_templates(collections: Iterable[Collection]) -> None:
    """Raise DefinitionError if a collection names a layout that does not exist."""
    wrong = [
        line
        for collection in collections
        for line in DefinitionLocation(f"collections/{collection.code}.yaml").unknown(
            "template", [collection.template], templates(), "a template"
        )
    ]
    if wrong:
        raise DefinitionError("\n".join(wrong))


def template_of(collection: Collection) -> Template:
    """The layout that a collection names; DefinitionError if it does not exist."""
    check_templates([collection])
    return templates()[collection.template]


def words(language: str) -> Sections:
    """The fixed words of a workbook, by section; what a language lacks stays in English."""
    return messages(language, "workbook")


@cache
def headings(section: str) -> dict[str, str]:
    """What a heading may say, folded, in any language, and the column or label that it names."""
    written = [words(language)[section] for language in languages()]
    found = {fold_text(text): name for named in written for name, text in named.items()}
    also = _synonyms().get(section, {})
    return {
        fold_text(text): name for name, texts in also.items() for text in (name, *texts)
    } | found


def fixed_texts() -> Iterator[str]:
    """Every text that a workbook of ours carries, so that its reader knows it for no remark."""
    for language in languages():
        for named in words(language).values():
            yield from named.values()


@cache
def _synonyms() -> dict[str, dict[str, list[str]]]:
    return read_yaml(__name__, SYNONYMS)
