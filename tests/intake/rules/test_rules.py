"""Every rule finds its broken example at its cell, and gives the words what they need."""

import re
from collections.abc import Mapping

import pandas as pd
import pytest

from metrics.intake.finding_texts import describe_finding, find_rule_text, rule_texts
from metrics.intake.findings import Finding, Severity, ValidationContext
from metrics.intake.rules import rules
from metrics.intake.validate import validate
from metrics.messages import languages
from tests.intake.rules.broken import AA, BROKEN, SEXES, Broken, drawn
from tests.intake.rules.broken import SHARE as SHARED
from tests.tables import actions, case, indicator, observations

STAGES = (indicator("PROSECUTED"), indicator("CONVICTED", follows="PROSECUTED"))
COURSE = (
    indicator("COURSES"),
    indicator("PEOPLE", people_per={"indicator": "COURSES", "fewest": 2, "most": 500}),
)
ATTENDED = ("people_per_event_unusual", "people_without_events", "events_without_people")
SHARE = "indicator | component | value\nAA | numerator | {}\nAA | denominator | {}"
EVERY = list(rules().values())
WITH_EXAMPLE = [rule for rule in EVERY if rule.name in BROKEN]  # all of them: see the first test


def test_every_rule_has_a_broken_example() -> None:
    lacking, left_over = rules().keys() - BROKEN.keys(), BROKEN.keys() - rules().keys()
    assert not lacking, f"add to BROKEN in broken.py a case that offends {sorted(lacking)}"
    assert not left_over, f"take out of BROKEN in broken.py what is no rule: {sorted(left_over)}"


@pytest.fixture(scope="module")
def offending() -> Mapping[str, pd.DataFrame]:
    """What each rule finds in its broken example."""
    return {rule.name: rule.offends(BROKEN[rule.name].case) for rule in WITH_EXAMPLE}


def test_every_broken_example_is_found_at_its_cell(offending: Mapping[str, pd.DataFrame]) -> None:
    lost = [name for name, rows in offending.items() if BROKEN[name].cell not in set(rows["cell"])]
    assert lost == []


def test_every_rule_gives_every_placeholder_of_its_words(
    offending: Mapping[str, pd.DataFrame],
) -> None:
    lacking = {}
    for name, rows in offending.items():
        text = rule_texts("en")[name]
        named = set(re.findall(r"\{(\w+)\}", text.what + text.expected + text.correction))
        # The name follows from the code.
        derived = {"name"} if "indicator" in rows.columns else set()
        lacking[name] = named - {*rows.columns} - derived
    assert {name: placeholders for name, placeholders in lacking.items() if placeholders} == {}


def test_an_empty_submission_offends_no_rule() -> None:
    assert [rule.name for rule in EVERY if len(rule.offends(case()))] == []


@pytest.mark.parametrize("language", languages())
def test_the_words_of_a_real_finding_have_no_gap(language: str) -> None:
    findings = validate(BROKEN["parts_above_total"].case)
    (found,) = [finding for finding in findings if finding.rule == "parts_above_total"]

    for part in ("10", "F6:F7", "11", "+1"):
        assert part in describe_finding(found, language).what


def found(rule: str, broken: Broken | ValidationContext) -> list[dict[str, str]]:
    whole = broken.case if isinstance(broken, Broken) else broken
    rows = rules()[rule].offends(whole).astype(str).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


class TestValues:
    @pytest.mark.parametrize(
        ("typed", "status"),
        [("n/a", "O"), ("-", "O"), (":", "O"), ("ei tietoa", "O"), ("z", "M"), ("not applicable", "M"),
         ("confidential", "Q"), ("not collected", "L"), ("K.A.", "O"), ("άγνωστο", "O")],
    )  # fmt: skip
    def test_a_word_for_no_number_is_met_with_its_status(self, typed: str, status: str) -> None:
        broken = drawn(f"indicator | typed | form\nAA | {typed} | text", indicator("AA"))

        assert [finding["status"] for finding in found("status_instead_of_number", broken)] == [
            status
        ]
        assert found("number_not_understood", broken) == []

    @pytest.mark.parametrize(
        "typed",
        ["μηδέν", "ΜΗΔΕΝ", "zéro", "Nolla", "нула", "cero", "zero", "noll", "nula", "nulla",
         "καμία", "keine", "ingen", "aucun", "none", "ei yhtään."],
    )  # fmt: skip
    def test_a_word_for_zero_is_met_with_the_advice_to_type_0(self, typed: str) -> None:
        broken = drawn(f"indicator | typed | form\nAA | {typed} | text", indicator("AA"))

        assert [finding["typed"] for finding in found("zero_in_words", broken)] == [typed]
        assert found("status_instead_of_number", broken) == []
        assert found("number_not_understood", broken) == []
        assert find_rule_text("zero_in_words", "en").correction.startswith("Type 0")

    @pytest.mark.parametrize(
        ("typed", "whole", "decimal"),
        [
            ("1.234", "1234", "1.234"),
            ("1,234", "1234", "1.234"),
            ("12,345", "12345", "12.345"),
        ],
    )
    def test_both_readings_of_an_ambiguous_number_are_shown(
        self, typed: str, whole: str, decimal: str
    ) -> None:
        broken = drawn(f"indicator | typed | form\nAA | {typed} | ambiguous", indicator("AA"))

        (said,) = found("number_ambiguous", broken)

        assert (said["whole"], said["decimal"]) == (whole, decimal)

    @pytest.mark.parametrize(
        ("unit", "offends"),
        [
            ("PERSONS", True),
            ("CASES", True),
            ("FTE", False),
            ("HOURS", False),
            ("MIO_ITEMS", False),
        ],
    )
    def test_a_fraction_offends_where_whole_things_are_counted(
        self, unit: str, offends: bool
    ) -> None:
        broken = drawn("indicator | value\nAA | 2.5", indicator("AA", unit=unit))

        assert bool(found("fraction_of_whole", broken)) is offends

    def test_a_confidential_value_is_a_value(self) -> None:
        whole = case("indicator | value | confidentiality_status\nAA | 2 | C", indicator("AA"))

        assert validate(whole) == []


ONE_CAUSE = [
    ("-10", "number", -10, "value_negative"),
    ("12 %", "percent", 12, "percent_instead_of_count"),
    ("10.5", "number", 10.5, "fraction_of_whole"),
    ("9e20", "number", 9e20, "value_beyond_reason"),
]


@pytest.mark.parametrize(("typed", "form", "value", "rule"), ONE_CAUSE)
@pytest.mark.parametrize("place", [0, 1])
def test_a_cell_that_is_wrong_by_itself_is_one_finding(
    place: int, typed: str, form: str, value: float, rule: str
) -> None:
    cells = [("10", "number", 10.0), ("6", "number", 6.0), ("4", "number", 4.0)]
    cells[place] = (typed, form, value)
    rows = [
        f"AA | {sex} | {' | '.join(map(str, cell))}"
        for sex, cell in zip(("_T", "F", "M"), cells, strict=True)
    ]
    before = observations("indicator | sex | value\nAA | _T | 10\nAA | F | 6\nAA | M | 4")
    whole = case("\n".join(["indicator | sex | typed | form | value", *rows]), AA, previous=before)

    assert [finding.rule for finding in validate(whole)] == [rule]


@pytest.mark.parametrize(("typed", "form"), [("n/a", "text"), ("-5", "number")])
def test_a_numerator_beside_a_wrong_denominator_is_not_alone(typed: str, form: str) -> None:
    value = -5 if form == "number" else ""
    share = f"SHARE | numerator | 5 | number | 5\nSHARE | denominator | {typed} | {form} | {value}"
    whole = case(f"indicator | component | typed | form | value\n{share}", SHARED)

    assert len(validate(whole)) == 1


class TestSums:
    @pytest.mark.parametrize(
        ("total", "girls", "boys", "rule"),
        [
            (10, 6, 4, ""),
            (10, 6, 5, "parts_above_total"),
            (10, 6, 3, "parts_below_total"),
            (10, 6, "", ""),
            (10, 11, "", "parts_above_total"),
            (0, 0, 0, ""),
            (0, 1, 0, "parts_above_total"),
            ("", 6, 4, "total_left_out"),
        ],
    )
    def test_a_missing_part_may_hold_the_rest(
        self, total: object, girls: object, boys: object, rule: str
    ) -> None:
        aa = indicator("AA", by=("sex",), codes={"sex": ("F", "M")})
        sums = {name for name, member in rules().items() if member.family == "sums"}

        broken = drawn(SEXES.format(total, girls, boys), aa)

        assert {name for name in sums if found(name, broken)} == ({rule} if rule else set())

    def test_a_crossed_table_is_held_against_its_margins(self) -> None:
        crossed = indicator(
            "AA", by=("sex", "age", "sex+age"), codes={"sex": ("F", "M"), "age": ("A", "B")}
        )
        broken = drawn("""
            indicator | sex | age | value
            AA        | _T  | _T  | 10
            AA        | F   | _T  | 6
            AA        | M   | _T  | 4
            AA        | F   | A   | 4
            AA        | F   | B   | 3
            AA        | M   | A   | 2
            AA        | M   | B   | 2
        """, crossed)  # fmt: skip

        assert [
            (finding["cell"], finding["by"]) for finding in found("parts_above_total", broken)
        ] == [("F6", "age")]

    def test_a_crossed_table_without_margins_is_held_against_the_total(self) -> None:
        crossed = indicator("AA", by=("sex+age",), codes={"sex": ("F",), "age": ("A", "B")})
        broken = drawn("""
            indicator | sex | age | value
            AA        | _T  | _T  | 5
            AA        | F   | A   | 4
            AA        | F   | B   | 3
        """, crossed)  # fmt: skip

        assert [finding["cell"] for finding in found("parts_above_total", broken)] == ["F5"]

    def test_publishers_that_count_apart_are_no_parts(self) -> None:
        published = indicator("AA", overlapping=("counted_by",))
        broken = drawn("""
            indicator | counted_by | value
            AA        | _T         | 5
            AA        | POLICE     | 9
        """, published)  # fmt: skip

        assert found("part_above_total", broken) == []

    def test_rounded_parts_of_a_divisible_unit_may_differ_a_little(self) -> None:
        fte = indicator("AA", by=("sex",), unit="FTE", codes={"sex": ("F", "M")})

        assert found("parts_above_total", drawn(SEXES.format("1.00", "0.504", "0.505"), fte)) == []


class TestRelations:
    @pytest.mark.parametrize(
        ("median", "offends"), [(12, False), (24, False), (30, True), (60, True)]
    )
    def test_the_median_lies_where_half_of_the_cases_lie(self, median: int, offends: bool) -> None:
        broken = BROKEN["median_outside_band"].case.reading.observations
        broken = broken.assign(value=broken["value"].mask(broken["component"] == "median", median))

        assert bool(found("median_outside_band", case(broken))) is offends

    @pytest.mark.parametrize(("now", "offends"), [(2, False), (1, True)])
    def test_a_step_is_held_against_the_latest_one_before(self, now: int, offends: bool) -> None:
        law = indicator(
            "LAW", kind="milestone", unit="STEP", ladder=("not_started", "adopted", "in_force")
        )
        before = observations("""
            indicator | component | value | period
            LAW       | step      | 1     | 2022
            LAW       | step      | 2     | 2023
        """)  # fmt: skip
        whole = case(f"indicator | component | value\nLAW | step | {now}", law, history=before)

        assert bool(found("step_went_down", whole)) is offends


class TestPlausibility:
    @pytest.mark.parametrize(
        ("value", "offends"), [(103, False), (125, False), (310, True), (30, True)]
    )
    def test_a_change_is_held_against_the_usual_change_of_the_series(
        self, value: int, offends: bool
    ) -> None:
        history = BROKEN["outlier_in_history"].case.history
        whole = case(f"indicator | value\nAA | {value}", indicator("AA"), history=history)

        assert bool(found("outlier_in_history", whole)) is offends

    def test_a_series_that_jumps_every_year_may_jump(self) -> None:
        history = observations("indicator | period | value\n" + "\n".join(
            f"AA | {year} | {value}" for year, value in enumerate((50, 200, 40, 230, 60), 2019)
        ))  # fmt: skip
        whole = case("indicator | value\nAA | 240", indicator("AA"), history=history)

        assert found("outlier_in_history", whole) == []

    def test_a_small_count_is_not_asked_about(self) -> None:
        history = observations("indicator | period | value\nAA | 2023 | 1")
        whole = case("indicator | value\nAA | 8", indicator("AA"), history=history)

        assert found("large_change", whole) == []

    def test_a_part_of_a_year_is_not_compared_with_a_year(self) -> None:
        history = observations("indicator | period | value\nAA | 2023-Q4 | 10")
        whole = case("indicator | value\nAA | 100", indicator("AA"), history=history)

        assert found("large_change", whole) == []


class TestPairs:
    @pytest.mark.parametrize(
        ("convicted", "prosecuted", "offends"),
        [(40, 40, False), (49, 40, False), (50, 40, True), (5, "", False), (10, 0, True)],
    )
    def test_a_later_stage_may_hold_a_few_cases_of_other_years(
        self, convicted: int, prosecuted: object, offends: bool
    ) -> None:
        text = f"indicator | value\nCONVICTED | {convicted}\nPROSECUTED | {prosecuted}"

        assert bool(found("more_than_stage_before", drawn(text, *STAGES))) is offends

    def test_stages_of_different_years_are_not_compared(self) -> None:
        text = "indicator | period | value\nCONVICTED | 2024 | 90\nPROSECUTED | 2023 | 40"

        assert found("more_than_stage_before", drawn(text, *STAGES)) == []

    @pytest.mark.parametrize(
        ("people", "courses", "rules_"),
        [
            (40, 2, []),
            (2, 1, []),
            (500, 1, []),
            (501, 1, ["people_per_event_unusual"]),
            (3, 2, ["people_per_event_unusual"]),
            (3, 0, ["people_without_events"]),
            (0, 3, ["events_without_people"]),
            (0, 0, []),
            ("", 3, []),
            (40, "", []),
        ],
    )
    def test_people_are_held_against_events(
        self, people: object, courses: object, rules_: list[str]
    ) -> None:
        text = f"indicator | value\nPEOPLE | {people}\nCOURSES | {courses}"

        assert [name for name in ATTENDED if found(name, drawn(text, *COURSE))] == rules_

    def test_the_mean_is_shown_with_the_usual_range(self) -> None:
        (said,) = found("people_per_event_unusual", BROKEN["people_per_event_unusual"])

        assert [said[name] for name in ("mean", "fewest", "most")] == ["3000", "2", "500"]

    @pytest.mark.parametrize(
        ("part", "whole", "percent"),
        [(0, 100, "0 %"), (100, 100, "100 %"), (1, 100, ""), (0, 99, ""), (99, 99, ""), ("", 100, "")],
    )  # fmt: skip
    def test_none_or_all_of_many_is_asked_about(
        self, part: object, whole: int, percent: str
    ) -> None:
        share = SHARE.format(part, whole)
        said = found("share_of_none_or_all", drawn(share, indicator("AA")))

        assert [finding["percent"] for finding in said] == ([percent] if percent else [])


class TestRevisions:
    @pytest.mark.parametrize(
        ("was", "now", "offends"),
        [(100, 150, False), (100, 200, True), (100, 50, True), (2, 8, False), (0, 20, True)],
    )
    def test_a_large_revision_is_asked_about(self, was: int, now: int, offends: bool) -> None:
        previous = observations(f"indicator | value\nAA | {was}")
        whole = case(f"indicator | value\nAA | {now}", indicator("AA"), previous=previous)

        assert bool(found("large_revision", whole)) is offends

    @pytest.mark.parametrize(
        ("status", "rules_"),
        [("A", ["value_withdrawn"]), ("M", []), ("Q", ["suppressed_but_free"])],
    )
    def test_a_figure_is_withdrawn_by_a_status(self, status: str, rules_: list[str]) -> None:
        """As its words ask; then nothing is left to be asked."""
        previous = observations("indicator | value\nAA | 12")
        now = f"indicator | value | status\nAA | | {status}\nBB | 1 | A"
        whole = case(now, indicator("AA"), indicator("BB"), previous=previous)

        warned = [
            finding.rule for finding in validate(whole) if finding.severity is Severity.WARNING
        ]
        assert warned == rules_

    def test_a_row_that_is_no_longer_there_is_a_figure_withdrawn(self) -> None:
        previous = observations("indicator | value\nAA | 12\nBB | 7")
        whole = case("indicator | value\nAA | 12", indicator("AA"), previous=previous)

        assert [finding["series"] for finding in found("value_withdrawn", whole)] == ["BB 2024"]


class TestActions:
    def test_a_whole_action_is_left_alone(self) -> None:
        declared = actions("""
            policy_target | goals  | status  | description | timeframe
            GA-1          | GA-1.1 | planned | Training    | by the end of 2026
        """)  # fmt: skip

        assert validate(case("indicator | value\nAA | 1", indicator("AA"), actions=declared)) == []


def test_a_finding_holds_text_only() -> None:
    findings = [
        finding
        for broken in (BROKEN["outlier_in_history"], BROKEN["day_missing"])
        for finding in validate(broken.case)
    ]

    assert all(isinstance(value, str) for finding in findings for value in finding.values.values())
    assert all(isinstance(finding, Finding) for finding in findings)
