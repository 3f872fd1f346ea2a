"""Find contact details: e-mail, telephone, network and web addresses."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import pandas as pd
import phonenumbers

from metrics.catalogue.codelists import member_states
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.identifying.headings import is_announced
from metrics.intake.rules.identifying.places import (
    PERSONAL_PAGE,
    REFERENCES,
    find_in_file_name,
    find_matches,
    locate_texts,
    workbook_texts,
)

# The phonenumbers library calls Greece GR.
REGIONS = tuple({"EL": "GR"}.get(state, state) for state in member_states())

AT_SIGN = r"(?:@|\s?[\[({]\s?(?:at|ät)\s?[\])}]\s?)"
EMAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}+{AT_SIGN}[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+", re.IGNORECASE
)

# +358 40 123 4567, 00358401234567
INTERNATIONAL = re.compile(r"(?<![\w+])(?:\+|00)[1-9](?:[ ()./-]{0,2}\d){6,14}(?!\d)")
# 040 123 4567, (09) 123 456, 0171/1234567, 01.23.45.67.89: a trunk 0 and groups
NATIONAL = re.compile(
    r"(?<![\w.,+/-])(?:\(0\d{1,4}\)[ ]?|0\d{1,4}[ /-]?|0\d(?=(?:\.\d\d){4}))"
    r"\d(?:[ .-]?\d){4,10}(?![\w/-])"
)
SHORT_DATE = re.compile(r"\d{1,2}[.-]\s?\d{1,2}[.-]\s?\d{2,4}")
ANNOUNCED_DIGITS = re.compile(r"(?<![\w.,])\(?\d(?:[ ()./-]{0,2}\d){6,14}(?!\w)")
MOBILE = (
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
)

OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
IPV4 = re.compile(rf"(?<![\w.]){OCTET}(?:\.{OCTET}){{3}}(?!\.?\w)")
# 1.2.3.4 may be the number of a section, or the version of a program.
SECTION = re.compile(
    r"(version|release|section|chapter|article|paragraph|annex|point|kohta|luku|liite|§|v)\W{0,2}$",
    re.IGNORECASE,
)
LARGEST_SECTION = 31
FEWEST_GROUPS = 3
IPV6 = re.compile(r"(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE)
MAC = re.compile(
    r"(?<![\w:-])(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])"
    r"|(?<![\w.])(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}(?![\w.])",
    re.IGNORECASE,
)

SCHEME = r"(?:https?|hxxps?|ftp|tor|magnet|ipfs)(?::|\[:\])//?\S+"
OTHER_DOMAINS = (
    "gr", "eu", "com", "org", "net", "info", "biz", "onion", "gov", "edu", "io", "ru", "xyz",
    "online", "site", "top",
)  # fmt: skip
DOMAINS = "|".join([*(state.lower() for state in member_states()), *OTHER_DOMAINS])
HOST_NAME = r"(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?(?:\.|\[\.\]))+"
WEB = re.compile(
    rf"{SCHEME}|(?<![\w@.-])(?:www\.\S+\.\S+|{HOST_NAME}(?:{DOMAINS})(?![\w@-]|\.\w)(?:/\S*)?)"
)


@rule(Severity.ERROR)
def email_address(case: ValidationContext) -> pd.DataFrame:
    return pd.concat([find_matches(case, EMAIL), find_in_file_name(case, EMAIL)], ignore_index=True)


@rule(Severity.ERROR)
def phone_number(case: ValidationContext) -> pd.DataFrame:
    own = {"EL": "GR"}.get(case.reading.area, case.reading.area)
    regions = [own] if own in REGIONS else list(REGIONS)
    texts = workbook_texts(case.reading.workbook)
    hits = texts.with_match(INTERNATIONAL, lambda match: is_phone_number(match[0], REGIONS[:1]))
    hits |= texts.with_match(NATIONAL, lambda match: is_national_phone_number(match[0], regions))
    hits |= texts.with_match(
        ANNOUNCED_DIGITS,
        lambda match: is_announced("phone", match) and is_phone_number(match[0], REGIONS),
    )
    return locate_texts(case, hits)


def is_phone_number(text: str, regions: "tuple[str, ...] | list[str]") -> bool:
    return any(_parse_phone_number(text, region) is not None for region in regions)


def is_national_phone_number(text: str, regions: list[str]) -> bool:
    """Whether digits are a phone number; ungrouped ones only if they are a mobile number."""
    if SHORT_DATE.fullmatch(text) or text.startswith("00"):
        return False
    valid = [number for region in regions if (number := _parse_phone_number(text, region))]
    grouped = not text.isdigit()
    return any(grouped or phonenumbers.number_type(number) in MOBILE for number in valid)


def _parse_phone_number(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


@rule(Severity.ERROR)
def ip_address(case: ValidationContext) -> pd.DataFrame:
    texts = workbook_texts(case.reading.workbook)
    hits = texts.with_match(IPV4, _is_ipv4) | texts.with_match(IPV6, _is_ipv6)
    return locate_texts(case, hits)


def _is_ipv4(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 12) : match.start()]
    return (
        not SECTION.search(before)
        and not _is_section_number(match)
        and _is_address_of(IPv4Address, match[0])
    )


def _is_section_number(match: re.Match[str]) -> bool:
    """Recognise the heading `1.2.3.4 Trainings held`: small numbers first, then words."""
    first = match.string[max(0, match.start() - 1) : match.start()] in {"", "\0"}
    titled = re.match(r"\s[^\W\d]", match.string[match.end() : match.end() + 2])
    return first and bool(titled) and max(map(int, match[0].split("."))) <= LARGEST_SECTION


def _is_ipv6(match: re.Match[str]) -> bool:
    groups = [group for group in match[0].split(":") if group]
    return (
        len(groups) >= FEWEST_GROUPS
        and any(group.isdigit() for group in groups)
        and _is_address_of(IPv6Address, match[0])
    )


def _is_address_of(kind: "type[IPv4Address | IPv6Address]", text: str) -> bool:
    try:
        kind(text)
    except AddressValueError:
        return False
    return True


@rule(Severity.ERROR)
def mac_address(case: ValidationContext) -> pd.DataFrame:
    return find_matches(case, MAC)


@rule(Severity.ERROR)
def web_address(case: ValidationContext) -> pd.DataFrame:
    """Web addresses outside the columns for references to publications."""
    hits = workbook_texts(case.reading.workbook).with_match(
        WEB, lambda match: not _follows_at_sign(match)
    )
    return locate_texts(case, {text for text in hits if text.strip() not in cited_texts(case)})


def cited_texts(case: ValidationContext) -> set[str]:
    """The texts in the columns for references, with or without `https://`."""
    cells = case.reading.observations
    texts = {text.strip() for name in REFERENCES for text in cells[name].unique()}
    return {text for text in texts if not PERSONAL_PAGE.search(text)}


def _follows_at_sign(match: re.Match[str]) -> bool:
    return match.string[max(0, match.start() - 1) : match.start()] == "@"
