"""What differs between two releases of a collection: statuses, and figures with their values."""

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import pandas as pd

from metrics.catalogue.codelists.statuses import is_withheld
from metrics.core.keys import has_key, is_among
from metrics.core.tables import BREAKDOWNS, EU, FREE, KEY, NOT_APPLICABLE, WITHHELD
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import split_reasons

ASSESSMENT_KEY = ["goal", "target", "area", "indicator", *BREAKDOWNS]
PERIOD_OF_SERIES = ["indicator", *BREAKDOWNS, "period"]
FIGURES_OF_PERIOD = ["area", *PERIOD_OF_SERIES]
COMPARED = ["status", "method", "period", "value", "baseline_period", "baseline_value",
            "expected_value", "reason", "override_status"]  # fmt: skip
FIGURE_COLUMNS = ["value", "observation_status", "confidentiality_status", "limit",
                  "submission", "vintage", "materiality"]  # fmt: skip
STATUS_CHANGES = [*ASSESSMENT_KEY, "before", "after", "period_before", "period_after", "cause",
                  "joined", "left"]  # fmt: skip
FIGURE_CHANGES = [*KEY, "kind", "previous_value", "previous_observation_status", "previous_limit",
                  "value", "observation_status", "confidentiality_status", "limit", "difference",
                  "is_reported", "previous_submission", "submission", "vintage",
                  "previous_materiality", "materiality"]  # fmt: skip


class FigureChange(StrEnum):
    """How a figure differs between two releases."""

    NEW = "new"
    REVISED = "revised"
    REMOVED = "removed"
    SUPPRESSED = "suppressed"  # may be shown no longer, or is suppressed from the start
    UNSUPPRESSED = "unsuppressed"
    APPLICABILITY = "applicability"  # missing became not applicable, or the reverse
    # The same value with another status, such as final after provisional.
    OBSERVATION_STATUS = "observation_status"


class StatusCause(StrEnum):
    """Why the status of a series differs between two releases."""

    REVIEWER = "reviewer"
    METHOD = "method"
    SUPPRESSED = "suppressed"
    NEW_FIGURE = "new_figure"
    REVISED_FIGURE = "revised_figure"
    REMOVED_FIGURE = "removed_figure"
    REVISED_START = "revised_start"
    REESTIMATED_START = "reestimated_start"  # for the States that a later figure covers
    COVERAGE = "coverage"
    DEFINITIONS = "definitions"  # another version of the catalogue or of the program
    TIME = "time"  # the same figures and definitions, on a later day


def changed_statuses(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The official assessments whose status differs, with both: `before` and `after`.

    Both tables are `assessments` of a release; the status that counts is the reviewer's, if any.
    A series that is assessed in only one of them has no change of status. If the figure is now
    suppressed, `before` is empty, because a status can reveal that a figure was zero.
    """
    compared = compare_assessments(before, after)
    return compared[[*ASSESSMENT_KEY, "before", "after"]]


def compare_assessments(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The changed statuses, with the values from which each of the two verdicts was computed."""
    old, new = _official_assessments(before), _official_assessments(after)
    both = old.merge(new, on=ASSESSMENT_KEY, suffixes=("_before", "_after"), validate="1:1")
    changed = both[both["status_before"] != both["status_after"]].reset_index(drop=True)
    statuses = changed["status_before"].mask(_has_reason(changed, Reason.SUPPRESSED, "after"), "")
    return changed.assign(before=statuses, after=changed["status_after"])


def _official_assessments(assessments: pd.DataFrame) -> pd.DataFrame:
    official = assessments[assessments["official"]]
    set_by_reviewer = official["override_status"].astype(str)
    status = official["status"].astype(str).where(set_by_reviewer.eq(""), set_by_reviewer)
    columns = official.reindex(columns=[*ASSESSMENT_KEY, *COMPARED])
    return columns.astype(dict.fromkeys(ASSESSMENT_KEY, "str")).assign(status=status)


def explain_statuses(
    compared: pd.DataFrame,
    values_before: pd.DataFrame,
    values_after: pd.DataFrame,
    *,
    is_same_version: bool,
) -> pd.DataFrame:
    """The changed statuses with their causes (`StatusCause`, separated by `;`).

    `joined` and `left` are the States that the figure of the Union has gained or lost.
    `is_same_version`: both releases were made with the same catalogue and program.
    """
    coverage = _coverage_changes(compared, values_before, values_after)
    causes = _causes(compared, coverage, _have_other_starts(compared, values_before, values_after))
    explained = pd.Series(
        [";".join(cause for cause in causes if causes[cause][row]) for row in compared.index],
        index=compared.index,
        dtype="str",
    )
    other = StatusCause.TIME if is_same_version else StatusCause.DEFINITIONS
    table = compared.assign(cause=explained.where(explained.ne(""), str(other)), **coverage)
    return table[STATUS_CHANGES]


def _causes(
    compared: pd.DataFrame, coverage: Mapping[str, pd.Series], have_other_starts: pd.Series
) -> Mapping[StatusCause, pd.Series]:
    """For each cause, the statuses that it may have changed.

    `have_other_starts`: whether the released figure at the start of the path differs.
    """
    same_period = ~_differs(compared, "period")
    moved_start = _differs(compared, "baseline_value") & ~_differs(compared, "baseline_period")
    is_later = compared["period_after"] > compared["period_before"]
    withheld = [_has_reason(compared, Reason.SUPPRESSED, when) for when in ("before", "after")]
    return {
        StatusCause.REVIEWER: _differs(compared, "override_status"),
        StatusCause.METHOD: _differs(compared, "method"),
        StatusCause.SUPPRESSED: withheld[0] ^ withheld[1],
        StatusCause.NEW_FIGURE: ~same_period & is_later,
        StatusCause.REMOVED_FIGURE: ~same_period & ~is_later,
        StatusCause.REVISED_FIGURE: same_period & _differs(compared, "value"),
        StatusCause.REVISED_START: moved_start & have_other_starts,
        StatusCause.REESTIMATED_START: moved_start & ~have_other_starts,
        StatusCause.COVERAGE: coverage["joined"].ne("") | coverage["left"].ne(""),
    }


def _differs(compared: pd.DataFrame, name: str) -> pd.Series:
    before, after = compared[f"{name}_before"], compared[f"{name}_after"]
    return ~((before == after) | (before.isna() & after.isna()))


def _has_reason(compared: pd.DataFrame, reason: Reason, when: str) -> pd.Series:
    listed = [str(reason) in split_reasons(reasons) for reasons in compared[f"reason_{when}"]]
    return pd.Series(listed, compared.index, dtype=bool)


def _have_other_starts(
    compared: pd.DataFrame, values_before: pd.DataFrame, values_after: pd.DataFrame
) -> pd.Series:
    keys = compared.rename(columns={"baseline_period_after": "period"})[FIGURES_OF_PERIOD]
    before, after = (_figures_of_keys(values, keys) for values in (values_before, values_after))
    differ = [old != new for old, new in zip(before, after, strict=True)]
    return pd.Series(differ, compared.index, dtype=bool)


def _figures_of_keys(values: pd.DataFrame, keys: pd.DataFrame) -> list[dict[str, str]]:
    """The figures of each of these series and periods, as texts by component."""
    matched = values[is_among(values, keys, FIGURES_OF_PERIOD)]
    figures = {
        key: dict(zip(rows["component"], rows["value"].map(str), strict=True))
        for key, rows in matched.groupby(FIGURES_OF_PERIOD, observed=True)
    }
    return [figures.get(key, {}) for key in keys.itertuples(index=False, name=None)]


def _coverage_changes(
    compared: pd.DataFrame, values_before: pd.DataFrame, values_after: pd.DataFrame
) -> dict[str, pd.Series]:
    """Which States joined or left the figure of the Union that both verdicts assess."""
    keys = compared.rename(columns={"period_after": "period"})[PERIOD_OF_SERIES]
    before, after = (_areas_with_figure(values, keys) for values in (values_before, values_after))
    is_union = compared["area"].eq(EU) & ~_differs(compared, "period")
    return {
        name: pd.Series(
            [";".join(sorted(current - known)) if union else ""
             for known, current, union in zip(one, other, is_union, strict=True)],
            index=compared.index, dtype="str",
        )
        for name, one, other in (("joined", before, after), ("left", after, before))
    }  # fmt: skip


def _areas_with_figure(values: pd.DataFrame, keys: pd.DataFrame) -> list[set[str]]:
    """The areas that report a figure of each of these series and periods."""
    reported = values[values["value"].notna() & values["area"].ne(EU)]
    matched = reported[is_among(reported, keys, PERIOD_OF_SERIES)]
    areas = {
        key: set(rows["area"]) for key, rows in matched.groupby(PERIOD_OF_SERIES, observed=True)
    }
    return [areas.get(key, set()) for key in keys.itertuples(index=False, name=None)]


def changed_figures(
    before: pd.DataFrame, after: pd.DataFrame, withdrawn: pd.DataFrame
) -> pd.DataFrame:
    """One row for each figure that differs; both tables are `indicator_values` of a release.

    `withdrawn` is `withdrawals` of the newer one. `difference` is the value less the previous one.
    `is_reported` if the figure is from a submission; all others are calculated.

    A previous value is left out (its status is `Q`) if it would help to find a value that may no
    longer be shown. If a figure was shown before and is suppressed now, this applies to its own
    value, to all others of its indicator and area, and to its series in the Union or, for a figure
    of the Union, in all States. It also applies to a withdrawn figure, and to values that were
    calculated from it.
    """
    both = _compare_values(before, after)
    both = both.assign(kind=_kinds(both))
    changed = both[both["kind"].ne("")]
    hidden = _is_previous_hidden(changed, withdrawn)
    # To show that such a value has not changed would reveal the previous value.
    is_kept = ~(hidden & changed["kind"].eq(FigureChange.OBSERVATION_STATUS))
    changed, hidden = changed[is_kept], hidden[is_kept]
    changed = changed.assign(
        previous_value=changed["previous_value"].mask(hidden),
        previous_observation_status=changed["previous_observation_status"].mask(hidden, WITHHELD),
        previous_limit=changed["previous_limit"].mask(hidden, ""),
    )
    return add_differences(changed)[FIGURE_CHANGES].reset_index(drop=True)


def add_differences(changed: pd.DataFrame) -> pd.DataFrame:
    """Add `difference`, the value less the previous one, to changed or revised figures."""
    return changed.assign(difference=changed["value"] - changed["previous_value"])


def _compare_values(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """All figures of both releases by key; columns of a figure that one of them lacks are empty."""
    old = before[[*KEY, *FIGURE_COLUMNS]].rename(
        columns={name: f"previous_{name}" for name in FIGURE_COLUMNS}
    )
    both = old.merge(after[[*KEY, *FIGURE_COLUMNS]], on=list(KEY), how="outer")
    texts = [name for name in both if name not in {*KEY, "value", "previous_value"}]
    both = both.fillna(dict.fromkeys(texts, ""))
    for name in ("confidentiality_status", "previous_confidentiality_status"):
        both[name] = both[name].mask(both[name].eq(""), FREE)  # of a row that one of them lacks
    is_reported = both["submission"].ne("") | both["previous_submission"].ne("")
    return both.assign(is_reported=is_reported)


def _kinds(both: pd.DataFrame) -> pd.Series:
    """The kind of change of each row (`FigureChange`); empty where nothing changed."""
    old, new = both["previous_value"].notna(), both["value"].notna()
    was_withheld, now_withheld = is_withheld(_previous(both)), is_withheld(both)
    was_not_applicable, is_not_applicable = (
        both[name].eq(NOT_APPLICABLE)
        for name in ("previous_observation_status", "observation_status")
    )
    is_same = both["previous_value"].eq(both["value"])
    has_other_status = both["previous_observation_status"].ne(both["observation_status"])
    cases = {
        FigureChange.REVISED: old & new & ~is_same,
        FigureChange.OBSERVATION_STATUS: old & new & is_same & has_other_status,
        FigureChange.SUPPRESSED: ~was_withheld & now_withheld,
        FigureChange.UNSUPPRESSED: was_withheld & new,
        FigureChange.NEW: ~old & new,
        FigureChange.REMOVED: (old | was_withheld) & ~new & ~now_withheld,
        FigureChange.APPLICABILITY: ~old & ~new & (was_not_applicable ^ is_not_applicable),
    }
    kinds = np.select([*cases.values()], [str(kind) for kind in cases], default="")
    return pd.Series(kinds, both.index, dtype="str")


def _previous(both: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "observation_status": both["previous_observation_status"],
        "confidentiality_status": both["previous_confidentiality_status"],
    })  # fmt: skip


def _is_previous_hidden(changed: pd.DataFrame, withdrawn: pd.DataFrame) -> pd.Series:
    is_suppressed = changed["kind"].eq(FigureChange.SUPPRESSED)
    became_withheld = changed[is_suppressed & changed["previous_value"].notna()]
    is_nearby = is_among(changed, became_withheld, ["indicator", "area"])
    is_union = became_withheld["area"].eq(EU)
    series = [name for name in KEY if name != "area"]
    in_union = changed["area"].eq(EU) & is_among(changed, became_withheld[~is_union], series)
    in_states = is_among(changed, became_withheld[is_union], series)
    return is_nearby | in_union | in_states | _reveals_withdrawn(changed, withdrawn)


def _reveals_withdrawn(changed: pd.DataFrame, withdrawn: pd.DataFrame) -> pd.Series:
    """Which previous values are those of a withdrawn figure, or were calculated from one."""
    is_nearby = is_among(changed, withdrawn, ["indicator", "area"])
    same_period = is_among(changed, withdrawn, ["area", "period"])
    was_calculated = changed["kind"].eq(FigureChange.REMOVED) & ~changed["is_reported"]
    return is_nearby | (was_calculated & same_period)


def earlier_figures(
    key: Mapping[str, str], before: pd.DataFrame, after: pd.DataFrame, withdrawn: pd.DataFrame
) -> pd.DataFrame:
    """One figure as in an earlier release, subject to the rules of `changed_figures`.

    The columns are `previous_value`, `previous_observation_status` and `previous_limit`. There is
    no row if the earlier release does not have the figure.
    """
    names = ["previous_value", "previous_observation_status", "previous_limit"]
    indicator = key["indicator"]
    old, new = (values[values["indicator"] == indicator] for values in (before, after))
    changed = changed_figures(old, new, withdrawn)
    own = changed[_has_codes(changed, key)]
    if not own.empty:
        return own[own["kind"].ne(FigureChange.NEW)][names]
    same = old[_has_codes(old, key)][["value", "observation_status", "limit"]]
    return same.set_axis(names, axis="columns")


def _has_codes(table: pd.DataFrame, key: Mapping[str, str]) -> pd.Series:
    """Which rows have the key of a figure."""
    return has_key(table, [*KEY], [tuple(key[name] for name in KEY)])
