"""What a slide says in little room is what the page says: limits, years, statuses, counts."""

from pathlib import Path

import pytest

from dashboard.contents.state_profile import UsualYears
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.kinds.state_profile import lines_of_latest
from dashboard.texts import texts
from tests.dashboard.slides.decks import built, deck_file, opened, words_of
from tests.dashboard.test_chart_specification import every_flag

PUBLISHED = "published-figures"


@pytest.fixture
def published(published_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))


@pytest.mark.usefixtures("published")
def test_a_limit_is_marked_on_a_small_chart_and_each_status_names_what_it_is_of() -> None:
    file = deck_file(DeckSlide(link="/state?area=DE&framework=GA2012"), collection=PUBLISHED)
    slide = opened(built(file)).slides[1]
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    codes = chart._chartSpace.xpath(".//c:dLbl/c:numFmt/@formatCode")
    assert any('"<\N{NO-BREAK SPACE}"' in code for code in codes)
    words = words_of(slide).replace("\N{NO-BREAK SPACE}", " ")
    assert "Status of this series: Undesired direction · 2024" in words
    assert "Status of the goal: Not assessed" in words


def test_an_older_figure_of_a_state_keeps_its_year_in_a_narrow_table() -> None:
    series, text = every_flag(), texts("en")
    assert series.last_known is not None
    year = str(series.last_known["period"])
    older, usual = (
        [*lines_of_latest(series, UsualYears(latest=latest), text)] for latest in ("1990", year)
    )
    assert older[0].words.endswith(f"({year})")
    assert not older[0].is_optional
    assert f"({year})" not in usual[0].words
