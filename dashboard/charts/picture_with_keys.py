"""A chart with the keys that it needs to be read by itself, as a picture."""

from dataclasses import replace

from dashboard.charts.key import key_of_frames, key_of_lines, key_of_marks, reasons_of_absence
from dashboard.charts.picture import Picture
from dashboard.charts.specification import AnyChart, MultiplesChart, TilesChart
from dashboard.context import PageContext


def picture_of(chart: AnyChart, context: PageContext) -> Picture:
    """A chart with what it says itself; whoever knows more adds it."""
    text = context.text
    kind = text(f"picture.{chart.kind}")
    invented = text("note.invented") if context.is_invented else ""
    picture = Picture(chart, text.language, kind, invented=invented)
    if isinstance(chart, MultiplesChart):
        return replace(picture, marks=tuple(key_of_frames(chart, text)))
    if isinstance(chart, TilesChart):
        return replace(picture, absence="" if chart.has_value else text("goal.no_states"))
    return replace(
        picture,
        marks=tuple(key_of_marks(chart, text)),
        lines=tuple(key_of_lines(chart)),
        absence="" if chart.has_value else reasons_of_absence(chart, text),
    )
