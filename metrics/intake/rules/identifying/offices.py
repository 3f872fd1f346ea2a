"""Recognise mailboxes, helplines and web sites of offices, which are not of a person."""

import re
from functools import cache

from metrics.catalogue.codelists import LETTERS_OF_WORD, fold_text
from metrics.core.discover import read_yaml
from metrics.intake.rules.identifying.headings import given_names

LONGEST_LOCAL_PART = 64
LONGEST_UNIT = 4
LOCAL_PART = re.compile(r"[\w.+-]+$")


@cache
def office_words(kind: str) -> frozenset[str]:
    return frozenset(map(fold_text, read_yaml(__package__, "offices.yaml")[kind]))


def is_office_mailbox(match: re.Match[str]) -> bool:
    """Whether an e-mail address is that of a task or an office: info@, press@, stat@stat.ee."""
    end = match.start() + 1
    local = LOCAL_PART.search(match.string[max(0, end - LONGEST_LOCAL_PART) : end])
    if local is None:
        return False
    words = LETTERS_OF_WORD.findall(fold_text(local[0]))
    domain = set(LETTERS_OF_WORD.findall(fold_text(match[0][1:])))
    if not words or given_names().intersection(words):
        return False
    is_task = bool(set(words) & office_words("mailbox")) or set(words) <= domain
    return is_task or _is_short_name_of_unit(local[0], match[0])


def _is_short_name_of_unit(local: str, address: str) -> bool:
    """`vsob@ons.gov.uk`: the letters of a unit, at an office whose persons have longer names."""
    is_short = local.isalpha() and len(local) <= LONGEST_UNIT
    return is_short and is_official_host(address.partition("@")[2].lower())


def speaks_of_office(text: str) -> bool:
    """Whether a text names an office or a helpline, and no person beside it."""
    words = set(LETTERS_OF_WORD.findall(fold_text(text)))
    return bool(words & office_words("office")) and not words & given_names()


@cache
def _official_host() -> re.Pattern[str]:
    hosts = "|".join(read_yaml(__package__, "offices.yaml")["hosts"])
    return re.compile(rf"(?:[\w-]+\.)*(?:{hosts})")


def is_official_host(host: str) -> bool:
    """Whether a web address is that of a statistics office, a government or the Union."""
    return bool(_official_host().fullmatch(host[:253]))
