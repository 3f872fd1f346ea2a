"""Check that every rule has its texts, in every language: one line per fault, with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from inspect import getsourcefile, getsourcelines
from pathlib import Path

from metrics.core.errors import KeyedText, fault_at, fault_in_line, unknown_name
from metrics.intake.finding_texts import LABELS_ENTRY, LEFT_OUT, WORKBOOK_PARTS, RuleText
from metrics.intake.findings import Rule
from metrics.intake.rules import conditions, rules
from metrics.messages import ENGLISH, languages, messages

FIELDS = [field.name for field in fields(RuleText)]
NOT_RULES = {LABELS_ENTRY, LEFT_OUT, WORKBOOK_PARTS}
MOST_NAMED = 5  # rules without texts; a language in which more lack theirs has just been begun


def faults_of_rules() -> Iterator[KeyedText]:
    """Rules without their English texts, and texts of rules that do not exist."""
    texts = messages(ENGLISH, "findings")
    for rule in rules().values():
        written = texts.get(rule.name, {})
        if missing := [name for name in FIELDS if not str(written.get(name, "")).strip()]:
            fields = ", ".join(missing)
            fault = KeyedText.filled("fault_rule_texts", rule=rule.name, fields=fields)
            yield fault_in_line(*location_of_rule(rule), fault)
    for name in texts.keys() - rules().keys() - NOT_RULES:
        unknown = unknown_name(KeyedText("a_rule"), name, rules())
        yield fault_at(f"messages: findings/{name}", unknown)


def untranslated_rules() -> Iterator[KeyedText]:
    """Rules for which a language shows the English texts; all of a new language are one line."""
    english = messages(ENGLISH, "findings")
    for language in languages():
        own = messages(language, "findings")
        if language == ENGLISH:
            continue
        missing = [rule for rule in rules().values() if _shows_english(own, english, rule.name)]
        if len(missing) > MOST_NAMED:
            numbers = {"n": len(missing), "all": len(rules())}
            yield KeyedText.filled("rules_in_english", language=language, **numbers)
            continue
        for rule in missing:
            note = KeyedText.filled("rule_in_english", rule=rule.name, language=language)
            yield fault_in_line(*location_of_rule(rule), note)


def _shows_english(own: Mapping[str, object], english: Mapping[str, object], rule: str) -> bool:
    return rule in english and own.get(rule) == english[rule]


def location_of_rule(rule: Rule) -> tuple[str, int]:
    """Where a rule is declared: file within the folder of rules, and line."""
    if rule in conditions.DECLARED_RULES:
        return f"rules/{conditions.FILE}", conditions.declaration_lines()[rule.name]
    file = Path(getsourcefile(rule.offends) or "")
    folder = Path(conditions.__file__).parent
    return f"rules/{file.relative_to(folder).as_posix()}", getsourcelines(rule.offends)[1]
