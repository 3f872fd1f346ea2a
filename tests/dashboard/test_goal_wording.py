"""The wording of a goal: what is quoted, from where, and what a reader must know of it."""

import importlib

import pytest

from dashboard.components.goal_wording import agreed_wording
from dashboard.components.language_marks import mark_languages
from dashboard.texts import texts
from dashboard.wording.agreed_wording import document_of
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.messages import languages
from tests.dashboard.reading import of_type, words


def shown(code: str, language: str = "en") -> str:
    return words(agreed_wording(catalogue().goals[code], texts(language)))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The rate is assessed; the number is shown beside it."),
     ("fi", "Arvio annetaan osuudesta, ja määrä esitetään sen rinnalla."),
     ("el", "Αξιολογείται το ποσοστό και ο αριθμός παρατίθεται δίπλα του.")],
)  # fmt: skip
def test_where_official_versions_differ_both_readings_are_shown(language: str, said: str) -> None:
    assert said in shown("CC2019-5", language)


def test_a_wording_that_was_not_compared_says_so_with_the_document() -> None:
    said = "As transcribed; not yet compared with the publisher's text (12862/19)."

    assert said in shown("CC2019-18")


def test_slips_that_were_corrected_are_listed() -> None:
    assert "εξαιρεί → εξαίρει" in shown("CC2019-18")
    assert "→" not in shown("CC2019-5")


def test_slips_are_marked_as_their_language_which_is_named_in_that_of_the_reader() -> None:
    drawn = mark_languages([*agreed_wording(catalogue().goals["CC2019-18"], texts("fi"))], "fi")
    (quoted,) = (span for span in of_type(drawn, "Span") if "εξαιρεί → εξαίρει" in span.children)

    assert quoted.lang == "el"
    assert "(kreikka): " in words(drawn)


def test_a_policy_target_is_quoted_from_the_form_and_from_the_council() -> None:
    page = shown("GA-4.2")

    assert "to remove or, where appropriate, block websites containing child pornography" in page
    assert "10607/12, 3172nd Justice and Home Affairs Council" in page
    assert "policy target No. 4" in page


def test_who_is_not_bound_is_said_with_its_source() -> None:
    assert "Denmark does not take part in the three directives (Protocol No 22" in shown("GA-2.1")


@pytest.mark.parametrize(
    ("goal", "relayed"),
    [
        ("IR2021-8A", "E-003150/2022"),
        ("GA-2.1", "COM(2020) 188, section 1.1"),
        ("CC2019-7", "Danish Ministry of Justice"),
    ],
)
def test_a_document_that_is_known_from_others_alone_says_from_which(
    goal: str, relayed: str
) -> None:
    said = shown(goal)

    assert "Known from other publications only" in said
    assert relayed in said


@pytest.mark.usefixtures("client", "empty_home")
def test_the_successor_of_the_interim_regulation_is_not_quoted_and_marked_as_relayed() -> None:
    documents = {document.code: document for document in catalogue().frameworks["IR2021"].documents}

    assert documents["R2026-1881"].languages == ()
    assert documents["R2026-1881"].known_from is not None
    drawn = page_of_catalogue(collection="interim-regulation")
    assert (
        "Regulation (EU) 2026/1881, which followed Regulation (EU) 2021/1232: public notices"
        in drawn
    )


def page_of_catalogue(**query: str) -> str:
    return words(importlib.import_module("dashboard.pages.catalogue").layout(**query))


@pytest.mark.parametrize("goal", catalogue().goals.values(), ids=lambda goal: goal.code)
def test_no_wording_is_shown_as_compared_that_was_not(goal: Goal) -> None:
    document = document_of(goal, goal.source)

    assert document is not None
    is_marked = "As transcribed" in shown(goal.code)
    assert is_marked is (bool(goal.official) and document.compared is None)


@pytest.mark.parametrize("code", ["IR2021-8A", "IR2021-8B", "IR2021-8C"])
@pytest.mark.parametrize("language", languages())
def test_a_paraphrase_of_what_could_not_be_read_is_no_official_wording(
    code: str, language: str
) -> None:
    said = shown(code, language)

    assert texts(language)("wording.summary") in said
    assert texts(language)("wording.original") not in said
    assert "E-003150/2022" in said
