"""The numbers in the title of a slide add up to what its first clause counts, in every language."""

import re
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.released.state_statuses import StatesDoingWell, current_statuses, going_well
from dashboard.slides.kinds.states import finding_of_counts
from dashboard.slides.words import title_of_board
from dashboard.texts import texts
from dashboard.wording.board_findings import BoardFinding
from dashboard.wording.scoreboard_words import COUNTED_BESIDE_MET, clauses_in_words
from metrics.core.verdicts import Status
from metrics.messages import languages
from metrics.release.official_statuses import NOT_CURRENT

EVERY_MARK = [*map(str, Status), NOT_CURRENT]
MARKS_OF_STATES = st.lists(st.sampled_from(EVERY_MARK), min_size=1, max_size=27)
PLAIN_NAME = "Identified victims"


def numbers_after(first: str, title: str) -> int:
    assert title.startswith(first)
    return sum(int(number) for number in re.findall(r"\d+", title.removeprefix(first)))


@pytest.mark.parametrize("language", languages())
@given(marks=MARKS_OF_STATES, length=st.integers(1, 5), reached=st.none() | st.integers(0, 5))
def test_the_clauses_about_states_add_up_however_many_have_room(
    language: str, marks: list[str], length: int, reached: int | None
) -> None:
    """Also of a step, where States without a current status are counted."""
    counts, text = Counter(marks), texts(language)
    number, current = going_well(counts), current_statuses(counts)
    assume(current)
    found = StatesDoingWell(number, current, have_met=False)
    if reached is not None:
        late = min(reached, counts[NOT_CURRENT])
        found = StatesDoingWell(number + late, current + counts[NOT_CURRENT], have_met=True)
    key = "slides.states_met" if found.have_met else "slides.states_finding"
    name = " ".join([PLAIN_NAME] * length)
    first = text.counted(key, found.number, all=str(found.of_all), what=name)
    title = title_of_board(finding_of_counts(first, found, counts, text), text)
    beside = text("slides.states_not_current", n=str(counts[NOT_CURRENT]))
    is_beside = current == found.of_all and counts[NOT_CURRENT] > 0 and title.endswith(beside)
    named = numbers_after(first, title.removesuffix(beside) if is_beside else title)
    assert found.number + named == found.of_all


@pytest.mark.parametrize("language", languages())
@given(marks=MARKS_OF_STATES, length=st.integers(1, 5))
def test_the_clauses_about_goals_add_up_however_many_have_room(
    language: str, marks: list[str], length: int
) -> None:
    text, counts = texts(language), Counter(marks)
    clauses = clauses_in_words(COUNTED_BESIDE_MET, counts, text)
    first = " ".join([PLAIN_NAME] * length)
    finding = BoardFinding(first, clauses, len(marks) - sum(clauses.values()))
    assert numbers_after(first, title_of_board(finding, text)) == len(marks)


def test_greek_words_about_states_agree_with_their_gender() -> None:
    counts = Counter(
        {Status.ON_TRACK: 10, Status.BEHIND: 11, Status.NO_CLEAR_CHANGE: 3, NOT_CURRENT: 3}
    )
    found, text = StatesDoingWell(10, 24, have_met=False), texts("el")
    said = finding_of_counts("Κράτη", found, counts, text).in_words(text)
    assert said == "Κράτη· 11 με υστέρηση· 3 άλλα· 3 μη επίκαιρα"
