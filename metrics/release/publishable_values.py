"""Compute the values of a release that may be published, and its revisions.

If the sources of an indicator did not change, its values are taken from an earlier release of the
same code and definitions: to show them again discloses nothing more.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.catalogue.definitions.collections import DisclosurePolicy
from metrics.catalogue.loader import Catalogue
from metrics.core.schemas import ORIGIN, empty_table
from metrics.core.tables import ATTRIBUTES, KEY, STATUSES
from metrics.release.prior_releases import PriorTables
from metrics.release.revisions import (
    PREVIOUS_STATED,
    find_revisions,
    inputs_of_revisions,
    is_changed,
    previous_observations,
)
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.aggregation.rates import Indicators
from metrics.statistics.derive import derive
from metrics.statistics.disclosure.disclose import disclose, with_true_values
from metrics.statistics.disclosure.relations import linked_by_sums
from metrics.statistics.disclosure.secondary import SolveBlock
from metrics.statistics.status_history import EarlierHistory
from metrics.submissions.vintages import AcceptedHistory

# The columns of observations that values, and revisions, depend on.
OBSERVED = [*KEY, "value", *STATUSES, *ATTRIBUTES, "collection", "round", "first_vintage"]
REVISED = [*OBSERVED, *PREVIOUS_STATED, "previous_vintage", "vintage"]

Sources = Mapping[str, frozenset[str]]


def find_sources(indicators: Indicators) -> Sources:
    """For each indicator, all indicators whose observations its values depend on, itself included.

    They are linked with it by sums, or it is derived from them, directly or through others, or they
    count the cases on which the materiality of its changes depends.
    """
    sums = linked_by_sums(indicators)
    near = {
        code: sums[code].union(own.derived_from, filter(None, [own.cases_from]))
        for code, own in indicators.items()
    }
    return {code: _find_reachable(code, near) for code in indicators}


def _find_reachable(code: str, near: Sources) -> frozenset[str]:
    reachable, new = frozenset[str](), frozenset({code})
    while new:
        reachable |= new
        new = frozenset[str]().union(*(near[one] for one in new)) - reachable
    return reachable


@dataclass(frozen=True)
class PublishableValues:
    """Computes values that may be published, under one policy and catalogue."""

    policy: DisclosurePolicy
    catalogue: Catalogue
    solve_block: SolveBlock | None = None

    def compute(
        self, observations: pd.DataFrame, released: Sequence[pd.DataFrame] = ()
    ) -> pd.DataFrame:
        """The indicator values, where the sources of every indicator are among the observations.

        `released` holds the values of earlier releases.
        """
        values = aggregate(derive(observations, self.catalogue), self.catalogue)
        return disclose(values, self.policy, self.catalogue, released, self.solve_block)

    def limited_to(self, indicators: Collection[str]) -> "PublishableValues":
        """The same without the definitions of other indicators."""
        chosen = {
            code: indicator
            for code, indicator in self.catalogue.indicators.items()
            if code in indicators
        }
        return replace(self, catalogue=replace(self.catalogue, indicators=chosen))


class PublishableTables(NamedTuple):
    """The tables that a release shows, and earlier verdicts on values that have not changed."""

    values: pd.DataFrame
    revisions: pd.DataFrame
    histories: list[EarlierHistory]


@dataclass
class ReleasedBefore:
    """Values and revisions of earlier releases, for indicators whose sources are the same."""

    sources: Sources
    history: AcceptedHistory
    observations: pd.DataFrame
    lacking_values: set[str]
    lacking_revisions: set[str]
    values: list[pd.DataFrame] = field(default_factory=list)
    revisions: list[pd.DataFrame] = field(default_factory=list)
    histories: list[EarlierHistory] = field(default_factory=list)
    # Each earlier release, with the observations that it was made from.
    releases: list[tuple[PriorTables, pd.DataFrame]] = field(default_factory=list)

    def look_up(self, release: PriorTables) -> None:
        """Take the values of lacking indicators from a release, if their sources are the same."""
        needed = self.add_sources(self.lacking_values | self.lacking_revisions)
        rows = _sort_by_key_digest(self.history.current_observations(release.states, needed))
        self.releases.append((release, rows))
        if release.is_same_version:
            self._take_values(release, rows)
            self._take_revisions(release, rows)

    def add_sources(self, indicators: Iterable[str]) -> set[str]:
        return set[str]().union(*(self.sources[code] for code in indicators))

    def true_values(self, indicators: Collection[str]) -> list[pd.DataFrame]:
        """The values of these in every release, with those submitted and suppressed."""
        tables = (
            (_select(release.values, indicators), _select(rows, indicators))
            for release, rows in self.releases
        )
        return [with_true_values(values, rows) for values, rows in tables if len(values)]

    def _take_values(self, release: PriorTables, before: pd.DataFrame) -> None:
        changed = _changed_indicators(before[OBSERVED], self.observations[OBSERVED])
        same = self._without_sources(self.lacking_values, changed)
        tables = (release.values, before, self.observations)
        self.values.append(_with_origin(*(_select(table, same) for table in tables)))
        history = release.status_history
        self.histories.append(replace(history, rows=_select(history.rows, same)))
        self.lacking_values -= same

    def _take_revisions(self, release: PriorTables, before: pd.DataFrame) -> None:
        then, now = (
            inputs_of_revisions(_select(rows, self.add_sources(self.lacking_revisions)))[REVISED]
            for rows in (before, self.observations)
        )
        same = self._without_sources(self.lacking_revisions, _changed_indicators(then, now))
        self.revisions.append(_select(release.revisions, same))
        self.lacking_revisions -= same

    def _without_sources(self, indicators: Iterable[str], changed: Collection[str]) -> set[str]:
        return {code for code in indicators if self.sources[code].isdisjoint(changed)}


def publishable_tables(
    publishable: PublishableValues,
    history: AcceptedHistory,
    current: pd.DataFrame,
    releases: Iterable[PriorTables],
) -> PublishableTables:
    """The indicator values and the revisions that a release of the current observations shows."""
    sources = find_sources(publishable.catalogue.indicators)
    observed = set(current["indicator"])
    before = ReleasedBefore(
        sources,
        history,
        _sort_by_key_digest(current),
        lacking_values={code for code in sources if sources[code] & observed},
        lacking_revisions=set(current.loc[is_changed(current), "indicator"]),
    )
    for release in releases:
        before.look_up(release)
    # Derived values are shown with the sources from which they were computed.
    computed = before.add_sources(before.lacking_values)
    values = values_to_show(publishable, before, computed)
    histories = [
        replace(history, rows=history.rows[~history.rows["indicator"].isin(computed)])
        for history in before.histories
    ]
    return PublishableTables(values, revisions_to_show(publishable, before, values), histories)


def values_to_show(
    publishable: PublishableValues, before: ReleasedBefore, computed: Collection[str]
) -> pd.DataFrame:
    kept = [table[~table["indicator"].isin(computed)] for table in before.values]
    fresh = compute_beside(before, publishable, before.observations, computed)
    # The rows of each indicator are in order, and in one table.
    return _concat("indicator_values", [*kept, fresh]).sort_values(
        "indicator", kind="stable", ignore_index=True
    )


def revisions_to_show(
    publishable: PublishableValues, before: ReleasedBefore, values: pd.DataFrame
) -> pd.DataFrame:
    revised = before.lacking_revisions
    observations = previous_observations(before.observations)
    previous = compute_beside(before, publishable, observations, before.add_sources(revised))
    tables = (before.observations, values, previous)
    new = find_revisions(*(_select(table, revised) for table in tables))
    revisions = _concat("revisions", [*before.revisions, new])
    return revisions.sort_values(list(KEY), ignore_index=True)


def compute_beside(
    before: ReleasedBefore,
    publishable: PublishableValues,
    observations: pd.DataFrame,
    indicators: Collection[str],
) -> pd.DataFrame:
    """Compute the values of indicators and their sources, protected against earlier releases."""
    limited = publishable.limited_to(indicators)
    return limited.compute(_select(observations, indicators), before.true_values(indicators))


def _select(table: pd.DataFrame, indicators: Collection[str]) -> pd.DataFrame:
    return table[table["indicator"].isin(indicators)]


def _changed_indicators(before: pd.DataFrame, now: pd.DataFrame) -> set[str]:
    """The indicators of which the two tables have different rows."""
    then, today = (
        {str(code): rows.reset_index(drop=True) for code, rows in table.groupby("indicator")}
        for table in (before, now)
    )
    both = then.keys() & today.keys()
    return (then.keys() | today.keys()) - {code for code in both if then[code].equals(today[code])}


def _concat(name: str, tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([empty_table(name), *tables], ignore_index=True)


def _sort_by_key_digest(observations: pd.DataFrame) -> pd.DataFrame:
    """Sort by a digest of the key, which is faster than by its columns."""
    keys = pd.util.hash_pandas_object(observations[list(KEY)], index=False).to_numpy()
    return observations.iloc[np.argsort(keys, kind="stable")]


def _with_origin(values: pd.DataFrame, before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Trace values to the file that contains them now; both tables have the same keys."""
    is_same = (before[list(ORIGIN)].to_numpy() == now[list(ORIGIN)].to_numpy()).all(axis=1)
    sent_again = before["submission"].isin(before["submission"][~is_same]).to_numpy()
    moved = values["submission"].isin(before["submission"][sent_again].unique())
    origin = values.loc[moved, list(KEY)].merge(
        now.loc[sent_again, [*KEY, *ORIGIN]], on=list(KEY), how="left"
    )
    values = values.copy()
    values.loc[moved, list(ORIGIN)] = origin[list(ORIGIN)].to_numpy()
    return values
