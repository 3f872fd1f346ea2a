"""The examples of `docs/methods.md`: recomputed from the committed figures, word for word."""

import csv
import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from math import isnan, sqrt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from metrics.catalogue.codelists import member_states
from metrics.catalogue.denominators import children_near
from metrics.catalogue.loader import Catalogue, catalogue
from metrics.core.series_window import observed_window
from metrics.core.verdicts import Verdict
from metrics.statistics.assessment.assess import assess
from metrics.statistics.assessment.basis import assessment_basis
from metrics.statistics.outlook import trend
from metrics.statistics.period_changes import period_changes
from metrics.statistics.status_history import status_history
from tests.drawn_series import (
    CZECH_SUSPECTS,
    DIRECTION,
    DOWN,
    GERMAN_DAYS,
    GROWTH,
    UP,
    line,
    points,
    target,
)
from tests.drawn_series import assess as assess_points
from tests.drawn_values import catalogue_of, values_of
from tests.tables import indicator

ROOT = Path(__file__).parents[3]
ON = date(2026, 11, 28)
DOMESTIC = {"hosting": "DOMESTIC"}
OFFENCES = {"offence": "ICCS030221"}
COUNT, FEWER = indicator("DRAWN"), indicator("DRAWN", direction="down")
DAYS = indicator("DRAWN", kind="published_ratio", unit="DAYS", direction="down")
ONE_BY_2026 = target("level_by_date", value=1, by=2026)
IN_2023 = date(2023, 6, 1)
SIGNS = {"LOWER": ">", "UPPER": "<"}
WORDS = {
    "on_track": "on track", "behind": "behind", "moving_away": "moving away",
    "wanted_direction": "in the desired direction",
    "unwanted_direction": "in the undesired direction",
    "no_clear_change": "**no clear change**",
}  # fmt: skip


@cache
def document() -> str:
    text = (ROOT / "docs/methods.md").read_text(encoding="utf-8")
    return " ".join(text.split())


def is_written(*sentences: str) -> None:
    for sentence in sentences:
        assert sentence in document(), sentence


def number(value: float, decimals: int = 0) -> str:
    """`−1,362`: as the document writes it."""
    return f"{value:,.{decimals}f}".replace("-", "−")


@cache
def committed(area: str) -> list[dict[str, str]]:
    """The figures of an area in the collection of published figures, by its latest vintage."""
    latest = max((ROOT / "data/raw/published-figures/2026" / area).glob("*.csv"))
    with latest.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def published(code: str, area: str, **codes: str) -> str:
    """A committed series as `points` reads it: `2019 13615 B | 2020 5367 B`."""
    wanted = {"indicator": code, "hosting": "", "offence": "", "counted_by": "", **codes}
    rows = [row for row in committed(area) if all(row[name] == wanted[name] for name in wanted)]
    years = sorted((row for row in rows if row["period"].isdigit()), key=lambda row: row["period"])
    return " | ".join(
        f"{row['period']} {SIGNS.get(row.get('limit', ''), '')}{row['value']}"
        f" {row['observation_status']}"
        for row in years
    )


def without_breaks(drawn: str) -> str:
    """A series as if it had no break, for examples that show the arithmetic alone."""
    return drawn.replace(" B", " A")


def values_in(drawn: str) -> dict[str, float]:
    return {str(point.period): point.value for point in points(drawn)}


SUSPECTS = published("OFFENDERS_IDENTIFIED", "CZ")
BROKEN_DAYS = published("TAKEDOWN_MEAN_DAYS", "DE", **DOMESTIC)
MEAN_DAYS = without_breaks(BROKEN_DAYS)
IN_TWO_DAYS = published("TAKEDOWN_SHARE_2D", "DE", **DOMESTIC)
IN_A_WEEK = published("TAKEDOWN_SHARE_1W", "DE", **DOMESTIC)


def tables_of_series() -> list[dict[str, float]]:
    """The tables of years and values at the beginning of the document."""
    text = (ROOT / "docs/methods.md").read_text(encoding="utf-8")
    section = text.partition("## The series used in the examples")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+) \|$", section, flags=re.MULTILINE)
    cells = [row.split(" | ") for row in rows if not row.startswith("---")]
    return [
        dict(zip(years, map(float, values), strict=True))
        for years, values in zip(cells[::2], cells[1::2], strict=True)
    ]


def test_the_series_are_those_of_the_published_figures() -> None:
    series = [SUSPECTS, MEAN_DAYS, IN_TWO_DAYS, IN_A_WEEK]

    assert tables_of_series() == [values_in(drawn) for drawn in series]
    assert values_in(CZECH_SUSPECTS) == values_in(SUSPECTS)
    assert values_in(GERMAN_DAYS) == values_in(MEAN_DAYS)


def assessed(values: pd.DataFrame, wanted: Catalogue) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Verdicts and status history of one State, as in the release of published figures."""
    basis = assessment_basis(values, wanted, ON, catalogue().collection("published-figures"))
    tables = assess(basis), status_history(basis)
    verdicts, history = (table[table["area"] == "DE"] for table in tables)
    return verdicts, history


def in_release(
    code: str, drawn: str, hosting: str = "DOMESTIC"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The assessments of a German series by the goal of the catalogue that has a target for it.

    With the number of cases that is published beside it.
    """
    codes, counting = {"hosting": hosting}, "CONTENT_HOSTED"
    rows = pd.concat(
        [
            values_of({"DE": drawn}, code, **codes),
            values_of({"DE": published(counting, "DE", **codes)}, counting, **codes),
        ]
    )
    wanted = replace(catalogue(), goals={"GA-4.2": catalogue().goals["GA-4.2"]})
    tables = assessed(rows, wanted)
    verdicts, history = (table[table["indicator"] == code] for table in tables)
    return verdicts[verdicts["hosting"] == hosting], history[history["hosting"] == hosting]


def illustrated(drawn: str, defined: Any, **fields: Any) -> tuple[Any, pd.DataFrame]:
    """The verdict that a series would have if a direction were wanted, and its history."""
    wanted = catalogue_of(defined, {"rule": "direction_only", **fields})
    verdicts, history = assessed(values_of({"DE": drawn}), wanted)
    return verdicts.iloc[0], history


def steps(verdict: Any) -> dict[str, Any]:
    return {step["key"]: step["value"] for step in json.loads(verdict["arithmetic"])}


def test_materiality_of_czech_suspects() -> None:
    verdict, _ = illustrated(SUSPECTS, COUNT)
    shown, known = steps(verdict), values_in(SUSPECTS)

    assert verdict["status"] == "wanted_direction"
    is_written(
        f"yearly floor 96 · (1.005⁸ − 1) = {number(shown['smallest_yearly_growth_that_counts'], 1)}"
        f", overall floor {number(shown['smallest_overall_growth_that_counts'], 1)}"
        f", chance variation 2 · √{number(known['2017'] + known['2025'])}"
        f" = {number(shown['chance_variation'], 1)}. The change of"
        f" {number(shown['size_of_the_change'])} exceeds"
        f" {number(shown['threshold_of_materiality'], 1)}: the status is unchanged."
    )


def test_materiality_of_czech_suspects_from_2020_to_2021() -> None:
    known = values_in(SUSPECTS)
    verdict, _ = illustrated(f"2020 {known['2020']} | 2021 {known['2021']}", COUNT)
    shown = steps(verdict)

    is_written(
        f"From {number(known['2020'])} in 2020 to {number(known['2021'])} in 2021 alone:"
        f" {number(shown['size_of_the_change'])} against 2 · √{number(known['2020'] + known['2021'])}"
        f" = {number(shown['threshold_of_materiality'], 1)}, {WORDS[verdict['status']]}."
    )


def test_materiality_of_changes_of_czech_suspects_which_are_context() -> None:
    code, known = "OFFENDERS_IDENTIFIED", values_in(SUSPECTS)
    values = values_of({"CZ": SUSPECTS}, code)
    table = period_changes(values, {code: catalogue().indicators[code]})
    pairs = ("2018", "2019"), ("2022", "2023")
    changes = {(row["base_period"], row["period"]): row for row in table.to_dict("records")}
    rise, fall = (changes[pair] for pair in pairs)

    sums = [known[first] + known[last] for first, last in pairs]
    is_written(
        f"rose from {number(known['2018'])} in 2018 to {number(known['2019'])} in 2019, which"
        f" would be +{number(rise['change'], 1)} %. The change of"
        f" {number(known['2019'] - known['2018'])} does not exceed 2 · √{number(sums[0])}"
        f" = {number(2 * sqrt(sums[0]), 1)}: `{rise['materiality']}`.",
        f"From {number(known['2022'])} in 2022 they fell to {number(known['2023'])} in 2023:"
        f" {number(known['2022'] - known['2023'])} exceeds 2 · √{number(sums[1])}"
        f" = {number(2 * sqrt(sums[1]), 1)}, so {number(fall['change'], 1)} % is"
        f" `{fall['materiality']}`.",
    )


def test_materiality_of_the_german_share_within_a_week() -> None:
    verdicts, _ = in_release("TAKEDOWN_SHARE_1W", IN_A_WEEK)
    by_method = {str(row["method"]): row for row in verdicts.to_dict("records")}
    methods = "direction_only", "growth_ratio", "projected_gap"
    official, ratio, projected = (by_method[method] for method in methods)
    shown = steps(official)

    statuses = {row["status"] for row in (official, ratio, projected)}
    assert statuses == {"wanted_direction"}
    is_written(
        f"{number(official['expected_value'])} % in {official['baseline_period']} and"
        f" {number(official['value'])} % in {official['period']}: yearly floor"
        f" {number(shown['smallest_yearly_growth_that_counts'], 2)} (C ="
        f" {number(steps(ratio)['scaling_near_the_natural_limit'], 4)}), overall floor"
        f" {number(shown['smallest_overall_growth_that_counts'], 2)}, smallest change"
        f" {number(shown['smallest_change_that_counts'])} point, chance variation of 967 and 19,296"
        f" cases {number(shown['chance_variation'], 2)}. The change of"
        f" {number(shown['size_of_the_change'])} exceeds it: in the desired direction, and by `growth_ratio`"
        f" and `projected_gap` too. The {number(shown['left_out_special_event'])} % of 2023, a special"
        " event, is left out.",
    )


def test_chance_in_a_published_share_is_that_of_the_cases_published_beside_it() -> None:
    verdicts, _ = in_release("TAKEDOWN_SHARE_2D", IN_TWO_DAYS)
    official = next(row for row in verdicts.to_dict("records") if row["official"])
    drawn = published("TAKEDOWN_SHARE_1W", "DE", hosting="ABROAD")
    (abroad, *_) = in_release("TAKEDOWN_SHARE_1W", drawn, "ABROAD")[0].to_dict("records")

    is_written(f"= {number(steps(official)['chance_variation'], 2)}; the change of at least 4")
    assert "cases_unknown" not in official["reason"]
    assert "cases_unknown" in abroad["reason"].split(";")
    assert steps(abroad)["periods_without_a_number_of_cases"] == "2024"


def test_segments_of_polish_offences() -> None:
    drawn = published("OFFENCES_RECORDED", "PL", **OFFENCES)
    verdict, history = illustrated(drawn, FEWER)
    shown, known = steps(verdict), values_in(drawn)
    broken = [str(point.period) for point in points(drawn) if point.observation_status == "B"]
    assessed = list(zip(history["period"], history["baseline_period"], strict=True))

    assert broken == ["2019", "2020"]
    assert assessed == [("2017", "2016"), ("2018", "2016"), ("2021", "2020")]
    assert "rebased_after_break" in verdict["reason"].split(";")
    assert shown["baseline_moved"] == "break_in_the_series"
    first, second, third, fourth, fifth, sixth = (number(value) for value in known.values())
    is_written(
        f"{first}, {second} and {third} in 2016 to 2018, then {fourth} (B), {fifth} (B) and"
        f" {sixth} in 2019 to 2021.",
        f"{sixth} − {fifth} = {number(shown['change_since_the_baseline'])} against a chance"
        f" variation of 2 · √{number(known['2020'] + known['2021'])}"
        f" = {number(shown['threshold_of_materiality'])}: {WORDS[verdict['status']]}",
    )


def test_german_offences_break_in_their_last_year() -> None:
    verdict, _ = illustrated(published("OFFENCES_RECORDED", "DE", **OFFENCES), FEWER)

    assert (verdict["status"], verdict["reason"]) == ("not_assessed", "break_in_series")
    is_written("The German series has a break in 2021, its latest year: no verdict yet.")


def test_the_segments_of_the_german_days_are_those_of_the_release() -> None:
    verdicts, history = in_release("TAKEDOWN_MEAN_DAYS", BROKEN_DAYS)
    official = verdicts[verdicts["official"]].iloc[0]
    said = {row["period"]: (f"{row['value']:g}", WORDS[row["status"]], row["baseline_period"])
            for row in history.to_dict("records")}  # fmt: skip

    assert "2017" not in said
    assert {period: start for period, (*_, start) in said.items() if period > "2017"} == (
        dict.fromkeys(("2019", "2020", "2021", "2022"), "2017")
    )
    assert steps(official)["baseline_moved"] == "break_in_the_series"
    is_written(
        f"from {said['2016'][0]} in 2016 to 2.01 (B). 2016 is compared with 1.88 in"
        f" {said['2016'][2]}: {said['2016'][1]}.",
        f"2019 is compared with 2.01: {said['2019'][0]}, {said['2019'][1]};"
        f" 2021: {said['2021'][0]}, {said['2021'][1]}; 2022: {said['2022'][0]}, {said['2022'][1]},"
        " *baseline moved 2014 → 2017, break in the series*.",
    )


def test_the_german_days_begin_a_year_late_and_are_not_current() -> None:
    moved, history = illustrated(MEAN_DAYS, DAYS, baseline="2013")
    verdicts, _ = in_release("TAKEDOWN_MEAN_DAYS", BROKEN_DAYS)
    official = verdicts[verdicts["official"]].iloc[0]
    statuses = list(zip(history["period"], history["status"], strict=True))

    assert set(moved["reason"].split(";")) >= {"baseline_moved", "not_current"}
    assert statuses[:2] == [("2016", "not_assessed"), ("2017", "unwanted_direction")]
    is_written(
        "*Baseline moved 2013 → 2014, no value*. As of 2016 there were two values: no verdict."
    )
    is_written(
        f"The German series of days ends in {official['period']}: {WORDS[official['status']]}, **not current**"
        f" ({official['period']} < {steps(official)['latest_period_due']})."
    )


def test_the_status_history_of_the_german_share_within_two_days() -> None:
    _, history = in_release("TAKEDOWN_SHARE_2D", IN_TWO_DAYS)
    said = [
        f"{row['period']} {row['value']:g}, {WORDS[row['status']]} ({signed(row['gap'])})"
        for row in history.to_dict("records")[:-1]
    ]
    last = history.iloc[-1]

    # Without the baseline, the break, the special event and the limit.
    assert len(said) == len(points(IN_TWO_DAYS)) - 4
    assert (last["period"], "limit" in last["reason"].split(";")) == ("2024", True)
    assert isnan(last["gap"])
    assert history["baseline_period"].tolist() == ["2014"] * 2 + ["2017"] * 6
    is_written(
        f"{'; '.join(said)}; {last['period']} less than {last['value']:g},"
        f" {WORDS[last['status']]} (no gap: the publisher gives a limit). The first two are compared with 77 in 2014, the others with 60 in 2017,"
        " where the series has a break. There is no status for 2023, because its 85.4 is the figure of a special event."
    )


def signed(value: float) -> str:
    return f"{round(value, 2):+g}".replace("-", "−")


def test_the_examples_of_growth() -> None:
    growth = assess_points("yearly_growth", SUSPECTS, GROWTH, UP)
    ratio = assess_points("growth_ratio", SUSPECTS, DIRECTION, UP)
    years = [step.value for step in growth.arithmetic if step.key == "growth_a_year_in_per_cent"]

    is_written(
        f"96 · 1.1⁸ = {number(line(growth, 'path'), 2)}.",
        f"306 − {number(line(growth, 'path'), 2)} = {number(line(growth, 'value_less_path'), 2)}.",
        f"= {number(line(growth, 'months_late'), 2)}, so 50 months ahead.",
        f"{', '.join(f'{value:+.1f}'.replace('-', '−') for value in years)} %: met in"
        f" {line(growth, 'years_met')} years, missed in {line(growth, 'years_missed')}.",
        "(306/96)^(1/8) − 1 = "
        f"{number(100 * line(ratio, 'growth_a_year_in_the_wanted_direction'), 2)} % a year",
    )


def test_the_examples_of_levels() -> None:
    level = assess_points("level_by_date", MEAN_DAYS, ONE_BY_2026, DOWN, IN_2023)
    ratio = assess_points("growth_ratio", MEAN_DAYS, ONE_BY_2026, DOWN, IN_2023)
    kept = assess_points("keep_at", MEAN_DAYS, target("keep_at", value=2), DOWN)

    is_written(
        f"1.88 − 0.88 · 8/12 = {number(line(level, 'value_asked_for'), 4)}. Value 1.54: short by"
        f" {number(-(level.gap or 0), 4)} days.",
        f"= {number(level.months_late or 0, 1)} months late. **Behind.**",
        f"required (1/1.88)^(1/12) − 1 = {number(100 * line(ratio, 'growth_required_a_year'), 2)} %;"
        f" R = 2.46/5.12 = {number(100 * line(ratio, 'progress'))} %: **limited progress**, score"
        f" {number(ratio.score or 0, 2)}.",
        f"1.54 − 2 = {number(line(kept, 'value_less_level'), 2)}: **achieved**; kept in"
        f" {line(kept, 'periods_kept')} of {len(points(MEAN_DAYS))} observed years.",
    )


def test_the_examples_of_directions() -> None:
    rising = assess_points("direction_only", SUSPECTS, DIRECTION, UP)
    days = assess_points("direction_only", MEAN_DAYS, DIRECTION, DOWN)
    share = assess_points("direction_only", without_breaks(IN_TWO_DAYS), DIRECTION, UP)

    is_written(
        f"306 − 96 = +{number(change_of(rising))}, {number(line(rising, 'change_a_year'), 2)} a year,"
        f" last +{number(line(rising, 'last_change'))}:"
        " **in the desired direction**.",
        f"1.54 − 1.88 = {number(change_of(days), 2)}, to fall: **in the desired direction**",
        f"56 − 77 = {number(change_of(share))}, to rise: **in the undesired direction**.",
    )


def change_of(verdict: Verdict) -> float:
    return float(line(verdict, "change_since_the_baseline"))


def test_the_examples_of_projections() -> None:
    rising = assess_points("projected_gap", SUSPECTS, DIRECTION, UP)
    days = assess_points("projected_gap", MEAN_DAYS, DIRECTION, DOWN)
    level = assess_points("projected_gap", MEAN_DAYS, ONE_BY_2026, DOWN, IN_2023)

    is_written(
        f"(306 − 140)/5 = +{number(line(rising, 'mean_change_a_year'), 1)} a year, last"
        f" +{number(line(rising, 'last_change'))}: **{rising.category}**.",
        f"(1.54 − 2.93)/6 = {number(line(days, 'mean_change_a_year'), 3)} a year, last"
        f" {number(line(days, 'last_change'), 2)}, to fall: **{days.category}**.",
        f"1.54 − 0.232 · 4 = {number(line(level, 'projected'), 2)}, beyond the level:"
        f" **{level.category}**",
    )


@pytest.mark.parametrize(
    ("drawn", "decimals", "written"),
    [
        (SUSPECTS, 0, "+{a_year:.1f} a year; {year}: {value}, between {low} and {high}."),
        (
            MEAN_DAYS,
            2,
            "{a_year:.3f} a year; {year}: {value}, between {low} (cut at 0) and {high}.",
        ),
    ],
)
def test_the_examples_of_the_outlook(drawn: str, decimals: int, written: str) -> None:
    found = trend(observed_window(points(drawn)), compound=False)
    ahead = found.ahead[0]
    numbers = {name: number(getattr(ahead, name), decimals) for name in ("value", "low", "high")}
    sentence = written.format(a_year=found.change_a_year, year=int(ahead.time), **numbers)

    is_written(sentence.replace("-", "−"))


def test_the_example_of_a_changing_set_of_states() -> None:
    by_state = {
        area: values_in(drawn)
        for area in member_states()
        if (drawn := has_offences(area))
    }  # fmt: skip
    first, second, third = ([known for known in by_state.values() if year in known]
                            for year in ("2016", "2017", "2019"))  # fmt: skip
    sums = [sum(known[year] for known in found)
            for year, found in (("2016", first), ("2017", second), ("2019", third))]  # fmt: skip
    joined = {area for area, known in by_state.items() if "2017" in known and "2016" not in known}
    share = sum(by_state[area]["2017"] for area in joined) / sums[1]

    assert joined == {"DE", "RO"}
    is_written(
        f"are {number(sums[0])} in {len(first)} States in 2016 and {number(sums[1])} in"
        f" {len(second)} in 2017: Germany and Romania, which joined, are {number(100 * share)} % of it",
        f"in 2019, made up {number(100 * by_state['PL']['2019'] / sums[2])} % of the sum of that year",
    )


def test_the_coverage_of_the_offences_of_2016() -> None:
    reporting = {area for area in member_states() if "2016" in has_offences(area)}

    without_poland = shares_of_union(reporting - {"PL"})[1]
    states, children = shares_of_union(reporting)

    is_written(
        f"{len(reporting)} of 27 States have figures for 2016, and {number(100 * children, 1)} % of"
        f" the children live in them: {len(reporting)} / 27 = {number(states, 4)} ≥ 0.6667",
        f"Without Poland, the share would be {number(100 * without_poland, 1)} %",
    )


def shares_of_union(areas: set[str]) -> tuple[float, float]:
    """The share of the States, and that of the children, in 2016."""
    children = {area: children_near(area, 2016) for area in member_states()}
    return len(areas) / 27, sum(children[area] for area in areas) / sum(children.values())


def has_offences(area: str) -> str:
    """The series of a State; empty where it has none."""
    folder = ROOT / "data/raw/published-figures/2026" / area
    return published("OFFENCES_RECORDED", area, **OFFENCES) if folder.is_dir() else ""
