"""All findings at once, in the submitter's own cells, grouped by what corrects them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.loader import catalogue
from metrics.core.cells import row_and_column
from metrics.intake.finding_texts import describe_finding, group_findings, text_in_cell
from metrics.intake.findings import Finding, FindingGroup, Severity
from metrics.intake.reading.numbers import cell_text
from metrics.intake.validate import accepted_observations, cell_position, validate
from metrics.intake.workbook import Sheet
from metrics.messages import languages
from metrics.submissions.accepted_before import PriorData
from metrics.submissions.validation_contexts import validation_context
from tests.sheets import BELONGS, read, sheet
from tests.tables import case, indicator, workbook

TRAININGS = indicator("TRAININGS", by=("sex",))


def found(drawn: str) -> set[tuple[str, str]]:
    whole = case(drawn, TRAININGS)
    return {
        (finding.rule, finding.cell)
        for finding in validate(whole)
        if finding.severity is Severity.ERROR
    }


def test_everything_wrong_is_said_at_once() -> None:
    assert found("""
        indicator | sex | typed  | status
        TRAININGS | _T  | 10     | A
        TRAININGS | F   | 6      | A
        TRAININGS | M   | 7      | A
        TRAININGS | U   | x y    | O
    """) == {("parts_above_total", "F5"), ("number_not_understood", "F8")}


def test_the_gravest_come_first_and_then_the_order_of_the_sheet() -> None:
    whole = case("""
        indicator | sex | typed | cell
        TRAININGS | M   | foo   | C10
        TRAININGS | F   |       | C9
        TRAININGS | U   | bar   | C8
        TRAININGS | _T  | 4     | C7
    """, TRAININGS)  # fmt: skip

    assert [finding.cell for finding in validate(whole)] == ["C8", "C10", "C9"]


def test_what_is_in_error_is_not_accepted_and_an_empty_cell_says_nothing() -> None:
    whole = case("""
        indicator | sex | typed | status
        TRAININGS | _T  | 4     | A
        TRAININGS | F   | foo   | A
        TRAININGS | M   |       | A
        TRAININGS | U   |       | O
    """, TRAININGS)  # fmt: skip

    kept = accepted_observations(whole.reading, validate(whole))

    assert list(kept["cell"]) == ["F5", "F8"]


def test_one_cause_is_one_group_and_every_cell_is_listed() -> None:
    cells = [f"F{row}" for row in range(3, 41)] + ["F44"]
    findings = [
        Finding("number_ambiguous", Severity.ERROR, "A", cell, {"typed": f"1.{cell}"})
        for cell in cells
    ]

    (group,) = group_findings(findings)

    assert group.location == "A!F3:F40, F44"
    assert [finding.cell for finding in group.findings] == cells


def test_what_is_mended_in_another_way_is_another_group() -> None:
    findings = [
        Finding("status_instead_of_number", Severity.ERROR, "A", f"F{row}", {"status": status})
        for row, status in enumerate(["O", "O", "M"], 1)
    ]

    assert [group.location for group in group_findings(findings)] == ["A!F1:F2", "A!F3"]


def test_notes_of_one_cause_are_one_group_of_all_sheets() -> None:
    places = [("A", "F3"), ("A", "H3"), ("A", "F4"), ("B", "F9")]
    notes = [Finding("text_outside_table", Severity.NOTE, *place) for place in places]
    errors = [Finding("value_negative", Severity.ERROR, *place) for place in places]

    assert [group.location for group in group_findings(notes)] == ["A!F3:F4, H3; B!F9"]
    assert [group.location for group in group_findings(errors)] == ["A!F3:F4", "A!H3", "B!F9"]


def test_a_sentence_that_states_a_number_does_not_spell_it_as_the_sender_did() -> None:
    cells = case(
        "indicator | topic | typed | form | value | understood\n"
        "TRAININGS | _T | 1.234 | number | 1234 | 1234\n"
        "TRAININGS | LEGAL | 1.300 | number | 1300 | 1300", indicator("TRAININGS", overlapping=("topic",)),
    )  # fmt: skip

    (error,) = [found for found in validate(cells) if found.severity is Severity.ERROR]

    assert describe_finding(error, "fi").what.endswith(
        "Arvo on 1\N{NO-BREAK SPACE}300, ja summa solussa F5 on 1\N{NO-BREAK SPACE}234."
    )
    assert text_in_cell(error) in {"1.300", "1300"}


def test_a_cell_with_an_error_has_no_notes() -> None:
    cells = case(
        "indicator | typed | form | value\nTRAININGS | 1 234,5 | number | 1234.5", TRAININGS
    )

    assert [finding.rule for finding in validate(cells)] == ["fraction_of_whole"]


@pytest.mark.parametrize(
    ("cell", "place"), [("A1", (1, 1)), ("Z9", (26, 9)), ("AA10", (27, 10)), ("", (0, 0))]
)
def test_position(cell: str, place: tuple[int, int]) -> None:
    assert cell_position(cell) == place


def test_a_hundred_thousand_errors_are_all_reported() -> None:
    drawn = case("indicator | typed\nTRAININGS | forty", TRAININGS).reading.observations
    many = drawn.loc[drawn.index.repeat(100_000)].reset_index(drop=True)
    many["cell"] = [f"F{row}" for row in range(1, 100_001)]
    many["period"] = [str(1900 + row % 100) for row in range(100_000)]

    findings = validate(case(many, TRAININGS))

    assert sum(finding.rule == "number_not_understood" for finding in findings) == 100_000


def test_a_message_quotes_one_line_of_what_was_typed() -> None:
    finding = Finding("number_not_understood", Severity.ERROR, "A", "F1", {"typed": "x\n" * 500})

    assert len(describe_finding(finding).what) < 120
    assert "\n" not in describe_finding(finding).what


@pytest.mark.parametrize(
    ("cells", "ranges"),
    [
        (["F3"], "F3"),
        (["F3", "F4", "F5"], "F3:F5"),
        (["F3", "G4", "F5"], "F3, F5, G4"),
        (["F3", "F3", "F4"], "F3:F4"),
        (["Z9", "Z10", "AA11"], "Z9:Z10, AA11"),
    ],
)
def test_cells_are_shown_as_ranges(cells: list[str], ranges: str) -> None:
    group = FindingGroup(
        tuple(Finding("value_negative", Severity.ERROR, "A", cell) for cell in cells)
    )

    assert group.location == f"A!{ranges}"


def test_findings_on_no_cell_are_at_their_sheet_or_the_file() -> None:
    on_sheet = Finding("sheet_not_understood", Severity.WARNING, "A", "")
    of_file = Finding("submission_empty", Severity.ERROR, "", "")

    assert [FindingGroup((finding,)).location for finding in (on_sheet, of_file)] == ["A", ""]


@given(st.lists(st.tuples(st.sampled_from("FG"), st.integers(1, 60)), min_size=1, unique=True))
def test_no_finding_is_lost_or_doubled_by_grouping(places: list[tuple[str, int]]) -> None:
    findings = [
        Finding("value_negative", Severity.ERROR, "A", f"{column}{row}") for column, row in places
    ]

    groups = group_findings(findings)

    assert sorted(finding.cell for group in groups for finding in group.findings) == sorted(
        finding.cell for finding in findings
    )


def test_a_group_shows_examples_of_what_differs() -> None:
    findings = [
        Finding("number_not_understood", Severity.ERROR, "A", f"F{row}", {"typed": f"x{row}"})
        for row in range(1, 6)
    ]

    (group,) = group_findings(findings)

    assert group.values == {"typed": "x1; x2; x3; …"}
    assert "“x1; x2; x3; …”" in describe_finding(group).what


@given(
    st.lists(st.sampled_from(["12", "", "about", "-3", "1.5"]), min_size=1, max_size=12),
    st.sampled_from(["A", "O", "P", ""]),
)
@settings(deadline=None, max_examples=15)
def test_what_is_accepted_is_in_no_error(typed: list[str], status: str) -> None:
    rows = "\n".join(
        f"TRAININGS | {text} | {status} | {2000 + at}" for at, text in enumerate(typed)
    )
    whole = case(f"indicator | typed | status | period\n{rows}", TRAININGS)
    findings = validate(whole)

    kept = set(accepted_observations(whole.reading, findings)["cell"])

    assert kept.isdisjoint(
        finding.cell for finding in findings if finding.severity is Severity.ERROR
    )


SHARE = indicator(
    "SHARE", kind="share", unit="PC", numerator={"en": "some"}, denominator={"en": "all"}
)
ALL_OF_THEM = """
    indicator | component   | value | remark
    SHARE     | numerator   | 850   | {}
    SHARE     | denominator | 850   | Counted by hand
"""


def warned(remark: str, **others: Any) -> Finding:
    findings = validate(case(ALL_OF_THEM.format(remark), SHARE, **others))
    return next(finding for finding in findings if finding.rule == "share_of_none_or_all")


def test_a_remark_beside_the_value_explains_its_warning() -> None:
    found = warned("All  have a filter by law")

    assert found.severity is Severity.WARNING
    assert found.values["explained"] == "All  have a filter by law"
    assert (
        describe_finding(found).correction == "Explained in the remark: “All have a filter by law”"
    )


@pytest.mark.parametrize(
    ("remark", "explains"),
    [("By law", True), ("Nya regler", True), ("νόμος", True), ("ok", False), ("-", False),
     ("none", False), ("2025", False)],
)  # fmt: skip
def test_an_explanation_has_words(remark: str, explains: bool) -> None:
    assert ("explained" in warned(remark).values) is explains


def test_the_remark_of_another_row_explains_nothing() -> None:
    found = warned("")

    assert "explained" not in found.values
    assert describe_finding(found).correction.startswith("Check the value.")


def test_an_error_is_mended_and_not_explained() -> None:
    negative = case("indicator | value | remark\nTRAININGS | -5 | Refunds", TRAININGS)

    assert ["explained" in finding.values for finding in validate(negative)] == [False]


@pytest.mark.parametrize("language", languages())
def test_every_language_shows_the_remark(language: str) -> None:
    assert "Because of a law" in describe_finding(warned("Because of a law"), language).correction


def test_a_warning_that_is_explained_is_another_group() -> None:
    text = (
        ALL_OF_THEM.format("By law") + ALL_OF_THEM.replace("SHARE", "OTHER").partition("remark")[2]
    )
    both = case(text.format(""), SHARE, SHARE.model_copy(update={"code": "OTHER"}))
    groups = [
        finding
        for finding in group_findings(validate(both))
        if finding.rule == "share_of_none_or_all"
    ]

    assert [group.location for group in groups] == ["Figures!F5", "Figures!F7"]


def test_nothing_is_repeated_of_a_file_with_data_about_a_person() -> None:
    personal = workbook(Sheet("Notes", [["a@example.fi"]]))
    findings = validate(case(ALL_OF_THEM.format("By law"), SHARE, workbook=personal))

    assert [(finding.rule, finding.location) for finding in findings] == [
        ("email_address", "#1!A1")
    ]


WRONG_TEXTS = {
    "a State under a label": "Country|Sweden\nIndicator|Value\nICSE_VICTIMS|1",
    "a title in capitals": "PROVISIONAL figures|\nIndicator|Value\nICSE_VICTIMS|1",
    "a mark in a column of one's own": "Indicator|Valid|Value\nICSE_VICTIMS|No|1",
    "a number with its unit": "Indicator|Value\nICSE_VICTIMS|'12 persons",
    "years that are passed over": "Indicator|Value 1/2023|Value 2024\nICSE_VICTIMS|1|2",
}


@pytest.mark.parametrize("name", WRONG_TEXTS)
def test_a_finding_quotes_the_text_of_its_cell_and_not_what_it_means(name: str) -> None:
    drawn = sheet(WRONG_TEXTS[name])
    reading = read(drawn)

    findings = validate(validation_context(reading, BELONGS, PriorData(), catalogue()))

    quoted = {one.cell: text for one in findings if (text := text_in_cell(one))}
    assert quoted
    for cell, text in quoted.items():
        row, column = row_and_column(cell)
        assert text in cell_text(drawn.rows[row][column])


def test_a_number_in_a_cell_has_the_decimal_mark_of_the_reader_and_a_text_its_own() -> None:
    number = Finding("fraction_of_whole", Severity.ERROR, "GA-1", "F8", {"typed": "9012.5"})
    words = Finding("number_not_understood", Severity.ERROR, "GA-1", "F8", {"typed": "2.5E3 units"})

    assert [text_in_cell(number, language) for language in ("en", "fi")] == ["9012.5", "9012,5"]
    assert text_in_cell(words, "fi") == "2.5E3 units"


def test_a_number_that_a_message_quotes_has_the_decimal_mark_of_the_sheet() -> None:
    drawn = sheet(
        "Indicator|Value|Observation status\nICSE_VICTIMS|12|'42.5\nTRAININGS_HELD|7|42.5"
    )
    reading = read(drawn)

    findings = validate(validation_context(reading, BELONGS, PriorData(), catalogue()))

    text, number = (one for one in findings if one.rule == "observation_status_unknown")
    assert [text_in_cell(one, "fi") for one in (text, number)] == ["42.5", "42,5"]
    assert [
        language for language in ("en", "fi") if "42,5" in describe_finding(number, language).what
    ] == ["fi"]
    assert "42.5" in describe_finding(text, "fi").what


def test_a_finding_about_no_cell_quotes_none() -> None:
    assert text_in_cell(Finding("round_unknown", Severity.ERROR, "", "", {"typed": "2031"})) == ""
