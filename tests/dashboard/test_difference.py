"""What a new vintage changes: shares by points, small counts by their number, others in per cent."""

import pandas as pd
import pytest

from dashboard.components.submission.difference import as_displayed, change_in_words, stated_before
from dashboard.components.submission.findings import cells_table
from dashboard.data import records
from dashboard.texts import texts
from metrics.intake.findings import Finding, FindingGroup, Severity
from metrics.submissions.vintages import compare_vintages
from tests.dashboard.reading import of_type, words
from tests.tables import observations

NAN = float("nan")


@pytest.mark.parametrize(
    ("indicator", "component", "before", "now", "said"),
    [
        ("TAKEDOWN_SHARE_2D", "value", 85.4, 56.0, "−29.4 percentage points"),
        ("TAKEDOWN_SHARE_2D", "value", 55.0, 56.0, "+1 percentage point"),
        ("VICTIMS_RECORDED", "value", 719.0, 724.0, "+5 (+0.7 %)"),
        ("VICTIMS_RECORDED", "value", 9850.0, 9851.0, "+1 (+0.01 %)"),
        ("VICTIMS_RECORDED", "value", 9851.0, 9850.0, "−1 (−0.01 %)"),
        ("VICTIMS_RECORDED", "value", 1e9, 1e9 + 1, "+1 (+0.0000001 %)"),
        ("VICTIMS_RECORDED", "value", 1.0, 2.0, "+1 person"),
        ("VICTIMS_RECORDED", "value", 0.0, 5.0, "+5 persons"),
        ("TAKEDOWN_TIME", "cases", 3.0, 2.0, "−1 case"),
        ("ISPS_FILTERING", "numerator", 0.0, 3.0, "+3"),
        ("ISPS_FILTERING", "numerator", 200.0, 100.0, "−100 (−50 %)"),
        ("VICTIMS_RECORDED", "value", 719.0, 719.0, "–"),
        ("VICTIMS_RECORDED", "value", NAN, 719.0, "–"),
        ("VICTIMS_RECORDED", "value", 719.0, NAN, "–"),
    ],
)
def test_a_change_is_said_in_the_unit_that_it_has(
    indicator: str, component: str, before: float, now: float, said: str
) -> None:
    percent = 100 * (now / before - 1) if before else NAN
    row = {
        "indicator": indicator, "component": component, "value": now, "previous_value": before,
        "change_percent": percent,
    }  # fmt: skip

    assert change_in_words(row, texts("en")).replace("\N{NO-BREAK SPACE}", " ") == said


def test_what_was_stated_before_names_the_status_date_and_reference_that_are_others() -> None:
    drawn = """
        indicator        | value | confidentiality_status | since      | reference
        VICTIMS_RECORDED | {}    | {}                     | {}         | {}
    """
    before = observations(drawn.format(26, "N", "2015-05-01", "Act 1"))
    now = observations(drawn.format(27, "F", "2018-05-01", "Act 2"))
    (row,) = records(compare_vintages(before, now))

    lines = [part for part in stated_before(row, texts("en")) if isinstance(part, str)]

    value, *others = (line.replace("\N{NO-BREAK SPACE}", " ") for line in lines)
    assert value == "26 persons"
    assert "not for publication" in others[0].lower()
    assert others[1:] == ["Date: 2015-05-01", "Public reference: Act 1"]


def test_a_cell_with_two_findings_that_ask_for_the_same_is_listed_once() -> None:
    found = [
        Finding("parts_overlap", Severity.NOTE, "GA-1", cell, {"by": by})
        for cell, by in (("F5", "sex"), ("F5", "age"), ("F9", "sex"))
    ]
    drawn = cells_table(FindingGroup(tuple(found)), texts("en"))

    rows = [words(row.children[0]) for row in of_type(drawn, "Tr")[1:]]
    assert rows == ["GA-1!F5", "GA-1!F9"]


@pytest.mark.parametrize(
    ("file_format", "language", "displayed"),
    [("xlsx", "fi", "42,5"), ("ods", "el", "42,5"), ("xlsx", "en", "42.5"), ("csv", "fi", "42.5")],
)
def test_a_number_in_a_cell_is_listed_as_the_sheet_displays_it(
    file_format: str, language: str, displayed: str
) -> None:
    rows = pd.DataFrame({"typed": ["42.5", "1.5 million", "1.234,5", "7"]}, dtype="str")

    typed = as_displayed(rows, file_format, texts(language))["typed"]

    assert [*typed] == [displayed, "1.5 million", "1.234,5", "7"]
