"""What is compared, in a chart and in words: for the page that compares, and for pictures."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import product

from dashboard.charts.captions import source_of
from dashboard.charts.comparison import compared_chart, compared_dots, latest_in_words
from dashboard.charts.marks import coverage_note, is_total
from dashboard.charts.notes import caveat_note, publishers_of_rows
from dashboard.charts.specification import Caption, Chart
from dashboard.contents.comparison import MOST_DRAWN, SeriesComparison, early_ends
from dashboard.released.compared_series import STATES_OF_CHANGE, ComparedSeries, ComparisonUnit
from dashboard.released.unclear_changes import (
    FEW_CASES,
    NO_CLEAR_CHANGE,
    UNDECIDED,
    why_unclear,
)
from dashboard.rounding import LARGE
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from dashboard.wording.goal_finding import fits_heading
from metrics.catalogue.denominators import denominator
from metrics.core.tables import EU
from metrics.messages.sentences import as_sentence


class SetAside(StrEnum):
    """Why a series is not drawn beside the others."""

    OTHER_UNIT = "other_unit"
    BREAK = "break"
    DEFINITION = "definition"
    NO_BASE = "no_base"
    NO_FIGURE = "no_figure"


MOST_NAMED = 4  # areas in the heading
# The sentence for each reason why a change is not clear.
UNCLEAR_SINCE_BASE = {
    NO_CLEAR_CHANGE: "compare.since_base_no_clear_change",
    FEW_CASES: "compare.since_base_few_cases",
    UNDECIDED: "compare.since_base_undecided",
}
NameOfArea = Callable[[ComparedSeries, Text], str]


def chart_of_comparison(comparison: SeriesComparison) -> Chart:
    """A line for each series; of more than lines can distinguish, a dot for each in one period."""
    text, caption = comparison.context.text, caption_of_comparison(comparison)
    decimals = decimals_of_comparison(comparison)
    if comparison.is_drawn:
        return compared_chart(comparison.drawn, caption, decimals, text)
    return compared_dots(comparison.drawn, comparison.latest, caption, decimals, text)


def dots_in_words(comparison: SeriesComparison, key: str = "compare.dots") -> Iterator[str]:
    """That only one period is drawn, where there are too many series for lines."""
    text = comparison.context.text
    if not comparison.is_drawn:
        period = text.period(comparison.latest)
        yield text(key, n=text.number(MOST_DRAWN, 0), period=period)


def notes_in_words(comparison: SeriesComparison) -> Iterator[str]:
    """The denominator of rates, who is in the Union's sum, and that the order is no ranking."""
    notes = [*notes_on_all(comparison), *unclear_in_words(comparison)]
    if notes:
        yield " ".join(map(as_sentence, notes))
    if not comparison.second:
        yield comparison.context.text("compare.no_ranking")


def notes_on_all(comparison: SeriesComparison) -> Iterator[str]:
    """The denominator of rates, and which States are in the figures of the Union."""
    text = comparison.context.text
    if comparison.unit is ComparisonUnit.RATE:
        source, spoken = denominator("children"), text.language
        yield text("compare.denominator", name=source.name(spoken), source=source.source(spoken))
    yield from states_of_union(comparison)
    if has_changes_of_same_states(comparison):
        yield text("compare.union_changes")


def states_of_union(comparison: SeriesComparison) -> Iterator[str]:
    """How many States are behind the figures of the Union, or behind its changes."""
    text, drawn = comparison.context.text, comparison.drawn
    if comparison.unit is not ComparisonUnit.CHANGE:
        yield from union_coverage(drawn, text)
    for series in drawn:
        if series.area != EU:
            continue
        if comparison.unit is ComparisonUnit.CHANGE:
            numbers = "; ".join(
                f"{text.period(row['period'])}: {row[STATES_OF_CHANGE]}"
                for row in series.figures
                if is_total(row) and row.get(STATES_OF_CHANGE)
            )
            yield from [text("compare.states_of_changes", numbers=numbers)] if numbers else []
        elif number := states_since_base(series):
            yield text("compare.states_since", base=text.period(series.base), number=number)


def states_since_base(series: ComparedSeries) -> str:
    """The fewest States behind the change since the base year; empty where the table has none."""
    change, last = series.change, series.last
    if change is None or last is None or not is_total(last) or change["period"] == series.base:
        return ""
    return str(change.get("areas_reporting") or "")


def union_coverage(drawn: Sequence[ComparedSeries], text: Text) -> Iterator[str]:
    for series in drawn:
        row = series.last
        if series.area == EU and row is not None and is_total(row):
            period = text.period(row["period"])
            yield f"{text('compare.union')}, {period}: {coverage_note(row, text, 'card.coverage')}"


def unclear_in_words(comparison: SeriesComparison) -> Iterator[str]:
    """`No clear change since 2020: Malta`: whose latest index may be 100, by the reason."""
    text, base = comparison.context.text, comparison.base
    for key, names in names_of_unclear(comparison).items():
        yield text(key, base=text.period(base), areas=", ".join(names))


def unclear_series(comparison: SeriesComparison) -> Iterator[str]:
    """The same, in a sentence for each."""
    text, base = comparison.context.text, comparison.base
    for key, names in names_of_unclear(comparison).items():
        yield from (text(key, base=text.period(base), areas=name) for name in names)


def names_of_unclear(comparison: SeriesComparison) -> Mapping[str, list[str]]:
    """Key of the sentence → the drawn series whose index is not clearly more or less than 100."""
    found: dict[str, list[str]] = {}
    if comparison.unit is not ComparisonUnit.INDEX:
        return found
    for series in comparison.drawn:
        if why := why_unclear(series.change or {}):
            found.setdefault(UNCLEAR_SINCE_BASE[why], []).append(series.name)
    return found


def has_changes_of_same_states(comparison: SeriesComparison) -> bool:
    """Whether the Union's changes are not those between its figures: other States are in each."""
    return comparison.unit is not ComparisonUnit.RATE and any(
        series.area == EU and len(numbers_of_states(series)) > 1 for series in comparison.drawn
    )


def numbers_of_states(series: ComparedSeries) -> set[int]:
    """How many States are in each figure of a total."""
    return {int(row["areas_reporting"]) for row in series.known if is_total(row)}


def comparison_title(comparison: SeriesComparison) -> str:
    """`Victims identified in the ICSE database, per 100,000 children`."""
    text = comparison.context.text
    names = [series.series.title(text) for series in comparison.named_series]
    area = [text.code("area", comparison.areas[0])] if comparison.second else []
    return ", ".join([*names, *area, unit_in_words(comparison)])


def unit_in_words(comparison: SeriesComparison) -> str:
    text = comparison.context.text
    if comparison.unit is ComparisonUnit.INDEX:
        return text("compare.index_of", base=comparison.base)
    code = comparison.named_series[0].unit_code
    if comparison.unit is ComparisonUnit.CHANGE:
        return text("compare.change_in", unit=text.unit(code))
    units = dict.fromkeys(text.unit(series.unit_code) for series in comparison.named_series)
    return " / ".join(units)


def decimals_of_comparison(comparison: SeriesComparison) -> int:
    """One number of decimals for all figures: as elsewhere, else none for counts, or one."""
    usual = [own for series in comparison.drawn if (own := series.usual_decimals) is not None]
    if usual:
        return max(usual)
    values = [abs(row["value"]) for series in comparison.drawn for row in series.known]
    is_counted = comparison.unit is ComparisonUnit.VALUE and all(map(float.is_integer, values))
    return 0 if is_counted or min(values, default=0) >= LARGE else 1


def area_words(area: str, text: Text) -> str:
    """The name of an area; that of the Union without its number of States."""
    return text("compare.union_name") if area == EU else text.code("area", area)


def heading_of_comparison(comparison: SeriesComparison) -> str:
    """The finding; of one indicator, after its name, which a finding about two has itself.

    As many areas are named as there is room for, beside the first one by their codes if need be;
    the shortest heading where none has room.
    """
    if comparison.second:
        return finding_of_comparison(comparison)
    title = comparison.named_series[0].series.title(comparison.context.text)
    headings = [
        f"{title} – {finding_of_comparison(comparison, most_named, name_of)}"
        for most_named, name_of in product(range(MOST_NAMED, 0, -1), (short_name, code_of_area))
    ]
    return next(filter(fits_heading, headings), min(headings, key=len))


def finding_of_comparison(
    comparison: SeriesComparison, most_named: int = MOST_NAMED, name_of: NameOfArea | None = None
) -> str:
    """`Germany: 7.9 per 100,000 children in 2025; France 7.7; EU 11.7; Greece: suppressed`."""
    text, period = comparison.context.text, comparison.latest
    name_of = name_of or short_name
    rows = [(series, row) for series in comparison.drawn for row in series.known
            if row["period"] == period]  # fmt: skip
    if not rows:
        return text("compare.nothing")
    rows.sort(key=lambda pair: pair[0].area == EU)
    decimals = decimals_of_comparison(comparison)
    in_period = {series.key for series, _ in rows}
    elsewhere = [series for series in comparison.drawn
                 if series.last and series.key not in in_period]  # fmt: skip
    if comparison.second:
        return finding_about_two(comparison, rows, elsewhere)
    (first, row), *others = rows
    clause = text(f"compare.finding_{comparison.unit}", area=short_name(first, text),
                  value=value_in_heading(first, row, text, decimals),
                  period=text.period(period), base=comparison.base)  # fmt: skip
    beside = [*(series for series, _ in others), *elsewhere]
    named = [f"{name_of(series, text)} {latest_in_words(series, decimals, text, period)}"
             for series in beside[: most_named - 1]]  # fmt: skip
    unnamed = len(beside) - len(named)
    more = [text.counted("compare.more", unnamed)] if unnamed > 0 else []
    return text.listed([clause, *named, *more, *aside_in_words(comparison, most_named, name_of)])


def finding_about_two(
    comparison: SeriesComparison,
    rows: Sequence[tuple[ComparedSeries, Record]],
    elsewhere: Sequence[ComparedSeries],
) -> str:
    """The latest figures of two indicators in one area; `elsewhere`, of other periods."""
    text, period = comparison.context.text, comparison.latest
    decimals = decimals_of_comparison(comparison)
    figures = [f"{series.name} {value_in_heading(series, row, text, decimals)}"
               for series, row in rows]  # fmt: skip
    figures += [f"{series.name} {latest_in_words(series, decimals, text, period)}"
                for series in elsewhere]  # fmt: skip
    where = area_words(comparison.areas[0], text)
    return text("compare.finding_two", area=where, period=text.period(period),
                figures=text.listed(figures))  # fmt: skip


def aside_in_words(
    comparison: SeriesComparison, most_named: int, name_of: NameOfArea
) -> Iterator[str]:
    """`Greece, Finland: no clear change`: the chosen areas that are not drawn, by reason."""
    text, areas = comparison.context.text, dict[str, list[str]]()
    for series in comparison.set_aside:
        areas.setdefault(short_reason(series, comparison), []).append(name_of(series, text))
    for why, names in areas.items():
        is_named = len(names) <= most_named
        listed = ", ".join(names) if is_named else text.counted("compare.more", len(names))
        yield text("compare.set_aside", areas=listed, why=why)


def short_reason(series: ComparedSeries, comparison: SeriesComparison) -> str:
    """Why a series is not drawn; of one without a figure, why it has none in the newest period."""
    text, cause = comparison.context.text, cause_of_absence(series, comparison)
    if cause is not SetAside.NO_FIGURE:
        return text(f"compare.short_{cause}")
    why = {str(row["period"]): row["why"] for row in series.figures}
    return text(why.get(comparison.latest) or "absent.not_reported")


def short_name(series: ComparedSeries, text: Text) -> str:
    return text("compare.union") if series.area == EU else series.name


def code_of_area(series: ComparedSeries, text: Text) -> str:  # noqa: ARG001 - as `short_name`
    return series.letter


def value_in_heading(series: ComparedSeries, row: Record, text: Text, decimals: int) -> str:
    """The figure with its unit, where the sentence does not name that."""
    if series.unit is ComparisonUnit.VALUE:
        return series.series.format_figure(row, text, decimals, fixed=True)
    if series.unit is ComparisonUnit.CHANGE:
        return (
            f"{series.format(row, text, decimals)}\N{NO-BREAK SPACE}{text.unit(series.unit_code)}"
        )
    return series.format(row, text, decimals)


def caption_of_comparison(comparison: SeriesComparison) -> Caption:
    context, text = comparison.context, comparison.context.text
    indicators = [series.series for series in comparison.named_series]
    notes = (note for series in indicators for note in caveat_note(series, text))
    published = publishers_of_rows((series.last for series in comparison.drawn), text)
    return Caption(comparison_title(comparison), source_of(context, published),
                   subtitle_of_chart(comparison), tuple(notes))  # fmt: skip


def subtitle_of_chart(comparison: SeriesComparison) -> str:
    """`EU, Germany, France · 2020 to 2025`."""
    text, periods = comparison.context.text, comparison.periods
    names = [short_name(series, text) for series in comparison.drawn[:MOST_DRAWN]]
    unnamed = len(comparison.drawn) - len(names)
    more = [text.counted("compare.more", unnamed)] if unnamed else []
    span = text("compare.from_to", first=text.period(periods[0]), last=text.period(periods[-1]))
    return f"{', '.join([*names, *more])} · {span}"


def cause_of_absence(series: ComparedSeries, comparison: SeriesComparison) -> SetAside:
    if series.known and drawn_unit(comparison) not in {"", series.unit_code}:
        return SetAside.OTHER_UNIT
    if series.known and series.breaks:
        return SetAside.BREAK
    if series.known and series.differing:
        return SetAside.DEFINITION
    if series.unit is ComparisonUnit.INDEX and series.series.last_known is not None:
        return SetAside.NO_BASE
    return SetAside.NO_FIGURE


def why_set_aside(series: ComparedSeries, comparison: SeriesComparison) -> str:
    text, cause = comparison.context.text, cause_of_absence(series, comparison)
    words = {
        SetAside.OTHER_UNIT: {"unit": text.unit(series.unit_code)},
        SetAside.BREAK: {"periods": ", ".join(series.breaks)},
        SetAside.DEFINITION: {"periods": ", ".join(series.differing)},
        SetAside.NO_BASE: {"base": comparison.base},
        SetAside.NO_FIGURE: {"why": reasons_of_series(series, text)},
    }[cause]
    key = f"compare.{cause}"
    key = key_of_break(key, series) if cause is SetAside.BREAK else key
    return text(key, area=series.name, **words)


def key_of_break(key: str, series: ComparedSeries) -> str:
    """Another text where changes are given across a break: of the States that have none."""
    return f"{key}_of_some" if series.is_compared_across_breaks else key


def drawn_unit(comparison: SeriesComparison) -> str:
    """The unit of the drawn series; empty of two indicators, which may have one each."""
    if comparison.second or not comparison.drawn:
        return ""
    return comparison.drawn[0].unit_code


def reasons_of_series(series: ComparedSeries, text: Text) -> str:
    """`suppressed (2020, 2021); not available (2022)`."""
    reasons: dict[str, list[str]] = {}
    for row in series.figures:
        reasons.setdefault(text(row["why"] or "absent.not_reported"), []).append(
            text.period(row["period"])
        )
    listed = text.listed(f"{why} ({', '.join(years)})" for why, years in reasons.items())
    return listed or text("absent.not_reported")


def marked_in_words(comparison: SeriesComparison) -> Iterator[str]:
    """Which drawn series break, or are defined otherwise in some years."""
    text = comparison.context.text
    for series in comparison.drawn:
        if series.breaks:
            periods = ", ".join(series.breaks)
            yield text(key_of_break("compare.marked_break", series), area=series.name,
                       periods=periods)  # fmt: skip
        if series.differing:
            periods = ", ".join(series.differing)
            yield text("compare.definition", area=series.name, periods=periods)


def ends_in_words(comparison: SeriesComparison) -> Iterator[str]:
    """`Bulgaria, Hungary: not available for 2025; the line ends in 2024.`"""
    for end, ended in early_ends(comparison).items():
        yield end_in_words(end, [series.name for series in ended], comparison)


def ends_of_series(comparison: SeriesComparison) -> Iterator[str]:
    """The same, in a sentence for each."""
    for end, ended in early_ends(comparison).items():
        yield from (end_in_words(end, [series.name], comparison) for series in ended)


def end_in_words(
    end: tuple[str, str, str], names: Sequence[str], comparison: SeriesComparison
) -> str:
    text, (newest, why, last) = comparison.context.text, end
    return text("compare.ends", areas=", ".join(names), why=text(why),
                period=text.period(newest), last=text.period(last))  # fmt: skip


def difference_of_units(comparison: SeriesComparison) -> str:
    """That two indicators have no common axis."""
    text, (first, second) = comparison.context.text, comparison.drawn
    return text("compare.units_differ", first=first.name, second=second.name,
                unit=text.unit(first.unit_code), other=text.unit(second.unit_code))  # fmt: skip
