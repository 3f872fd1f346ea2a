"""How late a report was, and how many of a round came on time."""

import pandas as pd
import pytest

from metrics.release.timeliness import days_late, tabulate_timeliness


def reports(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["round", "due", "status", "received"])


DRAWN = reports(
    ("2024", "2025-03-31", "on_time", "2025-03-31"),
    ("2024", "2025-03-31", "on_time", "2025-03-01"),
    ("2024", "2025-03-31", "late", "2025-04-12"),
    ("2024", "2025-03-31", "missing", ""),
    ("2025", "2026-03-31", "awaited", ""),
    ("2025", "2026-03-31", "on_time", "2026-02-01"),
)


def test_only_a_late_report_has_days_late() -> None:
    assert days_late(DRAWN).tolist() == [0, 0, 12, 0, 0, 0]


def test_a_round_has_a_share_on_time_once_no_report_is_awaited() -> None:
    closed, still_open = tabulate_timeliness(DRAWN).to_dict("records")

    assert (closed["on_time"], closed["late"], closed["missing"]) == (2, 1, 1)
    assert closed["share_on_time"] == pytest.approx(50)
    assert (still_open["awaited"], still_open["on_time"]) == (1, 1)
    assert pd.isna(still_open["share_on_time"])


def test_no_report_gives_no_round() -> None:
    assert tabulate_timeliness(DRAWN[:0]).empty
