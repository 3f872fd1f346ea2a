"""A text in English on a page in another language is marked, so that it is read out as English."""

from dash import html

from dashboard.components.language_marks import mark_languages
from metrics.messages import Message

ENGLISH, FINNISH = Message("Pages"), Message("Sivut", "fi")


def test_an_element_of_one_text_has_the_language_of_the_text() -> None:
    assert mark_languages(html.P(ENGLISH), "fi").lang == "en"
    assert not hasattr(mark_languages(html.P(FINNISH), "fi"), "lang")
    assert not hasattr(mark_languages(html.P(ENGLISH), "en"), "lang")


def test_a_text_among_others_is_marked_alone() -> None:
    first, second, third = mark_languages(html.P([FINNISH, ENGLISH, " 2024"]), "fi").children

    assert (first, third) == ("Sivut", " 2024")
    assert (second.children, second.lang) == ("Pages", "en")


def test_a_part_in_its_own_language_stays_as_it_is() -> None:
    quoted = mark_languages(html.Div([html.Blockquote(ENGLISH, lang="en")]), "fi").children[0]

    assert (quoted.children, quoted.lang) == ("Pages", "en")
