"""What a link to the page of a goal names; an error where it names what does not exist."""

from dashboard.addresses.selection import Selection, choose
from dashboard.released.series import AssessedSeries
from dashboard.slides.content import SlideRequest
from metrics.core.errors import SubmissionError


def read_selection(request: SlideRequest) -> tuple[Selection, AssessedSeries]:
    selection = choose(request.context)
    if selection.unavailable is not None or selection.series is None:
        why = str(selection.unavailable or request.context.text("missing.title"))
        raise SubmissionError("deck_nothing_there", why=why)
    if selection.is_period_unknown:
        raise SubmissionError("deck_nothing_there", why=selection.text(
            "missing.period", period=selection.view.period))  # fmt: skip
    return selection, selection.series
