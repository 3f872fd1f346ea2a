"""Where the words of a chart stand: apart from each other on every screen, tied to their lines."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.arrangement import arrange
from dashboard.charts.chart_widths import PROJECTOR, SCREENS, TELEPHONE, Screen
from dashboard.charts.labels import Role
from dashboard.charts.mark_pictures import mark_picture
from dashboard.charts.measure import Board, Box, spread_apart, text_width, wrap_words
from dashboard.charts.plotly_looks import MARK_SYMBOLS
from dashboard.charts.scales import tick_step
from dashboard.charts.specification import TimeChart
from dashboard.data import Release
from dashboard.released.series import series_of_goal
from dashboard.released.table_views import Part
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from tests.dashboard.chart_figures import figure_of, parts_of, trend_of
from tests.dashboard.series_rows import with_cells

HEIGHTS = st.lists(st.tuples(st.floats(0, 300), st.floats(10, 40)), min_size=1, max_size=7)


@given(HEIGHTS)
def test_labels_moved_apart_keep_their_order_and_stay_within_bounds(
    labels: list[tuple[float, float]],
) -> None:
    centres, heights = zip(*sorted(labels), strict=True)
    found = spread_apart(centres, heights, 0, 400)
    for (one, height), (next_one, next_height) in pairwise(zip(found, heights, strict=True)):
        assert next_one - one >= (height + next_height) / 2 - 1e-6
    assert found[0] - heights[0] / 2 >= -1e-6
    assert found[-1] + heights[-1] / 2 <= 400 + 1e-6


def test_a_label_that_touches_no_other_is_not_moved() -> None:
    assert spread_apart([50, 200], [20, 20], 0, 400) == [50, 200]


def test_two_labels_at_one_place_move_by_half_a_line_each() -> None:
    assert spread_apart([100, 100], [20, 20], 0, 400) == [90, 110]


def test_words_are_broken_at_spaces_only() -> None:
    words = "Target path, +10\N{NO-BREAK SPACE}% a year"
    lines = wrap_words(words, 110, 16)
    assert " ".join(lines) == words
    assert all(text_width(line, 16) <= 110 for line in lines)
    assert wrap_words("Geschwindigkeitsbegrenzung", 10, 16) == ("Geschwindigkeitsbegrenzung",)
    assert text_width("8,824", 16, is_bold=True) > text_width("8,824", 16)


def test_what_is_written_already_is_never_covered() -> None:
    board = Board()
    assert board.take(Box(0, 0, 10, 10))
    assert not board.take(Box(9, 9, 20, 20))
    assert board.take(Box(10, 0, 20, 10))


@pytest.mark.parametrize(("span", "step"), [(10944, 2000), (26, 5), (1, 0.2), (0, 1), (85, 20)])
def test_an_axis_has_from_four_to_six_ticks(span: float, step: float) -> None:
    assert tick_step(span, only_whole=False) == pytest.approx(step)


@settings(deadline=None)
@given(st.floats(1e-3, 1e9))
def test_every_span_has_round_steps(span: float) -> None:
    assert 2 <= span / tick_step(span, only_whole=False) < 6 + 1e-6


CASES = [("GA-1.1", EU), ("GA-1.1", "MT"), ("GA-2.1", "DE"), ("GA-4.2", "SE"), ("CC2019-8", EU)]


def boxes_meet(chart: TimeChart, screen: Screen) -> list[tuple[object, object]]:
    arranged = arrange(chart, screen)
    boxes = [(label.lines, label.box(arranged.frame)) for label in arranged.texts]
    return [
        (one, other) for (one, box), (other, next_box) in combinations(boxes, 2)
        if Box(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1).meets(next_box)
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "el"])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_words_of_a_trend_overlap_on_any_screen(
    release: Release, screen: Screen, language: str
) -> None:
    for goal, area in CASES:
        for series in series_of_goal(catalogue().goals[goal], area, release):
            chart = trend_of(series, language, release=release)
            assert boxes_meet(chart, screen) == [], (goal, area, series.name)
            with_outlook = trend_of(series, language, release=release, with_outlook=True)
            assert boxes_meet(with_outlook, screen) == [], (goal, area, series.name)


@pytest.mark.parametrize(("screen", "smallest"), [*zip(SCREENS, (16, 16, 14, 14), strict=True)])
def test_words_have_their_size_on_every_screen(
    release: Release, screen: Screen, smallest: int
) -> None:
    series = series_of_goal(catalogue().goals["GA-1.1"], "FI", release)[0]
    arranged = arrange(trend_of(series, release=release), screen)
    assert min(label.size for label in arranged.texts) >= smallest
    assert {label.role for label in arranged.texts} >= {Role.PATH, Role.REPORTED}


def test_a_label_that_had_to_move_is_tied_to_its_line(release: Release) -> None:
    series = series_of_goal(catalogue().goals["GA-1.1"], "FI", release)[0]
    level = with_cells(series.values, value=50.0)
    parts = [(f"part {n}", Part({}, level)) for n in range(4)]
    chart = parts_of(series, parts)
    tied = [label for label in arrange(chart, PROJECTOR).texts if label.is_tied]
    arrows = [words for words in figure_of(chart).layout.annotations if words.showarrow]
    assert len(tied) == len(arrows) >= 2
    assert {arrow.ax for arrow in arrows} == {label.right for label in tied}


def test_words_at_the_latest_figure_stand_clear_of_the_path(release: Release) -> None:
    """Above it or below it, however close the figure is, and within the picture."""
    goal = catalogue().goals["GA-1.1"]
    for area in member_states():
        chart = trend_of(series_of_goal(goal, area, release)[0], release=release)
        if chart.gap is None or chart.path is None:
            continue
        arranged = arrange(chart, PROJECTOR)
        heights = [arranged.frame.y_of(height) for at, height in chart.path.course
                   if at >= chart.gap.at]  # fmt: skip
        beside = [label for label in arranged.texts if label.at == chart.gap.at
                  and label.align == "left" and (label.is_bold or label.small)]  # fmt: skip
        for box in (label.box(arranged.frame) for label in beside):
            assert box.bottom <= min(heights) + 1 or box.top >= max(heights) - 1, area
            assert box.top >= -arranged.frame.top - 1, area


@pytest.mark.parametrize(("number", "has_key"), [(4, False), (40, True)])
def test_lines_are_named_at_their_ends_or_where_there_is_no_room_in_a_key(
    release: Release, number: int, *, has_key: bool
) -> None:
    series = series_of_goal(catalogue().goals["GA-1.1"], "FI", release)[0]
    parts = [(f"part {n}", Part({}, series.values)) for n in range(number)]
    chart = parts_of(series, parts)
    assert arrange(chart, PROJECTOR).has_key is has_key
    assert arrange(chart, TELEPHONE).has_key


def test_a_figure_has_a_layout_for_every_screen(release: Release) -> None:
    series = series_of_goal(catalogue().goals["GA-1.1"], "FI", release)[0]
    meta = figure_of(trend_of(series, release=release)).layout.meta
    assert [screen["least"] for screen in meta["screens"]] == [one.least_width for one in SCREENS]
    telephone = meta["screens"][-1]["layout"]
    assert telephone["xaxis"]["ticktext"][-1] == "’26"
    assert telephone["font"]["size"] == 14


def test_the_latest_value_is_in_larger_type_above_what_qualifies_it(release: Release) -> None:
    series = series_of_goal(catalogue().goals["GA-1.1"], EU, release)[0]
    provisional = replace(series, values=with_cells(series.values, observation_status="P"))
    labels = arrange(trend_of(provisional, release=release), PROJECTOR).texts
    (latest,) = [label for label in labels if label.small]
    assert (latest.size, latest.small, latest.small_size) == (20, ("provisional value",), 16)


@pytest.mark.parametrize("symbol", sorted({*MARK_SYMBOLS.values()}))
def test_every_shape_has_a_picture_of_its_own(symbol: str) -> None:
    others = {mark_picture(other, "#000") for other in {*MARK_SYMBOLS.values()} - {symbol}}
    assert mark_picture(symbol, "#000") not in others


def test_a_line_that_ends_before_the_others_says_when(release: Release) -> None:
    """The words stand where all lines end: without a year, an old value looks like the latest."""
    series = series_of_goal(catalogue().goals["GA-1.1"], "FI", release)[0]
    parts = [("old", Part({}, series.values[:2])), ("new", Part({}, series.values))]

    labels = {line.name: line.label for line in parts_of(series, parts).lines}

    assert labels["old"].endswith(", 2021")
    assert "2025" not in labels["new"]


def test_the_first_figure_does_not_stand_on_the_numbers_of_the_axis(release: Release) -> None:
    series = series_of_goal(catalogue().goals["GA-1.1"], EU, release)[0]
    arranged = arrange(trend_of(series, release=release), PROJECTOR)
    first = [label for label in arranged.texts if label.role is Role.REPORTED
             and label.align == "center"]  # fmt: skip
    assert first
    assert all(label.box(arranged.frame).left >= 0 for label in first)
