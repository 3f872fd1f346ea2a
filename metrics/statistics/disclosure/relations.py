"""Find every additive relation in a release: breakdowns, areas, bands and periods."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, permutations

import pandas as pd

from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.definitions.indicators import Kind
from metrics.core.keys import has_key, match_rows
from metrics.core.period import ReferencePeriod, parse_periods
from metrics.core.series import dimensions_of_rows, format_dimensions, parse_dimensions
from metrics.core.tables import (
    BREAKDOWNS,
    DENOMINATOR,
    KEY,
    NUMERATOR,
    TOTAL,
)
from metrics.statistics.aggregation.rates import Indicators, codes_of_kind
from metrics.statistics.aggregation.summed_rows import addends, member_rows

# Relative; sums of whole numbers agree exactly, others up to floating-point rounding.
TOLERANCE = 1e-9
WITHOUT_AREA = [name for name in KEY if name != "area"]
# A link is between a total and one of its parts, both given by row label.
LINKS = ["kind", "total", "part"]


@dataclass(frozen=True)
class Relation:
    """A total, its parts (row labels), and whether an unknown remainder (slack) belongs to it."""

    total: int
    parts: tuple[int, ...]
    has_slack: bool = False


def find_relations(values: pd.DataFrame, indicators: Indicators) -> list[Relation]:
    """The relations among additive rows, which must have values and unique labels.

    Inequalities are relations with a slack. There is no relation if the parts exceed their total,
    because an attacker cannot use it.
    """
    values = values[[*KEY, "value"]]  # all further columns would be copied with every selection
    patterns = pd.Series(dimensions_of_rows(values), index=values.index, dtype="str")
    links = pd.concat(
        [
            breakdown_links(values, patterns, indicators),
            group_links(values, indicators),
            period_links(values, indicators),
        ],
        ignore_index=True,
    )
    return [
        *_consistent_relations(links, values["value"]),
        *_inequalities(values, patterns, indicators),
    ]


def _consistent_relations(links: pd.DataFrame, value: pd.Series) -> Iterator[Relation]:
    addends = links.assign(sum=value.reindex(links["part"]).to_numpy())
    grouped = addends.groupby(["total", "kind"], sort=False)
    table = grouped["sum"].sum().to_frame().assign(parts=grouped["part"].agg(tuple)).reset_index()
    whole = value.reindex(table["total"]).to_numpy()
    gaps = (whole - table["sum"].to_numpy()) / (1 + abs(whole))
    for total, parts, gap in zip(table["total"], table["parts"], gaps, strict=True):
        if gap >= -TOLERANCE:
            yield Relation(total, parts, has_slack=bool(gap > TOLERANCE))


def breakdown_links(
    values: pd.DataFrame, patterns: pd.Series, indicators: Indicators
) -> pd.DataFrame:
    """Link each row of a breakdown to the rows of the next coarser breakdowns."""
    present = pd.DataFrame(
        {"indicator": values["indicator"], "pattern": patterns}
    ).drop_duplicates()
    edges = pd.DataFrame(
        [
            (code, finer, coarser)
            for code in present["indicator"].unique()
            for finer, coarser in coarsenings(
                set(present.loc[present["indicator"] == code, "pattern"]),
                {frozenset(part.by) for part in indicators[code].every_breakdown if part.adds_up},
            )
        ],
        columns=["indicator", "finer", "coarser"],
    )
    tables = [
        _breakdown_links(values[values["indicator"].isin(rows["indicator"])], patterns, *edge)
        for edge, rows in _edges_with_indicators(edges)
    ]
    return pd.concat([_no_links(), *tables], ignore_index=True)


def parse_pattern(pattern: str) -> frozenset[str]:
    return frozenset(parse_dimensions(pattern))


def coarsenings(patterns: set[str], adds_up: set[frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Pairs of a breakdown and a next coarser one; crossed breakdowns have several."""
    pairs = [
        (finer, coarser)
        for finer, coarser in permutations(patterns, 2)
        if parse_pattern(coarser) < parse_pattern(finer) and parse_pattern(finer) in adds_up
    ]
    between = {
        (finer, coarser)
        for finer, coarser in pairs
        for middle in patterns
        if parse_pattern(coarser) < parse_pattern(middle) < parse_pattern(finer)
    }
    return (pair for pair in sorted(pairs) if pair not in between)


def _edges_with_indicators(edges: pd.DataFrame) -> Iterator[tuple[tuple[str, str], pd.DataFrame]]:
    """The edges, in an order that does not depend on other indicators in the table."""
    pairs = edges[["finer", "coarser"]].drop_duplicates()
    for finer, coarser in pairs.sort_values(["finer", "coarser"]).to_numpy().tolist():
        chosen = (edges["finer"] == finer) & (edges["coarser"] == coarser)
        yield (finer, coarser), edges[chosen]


def _breakdown_links(
    rows: pd.DataFrame, patterns: pd.Series, finer: str, coarser: str
) -> pd.DataFrame:
    removed = dict.fromkeys(parse_pattern(finer) - parse_pattern(coarser), TOTAL)
    parts = rows[patterns[rows.index] == finer].assign(**removed)
    return _join_links(rows[patterns[rows.index] == coarser], parts, KEY, f"{finer}>{coarser}")


def group_links(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Link the rows of a group's members to the rows of the group."""
    tables = [
        _join_links(
            values[values["area"] == code],
            addends(member_rows(values, group), indicators),
            WITHOUT_AREA,
            code,
        )
        for code, group in groups().items()
        if (values["area"] == code).any()
    ]
    return pd.concat([_no_links(), *tables], ignore_index=True)


def period_links(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Link parts of a year to longer periods; stocks have no such links."""
    summable = codes_of_kind(indicators, Kind.FLOW, Kind.DURATION, Kind.SHARE)
    rows = values[values["indicator"].isin(summable)]
    periods = parse_periods(sorted(rows["period"].unique()))
    tables = [
        _join_links(
            rows[rows["period"] == whole],
            rows[rows["period"] == part].assign(period=whole),
            KEY,
            f"parts of {periods[part].months} months",
        )
        for whole, part in permutations(periods, 2)
        if is_part_of_period(periods[part], periods[whole])
    ]
    return pd.concat([_no_links(), *tables], ignore_index=True)


def linked_by_sums(indicators: Indicators) -> dict[str, frozenset[str]]:
    """For each indicator, all indicators that relations link with it, including itself."""
    linked: dict[str, set[str]] = {}
    wholes = {code: _find_whole(code, indicators) for code in indicators}
    for code, whole in wholes.items():
        linked.setdefault(whole, set()).add(code)
    return {code: frozenset(linked[whole]) for code, whole in wholes.items()}


def _find_whole(code: str, indicators: Indicators) -> str:
    """The indicator of which this one is a part, directly or not, and that is not itself a part."""
    whole = indicators[code].parts_of if code in indicators else None
    return _find_whole(whole, indicators) if whole else code


def is_part_of_period(part: ReferencePeriod, whole: ReferencePeriod) -> bool:
    starts = part.midpoint - part.months / 24 >= whole.midpoint - whole.months / 24 - TOLERANCE
    return starts and part.end <= whole.end + TOLERANCE and part.months < whole.months


def _join_links(
    totals: pd.DataFrame, parts: pd.DataFrame, keys: Sequence[str], kind: str
) -> pd.DataFrame:
    linked = [(kind, *pair) for pair in match_rows(totals, parts, keys)]
    return pd.DataFrame(linked, columns=LINKS) if linked else _no_links()


def _no_links() -> pd.DataFrame:
    return pd.DataFrame({"kind": [], "total": [], "part": []}).astype(
        {"kind": "str", "total": "int64", "part": "int64"}
    )


def _inequalities(
    values: pd.DataFrame, patterns: pd.Series, indicators: Indicators
) -> Iterator[Relation]:
    """Values that cannot exceed another one: their denominator, or a whole."""
    value = dict(zip(values.index, values["value"], strict=True))
    parts = [
        values[values["component"] == NUMERATOR].assign(component=DENOMINATOR),
        _totals_of_overlaps(values, patterns, indicators),
        _wholes_of_parts(values, indicators),
    ]
    for part, whole in chain.from_iterable(match_rows(rows, values, KEY) for rows in parts):
        if value[part] <= value[whole]:
            yield Relation(whole, (part,), has_slack=True)


def _totals_of_overlaps(
    values: pd.DataFrame, patterns: pd.Series, indicators: Indicators
) -> pd.DataFrame:
    """The totals of breakdowns in which one case may be in several parts, labelled as the part."""
    overlaps = [
        (code, format_dimensions(breakdown.by))
        for code, indicator in indicators.items()
        for breakdown in indicator.every_breakdown
        if not breakdown.adds_up
    ]
    keys = pd.DataFrame({"indicator": values["indicator"], "pattern": patterns})
    parts = values[has_key(keys, keys.columns, overlaps)]
    return parts.assign(**dict.fromkeys(BREAKDOWNS, TOTAL))


def _wholes_of_parts(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The rows of indicators that are parts of others, as rows of those, labelled as the part."""
    parts_of = {
        code: indicator.parts_of for code, indicator in indicators.items() if indicator.parts_of
    }
    parts = values[values["indicator"].isin(list(parts_of))]
    return parts.assign(indicator=parts["indicator"].map(parts_of).astype("str"))
