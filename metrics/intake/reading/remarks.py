"""Ask about short remarks by which a figure is another one than it seems: `in thousands`, `2024`.

Longer remarks explain a figure: "average 2020-2024 was 30" says nothing against it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, Self

import pandas as pd

from metrics.catalogue.codelists import find_code, fold_spelling
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.cells import cell_address
from metrics.core.tables import (
    FREE,
    MISSING,
    NORMAL,
    NOT_APPLICABLE,
    NOT_COLLECTED,
    OTHER_DEFINITION,
    STATUSES,
    STEP,
)
from metrics.intake.issue_names import IssueName
from metrics.intake.reading.days import year_ending_on
from metrics.intake.reading.figure_words import (
    find_meaning,
    is_answer,
    not_of_one_period,
    since_year,
    stated_status,
    states_correction,
)
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import Layout
from metrics.intake.reading.named_areas import other_areas_named
from metrics.intake.reading.numbers import map_distinct, parse_number
from metrics.intake.reading.partial_figures import WORDS_OF_A_LIMIT, count_words, names_a_part
from metrics.intake.reading.qualifiers import (
    Qualified,
    check_stated_unit,
    names_a_multiplier,
    names_a_unit,
)
from metrics.intake.reading.title_meanings import stated_on_sheet
from metrics.intake.reading.titles import (
    FilledCell,
    ImpliedScope,
    only_period,
    text_about_figures,
)
from metrics.intake.templates import words_meaning

WORDS_ABOUT_A_FIGURE, WORDS_OF_A_MARK = 4, 2
ZERO = "0"
# "none" and "n/a" are spellings of these statuses; as a remark, they mean that there is none.
STATUSES_OF_NO_REMARK = {NORMAL, FREE, MISSING, NOT_APPLICABLE}
# What a remark may be that is a number itself; one with a unit counts something else.
FORMS_OF_A_NUMBER = {
    "number", "percent", "limit", "range", "fraction", "calculation", "estimate", "multiplied",
    "ambiguous",
}  # fmt: skip


@dataclass(frozen=True)
class RemarkedFigure:
    """A figure beside a text, as far as it is known."""

    period: str
    statuses: Mapping[str, str]  # as typed, by their column
    understood: str = ""
    area: str = ""
    component: str = ""
    indicator: Indicator | None = field(default=None, repr=False)


class RemarkedRow(NamedTuple):
    """Columns of the observations on which it depends whether a remark is asked about."""

    remark: str
    indicator: str
    component: str
    area: str
    period: str
    observation_status: str
    observation_status_typed: str
    confidentiality_status_typed: str
    understood: str

    def without_needless_number(self) -> Self:
        """A remark without digits is no number, so that of its row does not matter if not zero."""
        matters = self.understood == ZERO or any(map(str.isdigit, self.remark))
        return self if matters else self._replace(understood="")


def remark_issues(
    observations: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> Iterator[ReadIssue]:
    """An issue at each such remark beside a figure that does not have the status it names."""
    stated = observations[(observations["typed"] != "") & (observations["remark"] != "")]
    cells = stated[[*RemarkedRow._fields]].itertuples(index=False, name=None)
    rows = [RemarkedRow(*row).without_needless_number() for row in cells]
    issues = map_distinct(rows, partial(_issue_of_row, indicators))
    columns = (stated["sheet"], stated["remark_cell"])
    for row, issue, sheet, cell in zip(rows, issues, *columns, strict=True):
        if issue:
            yield ReadIssue(issue, sheet, cell, typed=row.remark)


def _issue_of_row(indicators: Mapping[str, Indicator], row: RemarkedRow) -> IssueName | None:
    if _denies_zero(row):
        return "remark_on_figure"
    figure = RemarkedFigure(
        row.period,
        {
            "observation_status": row.observation_status_typed,
            "confidentiality_status": row.confidentiality_status_typed,
        },
        row.understood,
        row.area,
        row.component,
        indicators.get(row.indicator),
    )
    issue = issue_beside_figure(row.remark, figure)
    is_said = row.component == STEP or row.observation_status == OTHER_DEFINITION
    return None if issue == "remark_on_part" and is_said else issue


def _denies_zero(row: RemarkedRow) -> bool:
    """Whether a remark beside a zero says that nobody has counted: the figure may be missing."""
    is_zero = row.understood == ZERO and row.component != STEP
    words = find_meaning(row.remark, "no_figure") if is_zero else ""
    # One word, such as `unknown`, may be about something else in a longer remark.
    most = WORDS_OF_A_LIMIT if " " in words else WORDS_OF_A_MARK
    return bool(words) and count_words(row.remark) <= most


def issues_beside_values(
    layout: Layout, cells: Iterable[FilledCell], implied: ImpliedScope
) -> Iterator[ReadIssue]:
    """What texts in rows with values, but in no column, say against these values."""
    period = implied.for_tables(layout).period
    texts = [(cell, text) for cell in cells if (text := text_about_figures(cell.value))]
    stated = stated_on_sheet(layout) if texts else {}
    for cell, text in texts:
        if cell.row in stated:
            figure = RemarkedFigure(period, dict.fromkeys(stated[cell.row], text))
            if issue := issue_beside_figure(text, figure):
                address = cell_address(cell.row, cell.column)
                yield ReadIssue(issue, layout.sheet.name, address, typed=text)


def issue_beside_figure(remark: str, figure: RemarkedFigure) -> IssueName | None:
    """What a remark says against a figure, if anything."""
    is_free = not figure.statuses.get("confidentiality_status", "")
    if is_free and find_meaning(remark, "confidential"):
        return "remark_on_figure"
    words = count_words(remark)
    if words <= WORDS_ABOUT_A_FIGURE and _changes_the_figure(remark, figure):
        return "remark_on_figure"
    if words <= WORDS_OF_A_LIMIT and states_correction(remark):
        return "remark_on_figure"
    if names_a_part(remark, figure.period):
        return "remark_on_part"
    is_mark = words <= WORDS_OF_A_MARK and _is_mark_on_figure(remark, figure)
    return "remark_on_figure" if is_mark else None


def _changes_the_figure(remark: str, figure: RemarkedFigure) -> bool:
    if not_of_one_period(remark) or since_year(remark) or names_a_multiplier(remark):
        return True
    if _ends_an_earlier_year(remark, figure.period):
        return True
    lacks_status = not figure.statuses.get("observation_status", "")
    if lacks_status and find_meaning(remark, "not_valid"):
        return True
    column, _, _ = stated_status(remark)
    return bool(column and not figure.statuses.get(column, "")) or _names_a_status(remark, figure)


def _ends_an_earlier_year(remark: str, period: str) -> bool:
    """Whether a remark names the last day of a year before that of the figure, and no other day."""
    year = year_ending_on(remark)
    return "" < year < period[: len(year)]


def _is_mark_on_figure(remark: str, figure: RemarkedFigure) -> bool:
    """Whether a remark is only a period, another State, a status, a limit, a number or a unit."""
    named = only_period(remark)
    if named or figure.component == STEP:
        return named not in {"", figure.period}
    return (
        remark.strip(" ()?") == ""
        or _is_word_for_a_limit(remark)
        or _is_another_number(remark, figure)
        or _names_another_unit(remark, figure)
        or bool(other_areas_named(remark, figure.area))
    )


def _names_a_status(remark: str, figure: RemarkedFigure) -> bool:
    """Whether a remark is the name or letter of a status that the figure does not have.

    `Not recorded` may be about something else, and is put to the sender as a text.
    """
    if means_no_remark(remark):
        return False
    codes = {name: find_code(remark.strip(" .()*"), name) for name in STATUSES}
    return any(
        code and code != NOT_COLLECTED and not figure.statuses.get(name, "")
        for name, code in codes.items()
    )


def means_no_remark(text: str) -> bool:
    """Whether a text is `none`, `n/a` or the name of the status of a figure that is published.

    `no data` and `suppressed` beside a figure contradict it.
    """
    plain = text.strip(" .()*") or text
    for name in STATUSES:
        if (code := find_code(plain, name)) in STATUSES_OF_NO_REMARK:
            return code in {NORMAL, FREE} or " " not in plain
    return False


def _is_word_for_a_limit(remark: str) -> bool:
    """Whether a remark is only the word for a limit or an estimate: `at least`, `ca.`."""
    word = fold_spelling(remark).strip(" .()")
    is_limit = bool(find_code(word, "limit")) or word in words_meaning("about")
    return is_limit and not is_answer(word, "yes")  # ok, which is also short for about


def _is_another_number(remark: str, figure: RemarkedFigure) -> bool:
    number = parse_number(remark)
    is_same = number.form == "number" and number.understood == figure.understood
    return number.form in FORMS_OF_A_NUMBER and not is_same


def _names_another_unit(remark: str, figure: RemarkedFigure) -> bool:
    if figure.indicator is None or not names_a_unit(remark):
        return False
    return check_stated_unit(Qualified(figure.indicator, figure.component, remark)) is not None
