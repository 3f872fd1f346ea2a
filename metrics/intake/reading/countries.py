"""Parse the name of a country as tables write it: with its code or a mark, twice, in any case."""

import re

from metrics.catalogue.codelists import codelist as listed_codes
from metrics.catalogue.codelists import find_code
from metrics.intake.reading.state_names import find_state

SEPARATOR = re.compile(r"\s*[()\[\]/|,;:–—]\s*|\s+-\s+")
FOOTNOTE_MARK = re.compile(r"(?<=[^\W\d_])\s*(?:\(?[1-9]\)|[*†‡]+|[¹²³⁴-⁹]+)$")
CODE_BEFORE_NAME = re.compile(r"(?P<code>[A-Za-z]{2,3})-(?P<name>.+)")
LETTERS_OF_COUNTRY = 2  # other codes are of groups of countries


def parse_country(text: str, codelist: str) -> str:
    """Parse `Ireland (IE)`, `Ireland 1)` or `the Republic of Ireland` as IE."""
    typed = text.strip()
    if code := find_code(typed, codelist):
        return code
    unmarked = FOOTNOTE_MARK.sub("", typed)
    code = (unmarked != typed and find_code(unmarked, codelist)) or _agreed_code(unmarked, codelist)
    code = code or find_state(unmarked)
    return code if len(code) == LETTERS_OF_COUNTRY and code in listed_codes(codelist) else ""


def _agreed_code(text: str, codelist: str) -> str:
    """The code that all parts of a text mean, or its first or last word and the rest."""
    first, _, after = text.partition(" ")
    before, _, last = text.rpartition(" ")
    code_first = CODE_BEFORE_NAME.fullmatch(text)
    hyphened = code_first.groups() if code_first else ()
    for parts in (SEPARATOR.split(text), (first, after), (before, last), hyphened):
        codes = {find_code(part, codelist) for part in filter(None, parts)}
        if len(codes) == 1 and (code := codes.pop()):
            return code
    return ""
