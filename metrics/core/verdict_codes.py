"""Codes in verdicts that more than one module knows: reasons, and keys of calculation steps."""

from enum import StrEnum


class Reason(StrEnum):
    """Why there is no verdict, or what qualifies one: a key of the messages on reasons."""

    # Why there is no verdict.
    NO_VALUE = "no_value"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"
    TOO_FEW_POINTS = "too_few_points"
    TOO_FEW_YEARS = "too_few_years"
    PARTIAL_YEAR = "partial_year"
    TWO_VALUES = "two_values"
    NOT_FINITE = "not_finite"
    NO_BASELINE = "no_baseline"
    ZERO_BASELINE = "zero_baseline"
    ZERO_TARGET = "zero_target"
    NEGATIVE_VALUE = "negative_value"
    MIXED_SIGNS = "mixed_signs"
    SMALL_BASE = "small_base"
    BREAK_IN_SERIES = "break_in_series"
    TARGET_DATE_PASSED = "target_date_passed"
    NO_DIRECTION = "no_direction"
    CHANGING_PANEL = "changing_panel"
    GROWTH_WITHHELD = "growth_withheld"
    TOO_FEW_STATES = "too_few_states"
    NO_VALUE_FOR_YEAR = "no_value_for_year"
    NOT_COMPARABLE = "not_comparable"
    COMPARES_STATES_ONLY = "compares_states_only"
    OTHER_RULE = "other_rule"
    CONTEXT_ONLY = "context_only"
    NOT_BOUND = "not_bound"
    PARTICIPANTS_UNKNOWN = "participants_unknown"
    LOW_COVERAGE = "low_coverage"
    NOT_KEPT = "not_kept"
    # What qualifies a verdict.
    COMPARES_STATES = "compares_states"
    LATEST_MISSING = "latest_missing"
    PART_LEFT_OUT = "part_left_out"
    YEARS_MISSING = "years_missing"
    BASELINE_MOVED = "baseline_moved"
    BELOW_THRESHOLD = "below_threshold"
    FURTHER_FROM_LEVEL = "further_from_level"
    AT_LIMIT = "at_limit"
    REBASED_AFTER_BREAK = "rebased_after_break"
    NOT_CURRENT = "not_current"
    NOT_CONFIRMED = "not_confirmed"
    STATES_NOT_CONFIRMED = "states_not_confirmed"
    BREAK_BEFORE = "break_before"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"
    LOW_RELIABILITY = "low_reliability"
    UNVALIDATED = "unvalidated"
    EXPERIMENTAL = "experimental"
    NOT_SIGNIFICANT = "not_significant"
    DEROGATION = "derogation"
    DEFINITION_DIFFERS = "definition_differs"
    SPECIAL_EVENT = "special_event"
    BASELINE_MET_TARGET = "baseline_met_target"
    MET_THEN_LOST = "met_then_lost"
    DATE_NOT_OBSERVED = "date_not_observed"
    DAY_NOT_STATED = "day_not_stated"
    DAY_AHEAD = "day_ahead"
    LAST_CHANGE_ADVERSE = "last_change_adverse"
    ZERO_REPLACED = "zero_replaced"
    NO_GROWTH_REQUIRED = "no_growth_required"
    SMALL_BASE_BESIDE = "small_base_beside"
    FEW_CASES = "few_cases"
    CASES_UNKNOWN = "cases_unknown"
    SPECIAL_LEFT_OUT = "special_left_out"
    VOLATILE = "volatile"
    LIMIT = "limit"
    LIMIT_UNDECIDED = "limit_undecided"
    PART_OF_THE_STATES = "part_of_the_states"
    MATCHED_PANEL = "matched_panel"


MATERIAL = "material"  # of a change that is above its threshold; else the reason why it is not

_LISTED = [*Reason]
# The reasons for which there is no verdict, whatever else qualifies the figures.
NO_VERDICT = frozenset(_LISTED[: _LISTED.index(Reason.COMPARES_STATES)]) | {Reason.LIMIT_UNDECIDED}


# Of a status that is older than the latest round.
AGE_REASONS = frozenset({Reason.NOT_CURRENT, Reason.NOT_CONFIRMED})


class Step(StrEnum):
    """Keys of calculation steps that another module looks for; others are typed where given."""

    VALUE = "value"
    DAY_AGREED = "day_agreed"
    DAY_OF_ACCESSION = "day_of_accession"
    VALUE_CARRIED_BACK = "value_carried_back_on_the_matched_panel"
    VALUE_LIMIT = "value_limit"
    BASELINE_MOVED = "baseline_moved"
    GROWTH_OF_SAME_STATES = "growth_of_the_same_states"
    STATES_REPORTING = "states_reporting"
    GROWTH_ASKED = "growth_asked_of_a_year_in_per_cent"
    GROWTH_OF_YEAR = "growth_a_year_in_per_cent"
    YEARS_MET = "years_met"
    YEARS_MISSED = "years_missed"
    STATES_BELOW_STEP = "states_that_have_not_reached_it"
    STATES_WITHOUT_STEP = "states_that_have_not_said"
    STATES_NOT_BOUND = "states_not_bound"
    STATES_NOT_CONFIRMED = "states_not_confirmed_in_this_round"
    SHARE_OF_STATES = "share_of_the_states_that_are_known"
    SHARE_OF_CHILDREN = "share_of_the_children_living_there"
    SOURCE_OF_THRESHOLD = "source_of_the_threshold"
    REACHED_IN_ROUND = "reached_of_those_that_reported_in_this_round"
    STEP = "step"
    STEP_REQUIRED = "step_asked_for"
    STEP_REPORTED_FOR = "step_as_reported_for"
    LIMIT = "only_a_limit_is_published"
    VARIATION_IF_ALL_SHARE = "chance_variation_if_all_states_took_part_in_each"
    LEAST_VARIATION = "least_chance_variation"
    CASES_UNKNOWN = "periods_without_a_number_of_cases"
    SIZE_OF_CHANGE = "size_of_the_change"
    STATUS_BY_METHOD = "status_by_the_method_alone"


class MoveCause(StrEnum):
    """Why a baseline was moved: the value of the step `Step.BASELINE_MOVED`."""

    BREAK = "break_in_the_series"
    NO_GROWTH = "no_growth_of_the_same_states"
    VALUE_WITHHELD = "value_withheld"
    NO_VALUE = "no_value"
    SPECIAL = "value_of_a_special_event"


class GrowthState(StrEnum):
    """Why a growth cannot be used: the value of the step `Step.GROWTH_OF_SAME_STATES`."""

    WITHHELD = "withheld"
    UNKNOWN = "unknown"
