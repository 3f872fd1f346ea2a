"""Draw pictures in a process of its own, so that those that serve pages need no matplotlib.

The process is forked from the server of `metrics.intake.limited_process`, within limits of time
and memory. What was drawn last is kept.
"""

from hashlib import sha256
from threading import BoundedSemaphore

from dashboard.answer_cache import AnswerCache, KeptAnswer
from dashboard.charts.picture import Picture
from dashboard.exports import formats_of
from metrics.core.errors import SubmissionError, UnreadableError
from metrics.intake.formats.limits import MEGABYTE
from metrics.intake.limited_process import Ask, WorkLimits, run_limited

PRELOADED = "dashboard.pictures.preloaded"  # by the process from which a drawing is forked
DRAWING = WorkLimits(20, 400, "to_draw")
DRAWERS = BoundedSemaphore(1)  # of each worker
WAITING_SECONDS = 30
KEPT_PICTURES = AnswerCache(8 * MEGABYTE)  # of each worker: about 25 bitmaps
SUCCESS = 200


class NotDrawnError(SubmissionError):
    """A picture needs more than it is given, or others are drawn for too long."""

    def __init__(self) -> None:
        super().__init__("not_drawn")


def draw_apart(picture: Picture, format_name: str) -> KeptAnswer:
    """The file of a picture, and its digest."""
    key = (format_name, picture)
    kept = KEPT_PICTURES.get(key)
    if kept is None:
        content = limited_drawing(picture, format_name)
        kept = KeptAnswer(content, sha256(content).hexdigest()[:32], SUCCESS)
        KEPT_PICTURES.put(key, kept)
    return kept


def limited_drawing(picture: Picture, format_name: str) -> bytes:
    if not DRAWERS.acquire(timeout=WAITING_SECONDS):
        raise NotDrawnError
    try:
        return run_limited(draw_for_asker, DRAWING, "", picture, format_name)
    except UnreadableError as error:
        raise NotDrawnError from error
    finally:
        DRAWERS.release()


def draw_for_asker(_ask: Ask, picture: Picture, format_name: str) -> bytes:
    return write_in_format(picture, format_name)


def write_in_format(picture: Picture, format_name: str) -> bytes:
    return formats_of(Picture)[format_name].write(picture)
