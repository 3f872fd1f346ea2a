"""The examples of `docs/methods.md` from published series: whoever recomputes them finds these."""

import json
from datetime import date
from typing import Any

import pandas as pd
import pytest

from metrics.catalogue.loader import catalogue
from metrics.statistics.assessment.assess import assess
from metrics.statistics.assessment.caseload import collect_cases
from metrics.statistics.status_history import status_history
from tests.drawn_series import CZECH_SUSPECTS, GERMAN_DAYS
from tests.drawn_values import catalogue_of, values_of
from tests.tables import indicator

ON = date(2026, 11, 21)
# Federal Government of Germany, yearly deletion reports: per cent deleted within two days.
GERMAN_SHARE = (
    "2014 77 | 2016 70 | 2019 79.8 | 2020 73.4 | 2021 61.92 | 2022 76.32 | 2023 85.4 | 2024 56"
)
# The same reports: per cent deleted within a week.
GERMAN_WEEK = (
    "2014 96 | 2016 96 | 2019 99.7 | 2020 98.6 | 2021 97.53 | 2022 99.65 | 2023 99 | 2024 99"
)
# Eurostat, offences recorded, ICCS030221.
POLISH_OFFENCES = "2016 1997 | 2017 1927 | 2018 3490 | 2019 13615 B | 2020 5367 | 2021 4005"
GERMAN_OFFENCES = "2017 6672 | 2018 7682 | 2019 12517 | 2020 19036 | 2021 39442 B"
COUNT, FEWER = indicator("DRAWN"), indicator("DRAWN", direction="down")
SHARE = indicator("DRAWN", kind="published_ratio", unit="PC")
DAYS = indicator("DRAWN", kind="published_ratio", unit="DAYS", direction="down")
DIRECTION = {"rule": "direction_only"}


def judged(drawn: str, defined: Any, **target: Any) -> tuple[Any, pd.DataFrame]:
    """The official verdict in the release of November 2026, and the status of each period."""
    published = catalogue().collection("published-figures")
    wanted = catalogue_of(defined, {**DIRECTION, **target})
    caseload = collect_cases(values_of({"DE": drawn}), wanted, ON, published)
    verdicts, history = assess(caseload), status_history(caseload)
    return verdicts[verdicts["area"] == "DE"].iloc[0], history[history["area"] == "DE"]


def steps(verdict: Any) -> dict[str, Any]:
    return {step["label"]: step["value"] for step in json.loads(verdict["arithmetic"])}


def statuses(history: pd.DataFrame) -> list[tuple[str, str, str]]:
    columns = (history[name] for name in ("period", "status", "baseline_period"))
    return list(zip(*columns, strict=True))


def test_czech_suspects_exceed_chance_over_eight_years() -> None:
    verdict, _ = judged(CZECH_SUSPECTS, COUNT)

    shown = steps(verdict)
    assert verdict["status"] == "on_track"
    assert shown["smallest yearly growth that counts"] == pytest.approx(3.9, abs=0.05)
    assert shown["smallest overall growth that counts"] == pytest.approx(2.9, abs=0.05)
    assert shown["threshold of materiality"] == pytest.approx(40.1, abs=0.05)
    assert shown["size of the change"] == 210


def test_and_do_not_from_2020_to_2021() -> None:
    verdict, _ = judged("2020 140 | 2021 145", COUNT)

    assert verdict["status"] == "no_clear_change"
    assert steps(verdict)["threshold of materiality"] == pytest.approx(33.8, abs=0.05)


def test_less_than_a_percentage_point_is_no_thunderstorm() -> None:
    verdict, _ = judged(GERMAN_WEEK, SHARE, method="projected_gap")

    assert (verdict["status"], verdict["category"]) == ("no_clear_change", "thunderstorm")
    assert steps(verdict)["threshold of materiality"] == 1


def test_polish_offences_are_judged_from_their_break_on() -> None:
    verdict, history = judged(POLISH_OFFENCES, FEWER)

    assert statuses(history) == [
        ("2017", "no_clear_change", "2016"), ("2018", "moving_away", "2016"),
        ("2020", "on_track", "2019"), ("2021", "on_track", "2019"),
    ]  # fmt: skip
    assert steps(verdict)["baseline moved"] == "break in the series"
    assert steps(verdict)["change since the baseline"] == -9610
    assert steps(verdict)["threshold of materiality"] == pytest.approx(408, abs=0.5)


def test_german_offences_are_not_yet() -> None:
    verdict, _ = judged(GERMAN_OFFENCES, FEWER)

    assert (verdict["status"], verdict["reason"]) == ("not_assessed", "break_in_series")


def test_the_german_days_begin_a_year_late_and_are_not_current() -> None:
    verdict, history = judged(GERMAN_DAYS, DAYS, baseline="2013")

    assert verdict["status"] == "on_track"
    assert set(verdict["reason"].split(";")) == {"baseline_moved", "years_missing", "not_current"}
    assert statuses(history)[:2] == [
        ("2016", "not_assessed", "2014"), ("2017", "moving_away", "2014")
    ]  # fmt: skip


def test_the_german_share_by_period() -> None:
    _, history = judged(GERMAN_SHARE, SHARE)

    assert [status for _, status, _ in statuses(history)] == [
        "moving_away", "on_track", "moving_away", "moving_away", "no_clear_change", "on_track",
        "moving_away",
    ]  # fmt: skip
    assert history["gap"].round(2).tolist() == [-7, 2.8, -3.6, -15.08, -0.68, 8.4, -21]
