"""A withdrawal: a vintage without a file of its sender, with the withdrawn figures and a reason.

It is in the archive like any other vintage, so that the ledger can be rebuilt from it.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import pandas as pd

from metrics.core.errors import SubmissionError
from metrics.core.keys import is_among
from metrics.core.series import format_series, parse_series
from metrics.core.tables import BREAKDOWNS, KEY, TOTAL
from metrics.intake.rules.identifying.months import DAY_IN_WORDS, names_month

WITHDRAWAL_SUFFIX = "withdrawal"
LETTERS_OF_A_REASON = 8  # of a reason


# Words with digits that are no figures: codes such as `GA-1`, years, acts such as `2011/93/EU`.
NO_FIGURE = re.compile(r"[^\W\d].*|(?:19|20)\d\d(?:[/–-].*)?")
DAY_IN_DIGITS = re.compile(r"\b\d{1,2}(?:\.\s?\d{1,2}\.\s?|[./-]\d{1,2}[./-])(?:19|20)\d\d\b")


class ReasonMissingError(SubmissionError):
    """A withdrawal without a reason in words."""


def refuse_numbers(reason: str) -> None:
    """SubmissionError for a number in a reason, which is published where the figure is missing."""
    without_days = DAY_IN_WORDS.sub(drop_day, DAY_IN_DIGITS.sub("", reason))
    words = (word.strip("(),.;:!?“”\"'«»") for word in without_days.split())
    for word in words:
        if any(map(str.isdigit, word)) and not NO_FIGURE.fullmatch(word):
            raise SubmissionError("number_in_reason", number=word)


def drop_day(found: re.Match[str]) -> str:
    """Nothing in place of `3 March 2026`; `12 victims 2026` as it is."""
    return "" if names_month(found) else found[0]


@dataclass(frozen=True)
class Withdrawal:
    """What is withdrawn of a vintage: the figures by name, or all if none is named."""

    vintage: str
    reason: str
    figures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if sum(map(str.isalpha, self.reason)) < LETTERS_OF_A_REASON:
            raise ReasonMissingError("no_reason", reason=self.reason)

    @property
    def is_whole(self) -> bool:
        return not self.figures

    def write(self, path: Path) -> None:
        content = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        path.write_text(content + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        content = json.loads(path.read_text(encoding="utf-8"))
        return cls(content["vintage"], content["reason"], tuple(content["figures"]))

    def drop_figures(self, observations: pd.DataFrame) -> pd.DataFrame:
        """The observations without those that are withdrawn; their figures may be named once."""
        withdrawn = pd.DataFrame([parse_figure(name) for name in self.figures], columns=[*KEY])
        return observations[~is_among(observations, withdrawn, KEY)]


def name_figures(observations: pd.DataFrame) -> list[str]:
    """`ICSE_VICTIMS[sex=F] FI 2025` for each observation."""
    rows = (
        dict(zip(KEY, codes, strict=True)) for codes in observations[[*KEY]].itertuples(index=False)
    )
    return [
        f"{format_series(row['indicator'], row['component'], row)} {row['area']} {row['period']}"
        for row in rows
    ]


def parse_figure(name: str) -> dict[str, str]:
    """The key of a figure that `name_figures` has named; SubmissionError for any other text."""
    try:
        written, area, period = name.strip().rsplit(" ", 2)
        series = parse_series(written)
    except ValueError as error:
        raise SubmissionError("no_figure", figure=name) from error
    key = {
        **dict.fromkeys(BREAKDOWNS, TOTAL),
        **series.codes,
        "indicator": series.indicator,
        "component": series.component,
        "area": area,
        "period": period,
    }
    return {column: key[column] for column in KEY}


def remaining_parts(names: Iterable[str], observations: pd.DataFrame) -> list[str]:
    """The figures that stay in force and are parts of those that are named."""
    named = {*names}
    totals = observations[[name in named for name in name_figures(observations)]]
    found = pd.Series(data=False, index=observations.index)
    for total in totals[[*KEY]].to_dict("records"):
        is_part = pd.Series(data=True, index=observations.index)
        for column in (column for column in KEY if total[column] != TOTAL):
            is_part &= observations[column] == total[column]
        found |= is_part
    return [name for name in name_figures(observations[found]) if name not in named]


def refuse_unknown_figures(names: Iterable[str], observations: pd.DataFrame) -> None:
    """SubmissionError for the first name that is not among the observations."""
    known = {tuple(row) for row in observations[[*KEY]].itertuples(index=False)}
    for name in names:
        if tuple(parse_figure(name).values()) not in known:
            raise SubmissionError("figure_unknown", figure=name)
