"""The growth of each year of a series whose target is a growth of each year, as released."""

from dashboard.data import Release
from dashboard.released.compared_series import changes_of_series, earlier_year
from dashboard.released.series import AssessedSeries, component_of, has_value, is_full
from dashboard.rows_by_key import Record
from metrics.catalogue.definitions.targets import GrowthPerYear
from metrics.core.tables import YEAR_ON_YEAR


def agreed_growth(series: AssessedSeries) -> GrowthPerYear | None:
    """The target, if it is a growth of each year."""
    target = series.official.asked if series.official else None
    return target if isinstance(target, GrowthPerYear) else None


def released_growth(series: AssessedSeries, release: Release | None) -> list[Record]:
    """The change of each full year up to the last of the series, with its `materiality`.

    Empty where the target is another than a growth of each year.
    """
    if release is None or agreed_growth(series) is None:
        return []
    changes = changes_of_series(series, release)
    years = {row["period"] for row in series.rows}
    return [
        {**row, "materiality": change.get("materiality", "")}
        for row in component_of(series, release, YEAR_ON_YEAR)
        if row["period"] in years and is_full(row["period"]) and has_value(row)
        for change in [changes.get((earlier_year(row["period"]), row["period"]), {})]
    ]
