"""What a correction changes, as it is printed: the figure, or only what is said about it."""

from pathlib import Path

import pytest

from metrics.commands.figures_text import format_figure_change, value_lines
from metrics.submissions.desk import Desk
from metrics.submissions.vintages import compare_vintages
from tests.submitted import FINLAND, csv
from tests.tables import observations


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (("A", "F"), ("E", "F"), "800, status A -> E"),
        (("A", "F"), ("P", "C"), "800, status A -> P, F -> C"),
        (("A", "F"), ("A", "F"), "800"),
    ],
)
def test_a_figure_that_stayed_shows_what_is_now_said_of_it(
    before: tuple[str, str], now: tuple[str, str], said: str
) -> None:
    names = ("observation_status", "confidentiality_status")
    old = {f"previous_{name}": code for name, code in zip(names, before, strict=True)}
    new = dict(zip(names, now, strict=True))
    row = {"value": 800.0, "previous_value": 800.0, **old, **new}
    assert format_figure_change(row, "en") == said


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (9850.0, 9851.0, "9,850 -> 9,851 (+0.01 %)"),
        (9851.0, 9850.0, "9,851 -> 9,850 (−0.01 %)"),
        (40.0, 0.0, "40 -> 0 (−100.0 %)"),
        (40.0, 1000.0, "40 -> 1,000 (+2,400.0 %)"),
    ],
)
def test_a_small_change_is_not_written_as_none(before: float, now: float, said: str) -> None:
    row = {"previous_value": before, "value": now, "change_percent": 100 * (now / before - 1)}
    assert format_figure_change(row, "en") == said


def test_a_status_that_is_lost_is_named_beside_the_value_that_changed() -> None:
    drawn = "indicator | value | confidentiality_status\nICSE_VICTIMS | {} | {}"
    before, now = (observations(drawn.format(*stated)) for stated in (("26", "N"), ("27", "F")))

    (row,) = compare_vintages(before, now).to_dict("records")

    assert format_figure_change(row, "en") == "26 -> 27 (+3.8 %), status N -> F"


def test_a_step_date_and_reference_are_given_as_they_were_and_are() -> None:
    drawn = """
        indicator        | component | sub  | value | since      | reference
        LEGAL_INSTRUMENT | step      | SUB  | {}    | {}         | {}
    """.replace("sub ", "instrument").replace("SUB ", "CETS_201")
    old, new = observations(drawn.format(3, "2015-05-01", "Act 1")), drawn.format

    (row,) = compare_vintages(old, observations(new(2, "2018-05-01", ""))).to_dict("records")
    said = format_figure_change(row, "en")
    assert "%" not in said
    assert " -> " in said
    assert "before: Date: 2015-05-01" in said
    assert "Public reference: Act 1" in said

    (row,) = compare_vintages(old, observations(new(3, "2015-05-01", "Act 2"))).to_dict("records")
    assert row["change"] == "changed"
    assert "Act 1" in format_figure_change(row, "en")


def test_every_value_is_listed_as_typed_as_read_and_with_its_old_value(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home")
    desk.submit(csv(tmp_path / "1.csv"), **FINLAND)
    changed = {"INVESTIGATIONS_OPENED": "1 121", "ICSE_VICTIMS": "15", "ICSE_VICTIMS[sex=F]": "11"}
    sent = csv(tmp_path / "2.csv", **changed, **{"ICSE_VICTIMS[sex=M]": "", "BEST_PRACTICES_SHARED": "0"})  # fmt: skip
    difference = desk.examiner.examine(sent, **FINLAND).difference
    assert difference is not None

    lines = " ".join(value_lines(difference, "en"))

    assert "Investigations opened: INVESTIGATIONS_OPENED FI 2024" in lines
    assert "typed: 1 121, read as 1,121 cases; normal value; free for publication; changed (120 -> 1,121" in lines  # fmt: skip
    assert "typed: 0, read as 0 practices; normal value; free for publication; new" in lines
    assert "ICSE_VICTIMS[sex=M] FI 2024            typed: –, read as –; removed (4 -> –)" in lines  # fmt: skip


def test_remark_and_references_are_listed_with_the_value() -> None:
    now = observations("""
        indicator    | value | remark      | reference | limit
        ICSE_VICTIMS | 12    | first count | Report 4  | LOWER
    """)

    lines = " ".join(value_lines(compare_vintages(now.head(0), now), "fi"))

    assert "Huomautus: first count" in lines
    assert "Julkinen viite: Report 4" in lines
