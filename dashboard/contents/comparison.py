"""What is compared: one series in several areas, or two in one area, in one unit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from dashboard.addresses.address import requested_series
from dashboard.addresses.alternatives import UnavailableError, other_offers
from dashboard.addresses.named_series import (
    default_series,
    parse_known_series,
    parts_of_series,
    read_assessed,
    require_figures,
)
from dashboard.addresses.selection import newest_well_covered
from dashboard.context import PageContext
from dashboard.data import Release
from dashboard.released.compared_series import (
    STATES_OF_CHANGE,
    ComparedSeries,
    ComparisonUnit,
    changes_of_series,
    compared_figures,
    component_in,
    is_year,
    units_of_series,
)
from dashboard.released.goal_statuses import status_of_series
from dashboard.released.series import AssessedSeries
from dashboard.released.unclear_changes import NO_CLEAR_CHANGE, UNDECIDED
from dashboard.texts import Text
from dashboard.wording.status_ages import age_note
from dashboard.wording.status_reasons import decisive_reason
from metrics.catalogue.codelists import codelist
from metrics.catalogue.denominators import children_near
from metrics.core.period import ReferencePeriod
from metrics.core.series import ParsedSeries, format_codes
from metrics.core.tables import EU

COMPARE_PATH = "/compare"
MOST_DRAWN = 8  # lines that shape, colour and label distinguish
LARGEST_AREAS = 3  # compared with the Union by default
AREAS_APART = ","
INDICATOR_LETTERS = "AB"  # at the lines of two indicators


@dataclass(frozen=True)
class SeriesComparison:
    """The compared series in one unit: those that are drawn and those that are set aside."""

    context: PageContext
    asked: ParsedSeries
    second: ParsedSeries | None
    areas: tuple[str, ...]
    units: tuple[ComparisonUnit, ...]  # that every compared series has
    unit: ComparisonUnit
    base: str  # the first common year, of an index and of the changes in the table
    drawn: tuple[ComparedSeries, ...]
    set_aside: tuple[ComparedSeries, ...] = ()
    unknown_areas: tuple[str, ...] = ()
    refused: ComparisonUnit | None = None  # a chosen unit that the series do not have

    @cached_property
    def periods(self) -> list[str]:
        """The periods in which any drawn series has a figure, or a change that is not clear."""
        found = {
            str(row["period"])
            for series in self.drawn
            for row in series.figures
            if not row["why"] or row["why"] in {NO_CLEAR_CHANGE, UNDECIDED}
        }
        return sorted(found, key=ReferencePeriod.parse)

    @property
    def latest(self) -> str:
        """The newest period that most of the series have."""
        return newest_well_covered(
            Counter(str(row["period"]) for series in self.drawn for row in series.known)
        )

    @property
    def has_one_unit(self) -> bool:
        """Whether the figures of two indicators can share an axis."""
        return len({series.unit_code for series in self.drawn}) <= 1

    @property
    def named_series(self) -> Sequence[ComparedSeries]:
        """One series for each compared indicator, drawn ones first."""
        found = {series.series.indicator.code: series
                 for series in reversed((*self.drawn, *self.set_aside))}  # fmt: skip
        codes = filter(None, (self.asked, self.second))
        return [found[parsed.indicator] for parsed in codes if parsed.indicator in found]

    @property
    def is_drawn(self) -> bool:
        """Whether lines are drawn, and not one dot for each area."""
        return len(self.drawn) <= MOST_DRAWN


def read_comparison(context: PageContext) -> SeriesComparison:
    """The comparison of an address. UnavailableError if it names a series that does not exist."""
    asked = requested_series(context) or default_series(context)
    second = other_series(asked, context)
    require_figures(asked, context)
    known, unknown = requested_areas(context)
    areas = known or default_areas(asked, context)
    areas = (context.view.area or areas[0],) if second else areas
    every = [read_assessed(parsed, area, context).as_of(context.view.period)
             for parsed in filter(None, (asked, second)) for area in areas]  # fmt: skip
    units = common_units(every, context.release)
    wanted, refused = chosen_unit(units, every, context)
    compared = [
        compared_series(series, wanted, INDICATOR_LETTERS[at] if second else "", context)
        for at, series in enumerate(every)
    ]
    code = unit_of_most(compared)
    drawn = [series for series in compared
             if is_comparable(series, context, len(compared))
             and (second or series.unit_code == code)]  # fmt: skip
    base = first_common_year(drawn)
    based = [with_base(series, base, context.release) for series in drawn]
    drawn = [series for series in based if series.known]
    kept = {series.key for series in drawn}
    latest = {series.key: series for series in (*compared, *based)}
    return SeriesComparison(
        context, asked, second, areas, units, wanted, base, tuple(drawn),
        tuple(series for key, series in latest.items() if key not in kept), unknown, refused,
    )  # fmt: skip


def other_series(asked: ParsedSeries, context: PageContext) -> ParsedSeries | None:
    """The second series of the address, if it is another than the first."""
    if not context.view.second:
        return None
    second = parse_known_series(context.view.second, context)
    return second if second != asked else None


def unit_of_most(compared: Sequence[ComparedSeries]) -> str:
    """The unit of the most areas: a count of States has no axis with the steps of one."""
    counted = Counter(series.unit_code for series in compared if series.area != EU)
    return next((code for code, _ in counted.most_common(1)), compared[0].unit_code)


def requested_areas(context: PageContext) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The areas in the address, each once, and those that do not exist."""
    written = [code.strip() for code in context.view.areas.split(AREAS_APART) if code.strip()]
    known = tuple(dict.fromkeys(code for code in written if code in codelist("area")))
    return known, tuple(code for code in written if code not in codelist("area"))


def default_areas(asked: ParsedSeries, context: PageContext) -> tuple[str, ...]:
    """The Union, the area of the address, and the areas with a figure where most children live."""
    with_figure = {part.area for part in parts_of_series(asked, context.release)}
    chosen = [area for area in (EU, context.view.area) if area in with_figure]
    year = int(context.release.as_of[:4] or 0) if context.release else 0
    largest = sorted(with_figure - {EU}, key=lambda area: (-children_near(area, year), area))
    return tuple(dict.fromkeys([*chosen, *largest]))[: LARGEST_AREAS + 1] or (EU,)


def common_units(
    every: Sequence[AssessedSeries], release: Release | None
) -> tuple[ComparisonUnit, ...]:
    """The units in which all of the series have figures."""
    found = [set(units_of_series(series, release)) for series in every]
    return tuple(unit for unit in ComparisonUnit if all(unit in units for units in found))


def chosen_unit(
    units: Sequence[ComparisonUnit], every: Sequence[AssessedSeries], context: PageContext
) -> tuple[ComparisonUnit, ComparisonUnit | None]:
    """The unit of the address or a suitable one; and the one of the address that is not there.

    Two indicators in different units are compared by an index, or by their changes.
    """
    asked = context.view.unit
    is_mixed = len({series.unit for series in every}) > 1
    relative = [unit for unit in (ComparisonUnit.INDEX, ComparisonUnit.CHANGE) if unit in units]
    usual = [unit for unit in (ComparisonUnit.RATE,) if unit in units and len(every) > 1]
    suitable = next(iter([*(relative if is_mixed else usual), ComparisonUnit.VALUE]))
    if asked in units:
        return ComparisonUnit(asked), None
    return suitable, ComparisonUnit(asked) if asked in [*ComparisonUnit] else None


def compared_series(
    series: AssessedSeries, unit: ComparisonUnit, letter: str, context: PageContext
) -> ComparedSeries:
    """The figures in the unit; those of an index wait for their base year."""
    text, release = context.text, context.release
    area = text("compare.union_name") if series.area == EU else text.code("area", series.area)
    name = series.title(text) if letter else area
    first_unit = ComparisonUnit.VALUE if unit is ComparisonUnit.INDEX else unit
    changes = changes_of_series(series, release, change_basis(unit, series))
    return ComparedSeries(
        name, letter or area_letter(series.area, text), series,
        compared_figures(series, first_unit, release), unit, changes=changes,
    )  # fmt: skip


def change_basis(unit: ComparisonUnit, series: AssessedSeries) -> str:
    """The component whose change since the base year is in the table."""
    return component_in(unit, series) if unit is ComparisonUnit.RATE else series.component


def area_letter(area: str, text: Text) -> str:
    """The code of an area at its line; the Union in the reader's language."""
    return text("compare.union") if area == EU else area


def is_comparable(series: ComparedSeries, context: PageContext, number: int) -> bool:
    """Whether a series is drawn: it has a figure, and its reader knows of its breaks.

    The break of a total is that of a few of its parts, and is always marked.
    """
    if not series.known:
        return False
    is_known = series.area in context.view.marked.split(AREAS_APART) or series.area == EU
    return is_known or number == 1 or not (series.breaks or series.differing)


def first_common_year(drawn: Sequence[ComparedSeries]) -> str:
    """The first year that all series have or, if there is none, that most of them have."""
    bases = (base for series in drawn for base, period in series.changes if base == period)
    years = Counter(base for base in bases if is_year(base))
    most = max(years.values(), default=0)
    return min((year for year, number in years.items() if number == most), default="")


def with_base(series: ComparedSeries, base: str, release: Release | None) -> ComparedSeries:
    based = replace(series, base=base)
    if series.unit is not ComparisonUnit.INDEX:
        return based
    return replace(based, figures=compared_figures(series.series, series.unit, release, base))


def early_ends(comparison: SeriesComparison) -> dict[tuple[str, str, str], list[ComparedSeries]]:
    """Latest period, its reason for no figure, and the last period → the series that end then."""
    newest = max(comparison.periods, key=ReferencePeriod.parse, default="")
    found: dict[tuple[str, str, str], list[ComparedSeries]] = {}
    for series in comparison.drawn:
        if series.last is not None and series.last["period"] != newest:
            row = next((row for row in series.figures if row["period"] == newest), None)
            why = str(row["why"]) if row else "absent.not_reported"
            found.setdefault((newest, why, str(series.last["period"])), []).append(series)
    return found


def comparison_rows(context: PageContext) -> pd.DataFrame:
    """The compared figures as a file has them: a row for each series and period that is shown.

    A series without a figure in the unit has its reasons. UnavailableError for an unknown area.
    """
    comparison = read_comparison(context)
    if comparison.unknown_areas:
        sentences = [context.text("missing.area", code=code) for code in comparison.unknown_areas]
        raise UnavailableError(" ".join(sentences), other_offers(context))
    without_figure = (series for series in comparison.set_aside if not series.known)
    rows = [
        {
            "collection": context.collection.code,
            "release": context.release_label,
            "as_of": context.view.period,
            "indicator": series.series.indicator.code,
            "component": file_component(series),
            "unit": series.unit_code,
            "area": series.area,
            "area_name": context.text.code("area", series.area),
            "series": format_codes(series.series.codes),
            "period": row["period"],
            "value": row["value"],
            "absent": context.text(row["why"]) if row["why"] else "",
            "limit": row["limit"],
            "states_of_change": row.get(STATES_OF_CHANGE) or "",
            "observation_status": row["observation_status"],
            "confidentiality_status": row["confidentiality_status"],
            "base_period": comparison.base,
            "change": series.change_since_base(str(row["period"])),
            "change_unit": series.change_unit,
            "materiality": series.materiality_since_base(str(row["period"])),
            **(
                status_of_latest(series.series, context.text)
                if row is series.last
                else WITHOUT_STATUS
            ),
            "address": row.get("address") or "",
        }
        for series in (*comparison.drawn, *without_figure)
        for row in series.figures
    ]
    return pd.DataFrame(rows)


COLUMNS_OF_STATUS = ("status", "last_status", "status_period", "status_reason", "status_note")
WITHOUT_STATUS = dict.fromkeys(COLUMNS_OF_STATUS, "")  # beside any figure but the latest


def status_of_latest(series: AssessedSeries, text: Text) -> dict[str, str]:
    """The status beside the latest figure of a series."""
    official, own = series.official, status_of_series(series)
    return {
        "status": own.mark,
        "last_status": own.last,
        "status_period": own.period,
        "status_reason": decisive_reason(official, text),
        "status_note": age_note(official, text),
    }


def file_component(series: ComparedSeries) -> str:
    """The component of a figure; an index is that of the figures, with its own unit and base."""
    is_index = series.unit is ComparisonUnit.INDEX
    return series.series.component if is_index else component_in(series.unit, series.series)


def marked_areas(comparison: SeriesComparison, area: str) -> str:
    """The areas whose breaks are marked, with one more."""
    known = [code for code in comparison.context.view.marked.split(AREAS_APART) if code]
    return AREAS_APART.join(dict.fromkeys([*known, area]))


def with_areas(comparison: SeriesComparison, added: str = "", dropped: str = "") -> str:
    """The compared areas with one more, or without one."""
    codes = dict.fromkeys([*comparison.areas, *filter(None, [added])])
    return AREAS_APART.join(code for code in codes if code != dropped)


def choices_of_comparisons(context: PageContext) -> dict[str, Sequence[str]]:
    """What the address of a file can choose."""
    years = context.release.years if context.release else ()
    return {"unit": [*ComparisonUnit], "period": years}
