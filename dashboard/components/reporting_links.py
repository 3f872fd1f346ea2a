"""Links from a total of the Union to the page that names who has reported."""

from collections.abc import Iterator

from dash import html

from dashboard.charts.marks import is_total
from dashboard.components.layout import page_link
from dashboard.context import PageContext
from dashboard.released.series import AssessedSeries

MEMBER_STATES = "member_states"  # collections that ask all of them


def reporting_address(context: PageContext, period: str = "") -> str:
    """The page of reports, in the round that asked for a period."""
    rounds = (turn for turn in context.collection.rounds if period in map(str, turn.periods))
    code = next((turn.code for turn in rounds), "")
    return context.view.lasting_choices.link("/reporting", area="", round=code)


def who_reported(series: AssessedSeries, context: PageContext) -> Iterator[html.P]:
    """A link beside a total, where the collection asks every Member State."""
    latest = series.last_known
    if latest is None or not is_total(latest) or context.collection.areas != MEMBER_STATES:
        return
    words = context.text("reporting.who", period=context.text.period(latest["period"]))
    yield html.P(page_link(words, href=reporting_address(context, latest["period"])))
