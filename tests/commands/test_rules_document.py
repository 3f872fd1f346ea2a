"""The rule book is written from the rules, and the page in docs is fresh."""

from pathlib import Path

import pytest

from metrics.commands.rules_document import rule_book
from metrics.intake.rules import rules
from metrics.messages import languages
from tests.generated_documents import assert_up_to_date

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_is_fresh() -> None:
    assert_up_to_date(PAGE, rule_book())


@pytest.mark.parametrize("language", languages())
def test_every_rule_has_its_place(language: str) -> None:
    book = rule_book(language)

    assert [name for name in rules() if f"### {name}\n" not in book] == []


def test_placeholders_are_left_open() -> None:
    assert "{" not in rule_book()
    assert "“…” is not a number." in rule_book()
