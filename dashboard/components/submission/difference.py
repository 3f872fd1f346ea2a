"""Every value as it was read, and what it changes, shown before confirmation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
from dash import html

from dashboard.components.layout import attributes, page_link
from dashboard.components.paging import page_number
from dashboard.components.series_pickers import part_title
from dashboard.components.tables import Cell, stacked_table
from dashboard.data import records
from dashboard.intake import desk
from dashboard.released.series import component_name, step_name
from dashboard.rounding import compare
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.codelists.units import PER_CENT
from metrics.catalogue.loader import catalogue
from metrics.catalogue.materiality import materiality
from metrics.core.series import format_series
from metrics.core.tables import BREAKDOWNS, STATUSES, STEP, TOTAL, VALUE
from metrics.intake.finding_texts import with_decimal_mark
from metrics.intake.formats import file_formats
from metrics.submissions.desk import Examination, Outcome
from metrics.submissions.stated_attributes import attributes_before, attributes_in_words
from metrics.submissions.vintages import (
    CHANGED,
    CHANGES,
    NEW,
    UNCHANGED,
    count_changes,
    decimals_of_change,
)

ROWS_OF_A_PAGE = 100
COLUMNS_OF_NEW = ("place", "observation", "typed", "understood", "statuses")
EVERY = "all"  # the choice of every kind of change
SUBMISSION_PATH = "/submit"
NUMBER_OF_CELL = r"-?[0-9]+\.[0-9]+"  # as `cell_text` writes it
WITHOUT_NAME = {"", "NUMBER"}  # units that say nothing beside a number


def difference_card(examination: Examination, view: View, text: Text) -> Iterator[html.Section]:
    if examination.difference is not None and examination.outcome is Outcome.ACCEPTED:
        body = [*change_summary(examination, examination.difference, view, text)]
        title = html.H2(text("submit.difference"))
        anchor = values_anchor(examination.digest)
        yield html.Section([title, *body], id=anchor, className="card as-read")


def values_anchor(digest: str) -> str:
    """The anchor of the values of a file; once it is confirmed, of the way to its receipt."""
    return f"values-{digest[:8]}"


def change_summary(
    examination: Examination, changes: pd.DataFrame, view: View, text: Text
) -> Iterator[Any]:
    yield html.P(text(compared_with(examination)))
    kind = view.change if view.change in {*CHANGES, EVERY} else default_kind(changes)
    yield kind_links(changes, kind, view, text)
    chosen = changes if kind == EVERY else changes[changes["change"] == kind]
    yield from sheet_links(chosen, view, text)
    if view.sheet in set(chosen["sheet"]):
        chosen = chosen[chosen["sheet"] == view.sheet]
    if len(chosen):
        yield from paged_table(as_displayed(chosen, examination.format, text), view, text)


def as_displayed(rows: pd.DataFrame, file_format: str, text: Text) -> pd.DataFrame:
    """Decimal numbers in cells with the mark that a sheet displays; a file of text has its own."""
    if file_format in {known.name for known in file_formats() if known.stored_as == "text"}:
        return rows
    typed = rows["typed"].mask(
        rows["typed"].str.fullmatch(NUMBER_OF_CELL),
        [with_decimal_mark(own, text.language) for own in rows["typed"]],
    )
    return rows.assign(typed=typed)


def compared_with(examination: Examination) -> str:
    """The key of the words that say with what the values are compared, or why with nothing."""
    if examination.replaces is not None:
        return "submit.compared"
    is_first = desk().store.is_new or not desk().ledger.vintages(examination.submission_key)
    return "submit.first" if is_first else "submit.first_after_withdrawal"


def default_kind(changes: pd.DataFrame) -> str:
    """What was changed, if few of many values were; otherwise every value."""
    counts = count_changes(changes)
    return CHANGED if counts[CHANGED] and counts[UNCHANGED] > ROWS_OF_A_PAGE else EVERY


def kind_links(changes: pd.DataFrame, chosen: str, view: View, text: Text) -> html.Ul:
    """How many values there are of each kind of change, each a link to these values."""
    counts = {EVERY: len(changes), **count_changes(changes)}
    return html.Ul(
        [
            html.Li(
                choice_link(
                    [html.Strong(text.number(count, 0)), text(f"submit.{kind}")],
                    view.link(SUBMISSION_PATH, change=kind, sheet="", page=""),
                    is_chosen=kind == chosen,
                )
            )
            for kind, count in counts.items()
            if count or kind in CHANGES
        ],
        className="differences",
    )


def choice_link(words: Cell, address: str, *, is_chosen: bool) -> Any:  # noqa: ANN401
    if is_chosen:  # a link still, so that it keeps the focus
        marked = attributes(aria_current="true")
        return html.A(words, href=address, className="current", **marked)
    return page_link(words, href=address)


def sheet_links(rows: pd.DataFrame, view: View, text: Text) -> Iterator[html.Div]:
    """Links to the values of one sheet, where there are several."""
    counts = rows.groupby("sheet", sort=False).size()
    if len(counts) < 2:  # noqa: PLR2004
        return
    sheets = {"": text("submit.all_sheets"), **{name: name for name in counts.index}}
    chosen = view.sheet if view.sheet in sheets else ""
    links = [
        choice_link(
            f"{name} ({text.number(int(counts[code]), 0)})" if code else name,
            view.link(SUBMISSION_PATH, sheet=code, page=""),
            is_chosen=code == chosen,
        )
        for code, name in sheets.items()
    ]
    yield choice_row(text("submit.sheet"), links)


def choice_row(label: str, links: Sequence[Any]) -> html.Div:
    return html.Div(
        [html.Span(label, className="switch-label"), *links],
        className="switch",
        role="group",
        **attributes(aria_label=label),
    )


def rows_caption(first: int, last: int, total: int, text: Text) -> str:
    """`Values 1–100 of 250`."""
    numbers = {"first": first, "last": last, "of": total}
    caption = {name: text.number(number, 0) for name, number in numbers.items()}
    return text("submit.difference_caption", **caption)


def paged_table(rows: pd.DataFrame, view: View, text: Text) -> Iterator[Any]:
    """A page of the values; links to the others where they are many."""
    pages = -(-len(rows) // ROWS_OF_A_PAGE)
    page = page_number(view.page, pages)
    first = (page - 1) * ROWS_OF_A_PAGE
    part = rows.iloc[first : first + ROWS_OF_A_PAGE]
    yield values_table(part, rows_caption(first + 1, first + len(part), len(rows), text), text)
    if pages > 1:
        links = [
            choice_link(
                text.number(number, 0),
                view.link(SUBMISSION_PATH, page=str(number)),
                is_chosen=number == page,
            )
            for number in range(1, pages + 1)
        ]
        yield choice_row(text("submit.page"), links)


def values_table(rows: pd.DataFrame, caption: str, text: Text) -> html.Div:
    """Each value as typed and as understood, and as it was before where any was reported."""
    are_new = (rows["change"] == NEW).all()
    keys = COLUMNS_OF_NEW if are_new else (*COLUMNS_OF_NEW, "before", "change")
    columns = [text(f"submit.{key}") for key in keys]
    cells = [difference_row(row, text)[: len(keys)] for row in records(rows)]
    return stacked_table(caption, columns, cells, numeric=[2, 3] if are_new else [2, 3, 5])


def difference_row(row: Mapping[str, Any], text: Text) -> list[Cell]:
    kind = text(f"submit.kind.{row['change']}")
    is_changed = row["change"] == CHANGED
    return [
        f"{row['sheet']}!{row['cell']}" if row["sheet"] else row["cell"],
        observation_name(row, text),
        html.Code(row["typed"]) if row["typed"] else "–",
        value_or_status(row, text),
        separate_lines(
            filter(None, [status_names(row, text), *attributes_in_words(row, text.language)])
        ),
        stated_before(row, text),
        [kind, html.Br(), change_in_words(row, text)] if is_changed else kind,
    ]


def stated_before(row: Mapping[str, Any], text: Text) -> Cell:
    """The value before, and the statuses, the date and the reference that are others now."""
    before, value = status_names(row, text, "previous_"), value_or_status(row, text, "previous_")
    is_other = before not in {status_names(row, text), value}
    statuses = before if is_other else ""
    return separate_lines(filter(None, [value, statuses, *attributes_before(row, text.language)]))


def change_in_words(row: Mapping[str, Any], text: Text) -> str:
    """The change in its unit and in per cent; percentages change by points, small counts by one."""
    if pd.isna(row["value"]) or pd.isna(row["previous_value"]):
        return "–"
    found, unit = compare(row["value"], row["previous_value"]), unit_of_row(row)
    if found.difference == 0 or row["component"] == STEP:
        return "–"
    sign = "+" if found.difference > 0 else ""
    if unit == PER_CENT or abs(row["previous_value"]) < materiality().smallest_base:
        if unit in WITHOUT_NAME:
            return sign + text.number(found.difference, found.decimals)
        return sign + text.difference(found.difference, unit, found.decimals)
    percent = text.signed(row["change_percent"], decimals_of_change(row["change_percent"]))
    return f"{text.signed(found.difference, found.decimals)} ({percent}\N{NO-BREAK SPACE}%)"


def unit_of_row(row: Mapping[str, Any]) -> str:
    """The unit that the indicator had in the period of the row."""
    indicator = catalogue().indicators.get(row["indicator"])
    unit = indicator.unit_in(str(row.get("period", ""))) if indicator else ""
    return unit_of_component(row["component"], unit)


def observation_name(row: Mapping[str, Any], text: Text) -> Cell:
    """The indicator, the part of it, and the code by which the row of the workbook is known."""
    names = names_of_observation(row, text)
    if row["indicator"] in names:
        return html.Code(f"{row['indicator']} {row['period']}")
    series = format_series(row["indicator"], row["component"], row)
    return separate_lines([*names, html.Code(f"{series} {row['period']}")])


def names_of_observation(row: Mapping[str, Any], text: Text) -> Sequence[str]:
    """The names of the indicator and of the part of it; the code of an unknown indicator."""
    indicator = catalogue().indicators.get(row["indicator"])
    if indicator is None:
        return [row["indicator"]]
    parts = [component_name(indicator, row["component"], text)] if row["component"] != VALUE else []
    codes = {by: row[by] for by in BREAKDOWNS if row[by] != TOTAL}
    parts += [part_title(codes, text)] if codes else []
    # A component may have the name of its indicator.
    return [*dict.fromkeys([indicator.name(text.language), *parts])]


def separate_lines(lines: Iterable[Any]) -> list[Any]:
    return [part for line in lines for part in (line, html.Br())][:-1]


def status_names(row: Mapping[str, Any], text: Text, prefix: str = "") -> str:
    """`Normal value; Free for publication`."""
    codes = {name: row.get(f"{prefix}{name}") for name in STATUSES}
    return text.listed(
        text.code(name, code) for name, code in codes.items() if isinstance(code, str) and code
    )


def value_or_status(row: Mapping[str, Any], text: Text, prefix: str = "") -> str:
    """A value in full, with its unit, or the status that says why there is none."""
    value, status = row[f"{prefix}value"], row[f"{prefix}observation_status"]
    if pd.isna(value):
        is_stated = isinstance(status, str) and status
        return text.code("observation_status", str(status)) if is_stated else "–"
    indicator = catalogue().indicators.get(row["indicator"])
    if indicator and row["component"] == STEP:
        return step_name(indicator, value, text)
    decimals, unit = decimals_of_all(value), unit_of_row(row)
    if unit in WITHOUT_NAME:
        return text.number(value, decimals)
    return text.quantity(value, unit, decimals)


def decimals_of_all(value: float) -> int:
    """How many decimals show a value as it is."""
    return max(0, -int(Decimal(repr(value)).normalize().as_tuple().exponent))
