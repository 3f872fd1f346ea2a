"""Declared actions of a State, with their results; the address searches them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from dashboard.components.scoreboard_table import MarkCell, mark_cell
from dashboard.contents.action_views import GOAL_SEPARATOR, named_code, progress_name
from dashboard.contents.state_profile import GoalBesideUnion
from dashboard.context import PageContext
from dashboard.data import Release, records, sort_areas
from dashboard.released.release_changes import ReleaseChanges
from dashboard.released.reporting import AWAITED_ANSWER, reporting_record
from dashboard.rows_by_key import Record
from dashboard.search import every_language, matches_search
from dashboard.texts import Text
from metrics.catalogue.definitions.frameworks import PolicyTarget
from metrics.catalogue.loader import catalogue
from metrics.core.verdicts import Status

# The icon of a status for each progress; its word is that of the progress.
PROGRESS_ICONS: Mapping[str, str] = {
    "done": Status.ACHIEVED,
    "under_way": Status.ON_TRACK,
    "not_started": Status.NOT_YET_MET,
    "postponed": Status.BEHIND,
    "abandoned": Status.NOT_ACHIEVED,
}
ACTION_COLUMNS = ("goal", "action", "action_status", "timeframe", "declared", "outcome")


def action_values(goals: Sequence[GoalBesideUnion], context: PageContext) -> dict[str, Any]:
    """The actions that match the search, by policy target; empty where no goal asks for any."""
    release = context.release
    if release is None or not any(entry.goal.actions for entry in goals):
        return {}
    text, view = context.text, context.view
    every = records(release.tables["actions"])
    own = [row for row in every if row["area"] == view.area]
    found = [row for row in own if matches_search(action_words(row), view.q)]
    marks = {
        entry.goal.code: mark_cell(entry.own.own, entry.own, ReleaseChanges(), context)
        for entry in goals
    }
    last = last_closed_round(release, view.area)
    return {
        "heading": text("state.actions"),
        "heads": [text(f"state.{name}") for name in ACTION_COLUMNS],
        "search": search_values(context),
        "count": count_in_words(own, found, context),
        "none": "" if own else text("state.no_actions"),
        "groups": [*groups_by_target(found, marks, last, context)],
        "elsewhere": [*actions_elsewhere(every, context)] if view.q else [],
        "elsewhere_label": text("state.actions_elsewhere"),
    }


def search_values(context: PageContext) -> dict[str, Any]:
    """A form that writes what is typed into the address, and keeps the other choices."""
    view, text = context.view, context.text
    kept = {"lang": view.lang, "collection": view.collection, "release": view.release,
            "area": view.area}  # fmt: skip
    return {
        "label": text("state.search"),
        "button": text("state.search_button"),
        "typed": view.q,
        "kept": {name: value for name, value in kept.items() if value},
        "all": {"words": text("state.all_actions"), "href": view.link("/state", q="")},
    }


def count_in_words(own: Sequence[Record], found: Sequence[Record], context: PageContext) -> str:
    """`3 done; 1 under way` of all actions; of a search, how many of them it found."""
    text = context.text
    if not own:
        return ""
    if context.view.q:
        names = {"all": text.number(len(own), 0), "words": context.view.q}
        answer = text.counted("state.actions_found", len(found), **names)
        return answer if found else f"{answer}. {text('state.actions_as_declared')}"
    counts = Counter(progress_name(str(row["progress"]), text) for row in own if row["progress"])
    progress = [f"{name} {text.number(number, 0)}" for name, number in counts.items()]
    return text.listed([text.counted("state.actions_count", len(own)), *progress])


def action_words(row: Record) -> Iterator[str]:
    """What a search finds an action by: its own words, and the names of its goals and codes."""
    codes = str(row["goals"]).split(GOAL_SEPARATOR)
    goals = catalogue().goals
    yield from (str(row[name]) for name in ("description", "timeframe", "partner", "theme"))
    yield from (code for code in (row["policy_target"], *codes) if code)
    yield from every_language(*(goals[code].name for code in codes if code in goals))


def groups_by_target(
    rows: Sequence[Record], marks: Mapping[str, MarkCell], last: str, context: PageContext
) -> Iterator[dict[str, Any]]:
    """Actions under their policy target, in the order of the declaration."""
    targets, goals = policy_targets(), context.definitions.goals
    ordered = sorted(rows, key=lambda row: str(row["policy_target"]))
    for code, own in groupby(ordered, key=lambda row: str(row["policy_target"])):
        name = targets[code].name(context.language) if code in targets else ""
        written = code or context.text("overview.commitments")
        yield {
            "code": written,
            "name": name,
            "href": context.view.lasting_choices.link("/goal", goal=code) if code in goals else "",
            "rows": [action_row(row, marks, last, context) for row in own],
        }


def policy_targets() -> dict[str, PolicyTarget]:
    frameworks = catalogue().frameworks.values()
    return {target.code: target for known in frameworks for target in known.policy_targets}


def action_row(
    row: Record, marks: Mapping[str, MarkCell], last: str, context: PageContext
) -> dict[str, Any]:
    text, progress = context.text, str(row["progress"])
    beside = (named_code(name, row[name], text) for name in ("partner", "theme") if row[name])
    return {
        "goals": [goal_link(code, marks, context)
                  for code in str(row["goals"]).split(GOAL_SEPARATOR)],
        "description": row["description"],
        "beside": text.listed(beside),
        "kind": text.code("action_status", row["status"]),
        "timeframe": row["timeframe"],
        "declared": declared_in_words(row, text),
        "icon": PROGRESS_ICONS.get(progress, ""),
        "progress": progress_name(progress, text) if progress else "",
        "later": later_in_words(row, last, text),
    }  # fmt: skip


def goal_link(code: str, marks: Mapping[str, MarkCell], context: PageContext) -> dict[str, Any]:
    """The code of a goal, which leads to it, with the status of the goal in the State."""
    href = context.view.lasting_choices.link("/goal", goal=code)
    return {"code": code, "href": href, "mark": marks.get(code)}


def declared_in_words(row: Record, text: Text) -> str:
    """The rounds that declared the action: the first, and the last if it is another."""
    if row["first_round"] in {"", row["round"]}:
        return str(row["round"]) or "–"
    return text("state.declared_again", first=row["first_round"], last=row["round"])


def later_in_words(row: Record, last: str, text: Text) -> str:
    """That no later round has declared the action again, if the State was asked again since."""
    is_repeated = row["first_round"] not in {"", row["round"]}
    return "" if is_repeated or row["round"] == last else text("state.no_later")


def last_closed_round(release: Release, area: str) -> str:
    """The last round that the State was to answer."""
    reports = reporting_record(release).of_area(area)
    closed = [str(row["round"]) for row in reports if row["status"] != AWAITED_ANSWER]
    return closed[-1] if closed else ""


def actions_elsewhere(every: Iterable[Record], context: PageContext) -> Iterator[dict[str, str]]:
    """The other States with actions that the search finds."""
    text, view = context.text, context.view
    found = Counter(
        str(row["area"])
        for row in every
        if row["area"] != view.area and matches_search(action_words(row), view.q)
    )
    for area in sort_areas(found):
        words = f"{text.code('area', area)} {text.number(found[area], 0)}"
        yield {"words": words, "href": view.link("/state", area=area) + "#actions"}
