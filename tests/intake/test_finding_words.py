"""What is said about whole files, rows and slips: one sentence each, in the words of the reader."""

from collections.abc import Mapping

import pytest

from metrics.catalogue.loader import catalogue
from metrics.intake.finding_texts import describe_finding, name_row, understood_value
from metrics.intake.findings import Finding, Severity, ValidationContext
from metrics.intake.rules import rules
from metrics.intake.validate import validate
from metrics.intake.workbook import Sheet
from metrics.messages import languages
from tests.sheets import drawn, read, sheet

FINLAND = {"collection": "empact-cse", "area": "FI", "round": "2025"}


def checked(
    *pages: Sheet, asked: Mapping[str, str] = FINLAND, stamp: Mapping[str, str] | None = None
) -> list[Finding]:
    """The errors of sheets that are sent to the collection of the States."""
    known = catalogue()
    reading = read(*pages, asked=asked, stamp=stamp)
    collection = known.collections["empact-cse"]
    case = ValidationContext(reading, collection, known.indicators, known.goals, asked)
    return [finding for finding in validate(case) if finding.severity is Severity.ERROR]


def test_a_round_that_was_changed_by_hand_is_reported_first_with_the_faults_of_cells() -> None:
    stamp = {"collection": "empact-cse", "area": "FI", "round": "2024"}
    rows = "ICSE_VICTIM|12*\nTRAININGS_HELD|12*\nNGO_TRAININGS|3"
    pages = Sheet("Figures", drawn(f"Series|Value\n{rows}"))
    cover = sheet("Reporting area|Finland\nReporting round|2025", "Cover")
    found = checked(pages, cover, stamp=stamp, asked={"round": "2025"})

    assert [(finding.rule, finding.cell) for finding in found] == [
        ("scope_cell_changed", "B2"), ("series_unknown", "A2"), ("footnote_beside_number", "B3"),
    ]  # fmt: skip
    assert describe_finding(found[0]).what == (
        "The workbook was made for 2024, but this cell now says “2025”."
    )


def test_last_years_workbook_with_this_years_heading_gets_one_sentence() -> None:
    stamp = {"collection": "empact-cse", "area": "FI", "round": "2024"}
    pages = sheet("Series|Arvo 2025\nICSE_VICTIMS|12\nTRAININGS_HELD|4", "Figures")
    found = checked(pages, stamp=stamp, asked={})

    assert [(finding.rule, finding.cell) for finding in found] == [("scope_cell_changed", "B1")]
    assert "If they are for 2025, get the workbook for 2025" in (
        describe_finding(found[0]).correction
    )


def test_a_remark_that_is_not_kept_explains_nothing() -> None:
    known = catalogue()
    pages = sheet("Indicator|Value|Remark\nTRAININGS_HELD|4|\nICSE_VICTIMS||not ready yet", "F")
    reading = read(pages, asked=FINLAND)
    collection = known.collections["empact-cse"]
    case = ValidationContext(reading, collection, known.indicators, known.goals, FINLAND)
    warnings = [one for one in validate(case) if one.rule == "remark_without_value"]

    assert [one.cell for one in warnings] == ["C3"]
    assert not any("explained" in one.values for one in validate(case))


def test_a_file_of_another_state_is_reported_first_in_the_words_of_the_reader() -> None:
    pages = sheet("Indicator|Area|Value\nICSE_VICTIMS|Sverige|1\nTRAININGS_HELD|SE|x", "Figures")
    found = checked(pages)

    assert [finding.rule for finding in found] == ["file_of_other_area", "status_instead_of_number"]
    assert describe_finding(found[0]).what == (
        "This file is about Sweden, but it is sent for Finland."
    )


def test_a_finding_names_the_indicator_of_its_row() -> None:
    pages = sheet("Indicator|Sex|Value\nICSE_VICTIMS|F|abc\nICSE_VICTIMS|nobody|1", "Figures")
    found = checked(pages)
    words = {finding.rule: describe_finding(finding, "fi").what for finding in found}

    assert words["number_not_understood"] == (
        "ICSE-tietokannassa tunnistetut uhrit (tytöt ja naiset): ”abc” ei ole luku."
    )
    assert words["breakdown_unknown"].startswith("ICSE-tietokannassa tunnistetut uhrit: ”nobody”")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("Grichenland", "Greece (EL)"), ("Iran", ""), ("Norway", ""), ("Åland", ""), ("XX", "")],
)
def test_only_a_slip_of_the_name_of_a_state_gets_a_suggestion(typed: str, nearest: str) -> None:
    pages = sheet(f"Indicator|Area|Value\nICSE_VICTIMS|{typed}|1\nTRAININGS_HELD|FI|1", "Figures")
    found = checked(pages)
    (unknown,) = [finding for finding in found if finding.rule == "area_unknown"]

    what = describe_finding(unknown).what
    assert nearest in what
    assert ("nearest" in what) == bool(nearest)


@pytest.mark.parametrize("typed", ["0-17", "under 13", "12-14"])
def test_an_age_group_outside_the_list_is_told_what_the_list_has(typed: str) -> None:
    pages = sheet(f"Indicator|Age|Value\nICSE_VICTIMS|{typed}|1", "Figures")
    found = checked(pages)
    (unknown,) = [finding for finding in found if finding.rule == "breakdown_unknown"]

    words = describe_finding(unknown)
    assert "nearest" not in words.what
    assert "The list has: 0 to 3 years, 4 to 8 years" in words.expected


@pytest.mark.parametrize("typed", ["4 bis 8 Jahre", "4–8 ans", "Y4-8", "4 à 8"])
def test_an_age_group_of_the_list_is_read_in_other_words(typed: str) -> None:
    pages = sheet(f"Indicator|Age|Value\nICSE_VICTIMS|{typed}|1", "Figures")
    found = checked(pages)

    assert "breakdown_unknown" not in {finding.rule for finding in found}


def test_a_missing_column_says_which_headings_are_known() -> None:
    found = checked(sheet("Indicator|Country|Year|Girls|Boys\nICSE_VICTIMS|FI|2025|7|5"))

    assert [finding.rule for finding in found] == ["column_missing"]
    assert describe_finding(found[0], "fi").what == (
        "Taulukossa ei ole saraketta ”Arvo”. Tunnetut otsikot: Indicator, Country, Year. "
        "Tuntemattomat: Girls, Boys."
    )


@pytest.mark.parametrize("heading", ["Value (%)", "Wert (Plan)", "Maksimi", "Rang"])
def test_the_heading_of_other_figures_is_named_and_not_to_be_changed(heading: str) -> None:
    (finding,) = checked(sheet(f"Indicator|Year|{heading}\nICSE_VICTIMS|2024|7"))

    words = describe_finding(finding)
    assert (finding.rule, finding.cell) == ("heading_not_of_values", "C1")
    assert f"The column “{heading}” was not read" in words.what
    assert words.correction.startswith("Leave this heading as it is.")


def test_unknown_headings_are_named_and_not_called_absent() -> None:
    found = checked(sheet("Thing|Amount\nICSE_VICTIMS|7"))

    (finding,) = found
    assert "Not known as headings: Thing, Amount." in describe_finding(finding).what
    assert " Known:" not in describe_finding(finding).what


def test_where_no_row_stands_above_none_is_spoken_of() -> None:
    (finding,) = checked(sheet("ICSE_VICTIMS|7"))

    assert "Not known" not in describe_finding(finding).what


@pytest.mark.parametrize("typed", ["niños", "drenge og piger", "under 18", "children"])
def test_a_word_of_another_language_is_no_slip_for_a_code(typed: str) -> None:
    found = checked(sheet(f"Indicator|Sex|Value\nICSE_VICTIMS|{typed}|1"))

    assert [finding.values.get("nearest", "") for finding in found] == [""]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "asks for 2024, but the table has parts of it: 2 of 12 (January 2024, March 2024)."),
        ("fi", "tammikuu 2024, maaliskuu 2024"),
    ],
)
def test_periods_are_named_in_words(language: str, words: str) -> None:
    values = {"typed": "2024-01, 2024-03", "expected": "2024", "there": "2", "number": "12"}
    finding = Finding("parts_of_period", Severity.ERROR, "Figures", "B1", values)

    assert words in describe_finding(finding, language).what


def told(rule: str, language: str, **values: str) -> str:
    finding = Finding(rule, Severity.ERROR, "PC-FI", "F31", values)
    return describe_finding(finding, language).what


@pytest.mark.parametrize(
    ("rule", "values", "words"),
    [
        ("number_ambiguous", {"typed": "1.234", "whole": "1234", "decimal": "1.234"},
         "”1.234” voi tarkoittaa kokonaislukua 1234 tai desimaalilukua 1,234."),
        ("number_ambiguous", {"typed": "(12)", "positive": "12", "negative": "-12"},
         "”(12)” voi tarkoittaa lukua 12 tai lukua −12."),
        ("part_above_whole", {"typed": "9400", "whole": "CONTENT_REMOVED", "other": "9300.5", "other_cell": "F1"},
         "Arvo on 9\N{NO-BREAK SPACE}400, mutta"),
        ("period_not_asked", {"typed": "2024"}, "jaksolta 2024."),
        ("area_mismatch", {"typed": "SE", "expected": "FI"}, "aluetta Ruotsi, mutta lähetys on alueelta Suomi"),
        ("number_read_from_text", {"typed": "9 300", "understood": "9300"},
         "”9 300” luettiin luvuksi 9\N{NO-BREAK SPACE}300."),
        ("status_read_from_number", {"typed": "450 c", "understood": "450", "status": "C", "meaning": "C"},
         "”450 c” luettiin luvuksi 450, jonka tila on luottamuksellinen (C)."),
        ("letter_for_digit", {"typed": "45O", "understood": "450"}, "Tarkoititko 450?"),
        ("status_read_from_number", {"typed": "2b", "understood": "2", "status": "B", "meaning": "B"},
         "”2b” luettiin luvuksi 2, jonka tila on aikasarjan katkos (B)."),
        ("part_above_total", {"typed": "3.5", "total": "2.5", "total_cell": "F3"},
         "Arvo on 3,5, ja summa solussa F3 on 2,5."),
        ("template_outdated", {"typed": "1.5", "expected": "2.0"}, "mallipohjasta 1.5"),
        ("parts_above_total", {"by": "sex × age", "total": "10", "parts": "12.5"},
         "osat (Sukupuoli × Ikä)"),
        ("part_above_whole", {"whole": "HOTLINE_REPORTS_RECEIVED", "other_cell": "F31"},
         "”Vihjelinjojen vastaanottamat ilmoitukset” solussa F31"),
        ("part_left_empty", {"indicator": "ICSE_VICTIMS"},
         "”ICSE-tietokannassa tunnistetut uhrit”"),
        ("value_withdrawn", {"series": "ICSE_VICTIMS[sex=F] 2024", "was": "5"},
         "ICSE-tietokannassa tunnistetut uhrit (tytöt ja naiset) 2024"),
    ],
)  # fmt: skip
def test_numbers_and_names_are_those_of_the_language(
    rule: str, values: dict[str, str], words: str
) -> None:
    assert words in told(rule, "fi", **values)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "January 2025."), ("fi", "Tammikuu 2025.")]
)
def test_a_sentence_that_begins_with_a_month_has_a_capital(language: str, sentence: str) -> None:
    values = {"typed": "2025-02", "expected": "2025-01"}
    finding = Finding("period_not_asked", Severity.ERROR, "GA-1", "F5", values)

    assert describe_finding(finding, language).expected == sentence


def test_what_is_to_be_typed_has_no_marks_between_thousands() -> None:
    values = {"typed": "12000*", "understood": "12000"}
    text = describe_finding(Finding("footnote_beside_number", Severity.ERROR, "S", "F3", values))

    assert text.what == "“12000*” is the number 12,000 with a mark or a note."
    assert text.correction.startswith("Type 12000 alone")


def test_what_a_comment_names_is_not_said_to_be_read() -> None:
    finding = Finding("comment_on_figures", Severity.WARNING, "A", "F1", {"understood": "2023"})

    assert understood_value(finding, "en") == ""
    assert "It names: 2023. Comments are not read" in describe_finding(finding).what


def test_years_and_names_of_rules_without_numbers_are_not_grouped() -> None:
    asked_for = {rule.name for rule in rules().values() if rule.family in {"codes", "structure"}}
    values = dict.fromkeys(("typed", "understood", "expected", "whole"), "2024")

    for rule in asked_for - {"digits_in_remark"}:
        text = describe_finding(Finding(rule, Severity.ERROR, "S", "F3", values))
        assert "2,024" not in f"{text.what}{text.expected}{text.correction}", rule


@pytest.mark.parametrize(
    ("severity", "shown"), [(Severity.ERROR, ""), (Severity.WARNING, "2,5"), (Severity.NOTE, "2,5")]
)
def test_only_what_is_kept_is_shown_as_read(severity: Severity, shown: str) -> None:
    finding = Finding("number_marked", severity, "PC-FI", "F31", {"understood": "2.5"})

    assert understood_value(finding, "el") == shown


@pytest.mark.parametrize("language", languages())
def test_the_name_of_a_row_is_never_cut(language: str) -> None:
    series = "LEGAL_INSTRUMENT[component=step;instrument=DIR_2011_93]"
    what = told("number_not_understood", language, typed="melkein", about=series)

    name = name_row(series, language)
    assert len(name) > 80
    assert what.startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("row", "named"),
    [
        (
            "ICSE_VICTIMS[sex=F]|total",
            {"en": "“total”", "fi": "”yhteensä”", "el": "«σύνολο»"},
        ),
        (
            "ICSE_VICTIMS[sex=F]|Sex: boys and men",
            {"en": "“boys and men”", "fi": "”pojat ja miehet”", "el": "«αγόρια και άνδρες»"},
        ),
        (
            "VICTIMS_ASSISTED[component=numerator]|denominator",
            {"en": "“denominator”", "fi": "”nimittäjä”", "el": "«παρονομαστής»"},
        ),
    ],
)
def test_the_other_part_of_a_row_is_named_and_not_its_code(
    row: str, named: Mapping[str, str]
) -> None:
    (found,) = checked(sheet(f"Series|Breakdown|Value\n{row}|1"))

    assert found.rule == "series_contradicted"
    assert {
        language: words for language, words in named.items()
        if words in describe_finding(found, language).what
    } == named  # fmt: skip
