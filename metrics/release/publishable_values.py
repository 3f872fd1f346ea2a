"""Compute the values of a release that may be published, and its revisions.

A family of linked indicators whose figures did not change keeps what an earlier release of the
same code and definitions shows of it: shown again, that discloses nothing more.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from metrics.catalogue.definitions.collections import DisclosurePolicy
from metrics.catalogue.loader import Catalogue
from metrics.core.schemas import ORIGIN, empty_table
from metrics.core.tables import ATTRIBUTES, KEY, STATUSES
from metrics.release.prior_releases import PriorTables
from metrics.release.revisions import find_revisions, is_changed, previous_observations
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.aggregation.rates import Indicators
from metrics.statistics.derive import derive
from metrics.statistics.disclosure.disclose import disclose, with_true_values
from metrics.statistics.disclosure.secondary import SolveBlock
from metrics.submissions.vintages import PREVIOUS_COLUMNS, AcceptedHistory

# The columns of observations that values, and revisions, depend on.
OBSERVED = [*KEY, "value", *STATUSES, *ATTRIBUTES, "collection", "round", "first_vintage"]
REVISED = [*OBSERVED, *PREVIOUS_COLUMNS, "vintage"]

TablesByFamily = Mapping[int, pd.DataFrame]


@dataclass(frozen=True)
class Families:
    """Indicators that a sum, share or formula links, directly or through others, by number."""

    numbers: Mapping[str, int]

    def split(self, table: pd.DataFrame) -> TablesByFamily:
        return dict(iter(table.groupby(table["indicator"].map(self.numbers))))

    def select(self, table: pd.DataFrame, families: Collection[int]) -> pd.DataFrame:
        return table[table["indicator"].isin(self.members(families))]

    def members(self, families: Collection[int]) -> set[str]:
        return {code for code, number in self.numbers.items() if number in families}


@dataclass(frozen=True)
class PublishableValues:
    """Computes values that may be published, under one policy and catalogue."""

    policy: DisclosurePolicy
    catalogue: Catalogue
    solve_block: SolveBlock | None = None

    def compute(
        self, observations: pd.DataFrame, released: Sequence[pd.DataFrame] = ()
    ) -> pd.DataFrame:
        """The indicator values of whole families; `released` holds those of earlier releases."""
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


@dataclass
class ReleasedBefore:
    """What earlier releases show of the families whose figures are the same."""

    families: Families
    history: AcceptedHistory
    current: TablesByFamily
    values: dict[int, pd.DataFrame] = field(default_factory=dict)
    revisions: dict[int, pd.DataFrame] = field(default_factory=dict)
    # Each earlier release, with the observations that it was made from.
    sources: list[tuple[PriorTables, pd.DataFrame]] = field(default_factory=list)

    @property
    def lacking_values(self) -> set[int]:
        return set(self.current) - set(self.values)

    @cached_property
    def revised(self) -> set[int]:
        return {family for family, rows in self.current.items() if is_changed(rows).any()}

    @property
    def lacking_revisions(self) -> set[int]:
        return self.revised - set(self.revisions)

    @property
    def lacking(self) -> set[int]:
        return self.lacking_values | self.lacking_revisions

    def look_up(self, release: PriorTables) -> None:
        """Take what a release shows of the lacking families, where their figures are the same."""
        members = self.families.members(self.lacking)
        rows = _sort_by_key_digest(self.history.current_observations(release.states, members))
        self.sources.append((release, rows))
        if release.is_same_version:
            before = self.families.split(rows)
            self._take_values(release, before)
            self._take_revisions(release, before)

    def true_values(self, families: Collection[int]) -> list[pd.DataFrame]:
        """The values of these families in every release, with those submitted and withheld."""
        tables = (
            (self.families.select(release.values, families), self.families.select(rows, families))
            for release, rows in self.sources
        )
        return [with_true_values(values, rows) for values, rows in tables if len(values)]

    def _take_values(self, release: PriorTables, before: TablesByFamily) -> None:
        same = self._same(self.lacking_values, before, OBSERVED)
        released_rows = self.families.split(self.families.select(release.values, same))
        for family in same:
            rows = released_rows.get(family, release.values.iloc[:0])
            self.values[family] = _with_origin(rows, before[family], self.current[family])

    def _take_revisions(self, release: PriorTables, before: TablesByFamily) -> None:
        for family in self._same(self.lacking_revisions, before, REVISED):
            self.revisions[family] = self.families.select(release.revisions, {family})

    def _same(
        self, families: Iterable[int], before: TablesByFamily, columns: list[str]
    ) -> set[int]:
        """The families whose rows are equal in these columns."""
        return {
            family
            for family in families
            if family in before
            and _columns(self.current[family], columns).equals(_columns(before[family], columns))
        }


def publishable_tables(
    publishable: PublishableValues,
    history: AcceptedHistory,
    current: pd.DataFrame,
    releases: Iterable[PriorTables],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The indicator values and the revisions that a release of the current observations shows."""
    families = Families(indicator_families(publishable.catalogue.indicators))
    observations = _sort_by_key_digest(current)
    before = ReleasedBefore(families, history, families.split(observations))
    for release in releases:
        before.look_up(release)

    def compute(rows: pd.DataFrame, chosen: Collection[int]) -> pd.DataFrame:
        limited = publishable.limited_to(families.members(chosen))
        return limited.compute(rows, before.true_values(chosen))

    changed, revised = before.lacking_values, before.lacking_revisions
    fresh = compute(families.select(observations, changed), changed)
    # The rows of each indicator are in order, and in one family.
    values = _concat("indicator_values", [*before.values.values(), fresh]).sort_values(
        "indicator", kind="stable", ignore_index=True
    )
    rows = families.select(observations, revised)
    previous = compute(previous_observations(rows), revised)
    found = find_revisions(rows, families.select(values, revised), previous)
    revisions = _concat("revisions", [*before.revisions.values(), found])
    return values, revisions.sort_values(list(KEY), ignore_index=True)


def indicator_families(indicators: Indicators) -> dict[str, int]:
    """Number the indicators that a sum, share or formula links, directly or through others."""
    numbers = {code: number for number, code in enumerate(indicators)}
    links = [
        (numbers[code], numbers[other])
        for code, indicator in indicators.items()
        for other in (*indicator.derived_from, indicator.parts_of or code)
    ]
    ends = np.array(links, dtype=int).reshape(-1, 2)
    shape = (len(numbers), len(numbers))
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=shape)
    _, families = connected_components(graph, directed=False)
    return dict(zip(indicators, families.tolist(), strict=True))


def _concat(name: str, tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([empty_table(name), *tables], ignore_index=True)


def _columns(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return rows.reindex(columns=columns).reset_index(drop=True)


def _sort_by_key_digest(observations: pd.DataFrame) -> pd.DataFrame:
    """Sort by a digest of the key, which is faster than by its columns."""
    keys = pd.util.hash_pandas_object(observations[list(KEY)], index=False).to_numpy()
    return observations.iloc[np.argsort(keys, kind="stable")]


def _with_origin(values: pd.DataFrame, before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Trace values to the file that states them now; both observations have the same keys."""
    is_same = (before[list(ORIGIN)].to_numpy() == now[list(ORIGIN)].to_numpy()).all(axis=1)
    sent_again = before["submission"].isin(before["submission"][~is_same]).to_numpy()
    moved = values["submission"].isin(before["submission"][sent_again].unique())
    origin = values.loc[moved, list(KEY)].merge(
        now.loc[sent_again, [*KEY, *ORIGIN]], on=list(KEY), how="left"
    )
    values = values.copy()
    values.loc[moved, list(ORIGIN)] = origin[list(ORIGIN)].to_numpy()
    return values
