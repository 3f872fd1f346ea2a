"""A small trend for each Member State: 27 charts, each with its own data sheet."""

from collections.abc import Iterator
from functools import partial

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.charts.chart_parts import SmallTrendPart
from dashboard.charts.native_numbers import HARD_SPACE, NO_FIGURE_SIGN, letter_of
from dashboard.charts.picture import points_in_words
from dashboard.charts.slide_shapes import ChartLook, SlideBox, ThemeColour
from dashboard.charts.specification import Mark, MultiplesChart, SmallTrend
from dashboard.charts.status_marks import status_mark
from dashboard.contents.view_charts import states_in_multiples
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.kinds.states import (
    ComparedStates,
    content_of_states,
    nothing_to_compare,
    read_states,
)
from dashboard.slides.measures import CONTENT_TOP
from dashboard.slides.parts import SlidePart
from dashboard.slides.status_key import status_key
from dashboard.slides.words import letters_footnote
from dashboard.texts import Text
from dashboard.wording.series_facts import flags_in_words

IN_A_ROW = 9
FRAME_STEP, FRAME_WIDTH = 98.7, 97.0  # points, of a frame


def read_multiples(request: SlideRequest) -> list[SlideContent]:
    states = read_states(request)
    if not states.period:
        return [nothing_to_compare(request, states)]
    text = states.selection.text
    chart = states_in_multiples(states.selection, states.period)
    footnotes = [
        letters_footnote(flags_in_words(absences_in_titles(chart, states.period), text)),
        text("slides.frames", period=text.period(states.period)),
        years_of_frames(chart, text),
        chart.caption.subtitle,
    ]
    parts = partial(parts_of_multiples, states, chart)
    return [content_of_states(request, states, parts, footnotes)]


def years_of_frames(chart: MultiplesChart, text: Text) -> str:
    """Which years the axes show, which have no room for names."""
    years = next((frame.years for frame in chart.frames if frame.years), None)
    first, last = map(int, years) if years else (0, 0)
    return text("slides.frames_years", first=str(first), last=str(last)) if years else ""


def parts_of_multiples(states: ComparedStates, chart: MultiplesChart) -> Iterator[SlidePart]:
    text = states.selection.text
    key = status_key(states.counts, CONTENT_TOP, text)
    yield from key.parts
    top = CONTENT_TOP + key.height + 4
    rows = -(-len(chart.frames) // IN_A_ROW)
    height = min(103.0, (454 - top) / max(1, rows))
    marks = states.marks
    for at, trend in enumerate(chart.frames):
        box = SlideBox(
            36 + at % IN_A_ROW * FRAME_STEP, top + at // IN_A_ROW * height, FRAME_WIDTH, height - 2
        )
        mark = marks.get(trend.area, "")
        title = HARD_SPACE.join(filter(None, [
            trend.area, status_mark(mark).icon if mark else "", latest_number(trend, states.period),
        ]))  # fmt: skip
        look = ChartLook(text.language, trend.line.name, description_of_frame(trend, text),
                         title, 13)  # fmt: skip
        ink = status_mark(mark).on_white if mark else ThemeColour.INK
        yield SmallTrendPart(trend, box, look, text("chart.path"), ink)


def absences_in_titles(chart: MultiplesChart, period: str) -> Iterator[Mark]:
    """Why a title has a letter in place of a figure."""
    for trend in chart.frames:
        point = trend.line.point_in(period)
        if point is not None and point.value is None:
            yield point.mark


def latest_number(trend: SmallTrend, period: str) -> str:
    """The figure of the period without its unit; where there is none, the letter that says why."""
    point = trend.line.point_in(period)
    if point is None:
        return NO_FIGURE_SIGN
    return letter_of(point.mark) if point.value is None else point.number


def description_of_frame(trend: SmallTrend, text: Text) -> str:
    points = points_in_words(trend.line, text)
    status = f" {trend.status}." if trend.status else ""
    return f"{trend.line.name}.{status} {points}"


MULTIPLES_SLIDE = SlideKind("multiples", read_multiples, paths=(GOAL_PATH,))
