"""The file of a deck: what is wrong is said with its line, what is expected, and what was meant."""

import pytest

from dashboard.slides.deck_example import deck_example
from dashboard.slides.deck_file import read_deck_file
from dashboard.texts import texts
from metrics.core.errors import SubmissionError
from metrics.messages.error_texts import error_text


def read(text: str, language: str = "en") -> str:
    """What is said about a file that cannot be used."""
    with pytest.raises(SubmissionError) as caught:
        read_deck_file(text.encode(), "deck.yaml")
    return error_text(caught.value, language)


@pytest.mark.parametrize(
    ("language", "subject"), [("en", "Points for discussion"), ("el", "Σημεία προς συζήτηση")]
)
def test_the_example_is_a_deck_in_each_language(language: str, subject: str) -> None:
    example = deck_example("deck.yaml", "sample", ["sample"], texts(language))

    file = read_deck_file(example.encode(), "deck.yaml")

    assert file.slides[3].kind == "multiples"
    assert file.slides[-2].text == subject
    assert (file.release, file.language) == ("current", language)
    assert "# en, el, fi\n" in example


def test_every_fault_is_listed_with_its_line() -> None:
    said = read("tilte: A\nlanguage: en\nslides:\n  - link: /\n    nots: x\n  - as: matrix\n")
    assert "line 1: “tilte” is not a field here; did you mean “title”?" in said
    assert "“title” is missing" in said
    assert "line 5: “nots” is not a field here; did you mean “notes”?" in said
    assert "line 6: a slide has either “link” or “text”" in said


def test_a_title_that_no_slide_holds_is_refused() -> None:
    said = read(f"title: A\nslides:\n  - link: /\n    title: {'long ' * 40}\n")
    assert "line 4: “title” is too long for a slide; shorten it to 150 characters" in said


def test_a_number_is_meant_as_written() -> None:
    file = read_deck_file(b"title: 2025\nslides:\n  - text: 12\n    body: [1, 2]\n", "deck.yaml")
    assert (file.title, file.slides[0].text, file.slides[0].body) == ("2025", "12", ("1", "2"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: [a, b\nslides:\n  - link: /", "line 2: this is not valid YAML"),
        ("just words", "it needs `title:` and `slides:`"),
        ("title: A\nlanguage: xx\nslides:\n  - link: /", "the language must be one of"),
        ("title: A\nslides: []", "line 2: a deck has 1 to 100 slides"),
        ("title: A\nslides: /goal", "line 2: “slides” is not written as expected"),
    ],
)
def test_what_is_expected_is_said(text: str, expected: str) -> None:
    assert expected in read(text)


def test_faults_are_said_in_the_language_of_the_reader() -> None:
    assert "rivi 1: ”tilte” ei ole kenttä" in read("tilte: A\nslides:\n  - link: /", "fi")
