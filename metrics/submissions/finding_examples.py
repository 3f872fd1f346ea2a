"""Findings of one cause that differ in what they say: a few are said in full, each at its cell."""

from metrics.intake.findings import EXAMPLES, FindingGroup
from metrics.intake.rules import FindingText, worded


def examples(group: FindingGroup, language: str) -> tuple[list[tuple[str, FindingText]], bool]:
    """The first of each that says something else, by its cell; and whether these are all."""
    said: dict[tuple[str, str], tuple[str, FindingText]] = {}
    for each in group.findings:
        words = worded(each, language)
        key = (words.what, words.expected)
        if key not in said and len(said) == EXAMPLES:
            return [*said.values()], False
        said.setdefault(key, (each.cell, words))
    return [*said.values()], True
