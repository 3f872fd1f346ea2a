"""What is not a page: files to take away."""

from collections.abc import Callable, Mapping

import pandas as pd
from flask import Flask, Response, abort, request

from dashboard import data, twins
from dashboard.components.notes import source_line
from dashboard.data import Release
from dashboard.texts import Text, texts
from dashboard.tracks import Track, tracks
from dashboard.view import View
from metrics.catalogue import catalogue
from metrics.tables import EU

LEADING = ("collection", "release", "indicator", "unit", "area", "series", "period", "value")
AFTER = ("observation_status", "confidentiality_status", "path", "gap", "status")


def register(server: Flask) -> None:
    server.add_url_rule("/download/<what>.csv", "download", download)


def download(what: str) -> Response:
    """The view of the address as a file."""
    view = View.of(request.args)
    release = data.release_of(view)
    if what not in VIEWS or release is None or view.goal not in catalogue().goals:
        abort(404)
    text = texts(view.lang)
    track = chosen(view, release)
    table = VIEWS[what](view, track, release)
    name = f"{release.collection.code}-{release.label}-{track.indicator.code}-{what}.csv"
    return attachment(labelled(table, track, release, (view, text)), name)


def chosen(view: View, release: Release) -> Track:
    followed = tracks(catalogue().goals[view.goal], view.area or EU, release)
    if not followed:
        abort(404)
    return next((each for each in followed if each.name == view.indicator), followed[0])


def trend(view: View, track: Track, release: Release) -> pd.DataFrame:
    """The series as it is shown: in all, or in the parts of the chosen breakdown."""
    by = view.breakdown.split("+") if view.breakdown else []
    if parts := twins.parts(track, release, by):
        return pd.concat([part.values for part in parts])
    return twins.trend(track)


def states(view: View, track: Track, release: Release) -> pd.DataFrame:
    periods = twins.periods(track, release)
    period = view.period if view.period in periods else next(iter(periods), "")
    every = twins.of_states(catalogue().goals[view.goal], track, release)
    return twins.ordered(twins.states(every, period), view.order)


VIEWS: Mapping[str, Callable[[View, Track, Release], pd.DataFrame]] = {
    "trend": trend,
    "states": states,
}


def labelled(
    table: pd.DataFrame, track: Track, release: Release, shown: tuple[View, Text]
) -> pd.DataFrame:
    """Each row says what it is of, so that the file can be read without the page."""
    view, text = shown
    whole = table.assign(
        collection=release.collection.code,
        release=release.label,
        indicator=track.indicator.code,
        unit=track.unit,
        source_line=source_line(view, release, text),
        caveat=track.indicator.caveat(text.language) if track.indicator.caveat else "",
    )
    wanted = (*LEADING, *AFTER, "areas_reporting", "areas_expected",
              "remark", "source", "address", "caveat", "source_line")  # fmt: skip
    return whole[[name for name in wanted if name in whole]]


def attachment(table: pd.DataFrame, name: str) -> Response:
    """UTF-8 with its mark, without which Excel reads Greek as something else."""
    return Response(
        table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig"),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
