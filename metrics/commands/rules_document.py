"""The rule book: every rule in words, for submitters and reviewers."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from string import Formatter

from metrics.intake.finding_texts import RuleText, find_rule_text, finding_labels
from metrics.intake.findings import Rule
from metrics.intake.rules import rules

PLACEHOLDER = "…"


def rule_book(language: str = "en") -> str:
    """The whole book as Markdown, by family of rules."""
    return "\n".join(_book_lines(language)).rstrip() + "\n"


def _book_lines(language: str) -> Iterator[str]:
    names = finding_labels(language)
    yield from (f"# {names['rule_book']}", "", names["introduction"], "")
    yield from (names["severities"], "")
    for family, members in groupby(rules().values(), key=lambda rule: rule.family):
        yield from (f"## {names.get(f'family_{family}', family.capitalize())}", "")
        for rule in sorted(members, key=lambda rule: rule.name):
            yield from _rule_lines(rule, find_rule_text(rule.name, language), names)


def _rule_lines(rule: Rule, text: RuleText, names: Mapping[str, str]) -> Iterator[str]:
    yield from (
        f"### {rule.name}",
        "",
        f"**{text.title}** ({names[rule.severity].lower()}). {_without_values(text.what)}",
        "",
    )
    yield f"- {names['why']}: {text.why}"
    yield f"- {names['example']}: {text.example}"
    yield f"- {names['expected']}: {_without_values(text.expected)}"
    yield from (f"- {names['correction']}: {_without_values(text.correction)}", "")


def _without_values(text: str) -> str:
    """Replace placeholders by dots, because the values differ between findings."""
    return "".join(
        literal + (PLACEHOLDER if name else "") for literal, name, *_ in Formatter().parse(text)
    )
