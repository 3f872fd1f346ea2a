"""The heading of a comparison, which is its finding, and the caption of its chart."""

from dashboard.charts.captions import source_of
from dashboard.charts.notes import caveat_note
from dashboard.charts.specification import Caption
from dashboard.compared_series import ComparedSeries, ComparisonUnit
from dashboard.comparison import MOST_DRAWN, SeriesComparison
from dashboard.components.comparison.choices import area_words
from dashboard.components.comparison.table import comparison_title, decimals_of_comparison
from dashboard.keyed_rows import Record
from dashboard.texts import Text
from metrics.core.tables import EU

MOST_NAMED = 4  # areas in the heading


def heading_of_comparison(comparison: SeriesComparison) -> str:
    """The finding; of one indicator, after its name, which a finding about two has itself."""
    finding = finding_of_comparison(comparison)
    if comparison.second:
        return finding
    return f"{comparison.named_series[0].series.title(comparison.context.text)} – {finding}"


def finding_of_comparison(comparison: SeriesComparison) -> str:
    """`Germany reported 7.9 per 100,000 children in 2025; France 7.7; EU 11.7`."""
    text, period = comparison.context.text, comparison.latest
    rows = [(series, row) for series in comparison.drawn for row in series.known
            if row["period"] == period]  # fmt: skip
    if not rows:
        return text("compare.nothing")
    rows.sort(key=lambda pair: pair[0].area == EU)
    decimals = decimals_of_comparison(comparison)
    if comparison.second:
        figures = [f"{series.name} {value_in_heading(series, row, text, decimals)}"
                   for series, row in rows]  # fmt: skip
        where = area_words(comparison.areas[0], text)
        return text("compare.finding_two", area=where, period=text.period(period),
                    figures=text.listed(figures))  # fmt: skip
    (first, row), *others = rows
    unit = comparison.unit
    clause = text(f"compare.finding_{unit}", area=short_name(first, text),
                  value=value_in_heading(first, row, text, decimals),
                  period=text.period(period), base=comparison.base)  # fmt: skip
    named = [f"{short_name(series, text)} {series.format(own, text, decimals)}"
             for series, own in others[: MOST_NAMED - 1]]  # fmt: skip
    unnamed = len(others) - len(named)
    more = [text.counted("compare.more", unnamed)] if unnamed > 0 else []
    return text.listed([clause, *named, *more])


def short_name(series: ComparedSeries, text: Text) -> str:
    return text("compare.union") if series.area == EU else series.name


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
    return Caption(comparison_title(comparison), source_of(context),
                   subtitle_of_chart(comparison), tuple(notes))  # fmt: skip


def subtitle_of_chart(comparison: SeriesComparison) -> str:
    """`EU, Germany, France · 2020 to 2025`."""
    text, periods = comparison.context.text, comparison.periods
    names = [short_name(series, text) for series in comparison.drawn[:MOST_DRAWN]]
    unnamed = len(comparison.drawn) - len(names)
    more = [text.counted("compare.more", unnamed)] if unnamed else []
    span = text("compare.from_to", first=text.period(periods[0]), last=text.period(periods[-1]))
    return f"{', '.join([*names, *more])} · {span}"
