"""Report comments, page headers and text boxes that may change what the figures are."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from metrics.catalogue.codelists import codelist, fold_spelling
from metrics.catalogue.loader import catalogue
from metrics.core.cells import row_and_column
from metrics.intake.own_texts import NO_OWN_TEXTS, OwnTexts
from metrics.intake.reading.figure_words import (
    draft_words,
    find_meaning,
    not_of_one_period,
    stated_status,
)
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.known_quotations import OMISSION, quote_known_words
from metrics.intake.reading.layout import Layout
from metrics.intake.reading.named_areas import areas_by_name, other_areas_named
from metrics.intake.reading.numbers_with_text import FACTORS, factor_named
from metrics.intake.reading.partial_figures import names_a_limit, names_a_part_of_year
from metrics.intake.reading.qualifiers import names_a_multiplier, names_a_unit
from metrics.intake.reading.remarks import RemarkedFigure, issue_beside_figure
from metrics.intake.reading.title_meanings import DescribedTables, stated_on_sheet
from metrics.intake.reading.titles import (
    LONGEST_TITLE,
    YEAR_APART,
    ImpliedScope,
    only_period,
)
from metrics.intake.templates import fixed_texts
from metrics.intake.workbook import TextFragment, Workbook
from metrics.messages import languages

# Fonts, sizes, colours and fields within a page header of Excel: &"Arial,Bold"&12&P.
HEADER_CODE = re.compile(r'&(?:"[^"&]{0,60}"|K[0-9A-Fa-f]{6}|\d{1,3}|[A-Za-z&])')
# Below it are the findings of an earlier check, in the annotated copy that we sent back.
OUR_MARK = "— empact —"
ADDRESS_ALONE = re.compile(r"https?://\S+|www\.\S+")
TIMES_HUNDRED, TIMES_THOUSAND = "× 100", "× 1000"
NOTHING_KEPT = OMISSION  # in place of a text of which nothing is kept
# The text of a name that refers to no cell.
CONSTANT_TEXT = re.compile(r'=?"([^"]*)"')
SHORT_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{1,2}(?![^\W_])")  # in a name often a code: pl, v
# Moments and identifiers, whose digits are no years.
PROGRAM_TEXT = re.compile(
    r"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[-+]\d\d:\d\d)?)?"
    r"|\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?"
)


def marginal_issues(
    workbook: Workbook, layouts: Sequence[Layout], implied: ImpliedScope
) -> Iterator[ReadIssue]:
    """What is written beside the cells of sheets with figures."""
    for layout in layouts:
        if not layout.tables_of("observations"):
            continue
        here = implied.for_tables(layout)
        for fragment in workbook.text_fragments:
            if fragment.sheet in {layout.sheet.name, ""}:
                yield from _issues_of_text(fragment, layout, here, implied.period)


def _issues_of_text(
    fragment: TextFragment, layout: Layout, implied: ImpliedScope, round_period: str
) -> Iterator[ReadIssue]:
    if fragment.kind in {"header", "drawing"}:
        named = named_otherwise(text_of_margin(fragment), implied)
        if fragment.kind == "drawing":
            described = DescribedTables(layout.tables_of("observations"), implied.period)
            withheld = described.confidentiality_issue(fragment.text)
            named = ", ".join(filter(None, [named, withheld.typed if withheld else ""]))
        if named:
            yield ReadIssue("margin_on_figures", layout.sheet.name, understood=named)
    elif fragment.kind == "comment" and fragment.cell:
        issue = _issue_of_comment(fragment, layout, implied, round_period)
        if issue:
            yield replace(issue, sheet=layout.sheet.name, cell=fragment.cell)


def _issue_of_comment(
    fragment: TextFragment, layout: Layout, implied: ImpliedScope, round_period: str
) -> ReadIssue | None:
    """A comment on a cell of a table, except in the column of remarks, which may have ours.

    On a value it may name an earlier period even where the table names periods.
    """
    text = text_of_comment(fragment)
    row, column = row_and_column(fragment.cell)
    commented = [
        own
        for table in layout.tables
        for own in table.columns
        if own.index == column and table.top <= row < table.last
    ]
    if text and (withheld := _issue_of_withheld(text, row, layout)):
        return withheld
    if not text or {own.role for own in commented} <= {"remark"}:
        return None
    for own in commented:
        if own.role == "value":
            implied = implied._replace(period=own.period or round_period)
    named = named_otherwise(text, implied)
    figure = RemarkedFigure(implied.period or round_period, {}, area=implied.area)
    is_remark = issue_beside_figure(text, figure) is not None
    may_matter = named or is_remark or names_a_limit(text) or names_a_unit(text)
    return ReadIssue("comment_on_figures" if may_matter else "comment_not_read", understood=named)


def text_of_comment(fragment: TextFragment) -> str:
    """What a sender wrote in a comment, without the findings of an earlier check."""
    return fragment.text.partition(OUR_MARK)[0].strip()


def text_of_margin(fragment: TextFragment) -> str:
    """The text of a page header or text box; empty if it has page numbers and the like only."""
    return _without_codes(fragment.text)


def _without_codes(text: str) -> str:
    """A text without the codes of page headers; empty if it says nothing without them."""
    plain = HEADER_CODE.sub(" ", text)
    return plain if plain == NOTHING_KEPT or any(map(str.isalnum, plain)) else ""


def _issue_of_withheld(text: str, row: int, layout: Layout) -> ReadIssue | None:
    """A comment by which the figure of its row, or any of a sheet, must not be published."""
    words = find_meaning(text, "confidential")
    if not words:
        return None
    by_row = stated_on_sheet(layout)
    stated = [by_row[row]] if row in by_row else [*by_row.values()]
    is_answered = any("confidentiality_status" in own for own in stated)
    return None if is_answered else ReadIssue("remark_on_figure", typed=words)


def named_otherwise(text: str, implied: ImpliedScope) -> str:
    """What a text says about figures that their cells do not: `× 1000, 2024, SE, cumulative`."""
    if len(text) > LONGEST_TITLE:
        return ""
    named = [_factor_in_signs(text)] if names_a_multiplier(text) else []
    period = only_period(text) if implied.period else ""
    if period and period < implied.period:
        named.append(period)
    if other := other_areas_named(text, implied.area):
        named.append(other)
    return ", ".join([*named, *_meanings_named(text)])


def _factor_in_signs(text: str) -> str:
    """`× 100` for hundreds; millions are asked about as thousands are."""
    return (
        TIMES_HUNDRED if factor_named(fold_spelling(text)) == FACTORS["hundred"] else TIMES_THOUSAND
    )


def _meanings_named(text: str) -> list[str]:
    """Words by which figures are cumulative, averaged, provisional or estimated.

    Confidential may be a document, and a page header says so of it.
    """
    _, code, words = stated_status(text)
    statuses = [words] if code in codelist("observation_status") else []
    return [*filter(None, (not_of_one_period(text),)), *statuses]


def kept_words(text: str) -> str:
    """Keep of a text beside the cells only the words of our lists.

    Of one without such words stays that there is one: the sender is asked about it.
    """
    return quoted_words(text) or (NOTHING_KEPT if _without_codes(text) else "")


def quoted_words(text: str) -> str:
    """The words of our lists in their order; only what is said about figures if it is lost else."""
    plain = _without_codes(text)
    words, quoted = known_words(plain), quote_known_words(plain)
    return quoted if known_words(quoted) == words else words


def kept_unit(text: str) -> str:
    """The unit that a format shows; for another text, what is kept of any."""
    return text if names_a_unit(text) else kept_words(text)


def kept_hint(text: str, own: OwnTexts = NO_OWN_TEXTS) -> str:
    """What is kept of a text at a cell; nothing of an address, or of our own texts."""
    lines = text.splitlines()
    is_ours = all(
        fold_spelling(line) in _our_texts() or own.includes("prompt", line) for line in lines
    )
    return "" if is_ours or is_address(text) else kept_words(text)


def is_address(text: str) -> bool:
    """Whether a text is a web address, and no more."""
    return ADDRESS_ALONE.fullmatch(fold_spelling(text)) is not None


@cache
def _our_texts() -> frozenset[str]:
    return frozenset(map(fold_spelling, fixed_texts()))


@cache
def _collections() -> frozenset[str]:
    """The codes and names of collections, which our own workbooks have."""
    known = catalogue().collections.values()
    names = (name for own in known for name in (own.code, *map(own.name, languages())))
    return frozenset(map(fold_spelling, names))


def kept_name(text: str) -> str:
    """The words about figures in the name of a range or file, or in a property of the document.

    Other names say nothing about figures: programs give them, and nobody sees them in the sheet.
    """
    if fold_spelling(text) in _collections():
        return ""
    name, _, refers_to = text.partition(" = ")
    constant = CONSTANT_TEXT.fullmatch(refers_to)
    named = f"{name} {constant[1]}" if constant else name
    plain = PROGRAM_TEXT.sub(" ", named).replace("_", " ")
    longer = SHORT_WORD.sub(" ", plain)
    is_part = NOTHING_KEPT in plain or names_a_limit(longer) or names_a_part_of_year(plain)
    return ", ".join(filter(None, [known_words(plain), NOTHING_KEPT if is_part else ""]))


# What stays of each kind of text that the clean copy leaves out, for asking about it once more.
KEPT_WORDS: Mapping[str, Callable[[str], str]] = {
    "header": kept_words,
    "drawing": kept_words,
    "unit": kept_unit,
    "hint": kept_hint,
    "name": kept_name,
    "property": kept_name,
}


def known_words(text: str) -> str:
    """The words about figures in a text, which are of no person."""
    text = _without_codes(text)
    named = [_factor_in_signs(text)] if names_a_multiplier(text) else []
    states = (codelist("area")[code].en for code in sorted(areas_by_name(text)))
    years = YEAR_APART.findall(text)
    withheld = filter(None, [find_meaning(text, "confidential"), draft_words(text)])
    return ", ".join([*named, *years, *states, *_meanings_named(text), *withheld])
