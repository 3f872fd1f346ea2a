"""A deck of every kind of slide, in every language: valid, complete, and readable."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openxml_audit import validate_pptx
from pptx.oxml.ns import qn

from dashboard.addresses.selection import choose
from dashboard.charts.arial_widths import arial_width
from dashboard.charts.language_tags import language_tag
from dashboard.charts.status_marks import ICONS, page_colours, status_mark
from dashboard.contents.action_views import GOAL_SEPARATOR
from dashboard.contents.comparison import read_comparison
from dashboard.contents.comparison_chart import notes_in_words
from dashboard.context import read_context
from dashboard.data import records
from dashboard.exports import formats_of
from dashboard.released.series import AssessedSeries
from dashboard.slides import kinds
from dashboard.slides.deck import open_deck
from dashboard.slides.deck_context import Deck
from dashboard.slides.deck_file import DeckSlide, read_deck_file
from dashboard.slides.html_deck import write_html
from dashboard.slides.kinds import slide_kinds
from dashboard.slides.measures import HANDLING_SHAPE, INVENTED_SHAPE
from dashboard.slides.paragraphs import keep_unit_beside
from dashboard.slides.tables import shared_heights
from dashboard.slides.template import FOOTNOTES, SOURCE_LINE
from dashboard.slides.text_frames import USUAL_FRAMES
from dashboard.slides.unknown_choices import faults_of_names
from dashboard.view import View
from dashboard.wording.goal_finding import goal_finding
from dashboard.wording.series_facts import MIDDLE_DOT, missing_states
from metrics.catalogue.codelists.statuses import HIERARCHY
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.core.tables import MISSING as NO_VALUE
from metrics.core.tables import NORMAL, NOT_APPLICABLE, WITHHELD
from metrics.messages.error_texts import error_text
from tests.dashboard.slides.decks import (
    EVERY_KIND,
    POINT,
    built,
    charts_of,
    deck_file,
    needed_height,
    opened,
    words_of,
)

LANGUAGES = ("en", "fi", "el")
SMALLEST = 12

pytestmark = pytest.mark.usefixtures("home")


@cache
def deck_in(language: str) -> bytes:
    return built(deck_file(language=language, address="https://metrics.example.eu"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deck_is_valid_open_xml(language: str, tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(deck_in(language))
    result = validate_pptx(str(path))
    assert result.is_valid, "\n".join(map(str, result.errors))


def test_the_same_deck_is_the_same_bytes() -> None:
    file = deck_file(*EVERY_KIND[2:4])
    assert built(file) == built(file)


def test_the_deck_has_every_kind_of_slide_that_a_first_release_has() -> None:
    asked = {entry.kind for entry in EVERY_KIND} - {""}
    assert asked | {
        "scoreboard",
        "goal",
        "states",
        "state",
        "comparison",
        "search",
        "reporting",
        "revisions",
        "figures",
        "table",
        "calculation",
        "map",
        "methods",
        "text",
    } == set(slide_kinds()) - {"changes"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_has_a_title_notes_marks_and_a_number(language: str) -> None:
    invented = read_context(View(lang=language)).text("note.invented")
    _, *slides = opened(deck_in(language)).slides
    for number, slide in enumerate(slides, 2):
        where = f"slide {number}"
        assert slide.shapes.title.text, where
        assert "LIMITE" in words_of(slide), where
        assert invented in words_of(slide), where
        if slide is not slides[-1]:
            marks, *notes = slide.notes_slide.notes_text_frame.text.splitlines()
            assert marks == f"LIMITE · {invented}", where
            assert notes, where
            assert "metrics.example.eu" in words_of(slide), where
        assert slide._element.xpath(".//a:fld[@type='slidenum']"), where


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_object_has_an_alternative_text_and_a_number_of_its_own(language: str) -> None:
    for number, slide in enumerate(opened(deck_in(language)).slides, 1):
        if number == 1:
            continue
        properties = slide._element.xpath(".//p:cNvPr")[1:]
        ids = Counter(named.get("id") for named in properties)
        assert max(ids.values()) == 1, f"slide {number}: {ids.most_common(1)}"
        for named in properties:
            is_empty = not named.get("descr")
            assert not is_empty or named.get("name") in {"Goal", "Footnotes"}, (
                f"slide {number}: {named.get('name')} has no alternative text"
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_says_its_language(language: str) -> None:
    presentation, tag = opened(deck_in(language)), language_tag(language)
    parts = chain.from_iterable(
        (slide._element, slide.notes_slide._element) for slide in presentation.slides
    )
    charts = (chart._chartSpace for chart in charts_of(presentation))
    for part in (*parts, *charts):
        for run in part.iter(qn("a:r")):
            assert run.find(qn("a:rPr")).get("lang") == tag
    assert presentation.core_properties.language == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_footnotes_fit_and_no_text_is_smaller_than_twelve(language: str) -> None:
    for number, slide in enumerate(opened(deck_in(language)).slides, 1):
        sizes = [int(run.get("sz")) / 100 for run in slide._element.iter(qn("a:rPr"))
                 if run.get("sz")]  # fmt: skip
        assert min(sizes, default=SMALLEST) >= SMALLEST, f"slide {number}"
        if number == 1:
            continue
        title = slide.shapes.title.text_frame.paragraphs[0].runs[0]
        size = title.font.size.pt if title.font.size else 28
        assert USUAL_FRAMES.title.holds(title.text, size), title.text
        notes = next(shape for shape in slide.placeholders
                     if shape.placeholder_format.idx == FOOTNOTES)  # fmt: skip
        run = notes.text_frame.paragraphs[0].runs[0]
        size = run.font.size.pt if run.font.size else 14
        assert USUAL_FRAMES.footnotes.holds(run.text, size), run.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_row_of_a_table_grows(language: str) -> None:
    """A row that needs more than its height would move the rows below it, and not the charts."""
    for number, slide in enumerate(opened(deck_in(language)).slides, 1):
        for shape in (shape for shape in slide.shapes if shape.has_table):
            table = shape.table
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    need = needed_height(cell, column.width / POINT)
                    assert need <= row.height / POINT + 0.5, f"slide {number}: {cell.text}"


def test_a_row_with_more_words_takes_room_from_lower_rows_and_not_from_the_footnotes() -> None:
    heights = shared_heights([44.0, *[20.0] * 9], 306.0, 42.0)
    assert heights[0] == 44.0
    assert sum(heights) == pytest.approx(306.0)
    assert shared_heights([20.0, 20.0], 306.0, 42.0) == [42.0, 42.0]


def test_everything_lies_on_the_slide() -> None:
    presentation = opened(deck_in("el"))
    for number, slide in enumerate(presentation.slides, 1):
        for shape in slide.shapes:
            height = (
                sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            )
            assert shape.left >= 0, f"slide {number}: {shape.name}"
            assert shape.left + shape.width <= presentation.slide_width + POINT
            assert shape.top + height <= presentation.slide_height, f"slide {number}: {shape.name}"


def test_the_workbook_behind_each_chart_has_what_the_chart_draws() -> None:
    for chart in charts_of(opened(deck_in("en"))):
        blob = chart.part.chart_workbook.xlsx_part.blob
        head, *rows = load_workbook(BytesIO(blob)).worksheets[0].values
        drawn = [series for plot in chart.plots for series in plot.series]
        assert list(head[1:]) == [series.name for series in drawn]
        for at, series in enumerate(drawn, 1):
            assert [row[at] for row in rows] == list(series.values), series.name


def test_the_title_is_read_first_and_the_source_last() -> None:
    for slide in list(opened(deck_in("en")).slides)[1:]:
        names = [shape.name for shape in slide.shapes]
        assert names[0] == "Finding"
        assert names[-3:] == ["Footnotes", "Source", "Slide number"]


def test_the_title_is_the_finding_of_the_page() -> None:
    selection = choose(read_context(View(lang="fi", collection="sample", goal="GA-1.1")))
    series = selection.series
    assert series is not None
    (_, slide) = opened(built(deck_file(DeckSlide(link="/goal?goal=GA-1.1"), language="fi"))).slides
    assert slide.shapes.title.text.replace("\xa0", " ") == goal_finding(selection, series).replace(
        "\xa0", " "
    )


def test_a_suppressed_figure_is_an_empty_cell_with_its_letter() -> None:
    """Malta's figure of 2025 is suppressed in the release of the tests."""
    link = DeckSlide(link="/goal?goal=GA-1.1&area=MT")
    (_, slide) = opened(built(deck_file(link))).slides
    (chart,) = charts_of(opened(built(deck_file(link))))
    categories = list(chart.plots[0].categories)
    at = next(at for at, name in enumerate(categories) if name.startswith("2025"))
    assert categories[at] == "2025\nc"
    assert all(series.values[at] is None for series in chart.plots[0].series
               if "path" not in series.name.lower())  # fmt: skip
    assert "c suppressed" in words_of(slide).replace("\xa0", " ")


def test_own_title_and_notes_are_kept_and_said() -> None:
    entry = DeckSlide(link="/goal?goal=GA-1.1", title="Our own words", notes="Thank the States.")
    (_, slide) = opened(built(deck_file(entry))).slides
    notes = slide.notes_slide.notes_text_frame.text
    assert slide.shapes.title.text == "Our own words"
    _, own, edited = notes.splitlines()[:3]
    assert own == "Thank the States.", "before the calculation"
    assert edited.startswith("The title was edited. The finding of the release:")


def test_figures_that_are_not_invented_have_no_such_mark(published_release: Path) -> None:
    import os  # noqa: PLC0415

    before = os.environ["EMPACT_HOME"]
    os.environ["EMPACT_HOME"] = str(published_release.parents[3])
    try:
        entry = DeckSlide(link="/?framework=GA2012")
        presentation = opened(built(deck_file(entry, collection="published-figures", marking="")))
    finally:
        os.environ["EMPACT_HOME"] = before
    names = {shape.name for shape in presentation.slide_master.shapes}
    assert names.isdisjoint({HANDLING_SHAPE, INVENTED_SHAPE})


def test_a_link_to_what_does_not_exist_names_the_slide_and_the_nearest() -> None:
    with pytest.raises(SubmissionError, match=r"entry 1: .*GA-9"):
        built(deck_file(DeckSlide(link="/goal?goal=GA-9")))
    with pytest.raises(SubmissionError, match=r"entry 1: .*“gaol”.*“goal”"):
        built(deck_file(DeckSlide(link="/goal?gaol=GA-1.1")))
    for link in ("/compare?area=ZZ", "/state?area=ZZ", "/compare?goal=GA-1.1&areas=FI,ZZ"):
        with pytest.raises(SubmissionError, match=r"entry 1: “ZZ” is not an area"):
            built(deck_file(DeckSlide(link=link)))
    with pytest.raises(SubmissionError, match=r"entry 1: .*“/submit”"):
        built(deck_file(DeckSlide(link="/submit")))
    with pytest.raises(SubmissionError, match="“matrix” does not fit"):
        built(deck_file(DeckSlide(link="/goal?goal=GA-1.1", kind="matrix")))
    with pytest.raises(UnknownNameError, match="a release of this collection"):
        built(deck_file(EVERY_KIND[2], release="2020-01-01"))


def test_all_unknown_names_of_a_deck_are_listed_at_once_in_one_form_with_the_nearest() -> None:
    link = "/compare?goal=GA-1.1&areas=FI,ZZ&unit=indx&marked=YY"
    slides = (
        DeckSlide(link=link),
        DeckSlide(link="/goal?goal=GA-1.1&view=stats", kind="pie"),
        DeckSlide(link="/goal?goal=GA-1.1&breakdown=sex%2Bagee"),
        DeckSlide(link="/goal?goal=GA-1.1&area=ZZ&period=2035", kind="matrix"),
        DeckSlide(link="/report?period=2023"),
    )
    with pytest.raises(SubmissionError) as refused:
        built(deck_file(*slides))

    said = error_text(refused.value).split("\n")[1:]
    assert [line.partition(";")[0] for line in said] == [
        "entry 1: “ZZ” is not an area",
        "entry 1: “YY” is not an area",
        "entry 1: “indx” is not a value of “unit” in a link",
        "entry 2: “pie” is not a kind of slide",
        "entry 2: “stats” is not a value of “view” in a link",
        "entry 3: “agee” is not a breakdown",
        "entry 4: “matrix” does not fit the page “/goal”",
        "entry 4: “ZZ” is not an area",
        "entry 4: “2035” is not a period of this series",
        "entry 5: “/report” shows the newest figures",
    ]
    assert said[2].endswith("did you mean “index”?")
    assert "BE, BG, CZ" in said[0]


def test_a_file_with_other_mistakes_names_all_its_unknown_names_too() -> None:
    slides = (
        "slides:\n  - link: /goal?goal=GA-1.1\n    as: pie\n"
        "  - link: /compare?areas=FI,ZZ\n  - link: /goal?goal=GA-1.1&period=2035\n"
    )
    said = faults_of_file(f"titel: T\ncollection: sample\n{slides}")
    assert [line.partition(":")[0] for line in said] == [
        "line 1", "line 1", "line 5, entry 1", "line 6, entry 2", "line 7, entry 3",
    ]  # fmt: skip
    assert "“2035” is not a period of this series" in said[-1]

    said = faults_of_file(f"title: T\ncollection: sample\nrelease: 2020-01-01\n{slides}")
    assert [line.partition(":")[0] for line in said] == [
        "line 3", "line 6, entry 1", "line 7, entry 2",
    ]  # fmt: skip
    assert "“2020-01-01” is not a release of this collection" in said[0]
    assert (
        "“sampl” is not a collection" in faults_of_file(f"title: T\ncollection: sampl\n{slides}")[0]
    )


def faults_of_file(file: str) -> list[str]:
    with pytest.raises(SubmissionError) as refused:
        read_deck_file(file.encode(), "deck.yaml", faults_of_names)
    return error_text(refused.value).split("\n")[1:]


def test_the_registry_of_documents_offers_decks_for_office_the_browser_and_paper() -> None:
    formats = formats_of(Deck)
    deck = open_deck(deck_file(EVERY_KIND[2]))
    assert list(formats) == ["html", "pdf", "pptx"]
    assert formats["html"].write(deck) == write_html(deck)
    assert formats["pptx"].write(deck) == built(deck_file(EVERY_KIND[2]))


def test_whatever_lists_the_formats_loads_neither_python_pptx_nor_pandas() -> None:
    program = (
        "import sys, dashboard.exports.pptx, dashboard.exports.html, dashboard.exports.pdf; "
        "sys.exit('pptx' in sys.modules or 'pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_status_has_the_colours_of_the_pages() -> None:
    colours = page_colours()
    assert colours["mark-behind"] == "F3B94E"
    for mark in ICONS:
        assert status_mark(mark).ink in colours.values()


def test_a_long_table_is_several_slides() -> None:
    _, *slides = opened(built(deck_file(DeckSlide(link="/?framework=CC2019")))).slides
    assert [slide.shapes.title.text[-5:] for slide in slides] == ["(1/3)", "(2/3)", "(3/3)"]
    for slide in slides:
        table = next(shape.table for shape in slide.shapes if shape.has_table)
        sizes = [run.font.size.pt for row in table.rows for cell in row.cells
                 for paragraph in cell.text_frame.paragraphs for run in paragraph.runs]  # fmt: skip
        names = [row.cells[0].text_frame.paragraphs[-1].runs[0].font.size.pt
                 for row in list(table.rows)[1:]]  # fmt: skip
        assert min(names) >= 14, "read from the last row"
        assert min(sizes) >= SMALLEST


def test_a_number_and_its_unit_are_one_word() -> None:
    assert keep_unit_beside("+14,63 %-yks.") == "+14,63\xa0%-yks."
    assert keep_unit_beside("−1 125 (−11 %)") == "−1 125 (−11\xa0%)"
    (_, slide) = opened(built(deck_file(EVERY_KIND[0], language="fi"))).slides
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    gaps = [row.cells[4].text for row in list(table.rows)[1:]]
    assert any("%-yks" in gap for gap in gaps)
    assert not any(" %-yks" in gap for gap in gaps)


NEW_KIND = """
from dashboard.slides.content import SlideContent, SlideKind

NEW = SlideKind("headline", lambda request: [SlideContent(title="New", goal_line="", parts=tuple)], ("/",))
"""


def test_a_new_kind_of_slide_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "headline_of_test.py").write_text(NEW_KIND, "utf-8")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(tmp_path)])
    slide_kinds.cache_clear()
    try:
        (_, slide) = opened(built(deck_file(DeckSlide(link="/", kind="headline")))).slides
    finally:
        slide_kinds.cache_clear()
    assert slide.shapes.title.text == "New"


def test_the_actions_of_every_framework_are_drawn_and_none_is_left_out() -> None:
    (_, slide) = opened(built(deck_file(DeckSlide(link="/report")))).slides
    context = open_deck(deck_file()).context
    assert context.release is not None
    rows = records(context.release.tables["actions"])
    goals = {goal.code for goal in context.definitions.goals.values() if goal.actions}
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    drawn: Counter[str] = Counter()
    for series in chart.plots[0].series:
        for name, value in zip(chart.plots[0].categories, series.values, strict=True):
            drawn[name.split()[0]] += int(value or 0)
    assert drawn.keys() == goals
    assert {"GA-1.1", "CC2019-24", "PC-FI"} <= goals
    for goal, count in drawn.items():
        assert count == sum(goal in str(row["goals"]).split(GOAL_SEPARATOR) for row in rows)


def test_compared_series_have_the_notes_of_the_page() -> None:
    """Who is in the sum of the Union, and that the order is no ranking."""
    choices = {"indicator": "ICSE_VICTIMS", "areas": "EU27_2020,DE,FI", "unit": "value"}
    comparison = read_comparison(read_context(View(collection="sample", **choices)))
    link = DeckSlide(link=View(**choices).link("/compare"))
    file = deck_file(link, marking="", address="https://metrics.example.eu")
    (_, slide) = opened(built(file)).slides
    footnotes = next(shape.text_frame.text for shape in slide.placeholders
                     if shape.placeholder_format.idx == FOOTNOTES)  # fmt: skip
    sentences = [*notes_in_words(comparison)]
    assert sentences
    for words in (footnotes, slide.notes_slide.notes_text_frame.text):
        assert all(sentence in words for sentence in sentences)
    assert "/compare?" in words_of(slide)
    assert "indicator=ICSE_VICTIMS" in words_of(slide)


def test_a_state_that_a_figure_does_not_apply_to_is_not_among_the_missing() -> None:
    selection = choose(read_context(View(lang="en", collection="sample", goal="GA-1.1")))
    series = selection.in_states["FR"]
    absent = {area: with_absence(series, status) for area, status in
              {"BG": "", "EL": NOT_APPLICABLE, "HU": NO_VALUE, "LU": WITHHELD}.items()}  # fmt: skip
    assert missing_states(absent, "2025", selection.text) == (
        "No figure for 2025: BG, HU. Suppressed for 2025: LU. Not applicable (2025): EL."
    )


def with_absence(series: AssessedSeries, status: str) -> AssessedSeries:
    (*_, last) = series.values
    row = {**last, "period": "2025", "value": float("nan"), "observation_status": status}
    return replace(series, values=[row])


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:8050"])
def test_without_a_public_address_no_link_is_printed_and_the_source_has_its_day(
    address: str,
) -> None:
    file = deck_file(DeckSlide(link="/goal?goal=GA-1.1"), address=address)
    (slide,) = list(opened(built(file)).slides)[1:]
    context = open_deck(file).context
    (line,) = (shape.text_frame for shape in slide.placeholders
               if shape.placeholder_format.idx == SOURCE_LINE)  # fmt: skip
    assert context.release is not None
    day = context.text("frame.as_of", day=context.text.date(context.release.as_of))
    assert line.text.endswith(f"{context.release_label}{MIDDLE_DOT}{day}")
    assert line.text.count(context.text("note.invented")) == 1
    assert not any(run.hyperlink.address for run in line.paragraphs[0].runs)


def test_the_printed_address_names_collection_and_release() -> None:
    address, host = "https://metrics.example.eu", "metrics.example.eu"
    links = ("/goal?goal=GA-1.1&area=FI", "/?framework=GA2012", "/report")
    file = deck_file(*(DeckSlide(link=link) for link in links), address=address)
    release = open_deck(file).context.release_label
    paths = ("/g/GA-1.1/FI?", "/?framework=GA2012&", "/report?")
    slides = list(opened(built(file)).slides)[1:]
    for slide, path in zip(slides, paths, strict=True):
        (line,) = (shape for shape in slide.placeholders
                   if shape.placeholder_format.idx == SOURCE_LINE)  # fmt: skip
        *_, run = line.text_frame.paragraphs[0].runs
        followed = run.hyperlink.address or ""
        named = f"{host}{path}collection=sample&release={release}"
        assert run.text in {named, f"{host}{path}"[:-1]}
        assert f"release={release}" in followed
        assert "As of" in line.text_frame.text
        assert arial_width(line.text_frame.text, 12) <= USUAL_FRAMES.source.width


def test_the_slide_of_methods_has_every_flag_of_the_release() -> None:
    (_, slide) = opened(built(deck_file(DeckSlide(link="/about")))).slides
    context = open_deck(deck_file()).context
    assert context.release is not None
    values = context.release.tables["indicator_values"]
    flags = {code for code in values["observation_status"] if code in HIERARCHY and code != NORMAL}
    assert len(flags) > 1
    for code in flags:
        words = context.text.code("observation_status", code)
        assert f"{code.lower()}\xa0{words}" in words_of(slide)


def test_the_source_has_one_line_and_the_release_in_every_language() -> None:
    for language in LANGUAGES:
        for slide in list(opened(deck_in(language)).slides)[1:]:
            (line,) = (shape.text_frame.text for shape in slide.placeholders
                       if shape.placeholder_format.idx == SOURCE_LINE)  # fmt: skip
            assert arial_width(line, 12) <= USUAL_FRAMES.source.width, line
            assert open_deck(deck_file()).context.release_label in line, line


def test_no_line_strikes_out_the_name_of_the_lowest_step() -> None:
    link = DeckSlide(link="/goal?goal=GA-2.1&view=states")
    _, slide = opened(built(deck_file(link))).slides
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    assert chart._chartSpace.xpath(".//c:catAx/c:spPr/a:ln/a:noFill")
