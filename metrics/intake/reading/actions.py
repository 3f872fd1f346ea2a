"""The declared actions of one table: a row for each action, in words and codes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress

from metrics.catalogue.codelists import codelist, folded
from metrics.catalogue.definitions import Framework, Goal, PolicyTarget
from metrics.catalogue.loader import Catalogue
from metrics.core.actions import actions_table
from metrics.core.schemas import DECLARED_ACTION
from metrics.intake.reading.attributes import as_code
from metrics.intake.reading.issues import Read, ReadIssue
from metrics.intake.reading.layout import Table
from metrics.intake.reading.numbers import as_typed
from metrics.intake.reading.suggestions import Hints
from metrics.intake.reading.table_body import Body
from metrics.messages import languages

COLUMNS = ("area", *DECLARED_ACTION)
# On the form these stand once, before the actions that are filed under them.
MERGED = ("area", "policy_target", "goals", "status")
NUMBERED = re.compile(r"policy target (no\.? ?)?([0-9]+)\b.*")


@dataclass(frozen=True)
class Declarable:
    """What actions may be filed under: codes and names, folded, with the codes they mean."""

    goals: Mapping[str, str]
    targets: Mapping[str, str]
    target_of: Mapping[str, str]  # the policy target, or else the framework, of each goal
    area: str
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True)
class ActionRow:
    """One row as typed, with the address of each cell."""

    sheet: str
    number: int
    typed: Mapping[str, str]
    cells: Mapping[str, str]


def declarable(catalogue: Catalogue, area: str) -> Declarable:
    """Every goal and policy target by its code and its names, and as the form numbers it."""
    goals = {name: goal.code for goal in catalogue.goals.values() for name in _names(goal)}
    targets: dict[str, str] = {}
    for framework in catalogue.frameworks.values():
        targets |= dict.fromkeys(_names(framework), framework.code)
        for number, target in enumerate(framework.policy_targets, start=1):
            targets |= dict.fromkeys((*_names(target), str(number)), target.code)
    places = {goal.code: goal.policy_target or goal.framework for goal in catalogue.goals.values()}
    return Declarable(goals, targets, places, area)


def _names(definition: Goal | PolicyTarget | Framework) -> set[str]:
    texts = [definition.name, *([definition.wording] if isinstance(definition, Goal) else [])]
    named = {folded(text(language)) for text in texts for language in languages()}
    return named | {folded(definition.code)}


def actions(table: Table, known: Declarable) -> Read:
    """Every row of the table that says anything of an action."""
    rows = [*_rows(Body.of(table))]
    read = [_action(row, known) for row in rows]
    odd = [
        oddity for row, each in zip(rows, read, strict=True) for oddity in _odd(row, each, known)
    ]
    return Read(actions_table(read), odd)


def _rows(body: Body) -> Iterator[ActionRow]:
    """Rows with at least one cell of their own."""
    columns = [_column(body, name) for name in COLUMNS]
    own = body.filled(*(name for name in COLUMNS if name not in MERGED))
    for at in compress(range(len(body)), own):
        typed = (as_typed(cells[at]).strip() for cells, _ in columns)
        places = (cells[at] for _, cells in columns)
        named = (dict(zip(COLUMNS, each, strict=True)) for each in (typed, places))
        yield ActionRow(body.table.sheet.name, body.numbers[at] + 1, *named)


def _column(body: Body, name: str) -> tuple[list[object], list[str]]:
    column = body.table.one(name)
    return body.merged(column) if name in MERGED else body.column(column)


def _action(row: ActionRow, known: Declarable) -> dict[str, object]:
    typed = row.typed
    goals = list(filter(None, (_named(part, known.goals) for part in _several(typed["goals"]))))
    understood = {
        "area": as_code(typed["area"], "area") if typed["area"] else known.area,
        "policy_target": _target_of(typed["policy_target"], goals, known),
        "goals": ";".join(dict.fromkeys(goals)),
        "status": as_code(typed["status"], "action_status"),
        "progress": as_code(typed["progress"], "progress") or typed["progress"],
    }
    places = {f"{name}_cell": cell for name, cell in row.cells.items()}
    place = {"sheet": row.sheet, "row": row.number, "cell": row.cells["description"]}
    return {**typed, **understood, **place, **places}


def _several(text: str) -> list[str]:
    return [part for part in map(str.strip, re.split(r"[;\n]", text)) if part]


def _target_of(typed: str, goals: list[str], known: Declarable) -> str:
    """As typed, or else that of the first goal."""
    if typed or not goals:
        return _target(typed, known)
    return known.target_of[goals[0]]


def _target(text: str, known: Declarable) -> str:
    numbered = NUMBERED.fullmatch(folded(text))
    return known.targets.get(numbered[2], "") if numbered else _named(text, known.targets)


def _named(text: str, names: Mapping[str, str]) -> str:
    """`GA-1.1 – More victims identified`, the code alone, or the name alone."""
    first = re.split(r" [–-] |: ", text)[0]
    return names.get(folded(text)) or names.get(folded(first)) or ""


def _odd(row: ActionRow, read: Mapping[str, object], known: Declarable) -> Iterator[ReadIssue]:
    """What of a row could not be understood."""
    goals = _several(row.typed["goals"])
    for part in (each for each in goals if not _named(each, known.goals)):
        near = known.hints.among(part, known.goals)
        yield ReadIssue("goal_unknown", row.sheet, row.cells["goals"], part, nearest=near)
    if not read["policy_target"]:
        yield from _odd_target(row, known)
    if not read["status"]:
        yield _odd_status(row)
    yield from _odd_area(row, str(read["area"]), known.area)


def _odd_target(row: ActionRow, known: Declarable) -> Iterator[ReadIssue]:
    """Nothing is odd where none was typed: the goals say it then."""
    if typed := row.typed["policy_target"]:
        near, cell = known.hints.among(typed, known.targets), row.cells["policy_target"]
        yield ReadIssue("policy_target_unknown", row.sheet, cell, typed, nearest=near)


def _odd_status(row: ActionRow) -> ReadIssue:
    expected = ", ".join(code.en for code in codelist("action_status").values())
    cell = row.cells["status"] or row.cells["description"]
    return ReadIssue(
        "action_status_unknown", row.sheet, cell, row.typed["status"], expected=expected
    )


def _odd_area(row: ActionRow, area: str, known: str) -> Iterator[ReadIssue]:
    cell, typed = row.cells["area"], row.typed["area"]
    if typed and not area:
        yield ReadIssue("area_unknown", row.sheet, cell, typed)
    elif known and area != known:
        yield ReadIssue("area_mismatch", row.sheet, cell, typed, area, known)
