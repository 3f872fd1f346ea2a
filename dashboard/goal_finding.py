"""The finding of a goal: one sentence by rule, from released figures only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten

from dashboard.alternatives import breakdown_name
from dashboard.assessments import COUNTED_RULES, Assessment
from dashboard.charts.marks import why_absent
from dashboard.narrative import (
    assessed_row,
    compared_values,
    comparison_outcome,
    expected_in_words,
    figure_in_words,
    subject_of,
)
from dashboard.rounding import Comparison
from dashboard.selection import Selection
from dashboard.series import AssessedSeries
from dashboard.texts import PER_CENT, Text
from dashboard.verdict_reasons import find_step, listed_areas
from metrics.catalogue.codelists.statuses import absence_key
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.targets import StepTarget
from metrics.core.series import format_dimensions
from metrics.core.tables import AREAS_REACHED, EU, STEP
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import Status, Verdict

LONGEST = 120  # characters
MOST_CODES = 6  # States that are listed by their codes
SUPPRESSED_KEY = "absent.suppressed"
REACHED_STEP = frozenset({Status.ACHIEVED, Status.ACHIEVED_LATE})
# By the outcome of a comparison with an agreed level.
PATH_PATTERNS = {"met": "ahead", "missed": "short", "same": "on_path"}
LEVEL_PATTERNS = {"met": "better_than_level", "missed": "short_of_level", "same": "at_level"}
DIRECTION_PATTERNS = {
    Status.WANTED_DIRECTION: "wanted_direction",
    Status.UNWANTED_DIRECTION: "unwanted_direction",
}


@dataclass(frozen=True)
class Clause:
    """The main clause of a finding: its pattern, and the words that the pattern needs."""

    pattern: str  # the last part of the key of a text
    values: Mapping[str, str] = field(default_factory=dict)
    additions: Sequence[str] = ()  # further clauses, the most important first


def goal_finding(selection: Selection, series: AssessedSeries) -> str:
    """Who, what, how much and against what, as of the chosen period; at most 120 characters.

    The subject is shortened before a further clause is left out.
    """
    text, as_of_period = selection.text, series.as_of(selection.period)
    clause = main_clause(selection, as_of_period)
    additions = list(filter(None, [*general_additions(as_of_period, text), *clause.additions]))
    subjects = list(subjects_of(selection, series))
    for kept in range(len(additions), -1, -1):
        for subject in subjects:
            sentence = written(clause, subject, additions[:kept], selection)
            if len(sentence) <= LONGEST:
                return sentence
    room = LONGEST - len(written(clause, "", (), selection))
    return written(clause, shorten(subjects[-1], room, placeholder="…"), (), selection)


def written(clause: Clause, subject: str, additions: Sequence[str], selection: Selection) -> str:
    text = selection.text
    names = {"what": subject, "area": area_in_sentence(selection.area, text)}
    sentence = text.listed(
        [text(f"finding.{clause.pattern}", **names, **clause.values), *additions]
    )
    return sentence[:1].upper() + sentence[1:]


def subjects_of(selection: Selection, series: AssessedSeries) -> Iterator[str]:
    """What the sentence is about: the series or, if it leads a goal, the goal's short name."""
    goal, text = selection.goal, selection.text
    yield series.title(text)
    if goal is not None:
        yield goal.short_name(text.language) if leads_goal(goal, series) else goal.code


def leads_goal(goal: Goal, series: AssessedSeries) -> bool:
    """Whether the series is the headline of a goal in any area, or the goal has no other."""
    targets = [target for target in goal.targets if target.id in goal.headline_targets]
    if not targets:
        return series.indicator.code == goal.indicators[0]
    own = series.indicator.code, dict(series.codes)
    return any((target.indicator, dict(target.at)) == own for target in targets)


def area_in_sentence(area: str, text: Text) -> str:
    """`the EU`, `the Netherlands`, `Finland`."""
    key = f"finding.area_{area}"
    return text(key) if key in text.words else text.code("area", area)


def general_additions(series: AssessedSeries, text: Text) -> Iterator[str]:
    """That a reviewer set the status, and that the verdict is not of today."""
    official = series.official
    if official is None:
        return
    if official.override:
        yield text("finding.reviewed", status=text(f"status.{official.status}"))
    if official.age:
        yield text(f"age.{official.age}", period=text.period(official.verdict.period))


def main_clause(selection: Selection, series: AssessedSeries) -> Clause:
    text, official = selection.text, series.official
    if series.last_known is None:
        return clause_without_value(selection, series)
    if official is None or official.computed == Status.NOT_ASSESSED:
        is_assessed = official is not None
        return value_clause(series, text, text("finding.not_assessed") if is_assessed else "")
    if official.rule in COUNTED_RULES:
        return step_clause(series, official, text)
    compared = compared_values(series, official)
    if compared is None:
        return value_clause(series, text)
    if official.has_level:
        return level_clause(series, official, compared, text)
    return direction_clause(series, official, compared, text)


def value_clause(series: AssessedSeries, text: Text, addition: str = "") -> Clause:
    """The figure alone; of a milestone, the step of the State or the States that reached one."""
    values = figure_values(series, text)
    if series.component == STEP:
        return Clause("at_step", values, [addition])
    if series.component != AREAS_REACHED:
        return Clause("value", values, [addition])
    step = series.indicator.reached_at or series.indicator.ladder[-1]
    return Clause("counted", {**values, "step": text.code("step", step)}, [addition])


def figure_values(series: AssessedSeries, text: Text) -> dict[str, str]:
    """The figure that is assessed, or else the latest, with its period."""
    row = assessed_row(series)
    return {"value": figure_in_words(series, row, text), "period": text.period(row["period"])}


def clause_without_value(selection: Selection, series: AssessedSeries) -> Clause:
    """That the area has no figure, why, and how many States have one."""
    text, states = selection.text, selection.in_states.values()
    with_value = sum(state.last_known is not None for state in states)
    everywhere = text.number(len(selection.in_states), 0)
    others = text.counted("finding.others", with_value, all=everywhere) if with_value else ""
    if selection.breakdown and series.last_row is None:
        by = breakdown_name(format_dimensions(selection.breakdown), text)
        return Clause("parts_only", {"by": by})
    if series.official is not None and Reason.NOT_BOUND in series.official.verdict.reasons:
        return Clause("not_bound")
    if series.last_row is None:
        is_summed = series.area != EU or series.indicator.adds_up_over_areas
        return Clause("nothing" if is_summed else "not_summed", additions=[others])
    if absence_key(series.last_row) != SUPPRESSED_KEY:
        period, why = text.period(series.last_row["period"]), why_absent(series.last_row, text)
        return Clause("absent", {"period": period, "why": why}, [others])
    withheld = sum(
        state.last_known is None
        and state.last_row is not None
        and absence_key(state.last_row) == SUPPRESSED_KEY
        for state in states
    )
    hidden = text.counted("finding.suppressed_in", withheld, all=everywhere) if withheld else ""
    return Clause("suppressed", additions=[hidden, others])


def step_clause(series: AssessedSeries, official: Assessment, text: Text) -> Clause:
    """Whether a State has reached a step, or how many States have."""
    step = official.asked.step if isinstance(official.asked, StepTarget) else ""
    values = {"step": text.code("step", step)}
    if series.component != STEP:
        if compared_values(series, official) is None:
            return value_clause(series, text)
        return counted_clause(official.verdict, values, text)
    if official.computed in REACHED_STEP:
        is_late = official.computed == Status.ACHIEVED_LATE
        return Clause("reached", values, [text("finding.late") if is_late else ""])
    is_overdue = official.computed == Status.NOT_ACHIEVED
    overdue = text("finding.overdue") if is_overdue else ""
    return Clause("not_reached", values | figure_values(series, text), [overdue])


def counted_clause(verdict: Verdict, values: Mapping[str, str], text: Text) -> Clause:
    """How many States have reached a step, and which have not or did not say."""
    numbers = {
        "n": text.number(verdict.value or 0, 0),
        "all": text.number(verdict.expected_value or 0, 0),
    }
    if verdict.value == verdict.expected_value:
        return Clause("all_reached", {**values, **numbers})
    below = find_step(verdict, Step.STATES_BELOW_STEP)
    unknown = find_step(verdict, Step.STATES_WITHOUT_STEP)
    additions = [
        text.counted(key, len(areas), areas=named_or_counted(areas, text))
        for key, step in (("finding.have_not", below), ("finding.not_said", unknown))
        if step and (areas := listed_areas(step))
    ]
    return Clause("states_reached", {**values, **numbers}, additions)


def named_or_counted(areas: Sequence[str], text: Text) -> str:
    """`HR, MT`; of many only how many there are."""
    is_short = len(areas) <= MOST_CODES
    return ", ".join(areas) if is_short else text.number(len(areas), 0)


def level_clause(
    series: AssessedSeries, official: Assessment, compared: Comparison, text: Text
) -> Clause:
    """How far the figure is from its target path, or from the level that is to be kept."""
    outcome = comparison_outcome(series, official, compared)
    values = figure_values(series, text) | {
        "gap": text.difference(abs(compared.difference), series.unit, compared.decimals),
        "expected": expected_in_words(series, official, compared.decimals, text),
        "base": text.period(official.verdict.baseline_period),
    }
    if subject_of(official) == "level":
        return Clause(LEVEL_PATTERNS.get(outcome, "level_bounded"), values)
    key = Step.YEARS_MET if outcome in {"met", "same"} else Step.YEARS_MISSED
    growth = list(growth_additions(official.verdict, key, text))
    if official.computed == Status.NO_CLEAR_CHANGE:
        short = text("finding.also_short", **values) if outcome == "missed" else ""
        return Clause("unclear", values, [short, *growth])
    if official.computed == Status.MOVING_AWAY:
        return Clause("away", values, growth)
    return Clause(PATH_PATTERNS.get(outcome, "path_bounded"), values, growth)


def growth_additions(verdict: Verdict, key: Step, text: Text) -> Iterator[str]:
    """In how many years the growth that was agreed was met, or missed."""
    asked = find_step(verdict, Step.GROWTH_ASKED)
    counts = [find_step(verdict, counter) for counter in (Step.YEARS_MET, Step.YEARS_MISSED)]
    numbers = {step.key: int(float(str(step.value))) for step in counts if step}
    years = sum(numbers.values())
    if asked and years:
        percent, counted = text.number(float(str(asked.value))), text.number(numbers[key], 0)
        yield text.counted(f"finding.{key}", years, asked=percent, counted=counted)


def direction_clause(
    series: AssessedSeries, official: Assessment, compared: Comparison, text: Text
) -> Clause:
    """The figure beside that of the start, where a direction and no level was agreed."""
    values = figure_values(series, text) | {
        "base": text.period(official.verdict.baseline_period),
        "gap": difference_beside_value(series, compared, text),
    }
    if official.computed == Status.BEST_VALUE:
        return Clause("best_value", values)
    if official.computed == Status.NO_CLEAR_CHANGE:
        is_same = compared.difference == 0
        return Clause("unchanged" if is_same else "unclear", values)
    pattern = DIRECTION_PATTERNS.get(Status(official.computed), "")
    direction = text(f"finding.{pattern}") if pattern else ""
    if comparison_outcome(series, official, compared) != "changed":
        return value_clause(series, text, direction)
    change = "more" if compared.difference > 0 else "less"
    kind = "comparable" if official.is_backcast else "start"
    return Clause(f"{change}_than_{kind}", values, [direction])


def difference_beside_value(series: AssessedSeries, compared: Comparison, text: Text) -> str:
    """A difference after a value with its unit: only percentage points are named again."""
    size = abs(compared.difference)
    if series.unit == PER_CENT:
        return text.difference(size, series.unit, compared.decimals)
    return text.number(size, compared.decimals)
