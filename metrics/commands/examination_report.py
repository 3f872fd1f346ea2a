"""What is said of a file, for people and for programs."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from metrics.commands.messages import counted, figure, words
from metrics.core.series import written
from metrics.core.tables import BREAKDOWNS, STATUSES
from metrics.intake.findings import Finding, FindingGroup, Severity
from metrics.intake.rules import worded
from metrics.submissions.examination import Examination
from metrics.submissions.finding_examples import examples
from metrics.submissions.ledger import Submission
from metrics.submissions.vintages import UNCHANGED
from metrics.submissions.vintages import count_changes as counted_changes

CHANGED_SHOWN = 20


def lines(told: Examination) -> Iterator[str]:
    yield _head(told)
    for group in told.groups:
        yield from _of_group(group, told.language)
    if told.replaces and told.difference is not None and not told.already:
        yield from _of_difference(told.difference, told.replaces, told.language)
    yield from (f"  {sentence}" for sentence in _verdict(told))


def _head(told: Examination) -> str:
    said = words(told.language)["head"]
    each = ((severity, told.count(severity)) for severity in Severity)
    counts = ", ".join(counted(number, what, told.language) for what, number in each if number)
    where = " ".join(filter(None, (told.collection, told.area, told.round)))
    return f"{told.received.name}: {where or said['nowhere']}; {counts or said['none']}"


def _of_group(group: FindingGroup, language: str) -> Iterator[str]:
    said = words(language)
    place = f"{group.sheet}!{group.ranges}" if group.ranges else group.sheet or said["head"]["file"]
    yield f"  {said[group.severity]['one']}  {group.rule}  {place}"
    shown, is_all = examples(group, language)
    if len(shown) > 1:
        for cell, each in shown:
            yield f"    {f'{cell}: ' if cell else ''}{each.what} {each.expected}"
    else:
        yield from (f"    {each}" for each in (shown[0][1].what, shown[0][1].expected) if each)
    if not is_all:
        yield f"    {said['head']['alike']}"
    yield f"    {shown[0][1].mend}"


def _of_difference(difference: pd.DataFrame, replaces: Submission, language: str) -> Iterator[str]:
    said, counts = words(language)["difference"], counted_changes(difference)
    yield "  " + said["beside"].format(vintage=replaces.vintage, **counts)
    changed = difference[difference["change"] != UNCHANGED]
    for row in changed.head(CHANGED_SHOWN).to_dict("records"):
        codes = {name: str(row[name]) for name in BREAKDOWNS}
        series = written(str(row["indicator"]), str(row["component"]), codes)
        figures = _of_figures(row, language)
        yield f"    {said[row['change']]:<8} {series} {row['area']} {row['period']}: {figures}"
    if len(changed) > CHANGED_SHOWN:
        yield "    " + said["more"].format(number=len(changed) - CHANGED_SHOWN)


def _of_figures(row: Mapping[Any, Any], language: str) -> str:
    if row["previous_value"] == row["value"]:
        return _of_statuses(row, language)
    percent = row["change_percent"]
    change = "" if pd.isna(percent) else f" ({figure(percent, language, '+.1f')} %)"
    before, now = (figure(row[name], language) for name in ("previous_value", "value"))
    return f"{before} -> {now}{change}"


def _of_statuses(row: Mapping[Any, Any], language: str = "en") -> str:
    """The figure stayed; what is said of it did not."""
    value = figure(row["value"], language)
    said = [
        f"{row[f'previous_{name}']} -> {row[name]}"
        for name in STATUSES
        if row.get(f"previous_{name}") != row.get(name)
    ]
    status = words(language)["difference"]["status"]
    return status.format(value=value, statuses=", ".join(said)) if said else value


def _verdict(told: Examination) -> Iterator[str]:
    """What was passed over, what is known of the file, and what becomes of it."""
    said = words(told.language)["outcome"]
    yield from (said["passed_over"].format(sentence=each) for each in told.passed_over)
    if told.already:
        yield said["already"].format(key=told.already.key)
        return
    if told.again:
        yield said["again"].format(vintage=told.again.vintage)
    counts = {"observations": len(told.observations), "actions": len(told.actions)}
    yield said[told.outcome].format(sentence=told.sentence, **counts)


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
        "again": _of_submission(told.again),
        "passed_over": list(told.passed_over),
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
    return {"counts": counted_changes(difference), "changed": rows}
