"""Find out whose telephone number digits can be, by the patterns of the phonenumbers library.

The library parses a text for one region at a time, which takes a tenth of a millisecond. Here the
patterns of a region are one, compiled once, so that a million numbers can be tried in all regions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberType
from phonenumbers.phonemetadata import PhoneNumberDesc
from phonenumbers.phonenumberutil import COUNTRY_CODE_TO_REGION_CODE

COUNTRY_CODES = {str(code) for code in COUNTRY_CODE_TO_REGION_CODE}
LONGEST_COUNTRY_CODE = 3
LONGEST_PREFIX = 5  # digits before a national number: of carriers in Luxembourg
NO_REGION = "001"  # of a code that no region has, such as that of satellites


class TelephoneLine(StrEnum):
    """Whom a number leads to: a person, perhaps a person, or an organisation only."""

    MOBILE = "mobile"
    FIXED = "fixed"
    HELPLINE = "helpline"


TelephoneLines = frozenset[TelephoneLine]
NO_LINE: TelephoneLines = frozenset()
ALL_LINES: TelephoneLines = frozenset(TelephoneLine)
LINES = {
    PhoneNumberType.MOBILE: TelephoneLine.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: TelephoneLine.MOBILE,
    PhoneNumberType.TOLL_FREE: TelephoneLine.HELPLINE,
    PhoneNumberType.SHARED_COST: TelephoneLine.HELPLINE,
    PhoneNumberType.PREMIUM_RATE: TelephoneLine.HELPLINE,
    PhoneNumberType.UAN: TelephoneLine.HELPLINE,
}


@dataclass(frozen=True)
class NumberingPlan:
    """How a region writes its numbers, and what line each leads to."""

    general: re.Pattern[str]
    lines: re.Pattern[str]  # the group that matches begins with the name of the line
    national_prefix: re.Pattern[str]
    first_digits: re.Pattern[str] | None  # that tell it from others with its country code
    rewrites: bool  # a prefix is replaced by other digits, which only the library does

    def significant(self, digits: str) -> str:
        """The digits without a national prefix, unless only with it they are a number."""
        prefix = self.national_prefix.match(digits)
        rest = digits[prefix.end() :] if prefix else digits
        if rest is digits or self.general.fullmatch(rest):
            return rest
        return digits if self.general.fullmatch(digits) else rest

    def line(self, number: str) -> TelephoneLine | None:
        match = self.lines.fullmatch(number)
        return TelephoneLine((match.lastgroup or "").partition("_")[0]) if match else None


@cache
def plan_of(region: str) -> NumberingPlan:
    plan = _metadata(region)
    return NumberingPlan(
        re.compile(_form(_general(plan))),
        re.compile(_lines_pattern(plan)),
        re.compile(plan.national_prefix_for_parsing or ""),
        re.compile(plan.leading_digits) if plan.leading_digits else None,
        bool(plan.national_prefix_transform_rule),
    )


def _metadata(region: str) -> PhoneMetadata:
    plan = PhoneMetadata.metadata_for_region(region)
    if plan is None:
        raise ValueError(f"{region!r} has no numbering plan")
    return plan


def _general(plan: PhoneMetadata) -> PhoneNumberDesc:
    if plan.general_desc is None:
        raise ValueError(f"the numbering plan of {plan.id!r} has no general form")
    return plan.general_desc


def _form(description: PhoneNumberDesc | None) -> str:
    """The pattern of a kind of number with its possible lengths; one without pattern is none."""
    if description is None or not description.national_number_pattern:
        return r"(?!)"
    lengths = "|".join(rf"\d{{{length}}}\Z" for length in description.possible_length)
    return rf"(?={lengths})(?:{description.national_number_pattern})"


def _lines_pattern(plan: PhoneMetadata) -> str:
    known = "|".join(
        rf"(?P<{line}_{number}>{_form(described)}\Z)"
        for number, (line, described) in enumerate(_described_lines(plan))
    )
    return rf"(?={_form(_general(plan))}\Z)(?:{known})"


def _described_lines(plan: PhoneMetadata) -> Iterator[tuple[TelephoneLine, PhoneNumberDesc | None]]:
    """The kinds of number in the order in which the library tries them."""
    yield TelephoneLine.HELPLINE, plan.premium_rate
    yield TelephoneLine.HELPLINE, plan.toll_free
    yield TelephoneLine.HELPLINE, plan.shared_cost
    yield TelephoneLine.FIXED, plan.voip
    yield TelephoneLine.FIXED, plan.personal_number
    yield TelephoneLine.FIXED, plan.pager
    yield TelephoneLine.HELPLINE, plan.uan
    yield TelephoneLine.FIXED, plan.voicemail
    yield (
        TelephoneLine.MOBILE,
        plan.fixed_line if plan.same_mobile_and_fixed_line_pattern else plan.mobile,
    )
    yield TelephoneLine.FIXED, plan.fixed_line


def national_lines(
    digits: str, regions: tuple[str, ...], wanted: TelephoneLines = ALL_LINES
) -> TelephoneLines:
    """Find the kinds of line that the digits reach when they are dialled within the regions."""
    found: set[TelephoneLine] = set()
    anywhere, in_region = _possible_forms(regions, wanted, len(digits))
    for region, form in in_region.items() if anywhere.fullmatch(digits) else ():
        if form.fullmatch(digits):
            line = line_in(region, plan_of(region).significant(digits))
            found |= {line} if line else set()
            if line is TelephoneLine.MOBILE:  # no other line makes a difference
                break
    return frozenset(found & wanted)


@cache
def _possible_forms(
    regions: tuple[str, ...], wanted: TelephoneLines, length: int
) -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """Compile the numbers of a length into one pattern for all regions, and one for each.

    Forms of other lengths are left out, so that digits that fit none fail at the first one.
    """
    forms = {region: "|".join(_forms_of_length(region, wanted, length)) for region in regions}
    possible = {region: re.compile(form) for region, form in forms.items() if form}
    return re.compile("|".join(filter(None, forms.values())) or "(?!)"), possible


def _forms_of_length(region: str, wanted: TelephoneLines, length: int) -> Iterator[str]:
    prefix = plan_of(region).national_prefix.pattern
    for sharing in regions_with_code_of(region):
        plan = _metadata(sharing)
        for line, described in _described_lines(plan):
            if line in wanted and described and described.national_number_pattern:
                lengths = described.possible_length or _general(plan).possible_length
                if length in lengths:
                    yield f"(?:{described.national_number_pattern})"
                if prefix and any(0 < length - known <= LONGEST_PREFIX for known in lengths):
                    yield f"(?:{prefix})(?:{described.national_number_pattern})"


def international_lines(digits: str) -> TelephoneLines:
    """The line that digits which begin with a country code lead to."""
    codes = (digits[:length] for length in range(1, LONGEST_COUNTRY_CODE + 1))
    code = next((code for code in codes if code in COUNTRY_CODES), "")
    if not code:
        return NO_LINE
    region = phonenumbers.region_code_for_country_code(int(code))
    if region == NO_REGION or plan_of(region).rewrites:
        return _parsed_lines(f"+{digits}")
    line = line_in(region, plan_of(region).significant(digits[len(code) :]))
    return frozenset({line}) if line else NO_LINE


def line_in(region: str, number: str) -> TelephoneLine | None:
    """The line of a number in the region, or in one with the same country code."""
    for sharing in regions_with_code_of(region):
        plan = plan_of(sharing)
        line = plan.line(number)
        if plan.first_digits.match(number) if plan.first_digits else line:
            return line
    return None


@cache
def regions_with_code_of(region: str) -> tuple[str, ...]:
    code: int = phonenumbers.country_code_for_region(region)
    return tuple(COUNTRY_CODE_TO_REGION_CODE[code])


def _parsed_lines(text: str) -> TelephoneLines:
    """What the library says about a number that needs more than patterns."""
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return NO_LINE
    if not phonenumbers.is_valid_number(number):
        return NO_LINE
    return frozenset({LINES.get(phonenumbers.number_type(number), TelephoneLine.FIXED)})
