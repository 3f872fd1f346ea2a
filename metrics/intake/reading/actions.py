"""Read the declared actions of one table: a row for each action, as texts and codes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress

from metrics.catalogue.codelists import fold_spelling
from metrics.catalogue.definitions.frameworks import Framework, PolicyTarget
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import Catalogue
from metrics.core.actions import actions_table
from metrics.core.cells import cell_address, row_and_column
from metrics.core.schemas import DECLARED_ACTION
from metrics.intake.reading.attributes import parse_code
from metrics.intake.reading.issues import ReadIssue, ReadTable
from metrics.intake.reading.layout import SheetTable
from metrics.intake.reading.numbers import cell_text
from metrics.intake.reading.row_marks import words_of_withheld
from metrics.intake.reading.suggestions import Suggestions
from metrics.intake.reading.table_body import TableBody
from metrics.messages import languages

ACTION_ROLES = ("area", *DECLARED_ACTION)
# A merged cell of these roles applies to several actions.
MERGED_ROLES = ("area", "policy_target", "goals", "status")
# What somebody chose here is about an action, even without a description of it.
ROLES_OF_ONE_ACTION = ("goals", "status")
SEPARATORS_OF_CODES = re.compile(r"[,/|&+]|\s(?:and|und|et|ja|και|и|i|y|e|och|og|en)\s")
NUMBERED_TARGET = re.compile(r"policy target (no\.? ?)?([0-9]+)\b.*")


@dataclass(frozen=True)
class ActionCodes:
    """The goals and policy targets of actions: case-folded codes and names, with their codes."""

    goals: Mapping[str, str]
    targets: Mapping[str, str]
    target_of_goal: Mapping[str, str]  # goal → its policy target, or else its framework
    area: str
    suggestions: Suggestions = field(default_factory=Suggestions)


@dataclass(frozen=True)
class ActionRow:
    """One row as typed, with the address of each cell."""

    sheet: str
    number: int
    typed: Mapping[str, str]
    cells: Mapping[str, str]


def action_codes(catalogue: Catalogue, area: str) -> ActionCodes:
    """Every goal and policy target by code, by name, and by its number on the form."""
    goals = {name: goal.code for goal in catalogue.goals.values() for name in _folded_names(goal)}
    targets: dict[str, str] = {}
    for framework in catalogue.frameworks.values():
        targets |= dict.fromkeys(_folded_names(framework), framework.code)
        for number, target in enumerate(framework.policy_targets, start=1):
            targets |= dict.fromkeys((*_folded_names(target), str(number)), target.code)
    target_of_goal = {
        goal.code: goal.policy_target or goal.framework for goal in catalogue.goals.values()
    }
    return ActionCodes(goals, targets, target_of_goal, area)


def _folded_names(definition: Goal | PolicyTarget | Framework) -> set[str]:
    texts = [definition.name, *([definition.wording] if isinstance(definition, Goal) else [])]
    names = {fold_spelling(text(language)) for text in texts for language in languages()}
    return names | {fold_spelling(definition.code)}


def read_actions(table: SheetTable, codes: ActionCodes) -> ReadTable:
    """Every row of the table that describes an action."""
    actions: list[dict[str, object]] = []
    issues: list[ReadIssue] = []
    for row in _action_rows(TableBody.from_table(table)):
        action = _parse_action(row, codes)
        actions.append(action)
        issues += _action_issues(row, action, codes)
        issues += _withheld_issues(table, row.number - 1)
    return ReadTable(actions_table(actions), issues)


def _action_rows(body: TableBody) -> Iterator[ActionRow]:
    """The rows with at least one filled cell of their own; a merged one may be of the row above."""
    columns = [body.table.first_column(role) for role in ACTION_ROLES]
    cells, addresses = [*map(body.cells, columns)], [*map(body.addresses, columns)]
    own = body.filled(*(role for role in ACTION_ROLES if role not in MERGED_ROLES))
    for role in ROLES_OF_ONE_ACTION:
        column = body.table.first_column(role)
        rows = zip(own, body.cells(column), body.addresses(column), body.numbers, strict=True)
        own = [
            filled or (cell is not None and row_and_column(address)[0] == number)
            for filled, cell, address, number in rows
        ]
    for index in compress(range(len(body)), own):
        typed = [cell_text(column[index]).strip() for column in cells]
        places = [column[index] for column in addresses]
        yield ActionRow(
            body.table.sheet.name,
            body.numbers[index] + 1,
            dict(zip(ACTION_ROLES, typed, strict=True)),
            dict(zip(ACTION_ROLES, places, strict=True)),
        )


def _parse_action(row: ActionRow, codes: ActionCodes) -> dict[str, object]:
    typed = row.typed
    found = [_find_code(part, codes.goals) for part in _split_list(typed["goals"], codes.goals)]
    goals = [goal for goal in found if goal]
    parsed = {
        "area": parse_code(typed["area"], "area") if typed["area"] else codes.area,
        "policy_target": _parse_target(typed["policy_target"], goals, codes),
        "goals": ";".join(dict.fromkeys(goals)),
        "status": parse_code(typed["status"], "action_status"),
        "progress": parse_code(typed["progress"], "progress") or typed["progress"],
        "theme": parse_code(typed["theme"], "theme") or typed["theme"],
    }
    addresses = {f"{role}_cell": cell for role, cell in row.cells.items()}
    origin = {"sheet": row.sheet, "row": row.number, "cell": row.cells["description"]}
    return {**typed, **parsed, **origin, **addresses}


def _split_list(text: str, names: Mapping[str, str]) -> list[str]:
    """The names of a list; some names have a comma in them, so that one separates codes only."""
    found = []
    for part in filter(None, map(str.strip, re.split(r"[;\n]", text))):
        codes = [*filter(None, map(str.strip, SEPARATORS_OF_CODES.split(part)))]
        is_list = not _find_code(part, names) and all(_find_code(code, names) for code in codes)
        found += codes if is_list else [part]
    return found


def _parse_target(typed: str, goals: list[str], codes: ActionCodes) -> str:
    """The policy target as typed, or else that of the first goal."""
    if not typed and goals:
        return codes.target_of_goal[goals[0]]
    numbered = NUMBERED_TARGET.fullmatch(fold_spelling(typed))
    return codes.targets.get(numbered[2], "") if numbered else _find_code(typed, codes.targets)


def _find_code(text: str, names: Mapping[str, str]) -> str:
    """`GA-1.1 – More victims identified`, the code alone, or the name alone."""
    first = re.split(r" [–-] |: ", text)[0]
    return names.get(fold_spelling(text)) or names.get(fold_spelling(first)) or ""


def _action_issues(
    row: ActionRow, action: Mapping[str, object], codes: ActionCodes
) -> Iterator[ReadIssue]:
    for part in _split_list(row.typed["goals"], codes.goals):
        if not _find_code(part, codes.goals):
            near = codes.suggestions.nearest_of_codes(part, codes.goals)
            yield ReadIssue("goal_unknown", row.sheet, row.cells["goals"], part, nearest=near)
    # Without a typed policy target the goals determine it, and unknown goals are reported above.
    if not action["policy_target"] and (typed := row.typed["policy_target"]):
        near = codes.suggestions.nearest_of_codes(typed, codes.targets)
        cell = row.cells["policy_target"]
        yield ReadIssue("policy_target_unknown", row.sheet, cell, typed, nearest=near)
    # An empty status is asked for by a rule of its own.
    if not action["status"] and (typed := row.typed["status"]):
        yield ReadIssue("action_status_unknown", row.sheet, row.cells["status"], typed)
    yield from _area_issues(row, str(action["area"]), codes.area)


def _withheld_issues(table: SheetTable, number: int) -> Iterator[ReadIssue]:
    """The cells of a row by which its action must not be published."""
    for column in table.columns:
        if (cell := table.sheet.rows[number][column.index]) is None:
            continue
        if words := words_of_withheld(column.typed, cell):
            address = cell_address(number, column.index)
            yield ReadIssue("action_withheld", table.sheet.name, address, words)


def _area_issues(row: ActionRow, area: str, expected: str) -> Iterator[ReadIssue]:
    cell, typed = row.cells["area"], row.typed["area"]
    if typed and not area:
        yield ReadIssue("area_unknown", row.sheet, cell, typed)
    elif expected and area != expected:
        yield ReadIssue("area_mismatch", row.sheet, cell, typed, area, expected)
