"""The definitions as lines, as JSON and as the generated documents."""

from collections.abc import Mapping

from metrics.catalogue.definitions import Definition
from metrics.catalogue.loader import Catalogue
from metrics.core.errors import UnknownNameError
from metrics.intake.rules import rules, text_of_rule

KINDS = ("frameworks", "goals", "indicators", "collections")
NOT_PLAIN = {"formula"}  # code, not words


def definitions_of(found: Catalogue, code: str) -> dict[str, Definition]:
    """By kind: a framework and its only goal may share a code."""
    known = {kind: getattr(found, kind) for kind in KINDS}
    named = {kind[:-1]: defined[code] for kind, defined in known.items() if code in defined}
    if not named:
        codes = dict.fromkeys(each for defined in known.values() for each in defined)
        raise UnknownNameError.of("in the catalogue", code, known=codes)
    return named


def plain(found: Catalogue, code: str = "") -> dict[str, object]:
    if code:
        named = {kind: _plain(each) for kind, each in definitions_of(found, code).items()}
        return {**named} if len(named) > 1 else next(iter(named.values()))
    every: dict[str, object] = {"version": found.version}
    return every | {
        kind: [_plain(each) for each in getattr(found, kind).values()] for kind in KINDS
    }


def _plain(definition: Definition) -> dict[str, object]:
    return definition.model_dump(mode="json", exclude=NOT_PLAIN)


def listed(found: Catalogue, code: str = "") -> str:
    """One line a definition; of one that is asked for, one line a field."""
    if code:
        named = definitions_of(found, code).items()
        return "\n".join(f"{kind} {code}\n{_fields(each)}" for kind, each in named)
    rows = [(kind, each) for kind in KINDS for each in getattr(found, kind).values()]
    return "".join(f"{kind[:-1]:<10}  {each.code:<32}  {each.name.en}\n" for kind, each in rows)


def _fields(definition: Definition) -> str:
    fields = _plain(definition).items()
    return "".join(f"{name}: {_said(value)}\n" for name, value in fields if value not in NOTHING)


NOTHING: tuple[object, ...] = (None, "", (), [], {})


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_said(each)}" for name, each in value.items() if each)
    if isinstance(value, list | tuple):
        return " | ".join(map(_said, value))
    return str(value)


def rules_plain() -> list[dict[str, str]]:
    return [
        {"rule": each.name, "family": each.family, "severity": str(each.severity)}
        | {name: getattr(text_of_rule(each.name, "en"), name) for name in WORDS}
        for each in rules().values()
    ]


WORDS = ("title", "what", "expected", "mend", "why", "example")


def rules_listed() -> str:
    return "".join(
        f"{each['severity']:<8}  {each['family']:<12}  {each['rule']:<32}  {each['title']}\n"
        for each in rules_plain()
    )
