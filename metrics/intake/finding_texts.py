"""Describe findings in words in the reader's language, and group those with one cause."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from metrics.catalogue.codelists import codelist
from metrics.catalogue.indicators import indicators
from metrics.core.series import parse_series
from metrics.core.tables import BREAKDOWNS, VALUE
from metrics.intake.findings import (
    EXAMPLES_APART,
    Finding,
    FindingGroup,
)
from metrics.messages import messages, readable

DASH = "–"
# A sentence that names one of these is left out where the finding has none.
OPTIONAL_VALUES = (
    "nearest", "step_nearest", "understood", "other_cell", "limit", "or_status", "confidentiality",
)  # fmt: skip
LONGEST_QUOTE = 80  # characters of a typed text that a message quotes at most
LONGEST_LIST = 400  # characters of a list of valid values
LIST_VALUES = ("expected", "steps", "others", "explained", "contested", "series")


    "expected",
    "was",
LABELS_ENTRY = "labels"  # the messages with severities and headings


WORKBOOK_PARTS = "where"  # the messages that name the parts of a workbook
LEFT_OUT = "left_out"  # and the kinds of what the clean copy leaves out


EXPLAINED = "explained"  # the value of a warning that holds the explaining remark


CONTESTED = "contested"  # the value that holds the reason why a finding is about no person


# Values that are codes, with the code list that names them.
CODE_LISTS = {
    "unit": "unit",
    "meaning": "observation_status",
    "step_was": "step",
    "step_nearest": "step",
    "steps": "step",
    "band_holding": "band",
}


@dataclass(frozen=True)
class RuleText:
    """The texts of one rule in one language, with placeholders."""

    title: str
    what: str
    expected: str
    correction: str
    why: str
    example: str


@dataclass(frozen=True)
class FindingText:
    """A finding in the reader's words."""

    title: str
    what: str
    expected: str
    correction: str


class _Quoted(dict[str, str]):
    """Show a dash for a placeholder without a value."""

    def __missing__(self, key: str) -> str:
        return DASH


@cache
def rule_texts(language: str) -> dict[str, RuleText]:
    """The texts of every rule; what a language lacks stays in English."""
    fields = RuleText.__dataclass_fields__
    return {
        name: RuleText(**{field: words.get(field, DASH) for field in fields})
        for name, words in _finding_messages(language).items()
        if name not in {WORKBOOK_PARTS, LEFT_OUT, LABELS_ENTRY}
    }


def find_rule_text(name: str, language: str) -> RuleText:
    """The texts of a rule; the rule's name in words if it has none or no longer exists."""
    title = readable(name).capitalize()
    unwritten = RuleText(title, f"{title}.", DASH, DASH, DASH, DASH)
    return rule_texts(language).get(name, unwritten)


def _finding_messages(language: str) -> Mapping[str, Mapping[str, str]]:
    return messages(language, "findings")


def finding_labels(language: str = "en") -> Mapping[str, str]:
    """The labels around findings: severities, headings."""
    return _finding_messages(language)[LABELS_ENTRY]


def describe_finding(finding: Finding | FindingGroup, language: str = "en") -> FindingText:
    """Describe what is wrong, expected and to be corrected, or how it was explained."""
    text = find_rule_text(finding.rule, language)
    given = finding.values
    values = _Quoted({name: format_value(given, name, language) for name in given})
    if "indicator" in given:
        values.setdefault("name", shorten_text(name_indicators(given["indicator"], language)))
    answered = next((name for name in (EXPLAINED, CONTESTED) if given.get(name)), "")
    correction = finding_labels(language)[answered] if answered else text.correction
    templates = (text.what, text.expected, correction)
    parts = (drop_sentences(template, given).format_map(values) for template in templates)
    return FindingText(text.title, *parts)


def drop_sentences(text: str, given: Mapping[str, str]) -> str:
    """Leave out the sentences about what a finding has not: a nearest code, a cell."""
    unknown = [f"{{{name}}}" for name in OPTIONAL_VALUES if not given.get(name)]
    sentences = re.split(r"(?<=\.) ", text)
    return " ".join(
        sentence for sentence in sentences if not any(name in sentence for name in unknown)
    )


def format_value(values: Mapping[str, str], name: str, language: str) -> str:
    """Format one value of a finding for readers of the language.

    Findings of earlier versions hold some values as text in each language (`series_fi`).
    """
    text = values.get(f"{name}_{language}") or values[name]
    if name == "series":
        text = EXAMPLES_APART.join(
            name_series(series, language) for series in text.split(EXAMPLES_APART)
        )
    if name == WORKBOOK_PARTS:
        text = _finding_messages(language)[WORKBOOK_PARTS].get(text, text)
    if name == "detail":
        text = _finding_messages(language)[LEFT_OUT].get(text, text)
    if name in CODE_LISTS:
        text = name_codes(text, CODE_LISTS[name], language)
    return shorten_text(text, LONGEST_LIST if name in LIST_VALUES else LONGEST_QUOTE) or DASH


def name_series(text: str, language: str) -> str:
    """Name the codes of `ICSE_VICTIMS[sex=F;age=Y4T8] 2025`; other texts are unchanged."""
    series, _, period = text.partition(" ")
    try:
        indicator, component, codes = parse_series(series)
    except ValueError:
        return text
    coded = {"component": component, **{by: codes[by] for by in BREAKDOWNS if by in codes}}
    names = ", ".join(
        name_codes(code, dimension, language)
        for dimension, code in coded.items()
        if (dimension, code) != ("component", VALUE)
    )
    return " ".join(filter(None, (indicator, names and f"({names})", period)))


def name_codes(text: str, codes: str, language: str) -> str:
    """Name each code of a text such as `F, M`; other texts are unchanged."""
    known = codelist(codes)
    return ", ".join(
        known[code].name(language) if code in known else code for code in text.split(", ")
    )


def name_indicators(text: str, language: str) -> str:
    """Name each indicator of a text such as `ICSE_USERS; ICSE_VICTIMS; …`."""
    known = {indicator.code: indicator for indicator in indicators()}
    return EXAMPLES_APART.join(
        known[code].name(language) if code in known else code for code in text.split(EXAMPLES_APART)
    )


def shorten_text(text: str, length: int = LONGEST_QUOTE) -> str:
    """Put a text on one line of limited length."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def group_findings(findings: Sequence[Finding]) -> list[FindingGroup]:
    """Group findings with one cause: of one rule in one column, corrected in the same way."""
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in findings:
        column = finding.cell.rstrip("0123456789")
        cause = (finding.rule, finding.sheet, column, describe_finding(finding).correction)
        groups.setdefault(cause, []).append(finding)
    return [FindingGroup(tuple(members)) for members in groups.values()]
