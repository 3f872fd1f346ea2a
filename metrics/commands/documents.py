"""The definitions and the rules as lines of text and as JSON."""

from collections.abc import Mapping
from dataclasses import asdict

from metrics.catalogue.definitions.base import TRANSLATED, Definition
from metrics.catalogue.loader import Catalogue
from metrics.core.errors import UnknownNameError
from metrics.intake.finding_texts import find_rule_text, finding_labels
from metrics.intake.rules import rules
from metrics.messages import ENGLISH, messages, readable

DEFINITION_KINDS = ("frameworks", "goals", "indicators", "collections")
CODE_FIELDS = {"formula"}  # a function, which JSON cannot represent
EMPTY_FIELDS: tuple[object, ...] = (None, "", (), [], {})


def definitions_of(catalogue: Catalogue, code: str) -> dict[str, Definition]:
    """Definitions by kind, because a framework and its only goal may share a code."""
    by_kind = {kind: getattr(catalogue, kind) for kind in DEFINITION_KINDS}
    found = {kind[:-1]: by_code[code] for kind, by_code in by_kind.items() if code in by_code}
    if not found:
        codes = dict.fromkeys(name for by_code in by_kind.values() for name in by_code)
        raise UnknownNameError.with_hint("in_catalogue", code, known=codes)
    return found


def catalogue_as_json(catalogue: Catalogue, code: str = "") -> dict[str, object]:
    """All definitions by kind, or only those with a code."""
    if code:
        found = {
            kind: definition_as_json(definition)
            for kind, definition in definitions_of(catalogue, code).items()
        }
        return {**found} if len(found) > 1 else next(iter(found.values()))
    return {"version": catalogue.version} | {
        kind: [definition_as_json(definition) for definition in getattr(catalogue, kind).values()]
        for kind in DEFINITION_KINDS
    }


def definition_as_json(definition: Definition) -> dict[str, object]:
    return definition.model_dump(mode="json", exclude=CODE_FIELDS, context=TRANSLATED)


def list_definitions(catalogue: Catalogue, code: str = "", language: str = ENGLISH) -> str:
    """One line for each definition or, given a code, one line for each of its fields."""
    names = messages(language, "commands")["kinds"]
    if code:
        return "\n".join(
            f"{names[f'{kind}s'].beside(1)} {code}\n{list_fields(definition)}"
            for kind, definition in definitions_of(catalogue, code).items()
        )
    return "".join(
        f"{names[kind].beside(1):<10}  {definition.code:<32}  {definition.name(language)}\n"
        for kind in DEFINITION_KINDS
        for definition in getattr(catalogue, kind).values()
    )


def list_fields(definition: Definition) -> str:
    return "".join(
        f"{name}: {format_field(value)}\n"
        for name, value in definition_as_json(definition).items()
        if value not in EMPTY_FIELDS
    )


def format_field(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {format_field(part)}" for name, part in value.items() if part)
    if isinstance(value, list | tuple):
        return " | ".join(map(format_field, value))
    return str(value)


def rules_as_json(language: str = ENGLISH) -> list[dict[str, str]]:
    return [
        {"rule": rule.name, "family": rule.family, "severity": str(rule.severity)}
        | asdict(find_rule_text(rule.name, language))
        for rule in rules().values()
    ]


def family_name(family: str, labels: Mapping[str, str]) -> str:
    """The name of a family of rules; one without a text is named as it is written."""
    return labels.get(f"family_{family}") or readable(family)


def list_rules(language: str = ENGLISH) -> str:
    severities, labels = messages(language, "commands"), finding_labels(language)
    lines = (
        (severities[rule["severity"]].beside(1), rule["rule"], rule["title"], rule["family"])
        for rule in rules_as_json(language)
    )
    return "".join(
        f"{severity:<13}  {name:<32}  {title} ({family_name(family, labels)})\n"
        for severity, name, title, family in lines
    )
