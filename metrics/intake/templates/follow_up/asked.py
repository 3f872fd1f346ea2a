"""What a workbook asks for: the rows of each indicator, and the sheet on which they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions import Breakdown, Goal, Indicator, Kind
from metrics.core.period import MONTHS_IN, ReferencePeriod
from metrics.core.series import written
from metrics.core.tables import CASES, DENOMINATOR, MEDIAN, NUMERATOR, VALUE
from metrics.intake.templates import TemplateRequest, words

# Rows in which the submitter chooses a code of a long list, such as the third country.
CHOSEN_ROWS = 12


@dataclass(frozen=True)
class RequestedLine:
    """One row of the workbook: one series, or one whose code is still to be chosen."""

    indicator: Indicator
    component: str
    codes: Mapping[str, str] = field(default_factory=dict)
    by: tuple[str, ...] = ()  # the breakdown that it is a part of
    chosen: bool = False

    @property
    def series(self) -> str:
        return "" if self.chosen else written(self.indicator.code, self.component, self.codes)

    def label(self, language: str) -> str:
        """What of the indicator the row holds, in words."""
        said = [*self._component(language), *parts(self.codes, language)]
        return "; ".join(said) or words(language)["words"]["total"]

    def _component(self, language: str) -> list[str]:
        if self.component == VALUE:
            return []
        name = codelist("component")[self.component].name(language)
        counted = {NUMERATOR: self.indicator.numerator, DENOMINATOR: self.indicator.denominator}
        whole = counted.get(self.component)
        return [f"{name} – {whole(language)}" if whole and not self.codes else name]

    def is_cut_by(self, breakdown: Breakdown) -> bool:
        """A median has no time bands: cases are counted by them."""
        return breakdown.collected and not (self.component == MEDIAN and "band" in breakdown.by)

    def unit(self, language: str) -> str:
        if self.component in {NUMERATOR, DENOMINATOR}:
            return words(language)["words"]["number"]
        unit = "CASES" if self.component == CASES else self.indicator.unit
        return codelist("unit")[unit].name(language)


def parts(codes: Mapping[str, str], language: str) -> list[str]:
    named = words(language)["dimensions"]
    return [f"{named[by]}: {codelist(by)[code].name(language)}" for by, code in codes.items()]


def lines(indicator: Indicator) -> Iterator[RequestedLine]:
    """The total first, then the parts, for each component."""
    for whole in (RequestedLine(indicator, component) for component in indicator.components):
        if indicator.has_total:
            yield whole
        for breakdown in filter(whole.is_cut_by, indicator.breakdowns):
            yield from _parts(whole, breakdown)


def _parts(line: RequestedLine, breakdown: Breakdown) -> Iterator[RequestedLine]:
    if breakdown.chosen:
        yield from [
            RequestedLine(line.indicator, line.component, {}, breakdown.by, True)
        ] * CHOSEN_ROWS
        return
    for codes in combinations(breakdown):
        yield RequestedLine(line.indicator, line.component, codes, breakdown.by)


def combinations(breakdown: Breakdown) -> list[dict[str, str]]:
    """Every combination of the codes, in the order of the code lists."""
    lists = [breakdown.codes.get(by) or tuple(codelist(by)) for by in breakdown.by]
    return [dict(zip(breakdown.by, codes, strict=True)) for codes in product(*lists)]


def sheets(order: TemplateRequest) -> dict[str, list[Indicator]]:
    """The indicators of each sheet, by policy target or framework, in the order of the goals."""
    goals = sorted(order.goals.values(), key=lambda goal: _rank(order, goal))
    found: dict[str, list[Indicator]] = {_place(goal): [] for goal in goals}
    for indicator in _in_order_of(goals, order):
        naming = (goal for goal in goals if indicator.code in goal.indicators)
        found.setdefault(next(map(_place, naming), ""), []).append(indicator)
    return {place: indicators for place, indicators in found.items() if indicators}


def _in_order_of(goals: list[Goal], order: TemplateRequest) -> list[Indicator]:
    """What is collected; last what no goal names."""
    named = [code for goal in goals for code in goal.indicators]
    ranks = {code: rank for rank, code in reversed([*enumerate(named)])}
    asked = [each for each in order.indicators.values() if each.collected and not each.formula]
    return sorted(asked, key=lambda each: ranks.get(each.code, len(ranks)))


def _rank(order: TemplateRequest, goal: Goal) -> tuple[int, int]:
    framework = order.frameworks.get(goal.framework)
    return (framework.order if framework else 0, goal.order)


def _place(goal: Goal) -> str:
    return goal.policy_target or goal.framework


def periods(order: TemplateRequest, frequency: str) -> tuple[str, ...]:
    """The round's periods, cut into the parts in which the indicators are reported."""
    if frequency not in MONTHS_IN:
        return order.periods
    wholes = map(ReferencePeriod.parse, order.periods)
    return tuple(str(part) for each in wholes for part in each.parts(MONTHS_IN[frequency]))


def is_whole(line: RequestedLine) -> bool:
    """Whether only a whole number makes sense: everything counted, nothing measured."""
    measured = {"FTE", "MIO_ITEMS", "HOURS", "DAYS", "YEARS", "PC"}
    if line.component in {NUMERATOR, DENOMINATOR, CASES}:
        return True
    return line.indicator.unit not in measured and line.indicator.kind is not Kind.PUBLISHED_RATIO
