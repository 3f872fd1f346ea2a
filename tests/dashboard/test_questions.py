"""Questions of a policy officer: each is answered in three clicks from the first page.

The link that is copied there shows the same after another release.
"""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.dashboard.release import write_release

MOST_CLICKS = 3
FIRST_PAGE = "/?lang=en&collection=sample"


@dataclass(frozen=True)
class Question:
    """Each click is a link, by parts of its address, or a choice from a list, `area=EL`."""

    asked: str
    clicks: tuple[tuple[str, ...] | str, ...]
    answer: str  # a pattern in the words of the page


QUESTIONS = (
    Question("Which figures of a State are suppressed?",
             (("/state?", "area=LU"), ("/explore?", "flag=absent.suppressed")), r"\d+ of [\d,]+ entries"),
    Question("What are the newest figures of a State on victims?",
             (("/explore?",), "area=FI", "sort=-period"), r"Finland 2025"),
    Question("Which States improved in each of the last two years?",
             (("/goal?", "goal=GA-3.1"), ("/find?", "relation=above", "last=2")), r"in each of 2024, 2025"),
    Question("Which States stayed below the agreed growth in each of the last two years?",
             (("/goal?", "goal=GA-1.1"), ("/find?", "threshold=10")), r"below 10 %, in each of"),
    Question("Which figures of a State were revised, and by how much?",
             (("/changes?",), ("/revisions?",), "area=EL"), r"revised|differ"),
    Question("What is due next for a State?",
             (("/state?", "area=FI"),), r"Due next|No further round|is due"),
    Question("Which goals have no figure for the Union?",
             (("/?", "status=no_figure"),), r"of \d+ goals: No figure"),
    Question("How many of the victims of a State are girls?",
             (("/goal?", "goal=GA-1.1", "area=FI"), ("view=all",), "breakdown=sex"), r"girls"),
    Question("What became of the actions that were declared for a goal?",
             (("/goal?", "goal=GA-1.1"), ("view=states#actions",)), r"Outcome"),
    Question("What was agreed, and where is it written?",
             (("/goal?", "goal=CC2019-12"), ("view=wording",)), r"Council conclusions"),
    Question("Which States are largest by value?",
             (("/goal?", "goal=GA-1.1"), ("view=states",), "order=value"), r"Member States side by side"),
    Question("Would another method give another status?",
             (("/goal?", "goal=GA-1.1"), ("view=calculation",)), r"additional method|Method:"),
    Question("Who has not reported for the latest round?",
             (("/reporting?", "round="),), r"Croatia"),
)  # fmt: skip


@pytest.fixture
def pages(client: FlaskClient, empty_home: Path) -> FlaskClient:
    write_release(empty_home)
    return client


def words_of(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    without_lists = re.sub(r"<(select|script)\b.*?</\1>", " ", main, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", without_lists)).split())


def linked(page: str, *parts: str) -> str:
    """The first link of a page that has all of these in its address."""
    addresses = map(unescape, re.findall(r'href="([^"]*)"', page))
    return next(address for address in addresses if all(part in address for part in parts))


def copied_link(page: str) -> str:
    before = page[: page.index('class="copy-link"')].rpartition("<a")[2]
    after = page.partition('class="copy-link"')[2].partition(">")[0]
    return unescape(re.findall(r'href="([^"]*)"', before + after)[0])


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.asked)
def test_each_question_is_answered_in_three_clicks_and_stays_so(
    pages: FlaskClient, empty_home: Path, question: Question
) -> None:
    address, page = FIRST_PAGE, pages.get(FIRST_PAGE).text
    for click in question.clicks:
        address = f"{address}&{click}" if isinstance(click, str) else linked(page, *click)
        page = pages.get(address.partition("#")[0]).text
    answered = words_of(page)

    assert len(question.clicks) <= MOST_CLICKS
    assert re.search(question.answer, answered)
    lasting = copied_link(page)
    write_release(empty_home, label="2027-01-01")
    again = words_of(pages.get(lasting).text)
    assert "2027-01-01" not in again
    assert re.search(question.answer, again)
