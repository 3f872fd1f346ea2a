"""Ask about short remarks by which a figure is another one than it seems: `in thousands`, `2024`.

Longer remarks explain a figure: "average 2020-2024 was 30" says nothing against it.
"""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from metrics.catalogue.codelists import LETTERS_OF_WORD
from metrics.core.cells import cell_address
from metrics.core.tables import STEP
from metrics.intake.issue_names import IssueName
from metrics.intake.reading.figure_words import not_of_one_period, since_year, stated_status
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import Layout
from metrics.intake.reading.partial_figures import names_a_part
from metrics.intake.reading.qualifiers import names_a_multiplier
from metrics.intake.reading.title_meanings import stated_beside_values
from metrics.intake.reading.titles import FilledCell, ImpliedScope, only_period, title_text

WORDS_ABOUT_A_FIGURE, WORDS_BESIDE_A_PERIOD = 4, 2
OTHER_DEFINITION = "D"  # the status of a figure that covers less, or more, than is asked for


def remark_issues(observations: pd.DataFrame) -> Iterator[ReadIssue]:
    """An issue at each such remark beside a figure that does not have the status it names."""
    stated = observations[(observations["typed"] != "") & (observations["remark"] != "")]
    names = [
        "remark", "component", "period", "observation_status", "observation_status_typed",
        "confidentiality_status_typed", "sheet", "remark_cell",
    ]  # fmt: skip
    rows = stated[names].itertuples(index=False, name=None)
    for remark, component, period, status, *statuses, sheet, cell in rows:
        typed = dict(zip(("observation_status", "confidentiality_status"), statuses, strict=True))
        issue = issue_beside_figure(remark, period, typed)
        is_said = component == STEP or status == OTHER_DEFINITION
        if issue and not (issue == "remark_on_part" and is_said):
            yield ReadIssue(issue, sheet, cell, typed=remark)


def issues_beside_values(
    layout: Layout, cells: Iterable[FilledCell], implied: ImpliedScope
) -> Iterator[ReadIssue]:
    """What texts in rows with values, but in no column, say against these values."""
    period = implied.for_tables(layout).period
    stated: dict[int, set[str]] = {}
    for table in layout.tables_of("observations"):
        stated |= stated_beside_values(table)
    for cell in cells:
        text = title_text(cell.value)
        if text and cell.row in stated:
            typed = dict.fromkeys(stated[cell.row], text)
            if issue := issue_beside_figure(text, period, typed):
                address = cell_address(cell.row, cell.column)
                yield ReadIssue(issue, layout.sheet.name, address, typed=text)


def issue_beside_figure(remark: str, period: str, statuses: Mapping[str, str]) -> IssueName | None:
    """What a remark says against the figure of a period with these statuses, if anything."""
    if _changes_the_figure(remark, period, statuses):
        return "remark_on_figure"
    return "remark_on_part" if names_a_part(remark, period) else None


def _changes_the_figure(remark: str, period: str, statuses: Mapping[str, str]) -> bool:
    words = len(LETTERS_OF_WORD.findall(remark))
    if words > WORDS_ABOUT_A_FIGURE:
        return False
    named = only_period(remark) if words <= WORDS_BESIDE_A_PERIOD else ""
    if named not in {"", period} or not_of_one_period(remark) or since_year(remark):
        return True
    column, _, _ = stated_status(remark)
    return names_a_multiplier(remark) or bool(column and not statuses.get(column, ""))
