"""Examples from a group of findings with one cause, and what they have in common."""

from collections.abc import Iterable

from metrics.intake.finding_texts import CONTESTED, EXPLAINED, FindingText, describe_finding
from metrics.intake.findings import EXAMPLES, FindingGroup


def finding_examples(
    group: FindingGroup, language: str
) -> tuple[list[tuple[str, FindingText]], bool]:
    """A few findings with different sentences, each with its cell; and whether these are all."""
    examples: dict[tuple[str, str], tuple[str, FindingText]] = {}
    for finding in group.findings:
        text = describe_finding(finding, language)
        key = (text.what, text.expected)
        if key not in examples and len(examples) == EXAMPLES:
            return [*examples.values()], False
        examples.setdefault(key, (group.address(finding), text))
    return [*examples.values()], True


def shared_expectation(examples: Iterable[tuple[str, FindingText]]) -> str:
    """What is expected in all of the examples; empty if it is not the same."""
    first, *others = {text.expected for _, text in examples}
    return "" if others else first


def is_answered(group: FindingGroup) -> bool:
    """Whether the sender has explained or contested the findings."""
    return bool(group.values.get(EXPLAINED) or group.values.get(CONTESTED))
