"""Small multiples: the trend of each Member State in a frame of its own."""

from collections.abc import Sequence

from dash import dcc, html

from dashboard.charts.marks import why_absent
from dashboard.charts.sparkline import sparkline
from dashboard.components.cards import newer_gap
from dashboard.components.overrides import marked_small
from dashboard.texts import Text
from dashboard.tracks import Track
from dashboard.view import View


def multiples(every: Sequence[Track], shown: tuple[View, Text]) -> html.Div:
    """One frame a State, in the order given; each leads to its own chart."""
    view, text = shown
    return html.Div(
        [
            html.P(text("multiples.note"), className="quiet"),
            html.Ul([_one(each, view, text) for each in every], className="multiples"),
        ]
    )


def _one(track: Track, view: View, text: Text) -> html.Li:
    address = sparkline(track)
    href = view.link("/goal", indicator=track.name, area=track.area)
    name = text.code("area", track.area)
    picture = html.Img(src=address, alt="") if address else html.Span(className="spark-empty")
    return html.Li(
        [
            html.Div([dcc.Link(name, href=href), marked_small(track, text) if view.goal else None]),
            picture,
            html.Span(_latest(track, text), className="multiple-value"),
        ]
    )


def _latest(track: Track, text: Text) -> str:
    """The latest figure, and why there is none of a later period."""
    if track.latest is None:
        return why_absent(track.newest or {}, text)
    value, period = track.shown(track.latest["value"], text), text.period(track.latest["period"])
    return "; ".join(filter(None, [f"{value} ({period})", newer_gap(track, text)]))
