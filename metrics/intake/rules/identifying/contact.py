"""Find contact details: e-mail, telephone and network addresses."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from string import ascii_uppercase

import pandas as pd

from metrics.catalogue.codelists import member_states
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import remember_result, rule
from metrics.intake.rules.identifying.headings import is_announced
from metrics.intake.rules.identifying.labels import find_labelled
from metrics.intake.rules.identifying.neighbours import among_other_numbers
from metrics.intake.rules.identifying.offices import is_office_mailbox, speaks_of_office
from metrics.intake.rules.identifying.places import (
    PLACE_COLUMNS,
    find_matches,
    locate_texts,
    locate_with_text,
    searchable_text,
    workbook_texts,
)
from metrics.intake.rules.identifying.telephone_plans import (
    ALL_LINES,
    NO_LINE,
    TelephoneLine,
    TelephoneLines,
    international_lines,
    national_lines,
)

# The phonenumbers library calls Greece GR.
REGIONS = tuple({"EL": "GR"}.get(state, state) for state in member_states())

# Disguises: anna (at) example [dot] org.
AT_SIGN = r"(?: ?@ ?|%40|&#0{0,3}64;| ?[\[({<*] ?(?:at|ät|a|@|arroba|malpa|zavinac) ?[\])}>*] ?)"
DOT = r"(?:\.| \. | ?[\[({<*] ?(?:\.|dot|piste|punkt|point|punto|ponto|tecka|kropka) ?[\])}>*] ?)"
DOMAIN = rf"(?:[\w-]{{1,63}}{DOT}){{1,8}}[^\W\d_]{{2,24}}(?!\w)"
SPOKEN_EMAIL = r"[\w+-] at [\w-]{1,63}(?: dot [\w-]{1,63}){1,4}(?!\w)"
EMAIL = re.compile(rf"[\w.+\"-]{AT_SIGN}{DOMAIN}|{SPOKEN_EMAIL}", re.IGNORECASE)

# +358 40 123 4567, 00358401234567
INTERNATIONAL = re.compile(r"(?<![\w+])(?<!\d[.,])(?:\+|00)[1-9](?:[ ()./*-]{0,2}\d){6,14}(?!\d)")
# 040 123 4567, (09) 123 456, 0171/1234567, 01.23.45.67.89: a trunk 0 and groups
NATIONAL = re.compile(
    r"(?<![\w.,+/-])(?:\(0\d{1,4}\)[ ]?|0\d{1,4}[ /-]?|0\d(?=(?:\.\d\d){4}))"
    r"\d(?:[ .-]?\d){4,10}(?![\w/-])"
)
SHORT_DATE = re.compile(r"\d{1,2}[. -]\s?\d{1,2}[. -]\s?\d{2,4}")
ANNOUNCED_DIGITS = re.compile(r"(?<![\w.,])\(?\d(?:[ ()./-]{0,2}\d){6,14}(?!\w)")
DIALLED = re.compile(r"\(?\d[\d ()./-]{5,22}\d")
COUNTRY_CODE = re.compile(r"(?:\+|00)\d{1,3} ?$")
LineFinder = Callable[[re.Match[str]], TelephoneLines]
UNGROUPED = ALL_LINES - {
    TelephoneLine.FIXED
}  # in one piece, a fixed line cannot be distinguished from a code
ROWS_OF_CONTACT = 3

OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
IPV4 = re.compile(rf"(?<![\w.]){OCTET}(?:{DOT}{OCTET}){{3}}(?!\.?\w)", re.IGNORECASE)
LARGEST_CODE = 99  # of one part of a code or of the number of a section: 10.71.1.2
LONGEST_DISTANCE_TO_CODE = 25
MOST_BRACKETS = 3  # and spaces, before the number of a section
FEWEST_GROUPS = 3
IPV6 = re.compile(r"(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE)
MAC = re.compile(
    r"(?<![\w:-])(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])"
    r"|(?<![\w.])(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}(?![\w.])",
    re.IGNORECASE,
)


@rule(Severity.ERROR)
def email_address(context: ValidationContext) -> pd.DataFrame:
    """An e-mail address that is not the mailbox of an office."""
    return find_matches(context, EMAIL, lambda match: not is_office_mailbox(match))


@rule(Severity.ERROR)
def phone_number(context: ValidationContext) -> pd.DataFrame:
    """A telephone number that is not that of an office or a helpline."""
    personal, _ = _phone_places(context)
    return personal


@rule(Severity.WARNING)
def office_contact(context: ValidationContext) -> pd.DataFrame:
    """The mailbox of an office, or a helpline: not of a person, but seldom meant to be sent."""
    _, of_offices = _phone_places(context)
    mailboxes = find_matches(context, EMAIL, is_office_mailbox)
    return pd.concat([mailboxes, of_offices], ignore_index=True).drop_duplicates()


@remember_result
def _phone_places(context: ValidationContext) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The places of telephone numbers of persons, and of those of offices."""
    mobile, fixed, helplines = _texts_with_phone(context)
    places = locate_with_text(context, mobile | fixed | helplines)
    places = places[~among_other_numbers(context, places)]
    contacts = _cells_near_mailboxes(context) if len(places) else set()
    of_office = [
        text not in mobile
        and (text not in fixed or speaks_of_office(text) or (sheet, row_of(cell)) in contacts)
        for sheet, cell, text in zip(places["sheet"], places["cell"], places["text"], strict=True)
    ]
    is_office = pd.Series(of_office, places.index, dtype="bool")
    return places.loc[~is_office, PLACE_COLUMNS], places.loc[is_office, PLACE_COLUMNS]


def _texts_with_phone(context: ValidationContext) -> tuple[set[str], set[str], set[str]]:
    """The texts with a mobile number, with another, and with that of a helpline."""
    own = {"EL": "GR"}.get(context.reading.area, context.reading.area)
    regions = (own,) if own in REGIONS else REGIONS
    finders: tuple[tuple[re.Pattern[str], LineFinder], ...] = (
        (INTERNATIONAL, lambda match: international_lines(_after_access_code(match[0]))),
        (NATIONAL, lambda match: _national_lines(match[0], regions)),
        (ANNOUNCED_DIGITS, _announced_lines),
    )
    texts = workbook_texts(context.reading.workbook)
    found: dict[TelephoneLine, set[str]] = {line: set() for line in TelephoneLine}
    for pattern, find_lines in finders:
        texts.with_match(pattern, partial(_sort_text, find_lines=find_lines, found=found))
    for labelled in find_labelled(context.reading.workbook, "phone"):
        text = texts.plain(searchable_text(labelled.value))
        lines = national_lines(_digits(text), REGIONS) if DIALLED.fullmatch(text) else NO_LINE
        if lines:
            found[_likeliest_line(lines)].add(text)
    return found[TelephoneLine.MOBILE], found[TelephoneLine.FIXED], found[TelephoneLine.HELPLINE]


def _sort_text(
    match: re.Match[str], find_lines: LineFinder, found: Mapping[TelephoneLine, set[str]]
) -> bool:
    """Put the text of a match among those with a number of its kind; look at every match."""
    if lines := find_lines(match):
        line = _likeliest_line(lines)
        if line is not TelephoneLine.FIXED or not _numbers_label(match):
            found[line].add(match.string)
    return False


def _likeliest_line(lines: TelephoneLines) -> TelephoneLine:
    """The line that says most of a person, of those that a number leads to in some region."""
    return next(line for line in TelephoneLine if line in lines)


def _numbers_label(match: re.Match[str]) -> bool:
    """Whether a code begins the text and its name follows: 09111010 010 Kruununhaka."""
    return match.start() == 0 and bool(re.match(r" ?[^\W\d_]", match.string[match.end() :][:2]))


def _cells_near_mailboxes(context: ValidationContext) -> set[tuple[str, int]]:
    """The rows around the mailboxes of offices: the contact block of a sheet of notes."""
    mailboxes = find_matches(context, EMAIL, is_office_mailbox)
    cells = mailboxes[mailboxes["where"] == "cell"]
    return {
        (sheet, row_of(cell) + distance)
        for sheet, cell in zip(cells["sheet"], cells["cell"], strict=True)
        for distance in range(-ROWS_OF_CONTACT, ROWS_OF_CONTACT + 1)
    }


def row_of(cell: str) -> int:
    return int(cell.lstrip(ascii_uppercase) or 0)


def _national_lines(text: str, regions: tuple[str, ...]) -> TelephoneLines:
    """The lines that digits with a trunk prefix lead to; no fixed one if they are ungrouped."""
    if SHORT_DATE.fullmatch(text) or text.startswith("00"):
        return NO_LINE
    return national_lines(_digits(text), regions, UNGROUPED if text.isdigit() else ALL_LINES)


def _announced_lines(match: re.Match[str]) -> TelephoneLines:
    country = COUNTRY_CODE.search(match.string[max(0, match.start() - 6) : match.start()])
    if country or not is_announced("phone", match):
        return NO_LINE
    if match[0].startswith("00"):
        return international_lines(_after_access_code(match[0]))
    return national_lines(_digits(match[0]), REGIONS)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _after_access_code(text: str) -> str:
    return _digits(text).removeprefix("00") if text.startswith("00") else _digits(text)


@rule(Severity.ERROR)
def ip_address(context: ValidationContext) -> pd.DataFrame:
    texts = workbook_texts(context.reading.workbook)
    hits = texts.with_match(IPV4, _is_ipv4) | texts.with_match(IPV6, _is_ipv6)
    return locate_texts(context, hits)


def _is_ipv4(match: re.Match[str]) -> bool:
    octets = [int(octet) for octet in re.findall(r"\d+", match[0])]
    is_address = _is_address_of(IPv4Address, ".".join(re.findall(r"\d+", match[0])))
    return is_address and (is_announced("network", match) or not _is_code(match, octets))


def _is_code(match: re.Match[str], octets: Sequence[int]) -> bool:
    """Recognise the code of a classification, the number of a section, or a version."""
    is_named = is_announced("numbered", match, LONGEST_DISTANCE_TO_CODE)
    is_small = max(octets) <= LARGEST_CODE and 0 not in octets
    text, end = match.string, match.end()
    # Of a long text, only the first characters are looked at for each match.
    is_first = match.start() <= MOST_BRACKETS and not text[: match.start()].strip(" ([")
    is_heading = is_first and bool(re.match(r" [^\W\d]", text[end : end + 2]))
    is_alone = is_first and len(text) <= end + MOST_BRACKETS and text.strip() == match[0]
    return is_named or (is_small and (is_heading or is_alone))


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
def mac_address(context: ValidationContext) -> pd.DataFrame:
    return find_matches(context, MAC)
