"""The changes between two releases that an address asks for, as rows of pages and files."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.context import PageContext
from dashboard.data import sort_areas
from dashboard.released.release_changes import (
    ReleaseDifference,
    count_goal_statuses,
    older_labels,
    requested_difference,
)
from metrics.catalogue.codelists import codelist
from metrics.catalogue.loader import catalogue
from metrics.core.series import codes_of_rows
from metrics.core.shared_texts import series_of_rows
from metrics.core.tables import EU
from metrics.release.changes import FigureChange

STATUS_CHANGE = "status"  # the kind of change that is no figure
KINDS_OF_CHANGE = (STATUS_CHANGE, *map(str, FigureChange))
ROUND_OF_SUBMISSION = r"([^/]+)/[^/]+/[^/]+$"  # `round/area/vintage`
EVERYTHING = "all"  # the detail that adds other series and calculated figures
STATUS_FILE = (
    "collection", "release", "before_release", "goal", "target", "is_headline", "area", "series",
    "before", "after", "period_before", "period_after", "cause", "joined", "left",
)  # fmt: skip
FIGURE_FILE = (
    "collection", "release", "before_release", "area", "series", "indicator", "component", "period",
    "kind", "previous_value", "previous_observation_status", "previous_limit", "value",
    "observation_status", "limit", "difference", "is_reported", "round", "submission",
    "vintage", "previous_materiality", "materiality",
)  # fmt: skip


@dataclass(frozen=True)
class AskedChanges:
    """What an address asks for of the difference between two releases."""

    difference: ReleaseDifference
    statuses: pd.DataFrame
    figures: pd.DataFrame
    # Of the same area, goal and indicator, whatever kind is chosen:
    counts: Mapping[str, int]  # reported figures by kind, and statuses of goals
    beside: int  # other series and calculated figures, which are shown on request


def choices_of_changes(context: PageContext) -> Mapping[str, tuple[str, ...]]:
    """What an address can choose on this page, beside collection, release and area."""
    return {
        "before": tuple(older_labels(context)),
        "goal": tuple(context.definitions.goals),
        "indicator": tuple(context.definitions.indicators),
        "change": KINDS_OF_CHANGE,
        "detail": (EVERYTHING,),
    }


def asked_changes(context: PageContext) -> AskedChanges | None:
    """The changes that an address asks for, of the chosen kind; None for a first release.

    Figures of which only the status differs are listed where this kind is chosen.
    """
    difference = requested_difference(context)
    if difference is None:
        return None
    statuses = asked_statuses(difference.statuses, context)
    figures = asked_figures(difference.figures, context)
    is_main_status, is_main_figure = statuses["is_headline"], figures["is_reported"]
    has_other_value = figures["kind"].ne(FigureChange.OBSERVATION_STATUS)
    counts = {
        STATUS_CHANGE: count_goal_statuses(statuses),
        **figures.loc[is_main_figure, "kind"].value_counts().to_dict(),
    }
    beside = int((~is_main_status).sum() + (~is_main_figure & has_other_value).sum())
    if context.view.detail != EVERYTHING:
        statuses, figures = statuses[is_main_status], figures[is_main_figure]
    kind = context.view.change
    is_asked = figures["kind"].eq(kind) if kind else has_other_value.loc[figures.index]
    return AskedChanges(
        difference,
        sort_statuses(statuses if kind in {"", STATUS_CHANGE} else statuses.iloc[:0]),
        sort_figures(figures[is_asked]),
        counts,
        beside,
    )


def asked_statuses(statuses: pd.DataFrame, context: PageContext) -> pd.DataFrame:
    """The statuses of the chosen area, goal and indicator; of all where none is chosen."""
    view = context.view
    chosen = {"area": view.area, "goal": view.goal, "indicator": view.indicator}
    for column, code in chosen.items():
        statuses = statuses[statuses[column].eq(code) | (not code)]
    return statuses


def asked_figures(figures: pd.DataFrame, context: PageContext) -> pd.DataFrame:
    """The figures of the chosen area and indicator, and of what a chosen goal is followed by."""
    view = context.view
    is_in_area = figures["area"].eq(view.area) | (not view.area)
    goal = context.definitions.goals.get(view.goal)
    is_of_goal = figures["indicator"].isin(goal.indicators if goal else ()) | (goal is None)
    is_of_indicator = figures["indicator"].eq(view.indicator) | (not view.indicator)
    return figures[is_in_area & is_of_goal & is_of_indicator]


def sort_statuses(statuses: pd.DataFrame) -> pd.DataFrame:
    """Headline series first; then in the order of goals and areas."""
    goals = {code: at for at, code in enumerate(catalogue().goals)}
    ranked = statuses.assign(
        rank=~statuses["is_headline"],
        goal_rank=statuses["goal"].map(goals),
        area_rank=statuses["area"].map(area_ranks()),
    )
    return ranked.sort_values(["rank", "goal_rank", "area_rank", "indicator"])[statuses.columns]


def sort_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """In the order of areas, of indicators in the catalogue, and of time."""
    indicators = {code: at for at, code in enumerate(catalogue().indicators)}
    ranked = figures.assign(
        area_rank=figures["area"].map(area_ranks()),
        indicator_rank=figures["indicator"].map(indicators),
        series=codes_of_rows(figures),
    )
    order = ["area_rank", "indicator_rank", "component", "series", "period"]
    return ranked.sort_values(order)[figures.columns]


def area_ranks() -> Mapping[str, int]:
    return {area: at for at, area in enumerate(sort_areas([EU, *codelist("area")]))}


def status_change_rows(context: PageContext) -> pd.DataFrame:
    """The file of changed statuses: all that the address asks for, with codes."""
    changes = asked_changes(context.with_changes(change=STATUS_CHANGE))
    if changes is None:
        return pd.DataFrame(columns=[*STATUS_FILE])
    rows = changes.statuses.assign(component="value")
    return named_releases(rows, changes, context)[[*STATUS_FILE]]


def figure_change_rows(context: PageContext) -> pd.DataFrame:
    """The file of changed figures: all that the address asks for, with codes."""
    changes = asked_changes(context)
    if changes is None:
        return pd.DataFrame(columns=[*FIGURE_FILE])
    rounds = (
        changes.figures["submission"]
        .astype(str)
        .str.extract(ROUND_OF_SUBMISSION, expand=False)
        .fillna("")
    )
    named = named_releases(changes.figures.assign(round=rounds), changes, context)
    return named[[*FIGURE_FILE]]


def named_releases(rows: pd.DataFrame, changes: AskedChanges, context: PageContext) -> pd.DataFrame:
    return rows.assign(
        collection=context.collection.code,
        release=changes.difference.after.label,
        before_release=changes.difference.before.label,
        series=series_of_rows(rows),
    )
