"""Why a change is not printed: it may be none, is of few cases, or depends on what is not known."""

import pytest

from dashboard.released.unclear_changes import FEW_CASES, NO_CLEAR_CHANGE, UNDECIDED, why_unclear
from metrics.core.verdict_codes import MATERIAL, Reason


@pytest.mark.parametrize(
    ("materiality", "why"),
    [
        (MATERIAL, ""),
        ("", ""),  # of a release that does not weigh its changes
        (Reason.BELOW_THRESHOLD, NO_CLEAR_CHANGE),
        (Reason.SMALL_BASE, FEW_CASES),
        (Reason.PARTICIPANTS_UNKNOWN, UNDECIDED),
        (Reason.LIMIT_UNDECIDED, UNDECIDED),
    ],
)
def test_each_reason_is_named(materiality: str, why: str) -> None:
    assert why_unclear({"materiality": materiality}) == why
