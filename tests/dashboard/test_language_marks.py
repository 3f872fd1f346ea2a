"""A text in English on a page in another language is marked, so that it is read out as English."""

import importlib
from collections.abc import Iterator

import pytest
from babel.lists import format_list
from dash import dcc, html

from dashboard.charts.arial_widths import arial_width
from dashboard.components.goal.data_tables import note_cell
from dashboard.components.language_marks import mark_languages
from dashboard.components.layout import attributes
from dashboard.slides.frame_words import cut_goal_line
from dashboard.slides.text_frames import USUAL_FRAMES
from dashboard.texts import english, texts
from dashboard.wording.language_spans import mark_html
from metrics.intake.formats import readable_suffixes
from metrics.messages import Message, language_of_most_texts, languages
from metrics.messages.language_marks import (
    marked,
    parts_by_language,
    split_marked,
    unmarked,
    writing_marks,
)
from metrics.messages.sentences import as_sentence, with_capital
from tests.dashboard.reading import of_type, words

ENGLISH, FINNISH = Message("Pages"), Message("Sivut", "fi")


def test_an_element_of_one_text_has_the_language_of_the_text() -> None:
    assert mark_languages(html.P(ENGLISH), "fi").lang == "en"
    assert not hasattr(mark_languages(html.P(FINNISH), "fi"), "lang")
    assert not hasattr(mark_languages(html.P(ENGLISH), "en"), "lang")


def test_a_language_that_is_complete_is_that_of_its_pages() -> None:
    assert [language_of_most_texts(language) for language in languages()] == [*languages()]


def test_a_text_among_others_is_marked_alone() -> None:
    first, second, third = mark_languages(html.P([FINNISH, ENGLISH, " 2024"]), "fi").children

    assert (first, third) == ("Sivut", " 2024")
    assert (second.children, second.lang) == ("Pages", "en")


def test_a_part_in_its_own_language_stays_as_it_is() -> None:
    quoted = mark_languages(html.Div([html.Blockquote(ENGLISH, lang="en")]), "fi").children[0]

    assert (quoted.children, quoted.lang) == ("Pages", "en")


def test_names_titles_and_remarks_of_publications_are_marked_within_a_sentence() -> None:
    row = {
        "source": "Police of the Czech Republic",
        "reference": "Annual report",
        "address": "https://example.org/a",
        "remark": "reports received; relayed by the publication named",
        "observation_status": "E",
        "area": "CZ",
        "value": 5.0,
    }
    marked = mark_languages(note_cell(row, texts("fi")), "fi")

    spans = of_type(marked, "Span")
    assert [(span.children, span.lang) for span in spans] == [
        ("reports received; relayed by the publication named", "en"),
        ("Police of the Czech Republic", "en"),
        ("Annual report", "en"),
    ]
    assert marked.children[0].startswith("estimoitu arvo")
    assert "lainattu sivustolta" in str(of_type(marked, "Link")[0].children)


def test_a_remark_of_a_sender_is_in_an_unknown_language() -> None:
    row = {"remark": "arvioitu", "observation_status": "A", "area": "FI", "value": 5.0}

    (span,) = of_type(mark_languages(note_cell(row, texts("el")), "el"), "Span")

    assert (span.children, span.lang) == ("arvioitu", "")


def test_what_has_no_letter_is_of_no_language() -> None:
    assert english("12, 14") == "12, 14"
    assert not isinstance(english("12, 14"), Message)
    assert getattr(english("Article 8"), "language", "") == "en"


@pytest.fixture
def _marked() -> Iterator[None]:
    with writing_marks(are_needed=True):
        yield


@pytest.mark.usefixtures("_marked")
def test_marks_stay_in_what_is_put_together_of_texts() -> None:
    status, of = marked("Gap: {gap}", "en"), marked("ero", "fi")
    sentence = f"{status.format(gap=of)}, {marked('2024', 'en')} {of}"

    assert parts_by_language(sentence, "fi") == [("Gap: ", "en"), ("ero, 2024 ero", "fi")]
    assert unmarked(sentence) == "Gap: ero, 2024 ero"
    assert unmarked(as_sentence(with_capital(of))) == "Ero."
    assert unmarked(as_sentence(marked("Ero.", "fi"))) == "Ero."


@pytest.mark.usefixtures("_marked")
@pytest.mark.usefixtures("client")
def test_words_of_the_locale_are_in_the_language_of_the_page() -> None:
    """“or” in a list of formats comes from the locale, also where the sentence is in English."""
    page = importlib.import_module("dashboard.pages.submit")
    formats = format_list(readable_suffixes(), "or", locale="fi")

    assert marked(formats, "fi") in words(page.drop_zone(texts("fi")))


@pytest.mark.usefixtures("_marked")
def test_html_of_a_template_has_elements_in_place_of_marks() -> None:
    gap = marked("Gap", "en")

    assert mark_html(f"<p>{gap}: 3</p>", "fi") == '<p><span lang="en">Gap: 3</span></p>'
    assert mark_html(f"<option>{gap} 2024</option>", "fi") == (
        '<option lang="en">Gap 2024</option>'
    )


@pytest.mark.usefixtures("_marked")
def test_words_of_an_attribute_give_an_element_of_a_template_its_language() -> None:
    gap, difference = marked("Gap", "en"), marked("Ero", "fi")

    assert mark_html(
        f'<p title="{gap}">{gap}: <b>{difference}</b> 3</p><p>{difference}</p>', "fi"
    ) == (
        '<p title="Gap" lang="en">Gap: <b><span lang="fi">Ero</span></b><span lang="fi"> 3</span></p>'
        "<p>Ero</p>"
    )
    assert mark_html(f'<img alt="{gap}"><br><svg aria-label="{gap}"/>{difference}', "fi") == (
        '<img alt="Gap" lang="en"><br><svg aria-label="Gap" lang="en"/>Ero'
    )
    assert mark_html(f'<option data-hint="{gap}">{difference}</option>', "fi") == (
        '<option data-hint="Gap" lang="fi">Ero</option>'
    )
    assert (
        mark_html(f'<a lang="fi" title="{gap}">Ero</a>', "en") == '<a lang="fi" title="Gap">Ero</a>'
    )


@pytest.mark.usefixtures("_marked")
def test_words_of_an_attribute_give_a_component_their_language() -> None:
    gap, difference = marked("Gap", "en"), marked("Ero", "fi")
    listed = html.Nav(html.Ul([html.Li(difference), gap]), **attributes(aria_label=gap))

    nav = mark_languages(listed, "fi")

    assert (nav.lang, getattr(nav, "aria-label")) == ("en", "Gap")
    item, text = nav.children.children
    assert (item.children, item.lang, text) == ("Ero", "fi", "Gap")
    assert not hasattr(mark_languages(html.P(difference, title=difference), "fi"), "lang")
    option = mark_languages(html.Option(difference, title=gap), "fi")
    assert (option.children, getattr(option, "lang", "fi")) == ("Ero", "fi")
    box = mark_languages(dcc.Input(placeholder=gap), "fi")
    assert (box.children.placeholder, box.lang) == ("Gap", "en")


@pytest.mark.usefixtures("_marked")
def test_a_text_in_two_languages_is_one_element() -> None:
    """A flexible box, such as a status with its icon, lays out each of its children by itself."""
    status = f"{marked('Gap', 'en')} · {marked('ero', 'fi')}"

    assert (
        mark_html(f"<b>{status}</b>", "fi")
        == '<b><span><span lang="en">Gap · </span>ero</span></b>'
    )
    _, text = mark_languages(html.B([html.I(), status, marked(" ajan", "fi")]), "fi").children
    assert [text.children[0].lang, text.children[1]] == ["en", "ero ajan"]


@pytest.mark.usefixtures("_marked")
def test_each_part_of_a_divided_text_has_its_marks() -> None:
    line = f"{marked('Global Alliance', 'en')} · {marked('maan luvut', 'fi')} 2024"

    assert [parts_by_language(word, "fi") for word in split_marked(line, " ")] == [
        [("Global", "en")], [("Alliance", "en")], [("·", "fi")],
        [("maan", "fi")], [("luvut", "fi")], [("2024", "fi")],
    ]  # fmt: skip
    assert arial_width(line, 12) == arial_width(unmarked(line), 12)


@pytest.mark.usefixtures("_marked")
def test_a_line_that_is_cut_keeps_the_language_of_what_is_left() -> None:
    line = f"{marked('Agreed words of a framework ' * 9, 'en')} · {marked('tavoite', 'fi')}"

    (first, english), (last, finnish) = parts_by_language(
        cut_goal_line(line, USUAL_FRAMES.goal_line), "fi"
    )

    assert (english, finnish) == ("en", "fi")
    assert first.startswith("Agreed words of a framework")
    assert last.endswith("tavoite")


@pytest.mark.usefixtures("_marked")
def test_words_in_a_drawing_have_elements_of_drawings() -> None:
    assert mark_html(f'<text x="1">{marked("Gap", "en")}</text>', "fi") == (
        '<text x="1"><tspan lang="en">Gap</tspan></text>'
    )


@pytest.mark.usefixtures("_marked")
def test_properties_of_a_component_have_no_marks() -> None:
    gap = marked("Gap", "en")
    drawn = mark_languages(html.P([gap, " 3"], id={"for": gap}), "fi")

    assert drawn.id == {"for": "Gap"}
    assert (drawn.children[0].children, drawn.children[0].lang) == ("Gap 3", "en")


def test_without_need_texts_have_no_marks() -> None:
    with writing_marks(are_needed=False):
        assert marked("Gap", "en") == "Gap"
