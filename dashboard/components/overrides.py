"""A status that a reviewer has set, with the computed one beside it."""

from dash import html

from dashboard.assessments import Assessment, ReviewerOverride
from dashboard.components.status import badge, small_badge
from dashboard.narrative import method_name
from dashboard.series import AssessedSeries
from dashboard.texts import Text


def override_badge(judgement: Assessment | None, text: Text) -> list[html.Span | html.P]:
    """The status that counts; where it was set by a reviewer, the computed one, who and why."""
    if judgement is None or judgement.override is None:
        return []
    return [
        badge(judgement.status, text),
        html.Span(
            [text("override.computed") + " ", badge(judgement.computed, text)],
            className="computed",
        ),
        html.P(set_by(judgement.override, text), className="override"),
    ]


def marked(track: AssessedSeries, text: Text) -> html.Span:
    """The status, its method, and the computed one where a reviewer has set another."""
    said = [method(track, text), computed(track, text)]
    notes = [html.Span(each, className="note") for each in said if each]
    return html.Span([badge(track.status, text), *notes], className="marked")


def method(track: AssessedSeries, text: Text) -> str:
    if track.official is None:
        return ""
    return f"{text('arithmetic.source')} {method_name(track.official.method, text)}"


def marked_small(track: AssessedSeries, text: Text) -> html.Span:
    return small_badge(track.status, text, computed(track, text))


def computed(track: AssessedSeries, text: Text) -> str:
    first = track.official.computed if track.official else ""
    return in_short(track.status, first, text)


def set_by(override: ReviewerOverride, text: Text) -> str:
    return text(
        "override.set_by",
        reviewer=override.reviewer,
        day=text.date(override.day),
        reason=override.reason,
    )


def in_short(status: str, computed: str, text: Text) -> str:
    """For a table: that a reviewer set the status, and what was computed; else nothing."""
    is_set = bool(computed) and computed != status
    return text("override.short", status=text(f"status.{computed}")) if is_set else ""
