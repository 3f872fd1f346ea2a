"""The patterns of numbering plans say what the library says that they are taken from."""

import random

import phonenumbers
import pytest
from phonenumbers import PhoneNumberType

from metrics.intake.rules.identifying import telephone_plans
from metrics.intake.rules.identifying.contact import REGIONS, UNGROUPED
from metrics.intake.rules.identifying.telephone_plans import (
    LINES,
    NO_LINE,
    TelephoneLine,
    TelephoneLines,
    international_lines,
    national_lines,
)

DRAWN = 12  # variations of each example
ELSEWHERE = ("US", "GB", "JE", "CH", "NO", "IS", "UA", "RU", "TR", "BR", "AR", "MX", "JP", "ZA")


def library_lines(text: str, region: str | None) -> TelephoneLines:
    """What the library says about a text that is dialled in a region."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return NO_LINE
    if not phonenumbers.is_valid_number(number):
        return NO_LINE
    return frozenset({LINES.get(phonenumbers.number_type(number), TelephoneLine.FIXED)})


def examples(region: str) -> list[phonenumbers.PhoneNumber]:
    kinds = PhoneNumberType.values()
    found = (phonenumbers.example_number_for_type(region, kind) for kind in kinds)
    return [number for number in found if number]


def variations(digits: str, drawn: random.Random) -> list[str]:
    """The digits, and some of which one is another, one more or one less."""
    places = [drawn.randrange(1, len(digits)) for _ in range(DRAWN)]
    other = [digits[:at] + drawn.choice("0123456789") + digits[at + 1 :] for at in places]
    return [digits, *other, digits + drawn.choice("0123456789"), digits[:-1]]


@pytest.mark.parametrize("region", REGIONS)
def test_national_numbers_are_told_as_the_library_tells_them(region: str) -> None:
    drawn = random.Random(region)
    national = phonenumbers.PhoneNumberFormat.NATIONAL
    written = [phonenumbers.format_number(number, national) for number in examples(region)]
    plain = [str(phonenumbers.national_significant_number(number)) for number in examples(region)]
    texts = ["".join(filter(str.isdigit, text)) for text in written]
    tried = [text for digits in [*texts, *plain] for text in variations(digits, drawn)]
    tried += ["0" + text for text in tried if not text.startswith("0")]

    assert len(tried) > 100
    differing = {
        text: (national_lines(text, (region,)), library_lines(text, region))
        for text in tried
        if national_lines(text, (region,)) != library_lines(text, region)
    }
    assert differing == {}


@pytest.mark.parametrize("region", [*REGIONS, *ELSEWHERE])
def test_international_numbers_are_told_as_the_library_tells_them(region: str) -> None:
    drawn = random.Random(region)
    texts = [f"{number.country_code}{phonenumbers.national_significant_number(number)}"
             for number in examples(region)]  # fmt: skip
    tried = [text for digits in texts for text in variations(digits, drawn)]

    differing = [
        text for text in tried if international_lines(text) != library_lines(f"+{text}", None)
    ]
    assert (len(tried) > DRAWN, differing) == (True, [])


def test_a_number_is_that_of_each_region_in_which_it_may_be_dialled() -> None:
    assert national_lines("0401234567", ("FI",)) == {TelephoneLine.MOBILE}
    assert national_lines("0401234567", REGIONS) >= {TelephoneLine.MOBILE}
    assert national_lines("091234567", ("FI", "DE")) == {TelephoneLine.FIXED}
    assert national_lines("091234567", ("FI",), frozenset({TelephoneLine.MOBILE})) == NO_LINE
    assert international_lines("358401234567") == {TelephoneLine.MOBILE}
    assert {international_lines(text) for text in ("999", "0461178032", "")} == {NO_LINE}


def test_a_number_is_tried_in_the_regions_where_its_digits_are_possible(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A hundred thousand codes in a column are not each tried in all of the Union."""
    tried: list[str] = []
    monkeypatch.setattr(telephone_plans, "line_in", lambda region, _number: tried.append(region))
    drawn, codes = random.Random(9), 1_000
    for _ in range(codes):
        national_lines(f"0{drawn.randrange(10**9, 10**10)}", REGIONS, UNGROUPED)

    assert 0 < len(tried) < codes
