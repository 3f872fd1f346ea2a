"""Does the label of a figure quoted from a publication say what the publication says?

Only for collections of published figures, in which every value carries its source; that an address
is one is asked of every collection.
"""

import re
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import pandas as pd

from metrics.core.discover import read_yaml
from metrics.core.tables import NORMAL
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule

WORDS = read_yaml(__package__, "quoted_words.yaml")
ADDRESS = re.compile(r"https?://[^\s/?#()]+\.[^\s/?#().]{2,}([/?#]\S*)?")
LABELS_APART = re.compile(r"[.\-_]")


def _any_of(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _beside_number(words: str) -> str:
    """One of the words before a count, or alone between brackets, commas or semicolons."""
    before_count = rf"(?:{words})\s+(?!\S+\s*(?:{WORDS['no_count']}))\d"
    alone = rf"(?<=[(,;])\s*(?:{words})\s*(?=[),;]|$)"
    return rf"\b{before_count}|{alone}"


BESIDE_NUMBER = [*WORDS["approximate_beside_number"], *WORDS["limit_beside_number"]]
REST_OF_NUMBER = r"(?:(?<=\d)[\d.,\s]*\d)?"
APPROXIMATE_WORDS = _any_of(
    [*WORDS["approximate"], *WORDS["limit"], _beside_number(_any_of(BESIDE_NUMBER))]
)
APPROXIMATE = re.compile(f"(?:{APPROXIMATE_WORDS}){REST_OF_NUMBER}", re.IGNORECASE)
LIMIT = re.compile(
    _any_of([*WORDS["limit"], _beside_number(_any_of(WORDS["limit_beside_number"]))])
    + r"(?P<rest>[\d.,\s]*)",
    re.IGNORECASE,
)
WIDER_SCOPE = re.compile(_any_of(WORDS["wider_scope"]), re.IGNORECASE)
PRIVATE = re.compile(WORDS["private_label"], re.IGNORECASE)
FACT_CHECK = re.compile(WORDS["fact_check"], re.IGNORECASE)


def quoted_values(context: ValidationContext) -> pd.DataFrame:
    """The values of a collection of published figures; no rows of any other collection."""
    cells = context.reading.observations
    is_quoted = context.collection.nature == "published"
    return cells[cells["value"].notna() & is_quoted]


def _words_beside_normal_value(context: ValidationContext, words: re.Pattern[str]) -> pd.DataFrame:
    """Values with the status `A` and a remark in which the words occur."""
    cells = quoted_values(context)
    if cells.empty:
        return cells
    found = [words.search(remark) for remark in cells["remark"]]
    quotes = pd.Series(
        [match[0].strip() if match else "" for match in found], cells.index, dtype="str"
    )
    offends = quotes.ne("") & cells["observation_status"].eq(NORMAL)
    return cells.loc[offends, ["sheet", "cell", "typed"]].assign(words=quotes[offends])


@rule(Severity.ERROR)
def approximate_as_exact(context: ValidationContext) -> pd.DataFrame:
    """The publisher rounds or says "about", and the status says that the value is normal."""
    return _words_beside_normal_value(context, APPROXIMATE)


@rule(Severity.ERROR)
def limit_not_marked(context: ValidationContext) -> pd.DataFrame:
    """The publisher says "more than" or "almost", and the value is given as an exact one."""
    cells = quoted_values(context)
    cells = cells[cells["limit"] == ""]
    if cells.empty:
        return cells
    pairs = zip(cells["remark"], cells["value"], strict=True)
    words = pd.Series([_limit_words(*pair) for pair in pairs], cells.index, dtype="str")
    return cells.loc[words != "", ["sheet", "cell", "typed"]].assign(words=words[words != ""])


def _limit_words(remark: str, value: float) -> str:
    """The words that make the value a limit; a limit of another number does not count."""
    digits = f"{value:.10g}".replace(".", "")
    for found in LIMIT.finditer(remark):
        number = re.sub(r"\D", "", found[0])
        if number in {"", digits}:
            return found[0].strip()
    return ""


@rule(Severity.ERROR)
def wider_scope_as_normal(context: ValidationContext) -> pd.DataFrame:
    """The publisher counts all categories, and the status does not say that definitions differ."""
    return _words_beside_normal_value(context, WIDER_SCOPE)


@rule(Severity.ERROR)
def address_not_understood(context: ValidationContext) -> pd.DataFrame:
    """A source whose address is none, such as `javascript:`, or has a note behind it.

    It applies to every collection, because a release shows addresses to all readers.
    """
    cells = _cited_cells(context.reading.observations)
    return cells[~_map_condition(cells["typed"], _is_address)]


@rule(Severity.ERROR)
def source_not_public(context: ValidationContext) -> pd.DataFrame:
    """A draft, test or staging page, a proxy, or a fact-check page in place of the publisher's."""
    cells = _cited_cells(quoted_values(context))
    return cells[
        _map_condition(cells["typed"], _is_address) & _map_condition(cells["typed"], _is_private)
    ]


def _cited_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """The values that state an address, with the address as what was typed."""
    cells = cells[(cells["address"] != "") & cells["value"].notna()]
    return cells[["sheet", "cell"]].assign(typed=cells["address"])


def _map_condition(addresses: pd.Series, condition: Callable[[str], bool]) -> pd.Series:
    return pd.Series(map(condition, addresses), addresses.index, dtype="bool")


def _is_address(typed: str) -> bool:
    return ADDRESS.fullmatch(typed) is not None


def _is_private(address: str) -> bool:
    """Whether a label of the host or a whole segment of the path names such a page."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    segments = [segment for segment in parts.path.split("/") if segment]
    labels = [*LABELS_APART.split(host), *segments, *_last_words(segments)]
    named = any(PRIVATE.fullmatch(label) for label in labels)
    return named or any(FACT_CHECK.fullmatch(label) for label in [*host.split("."), *segments])


def _last_words(segments: Sequence[str]) -> list[str]:
    """The last word of each segment: `cybertiplinedata-draft` is a draft."""
    return [LABELS_APART.split(segment.removesuffix(".html"))[-1] for segment in segments]
