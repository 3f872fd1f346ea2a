"""Find web addresses that are no reference to a publication, or may be none."""

import re
from collections.abc import Callable, Iterator

import pandas as pd

from metrics.catalogue.codelists import fold_spelling, member_states
from metrics.core.cells import cell_address
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.identifying.contact import DOT
from metrics.intake.rules.identifying.headings import heading_kinds, is_announced
from metrics.intake.rules.identifying.normalisation import normalise_text
from metrics.intake.rules.identifying.offices import is_official_host
from metrics.intake.rules.identifying.places import (
    PERSONAL_PAGE,
    PLACE_COLUMNS,
    REFERENCES,
    locate_with_text,
    workbook_texts,
)
from metrics.intake.templates import headings

OTHER_DOMAINS = (
    "gr", "eu", "com", "org", "net", "info", "biz", "onion", "gov", "edu", "io", "ru", "xyz",
    "online", "site", "top",
)  # fmt: skip
DOMAINS = "|".join([*(state.lower() for state in member_states()), *OTHER_DOMAINS])
SCHEME = r"(?:[Hh][Tt][Tt][Pp][Ss]?|[Ff][Tt][Pp][Ss]?|tor|ipfs)://?|magnet:"
REST = r"[^\s<>\"]*"
WEB_ADDRESS = re.compile(
    rf"(?P<scheme>{SCHEME})[^\s<>\"]{REST}"
    rf"|(?<![\w@.-])(?P<host>(?:www|WWW)\.[\w-]{REST}"
    rf"|[a-z0-9][a-z0-9.-]{{0,252}}\.(?:{DOMAINS})(?![\w@-]|\.\w)(?:/{REST})?)"
)
# What every address has, disguised or not, so that other texts need not be rewritten.
HINT = re.compile(
    rf"://|:/|\[:\]|magnet:|[Ww][Ww][Ww]{DOT}|[\w-]{DOT}(?:{DOMAINS})(?![\w@-])|[hH][xX]{{2}}[pP]"
)
DISGUISED_DOT = re.compile(DOT.replace(r"(?:\.|", "(?:", 1))
DISGUISED_SCHEME = re.compile(r"hxxp(s?)(?:\[:\]|:)", re.IGNORECASE)
DISGUISED_COLON = re.compile(r" ?\[:\] ?")
PLAIN_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
PUBLICATION = re.compile(
    r"statisti|tilasto|estadist|estad%C3%ADst|estatist|statystyk|census|methodolog|metadata|dataset",
    re.IGNORECASE,
)
CLOSING = ".,;:)]}'\""
# An address that a publication can have: with the name of a host that is on no hidden network.
ORDINARY = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)+(?!onion\b)[a-z]{2,24}(?::\d+)?(?:[/?#].*)?", re.IGNORECASE
)
# Where anybody stores files, such as unlawful material.
STORES_OF_FILES = re.compile(
    r"(?:^|[/.])(?:anonfiles|bunkr|catbox|cyberdrop|dropbox|gofile|imgur|mediafire|mega|pastebin"
    r"|rapidgator|wetransfer|(?:drive|docs|photos)\.google)\.\w",
    re.IGNORECASE,
)
LONGEST_DISTANCE_TO_ADDRESS = 80


@rule(Severity.ERROR)
def web_address(context: ValidationContext) -> pd.DataFrame:
    """Web addresses of persons, and those that no publication has."""
    return _places_of_addresses(context, _is_refused)


@rule(Severity.WARNING)
def web_address_in_doubt(context: ValidationContext) -> pd.DataFrame:
    """Other web addresses that are neither of an office nor named as a source."""
    return _places_of_addresses(context, _is_in_doubt)


def _places_of_addresses(context: ValidationContext, is_hit: Callable[[str], bool]) -> pd.DataFrame:
    """The places of such texts outside the columns for references to publications."""
    texts = workbook_texts(context.reading.workbook).only(HINT).distinct
    cited = cited_texts(context)
    hits = {text for text in texts if text not in cited and is_hit(text)}
    places = locate_with_text(context, hits)
    # Addresses of other parts are left out of the copy that is kept; a person's page is refused.
    of_person = places["text"].map(lambda text: bool(PERSONAL_PAGE.search(text))).astype(bool)
    places = places[(places["where"] != "part") | of_person]
    sourced = _cells_for_sources(context) if hits else set()
    cells = zip(places["sheet"], places["cell"], places["text"], strict=True)
    unwanted = [
        (sheet, cell) not in sourced or not PLAIN_ADDRESS.fullmatch(text)
        for sheet, cell, text in cells
    ]
    return places.loc[unwanted, PLACE_COLUMNS].reset_index(drop=True)


def cited_texts(context: ValidationContext) -> set[str]:
    """The texts in the columns for references, with or without `https://`."""
    cells = context.reading.observations
    texts = {text for name in REFERENCES for text in cells[name].unique()}
    return {normalise_text(text) for text in texts if not PERSONAL_PAGE.search(text)}


def _is_in_doubt(text: str) -> bool:
    return any(_unwanted_addresses(text)) and not _is_refused(text)


def _is_refused(text: str) -> bool:
    """Whether an address of a text is disguised, of a person, or such as no publication has."""
    for address in _unwanted_addresses(text):
        plain = address.rstrip(CLOSING)
        is_ordinary = address in text and ORDINARY.fullmatch(plain)
        if not is_ordinary or PERSONAL_PAGE.search(plain) or STORES_OF_FILES.search(plain):
            return True
    return False


def _unwanted_addresses(text: str) -> Iterator[str]:
    """The web addresses of a text that are neither official nor named as a source."""
    plain = DISGUISED_SCHEME.sub(r"http\1:", DISGUISED_COLON.sub(":", text))
    plain = DISGUISED_DOT.sub(".", plain)
    for match in WEB_ADDRESS.finditer(plain):
        if plain != text or not _is_publication(match):
            yield match[0]


def _is_publication(match: re.Match[str]) -> bool:
    address = match[0].rstrip(CLOSING)
    if PERSONAL_PAGE.search(address):
        return False
    host = re.sub(r"^[A-Za-z]{2,6}://?", "", address).partition("/")[0].partition(":")[0].lower()
    is_source = is_announced("source", match, LONGEST_DISTANCE_TO_ADDRESS)
    is_source |= bool(PUBLICATION.search(address))
    return is_official_host(host) or (is_source and not host.endswith(".onion"))


def _cells_for_sources(context: ValidationContext) -> set[tuple[str, str]]:
    """On sheets without figures, the cells after or below a heading such as Source or Website.

    The address to which our own workbook must be sent follows its label.
    """
    read = {*context.reading.observations["sheet"], *context.reading.actions["sheet"]}
    return {
        (sheet.name, cell)
        for sheet in context.reading.workbook.sheets
        if sheet.name not in read
        for cell in _sourced_cells(sheet.rows)
    }


def _sourced_cells(rows: list[list[object]]) -> Iterator[str]:
    headed: set[int] = set()
    for number, row in enumerate(rows):
        announced = False
        for column, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if "source" in heading_kinds(cell):
                announced = True
                headed.add(column)
            elif headings("labels").get(fold_spelling(str(cell))) == "send_to":
                announced = True
            elif (announced or column in headed) and not PERSONAL_PAGE.search(str(cell)):
                yield cell_address(number, column)
