"""What is said about a figure that differs from that of an earlier release."""

from pathlib import Path

import pandas as pd
import pytest

from dashboard.released.changed_rows import AskedChanges
from dashboard.released.release_changes import ReleaseDifference, ReleaseName
from dashboard.slides.changes import (
    changed_caveats,
    changed_findings,
    differs,
    figure_in_words,
    has_other_numbers,
)
from dashboard.slides.content import AreaCaveat, Caveat, DeckEntry, SlideContent, SlideFigure
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.kinds.changes import compared_releases
from dashboard.texts import texts


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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (SlideFigure("8,824 persons"), SlideFigure("8,824\N{NO-BREAK SPACE}persons")),
        (SlideFigure("22.9 %, 1,000"), SlideFigure("22.90 %, 1,000.0")),
        (SlideFigure("about 12 years late", exact=(5.0,)),
         SlideFigure("about 13 years late", exact=(5.0,))),
        (SlideFigure("9.2", exact=(9.21,)), SlideFigure("9.2", exact=(9.22,))),
    ],
)  # fmt: skip
def test_what_is_only_printed_in_another_way_is_no_change(
    before: SlideFigure, after: SlideFigure
) -> None:
    assert not differs(before, after, texts("en"))


def test_another_value_is_a_change_and_so_is_a_figure_that_is_gone() -> None:
    before = SlideFigure("9.2", exact=(9.21,))
    assert differs(before, SlideFigure("9.3", exact=(9.28,)), texts("en"))
    assert differs(SlideFigure("1,000 persons"), SlideFigure("1 person"), texts("en"))
    assert differs(before, None, texts("en"))


def entry_of(title: str, *caveats: Caveat) -> DeckEntry:
    content = SlideContent(title=title, goal_line="", parts=tuple, caveats=caveats)
    return DeckEntry(1, DeckSlide(link="/"), (content,))


def test_caveats_are_compared_and_a_title_without_other_numbers_is_only_worded_differently() -> (
    None
):
    text = texts("en")
    before = entry_of("3 of 8 goals met", "No report: BG.", "A count.")
    after = entry_of("3 of 8 goals achieved", "A count.", "No report: MT.")

    said = changed_caveats(before, after, text)

    assert said == (
        "New caveat: No report: MT.", "Caveat that no longer applies: No report: BG.",
    )  # fmt: skip
    (worded,) = changed_findings(before, after, text)
    assert not has_other_numbers(worded, text)
    (counted,) = changed_findings(before, entry_of("4 of 8 goals met"), text)
    assert has_other_numbers(counted, text)


def test_caveats_of_areas_are_compared_area_by_area_and_name_the_areas() -> None:
    text = texts("en")
    before = [
        AreaCaveat("Bulgaria", "no figure (2025)"),
        AreaCaveat("Hungary", "no figure (2025)"),
        AreaCaveat("Malta", "no figure (2025)"),
        AreaCaveat("Cyprus", "no figure (2025)"),
    ]
    after = [AreaCaveat("Bulgaria", "no figure (2025)"), AreaCaveat("Hungary", "suppressed (2025)"),
             AreaCaveat("Greece", "no figure (2025)"), AreaCaveat("Spain", "no figure (2025)")]  # fmt: skip

    assert changed_caveats(entry_of("", *before), entry_of("", *after), text) == (
        "Caveat, Hungary: no figure (2025) → suppressed (2025)",
        "New caveat, Greece, Spain: no figure (2025)",
        "Caveat that no longer applies, Malta, Cyprus: no figure (2025)",
    )


def test_a_slide_without_changes_says_what_was_compared() -> None:
    old, new = (ReleaseName(Path(label), label, "2026-05-03") for label in ("2026-a", "2026-b"))
    nothing = pd.DataFrame()
    difference = ReleaseDifference(old, new, nothing, nothing, {}, {})
    changes = AskedChanges(difference, nothing, nothing, {}, beside=1429)
    assert [*compared_releases(changes, texts("en"))] == [
        ("Compared with release", "2026-a · 3 May 2026"),
        ("Release", "2026-b · 3 May 2026"),
        ("Statuses that changed", "0"),
        ("Figures that changed", "0"),
        ("Changes in other series and calculated figures", "1,429"),
    ]
