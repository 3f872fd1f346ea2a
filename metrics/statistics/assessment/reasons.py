"""The reasons of a verdict: keys of messages, separated by `;`."""

from dataclasses import replace

from metrics.core.verdicts import Status, Verdict

# The label of a value that was not reported.
CARRIED = "value carried back on the matched panel"


def reasons_of(verdict: Verdict) -> list[str]:
    return [reason for reason in verdict.reason.split(";") if reason]


def has_reason(verdict: Verdict, *reasons: str) -> bool:
    return not set(reasons).isdisjoint(reasons_of(verdict))


def add_reason(verdict: Verdict, *reasons: str) -> Verdict:
    named = dict.fromkeys((*reasons_of(verdict), *reasons))
    return replace(verdict, reason=";".join(named))


def without_reason(verdict: Verdict, *reasons: str) -> Verdict:
    kept = [reason for reason in reasons_of(verdict) if reason not in reasons]
    return replace(verdict, reason=";".join(kept))


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
