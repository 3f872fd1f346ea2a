"""Whether a displayed text shows a number, however it is grouped and rounded."""

import re
from math import isclose, isfinite

from metrics.core.number_notation import FIGURES_SHAPE
from metrics.intake.formats.shared.number_formats import is_dash

FIGURES = re.compile(FIGURES_SHAPE)
MOST_DECIMALS = 15


def shows_number(text: str, number: float) -> bool:
    """Whether a text shows the number, or nothing at all; a dash shows zero."""
    if not text.strip() or not isfinite(number):
        return True
    if is_dash(text):
        return number == 0
    passages = FIGURES.findall(text)
    return len(passages) == 1 and any(
        _is_rounded(figures, abs(number)) for figures in _readings(passages[0].strip())
    )


def _readings(figures: str) -> set[str]:
    """The numbers that figures may mean: each mark may be decimal, or separate thousands."""
    bare = re.sub(r"[\s'\u2019]", "", figures)
    decimal = {bare.replace(other, "").replace(mark, ".") for mark, other in (",.", ".,")}
    return {text for text in decimal if text.count(".") <= 1} | {re.sub("[.,]", "", bare)}


def _is_rounded(text: str, number: float) -> bool:
    decimals = min(len(text.partition(".")[2]), MOST_DECIMALS)
    figure, half = float(text), 0.5 * 10**-decimals
    return abs(figure - number) <= half * 1.000001 or isclose(figure, number, rel_tol=1e-12)
