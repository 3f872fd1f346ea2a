"""The released gap in per cent of the expected value, in words beside the gap itself."""

from dashboard.assessments import Assessment
from dashboard.texts import PER_CENT, Text

LEAST_WHOLE = 10  # per cent: smaller ones have a decimal


def relative_gap_in_words(assessment: Assessment, text: Text) -> str:
    """` (−11 %)`; empty where no level was agreed, or the release has no relative gap."""
    gap = assessment.relative_gap
    if gap is None or not assessment.has_level:
        return ""
    sign = "+" if gap > 0 else ""
    decimals = 0 if abs(gap) >= LEAST_WHOLE else 1
    return f" ({sign}{text.quantity(gap, PER_CENT, decimals)})"
