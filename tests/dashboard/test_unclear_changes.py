"""Why a change is not printed: it may be none, is of few cases, or depends on what is not known."""

import pytest

from dashboard.contents.searched_figures import UsedFigure, weighed_change
from dashboard.data import Release
from dashboard.released.series import read_series
from dashboard.released.unclear_changes import FEW_CASES, NO_CLEAR_CHANGE, UNDECIDED, why_unclear
from metrics.core.tables import EU
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


@pytest.mark.parametrize(
    ("materiality", "decides"),
    [
        (Reason.BELOW_THRESHOLD, True),
        (Reason.SMALL_BASE, False),
        (Reason.PARTICIPANTS_UNKNOWN, False),
        (Reason.LIMIT_UNDECIDED, False),
    ],
)
def test_only_a_change_below_the_threshold_counts_as_none(
    release: Release, materiality: str, decides: bool
) -> None:
    series = read_series(release, "ICSE_VICTIMS", EU)
    changes = {("2023", "2024"): {"materiality": materiality}}
    found = weighed_change(series, UsedFigure("2024", 5.0), changes)

    assert bool(found.no_change) is decides
    assert bool(found.why) is not decides
