"""The one reason that decides a status; qualifications are shown elsewhere."""

from dashboard.assessments import Assessment
from dashboard.target_text import rule_text
from dashboard.texts import Text
from dashboard.verdict_reasons import change_and_threshold, reason_sentence, reasons_in_words
from metrics.catalogue.methods import category_name
from metrics.core.verdict_codes import NO_VERDICT, Reason
from metrics.core.verdicts import Status, Verdict


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
        return unclear_change(verdict, text)
    if Reason.AT_LIMIT in verdict.reasons:
        return reason_sentence(Reason.AT_LIMIT, verdict, text)
    return method_finding(assessment, text)


def unclear_change(verdict: Verdict, text: Text) -> str:
    """The change, and the threshold that it does not exceed."""
    weighed = change_and_threshold(verdict, text)
    if weighed is None:
        return reason_sentence(Reason.BELOW_THRESHOLD, verdict, text)
    return text("reason.unclear_change", **weighed)


def not_assessed_reason(assessment: Assessment | None, text: Text) -> str:
    """Why a series with a target has no status; empty where it has one."""
    if assessment is None or assessment.status != Status.NOT_ASSESSED:
        return ""
    verdict = assessment.verdict
    return reasons_in_words(verdict, text, without={*verdict.reasons} - NO_VERDICT)


def method_finding(assessment: Assessment, text: Text) -> str:
    """What the method calls it, with the clear change or with what was asked for."""
    verdict = assessment.verdict
    found = category_name(assessment.method, verdict.category, text.language)
    category = found[:1].upper() + found[1:]
    if assessment.has_level and assessment.asked:
        asked = rule_text(assessment.asked, text)
        return text("reason.by_target", category=category, asked=asked)
    weighed = change_and_threshold(verdict, text)
    if weighed is None:
        return f"{category}." if category else ""
    return text("reason.clear_change", category=category, **weighed)
