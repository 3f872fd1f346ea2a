"""Values compared with one another, with the vintage before, and with what was asked."""

from dataclasses import replace
from typing import Any

import pytest

from metrics.intake.finding_texts import describe_finding, name_series
from metrics.intake.findings import ValidationContext
from metrics.intake.validate import validate
from metrics.messages import languages
from tests.intake.rules.offences import find_offences, offending_cells
from tests.tables import case, indicator, observations, workbook

AA = indicator("AA")
SEXES = indicator("SEXES", by=("sex",), codes={"sex": ("F", "M")})
SHARE = indicator(
    "SHARE", kind="share", unit="PC", numerator={"en": "some"}, denominator={"en": "all"}
)
TIME = indicator("TIME", kind="duration", unit="HOURS", by=("band", "hosting"))
LAW = indicator("LAW", kind="milestone", unit="STEP", ladder=("not_started", "adopted", "in_force"))
PART, WHOLE = indicator("PART", parts_of="WHOLE"), indicator("WHOLE")


def share(numerator: object, denominator: object) -> ValidationContext:
    rows = f"SHARE | numerator | {numerator}\nSHARE | denominator | {denominator}"
    return case(f"indicator | component | value\n{rows}", SHARE)


SHARES = ("numerator_above_denominator", "denominator_zero", "numerator_alone", "denominator_alone")


@pytest.mark.parametrize(
    ("numerator", "denominator", "told"),
    [
        (5, 5, []),
        (6, 5, ["numerator_above_denominator"]),
        (0, 0, []),
        (1, 0, ["denominator_zero"]),
        (1, "", ["numerator_alone"]),
        (0, "", ["numerator_alone"]),
        ("", 1, ["denominator_alone"]),
        ("", 0, []),
        ("", "", []),
    ],
)
def test_a_share_has_both_its_parts_and_is_no_more_than_all(
    numerator: object, denominator: object, told: list[str]
) -> None:
    whole = share(numerator, denominator)

    assert [rule for rule in SHARES if find_offences(rule, whole)] == told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("SHARE | numerator | 700", ["numerator_alone"]),
        ("SHARE | denominator | 900", ["denominator_alone"]),
    ],
)
def test_a_row_that_is_not_in_the_file_is_the_same_as_an_empty_one(
    row: str, told: list[str]
) -> None:
    whole = case(f"indicator | component | value\n{row}", SHARE)

    assert [rule for rule in SHARES if find_offences(rule, whole)] == told
    (finding,) = [finding for finding in validate(whole) if finding.rule in told]
    assert "–" not in describe_finding(finding).correction


def test_the_other_part_of_the_share_is_named_with_its_cell() -> None:
    (found,) = find_offences("numerator_above_denominator", share(40, 30))

    assert (found["cell"], found["other"], found["other_cell"]) == ("F5", "30", "F6")


@pytest.mark.parametrize("column", ["area | FI | SE", "period | 2023 | 2024", "sex | F | M"])
def test_parts_of_other_states_years_and_sexes_are_not_held_together(column: str) -> None:
    name, one, other = column.split(" | ")
    drawn = f"indicator | component | {name} | value\nSHARE | numerator | {one} | 9\nSHARE | denominator | {other} | 5"

    assert offending_cells("numerator_above_denominator", case(drawn, SHARE)) == []


@pytest.mark.parametrize(("part", "told"), [(99, []), (100, []), (101, ["F6"]), ("", [])])
def test_a_part_is_no_more_than_its_whole(part: object, told: list[str]) -> None:
    whole = case(f"indicator | value\nWHOLE | 100\nPART | {part}", PART, WHOLE)

    assert offending_cells("part_above_whole", whole) == told
    assert all(finding["whole"] == "WHOLE" for finding in find_offences("part_above_whole", whole))


def bands(median: object, *counts: object) -> ValidationContext:
    names = ("LE24H", "H24_48", "H48_72", "D3_7", "GT7D")
    rows = [f"TIME | cases | {name} | {count}" for name, count in zip(names, counts, strict=True)]
    return case("\n".join(["indicator | component | band | value",
                           f"TIME | median | _T | {median}", *rows]), TIME)  # fmt: skip


@pytest.mark.parametrize(
    ("median", "counts", "offending"),
    [
        (12, (6, 2, 2, 0, 0), False),
        (24, (6, 2, 2, 0, 0), False),
        (25, (6, 2, 2, 0, 0), True),
        (36, (5, 5, 0, 0, 0), False),  # the middle of ten lies between two bands
        (0, (5, 5, 0, 0, 0), False),
        (49, (5, 5, 0, 0, 0), True),
        (9999, (0, 0, 0, 0, 3), False),
        (160, (0, 0, 0, 0, 3), True),
        (60, (6, 2, 2, 0, ""), False),  # one band is not known
        (60, (0, 0, 0, 0, 0), False),
        ("", (6, 2, 2, 0, 0), False),
    ],
)
def test_the_median_is_in_the_band_of_the_middle_case(
    median: object, counts: tuple[object, ...], offending: bool
) -> None:
    assert bool(offending_cells("median_outside_band", bands(median, *counts))) is offending


def before(rows: str, now: str, *known: Any, **others: Any) -> ValidationContext:
    return case(now, *(known or (AA,)), previous=observations(rows), **others)


@pytest.mark.parametrize(
    ("was", "now", "asked"),
    [(10, 20, True), (10, 19, False), (20, 10, True), (9, 18, False), (0, 10, True), (0, 9, False), (10, "", False), ("", 50, False)],
)  # fmt: skip
def test_only_a_change_that_is_large_both_ways_is_asked_about(
    was: object, now: object, asked: bool
) -> None:
    whole = before(f"indicator | value\nAA | {was}", f"indicator | value\nAA | {now}")

    found = find_offences("large_revision", whole)
    assert [finding["was"] for finding in found] == [f"{was}"] * asked


@pytest.mark.parametrize(
    ("was", "now", "withdrawn"),
    [("5", "", True), ("0", "", True), ("", "", False), ("5", "0", False), ("5", "6", False)],
)
def test_a_figure_that_is_left_out_is_told(was: str, now: str, withdrawn: bool) -> None:
    whole = before(f"indicator | value\nAA | {was}", f"indicator | value\nAA | {now}")

    assert bool(offending_cells("value_withdrawn", whole)) is withdrawn


def test_a_figure_that_became_a_text_is_not_withdrawn_but_wrong() -> None:
    whole = before("indicator | value\nAA | 5", "indicator | typed | form\nAA | some | text")

    assert offending_cells("value_withdrawn", whole) == []


def test_a_row_that_is_gone_is_named_by_its_breakdown_and_sheet() -> None:
    was = "indicator | sex | sheet | value\nAA | _T | GA-1 | 7\nAA | F | GA-1 | 5"
    (found,) = find_offences("value_withdrawn", before(was, "indicator | value\nAA | 7"))

    assert (found["sheet"], found["series"]) == ("GA-1", "AA[sex=F] 2024")
    assert name_series(found["series"], "en") == "AA (girls and women) 2024"
    assert len({name_series(found["series"], language) for language in languages()}) > 1


def test_rows_that_are_not_in_a_workbook_of_ours_are_asked_about_by_name() -> None:
    rows = "indicator | sex | value\nSEXES | _T | 6\nSEXES | F | 6"
    ours = replace(workbook(), stamp={"template": "follow_up"})

    asked = [
        name_series(finding["series"], "en")
        for finding in find_offences("row_left_out", case(rows, SEXES, workbook=ours))
    ]

    assert asked == ["SEXES (boys and men) 2024"]
    assert find_offences("row_left_out", case(rows, SEXES)) == []


def test_a_median_is_not_asked_for_by_band() -> None:
    rows = "indicator | component | value\nTIME | cases | 6\nTIME | median | 6"
    ours = replace(workbook(), stamp={"template": "follow_up"})

    asked = [
        name_series(finding["series"], "en")
        for finding in find_offences("row_left_out", case(rows, TIME, workbook=ours))
    ]

    banded = [series for series in asked if "within 24 hours" in series]
    assert banded
    assert not any("median" in series for series in banded)


def test_without_a_vintage_before_nothing_was_revised() -> None:
    whole = case("indicator | value\nAA | 5", AA)

    assert (
        offending_cells("large_revision", whole) == offending_cells("value_withdrawn", whole) == []
    )


def step(value: int, period: str = "2024") -> str:
    return f"indicator | component | value | period | typed\nLAW | step | {value} | {period} | a"


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (step(2, "2023"), step(1), ["in_force"]),
        (step(1, "2023"), step(1), []),
        (step(1, "2023"), step(2), []),
        (step(2, "2025"), step(1), []),  # what comes later is no reason
        (step(2, "2024"), step(0), ["in_force"]),
    ],
)
def test_what_was_reached_stays_reached(was: str, now: str, told: list[str]) -> None:
    whole = case(now, LAW, history=observations(was))

    assert [finding["step_was"] for finding in find_offences("step_went_down", whole)] == told


def test_both_steps_are_named_in_the_words_of_the_reader() -> None:
    whole = case(step(1), LAW, history=observations(step(2, "2023")))
    (finding,) = [found for found in validate(whole) if found.rule == "step_went_down"]

    assert describe_finding(finding, "fi").what.endswith(
        "Askelma on ”hyväksytty”; aiemmin se oli ”voimassa”."
    )


def test_the_vintage_before_counts_beside_earlier_rounds() -> None:
    whole = case(
        step(1), LAW, history=observations(step(0, "2023")), previous=observations(step(2))
    )

    assert offending_cells("step_went_down", whole) == ["F5"]


def test_a_step_beyond_the_ladder_of_today_is_shown_as_its_number() -> None:
    whole = case(step(1), LAW, history=observations(step(7, "2023")))

    assert [finding["step_was"] for finding in find_offences("step_went_down", whole)] == ["7"]


# Completeness


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ("AA | 1 | A\nBB |  | A", ["BB"]),
        ("AA | 1 | A\nBB |  | O", []),
        ("AA | 1 | A\nBB | 0 | A", []),
        ("AA | 1 | A", ["BB"]),
        ("AA |  | A\nBB |  | A", []),  # of an empty workbook another rule speaks
    ],
)
def test_an_indicator_of_which_nothing_is_said_is_named(rows: str, left: list[str]) -> None:
    known = (AA, indicator("BB"), indicator("NN", collected=False))
    found = find_offences("indicator_left_out", case(f"indicator | value | status\n{rows}", *known))

    assert [finding["indicator"] for finding in found] == left


def test_of_a_collection_of_publications_not_everything_is_expected() -> None:
    whole = case("indicator | value\nAA | 1", AA, indicator("BB"))
    published = whole.collection.model_copy(update={"areas": "any"})
    anywhere = type(whole)(whole.reading, published, whole.indicators, whole.goals)

    assert offending_cells("indicator_left_out", anywhere) == []


def test_a_part_of_a_report_leaves_no_indicator_out() -> None:
    part = case("indicator | value\nAA | 1", AA, indicator("BB"))
    with_carried = replace(part, carried=part.reading.observations.iloc[:0])

    assert offending_cells("indicator_left_out", with_carried) == []


@pytest.mark.parametrize(
    ("girls", "boys", "told"),
    [("6 | A", " | A", ["F7"]), ("6 | A", " | O", []), ("6 | A", "0 | A", []), (" | A", " | A", [])],
)  # fmt: skip
def test_an_empty_part_among_filled_ones_is_told(girls: str, boys: str, told: list[str]) -> None:
    rows = f"AA | _T | 6 | A\nAA | F | {girls}\nAA | M | {boys}"

    assert (
        offending_cells("part_left_empty", case(f"indicator | sex | value | status\n{rows}", AA))
        == told
    )


@pytest.mark.parametrize(
    ("status", "remark", "told"),
    [("O", "", True), ("L", "", True), ("O", "No register", False), ("M", "", False), ("Q", "", False), ("A", "", False)],
)  # fmt: skip
def test_what_is_missing_is_explained_in_a_remark(status: str, remark: str, told: bool) -> None:
    whole = case(f"indicator | value | status | remark\nAA |  | {status} | {remark}", AA)

    assert bool(offending_cells("missing_unexplained", whole)) is told


def test_a_median_without_any_cases_by_time_is_taken_as_it_is() -> None:
    """As an analyst has it who knows the median and no more."""
    assert validate(bands(12, "", "", "", "", "")) == []


@pytest.mark.parametrize("also", ["", "\nTIME | cases | _T | 5", "\nAA | value | _T | 5"])
def test_a_median_of_which_no_band_has_a_row_is_taken_as_it_is(also: str) -> None:
    drawn = f"indicator | component | band | value\nTIME | median | _T | 12{also}"

    assert offending_cells("median_outside_band", case(drawn, TIME, AA)) == []


@pytest.mark.parametrize(
    ("step", "since", "told"),
    [
        ("1", "2020-05-01", False),  # as it was reported
        ("1", "2021-05-01", True),
        ("2", "2019-03-01", True),  # reached before the report of a lower step
        ("2", "2023-12-31", True),
        ("2", "2024-03-01", False),
        ("0", "2024-03-01", False),  # another rule asks about the step
        ("2", "", False),
    ],
)
def test_the_day_of_a_step_agrees_with_the_last_report(step: str, since: str, told: bool) -> None:
    said = "indicator | component | period | value | since\nLAW | step | {} | {} | {}"
    whole = case(
        said.format("2024", step, since), LAW, history=observations(said.format("2023", "1", "2020-05-01"))
    )  # fmt: skip

    found = find_offences("day_contradicts_report", whole)
    assert [(one["typed"], one["was"], one["step_was"]) for one in found] == (
        [(since, "2020-05-01", "adopted")] if told else []
    )
