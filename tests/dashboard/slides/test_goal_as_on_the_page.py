"""What the page of a goal says beside its chart, and its slide did not."""

from pathlib import Path

import pytest

from dashboard.addresses.selection import choose
from dashboard.charts.native_sheets import rows_of_time
from dashboard.contents.view_charts import total_in_chart
from dashboard.context import read_context
from dashboard.slides.deck_file import DeckSlide
from dashboard.texts import texts
from dashboard.view import View
from metrics.core.errors import MetricsError
from metrics.messages import languages
from metrics.messages.error_texts import error_sentence
from tests.dashboard.slides.decks import built, charts_of, deck_file, opened, words_of

GOAL = "/goal?goal=GA-1.1"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("language", languages())
def test_the_growth_of_each_year_is_below_the_years_of_the_chart(language: str) -> None:
    context = read_context(View(lang=language, collection="sample", goal="GA-1.1"))
    selection = choose(context)
    assert selection.series is not None
    page = total_in_chart(selection, selection.series)
    assert page.strip is not None
    slide = DeckSlide(link=GOAL)
    (chart,) = charts_of(opened(built(deck_file(slide, language=language))))

    below = {str(name).split("\n")[0]: str(name).split("\n")[-1]
             for name in chart.plots[0].categories if "\n" in str(name)}  # fmt: skip
    rows = {tick.at: tick.label for tick in rows_of_time(page)}
    for entry in page.strip.entries:
        assert below[rows[entry.at]] == entry.label
    lines = {str(name).count("\n") for name in chart.plots[0].categories if "%" in str(name)}
    assert len(lines) == 1, "all on one level"
    assert page.strip.name in chart.chart_title.text_frame.text


@pytest.mark.parametrize("language", languages())
def test_a_status_that_is_not_that_of_the_goal_says_so(
    published_release: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))
    link = "/goal?goal=GA-4.2&area=DE&indicator=TAKEDOWN_SHARE_2D[hosting=DOMESTIC]"
    file = deck_file(DeckSlide(link=link), collection="published-figures", language=language)
    _, slide = opened(built(file)).slides
    text = texts(language)
    said = text("strip.status_of_goal", status=text("status.not_assessed"))
    assert said in words_of(slide).replace("\xa0", " ")
    publisher = text("note.publisher", source="Germany, Federal Government / BKA")
    assert publisher in slide.notes_slide.notes_text_frame.text.replace("\xa0", " ")


@pytest.mark.usefixtures("home")
def test_the_notes_say_how_a_larger_figure_is_shown() -> None:
    slides = [DeckSlide(link=GOAL), DeckSlide(link=f"{GOAL}&view=states"), DeckSlide(link="/about")]
    _, *written = opened(built(deck_file(*slides))).slides
    notes = [slide.notes_slide.notes_text_frame.text for slide in written]
    assert ["set its maximum to “Auto”" in words for words in notes] == [True, True, False]


@pytest.mark.usefixtures("home")
def test_a_link_with_a_release_that_there_is_not_is_refused() -> None:
    with pytest.raises(MetricsError) as refused:
        built(deck_file(DeckSlide(link=f"{GOAL}&release=2020-01-01")))
    assert "“2020-01-01” is not a release of this collection" in error_sentence(refused.value)
