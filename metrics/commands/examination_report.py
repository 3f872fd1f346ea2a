"""What is said of a file, for people and for programs."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from metrics.commands.messages import counted, figure, words
from metrics.core.series import written
from metrics.core.tables import BREAKDOWNS, STATUSES
from metrics.intake.findings import Finding, FindingGroup, Severity
from metrics.intake.rules import describe_finding
from metrics.submissions.examination import Examination
from metrics.submissions.finding_examples import finding_examples
from metrics.submissions.ledger import Submission
from metrics.submissions.vintages import UNCHANGED, count_changes

CHANGED_SHOWN = 20


def lines(examination: Examination) -> Iterator[str]:
    yield _head(examination)
    for group in examination.groups:
        yield from _of_group(group, examination.language)
    changes, replaced = examination.difference, examination.replaces
    if replaced and changes is not None and not examination.same_as_current:
        yield from _of_difference(changes, replaced, examination.language)
    yield from (f"  {sentence}" for sentence in _verdict(examination))


def _head(examination: Examination) -> str:
    said = words(examination.language)["head"]
    numbers = {severity: examination.count(severity) for severity in Severity}
    counts = ", ".join(
        counted(number, severity, examination.language)
        for severity, number in numbers.items()
        if number
    )
    where = " ".join(filter(None, (examination.collection, examination.area, examination.round)))
    return f"{examination.received.name}: {where or said['nowhere']}; {counts or said['none']}"


def _of_group(group: FindingGroup, language: str) -> Iterator[str]:
    said = words(language)
    place = f"{group.sheet}!{group.ranges}" if group.ranges else group.sheet or said["head"]["file"]
    yield f"  {said[group.severity]['one']}  {group.rule}  {place}"
    shown, is_all = finding_examples(group, language)
    if len(shown) > 1:
        for cell, each in shown:
            yield f"    {f'{cell}: ' if cell else ''}{each.what} {each.expected}"
    else:
        yield from (f"    {each}" for each in (shown[0][1].what, shown[0][1].expected) if each)
    if not is_all:
        yield f"    {said['head']['alike']}"
    yield f"    {shown[0][1].mend}"


def _of_difference(difference: pd.DataFrame, replaces: Submission, language: str) -> Iterator[str]:
    said, counts = words(language)["difference"], count_changes(difference)
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


def _verdict(examination: Examination) -> Iterator[str]:
    """What was passed over, what is known of the file, and what becomes of it."""
    said = words(examination.language)["outcome"]
    yield from (said["passed_over"].format(sentence=each) for each in examination.unread_peers)
    if examination.same_as_current:
        yield said["already"].format(key=examination.same_as_current.key)
        return
    if examination.same_as_replaced:
        yield said["again"].format(vintage=examination.same_as_replaced.vintage)
    counts = {"observations": len(examination.observations), "actions": len(examination.actions)}
    yield said[examination.outcome].format(sentence=examination.sentence, **counts)


def as_plain(examination: Examination) -> dict[str, object]:
    """The shape of `--json`, which stays: see docs/commands.md."""
    return {
        "file": examination.received.name,
        "digest": examination.digest,
        "size": examination.received.size,
        "format": examination.format,
        "outcome": examination.outcome,
        "sentence": examination.sentence,
        "collection": examination.collection,
        "area": examination.area,
        "round": examination.round,
        "observations": len(examination.observations),
        "actions": len(examination.actions),
        "counts": {str(each): examination.count(each) for each in Severity},
        "findings": [_of_finding(each, examination.language) for each in examination.findings],
        "already": _of_submission(examination.same_as_current),
        "again": _of_submission(examination.same_as_replaced),
        "passed_over": list(examination.unread_peers),
        "replaces": _of_submission(examination.replaces),
        "submitted": _of_submission(examination.submission),
        # Where nothing was sent before, everything is new: the file itself says it.
        "difference": _as_rows(examination.difference) if examination.replaces else None,
    }


def _of_finding(finding: Finding, language: str) -> dict[str, object]:
    said = describe_finding(finding, language)
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
    return {"counts": count_changes(difference), "changed": rows}
