"""Why a released change between two periods is not printed: it may be none, or is of few cases."""

from collections.abc import Mapping
from typing import Any

from metrics.core.verdict_codes import MATERIAL, Reason

UNCLEAR_SIGN = "≈"  # behind a change that may be none
NO_CLEAR_CHANGE = "uncomputed.no_clear_change"
FEW_CASES = "uncomputed.few_cases"


def why_unclear(change: Mapping[str, Any]) -> str:
    """The key of the reason, from the `materiality` of a row; empty for a change that is material.

    Releases of earlier versions do not say: empty too.
    """
    code = change.get("materiality") or MATERIAL
    if code == Reason.SMALL_BASE:
        return FEW_CASES
    return "" if code == MATERIAL else NO_CLEAR_CHANGE
