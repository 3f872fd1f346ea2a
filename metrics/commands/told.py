"""What is said of a file, for people and for programs."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from metrics.desk.compare import CHANGES, UNCHANGED, counted
from metrics.desk.examine import Examination, Outcome
from metrics.ledger import State, Submission
from metrics.model import Finding, Group, Severity
from metrics.rules import worded
from metrics.series import written
from metrics.tables import BREAKDOWNS, STATUSES

VERDICTS = {
    Outcome.ACCEPTED: "would be accepted",
    Outcome.HAS_ERRORS: "has errors and would not be accepted",
    Outcome.IDENTIFYING: "holds data about a person: it is refused and nothing of it is kept",
    Outcome.UNREADABLE: "cannot be read",
}
CHANGED_SHOWN = 20


def lines(told: Examination) -> Iterator[str]:
    yield from _head(told)
    for group in told.groups:
        yield from _of_group(group, told.language)
    if told.replaces and told.difference is not None and not told.already:
        yield from _of_difference(told.difference, told.replaces)
    yield from _verdict(told)


def _head(told: Examination) -> Iterator[str]:
    counts = ", ".join(_counted(told.count(each), each) for each in Severity if told.count(each))
    where = " ".join(filter(None, (told.collection, told.area, told.round)))
    yield f"{told.received.name}: {where or 'belongs nowhere yet'}; {counts or 'no findings'}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _of_group(group: Group, language: str) -> Iterator[str]:
    said = worded(group, language)
    place = f"{group.sheet}!{group.ranges}" if group.ranges else group.sheet or "the file"
    yield f"  {group.severity}  {group.rule}  {place}"
    yield from (f"    {sentence}" for sentence in (said.what, said.expected, said.mend) if sentence)


def _of_difference(difference: pd.DataFrame, replaces: Submission) -> Iterator[str]:
    counts = counted(difference)
    said = ", ".join(f"{counts[each]} {each}" for each in CHANGES)
    yield f"  beside the vintage {replaces.vintage}: {said}"
    changed = difference[difference["change"] != UNCHANGED]
    for row in changed.head(CHANGED_SHOWN).to_dict("records"):
        codes = {name: str(row[name]) for name in BREAKDOWNS}
        series = written(str(row["indicator"]), str(row["component"]), codes)
        percent = "" if pd.isna(row["change_percent"]) else f" ({row['change_percent']:+.1f} %)"
        figures = f"{_shown(row['previous_value'])} -> {_shown(row['value'])}{percent}"
        figures = _of_statuses(row) if row["previous_value"] == row["value"] else figures
        yield f"    {row['change']:<8} {series} {row['area']} {row['period']}: {figures}"
    if len(changed) > CHANGED_SHOWN:
        yield f"    and {len(changed) - CHANGED_SHOWN} more; --json lists all"


def _of_statuses(row: Mapping[Any, object]) -> str:
    """The figure stayed; what is said of it did not."""
    said = [
        f"{row[f'previous_{name}']} -> {row[name]}"
        for name in STATUSES
        if row.get(f"previous_{name}") != row.get(name)
    ]
    return f"{row['value']:,.10g}, status {', '.join(said)}" if said else f"{row['value']:,.10g}"


def _shown(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:,.10g}"


def _verdict(told: Examination) -> Iterator[str]:
    if told.already:
        since = ", which a later vintage replaced" if told.already.state == State.REPLACED else ""
        yield f"  is submitted already, as {told.already.key}{since}; nothing is changed"
    elif told.outcome is Outcome.UNREADABLE:
        yield f"  {VERDICTS[told.outcome]}: {told.sentence}"
    else:
        yield f"  {VERDICTS[told.outcome]}" + _holds(told)


def _holds(told: Examination) -> str:
    if told.outcome is not Outcome.ACCEPTED:
        return ""
    return f": {len(told.observations)} observations, {len(told.actions)} actions"


def as_plain(told: Examination) -> dict[str, object]:
    """The shape of `--json`, which stays: see docs/commands.md."""
    return {
        "file": told.received.name,
        "digest": told.digest,
        "size": told.received.size,
        "format": told.format,
        "outcome": told.outcome,
        "sentence": told.sentence,
        "collection": told.collection,
        "area": told.area,
        "round": told.round,
        "observations": len(told.observations),
        "actions": len(told.actions),
        "counts": {str(each): told.count(each) for each in Severity},
        "findings": [_of_finding(each, told.language) for each in told.findings],
        "already": _of_submission(told.already),
        "replaces": _of_submission(told.replaces),
        "submitted": _of_submission(told.submission),
        # Where nothing was sent before, everything is new: the file itself says it.
        "difference": _as_rows(told.difference) if told.replaces else None,
    }


def _of_finding(finding: Finding, language: str) -> dict[str, object]:
    said = worded(finding, language)
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "what": said.what,
        "expected": said.expected,
        "mend": said.mend,
        "values": dict(finding.values),
    }


def _of_submission(submission: Submission | None) -> dict[str, str] | None:
    if submission is None:
        return None
    names = ("digest", "key", "vintage", "received_at")
    return {name: getattr(submission, name) for name in names}


def _as_rows(difference: pd.DataFrame | None) -> dict[str, object] | None:
    if difference is None:
        return None
    changed = difference[difference["change"] != UNCHANGED]
    rows = changed.astype(object).where(changed.notna(), None).to_dict("records")
    return {"counts": counted(difference), "changed": rows}
