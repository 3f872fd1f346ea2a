"""The unit of each component, which a file names beside its values."""

from metrics.core.tables import (
    AREAS_REACHED,
    CASES,
    CHAINED_INDEX,
    CHANGE_IN_POINTS,
    DENOMINATOR,
    MEDIAN,
    NUMERATOR,
    PER_100_000_CHILDREN,
    STEP,
    YEAR_ON_YEAR,
)

UNITS_OF_COMPONENTS = {
    AREAS_REACHED: "STATES",
    CASES: "CASES",
    CHAINED_INDEX: "INDEX",
    CHANGE_IN_POINTS: "POINTS",
    DENOMINATOR: "NUMBER",
    MEDIAN: "HOURS",
    NUMERATOR: "NUMBER",
    PER_100_000_CHILDREN: "PER_100K_CHILDREN",
    STEP: "STEP",
    YEAR_ON_YEAR: "PC",
}


def unit_of_component(component: str, indicator_unit: str) -> str:
    """The code of the unit; a component without one of its own is in the indicator's unit."""
    return UNITS_OF_COMPONENTS.get(component, indicator_unit)
