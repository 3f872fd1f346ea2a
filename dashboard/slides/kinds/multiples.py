"""A small trend for each Member State: 27 charts, each with its own data sheet."""

from collections.abc import Iterator, Sequence
from functools import partial

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.charts.arial_widths import arial_width
from dashboard.charts.chart_parts import TITLE_SHARE, SmallTrendPart
from dashboard.charts.native_numbers import NO_FIGURE_SIGN, letter_of
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
from dashboard.slides.measures import CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH
from dashboard.slides.paragraphs import Paragraphs
from dashboard.slides.parts import SlidePart, TextPart
from dashboard.slides.status_key import status_key
from dashboard.slides.words import letters_footnote
from dashboard.texts import Text
from dashboard.wording.series_facts import flags_in_words
from metrics.messages.local_formats import HARD_SPACE

FRAMES_IN_A_ROW = (9, 7)  # at most; the fewer, the wider is each
BETWEEN_FRAMES, HIGHEST_FRAME = 1.7, 150.0  # points
TITLE_SIZE = 13


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
    titles = [title_of_frame(trend, states) for trend in chart.frames]
    in_a_row = frames_in_a_row(titles)
    width = CONTENT_WIDTH / in_a_row
    height = min(HIGHEST_FRAME, (454 - top) / max(1, -(-len(titles) // in_a_row)))
    for at, (trend, title) in enumerate(zip(chart.frames, titles, strict=True)):
        row, column = divmod(at, in_a_row)
        box = SlideBox(
            CONTENT_LEFT + column * width, top + row * height, width - BETWEEN_FRAMES, height - 2
        )
        if not trend.line.known:  # a chart of nothing has no title
            yield TextPart(box, Paragraphs([title], TITLE_SIZE, bold=1), trend.line.name)
            continue
        mark = states.marks.get(trend.area, "")
        look = ChartLook(text.language, trend.line.name, description_of_frame(trend, text),
                         title, TITLE_SIZE)  # fmt: skip
        ink = status_mark(mark).on_white if mark else ThemeColour.INK
        yield SmallTrendPart(trend, box, look, text("chart.path"), ink)


def title_of_frame(trend: SmallTrend, states: ComparedStates) -> str:
    """`FI → 225`: State, icon of its status, and its figure."""
    mark = states.marks.get(trend.area, "")
    icon = status_mark(mark).icon if mark else ""
    return HARD_SPACE.join(filter(None, [trend.area, icon, latest_number(trend, states.period)]))


def frames_in_a_row(titles: Sequence[str]) -> int:
    """In as few rows as have room for the titles, each of which is one line; all equally long."""
    widest = max((arial_width(title, TITLE_SIZE, is_bold=True) for title in titles), default=0.0)
    has_room = (number for number in FRAMES_IN_A_ROW
                if widest <= TITLE_SHARE * (CONTENT_WIDTH / number - BETWEEN_FRAMES))  # fmt: skip
    rows = -(-len(titles) // next(has_room, FRAMES_IN_A_ROW[-1])) or 1
    return -(-len(titles) // rows) or 1


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
