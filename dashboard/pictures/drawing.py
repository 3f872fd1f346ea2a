"""Draw pictures in a process of its own, so that those that serve pages need no matplotlib.

The process is forked from the server of `metrics.intake.limited_process`, within limits of time
and memory. What was drawn last is kept.
"""

from dashboard.answer_cache import AnswerCache, KeptAnswer, kept_file
from dashboard.charts.picture import Picture
from dashboard.exports import formats_of
from dashboard.pictures.limited_process import OneAtATime
from metrics.intake.formats.limits import MEGABYTE
from metrics.intake.limited_process import Ask, WorkLimits

PRELOADED = "dashboard.pictures.preloaded"  # by the process from which a drawing is forked
DRAWING = OneAtATime(WorkLimits(20, 400, "to_draw"), waiting_seconds=30, refusal="not_drawn")
KEPT_PICTURES = AnswerCache(8 * MEGABYTE)  # of each worker: about 25 bitmaps


def draw_in_process(picture: Picture, format_name: str) -> KeptAnswer:
    """The file of a picture, and its digest."""
    key = (format_name, picture)
    kept = KEPT_PICTURES.get(key)
    if kept is None:
        kept = kept_file(DRAWING.run(draw_for_asker, picture, format_name))
        KEPT_PICTURES.put(key, kept)
    return kept


def draw_for_asker(_ask: Ask, picture: Picture, format_name: str) -> bytes:
    return write_in_format(picture, format_name)


def write_in_format(picture: Picture, format_name: str) -> bytes:
    return formats_of(Picture)[format_name].write(picture)
