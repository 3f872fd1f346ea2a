"""Every additive relation that a release contains: totals, the Union, bands, quarters and years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

import pandas as pd

from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.definitions import Indicator, Kind
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAKDOWNS, DENOMINATOR, KEY, NUMERATOR, TOTAL
from metrics.statistics.aggregation.addends import addends, members_of
from metrics.statistics.aggregation.rates import Indicators, of_kind

# Sums of whole numbers agree exactly; sums of magnitudes up to the rounding of floating point.
TOLERANCE = 1e-9
ACROSS = [name for name in KEY if name != "area"]
WITHOUT_COMPONENT = [name for name in KEY if name != "component"]
# Rows of links between a total and one of its parts, both by their label in the table.
LINKS = ["kind", "total", "part"]


@dataclass(frozen=True)
class Relation:
    """A total, its parts (labels of rows), and whether a rest that nobody is told belongs to it."""

    total: int
    parts: tuple[int, ...]
    has_rest: bool = False


def relations(values: pd.DataFrame, indicators: Indicators) -> list[Relation]:
    """The relations among rows that add up, each with a value and a label of its own.

    Also what cannot exceed what, as a relation with a rest. Parts that exceed their total make no
    relation: nobody can use it.
    """
    links = pd.concat(
        [
            by_breakdown(values, indicators),
            by_area(values, indicators),
            by_period(values, indicators),
        ],
        ignore_index=True,
    )
    return [*_consistent(links, values["value"]), *_limits(values, indicators)]


def _consistent(links: pd.DataFrame, value: pd.Series) -> Iterator[Relation]:
    known = links.assign(sum=value.reindex(links["part"]).to_numpy())
    grouped = known.groupby(["total", "kind"], sort=False)
    table = grouped["sum"].sum().to_frame().assign(parts=grouped["part"].agg(tuple)).reset_index()
    whole = value.reindex(table["total"]).to_numpy()
    gaps = (whole - table["sum"].to_numpy()) / (1 + abs(whole))
    for total, parts, gap in zip(table["total"], table["parts"], gaps, strict=True):
        if gap >= -TOLERANCE:
            yield Relation(total, parts, has_rest=bool(gap > TOLERANCE))


def by_breakdown(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Each row of a breakdown under the rows of the next coarser ones."""
    shown = pattern(values)
    present = pd.DataFrame({"indicator": values["indicator"], "pattern": shown}).drop_duplicates()
    edges = pd.DataFrame(
        [
            (code, finer, coarser)
            for code in present["indicator"].unique()
            for finer, coarser in coarsenings(
                set(present.loc[present["indicator"] == code, "pattern"]),
                additive(indicators[code]),
            )
        ],
        columns=["indicator", "finer", "coarser"],
    )
    tables = [
        _linked(values[values["indicator"].isin(rows["indicator"])], shown, *edge)
        for edge, rows in _by_edge(edges)
    ]
    return pd.concat([_no_links(), *tables], ignore_index=True)


def pattern(values: pd.DataFrame) -> pd.Series:
    """By which dimensions each row is broken down: `sex+age+`, or nothing."""
    found = pd.Series("", index=values.index, dtype="str")
    for name in BREAKDOWNS:
        found = found.where(values[name] == TOTAL, found + f"{name}+")
    return found


def pattern_of(by: Iterable[str]) -> str:
    return "".join(f"{name}+" for name in BREAKDOWNS if name in set(by))


def dimensions(shown: str) -> frozenset[str]:
    return frozenset(filter(None, shown.split("+")))


def additive(indicator: Indicator) -> set[frozenset[str]]:
    return {frozenset(each.by) for each in indicator.breakdowns if each.adds_up}


def coarsenings(shown: set[str], adds_up: set[frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Pairs of a breakdown and the next coarser one that is there: crossed tables have several."""
    pairs = [
        (finer, coarser)
        for finer, coarser in permutations(shown, 2)
        if dimensions(coarser) < dimensions(finer) and dimensions(finer) in adds_up
    ]
    between = {
        (finer, coarser)
        for finer, coarser in pairs
        for middle in shown
        if dimensions(coarser) < dimensions(middle) < dimensions(finer)
    }
    return (pair for pair in sorted(pairs) if pair not in between)


def _by_edge(edges: pd.DataFrame) -> Iterator[tuple[tuple[str, str], pd.DataFrame]]:
    for finer, coarser in edges[["finer", "coarser"]].drop_duplicates().to_numpy().tolist():
        chosen = (edges["finer"] == finer) & (edges["coarser"] == coarser)
        yield (finer, coarser), edges[chosen]


def _linked(rows: pd.DataFrame, shown: pd.Series, finer: str, coarser: str) -> pd.DataFrame:
    removed = dict.fromkeys(dimensions(finer) - dimensions(coarser), TOTAL)
    parts = rows[shown[rows.index] == finer].assign(**removed)
    return _joined(rows[shown[rows.index] == coarser], parts, KEY, f"{finer}>{coarser}")


def by_area(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The rows of each group under which its members' rows stand."""
    tables = [
        _joined(
            values[values["area"] == code],
            addends(members_of(values, group), indicators),
            ACROSS,
            code,
        )
        for code, group in groups().items()
    ]
    return pd.concat([_no_links(), *tables], ignore_index=True)


def by_period(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Years with their halves, quarters, months and parts; of stocks there are none."""
    summable = of_kind(indicators, Kind.FLOW, Kind.DURATION, Kind.SHARE)
    rows = values[values["indicator"].isin(summable)]
    periods = {text: ReferencePeriod.parse(text) for text in rows["period"].unique()}
    tables = [
        _joined(
            rows[rows["period"] == whole],
            rows[rows["period"] == part].assign(period=whole),
            KEY,
            f"parts of {periods[part].months} months",
        )
        for whole, part in permutations(periods, 2)
        if lies_in(periods[part], periods[whole])
    ]
    return pd.concat([_no_links(), *tables], ignore_index=True)


def lies_in(part: ReferencePeriod, whole: ReferencePeriod) -> bool:
    starts = part.midpoint - part.months / 24 >= whole.midpoint - whole.months / 24 - TOLERANCE
    return starts and part.end <= whole.end + TOLERANCE and part.months < whole.months


def _joined(
    totals: pd.DataFrame, parts: pd.DataFrame, keys: Iterable[str], kind: str
) -> pd.DataFrame:
    left = totals[list(keys)].assign(total=totals.index)
    right = parts[list(keys)].assign(part=parts.index)
    return left.merge(right, on=list(keys)).assign(kind=kind)[LINKS]


def _no_links() -> pd.DataFrame:
    return pd.DataFrame({"kind": [], "total": [], "part": []}).astype(
        {"kind": "str", "total": "int64", "part": "int64"}
    )


def _limits(values: pd.DataFrame, indicators: Indicators) -> Iterator[Relation]:
    """What each value cannot exceed: its denominator, its whole."""
    found = [
        _denominators(values),
        _overlapping(values, indicators),
        _wholes(values, indicators),
    ]
    pairs = pd.concat(found, ignore_index=True)
    value = {name: values["value"].reindex(pairs[name]).to_numpy() for name in pairs}
    for part, whole in pairs[value["part"] <= value["whole"]].to_numpy().tolist():
        yield Relation(whole, (part,), has_rest=True)


def _denominators(values: pd.DataFrame) -> pd.DataFrame:
    numerators = values[values["component"] == NUMERATOR].assign(component=DENOMINATOR)
    return _below(numerators, values)


def _overlapping(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The total, for breakdowns in which one case may stand in several parts."""
    overlaps = [
        (code, pattern_of(each.by))
        for code, indicator in indicators.items()
        for each in indicator.breakdowns
        if not each.adds_up
    ]
    shown = pd.DataFrame({"indicator": values["indicator"], "pattern": pattern(values)})
    parts = values[pd.MultiIndex.from_frame(shown).isin(overlaps)]
    return _below(parts.assign(**dict.fromkeys(BREAKDOWNS, TOTAL)), values)


def _wholes(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    parts_of = {code: each.parts_of for code, each in indicators.items() if each.parts_of}
    parts = values[values["indicator"].isin(list(parts_of))]
    return _below(parts.assign(indicator=parts["indicator"].map(parts_of).astype("str")), values)


def _below(parts: pd.DataFrame, wholes: pd.DataFrame) -> pd.DataFrame:
    left = parts[list(KEY)].assign(part=parts.index)
    right = wholes[list(KEY)].assign(whole=wholes.index)
    return left.merge(right, on=list(KEY))[["part", "whole"]]
