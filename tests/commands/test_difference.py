"""What a correction changes, as it is printed: the figure, or only what is said of it."""

import pytest

from metrics.commands.examination_report import format_status_change


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (("A", "F"), ("E", "F"), "800, status A -> E"),
        (("A", "F"), ("P", "C"), "800, status A -> P, F -> C"),
        (("A", "F"), ("A", "F"), "800"),
    ],
)
def test_a_figure_that_stayed_shows_what_is_now_said_of_it(
    before: tuple[str, str], now: tuple[str, str], said: str
) -> None:
    names = ("observation_status", "confidentiality_status")
    old = {f"previous_{name}": code for name, code in zip(names, before, strict=True)}
    new = dict(zip(names, now, strict=True))
    assert format_status_change({"value": 800.0, **old, **new}) == said
