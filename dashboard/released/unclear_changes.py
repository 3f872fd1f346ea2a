"""Why a released change between two periods is not printed: it may be none, or is of few cases."""

from collections.abc import Mapping
from typing import Any

from metrics.core.verdict_codes import MATERIAL, Reason

UNCLEAR_SIGN = "≈"  # behind a change that may be none
NO_CLEAR_CHANGE = "uncomputed.no_clear_change"
FEW_CASES = "uncomputed.few_cases"
UNDECIDED = "uncomputed.undecided"
KEYS: Mapping[str, str] = {
    MATERIAL: "",
    Reason.SMALL_BASE: FEW_CASES,
    Reason.PARTICIPANTS_UNKNOWN: UNDECIDED,
    Reason.LIMIT_UNDECIDED: UNDECIDED,
}


def why_unclear(change: Mapping[str, Any]) -> str:
    """The key of the reason, from the `materiality` of a row; empty for a change that is material.

    Releases of earlier versions do not say: empty too.
    """
    return KEYS.get(change.get("materiality") or MATERIAL, NO_CLEAR_CHANGE)
