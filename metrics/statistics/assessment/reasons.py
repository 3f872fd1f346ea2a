"""Add, remove and look for the reasons of a verdict."""

from dataclasses import replace

from metrics.core.verdicts import Status, Verdict, join_reasons


def has_reason(verdict: Verdict, *reasons: str) -> bool:
    """Whether a verdict names any of these reasons."""
    return not set(reasons).isdisjoint(verdict.reasons)


def add_reason(verdict: Verdict, *reasons: str) -> Verdict:
    return replace(verdict, reason=join_reasons(*verdict.reasons, *reasons))


def without_reason(verdict: Verdict, *reasons: str) -> Verdict:
    kept = [reason for reason in verdict.reasons if reason not in reasons]
    return replace(verdict, reason=join_reasons(*kept))


def withdraw(verdict: Verdict) -> Verdict:
    """Take the status back, with all that depends on it; period, value and arithmetic stay."""
    return replace(
        verdict,
        status=Status.NOT_ASSESSED,
        category="",
        expected_value=None,
        gap=None,
        months_late=None,
        score=None,
        path=(),
    )
