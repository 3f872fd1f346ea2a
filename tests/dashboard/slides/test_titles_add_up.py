"""The numbers in the title of a slide add up to what its first clause counts, in every language."""

import re
from collections import Counter
from functools import partial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.released.state_statuses import StatesDoingWell, current_statuses, going_well
from dashboard.slides.content import words_of_footnote
from dashboard.slides.deck import contents_of, open_deck
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.kinds.states import finding_of_counts
from dashboard.slides.words import title_of_board
from dashboard.texts import Text, texts
from dashboard.wording.scoreboard_findings import BoardFinding
from dashboard.wording.scoreboard_words import COUNTED_BESIDE_MET, clauses_in_words
from metrics.core.verdicts import Status
from metrics.messages import languages
from metrics.release.official_statuses import NOT_CURRENT
from tests.dashboard.slides.decks import deck_file

EVERY_MARK = [*map(str, Status), NOT_CURRENT]
MARKS_OF_STATES = st.lists(st.sampled_from(EVERY_MARK), min_size=1, max_size=27)
PLAIN_NAME = "Identified victims"


def numbers_after(first: str, title: str) -> int:
    assert title.startswith(first)
    return sum(int(number) for number in re.findall(r"\d+", title.removeprefix(first)))


@given(marks=MARKS_OF_STATES, length=st.integers(1, 5), reached=st.none() | st.integers(0, 5))
def test_the_clauses_about_states_add_up_and_are_the_same_in_every_language(
    marks: list[str], length: int, reached: int | None
) -> None:
    """Also of a step, where States without a current status are counted."""
    counts = Counter(marks)
    number, current = going_well(counts), current_statuses(counts)
    assume(current)
    found = StatesDoingWell(number, current, have_met=False)
    if reached is not None:
        late = min(reached, counts[NOT_CURRENT])
        found = StatesDoingWell(number + late, current + counts[NOT_CURRENT], have_met=True)
    find = partial(finding_of_counts, " ".join([PLAIN_NAME] * length), found, counts)
    titles = {language: title_of_board(find, texts(language)) for language in languages()}
    for language, title in titles.items():
        text = texts(language)
        beside = text("slides.states_not_current", n=str(counts[NOT_CURRENT]))
        is_beside = current == found.of_all and counts[NOT_CURRENT] > 0 and title.endswith(beside)
        named = title.removesuffix(beside) if is_beside else title
        assert found.number + numbers_after(find(text).first, named) == found.of_all
    assert len({tuple(re.findall(r"\d+", title)) for title in titles.values()}) == 1


@given(marks=MARKS_OF_STATES, length=st.integers(1, 5))
def test_the_clauses_about_goals_add_up_and_are_the_same_in_every_language(
    marks: list[str], length: int
) -> None:
    counts = Counter(marks)
    first = " ".join([PLAIN_NAME] * length)

    def find(text: Text) -> BoardFinding:
        clauses = clauses_in_words(COUNTED_BESIDE_MET, counts, text)
        return BoardFinding(first, clauses, len(marks) - sum(clauses.values()))

    titles = [title_of_board(find, texts(language)) for language in languages()]
    assert {numbers_after(first, title) for title in titles} == {len(marks)}
    assert len({tuple(re.findall(r"\d+", title)) for title in titles}) == 1


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "link", ["/", "/?framework=CC2019", "/state?area=FI", "/goal?goal=GA-1.1&view=states"]
)
def test_titles_and_footnotes_have_the_same_numbers_in_every_language(link: str) -> None:
    numbers = []
    for language in languages():
        deck = open_deck(deck_file(DeckSlide(link=link), language=language))
        (content, *_) = contents_of(DeckSlide(link=link), deck)
        found = [content.title, *map(words_of_footnote, content.footnotes[:1])]
        numbers.append([re.findall(r"\d+", words.replace("2025", "")) for words in found])
    assert all(sorted(own[0]) == sorted(numbers[0][0]) for own in numbers)


def test_greek_words_about_states_agree_with_their_gender() -> None:
    counts = Counter(
        {Status.ON_TRACK: 10, Status.BEHIND: 11, Status.NO_CLEAR_CHANGE: 3, NOT_CURRENT: 3}
    )
    found, text = StatesDoingWell(10, 24, have_met=False), texts("el")
    said = finding_of_counts("Θύματα", found, counts, text).in_words(text)
    assert said.endswith("· 11 με υστέρηση· 3 άλλα· 3 μη επίκαιρα")
