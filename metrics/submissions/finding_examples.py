"""Examples from a group of findings with one cause but different sentences."""

from metrics.intake.finding_texts import FindingText, describe_finding
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
