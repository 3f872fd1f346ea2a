"""How old a status is: since when, or for which chosen period, there is no value."""

from dashboard.released.assessments import Assessment, StatusAge
from dashboard.texts import Text
from metrics.core.verdict_codes import Reason


def age_note(assessment: Assessment | None, text: Text) -> str:
    """`no value since 2024`, of any method's verdict that is not current; else empty."""
    return age_in_words(assessment.status_age, text) if assessment else ""


def age_in_words(age: StatusAge | None, text: Text) -> str:
    """As of a chosen period: `no value for 2024`, and whether there is a later one."""
    note = short_age_in_words(age, text)
    is_followed = age is not None and age.is_reported_later
    return text("age.reported_later", note=note) if is_followed else note


def short_age_in_words(age: StatusAge | None, text: Text) -> str:
    """The same for a title: whether there is a later value is said below it."""
    if age is None:
        return ""
    is_uncompared = age.is_special_left_out and age.reason == Reason.NOT_CURRENT
    key = f"age.{age.reason}" + ("_special" if is_uncompared else "")
    if not age.chosen:
        return text(key, period=text.period(age.period))
    return text(f"{key}_then", period=text.period(age.chosen))
