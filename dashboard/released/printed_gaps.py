"""The released gap of a series, or its change since the start, as it is printed everywhere."""

from dataclasses import dataclass
from decimal import Decimal

from dashboard.released.assessed_values import assessed_row, compared_values
from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import is_change_unclear
from dashboard.rounding import Comparison
from dashboard.texts import Text
from metrics.catalogue.codelists.units import PER_CENT
from metrics.core.tables import STEP
from metrics.core.verdicts import Status

LEAST_WHOLE = 10  # per cent: smaller relative gaps have a decimal


@dataclass(frozen=True)
class PrintedGap:
    """The gap to what was agreed, of which plus is better; of a direction, the change instead.

    A change since the start has its own sign.
    """

    assessment: Assessment
    compared: Comparison
    gap: float  # as released
    unit: str
    is_of_step: bool

    @property
    def start(self) -> str:
        """The period since which it is a change; empty of a gap."""
        is_change = self.assessment.is_compared_with_start
        return self.assessment.verdict.baseline_period if is_change else ""

    @property
    def number(self) -> Decimal:
        return self.compared.difference if self.start else self.compared.gap(self.gap)

    def alone(self, text: Text) -> str:
        """`−1,125`, `+6.6`, `1 step short`."""
        if self.is_of_step:
            return steps_in_words(self.gap, text)
        return text.signed(self.number, self.compared.decimals, fixed=self.compared.is_fixed)

    def relative(self, text: Text) -> str:
        """`−11 %`; empty where no level was agreed, or the release has no relative gap."""
        gap = self.assessment.relative_gap
        if gap is None or not self.assessment.has_level:
            return ""
        sign = "+" if gap > 0 else ""
        decimals = 0 if abs(gap) >= LEAST_WHOLE else 1
        return sign + text.quantity(gap, PER_CENT, decimals)

    def written(self, text: Text) -> str:
        """`−1,125 (−11 %)`, `+6.6 pp`: of shares in points; the figure has any other unit."""
        number, relative = self.alone(text), self.relative(text)
        in_unit = text("state.points", n=number) if self.unit == PER_CENT else number
        return f"{in_unit} ({relative})" if relative else in_unit


def printed_gap(series: AssessedSeries, assessment: Assessment | None = None) -> PrintedGap | None:
    """Of the official assessment by default.

    None without a status, beside a limit, and where a change counts as none.
    """
    official = assessment or series.official
    compared = compared_values(series, official)
    if official is None or compared is None or official.verdict.gap is None:
        return None
    if official.status == Status.NOT_ASSESSED or not official.has_comparison:
        return None
    if is_change_unclear(series, official.verdict.period) or assessed_row(series).get("limit"):
        return None
    is_of_step = series.component == STEP
    return PrintedGap(official, compared, official.verdict.gap, series.unit, is_of_step)


def steps_in_words(gap: float, text: Text) -> str:
    """`1 step short`; the place of a step on its ladder is no number for readers."""
    if not gap:
        return text("table.step_reached")
    return text.counted("table.steps_beyond" if gap > 0 else "table.steps_short", round(abs(gap)))
