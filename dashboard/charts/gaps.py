"""The gap between the assessed value and its path, and the yearly condition below the axis."""

from collections.abc import Collection, Iterable, Sequence

from dashboard.charts.marks import is_total
from dashboard.charts.specification import ChartLine, Gap, Strip, Tick
from dashboard.data import Release
from dashboard.released.growth import agreed_growth, released_growth
from dashboard.released.printed_gaps import PrintedGap, printed_gap
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import compare_with_path
from dashboard.released.unclear_changes import UNCLEAR_SIGN, why_unclear
from dashboard.rounding import compare
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.catalogue.codelists.units import PER_CENT
from metrics.catalogue.definitions.targets import GrowthPerYear, LevelByDate
from metrics.core.period import ReferencePeriod


def gap_of(series: AssessedSeries, rows: Sequence[Record], text: Text) -> Gap | None:
    """The gap at the last assessed period; none where no change is clear."""
    gap = printed_gap(series)
    if gap is None or not gap.gap:
        return None
    verdict = gap.assessment.verdict
    if verdict.period not in {row["period"] for row in rows}:
        return None
    at = ReferencePeriod.parse(verdict.period).midpoint
    value, expected = verdict.value or 0.0, verdict.expected_value or 0.0
    return Gap(at, value, expected, gap_name(gap, text), expected_label(series, text))


def expected_label(series: AssessedSeries, text: Text) -> str:
    """The number that a rising or falling path reaches in the assessed period."""
    official = series.official
    is_sloped = official and isinstance(official.asked, GrowthPerYear | LevelByDate)
    if official is None or not is_sloped:
        return ""
    value, expected = official.verdict.value or 0.0, official.verdict.expected_value or 0.0
    found = compare_with_path(series, value, expected)
    return text.number(expected, found.decimals, fixed=found.is_fixed)


def gap_name(gap: PrintedGap, text: Text) -> str:
    """`Gap −1,125 (−11 %)`, `Since 2020: +6.6 pp`, `1 step short`."""
    if gap.is_of_step:
        return gap.written(text)
    if not gap.start:
        return text("chart.gap", gap=gap.written(text))
    key = "chart.since_comparable" if gap.assessment.is_backcast else "chart.since"
    return text(key, gap=gap.written(text), period=text.period(gap.start))


def growth_strip(
    series: AssessedSeries, release: Release | None, periods: Collection[str], text: Text
) -> Strip | None:
    """The released change of each period beside the growth wanted; None for other rules."""
    target = agreed_growth(series)
    changes = [row for row in released_growth(series, release) if row["period"] in periods]
    if target is None or not changes:
        return None
    entries = tuple(
        Tick(ReferencePeriod.parse(period).midpoint, words)
        for period, words in printed_growth(changes, text).items()
    )
    sign = "≥" if target.percent >= 0 else "≤"
    wanted = f"{sign} {text.quantity(target.percent, PER_CENT)}"
    name = growth_name(changes, text)
    caption = text("chart.growth_below", name=name)
    return Strip(name, entries, Tick(entries[-1].at + 1, wanted), caption)


def growth_name(changes: Sequence[Record], text: Text) -> str:
    """The growth of a total is that of the States whose figures of both years are comparable."""
    return text("chart.growth_same" if any(map(is_total, changes)) else "chart.growth")


def uses_unclear_sign(lines: Iterable[ChartLine], growth: Strip | None) -> bool:
    """Whether a number of a chart has the sign of a change that is not clear."""
    numbers = [point.number for line in lines for point in line.points]
    entries = [tick.label for tick in growth.entries] if growth else []
    return any(UNCLEAR_SIGN in number for number in (*numbers, *entries))


def printed_growth(changes: Sequence[Record], text: Text) -> dict[str, str]:
    """Period → `+12.5 %`, `+9.0 %≈` where it is not clear: in one number of decimals."""
    decimals = max((compare(float(row["value"]), 0).decimals for row in changes), default=0)
    return {str(row["period"]): printed_change(row, text, decimals) for row in changes}


def printed_change(row: Record, text: Text, decimals: int) -> str:
    value = float(row["value"])
    sign = "+" if value > 0 else ""
    number = text.quantity(value, PER_CENT, decimals, fixed=True)
    words = text.limited(sign + number, row.get("limit"))
    return f"{words}{UNCLEAR_SIGN}" if why_unclear(row) else words
