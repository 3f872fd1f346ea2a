"""Derive, aggregate and suppress the values of a collection, one family of indicators at a time.

A family is computed again only if its figures, its earlier releases, the definitions or the code
changed since an earlier build.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from metrics.catalogue.definitions import DisclosurePolicy
from metrics.catalogue.loader import Catalogue
from metrics.core.schemas import ORIGIN, conform_table, empty_table
from metrics.core.tables import ATTRIBUTES, KEY, STATUSES
from metrics.release.build_cache import BuildCache
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.aggregation.rates import Indicators
from metrics.statistics.derive import derive
from metrics.statistics.disclosure.disclose import SENT_COLUMNS, disclose
from metrics.statistics.disclosure.secondary import SolveBlock

# The columns that publishable values depend on, of observations and of earlier releases. The
# origin of a value is added at the end, so that a file that is sent again changes nothing.
OBSERVED = [*KEY, "value", *STATUSES, *ATTRIBUTES, "collection", "round", "first_vintage"]
RELEASED = [*KEY, "value", *STATUSES, *SENT_COLUMNS]

Tables = Mapping[int, pd.DataFrame]  # by family


@dataclass
class PublishableValues:
    """Computes values that may be published, under one policy and catalogue."""

    policy: DisclosurePolicy
    catalogue: Catalogue
    cache: BuildCache | None = None
    solve_block: SolveBlock | None = None
    # The families that were not in the cache.
    computed: set[int] = field(default_factory=set)

    @cached_property
    def families(self) -> Mapping[str, int]:
        return indicator_families(self.catalogue.indicators)

    def compute(
        self, observations: pd.DataFrame, released: Sequence[pd.DataFrame] = ()
    ) -> pd.DataFrame:
        """The indicator values of a release; `released` holds those of earlier releases."""
        rows = self._by_family(_in_order(observations))
        inputs = {family: _without_origin(table) for family, table in rows.items()}
        earlier = [self._by_family(_as_released(table)) for table in released]
        keys = {family: self._key(inputs[family], family, earlier) for family in inputs}
        stored = {family: self._read(key) for family, key in keys.items()}
        values = {family: table for family, table in stored.items() if table is not None}
        lacking = [family for family in inputs if family not in values]
        fresh = self._compute_families(lacking, inputs, earlier)
        for family, table in self._by_family(fresh).items():
            values[family] = table
            self._write(keys[family], table)
        self.computed.update(lacking)
        tables = [_with_origin(table, rows[family]) for family, table in values.items()]
        # The rows of each indicator are in order, and in one family.
        whole = pd.concat([empty_table("indicator_values"), *tables], ignore_index=True)
        return whole.sort_values("indicator", kind="stable", ignore_index=True)

    def of_families(self, table: pd.DataFrame, families: Collection[int]) -> pd.DataFrame:
        return table[table["indicator"].map(self.families).isin(families)]

    def related(self, table: pd.DataFrame, indicators: Iterable[str]) -> pd.DataFrame:
        """The rows of these indicators and of all that a sum, share or formula links to them."""
        return self.of_families(table, {self.families[code] for code in indicators})

    def _by_family(self, table: pd.DataFrame) -> dict[int, pd.DataFrame]:
        return dict(iter(table.groupby(table["indicator"].map(self.families))))

    def _compute_families(
        self, families: Sequence[int], inputs: Tables, earlier: Sequence[Tables]
    ) -> pd.DataFrame:
        """Compute several families in one pass, which gives the same as one pass for each."""
        if not families:
            return empty_table("indicator_values")
        observations = pd.concat([inputs[family] for family in families])
        released = [
            pd.concat([tables[family] for family in families if family in tables])
            for tables in earlier
            if any(family in tables for family in families)
        ]
        catalogue = self._restricted_to(families)
        values = aggregate(derive(observations, catalogue), catalogue)
        return disclose(values, self.policy, catalogue, released, self.solve_block)

    def _restricted_to(self, families: Collection[int]) -> Catalogue:
        indicators = {
            code: indicator
            for code, indicator in self.catalogue.indicators.items()
            if self.families[code] in families
        }
        return replace(self.catalogue, indicators=indicators)

    def _key(self, inputs: pd.DataFrame, family: int, earlier: Sequence[Tables]) -> str:
        """Digest of the figures of a family; an identical earlier release counts once."""
        released = (_digest(tables[family]) for tables in earlier if family in tables)
        parts = [self.policy.model_dump_json(), _digest(inputs), *dict.fromkeys(released)]
        return sha256("\n".join(parts).encode()).hexdigest()

    def _read(self, key: str) -> pd.DataFrame | None:
        stored = self.cache.read(key) if self.cache else None
        if stored is None:
            return None
        return conform_table("indicator_values", pa.ipc.open_stream(stored).read_all().to_pandas())

    def _write(self, key: str, table: pd.DataFrame) -> None:
        if self.cache:
            self.cache.write(key, _to_bytes(table))


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


def _in_order(observations: pd.DataFrame) -> pd.DataFrame:
    """Sort by a digest of the key, which is faster than by its columns."""
    keys = pd.util.hash_pandas_object(observations[list(KEY)], index=False).to_numpy()
    return observations.iloc[np.argsort(keys, kind="stable")]


def _as_released(values: pd.DataFrame) -> pd.DataFrame:
    return values[RELEASED].assign(submission="")


def _without_origin(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns that count, with the number of the row in place of its origin."""
    numbers = pd.Series(np.arange(len(rows)), rows.index).astype("str")
    return rows.reindex(columns=OBSERVED).assign(**dict.fromkeys(ORIGIN, numbers))


def _with_origin(values: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Put the origin of the numbered rows back; derived values have none."""
    reported = (values["cell"] != "").to_numpy()
    origin = rows.iloc[values.loc[reported, "cell"].astype(int)]
    columns = {name: values[name].to_numpy(dtype=object, copy=True) for name in ORIGIN}
    for name, column in columns.items():
        column[reported] = origin[name].to_numpy(dtype=object)
    return values.assign(
        **{name: pd.Series(column, values.index, dtype="str") for name, column in columns.items()}
    )


def _digest(table: pd.DataFrame) -> str:
    return sha256(_to_bytes(table)).hexdigest()


def _to_bytes(table: pd.DataFrame) -> bytes:
    """Serialise the cells of a table, without its index."""
    cells = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, cells.schema) as writer:
        writer.write_table(cells.combine_chunks())
    return bytes(sink.getvalue())
