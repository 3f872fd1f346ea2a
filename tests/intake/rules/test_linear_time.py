"""No pattern takes more than linear time, whatever is repeated in a submitted text."""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from time import process_time
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.intake import rules
from metrics.intake.findings import Rule, Severity, ValidationContext
from metrics.intake.workbook import Sheet
from tests.tables import case, workbook

PACKAGES = (rules,)
# Only ever compared with a whole text, or with a few characters around a match.
BOUNDED = {
    "LOCAL_PART", "CELL_ADDRESS", "_institution_pattern", "_neighbour_patterns", "_official_host",
    "ORDINARY",
}  # fmt: skip
PARTS = (
    *"aA1 .-/@([<'\",:;&#+_~?=%\n",
    "é", "Aa", "Aa'", "Aa-", "Aa ", "A. ", "a[.]", "(at)", " at a", " dot ", "a@", "a.", "1.", "1.1.",
    "0/", "00", "+358", "1 ", "01.01.", "1 Ma", "00:", "f:", "4111 ", "FI21", "131052-", "60.1699", "1°",
    "//", "://", "www.", "a.fi", "/u/", "~a", "&user", "&#00", "born", "age 9", "girl ", "foundation", "van ",
    "%41", "=41", "\\x41", "&#65;", "0x41 ", "65 ", "41:", "QW5u", "a-", "a_", "<b>", "<!--", "[b]", "**", "[a] ",
)  # fmt: skip
SHORT, FACTOR = 1_500, 4
KINDS_OF_WORDS = ("before_a_name", "currency", "no_person")  # all lists give the same form
FEW = 300  # characters of the text whose steps are counted
# Quadratic time is sixteen times as long; the clock of a busy machine is never half as exact.
MOST_TIMES = 10
LEAST_SECONDS = 0.04


def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern at the top of a module with rules, once."""
    found: dict[str, re.Pattern[str]] = {}
    for package in PACKAGES:
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(import_module(module.name)).items():
                for number, pattern in enumerate(_patterns_in(value)):
                    if name not in BOUNDED and pattern not in found.values():
                        found[f"{module.name.rpartition('.')[2]}.{name}[{number}]"] = pattern
    return found


def made_patterns() -> dict[str, re.Pattern[str]]:
    """The patterns that functions of the rules make of word lists."""
    found: dict[str, re.Pattern[str]] = {}
    for module in walk_packages(rules.__path__, f"{rules.__name__}."):
        for name, function in vars(import_module(module.name)).items():
            if name not in BOUNDED and "Pattern" in str(
                getattr(function, "__annotations__", {}).get("return", "")
            ):
                for arguments in _arguments_of(function):
                    for number, pattern in enumerate(_patterns_in(function(*arguments))):
                        found[f"{name}({', '.join(arguments)})[{number}]"] = pattern
    return found


def _arguments_of(function: Any) -> list[tuple[str, ...]]:
    names = [name for name in function.__annotations__ if name != "return"]
    if names == ["kind"]:
        return [(kind,) for kind in KINDS_OF_WORDS]
    return [] if names else [()]


def _patterns_in(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _patterns_in(member)


PATTERNS = patterns() | made_patterns()
FAMILY = [rule for rule in rules.rules().values() if rule.family == "identifying"]
# Each matches a pattern, so that what is asked of every match counts; all are invented.
MATCHES = (
    "a@example.org ", "info@example.org ", "+358 40 123 4567 ", "+358 9 123 4567 ", "0800 123456 ",
    "0171/1234567 ", "tel 09 1234567 ", "10.71.1.2 ", "203.0.113.77 ", "2001:db8::1 ", "x.example.org/a ",
    "Anna Virtanen ", "Virtanen A. ", "aged 9, Anna ", "born 1.1.1990 ", "1 January 1990 ",
    "131052-308T ", "123456789 ", "4111 1111 1111 1111 ", "FI21 1234 5600 0007 85 ",
)  # fmt: skip


def seconds(pattern: re.Pattern[str], text: str) -> float:
    began = process_time()
    for _ in pattern.finditer(text):
        pass
    return process_time() - began


def is_linear(pattern: re.Pattern[str], unit: str) -> bool:
    """Whether four times the text takes about four times as long; the best of three counts."""
    short = (unit * (SHORT // len(unit) + 1))[:SHORT]
    for _ in range(3):
        longer = seconds(pattern, short * FACTOR + "\n!")
        if longer < LEAST_SECONDS or longer < MOST_TIMES * seconds(pattern, short + "\n!"):
            return True
    return False


def test_there_are_patterns_of_every_kind() -> None:
    assert len(PATTERNS) > 80
    assert {"contact.EMAIL[0]", "places.PERSONAL_PAGE[0]"} <= {*PATTERNS}


@pytest.mark.parametrize("name", PATTERNS)
def test_repeated_parts_take_linear_time(name: str) -> None:
    assert [unit for unit in PARTS if not is_linear(PATTERNS[name], unit)] == []


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PARTS), min_size=2, max_size=4).map("".join))
def test_repeated_combinations_take_linear_time(unit: str) -> None:
    assert [name for name, pattern in PATTERNS.items() if not is_linear(pattern, unit)] == []


def seconds_of_rules(text: str) -> float:
    """The processor time of the rules about persons for a text in one cell."""
    sheet = Sheet("Notes", [["notes"], [text]])
    context = case(workbook=workbook(sheet))
    began = process_time()
    for rule in FAMILY:
        rule.offends(context)
    return process_time() - began


def count_steps(rule: Rule, *texts: str) -> int:
    """The calls that a rule makes for a text in each cell, of functions of Python and of C."""
    steps = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal steps
        steps += event in {"call", "c_call"}

    rows: list[list[object]] = [[text] for text in ("notes", *texts)]
    context = case(workbook=workbook(Sheet("Notes", rows)))
    sys.setprofile(count)
    try:
        rule.offends(context)
    finally:
        sys.setprofile(None)
    return steps


@pytest.mark.parametrize("rule", FAMILY, ids=[rule.name for rule in FAMILY])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(units=st.lists(st.sampled_from([*PARTS, *MATCHES]), min_size=1, max_size=3))
def test_no_rule_takes_more_than_linear_steps(rule: Rule, units: list[str]) -> None:
    """Counted, not timed: what patterns do within a step is the subject of the tests above."""
    unit = "".join(units)
    short = unit * (FEW // len(unit) + 1)
    rule.offends(case(workbook=workbook(Sheet("Notes", [[short]]))))  # makes its word lists
    before, after = count_steps(rule, short), count_steps(rule, short * FACTOR)

    assert after <= FACTOR * before + FEW


def test_steps_that_are_not_linear_are_counted() -> None:
    def look_at_each_pair(case: ValidationContext) -> pd.DataFrame:
        words = str(case.reading.workbook.sheets[0].rows[1][0]).split()
        return pd.DataFrame([one.casefold() == other.upper() for one in words for other in words])

    rule = Rule("pairs", "identifying", Severity.NOTE, look_at_each_pair)
    short = "a " * FEW

    assert count_steps(rule, short * FACTOR) > FACTOR * count_steps(rule, short) + FEW


# Remarks of one kind, each with digits of its own: what is asked of every shape of a number.
NUMBERED = {
    "ten digits": "{0:010}", "eleven digits": "case {0:011}", "amount": "EUR {0:011}",
    "after a word": "personal number {0:06} AB", "before a word": "{0:09} is a passport",
    "of a person": "suspect {0:09}",
}  # fmt: skip
MOST_STEPS_FOR_A_NUMBER = 450  # twice as many where each shape searches every text
REMARKS = 200


@pytest.mark.parametrize("kind", NUMBERED)
def test_many_numbers_take_few_steps_each(kind: str) -> None:
    rule = rules.rules()["national_number"]
    remarks = [NUMBERED[kind].format(7 + 49_979_687 * number) for number in range(REMARKS)]
    count_steps(rule, remarks[0])  # makes its word lists

    assert count_steps(rule, *remarks) <= MOST_STEPS_FOR_A_NUMBER * REMARKS


MOST_STEPS_FOR_A_TELEPHONE = 200  # trying each in every region takes ten times as many


def test_many_telephone_like_numbers_take_few_steps_each() -> None:
    """Without a State, each could be dialled in any of 27 regions."""
    rule = rules.rules()["phone_number"]
    remarks = [f"0171/{1_000_000 + 7_919 * number}" for number in range(REMARKS)]
    count_steps(rule, *remarks)  # makes its patterns

    assert count_steps(rule, *remarks) <= MOST_STEPS_FOR_A_TELEPHONE * REMARKS


@pytest.mark.parametrize("unit", MATCHES)
def test_repeated_matches_take_linear_time(unit: str) -> None:
    short = unit * (SHORT // len(unit))
    times = []
    for _ in range(3):
        longer = seconds_of_rules(short * FACTOR)
        times.append(longer / max(seconds_of_rules(short), LEAST_SECONDS))
        if times[-1] < MOST_TIMES:
            break

    assert min(times) < MOST_TIMES


@pytest.mark.parametrize(
    "pattern", [r"[\w.+-]+@[\w-]+\.\w", r"(?:[a-z]+[.])+!", r"(?:[A-Z][a-z']*)+!"]
)
def test_a_pattern_that_is_not_linear_is_found(pattern: str) -> None:
    quadratic = re.compile(pattern)

    assert not all(is_linear(quadratic, unit) for unit in ("a", "a.", "Aa"))
