"""What is tried before a check digit rules out no number that has the right one."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.core.discover import read_yaml
from metrics.intake.rules.identifying import national
from metrics.intake.rules.identifying.national import CHECKS, NUMBER_START, SHAPES, Shape, stdnum
from metrics.intake.rules.identifying.places import workbook_texts
from tests.intake.rules.test_identifying import around

DECLARED = [
    fields
    for shapes in read_yaml("metrics.intake.rules.identifying", "national.yaml").values()
    for fields in shapes
]
TRIED_FIRST = [
    (shape, fields["check"])
    for shape, fields in zip(SHAPES, DECLARED, strict=True)
    if {"begins", "sum"}.intersection(fields)
]
LENGTHS, NUMBERS_OF_A_LENGTH = (10, 11, 13, 9), 3_000


def random_numbers() -> list[str]:
    draw = Random(7)
    return [
        "".join(draw.choices("0123456789", k=length))
        for length in LENGTHS
        for _ in range(NUMBERS_OF_A_LENGTH)
    ]


@pytest.mark.parametrize(
    ("shape", "check"), TRIED_FIRST, ids=[f"{shape.state} {check}" for shape, check in TRIED_FIRST]
)
def test_what_is_tried_first_rules_out_no_number(shape: Shape, check: str) -> None:
    numbers = [number for number in random_numbers() if shape.pattern.fullmatch(number)]
    passing = [*filter(CHECKS.get(check) or stdnum(check), numbers)]

    assert passing
    assert [*filter(shape.check, numbers)] == passing
    assert [*filter(shape.possible.match, passing)] == passing


@pytest.mark.parametrize("shape", SHAPES, ids=[f"{number}" for number in range(len(SHAPES))])
@given(drawn=st.data())
def test_every_shape_is_looked_for_where_it_begins(shape: Shape, drawn: st.DataObject) -> None:
    number = drawn.draw(st.from_regex(shape.pattern, fullmatch=True))

    assert NUMBER_START.match(number)


def test_only_some_shapes_have_a_check() -> None:
    unchecked = {shape.state for shape in SHAPES if not shape.checked}

    assert unchecked == {"EL", "CY", "MT"}
    assert national.DOUBTFUL_SHAPES


def test_words_and_numbers_are_found_as_in_each_text_alone() -> None:
    """The texts are searched as one, from the positions at which a number may begin."""
    typed = [
        "PASSPORT 12345678",
        "passports 1",
        "x passport",
        "12345678",
        "36 574 261 809",
        "Né le",
    ]
    texts = workbook_texts(around(*typed).reading.workbook)

    with_words = texts.with_words(["passport", "né le", "numéro national"])
    starts = texts.match_starts(national.NUMBER_START)
    matches = {match.string for match in texts.matches_at(starts, national.ANY_SHAPE)}

    assert {*with_words.distinct} == {"PASSPORT 12345678", "x passport", "Né le"}
    assert matches == {text for text in texts.distinct if national.ANY_SHAPE.search(text)}
    assert not texts.vocabulary.may_have("numéro national")
