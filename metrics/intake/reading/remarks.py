"""Ask about short remarks by which a figure is another one than it seems: `in thousands`, `2024`.

Longer remarks explain a figure: "average 2020-2024 was 30" says nothing against it.
"""

from collections.abc import Iterator

import pandas as pd

from metrics.catalogue.codelists import LETTERS_OF_WORD
from metrics.intake.reading.figure_words import not_of_one_period, since_year, stated_status
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.qualifiers import names_a_multiplier
from metrics.intake.reading.titles import only_period

WORDS_ABOUT_A_FIGURE, WORDS_BESIDE_A_PERIOD = 4, 2


def remark_issues(observations: pd.DataFrame) -> Iterator[ReadIssue]:
    """An issue at each such remark beside a figure that does not have the status it names."""
    stated = observations[(observations["typed"] != "") & (observations["remark"] != "")]
    names = [
        "remark", "period", "observation_status_typed", "confidentiality_status_typed", "sheet",
        "remark_cell",
    ]  # fmt: skip
    for remark, period, *statuses, sheet, cell in stated[names].itertuples(index=False, name=None):
        typed = dict(zip(("observation_status", "confidentiality_status"), statuses, strict=True))
        if _changes_the_figure(remark, period, typed):
            yield ReadIssue("remark_on_figure", sheet, cell, typed=remark)


def _changes_the_figure(remark: str, period: str, statuses: dict[str, str]) -> bool:
    words = len(LETTERS_OF_WORD.findall(remark))
    if words > WORDS_ABOUT_A_FIGURE:
        return False
    named = only_period(remark) if words <= WORDS_BESIDE_A_PERIOD else ""
    if named not in {"", period} or not_of_one_period(remark) or since_year(remark):
        return True
    column, _, _ = stated_status(remark)
    return names_a_multiplier(remark) or bool(column and not statuses[column])
