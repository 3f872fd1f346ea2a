"""Ask once about names of sheets and of the file that name another year or State than is sent.

Where tables name neither, `titles.name_issues` asks about each name.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from metrics.catalogue.codelists import member_states
from metrics.intake.issue_names import IssueName
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import Layout
from metrics.intake.reading.named_areas import WORD_OR_NUMBER, other_areas_named
from metrics.intake.reading.titles import ImpliedScope, earlier_year
from metrics.intake.templates import sheet_names
from metrics.intake.workbook import Workbook

NAMES_APART = ", "
CODES_LIKE_WORDS = {"IT", "AT"}


def named_scope_issues(
    workbook: Workbook,
    layouts: Iterable[Layout],
    sent: ImpliedScope,
    collection: str,
    issues: Sequence[ReadIssue],
) -> Iterator[ReadIssue]:
    """One issue for the years, and one for the States, unless another issue asks about a name."""
    tables = [layout.sheet.name for layout in layouts if layout.tables_of("observations")]
    known = sheet_names()
    names = [PurePath(workbook.file).stem, *(name for name in tables if name not in known)]
    asked = {issue.rule for issue in issues}
    if sent.period and "name_with_period" not in asked:
        years = {name: earlier_year(name, sent.period) for name in names}
        yield from _issue_of_names("name_of_other_year", years, sent.period)
    if sent.area and not asked & {"name_with_area", "area_unknown"}:
        states = {name: other_areas_named(name, sent.area, [collection]) for name in names}
        states[names[0]] = states[names[0]] or _code_in(names[0], sent.area)
        yield from _issue_of_names("name_of_other_state", states, sent.area)


def _code_in(name: str, area: str) -> str:
    """The only code of a State among the parts of a file name: `figures_SE_v2`."""
    codes = {part for part in WORD_OR_NUMBER.findall(name) if part in member_states()}
    codes -= CODES_LIKE_WORDS
    return "" if area in codes or len(codes) != 1 else codes.pop()


def _issue_of_names(
    rule: IssueName, understood: dict[str, str], expected: str
) -> Iterator[ReadIssue]:
    others = {name: text for name, text in understood.items() if text}
    if others:
        texts = NAMES_APART.join(dict.fromkeys(others.values()))
        typed = NAMES_APART.join(others)
        yield ReadIssue(rule, typed=typed, understood=texts, expected=expected)
