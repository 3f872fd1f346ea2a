"""Workbook layouts: written for submitters, and read back by the words of their headings.

Each folder is one layout. Its `__init__` declares name and version, which readers of workbooks
need. It imports the modules that write only when a workbook is written. A collection names its
layout (`template:` in its YAML file). Whether there is such a layout is checked here, not in
`metrics.catalogue.checks`: the catalogue is a layer below and knows no layouts.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.codelists import fold_spelling
from metrics.catalogue.definitions.collections import Collection, Round
from metrics.catalogue.definitions.frameworks import Framework
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.frameworks import frameworks
from metrics.core.discover import discover, index_by_name, read_yaml
from metrics.core.errors import DefinitionError, KeyedText
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAKDOWNS
from metrics.intake.own_texts import OwnTexts
from metrics.messages import languages, messages, readable

if TYPE_CHECKING:
    import pandas as pd

# The stamp in our workbooks: on a hidden sheet of this name, as properties, and as names.
STAMP = "empact"
# The column of the hidden sheet with the digests of our own texts, beside the stamp.
OWN_TEXTS_COLUMN = 2
# The sheet with the findings in a workbook that an earlier version annotated.
EARLIER_FINDINGS = "empact findings"
STAMPED = (
    "template", "template_version", "catalogue", "collection", "area", "round", "language",
)  # fmt: skip

SYNONYMS, SPOKEN_WORDS, FORMER_TEXTS = "synonyms.yaml", "words.yaml", "former_texts.yaml"


@dataclass(frozen=True)
class TemplateRequest:
    """What to write a workbook for: area, round, language and earlier data."""

    collection: Collection
    area: str
    round: Round
    indicators: Mapping[str, Indicator]
    goals: Mapping[str, Goal]
    frameworks: Mapping[str, Framework]
    catalogue_version: str
    language: str = "en"
    address: str = ""  # of the page to which the workbook must be sent, if it is known
    previous: "pd.DataFrame | None" = None  # accepted observations of earlier periods
    actions: "pd.DataFrame | None" = None  # accepted actions of the State, to be followed up

    @property
    def periods(self) -> tuple[str, ...]:
        """The round's periods; a round for any period asks for its own year first."""
        return tuple(map(str, self.round.periods)) or (self.round.code,)

    def definition(self, indicator: Indicator, period: str = "") -> Indicator:
        """The indicator as it was defined for a period, or for the round's first one."""
        if not indicator.changes:
            return indicator
        return indicator.in_period(ReferencePeriod.parse(period or self.periods[0]))

    def definitions(self, indicator: Indicator) -> dict[str, Indicator]:
        """Each different definition in the round by its first period."""
        found: dict[str, Indicator] = {}
        for period in self.periods:
            definition = self.definition(indicator, period)
            if definition not in found.values():
                found[period] = definition
        return found

    @property
    def takes_actions(self) -> bool:
        """Whether States declare actions under any of the goals."""
        return any(goal.actions for goal in self.goals.values())


@dataclass(frozen=True)
class Template:
    """One layout, named after its folder. Workbooks of `older` versions can still be read."""

    name: str
    version: str
    write: Callable[[TemplateRequest], bytes]
    older: tuple[str, ...] = ()


@cache
def templates() -> dict[str, Template]:
    """Every layout by name. It is used only by collections that name it."""
    return index_by_name(discover(sys.modules[__name__], Template), "templates")


def check_templates(collections: Iterable[Collection]) -> None:
    """Raise DefinitionError if a collection names a layout that does not exist."""
    wrong = [
        line
        for collection in collections
        for line in DefinitionLocation(f"collections/{collection.code}.yaml").unknown(
            "template", [collection.template], templates(), KeyedText("a_template")
        )
    ]
    if wrong:
        raise DefinitionError.of_faults(wrong)


def template_of(collection: Collection) -> Template:
    """The layout that a collection names; DefinitionError if it does not exist."""
    check_templates([collection])
    return templates()[collection.template]


@cache
def findings_sheets() -> frozenset[str]:
    """The names, in every language, of the sheet with the findings in an annotated workbook."""
    named = (messages(language, "workbook")["sheets"]["findings"] for language in languages())
    return frozenset((EARLIER_FINDINGS, *named))


@cache
def sheet_names() -> frozenset[str]:
    """The names of the sheets of our own workbooks, in every language."""
    named = (messages(language, "workbook")["sheets"].values() for language in languages())
    figures = (
        (framework.code, *(target.code for target in framework.policy_targets))
        for framework in frameworks()
    )
    return frozenset(chain(findings_sheets(), *named, *figures))


@cache
def headings(section: str) -> dict[str, str]:
    """Case-folded headings in all languages, with the column or label that each means."""
    written = [messages(language, "workbook")[section] for language in languages()]
    found = {fold_spelling(text): name for named in written for name, text in named.items()}
    also = {**_synonyms().get(section, {})}
    for name, by_language in words_by_language(section).items():
        spoken = (text for texts in by_language.values() for text in texts)
        also[name] = [*also.get(name, ()), *spoken]
    unnamed = BREAKDOWNS if section == "dimensions" else ()
    return (
        {fold_spelling(readable(by)): by for by in unnamed}
        | {fold_spelling(text): name for name, texts in also.items() for text in (name, *texts)}
        | found
    )


@cache
def words_meaning(name: str) -> frozenset[str]:
    """The words of all languages that mean the same, such as `total` or `about`, case-folded."""
    return frozenset(word for word, meaning in headings("words").items() if meaning == name)


def fixed_texts() -> Iterator[str]:
    """Every text that our workbooks contain, so that its reader does not take it for a remark."""
    for language in languages():
        for named in messages(language, "workbook").values():
            yield from named.values()


def words_by_language(section: str) -> Mapping[str, Mapping[str, list[str]]]:
    """The words of official statistics for each column or label of a section, by language."""
    return _words().get(section, {})


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    return read_yaml(__name__, SPOKEN_WORDS)


@cache
def former_texts() -> OwnTexts:
    """What our workbooks said until they began to carry their own texts."""
    return OwnTexts.of_cells([read_yaml(__name__, FORMER_TEXTS)["digests"]])


@cache
def _synonyms() -> dict[str, dict[str, list[str]]]:
    return read_yaml(__name__, SYNONYMS)
