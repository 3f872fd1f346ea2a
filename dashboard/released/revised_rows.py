"""The revised figures that an address asks for, summaries, and all released values of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import data
from dashboard.context import PageContext
from dashboard.data import order_by_area, records
from dashboard.released.changed_rows import asked_figures, sort_figures
from dashboard.released.release_changes import older_labels
from dashboard.rows_by_key import Record
from dashboard.view import View
from metrics.core.errors import UnknownNameError
from metrics.core.keys import has_key
from metrics.core.series import parse_series
from metrics.core.shared_texts import series_of_rows
from metrics.core.tables import BREAKDOWNS, KEY, TOTAL
from metrics.release.changes import add_differences, earlier_figures
from metrics.release.store import KEPT_OPEN, StoredRelease

RELEASES_COMPARED = KEPT_OPEN - 1  # earlier ones: as many as are kept open beside the newest
REVISION_FILE = (
    "collection", "release", "area", "series", "indicator", "component", "period",
    "previous_value", "previous_observation_status", "value", "observation_status", "difference",
    "previous_vintage", "vintage",
)  # fmt: skip


@dataclass(frozen=True)
class ReleasedValue:
    """One figure as one release has it; a row like those of `changed_figures`."""

    label: str
    as_of: str
    row: Record


def revised_figures_of(context: PageContext) -> pd.DataFrame:
    """The revisions that an address asks for; `difference` where both figures may be shown."""
    if context.release is None:
        return pd.DataFrame(columns=[*REVISION_FILE])
    revisions = context.release.stored.table("revisions")
    return sort_figures(add_differences(asked_figures(revisions, context)))


def choices_of_revisions(context: PageContext) -> Mapping[str, tuple[str, ...]]:
    """What an address can choose of them, beside collection, release and area."""
    definitions = context.definitions
    return {"goal": tuple(definitions.goals), "indicator": tuple(definitions.indicators)}


def revision_rows(context: PageContext) -> pd.DataFrame:
    """The file of revised figures."""
    rows = revised_figures_of(context)
    label = context.release.label if context.release else ""
    named = rows.assign(
        collection=context.collection.code, release=label, series=series_of_rows(rows)
    )
    return named[[*REVISION_FILE]]


def revision_summary(context: PageContext) -> pd.DataFrame:
    """Number, direction and size: of every area, or of the series that are chosen."""
    if context.release is None:
        return pd.DataFrame()
    summary = order_by_area(context.release.stored.table("revision_summary"))
    is_of_series = summary["indicator"].ne("")
    if is_by_series(context.view):
        return asked_figures(summary[is_of_series], context)
    return summary[~is_of_series]


def is_by_series(view: View) -> bool:
    """Whether revisions are summed up by series: those of an area, a goal or an indicator."""
    return bool(view.area or view.goal or view.indicator)


def summary_rows(context: PageContext) -> pd.DataFrame:
    """The file of the summaries: of all areas and series, or of those that are chosen."""
    if context.release is None:
        return pd.DataFrame(columns=["collection", "release"])
    names = {"collection": context.collection.code, "release": context.release.label}
    summary = context.release.stored.table("revision_summary")
    return asked_figures(summary, context).assign(**names)[[*names, *summary.columns]]


def key_of_figure(view: View) -> Mapping[str, str] | None:
    """The key of the figure in an address: series, area and period; None if one is missing."""
    if not (view.indicator and view.area and view.period):
        return None
    try:
        series = parse_series(view.indicator)
    except UnknownNameError:
        return None
    codes = {by: series.codes.get(by, TOTAL) for by in BREAKDOWNS}
    own = {"indicator": series.indicator, "component": series.component}
    return {**own, "area": view.area, **codes, "period": view.period}


def released_values(key: Mapping[str, str], context: PageContext) -> Sequence[ReleasedValue]:
    """A figure in the release that is shown and in those before it, newest first.

    The figures of earlier releases are left out where they may be shown no longer.
    """
    release = context.release
    if release is None:
        return ()
    newest = release.stored
    found = [ReleasedValue(newest.label, newest.as_of, row) for row in current_rows(key, newest)]
    for label in older_labels(context)[:RELEASES_COMPARED]:
        older = data.release_store().open(context.collection.code, label)
        if older is not None:
            found += [
                ReleasedValue(label, older.as_of, row) for row in earlier_rows(key, older, newest)
            ]
    return found


def current_rows(key: Mapping[str, str], newest: StoredRelease) -> Sequence[Record]:
    values = newest.table("indicator_values")
    values = values[values["indicator"] == key["indicator"]]
    return records(values[has_key(values, KEY, [tuple(key[name] for name in KEY)])])


def earlier_rows(
    key: Mapping[str, str], older: StoredRelease, newest: StoredRelease
) -> Sequence[Record]:
    before, after = (release.table("indicator_values") for release in (older, newest))
    rows = earlier_figures(key, before, after, newest.table("withdrawals"))
    return [{**key, **row} for row in records(rows)]
