"""The figures of a release that were searched: how many are known, and the latest of the first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.addresses.figure_choices import figure_choices
from dashboard.charts.native_numbers import NO_FIGURE_SIGN, letter_of, limit_of
from dashboard.charts.points import decimals_of_chart
from dashboard.charts.specification import Mark
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.released.explored_figures import code_in_words, find_figures
from dashboard.released.series import AssessedSeries, is_full, read_series
from dashboard.rows_by_key import Record
from dashboard.slides.content import Footnote, SlideContent, SlideKind, SlideRequest
from dashboard.slides.lettered_figures import lettered_figure, mark_of_cell
from dashboard.slides.listed_rows import ListedRows, ListFinding, content_of_rows, rows_listed
from dashboard.slides.words import is_title, latest_rows, letters_footnote, published_by
from dashboard.texts import Text
from dashboard.wording.series_facts import MIDDLE_DOT, NO_FIGURE_KEY, area_name, flags_in_words
from metrics.core.series import parse_codes
from metrics.messages.sentences import as_sentence, with_capital

EXPLORE_PAGE = "/explore"
# By the number of columns before them; the names of parts of years are longer.
PERIODS_OF_A_TABLE, PARTS_OF_YEARS_OF_A_TABLE = {0: 10, 1: 9, 2: 7}, 3
FEWEST_PERIODS = 6
# What makes a series, with the width of its column; a column of one value is said above.
SERIES_COLUMNS = {"indicator": 3.0, "component": 1.8, "series": 2.0, "area": 1.6}
NUMBER_WIDTH = 1.0


@dataclass(frozen=True)
class FoundFigures:
    """All rows that an address asks for."""

    rows: pd.DataFrame
    context: PageContext

    @property
    def text(self) -> Text:
        return self.context.text

    @cached_property
    def keys(self) -> pd.DataFrame:
        """What makes each series, in the order in which the page has them."""
        return self.rows[[*SERIES_COLUMNS]].drop_duplicates()

    @property
    def varying(self) -> list[str]:
        return [name for name in SERIES_COLUMNS if len(self.keys[name].drop_duplicates()) > 1]

    @property
    def first_keys(self) -> pd.DataFrame:
        return self.keys.head(rows_listed(len(self.keys)))

    @cached_property
    def rows_of_keys(self) -> pd.DataFrame:
        """The rows of the first series, with the number of each."""
        first = self.first_keys
        return self.rows.merge(first.assign(number=range(len(first))), on=[*SERIES_COLUMNS])

    @cached_property
    def periods_found(self) -> list[str]:
        """Of the first series, the earliest first."""
        return [*self.rows_of_keys["period"].drop_duplicates().sort_values().astype(str)]

    @cached_property
    def periods(self) -> list[str]:
        """The latest of the first series."""
        latest = self.periods_found[-PERIODS_OF_A_TABLE.get(len(self.varying), FEWEST_PERIODS) :]
        are_years = all(map(is_full, latest))
        return latest if are_years else latest[-PARTS_OF_YEARS_OF_A_TABLE:]

    @cached_property
    def first(self) -> Sequence[AssessedSeries]:
        return [series_of_key(key, self.context) for key in records(self.first_keys)]

    @cached_property
    def rows_of_first(self) -> Sequence[Sequence[Record | None]]:
        """Of each of the first series its row in each period; None where it was not asked for."""
        asked = self.rows_of_keys
        found = set(zip(asked["number"], asked["period"].astype(str), strict=True))
        return [
            [series.row_in(period) if (number, period) in found else None
             for period in self.periods]
            for number, series in enumerate(self.first)
        ]  # fmt: skip

    @property
    def marks(self) -> Iterator[Mark]:
        """What the letters beside figures, and in place of them, mean; a limit is in words.

        Several reasons may share the sign of no figure.
        """
        own = dict.fromkeys(self.marks_of_rows)
        unsigned = [mark.words for mark in own if letter_of(mark) == NO_FIGURE_SIGN]
        if any(lacks_entry(series, period) for series in self.first for period in self.periods):
            unsigned.append(self.text(NO_FIGURE_KEY))
        yield from (mark for mark in own if letter_of(mark) != NO_FIGURE_SIGN)
        if unsigned:
            yield Mark(NO_FIGURE_KEY, ", ".join(dict.fromkeys(unsigned)))

    @property
    def marks_of_rows(self) -> Iterator[Mark]:
        for row in (row for rows in self.rows_of_first for row in rows if row):
            mark = mark_of_cell(row, self.text)
            if mark and not limit_of(mark):
                yield mark

    @property
    def shared(self) -> Iterator[str]:
        """What all series have in common, in words."""
        if len(self.keys):
            first = records(self.keys.head(1))[0]
            yield from (word_of_code(name, first, self.text) for name in SERIES_COLUMNS
                        if name not in self.varying)  # fmt: skip


def series_of_key(key: Record, context: PageContext) -> AssessedSeries:
    codes = parse_codes(str(key["series"]))
    return read_series(context.release, str(key["indicator"]), str(key["area"]), codes,
                       str(key["component"]))  # fmt: skip


def word_of_code(name: str, key: Record, text: Text) -> str:
    code = str(key[name])
    if name == "area":
        return area_name(code, text)
    return code_in_words(name, code, text) or text("explore.total")


def read_figures(request: SlideRequest) -> list[SlideContent]:
    context, text = request.context, request.context.text
    found = FoundFigures(find_figures(context), context)
    title = finding_of_figures(found)
    finding = ListFinding(
        title,
        MIDDLE_DOT.join([text("explore.menu"), *found.shared]),
        (
            periods_left_out(found),
            reasons_beside_title(title, found),
            letters_footnote(flags_in_words(dict.fromkeys(found.marks), text)),
            text("slides.entries"),
            published_by(latest_rows(found.first), text),
        ),
    )
    return [content_of_rows(request, finding, table_of_series(found))]


def periods_left_out(found: FoundFigures) -> Footnote | str:
    """`The newest 6 of 28 periods; the page at the link has the others.`"""
    number, most = len(found.periods_found), len(found.periods)
    if most >= number:
        return ""
    first = found.text.number(most, 0)
    return Footnote(found.text.counted("slides.newest_periods", number, first=first))


def finding_of_figures(found: FoundFigures) -> str:
    """`“victims”, 2025: 4,104 of 4,919 entries have a figure; suppressed: 815`.

    With every reason or, where the title has no room for all, with none.
    """
    text, rows = found.text, found.rows
    known = int(rows["value"].notna().sum())
    what = subject_of(found)
    if rows.empty:
        return text("slides.no_entries", what=what)
    everything = text.number(len(rows), 0)
    first = text.counted("slides.entries_with_figure", known, what=what, all=everything)
    whole = text.listed([first, *absences_counted(found)])
    return whole if is_title(whole) else first


def absences_counted(found: FoundFigures) -> list[str]:
    """`suppressed: 610`: of all entries without a figure, the most frequent reason first."""
    text, rows = found.text, found.rows
    absent = rows.loc[rows["value"].isna(), "flag"].value_counts()
    return [f"{text(str(key))}: {text.number(n, 0)}" for key, n in absent.items() if n]


def reasons_beside_title(title: str, found: FoundFigures) -> Footnote | str:
    """Every reason why entries have no figure, where the title has none."""
    reasons = found.text.listed(absences_counted(found))
    return Footnote(as_sentence(with_capital(reasons))) if reasons and reasons not in title else ""


def subject_of(found: FoundFigures) -> str:
    """The choices of the search; without any, the collection."""
    context, text = found.context, found.text
    view, language = context.view, found.text.language
    goal = context.definitions.goals.get(view.goal)
    framework = context.definitions.frameworks.get(view.framework)
    indicator = code_in_words("indicator", view.indicator, text) if view.indicator else ""
    chosen = [
        framework.name(language) if framework and not goal else "",
        goal.coded_name(language) if goal else "",
        indicator,
        text.code("area", view.area) if view.area else "",
        text.period(view.period) if view.period else "",
        f"“{view.q}”" if view.q else "",
    ]
    return ", ".join(filter(None, chosen)) or context.collection.name(language)


def table_of_series(found: FoundFigures) -> ListedRows:
    """A row for each of the first series, with a column for each of the latest periods."""
    text, names, periods = found.text, found.varying, found.periods
    heads = [*(text(f"explore.{name}") for name in names), *map(text.period, periods)]
    widths = [*(SERIES_COLUMNS[name] for name in names), *[NUMBER_WIDTH] * len(periods)]
    keys = records(found.first_keys)
    rows = [
        [*named_with_unit(names, key, series, text), *figures_in(series, own, found)]
        for key, series, own in zip(keys, found.first, found.rows_of_first, strict=True)
    ]
    return ListedRows(text("explore.title"), heads, rows, widths, len(found.keys), len(names))


def named_with_unit(
    names: Sequence[str], key: Record, series: AssessedSeries, text: Text
) -> list[str]:
    """The unit is printed with the measure, or else beside the first name."""
    words = {name: word_of_code(name, key, text) for name in names}
    beside = "component" if "component" in words else next(iter(words), "")
    unit = text.unit(series.unit)
    if beside and unit not in words[beside]:  # such as that of a rate
        words[beside] = ", ".join(filter(None, [words[beside], unit]))
    return [*words.values()]


def figures_in(
    series: AssessedSeries, rows: Sequence[Record | None], found: FoundFigures
) -> list[str]:
    """`15 p`, `c`: of each period the number with its letter, or the letter for why there is none.

    In one number of decimals; what was not asked for is empty.
    """
    decimals = decimals_of_chart(series, filter(None, rows))
    return [
        lettered_figure(series, row, found.text, decimals)
        if row
        else sign_without_row(series, period)
        for row, period in zip(rows, found.periods, strict=True)
    ]


def sign_without_row(series: AssessedSeries, period: str) -> str:
    """`:` where the release has no row of a period; nothing where it was only not asked for."""
    return NO_FIGURE_SIGN if lacks_entry(series, period) else ""


def lacks_entry(series: AssessedSeries, period: str) -> bool:
    """Whether the release has no row of a period, not even with a reason for no figure."""
    own = (row for row in series.values if row["period"] == period)
    return not any(row["observation_status"] or row["confidentiality_status"] for row in own)


FIGURES_SLIDE = SlideKind(
    "figures", read_figures, paths=(EXPLORE_PAGE,), is_usual=True, choices=figure_choices
)
