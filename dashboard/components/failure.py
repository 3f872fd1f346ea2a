"""What a page says that cannot be shown: what failed, what can still be read, whom to tell."""

from collections.abc import Iterator

from dash import html

from dashboard.components.alternative_pages import other_releases
from dashboard.components.layout import Drawn, card
from dashboard.context import PageContext
from metrics.core.crash_reports import UnforeseenError
from metrics.core.errors import MetricsError
from metrics.messages.error_texts import error_sentence
from metrics.release.store import DamagedReleaseError


def failure_notice(error: MetricsError | OSError, path: str, context: PageContext) -> html.Section:
    """An alert with the sentence of the error; where a release is damaged, with what is not."""
    text = context.text
    if isinstance(error, DamagedReleaseError):
        heading, body = text("failure.damaged"), [*of_damaged(error, path, context)]
    else:
        heading, body = text("failure.heading"), [html.P(failure_sentence(error, context))]
    return card(heading, [html.Div(body, role="alert")], "empty failure")


def of_damaged(error: DamagedReleaseError, path: str, context: PageContext) -> Iterator[Drawn]:
    """Nothing of a damaged release is shown, as it could be wrong; all others are."""
    text = context.text
    yield html.P(text("failure.nothing_shown", release=context.release_label))
    others = [*other_releases(path, context)]
    if others:
        yield html.P(text("failure.others"))
        yield html.Ul([html.Li(link) for link in others], className="offers")
    sentence = failure_sentence(error, context)
    yield html.P(text("failure.for_operators", sentence=sentence), className="quiet")


def failure_sentence(error: MetricsError | OSError, context: PageContext) -> str:
    if isinstance(error, UnforeseenError):
        return context.text("frame.failed", report=error.report.name)
    if isinstance(error, MetricsError):
        return error_sentence(error, context.text.language)
    return str(error)
