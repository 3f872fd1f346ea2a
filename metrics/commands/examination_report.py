"""The result of an examination, as lines of text and as JSON."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import asdict

import pandas as pd

from metrics.catalogue.codelists import name_of_code
from metrics.catalogue.loader import catalogue
from metrics.commands.figures_text import format_figure_change, series_of_row, value_lines
from metrics.intake.finding_texts import describe_finding, finding_labels
from metrics.intake.findings import Finding, FindingGroup, Severity
from metrics.messages import counted, messages
from metrics.messages.error_texts import refusal_text
from metrics.messages.sentences import list_clauses
from metrics.submissions.examination import Examination, is_neutral
from metrics.submissions.finding_examples import (
    finding_examples,
    is_answered,
    shared_expectation,
)
from metrics.submissions.free_text_words import lines_of_texts
from metrics.submissions.ledger import Submission
from metrics.submissions.vintages import CHANGED, UNCHANGED, count_changes

CHANGED_SHOWN = 20


def format_examination(examination: Examination, *, values: bool = False) -> Iterator[str]:
    """What was found; with `values`, every value as it was read as well."""
    yield _summary(examination)
    if is_neutral(examination.received.name, examination.digest):
        yield "  " + messages(examination.language, "commands")["head"]["name_left_out"]
    for group in examination.groups:
        yield from _group_lines(group, examination.language)
    changes, replaced = examination.difference, examination.replaces
    if values and changes is not None:
        yield from value_lines(changes, examination.language)
    if replaced and changes is not None and not examination.same_as_current:
        yield from _difference_lines(changes, replaced, examination.language)
        yield from _extent_lines(examination)
    if values or (replaced and not examination.same_as_current):
        actions = examination.action_changes
        yield from _action_lines(actions, examination.language, only_changed=not values)
    if not examination.same_as_current:
        texts = lines_of_texts(examination.texts, examination.language)
        yield from (f"  {line}" for line in texts)
    yield from (f"  {sentence}" for sentence in _outcome(examination))


def _summary(examination: Examination) -> str:
    """Scope and number of findings; the name alone of a file that cannot be read."""
    if examination.outcome == "unreadable":
        return examination.received.name
    texts = messages(examination.language, "commands")
    numbers = {severity: examination.count(severity) for severity in Severity}
    counts = ", ".join(
        counted(number, texts[severity]) for severity, number in numbers.items() if number
    )
    where = " ".join(filter(None, (examination.collection, examination.area, examination.round)))
    found = [where or texts["head"]["nowhere"], counts or texts["head"]["none"]]
    return f"{examination.received.name}: {list_clauses(found, examination.language)}"


def _group_lines(group: FindingGroup, language: str) -> Iterator[str]:
    texts = messages(language, "commands")
    severity = texts[group.severity].beside(1)
    yield f"  {severity}  {group.rule}  {group.location or texts['head']['file']}"
    examples, is_all = finding_examples(group, language)
    labels, shared = finding_labels(language), shared_expectation(examples)
    for cell, text in examples:
        address = f"{cell}: " if cell and len(examples) > 1 else ""
        expected = "" if shared else f" {labels['expected']}: {text.expected}"
        yield f"    {address}{text.what}{expected}"
    if not is_all:
        yield f"    {texts['head']['alike']}"
    if shared:
        yield f"    {labels['expected']}: {shared}"
    heading = "" if is_answered(group) else f"{labels['correction']}: "
    yield f"    {heading}{examples[0][1].correction}"


def _difference_lines(
    difference: pd.DataFrame, replaces: Submission, language: str
) -> Iterator[str]:
    texts, counts = messages(language, "commands")["difference"], count_changes(difference)
    yield "  " + texts["beside"].format(vintage=replaces.vintage, **counts)
    changed = _only_changed(difference)
    for row in changed.head(CHANGED_SHOWN).to_dict("records"):
        key = f"{series_of_row(row)} {row['area']} {row['period']}"
        yield f"    {texts[row['change']]:<8} {key}: {format_figure_change(row, language)}"
    if len(changed) > CHANGED_SHOWN:
        yield "    " + texts["more"].format(number=len(changed) - CHANGED_SHOWN)


def _action_lines(actions: pd.DataFrame, language: str, *, only_changed: bool) -> Iterator[str]:
    """How many declared actions are new, changed or removed, and each of them."""
    if actions.empty:
        return
    texts = messages(language, "commands")["difference"]
    yield "  " + texts["actions"].format(**count_changes(actions))
    for row in (_only_changed(actions) if only_changed else actions).to_dict("records"):
        address = f"{row['sheet']}!{row['cell']} " if row["cell"] else ""
        stated = [
            _stated_change(row, name, language)
            for name in ("status", "timeframe", "progress")
            if row[name] or row[f"previous_{name}"]
        ]
        named = " ".join(filter(None, (row["goals"], row["description"])))
        yield f"    {texts[row['change']]:<8} {address}{list_clauses([named, *stated], language)}"


def _stated_change(row: Mapping[Hashable, str], name: str, language: str) -> str:
    """What is stated of an action, after what was stated before if that was something else."""
    now, before = (_name_stated(row[key], name, language) for key in (name, f"previous_{name}"))
    is_changed = row["change"] == CHANGED and now != before
    return f"{before or '–'} -> {now or '–'}" if is_changed else now or before


def _name_stated(text: str, name: str, language: str) -> str:
    codes = {"status": "action_status", "progress": "progress"}
    return name_of_code(codes[name], text, language) if name in codes else text


def _only_changed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["change"] != UNCHANGED] if len(rows) else rows


def _extent_lines(examination: Examination) -> Iterator[str]:
    """What becomes of the figures that the file does not ask about, by indicator."""
    if not examination.not_asked:
        return
    texts, language = messages(examination.language, "commands")["extent"], examination.language
    number = examination.figures_not_asked
    yield "  " + texts[examination.extent].format(number=number)
    for sheet, code, count in examination.not_asked:
        indicator = catalogue().indicators.get(code)
        name = indicator.name(language) if indicator else code
        yield f"    {sheet}: {name} ({code}), {count}"


def _outcome(examination: Examination) -> Iterator[str]:
    """Which submissions could not be compared, if the file was sent before, and the outcome."""
    texts = messages(examination.language, "commands")["outcome"]
    for sentence in passed_over(examination):
        yield texts["passed_over"].format(sentence=sentence)
    if examination.same_as_current:
        yield texts["already"].format(key=examination.same_as_current.key)
        return
    if examination.same_as_replaced:
        yield texts["again"].format(vintage=examination.same_as_replaced.vintage)
    numbers = {"observation": len(examination.observations), "action": len(examination.actions)}
    words = messages(examination.language, "commands")
    counts = {f"{name}s": counted(number, words[name]) for name, number in numbers.items()}
    sentence = refusal_sentence(examination)
    yield texts[examination.outcome].format(sentence=sentence, **counts)


def passed_over(examination: Examination) -> Iterator[str]:
    """Why submissions of other States are not compared, in the language of the examination."""
    for why in examination.unread_peers:
        yield refusal_text(why, examination.language)


def refusal_sentence(examination: Examination) -> str:
    """Why the file cannot be read, in the language of the examination; empty if it can be."""
    refusal = examination.refusal
    return refusal_text(refusal, examination.language) if refusal else ""


def examination_as_json(examination: Examination, *, values: bool = False) -> dict[str, object]:
    """The stable schema of `--json`, documented in docs/commands.md."""
    every = {"values": _values_as_json(examination.difference)} if values else {}
    actions = examination.action_changes
    return {
        "file": examination.received.name,
        "digest": examination.digest,
        "size": examination.received.size,
        "format": examination.format,
        "outcome": examination.outcome,
        "sentence": refusal_sentence(examination),
        "collection": examination.collection,
        "area": examination.area,
        "round": examination.round,
        "observations": len(examination.observations),
        "actions": len(examination.actions),
        "counts": {str(severity): examination.count(severity) for severity in Severity},
        "findings": [
            _finding_as_json(finding, examination.language) for finding in examination.findings
        ],
        "texts": asdict(examination.texts),
        "already": _submission_as_json(examination.same_as_current),
        "again": _submission_as_json(examination.same_as_replaced),
        "extent": examination.extent,
        "not_asked": [list(counted) for counted in examination.not_asked],
        "passed_over": list(passed_over(examination)),
        "replaces": _submission_as_json(examination.replaces),
        "submitted": _submission_as_json(examination.submission),
        # Without a previous vintage everything is new: it would only repeat the file.
        "difference": _difference_as_json(examination.difference) if examination.replaces else None,
        "action_changes": _values_as_json(actions if values else _only_changed(actions)),
        **every,
    }


def _finding_as_json(finding: Finding, language: str) -> dict[str, object]:
    text = describe_finding(finding, language)
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "what": text.what,
        "expected": text.expected,
        "correction": text.correction,
        "values": dict(finding.values),
    }


def _submission_as_json(submission: Submission | None) -> dict[str, str | None] | None:
    if submission is None:
        return None
    names = ("digest", "sent_digest", "key", "vintage", "received_at")
    return {name: getattr(submission, name) for name in names}


def _difference_as_json(difference: pd.DataFrame | None) -> dict[str, object] | None:
    if difference is None:
        return None
    changed = _only_changed(difference)
    return {"counts": count_changes(difference), "changed": _values_as_json(changed)}


def _values_as_json(rows: pd.DataFrame | None) -> list[dict[Hashable, object]]:
    if rows is None:
        return []
    return rows.astype(object).where(rows.notna(), None).to_dict("records")
