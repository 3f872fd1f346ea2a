"""Is a value plausible by itself, even in the first submission of a State?

A first submission has no earlier figures. So the level is compared with the residents under 18 of
the State, with the other States per child, and with the definition.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from metrics.catalogue.codelists.bands import bands
from metrics.catalogue.codelists.groups import last_day
from metrics.catalogue.codelists.units import counting_units
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.denominators import children_near, denominator
from metrics.core.period import parse_periods
from metrics.core.tables import BREAKDOWNS, FORECAST, KEY, MEDIAN, SERIES, STEP, TOTAL
from metrics.intake.findings import Severity, ValidationContext, plain_digits
from metrics.intake.rules import rule
from metrics.intake.rules.plausibility.history import NORMAL_MAD, OUTLIER, compare_with_history
from metrics.intake.rules.plausibility.peers import FEWEST_STATES, PEER_SERIES_KEY
from metrics.intake.rules.values import row_units, sound_observations

PER = 100_000
COUNTED_COLUMNS = [*KEY, "sheet", "cell", "typed", "value"]
# However close to one another the other States are, a smaller factor is not questioned.
SMALLEST_FACTOR_OF_LEVEL = 10
DIGITS_OF_LEVEL = 2  # of the number above which a figure is questioned
SHORTEST_MEDIAN = 1 / 60  # of an hour
LONGEST_MEDIAN_FACTOR = 10  # times the beginning of the last, open band


@rule(Severity.WARNING)
def beyond_population(context: ValidationContext) -> pd.DataFrame:
    """A count above the number that its definition names for the children of the State."""
    cells = _add_most(_counts(context), context.indicators)
    beyond: pd.DataFrame = cells[cells["value"] > cells["most"]]
    if beyond.empty:
        return beyond.reindex(columns=["sheet", "cell"])
    arithmetic, is_rated = _arithmetic(beyond), beyond["per_children"] > 0
    for name in ("children", "rate", "population"):
        arithmetic[name] = arithmetic[name].where(is_rated, "")
    return arithmetic.assign(
        most=beyond["most"].map("{:.0f}".format),
        unit=row_units(beyond, context.indicators),
        basis=beyond["basis"],
    )


def _add_most(cells: pd.DataFrame, known: Mapping[str, Indicator]) -> pd.DataFrame:
    """The cells whose indicator is questioned above a number; `most` is that of their State."""
    levels = {code: own.questioned_above for code, own in known.items()}
    of_indicators = pd.DataFrame(
        [
            (code, level.per_100_000_children, level.at_least, level.basis)
            for code, level in levels.items()
            if level
        ],
        columns=["indicator", "per_children", "at_least", "basis"],
    )
    cells = _add_children(cells).merge(of_indicators, on="indicator")
    cells = cells[(cells["children"] > 0) | (cells["per_children"] == 0)]
    of_children = cells["per_children"] * cells["children"] / PER
    return cells.assign(most=_rounded_up(of_children.clip(lower=cells["at_least"])))


def _rounded_up(numbers: pd.Series) -> pd.Series:
    """To the first digits, as a number is that one questions."""
    scale = 10 ** (np.floor(np.log10(numbers)) - (DIGITS_OF_LEVEL - 1))
    return pd.Series(np.ceil(numbers / scale) * scale, numbers.index)


@rule(Severity.WARNING)
def level_unlike_peers(context: ValidationContext) -> pd.DataFrame:
    """A series without earlier values whose total per child is far from those of other States.

    The modified z-score of the logarithm (Iglewicz and Hoaglin 1993); no figure of a State is
    quoted.
    """
    cells = _counts(context)
    cells = cells[(cells[[*BREAKDOWNS]] == TOTAL).all(axis=1) & (cells["value"] > 0)]
    if context.peers is None or cells.empty:
        return cells.iloc[:0]
    cells = _with_children(cells)
    known = pd.MultiIndex.from_frame(compare_with_history(context)[[*SERIES]])
    cells = cells[~pd.MultiIndex.from_frame(cells[[*SERIES]]).isin(known)]
    peers = _with_children(context.peers[context.peers["value"] > 0])
    key = [*PEER_SERIES_KEY, "period"]
    levels = {tuple(named): _logs(group) for named, group in peers.groupby(key, sort=False)}
    own = zip(cells[key].itertuples(index=False, name=None), _logs(cells), strict=True)
    states = [_count_states_apart(level, levels.get(named)) for named, level in own]
    apart = cells.assign(states=np.array(states, dtype=int)).query("states > 0")
    return _arithmetic(apart).assign(states=apart["states"].astype("str"))


def _counts(context: ValidationContext) -> pd.DataFrame:
    """The values that count something."""
    cells = sound_observations(context)
    is_count = cells["value"].notna() & ~cells["component"].isin([STEP, MEDIAN])
    cells = cells.loc[is_count, COUNTED_COLUMNS]
    unit = row_units(cells, context.indicators)
    return cells[unit.isin(counting_units())]


def _with_children(cells: pd.DataFrame) -> pd.DataFrame:
    """Add the residents under 18 of area and year; rows without such a number are left out."""
    found = _add_children(cells)
    return found[found["children"] > 0]


def _add_children(cells: pd.DataFrame) -> pd.DataFrame:
    """Add the residents under 18 of area and year, 0 where they are not known."""
    cells = cells[(cells["area"] != "") & (cells["period"] != "")]
    periods = parse_periods(cells["period"].unique())
    pairs = zip(cells["area"], cells["period"], strict=True)
    children = [children_near(area, periods[period].year) for area, period in pairs]
    return cells.assign(children=np.array(children, dtype=float))


def _logs(cells: pd.DataFrame) -> pd.Series:
    return pd.Series(np.log((cells["value"] / cells["children"]).astype(float)), cells.index)


def _count_states_apart(level: float, peers: pd.Series | None) -> int:
    """The number of States compared if a level is far from theirs; else 0."""
    if peers is None or len(peers) < FEWEST_STATES - 1:
        return 0
    middle = float(peers.median())
    spread = float((peers - middle).abs().median()) / NORMAL_MAD
    distance = abs(level - middle)
    is_apart = distance > OUTLIER * spread and distance > np.log(SMALLEST_FACTOR_OF_LEVEL)
    return len(peers) if is_apart else 0


def _in_four_digits(number: float) -> str:
    return plain_digits(float(f"{number:.4g}")) if np.isfinite(number) else ""


def _arithmetic(cells: pd.DataFrame) -> pd.DataFrame:
    """The calculation of a level: value, residents under 18, rate and source."""
    return cells[["sheet", "cell", "typed", "indicator"]].assign(
        children=cells["children"].map("{:.0f}".format),
        rate=(PER * cells["value"] / cells["children"]).map(_in_four_digits),
        population=denominator("children").source.en,
    )


@rule(Severity.WARNING)
def median_unusual(context: ValidationContext) -> pd.DataFrame:
    """A median time shorter than a minute, or far beyond the last band of its indicator."""
    cells = sound_observations(context)
    cells = cells[(cells["component"] == MEDIAN) & cells["value"].notna()]
    longest = LONGEST_MEDIAN_FACTOR * bands()[-1].from_hours
    unusual = cells[(cells["value"] < SHORTEST_MEDIAN) | (cells["value"] > longest)]
    days = (unusual["value"] / 24).map("{:.3g}".format)
    return unusual[["sheet", "cell", "typed"]].assign(days=days, longest=f"{longest:.0f}")


@rule(Severity.WARNING)
def forecast_of_past(context: ValidationContext) -> pd.DataFrame:
    """A value that is called a forecast, of a period that has ended."""
    cells = context.reading.observations
    cells = cells[(cells["observation_status"] == FORECAST) & (cells["period"] != "")]
    if cells.empty:
        return cells
    today, periods = datetime.now(UTC).date(), parse_periods(cells["period"].unique())
    past = {text for text, period in periods.items() if last_day(period) < today}
    ended = cells[cells["value"].notna() & cells["period"].isin(past)]
    if ended.empty:
        return ended
    cell = ended["observation_status_cell"].where(
        ended["observation_status_cell"] != "", ended["cell"]
    )
    return ended[["sheet", "typed", "period"]].rename(columns={"period": "when"}).assign(cell=cell)
