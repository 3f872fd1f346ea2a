"""What a link to the page of a goal names; an error where it names what does not exist."""

from collections.abc import Collection, Mapping

from dashboard.addresses.alternatives import with_nearest
from dashboard.addresses.selection import Selection, choose
from dashboard.released.series import AssessedSeries
from dashboard.slides.content import SlideRequest
from metrics.catalogue.codelists import codelist
from metrics.core.errors import SubmissionError


def known_names(request: SlideRequest) -> Mapping[str, Collection[str]]:
    """What a link can name, by parameter."""
    definitions = request.context.definitions
    return {"goal": definitions.goals, "area": codelist("area")}


def read_selection(request: SlideRequest) -> tuple[Selection, AssessedSeries]:
    selection = choose(request.context)
    if selection.unavailable is not None or selection.series is None:
        why = str(selection.unavailable or request.context.text("missing.title"))
        for name, known in known_names(request).items():
            value = getattr(request.context.view, name)
            if value and value not in known:
                why = with_nearest(why, value, known, request.context.text)
        raise SubmissionError("deck_nothing_there", why=why)
    return selection, selection.series
