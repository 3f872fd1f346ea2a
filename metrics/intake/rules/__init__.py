"""What is checked: one module for each family of rules, one function for each rule.

Rules that look for one and the same thing each are lines of `conditions.yaml` instead.

A rule is given a `Case` and gives a table of what offends: `sheet`, `cell`, and a column for each
placeholder of its words. The words stand in `metrics/messages`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, TypeVar
from weakref import finalize

from metrics.catalogue.codelists import codelist
from metrics.catalogue.indicators import indicators
from metrics.core.series import parsed
from metrics.core.tables import BREAKDOWNS, VALUE
from metrics.intake.findings import (
    EXAMPLES_APART,
    Finding,
    FindingGroup,
    Rule,
    Severity,
    ValidationContext,
)
from metrics.messages import languages, messages

if TYPE_CHECKING:
    import pandas as pd

LANGUAGES = languages()
NOTHING = "–"
NEAREST = ("nearest", "step_nearest")
SHOWN = 80  # characters of a typed text that a message quotes
SHOWN_LIST = 400  # of a list of what would be right
LISTS = ("expected", "steps", "others", "explained", "series")
LABELS = "labels"  # the entry of the messages with the words around findings
WHERE = "where"  # the entry of the messages that names the parts of a workbook
EXPLAINED = "explained"  # the value of a warning that holds its sender's remark
# Values that are codes are said by their name in the reader's language.
CODED = {
    "unit": "unit",
    "meaning": "observation_status",
    "step_was": "step",
    "step_nearest": "step",
    "steps": "step",
    "band_holding": "band",
}


K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True)
class RuleText:
    """The words of one rule in one language, with placeholders."""

    title: str
    what: str
    expected: str
    mend: str
    why: str
    example: str


@dataclass(frozen=True)
class FindingText:
    """A finding in the reader's words."""

    title: str
    what: str
    expected: str
    mend: str


class _Quoted(dict[str, str]):
    """A placeholder that a finding leaves open is shown as a dash, never as an error."""

    def __missing__(self, key: str) -> str:
        return NOTHING


def rule(severity: Severity) -> Callable[[Callable[[ValidationContext], "pd.DataFrame"]], Rule]:
    """Make the decorated function a rule that goes by the function's name."""

    def made(offends: Callable[[ValidationContext], "pd.DataFrame"]) -> Rule:
        family = offends.__module__.removeprefix(f"{__name__}.").split(".")[0]
        return Rule(offends.__name__, family, severity, offends)

    return made


def once(make: Callable[[K], T]) -> Callable[[K], T]:
    """What several rules need of a case is made once, and forgotten with the case."""
    known: dict[int, T] = {}

    def made(of: K) -> T:
        if id(of) not in known:
            known[id(of)] = make(of)
            finalize(of, known.pop, id(of), None)
        return known[id(of)]

    return made


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its name, family after family."""
    modules = [import_module(each.name) for each in walk_packages(__path__, f"{__name__}.")]
    found = [value for each in modules for value in vars(each).values() if isinstance(value, Rule)]
    found += [each for module in modules for each in getattr(module, "WRITTEN", ())]
    return {each.name: each for each in sorted(found, key=lambda each: each.family)}


@cache
def wording(language: str) -> dict[str, RuleText]:
    """The words of every rule; what a language lacks stays in English."""
    fields = RuleText.__dataclass_fields__
    return {
        name: RuleText(**{field: words.get(field, NOTHING) for field in fields})
        for name, words in _written(language).items()
        if name not in {WHERE, LABELS}
    }


def text_of_rule(name: str, language: str) -> RuleText:
    """The words of a rule; where nobody wrote any, or the rule is no more, its name in words."""
    title = name.replace("_", " ").capitalize()
    unwritten = RuleText(title, f"{title}.", NOTHING, NOTHING, NOTHING, NOTHING)
    return wording(language).get(name, unwritten)


def _written(language: str) -> Mapping[str, Mapping[str, str]]:
    return messages(language, "findings")


def labels(language: str = "en") -> Mapping[str, str]:
    """The words around findings: severities, headings."""
    return _written(language)[LABELS]


def worded(finding: Finding | FindingGroup, language: str = "en") -> FindingText:
    """What is wrong, what is expected and how to mend it, or how it was explained."""
    text = text_of_rule(finding.rule, language)
    given = finding.values
    values = _Quoted({name: said(given, name, language) for name in given})
    if "indicator" in given:
        values.setdefault("name", shortened(indicator_names(given["indicator"], language)))
    mend = labels(language)[EXPLAINED] if given.get(EXPLAINED) else text.mend
    what = with_known_nearest(text.what, given)
    parts = (each.format_map(values) for each in (what, text.expected, mend))
    return FindingText(text.title, *parts)


def with_known_nearest(text: str, given: Mapping[str, str]) -> str:
    """Without the sentence that names the nearest code where nothing is near."""
    unknown = [f"{{{name}}}" for name in NEAREST if not given.get(name)]
    sentences = re.split(r"(?<=\.) ", text)
    return " ".join(each for each in sentences if not any(name in each for name in unknown))


def said(values: Mapping[str, str], name: str, language: str) -> str:
    """One value of a finding as a reader of the language sees it.

    Findings of earlier versions hold some values in words, one for each language: `series_fi`.
    """
    text = values.get(f"{name}_{language}") or values[name]
    if name == "series":
        text = EXAMPLES_APART.join(
            series_in_words(series, language) for series in text.split(EXAMPLES_APART)
        )
    if name == WHERE:
        text = _written(language)[WHERE].get(text, text)
    if name in CODED:
        text = code_names(text, CODED[name], language)
    return shortened(text, SHOWN_LIST if name in LISTS else SHOWN) or NOTHING


def series_in_words(text: str, language: str) -> str:
    """Name the codes of `ICSE_VICTIMS[sex=F;age=Y4T8] 2025`; a text that is no series stays."""
    series, _, period = text.partition(" ")
    try:
        indicator, component, codes = parsed(series)
    except ValueError:
        return text
    coded = {"component": component, **{by: codes[by] for by in BREAKDOWNS if by in codes}}
    names = ", ".join(
        code_names(code, dimension, language)
        for dimension, code in coded.items()
        if (dimension, code) != ("component", VALUE)
    )
    return " ".join(filter(None, (indicator, names and f"({names})", period)))


def code_names(text: str, codes: str, language: str) -> str:
    """The name of each code in a list such as `F, M`; what is no code stays."""
    known = codelist(codes)
    return ", ".join(
        known[code].name(language) if code in known else code for code in text.split(", ")
    )


def indicator_names(text: str, language: str) -> str:
    """The name of each indicator in a list such as `ICSE_USERS; ICSE_VICTIMS; …`."""
    known = {indicator.code: indicator for indicator in indicators()}
    return EXAMPLES_APART.join(
        known[code].name(language) if code in known else code for code in text.split(EXAMPLES_APART)
    )


def shortened(text: str, length: int = SHOWN) -> str:
    """One line, and no longer than a message can carry."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def grouped(findings: Sequence[Finding]) -> list[FindingGroup]:
    """One group for each cause: the same rule in the same column, mended in the same way."""
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for each in findings:
        column = each.cell.rstrip("0123456789")
        cause = (each.rule, each.sheet, column, worded(each).mend)
        groups.setdefault(cause, []).append(each)
    return [FindingGroup(tuple(members)) for members in groups.values()]
