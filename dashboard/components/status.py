"""A status, always shown by word, icon and colour together."""

from collections.abc import Iterable

from dash import html

from dashboard.assessments import SHOWN_STATUSES
from dashboard.charts.marks import dated_status
from dashboard.components.layout import attributes
from dashboard.texts import Text


def in_sentences(notes: Iterable[str]) -> str:
    """`On track · 2024. No value since 2024`: a capital after each full stop."""
    given = list(filter(None, notes))
    return ". ".join([*given[:1], *(note[:1].upper() + note[1:] for note in given[1:])])


def badge(status: str, text: Text, period: str = "", asked: str = "") -> html.Span:
    """The status as `dated_status` words it."""
    return html.Span(
        [
            html.Span(className="icon", **attributes(aria_hidden="true")),
            dated_status(status, period, text, asked),
        ],
        className=f"status status-{status}" + (" status-asked" if asked else ""),
    )


def small_badge(
    status: str, text: Text, note: str = "", period: str = "", asked: str = ""
) -> html.Span:
    """For small spaces: the icon is visible, the word is read out and shown on hover.

    A note, such as that a reviewer has set the status, is marked with a star.
    """
    description = in_sentences([dated_status(status, period, text, asked), note])
    return html.Span(
        [
            html.Span(className="icon", **attributes(aria_hidden="true")),
            html.Span(description, className="visually-hidden"),
            html.Span("*", **attributes(aria_hidden="true")) if note else None,
        ],
        className=f"status status-small status-{status}",
        title=description,
    )


def status_legend(text: Text) -> html.Ul:
    return html.Ul([html.Li(badge(status, text)) for status in SHOWN_STATUSES], className="legend")
