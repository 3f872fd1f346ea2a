"""The finding of a goal: one sentence by rule, from released figures only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from textwrap import shorten
from typing import Self

from dashboard.addresses.alternatives import breakdown_name
from dashboard.addresses.selection import Selection
from dashboard.charts.marks import why_absent
from dashboard.released.assessed_values import absent_latest, assessed_row, compared_values
from dashboard.released.assessments import COUNTED_RULES, Assessment
from dashboard.released.goal_figures import known_of_goal
from dashboard.released.released_parts import breakdowns_of
from dashboard.released.series import (
    AssessedSeries,
    is_headline_anywhere,
    leads_goal,
    series_by_area,
)
from dashboard.released.state_statuses import states_at_step
from dashboard.released.table_views import is_count
from dashboard.rounding import Comparison, round_for_print
from dashboard.target_text import is_reading
from dashboard.texts import Text
from dashboard.wording.narrative import (
    comparison_outcome,
    expected_in_words,
    figure_in_words,
    limit_of_start,
    subject_of,
)
from dashboard.wording.periods import as_of_period
from dashboard.wording.status_ages import short_age_in_words
from dashboard.wording.verdict_reasons import find_step, listed_areas
from metrics.catalogue.codelists.statuses import SUPPRESSED_KEY, absence_key
from metrics.catalogue.codelists.units import PER_CENT
from metrics.catalogue.definitions.targets import StepTarget
from metrics.core.series import format_dimensions
from metrics.core.tables import AREAS_REACHED, EU, STEP, TOTAL
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import REACHED, Status
from metrics.messages.language_marks import marked, unmarked
from metrics.messages.local_formats import MINUS
from metrics.messages.sentences import with_capital

LONGEST = 120  # characters
LEAST_OF_NAME = 12  # letters of a name that is cut; if there are fewer, only codes are printed
MOST_CODES = 6  # States that are listed by their codes
# By the outcome of a comparison with an agreed level.
PATH_PATTERNS = {"met": "ahead", "missed": "short", "same": "on_path"}
LEVEL_PATTERNS = {"met": "better_than_level", "missed": "short_of_level", "same": "at_level"}
HAVE_NOT = "finding.have_not"
# The key of a clause → the step of the calculation that lists its States.
LISTED_STATES = {
    HAVE_NOT: Step.STATES_BELOW_STEP,
    "finding.not_confirmed": Step.STATES_NOT_CONFIRMED,
    "finding.not_said": Step.STATES_WITHOUT_STEP,
}
SIGN_OF = {"more": "+", "less": MINUS}
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
    status_words: str = ""  # a further clause that only repeats the status
    compact: Sequence[Self] = ()  # the same in ever fewer words
    shorter: Self | None = None  # with less said, for a series with a long name

    @property
    def stated_additions(self) -> list[str]:
        return [*filter(None, self.additions)]


def goal_finding(selection: Selection, series: AssessedSeries) -> str:
    """Who, what, how much and against what; at most 120 characters behind the chosen period.

    A reader must know what is measured: clauses are left out before the name of the series is
    shortened, and a series is never called by the code of a goal.
    """
    text, period = selection.text, selection.period
    known = series.as_of(period)
    clause = main_clause(selection, known)
    general = [*filter(None, general_additions(known, text))]
    written = sentences_by_preference(clause, general, selection, series)
    finding = next(filter(fits_heading, written), "")
    return as_of_period(finding or with_shortened_name(clause, selection, series), period, text)


def fits_heading(sentence: str, longest: int = LONGEST) -> bool:
    return len(unmarked(sentence)) <= longest


def sentences_by_preference(
    clause: Clause, general: Sequence[str], selection: Selection, series: AssessedSeries
) -> Iterator[str]:
    """Every way to say the finding, the best one first."""
    names, of_goal = names_of_series(series, selection.text), names_of_goal(selection, series)
    whole: list[Clause] = [clause, *clause.compact]
    shorter = clause.shorter
    preferred: tuple[tuple[Clause | None, Sequence[str], bool], ...] = (
        *((own, names, has_status) for own in whole for has_status in (True, False)),
        (shorter, names, True),
        *((own, of_goal, has_status) for own in whole for has_status in (True, False)),
        (shorter, of_goal, True), (shorter, names, False),
    )  # fmt: skip
    for own, subjects, has_status in preferred:
        if own is not None:
            status = [own.status_words] if has_status else []
            for subject in subjects:
                added = [*general, *own.stated_additions, *status]
                yield sentence_of(own, subject, added, selection)
    for own in (clause, shorter) if shorter else (clause,):
        additions = [*general, *own.stated_additions]
        for kept in reversed(range(len(additions))):
            for subject in (*names, *of_goal):
                yield sentence_of(own, subject, additions[:kept], selection)


def with_shortened_name(clause: Clause, selection: Selection, series: AssessedSeries) -> str:
    """The name of the indicator is cut, not the codes of the series: others have that name too."""
    own, text = clause.shorter or clause, selection.text
    codes = ", ".join(text.code(by, code) for by, code in series.codes.items() if code != TOTAL)
    others = sentence_of(own, f", {codes}" if codes else "", (), selection)
    room = LONGEST - len(unmarked(others))
    if codes and room <= LEAST_OF_NAME:
        return sentence_of(own, codes, (), selection)
    whole = series.indicator.name(text.language)
    name = marked(shorten(unmarked(whole), max(room, 1), placeholder="…"), whole.language)
    return sentence_of(own, ", ".join(filter(None, [name, codes])), (), selection)


def sentence_of(
    clause: Clause, subject: str, additions: Sequence[str], selection: Selection
) -> str:
    text = selection.text
    names = {"what": subject, "area": area_in_sentence(selection.area, text)}
    main = text(f"finding.{clause.pattern}", **names, **clause.values)
    return with_capital(text.listed(filter(None, [main, *additions])))


def names_of_series(series: AssessedSeries, text: Text) -> list[str]:
    return [series.title(text), *short_names_of_codes(series, text)]


def names_of_goal(selection: Selection, series: AssessedSeries) -> list[str]:
    """The short name of the goal that the series leads; none for any other series."""
    goal = selection.goal
    is_leading = goal is not None and leads_goal(goal, series)
    return [str(goal.short_name(selection.text.language))] if goal and is_leading else []


def short_names_of_codes(series: AssessedSeries, text: Text) -> Iterator[str]:
    """`Directive 2011/93/EU`, where every code of the series has a short name."""
    keys = [f"short_name.{code_list}.{code}" for code_list, code in series.codes.items()
            if code != TOTAL]  # fmt: skip
    if keys and all(key in text.words for key in keys):
        yield ", ".join(map(text, keys))


def others_with_figure(selection: Selection, series: AssessedSeries) -> Sequence[AssessedSeries]:
    """Those of the goal that have figures where its headline series, the shown one, has none.

    If the headline has none anywhere, and no area was chosen or the chosen one has no figure of the
    goal at all, those of all areas, in their order.
    """
    goal, release = selection.goal, selection.release
    if goal is None or series.last_known is not None or not is_headline_anywhere(goal, series):
        return []
    if not selection.has_figures_elsewhere or release is None:
        return known_of_goal(goal, selection.area, release)
    return [*series_by_area(goal, release)]


def name_with_area(series: AssessedSeries, selection: Selection) -> str:
    """The name of a series, with its area where this is not the one that is shown."""
    text = selection.text
    area = "" if series.area == selection.area else text.code("area", series.area)
    return ", ".join(filter(None, [series.title(text), area]))


def headline_absence(selection: Selection, series: AssessedSeries) -> str:
    """That the headline series of the goal has no figure here, and that others have."""
    text = selection.text
    if selection.is_headline_nowhere:
        return text("goal.headline_nowhere", series=series.title(text))
    area = area_in_sentence(selection.area, text)
    key = "goal.figures_elsewhere" if selection.is_goal_elsewhere else "goal.headline_absent"
    return text(key, series=series.title(text), area=area)


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
    yield short_age_in_words(official.status_age, text)


def main_clause(selection: Selection, series: AssessedSeries) -> Clause:
    text, official = selection.text, series.official
    if series.last_known is None:
        return clause_without_value(selection, series)
    if official is None or official.computed == Status.NOT_ASSESSED:
        addition = absent_latest_words(series, text) or not_assessed_words(official, text)
        return value_clause(series, text, addition)
    if official.rule in COUNTED_RULES:
        return step_clause(series, official, text)
    compared = compared_values(series, official)
    if compared is None:
        return value_clause(series, text)
    if official.has_level:
        return level_clause(series, official, compared, text)
    return direction_clause(series, official, compared, text)


def absent_latest_words(series: AssessedSeries, text: Text) -> str:
    """`2025: suppressed`, where this leaves a series with earlier figures without a status."""
    row = absent_latest(series)
    if row is None:
        return ""
    period, why = text.period(row["period"]), why_absent(row, text)
    return text("finding.absent_later", period=period, why=why)


def not_assessed_words(official: Assessment | None, text: Text) -> str:
    """That a figure has no status; empty for a series that nothing was agreed for."""
    if official is None:
        return ""
    is_bound = Reason.NOT_BOUND not in official.verdict.reasons
    return text("finding.not_assessed" if is_bound else "finding.does_not_bind")


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
    if selection.breakdown and series.last_row is None and has_shown_parts(selection, series):
        by = breakdown_name(format_dimensions(selection.breakdown), text)
        return Clause("parts_only", {"by": in_sentence(by)})
    if series.official is not None and Reason.NOT_BOUND in series.official.verdict.reasons:
        return Clause("not_bound")
    if selection.is_headline_nowhere and series.last_row is None:
        return Clause("nowhere")
    if series.last_row is None:
        is_summed = series.area != EU or series.indicator.adds_up_over_areas
        has_others = bool(others_with_figure(selection, series))
        key = "finding.other_areas" if selection.is_goal_elsewhere else "finding.other_series"
        beside = text(key) if has_others else ""
        return Clause("nothing" if is_summed else "not_summed", additions=[beside, others])
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


def has_shown_parts(selection: Selection, series: AssessedSeries) -> bool:
    """Whether the area has a figure of any part in the chosen breakdown."""
    return format_dimensions(selection.breakdown) in breakdowns_of(
        selection.parts, series.component, series.codes
    )


def in_sentence(name: str) -> str:
    """`place of hosting`: a name within a sentence."""
    return name[:1].lower() + name[1:]


def step_clause(series: AssessedSeries, official: Assessment, text: Text) -> Clause:
    """Whether a State has reached a step, or how many States have."""
    step = official.asked.step if isinstance(official.asked, StepTarget) else ""
    values = {"step": text.code("step", step)}
    if series.component != STEP:
        if compared_values(series, official) is None:
            return value_clause(series, text)
        return counted_clause(official, values, text)
    if official.computed in REACHED:
        is_late = official.computed == Status.ACHIEVED_LATE
        is_day_unknown = Reason.DAY_NOT_STATED in official.verdict.reasons
        unknown = text("finding.day_not_stated") if is_day_unknown else ""
        return Clause("reached_late" if is_late else "reached", values, [unknown])
    is_overdue = official.computed == Status.NOT_ACHIEVED
    overdue = text("finding.overdue") if is_overdue else ""
    return Clause("not_reached", values | figure_values(series, text), [overdue])


def counted_clause(official: Assessment, values: Mapping[str, str], text: Text) -> Clause:
    """How many States have reached a step, and which have not, did not confirm or did not say.

    A State can be among two: those that have not, and those whose latest step is not confirmed. If
    there is no room, those that have not are counted.
    """
    reached = states_at_step(official.verdict)
    numbers = {"n": text.number(reached.number, 0), "all": text.number(reached.of_all, 0)}
    found = {key: areas_of_step(official, step) for key, step in LISTED_STATES.items()}
    is_all = reached.number == reached.of_all
    pattern = "all_reached" if is_all else "states_reached"
    named, counted = (
        [
            text.counted(key, len(areas), areas=words_of(areas, key, text))
            for key, areas in found.items()
            if areas
        ]
        for words_of in (named_states, counted_if_below)
    )
    compact = [Clause(pattern, {**values, **numbers}, counted)] if found[HAVE_NOT] else []
    return Clause(pattern, {**values, **numbers}, named, compact=compact)


def named_states(areas: Sequence[str], _key: str, text: Text) -> str:
    return named_or_counted(areas, text)


def counted_if_below(areas: Sequence[str], key: str, text: Text) -> str:
    return text.number(len(areas), 0) if key == HAVE_NOT else named_or_counted(areas, text)


def areas_of_step(official: Assessment, key: Step) -> Sequence[str]:
    """The areas that a step of the calculation lists; none without that step."""
    step = find_step(official, key)
    return listed_areas(step) if step else ()


def named_or_counted(areas: Sequence[str], text: Text) -> str:
    """`HR, MT`; of many only how many there are."""
    is_short = len(areas) <= MOST_CODES
    return ", ".join(areas) if is_short else text.number(len(areas), 0)


def level_clause(
    series: AssessedSeries, official: Assessment, compared: Comparison, text: Text
) -> Clause:
    """How far the figure is from its target path, or from the level that must be kept."""
    outcome = comparison_outcome(series, official, compared)
    values = figure_values(series, text) | {
        "gap": distance_in_words(series, compared, text),
        "expected": expected_in_words(series, official, compared.decimals, text),
        "base": text.period(official.verdict.baseline_period),
    }
    if subject_of(official) == "level":
        pattern = LEVEL_PATTERNS.get(outcome, "level_bounded")
        return Clause(f"{pattern}_read" if is_reading(official.asked) else pattern, values)
    key = Step.YEARS_MET if outcome in {"met", "same"} else Step.YEARS_MISSED
    growth = list(growth_additions(official, key, text))
    if official.computed == Status.NO_CLEAR_CHANGE:
        short = text("finding.also_short", **values) if outcome == "missed" else ""
        return Clause("unclear", values, [short, *growth])
    if official.computed == Status.MOVING_AWAY:
        return Clause("away", values, growth)
    return Clause(PATH_PATTERNS.get(outcome, "path_bounded"), values, growth)


def distance_in_words(series: AssessedSeries, compared: Comparison, text: Text) -> str:
    """`about 39 persons` of 39.2: a path has fractions, persons have none."""
    size = abs(compared.difference)
    whole = round_for_print(size, 0)
    if not is_count(series) or size == whole or not whole:
        return text.difference(size, series.unit, compared.decimals, fixed=compared.is_fixed)
    return text("finding.about", size=text.difference(whole, series.unit, 0))


def growth_additions(official: Assessment, key: Step, text: Text) -> Iterator[str]:
    """In how many years the growth that was agreed was met, or missed."""
    asked = find_step(official, Step.GROWTH_ASKED)
    counts = [find_step(official, counter) for counter in (Step.YEARS_MET, Step.YEARS_MISSED)]
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
    value_alone = replace(value_clause(series, text), status_words=direction)
    if comparison_outcome(series, official, compared) != "changed":
        return value_alone
    change = "more" if compared.difference > 0 else "less"
    kind = "comparable" if official.is_backcast else "start"
    compact = [
        Clause(f"change_since_{kind}", values | {"change": SIGN_OF[change] + values["gap"]}),
        Clause(
            f"beside_{kind}", values | {"before": value_at_start(series, official, compared, text)}
        ),
    ]
    return Clause(
        f"{change}_than_{kind}",
        values,
        status_words=direction,
        compact=[replace(own, status_words=direction) for own in compact],
        shorter=value_alone,
    )


def value_at_start(
    series: AssessedSeries, official: Assessment, compared: Comparison, text: Text
) -> str:
    """The earlier value beside the latest, whose unit is not repeated unless it is per cent."""
    is_share = series.unit == PER_CENT
    number = text.number(compared.other, compared.decimals, fixed=compared.is_fixed)
    written = series.format_value(float(compared.other), text, compared.decimals)
    return text.limited(written if is_share else number, limit_of_start(series, official))


def difference_beside_value(series: AssessedSeries, compared: Comparison, text: Text) -> str:
    """A difference after a value with its unit: only percentage points are named again."""
    size = abs(compared.difference)
    if series.unit == PER_CENT:
        return text.difference(size, series.unit, compared.decimals, fixed=compared.is_fixed)
    return text.number(size, compared.decimals, fixed=compared.is_fixed)
