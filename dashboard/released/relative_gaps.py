"""The released gap in per cent of the expected value, in words: alone, or behind the gap."""

from dashboard.released.assessments import Assessment
from dashboard.texts import Text
from metrics.catalogue.codelists.units import PER_CENT

LEAST_WHOLE = 10  # per cent: smaller ones have a decimal


def relative_gap_in_words(assessment: Assessment, text: Text) -> str:
    """` (−11 %)`, behind the gap; empty as `relative_gap_alone`."""
    relative = relative_gap_alone(assessment, text)
    return f" ({relative})" if relative else ""


def relative_gap_alone(assessment: Assessment, text: Text) -> str:
    """`−11 %`; empty where no level was agreed, or the release has no relative gap."""
    gap = assessment.relative_gap
    if gap is None or not assessment.has_level:
        return ""
    sign = "+" if gap > 0 else ""
    decimals = 0 if abs(gap) >= LEAST_WHOLE else 1
    return sign + text.quantity(gap, PER_CENT, decimals)
