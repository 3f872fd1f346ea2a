"""The one reason that decides a status; qualifications are shown elsewhere."""

from dashboard.released.assessments import Assessment, ReviewerOverride
from dashboard.target_text import rule_text
from dashboard.texts import Text
from dashboard.wording.verdict_reasons import (
    change_and_threshold,
    reason_sentence,
    reasons_in_words,
    sentence_on_change,
)
from metrics.catalogue.methods import category_name
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import Status
from metrics.messages.sentences import with_capital

# What is said about a status in place of the method's category, where no change is clear.
WITHOUT_CHANGE = {
    Status.BEHIND: "reason.short_without_change",
    Status.NOT_ACHIEVED: "reason.level_without_change",
}


def decisive_reason(assessment: Assessment | None, text: Text) -> str:
    """Why a series has its status, in a sentence; empty where it has none and needs none.

    The reviewer's reason if one set it; else why there is no verdict, why no change is clear, that
    nothing more can be asked, or what the method found.
    """
    if assessment is None:
        return ""
    if assessment.override:
        return assessment.override.reason
    verdict = assessment.verdict
    if verdict.status == Status.NOT_ASSESSED:
        return not_assessed_reason(assessment, text)
    if verdict.status == Status.NO_CLEAR_CHANGE:
        return sentence_on_change(assessment, text)
    if Reason.AT_LIMIT in verdict.reasons:
        return reason_sentence(Reason.AT_LIMIT, assessment, text)
    return method_finding(assessment, text)


def not_assessed_reason(assessment: Assessment | None, text: Text) -> str:
    """Why a series with a target has no status; empty where it has one."""
    if assessment is None or assessment.status != Status.NOT_ASSESSED:
        return ""
    return reasons_in_words(assessment, text, assessment.reasons_for_none)


def doubts_of_verdict(assessment: Assessment | None, text: Text) -> list[str]:
    """That a status rests on a limit, or that the series varies so that it could change."""
    if assessment is None or assessment.override:
        return []
    codes = (Reason.LIMIT, Reason.VOLATILE)
    known = [code for code in codes if code in assessment.verdict.reasons]
    return [reason_sentence(code, assessment, text) for code in known]


def method_finding(assessment: Assessment, text: Text) -> str:
    """What the method calls it, with the clear change or with what was asked for.

    A change that counts as none is not said to have made a value better or worse.
    """
    verdict = assessment.verdict
    found = category_name(assessment.method, verdict.category, text.language)
    category = with_capital(found)
    if Reason.BELOW_THRESHOLD in verdict.reasons and verdict.status in WITHOUT_CHANGE:
        category = text(WITHOUT_CHANGE[verdict.status])
    if assessment.has_level and assessment.asked:
        asked = rule_text(assessment.asked, text)
        return text("reason.by_target", category=category, asked=asked)
    weighed = change_and_threshold(assessment, text)
    if weighed is None:
        return f"{category}." if category else ""
    is_limited = Reason.LIMIT in verdict.reasons
    key = "reason.clear_change_limited" if is_limited else "reason.clear_change"
    return text(key, category=category, **weighed)


MONTHS_IN_YEAR = 12
MOST_MONTHS = 24  # more are given in years
# Statuses of which a lateness is said: after a date that has passed, or behind a path.
OVERDUE_STATUSES = frozenset({Status.NOT_ACHIEVED, Status.ACHIEVED_LATE})
LATE_STATUSES = OVERDUE_STATUSES | {Status.BEHIND, Status.MOVING_AWAY}


def lateness(official: Assessment, text: Text) -> str:
    """`about 15 months behind the path`, as released; empty where nothing is late."""
    months = official.verdict.months_late
    if months is None or round(months) < 1 or official.status not in LATE_STATUSES:
        return ""
    of_what = "late" if official.status in OVERDUE_STATUSES else "behind"
    if months < MOST_MONTHS:
        return text.counted(f"strip.months_{of_what}", round(months))
    return text.counted(f"strip.years_{of_what}", round(months / MONTHS_IN_YEAR))


def override_sentence(override: ReviewerOverride, text: Text) -> str:
    return text(
        "override.set_by",
        reviewer=override.reviewer,
        day=text.date(override.day),
        reason=override.reason,
    )


def override_note(status: str, computed: str, text: Text) -> str:
    """For a table: says that a reviewer set the status, and what was computed; else empty."""
    is_set = bool(computed) and computed != status
    return text("override.short", status=text(f"status.{computed}")) if is_set else ""
