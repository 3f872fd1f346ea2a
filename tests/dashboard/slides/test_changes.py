"""What is said of a figure that differs from that of an earlier release."""

import pytest

from dashboard.slides.changes import figure_in_words
from dashboard.slides.content import SlideFigure
from dashboard.texts import texts
from dashboard.wording.scoreboard_words import going_well_in_words


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (SlideFigure("9.21", "2025"), SlideFigure("10.04", "2024"),
         "France, 2025: 9.21 → no figure; shown now: 10.04 (2024)"),
        (SlideFigure("9.21", "2025"), SlideFigure("9.4", "2026"), "France: 9.21 (2025) → 9.4 (2026)"),
        (None, SlideFigure("Behind"), "France: – → Behind"),
    ],
)  # fmt: skip
def test_a_figure_of_an_earlier_period_does_not_look_like_a_rise(
    before: SlideFigure | None, after: SlideFigure, said: str
) -> None:
    assert figure_in_words("France", before, after, texts("en")) == said


def test_one_goal_is_counted_in_the_singular() -> None:
    assert going_well_in_words(1, 1, texts("en")).startswith("1 of 1 goal met")
    assert going_well_in_words(1, 1, texts("el")).startswith("1 από 1 στόχο ")
