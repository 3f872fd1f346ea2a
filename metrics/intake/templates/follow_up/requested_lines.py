"""What a workbook asks for: the rows of each indicator, and the sheets that they are on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.codelists.units import divisible_units
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Breakdown, Indicator, Kind
from metrics.core.period import MONTHS_IN, ReferencePeriod
from metrics.core.series import format_series
from metrics.core.tables import CASES, DENOMINATOR, MEDIAN, NUMERATOR, VALUE
from metrics.intake.templates import TemplateRequest
from metrics.messages import messages, readable

# Number of rows in which the submitter chooses a code, such as a third country.
CHOSEN_ROWS = 12


@dataclass(frozen=True)
class RequestedLine:
    """One row of the workbook: a series, or one whose code the submitter chooses."""

    indicator: Indicator
    component: str
    codes: Mapping[str, str] = field(default_factory=dict)
    by: tuple[str, ...] = ()  # the breakdown that it belongs to
    chosen: bool = False

    @property
    def series(self) -> str:
        return "" if self.chosen else format_series(self.indicator.code, self.component, self.codes)

    def label(self, language: str) -> str:
        """Name the component and the part of the indicator that the row holds."""
        names = [*self._component_names(language), *name_parts(self.codes, language)]
        return "; ".join(names) or messages(language, "workbook")["words"]["total"]

    def _component_names(self, language: str) -> list[str]:
        if self.component == VALUE:
            return []
        name = codelist("component")[self.component].name(language)
        counted = {NUMERATOR: self.indicator.numerator, DENOMINATOR: self.indicator.denominator}
        whole = counted.get(self.component)
        return [f"{name} – {whole(language)}" if whole and not self.codes else name]

    def is_cut_by(self, breakdown: Breakdown) -> bool:
        """Whether the workbook asks for the parts; bands count cases, so medians have none."""
        return breakdown.collected and not (self.component == MEDIAN and "band" in breakdown.by)

    def unit(self, language: str) -> str:
        unit = unit_of_component(self.component, self.indicator.unit)
        return codelist("unit")[unit].name(language)

    @property
    def takes_whole_numbers(self) -> bool:
        """Whether the value is a count."""
        if self.component in {NUMERATOR, DENOMINATOR, CASES}:
            return True
        is_ratio = self.indicator.kind is Kind.PUBLISHED_RATIO
        return self.indicator.unit not in divisible_units() and not is_ratio


def name_parts(codes: Mapping[str, str], language: str) -> list[str]:
    """Name each code with its dimension: `Sex: girls and women`."""
    names = {by: dimension_name(by, language) for by in codes}
    return [f"{names[by]}: {codelist(by)[code].name(language)}" for by, code in codes.items()]


def dimension_name(by: str, language: str) -> str:
    """The name of a breakdown; its code in readable form until the messages name it."""
    named: Mapping[str, str] = messages(language, "workbook")["dimensions"]
    return named.get(by, readable(by))


def requested_lines(indicator: Indicator) -> Iterator[RequestedLine]:
    """For each component, the total first, then the parts."""
    for component in indicator.components:
        total = RequestedLine(indicator, component)
        if indicator.has_total:
            yield total
        for breakdown in filter(total.is_cut_by, indicator.breakdowns):
            yield from _part_lines(total, breakdown)


def _part_lines(total: RequestedLine, breakdown: Breakdown) -> Iterator[RequestedLine]:
    indicator, component = total.indicator, total.component
    if breakdown.chosen:
        open_line = RequestedLine(indicator, component, {}, breakdown.by, chosen=True)
        yield from [open_line] * CHOSEN_ROWS
        return
    for codes in breakdown.combinations():
        yield RequestedLine(indicator, component, codes, breakdown.by)


def indicators_by_sheet(request: TemplateRequest) -> dict[str, list[Indicator]]:
    """Indicators by policy target or framework, one sheet each, in the order of the goals."""
    goals = sorted(request.goals.values(), key=lambda goal: _goal_rank(request, goal))
    by_sheet: dict[str, list[Indicator]] = {_sheet_of(goal): [] for goal in goals}
    for indicator in _ordered_indicators(goals, request):
        sheets = (_sheet_of(goal) for goal in goals if indicator.code in goal.indicators)
        by_sheet.setdefault(next(sheets, ""), []).append(indicator)
    return {sheet: indicators for sheet, indicators in by_sheet.items() if indicators}


def _ordered_indicators(goals: list[Goal], request: TemplateRequest) -> list[Indicator]:
    """The collected indicators in the order of the goals that name them, then the others."""
    codes = [code for goal in goals for code in goal.indicators]
    ranks = {code: rank for rank, code in reversed([*enumerate(codes)])}
    collected = [
        indicator
        for indicator in request.indicators.values()
        if indicator.collected and not indicator.formula
    ]
    return sorted(collected, key=lambda indicator: ranks.get(indicator.code, len(ranks)))


def _goal_rank(request: TemplateRequest, goal: Goal) -> tuple[int, int]:
    framework = request.frameworks.get(goal.framework)
    return (framework.order if framework else 0, goal.order)


def _sheet_of(goal: Goal) -> str:
    return goal.policy_target or goal.framework


def requested_periods(request: TemplateRequest, frequency: str) -> tuple[str, ...]:
    """The round's periods, split into the parts in which the indicators are reported."""
    if frequency not in MONTHS_IN:
        return request.periods
    periods = map(ReferencePeriod.parse, request.periods)
    return tuple(str(part) for period in periods for part in period.parts(MONTHS_IN[frequency]))
