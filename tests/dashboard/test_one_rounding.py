"""A figure is printed with the same decimals wherever it is printed."""

import re
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from math import isclose
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.addresses.selection import choose
from dashboard.components.goal.data_tables import states_table, trend_table
from dashboard.components.scoreboard_table import figure_values
from dashboard.contents.comparison import read_comparison
from dashboard.contents.comparison_chart import chart_of_comparison
from dashboard.contents.state_profile import (
    UsualYears,
    change_in_words,
    figure_values_of_state,
)
from dashboard.contents.view_charts import states_in_chart, total_in_chart
from dashboard.context import PageContext, read_context
from dashboard.data import records, with_codes
from dashboard.released.printed_changes import points_in_words
from dashboard.released.scoreboard import read_row
from dashboard.released.series import AssessedSeries, read_series
from dashboard.released.table_views import compare_with_path, states_view, trend_view
from dashboard.rounding import round_for_print
from dashboard.rows_by_key import Record
from dashboard.slides.kinds.states import printed_in
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.narrative import latest_value
from dashboard.wording.series_facts import fact_line
from metrics.catalogue.codelists.units import PER_CENT
from metrics.catalogue.definitions.indicators import Kind
from metrics.catalogue.loader import catalogue
from metrics.core.series import parse_codes
from metrics.core.tables import EU
from metrics.statistics.period_changes import period_changes
from tests.dashboard.reading import of_type, words
from tests.dashboard.release import write_release

EN = texts("en")
NUMBER = r"\d[\d,]*(?:\.\d+)?"
AREAS = (EU, "CY", "DE")


@pytest.fixture(scope="module")
def home_with_fractions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release whose shares and durations have more digits than anybody prints."""
    home = tmp_path_factory.mktemp("fractions")
    folder = write_release(home)
    indicators = catalogue().indicators.values()
    divided = [one.code for one in indicators if one.kind in {Kind.SHARE, Kind.DURATION}]
    for name, columns in {
        "indicator_values": ["value"],
        "assessments": ["value", "baseline_value", "expected_value", "gap"],
    }.items():
        path = folder / f"{name}.parquet"
        table = pd.read_parquet(path)
        table.loc[table["indicator"].isin(divided), columns] *= 0.98765
        table.to_parquet(path, index=False)
    return home


@pytest.fixture(params=["sample", "published-figures"])
def context(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> PageContext:
    if request.param == "sample":
        home = request.getfixturevalue("home_with_fractions")
        monkeypatch.setenv("EMPACT_HOME", str(home))
    else:
        monkeypatch.setenv(
            "EMPACT_HOME", str(request.getfixturevalue("published_release").parents[3])
        )
    return read_context(View(collection=request.param, lang="en"))


def figures_of(context: PageContext) -> Iterator[tuple[AssessedSeries, PageContext]]:
    """The figure of each goal in each of some areas that is a number."""
    for code in context.definitions.goals:
        for area in AREAS:
            series = read_row(code, area, context.release).series if context.release else None
            if series and series.last_known and series.component != "step":
                yield series, context.with_changes(goal=code, area=area, indicator=series.name)


def first_number(written: str) -> str:
    """Without trailing zeros, which a column has and a sentence has not."""
    found = re.search(NUMBER, written)
    number = found[0] if found else ""
    return number.rstrip("0").rstrip(".") if "." in number else number


def in_rows(table: Any, at: str) -> str:
    """The value in the row of a period or an area."""
    (row,) = [row for row in of_type(of_type(table, "Tbody"), "Tr") if words(row).startswith(at)]
    return words(of_type(row, "Td")[0])


def everywhere(series: AssessedSeries, context: PageContext) -> dict[str, str]:
    """Where the latest figure of a series is printed → the number."""
    latest = series.last_known or {}
    period, area = str(latest["period"]), EN.code("area", series.area)
    selection = choose(context)
    assert selection.series is not None
    chart = total_in_chart(selection, selection.series)
    points = {point.period: point for line in chart.lines for point in line.points}
    row = read_row(context.view.goal, series.area, context.release) if context.release else None
    assert row is not None
    found = {
        "sentence": latest_value(series, EN),
        "trend table": in_rows(trend_table("", series, trend_view(series), EN), EN.period(period)),
        "chart": points[period].printed,
        "label in chart": points[period].number,
        "scoreboard": str(figure_values(row, EN, is_area_named=False)["latest"]),
        "State": str(figure_values_of_state(series, UsualYears(period), EN)["latest"]),
        "slide": fact_line(series, EN),
        "slide of States": printed_in(series, period, EN),
        "explore": import_module("dashboard.pages.explore").printed_figure(
            {**latest, "indicator": series.indicator.code, "area": series.area,
             "component": series.component, "series": latest.get("series", "")},
            context,
        ),
    }  # fmt: skip
    if series.area != EU:
        states = states_view({series.area: series}, period)
        found["table of States"] = in_rows(states_table("", series, states, EN), area)
        drawn = states_in_chart(selection, selection.series, period)
        (of_area,) = [own for own in drawn.rows if own.area == series.area]
        found["chart of States"] = of_area.printed
    compared = read_comparison(context.with_changes(areas=series.area, unit="value"))
    if compared.is_drawn:
        lines = getattr(chart_of_comparison(compared), "lines", ())
        points = {point.period: point for line in lines for point in line.points}
        found["comparison"] = (
            points[period].printed if period in points else latest_value(series, EN)
        )
    return {name: first_number(written) for name, written in found.items()}


def test_a_figure_has_the_same_decimals_everywhere(context: PageContext) -> None:
    number = 0
    for series, asked in figures_of(context):
        printed = everywhere(series, asked)
        assert len(set(printed.values())) == 1, (series.name, series.area, printed)
        number += 1
    assert number > (60 if context.is_invented else 1)


def test_the_printed_gap_can_be_computed_from_the_file(context: PageContext) -> None:
    """The exact numbers of a file, rounded to its decimals, give the difference of every page."""
    for series, _ in figures_of(context):
        for row in trend_view(series).to_dict("records"):
            decimals = row.get("decimals")
            if decimals is None or decimals != decimals:  # noqa: PLR0124 - not a number
                continue
            found = compare_with_path(series, row["value"], row["path"])
            value, path = (round_for_print(row[name], int(decimals)) for name in ("value", "path"))
            assert found.difference == value - path
            assert (found.gap(row["gap"]) > 0) is (row["gap"] > 0 and value != path)


@pytest.mark.parametrize(("value", "written"), [(100.0, "100.00"), (0.0, "0.00"), (67.5, "67.50")])
def test_a_share_of_counts_has_its_zeros_in_the_title_as_in_the_table(
    value: float, written: str
) -> None:
    """Only what a publisher or an agreement wrote keeps the digits that it has there."""
    row = {"period": "2025", "value": value, "observation_status": "A", "component": "value",
           "confidentiality_status": "F", "late": False, "limit": "", "source": ""}  # fmt: skip
    series = AssessedSeries(catalogue().indicators["SCHOOLS_REACHED"], "FI", {}, [row])

    assert latest_value(series, EN) == f"{written}\N{NO-BREAK SPACE}%"
    assert written in words(trend_table("", series, trend_view(series), EN))
    printed = compare_with_path(series, value, value)
    assert EN.difference(printed.other, "PC", printed.decimals, fixed=printed.is_fixed).startswith(
        written
    )


def test_a_change_of_a_share_has_the_digits_of_the_shares() -> None:
    """In a sentence and in the row of a Member State; of a published share those of its source."""
    indicators = catalogue().indicators
    for code, ends, written in (
        ("SCHOOLS_REACHED", (18.6825, 22.93), "+4.25"),
        ("SCHOOLS_REACHED", (26.2554, 7.1846), "−19.08"),  # 7.18 − 26.26; exactly −19.0708
        ("TAKEDOWN_SHARE_2D", (60.0, 64.2), "+4.2"),
    ):
        change = {"base_period": "2024", "period": "2025", "change": ends[1] - ends[0], "limit": ""}
        rows = [{"period": period, "value": value, "observation_status": "A", "limit": "",
                 "component": "value", "source": "Publisher"}
                for period, value in zip(("2024", "2025"), ends, strict=True)]  # fmt: skip
        series = AssessedSeries(indicators[code], "FI", {}, rows)
        assert change_in_words(series, change, EN).split() == [written, "pp"]


def test_every_printed_change_of_shares_is_that_of_the_printed_shares(
    context: PageContext,
) -> None:
    """All shares of a release; a change of other States than those in a figure is rounded alone."""
    matched, alone = 0, 0
    for change in changes_of_shares(context):
        codes = parse_codes(change["series"])
        series = read_series(context.release, change["indicator"], change["area"], codes)
        rows = [series.row_in(change[name]) or {} for name in ("base_period", "period")]
        digits = series.decimals_of_points(rows) or 0
        values = [Decimal(number_in(series.format_figure(row, EN))) for row in rows]
        printed = Decimal(number_in(points_in_words(series, change, EN)))
        is_own = isclose(rows[1]["value"] - rows[0]["value"], change["change"], abs_tol=1e-6)
        expected = values[1] - values[0] if is_own else change["change"]
        assert printed == round_for_print(expected, digits), (series.name, change)
        matched, alone = matched + is_own, alone + (not is_own)
    assert matched > (100 if context.is_invented else 20)
    assert alone or not context.is_invented


def changes_of_shares(context: PageContext) -> Iterator[Record]:
    assert context.release is not None
    values = context.release.stored.table("indicator_values")
    indicators = catalogue().indicators
    shares = [code for code, own in indicators.items() if own.unit == PER_CENT]
    changes = period_changes(values[values["indicator"].isin(shares)], indicators)
    is_compared = changes["base_period"].ne(changes["period"]) & changes["limit"].eq("")
    yield from records(with_codes(changes[is_compared]))


def number_in(written: str) -> str:
    (found,) = re.findall(rf"[+−-]?{NUMBER}", written)
    return str(found).replace(",", "").replace("−", "-")
