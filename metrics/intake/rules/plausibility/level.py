"""Is a value plausible by itself, even in the first submission of a State?

A first submission has no earlier figures. So the level is compared with the residents under 18 of
the State, with the other States per child, and with the definition.
"""

from datetime import UTC, datetime

import numpy as np
import pandas as pd

from metrics.catalogue.codelists.bands import bands
from metrics.catalogue.codelists.groups import last_day
from metrics.catalogue.codelists.units import counting_units
from metrics.catalogue.denominators import children_near, denominator
from metrics.core.period import parse_periods
from metrics.core.tables import BREAKDOWNS, FORECAST, KEY, MEDIAN, SERIES, STEP, TOTAL
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.plausibility.history import NORMAL_MAD, OUTLIER, compare_with_history
from metrics.intake.rules.plausibility.peers import FEWEST_STATES, PEER_SERIES_KEY
from metrics.intake.rules.values import row_units, sound_observations

# For each hundred residents under 18, more than so many in one year are questioned: children, or
# cases and offences that concern children; where adults count too (`measures: effort`), and of
# other cases, more than a State has residents (not quite 7 for each resident under 18 in Italy).
MOST_CHILDREN, MOST_CASES, MOST_WITH_ADULTS = 1, 10, 700
UNITS_OF_PERSONS = {"PERSONS", "CASES", "OFFENCES"}  # which happen to persons
PER = 100_000
COUNTED_COLUMNS = [*KEY, "sheet", "cell", "typed", "value"]
# However close to one another the other States are, a smaller factor is not questioned.
SMALLEST_FACTOR_OF_LEVEL = 10
SHORTEST_MEDIAN = 1 / 60  # of an hour
LONGEST_MEDIAN_FACTOR = 10  # times the beginning of the last, open band


@rule(Severity.WARNING)
def beyond_population(context: ValidationContext) -> pd.DataFrame:
    """More persons, or cases of persons, than fit the residents under 18 of the State."""
    cells = _with_children(_counts(context, UNITS_OF_PERSONS))
    unit = row_units(cells, context.indicators)
    known = context.indicators
    efforts = [code for code in known if known[code].measures == "effort"]
    about_children = [code for code in known if known[code].per_100_000_children]
    is_effort, is_about = (cells["indicator"].isin(codes) for codes in (efforts, about_children))
    of_cases = np.where(is_about, MOST_CASES, MOST_WITH_ADULTS)
    of_persons = np.where(is_effort, MOST_WITH_ADULTS, MOST_CHILDREN)
    most = np.where(unit == "PERSONS", of_persons, of_cases)
    beyond: pd.DataFrame = cells[cells["value"] * 100 > most * cells["children"]]
    if beyond.empty:
        return beyond.reindex(columns=["sheet", "cell"])
    percent = (100 * beyond["value"] / beyond["children"]).map(_in_three_digits)
    return _arithmetic(beyond).assign(percent=percent, unit=unit[beyond.index])


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


def _counts(context: ValidationContext, units: set[str] | None = None) -> pd.DataFrame:
    """The values that count something, in these units or in any."""
    cells = sound_observations(context)
    is_count = cells["value"].notna() & ~cells["component"].isin([STEP, MEDIAN])
    cells = cells.loc[is_count, COUNTED_COLUMNS]
    unit = row_units(cells, context.indicators)
    return cells[unit.isin(units or counting_units())]


def _with_children(cells: pd.DataFrame) -> pd.DataFrame:
    """Add the residents under 18 of area and year; rows without such a number are left out."""
    cells = cells[(cells["area"] != "") & (cells["period"] != "")]
    periods = parse_periods(cells["period"].unique())
    pairs = zip(cells["area"], cells["period"], strict=True)
    children = [children_near(area, periods[period].year) for area, period in pairs]
    found = cells.assign(children=np.array(children, dtype=float))
    return found[found["children"] > 0]


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


def _in_three_digits(number: float) -> str:
    return f"{float(f'{number:.3g}'):.15g}"


def _arithmetic(cells: pd.DataFrame) -> pd.DataFrame:
    """The calculation of a level: value, residents under 18, rate and source."""
    return cells[["sheet", "cell", "typed", "indicator"]].assign(
        children=cells["children"].map("{:.0f}".format),
        rate=(PER * cells["value"] / cells["children"]).map("{:.4g}".format),
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
