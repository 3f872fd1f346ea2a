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
        html.P(override_sentence(judgement.override, text), className="override"),
    ]


def status_with_notes(track: AssessedSeries, text: Text) -> html.Span:
    """The status, its method, and the computed one where a reviewer has set another."""
    notes = [method_note(track, text), computed_note(track, text)]
    marks = [html.Span(note, className="note") for note in notes if note]
    return html.Span([badge(track.status, text), *marks], className="marked")


def method_note(track: AssessedSeries, text: Text) -> str:
    if track.official is None:
        return ""
    return f"{text('arithmetic.source')} {method_name(track.official.method, text)}"


def small_status(track: AssessedSeries, text: Text) -> html.Span:
    return small_badge(track.status, text, computed_note(track, text))


def computed_note(track: AssessedSeries, text: Text) -> str:
    first = track.official.computed if track.official else ""
    return override_note(track.status, first, text)


def override_sentence(override: ReviewerOverride, text: Text) -> str:
    return text(
        "override.set_by",
        reviewer=override.reviewer,
        day=text.date(override.day),
        reason=override.reason,
    )


def override_note(status: str, computed: str, text: Text) -> str:
    """For a table: that a reviewer set the status, and what was computed; else nothing."""
    is_set = bool(computed) and computed != status
    return text("override.short", status=text(f"status.{computed}")) if is_set else ""
