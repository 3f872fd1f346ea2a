"""A status, always shown by word, icon and colour together."""

from collections.abc import Collection, Iterable

from dash import html

from dashboard.charts.marks import dated_status
from dashboard.components.definition_links import definition_link
from dashboard.components.hints import hint
from dashboard.components.layout import attributes
from dashboard.released.goal_statuses import SCOREBOARD_MARKS
from dashboard.texts import Text
from metrics.messages.sentences import with_capital


def in_sentences(notes: Iterable[str]) -> str:
    """`On track · 2024. No value since 2024`: a capital after each full stop."""
    given = list(filter(None, notes))
    return ". ".join([*given[:1], *(with_capital(note) for note in given[1:])])


def badge(status: str, text: Text, period: str = "", asked: str = "", last: str = "") -> html.A:
    """The status as `dated_status` words it, which leads to its definition."""
    kind = f"status status-{status}" + (" status-asked" if asked else "")
    words = dated_status(status, period, text, asked, last)
    return definition_link([status_icon(), words], f"status-{status}", kind)


def unlinked_badge(status: str, text: Text, period: str = "") -> html.Span:
    """For the summary of a fold, which holds no links."""
    words = dated_status(status, period, text)
    return html.Span([status_icon(), words], className=f"status status-{status}")


def status_icon() -> html.Span:
    return html.Span(className="icon", **attributes(aria_hidden="true"))


def status_word(status: str, text: Text) -> html.A:
    """Icon and word in the line of the text, which lead to the definition."""
    words = [status_icon(), text(f"status.{status}")]
    return definition_link(words, f"status-{status}", f"status-word status-{status}")


def small_badge(status: str, words: str, note: str = "") -> html.A:
    """For small spaces: the icon is visible, the words are read out and shown as a hint.

    A note, such as that a reviewer has set the status, is marked with a star.
    """
    description = in_sentences([words, note])
    return definition_link(
        [
            status_icon(),
            html.Span(description, className="visually-hidden"),
            html.Span("*", **attributes(aria_hidden="true")) if note else None,
        ],
        f"status-{status}",
        f"status status-small status-{status}",
        **hint(description),
    )


def status_legend(marks: Collection[str], text: Text) -> html.Ul:
    """The marks that are used, in the order of the scoreboard."""
    used = [mark for mark in SCOREBOARD_MARKS if mark in marks]
    return html.Ul([html.Li(badge(mark, text)) for mark in used], className="legend")
