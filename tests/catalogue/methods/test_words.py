"""Nothing that a method can say is without words, and no words are without a method."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from metrics.catalogue.checks.methods import EXAMPLE_TARGETS
from metrics.catalogue.methods import assess_series, category_name, methods, reason_sentences
from metrics.core.verdict_codes import Reason
from metrics.messages import messages

ROOT = Path(__file__).parents[3]
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in [
        *(ROOT / "metrics" / "catalogue" / "methods").rglob("*.py"),
        *(
            ROOT / "metrics" / name
            for name in (
                "core/series_window.py",
                "statistics/outlook.py",
            )
        ),
        *(ROOT / "metrics" / "statistics" / "assessment").glob("*.py"),
        ROOT / "metrics" / "core" / "status_by_rule.py",
    ]
)
REASONS, CATEGORIES = messages("en", "reasons"), messages("en", "categories")
DOCS = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")


def test_every_reason_has_words() -> None:
    assert set(Reason) <= set(REASONS)


@pytest.mark.parametrize("key", sorted(REASONS))
def test_every_reason_is_given_somewhere(key: str) -> None:
    """By its constant or, where a method adds one of its own, as it is written."""
    assert f"Reason.{key.upper()}" in SOURCES or f'"{key}"' in SOURCES


@pytest.mark.parametrize("section", ["reasons", "categories"])
@pytest.mark.parametrize("language", ["fi", "el"])
def test_words_are_there_in_three_languages(section: str, language: str) -> None:
    own, english = messages(language, section), messages("en", section)

    assert [key for key in english if own[key] == english[key]] == []


def test_a_method_without_words_is_named_by_its_keys() -> None:
    assert category_name("keep_steady", "not_kept") == "not kept"
    assert reason_sentences("no_such_reason") == ["no such reason"]


@pytest.mark.parametrize("key", sorted(CATEGORIES))
def test_every_category_belongs_to_a_method(key: str) -> None:
    method, category = key.split(".")

    assert method in methods()
    assert f'"{category}"' in SOURCES


DAYS = (date(2024, 6, 1), date(2027, 1, 1))


def categories_given(name: str) -> Iterator[str]:
    """What a method calls its verdicts on series that rise and fall, before and after the date."""
    targets = [EXAMPLE_TARGETS[rule] for rule in methods()[name].rules]
    series = product((-2, 0, 1, 40, 100), (0, 20, 80, 120), (-1, 0, 30, 99, 150))
    for values, target, day in product(series, targets, DAYS):
        points = {2018 + year: values[year // 2] for year in range(6)}
        yield assess_series(name, points, "up", day, **target).category


@pytest.mark.parametrize("name", sorted(methods()))
def test_every_category_that_a_method_gives_has_words(name: str) -> None:
    given = set(categories_given(name)) - {""}
    assert given or methods()[name].compares_states
    assert {f"{name}.{category}" for category in given} <= set(CATEGORIES)


@pytest.mark.parametrize("name", sorted(methods()))
def test_every_method_has_its_section_in_the_docs(name: str) -> None:
    assert re.search(rf"^## .*`{name}`", DOCS, re.MULTILINE), (
        f"docs/methods.md needs a section on {name}, headed `## … `{name}``: formula, thresholds, "
        "source and an example, as the sections on the other methods"
    )


def test_several_reasons_are_several_sentences() -> None:
    assert reason_sentences("years_missing;provisional")[1] == "The latest value is provisional."
    assert reason_sentences("") == []
