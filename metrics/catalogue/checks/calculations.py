"""Check that each step of a calculation has the words and parameters that its formula names."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from metrics.catalogue.calculation_texts import (
    FORMATS,
    VALUE_FORMATS,
    ReaderFormatter,
    neutral_formulas,
)
from metrics.core.errors import KeyedText, fault_at, fault_in_line, quoted, unknown_name
from metrics.core.verdict_codes import Step
from metrics.messages import ENGLISH, messages

MAKERS = ("calculation_step", "CalculationStep")


def faults_of_steps() -> Iterator[KeyedText]:
    """Every fault of a formula, and of a step in the source of the program, with its line."""
    for key, template in known_formulas().items():
        yield from _faults_of_formula(key, template)
    root = Path(str(files("metrics")))
    for path in sorted(root.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if any(f"{maker}(" in source for maker in MAKERS):
            yield from faults_of_source(path.relative_to(root).as_posix(), ast.parse(source))


def faults_of_source(file: str, source: ast.Module) -> Iterator[KeyedText]:
    """Every fault of the steps that a module writes."""
    for step in _written_steps(source):
        yield from (fault_in_line(file, step.line, fault) for fault in _faults_of_step(step))


@cache
def known_formulas() -> Mapping[str, str]:
    return {**neutral_formulas(), **messages(ENGLISH, "calculation")["formulas"]}


def names_in(template: str) -> set[str]:
    """The parameters that a template names."""
    return {name for _, name, _, _ in ReaderFormatter(ENGLISH).parse(template) if name is not None}


def _faults_of_formula(key: str, template: str) -> Iterator[KeyedText]:
    for _, name, spec, _ in ReaderFormatter(ENGLISH).parse(template):
        if name is not None and spec not in FORMATS:
            unknown = unknown_name(KeyedText("a_format"), str(spec), filter(None, FORMATS))
            yield fault_at(f"calculation/formulas/{key}", fault_at(quoted(template), unknown))


@dataclass(frozen=True)
class WrittenStep:
    """A step as the source of the program writes it."""

    line: int
    key: str  # empty where it is computed, as is the formula
    formula: str
    parameters: frozenset[str]
    has_more: bool = False  # further parameters are computed


def _written_steps(tree: ast.Module) -> Iterator[WrittenStep]:
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
            continue
        key, _, formula, parameters = [*call.args, None, None, None, None][:4]
        names = {
            "calculation_step": [keyword.arg for keyword in call.keywords],
            "CalculationStep": _keys_of(parameters),
        }.get(call.func.id)
        if names is not None:
            known = frozenset(filter(None, names))
            yield WrittenStep(call.lineno, _text_of(key), _text_of(formula), known, None in names)


def _keys_of(parameters: ast.expr | None) -> list[str | None]:
    """The keys of a dictionary as it is written; None for what is computed."""
    if parameters is None:
        return []
    keys = parameters.keys if isinstance(parameters, ast.Dict) else [None]
    return [_text_of(key) or None for key in keys]


def _text_of(node: ast.expr | None) -> str:
    """The text that an expression stands for: a constant, or a member of `Step`; else empty."""
    if isinstance(node, ast.Attribute) and node.attr in Step.__members__:
        return Step[node.attr]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _faults_of_step(step: WrittenStep) -> Iterator[KeyedText]:
    keys, formulas = messages(ENGLISH, "calculation")["steps"], known_formulas()
    if step.key and step.key not in keys:
        unknown = unknown_name(KeyedText("a_step_with_words"), step.key, keys)
        yield KeyedText.filled("fault_step_words", unknown=unknown, key=step.key)
    if step.formula and step.formula not in formulas:
        unknown = unknown_name(KeyedText("a_formula"), step.formula, formulas)
        yield KeyedText.filled("fault_formula", unknown=unknown)
    elif step.formula:
        yield from faults_of_parameters(step.key, step.formula, step.parameters, step.has_more)


def faults_of_parameters(
    key: str, formula: str, given: frozenset[str], has_more: bool = False
) -> Iterator[KeyedText]:
    """Parameters that a step gives and its formula does not name, and the reverse."""
    asked = names_in(known_formulas()[formula])
    allowed = asked | (names_in(VALUE_FORMATS.get(key, "")) - {"value"})
    for name in sorted(given - allowed):
        kind = KeyedText.filled("a_parameter_of", formula=formula)
        yield unknown_name(kind, name, sorted(asked))
    if not has_more and (missing := sorted(asked - given)):
        lacking, template = ", ".join(missing), known_formulas()[formula]
        yield KeyedText.filled("fault_lacks", formula=formula, names=lacking, template=template)
