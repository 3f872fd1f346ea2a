"""One broken example for each rule: what is wrong, and the cell at which it must be found."""

from dataclasses import dataclass, replace
from typing import Any

from metrics.catalogue.denominators import children_near
from metrics.catalogue.loader import catalogue
from metrics.intake.findings import ValidationContext
from metrics.intake.workbook import Sheet, TextFragment
from tests.tables import PUBLISHED, actions, case, indicator, observations, table, workbook

AA = indicator("AA", by=("sex",), codes={"sex": ("F", "M")})
CHANGED = indicator(
    "CHANGED", by=("sex",), codes={"sex": ("F", "U")},
    changes=[{"from": 2024, "note": {"en": "Changed"}, "before": {"breakdowns": AA.breakdowns}}],
)  # fmt: skip
PERSONS = indicator("PERSONS", unit="PERSONS")
VICTIMS = indicator(
    "VICTIMS", unit="PERSONS",
    questioned_above={"per_100_000_children": 1000, "at_least": 500, "basis": "offences"},
)  # fmt: skip
MILLIONS = indicator("MILLIONS", unit="MIO_ITEMS")
RATIO = indicator("RATIO", kind="published_ratio", unit="PC")
SHARE = indicator(
    "SHARE", kind="share", unit="PC", numerator={"en": "some"}, denominator={"en": "all"}
)
TIME = indicator("TIME", kind="duration", unit="HOURS", by=("band",))
LAW = indicator("LAW", kind="milestone", unit="STEP", ladder=("not_started", "adopted", "in_force"))
TRAININGS = indicator("TRAININGS", overlapping=("topic",))
PROSECUTED, CONVICTED = indicator("PROSECUTED"), indicator("CONVICTED", follows="PROSECUTED")
COURSES = indicator("COURSES")
PEOPLE = indicator("PEOPLE", people_per={"indicator": "COURSES", "fewest": 2, "most": 500})
RECEIVED, PROCESSED = indicator("RECEIVED"), indicator("PROCESSED", parts_of="RECEIVED")

BANDS = """
    indicator | component | band   | value
    TIME      | cases     | _T     | 10
    TIME      | cases     | LE24H  | 8
    TIME      | cases     | H24_48 | 2
    TIME      | cases     | H48_72 | 0
    TIME      | cases     | D3_7   | 0
    TIME      | cases     | GT7D   | 0
    TIME      | median    | _T     | 60
"""
SEXES = "indicator | sex | value\nAA | _T | {}\nAA | F | {}\nAA | M | {}"
YEARS = "indicator | period | value\n" + "\n".join(
    f"AA | {year} | {value}" for year, value in enumerate((100, 104, 99, 103), 2020)
)

PARTS_OF_YEAR = "indicator | sex | period | value\n" + "\n".join(
    f"AA | {sex} | {{0}} | {value}"
    for sex, value in (("_T", 94), ("F", 40), ("M", 22), ("O", 17), ("U", 15))
)

STATES = ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FR", "HR")
# A dozen states whose figures grew by one to twelve per cent.
PEERS = observations(
    "indicator | area | period | value\n"
    + "\n".join(
        f"AA | {area} | 2023 | 100\nAA | {area} | 2024 | {101 + number}"
        for number, area in enumerate(STATES)
    )
)
# The same States with one figure for each thousand residents under 18.
PEERS_PER_CHILD = PEERS.assign(value=[children_near(area, 2024) / 1000 for area in PEERS["area"]])


@dataclass(frozen=True)
class Broken:
    case: ValidationContext
    cell: str = "F5"


def drawn(text: str, *indicators: Any, cell: str = "F5", **others: Any) -> Broken:
    return Broken(case(text, *indicators, **others), cell)


def typed(text: str, form: str, value: str = "", code: str = "AA") -> Broken:
    known = {definition.code: definition for definition in (AA, MILLIONS, PERSONS, RATIO)}
    return drawn(
        f"indicator | typed | form | value\n{code} | {text} | {form} | {value}", known[code]
    )


def odd(name: str, cell: str = "A9", detail: str = "7", expected: str = "expected") -> Broken:
    header = "rule | sheet | cell | typed | understood | expected | nearest | detail | unread"
    row = f"{name} | Figures | {cell} | typed | read | {expected} | near | {detail} | other"
    return drawn("indicator | value\nAA | 1", AA, cell=cell, issues=table(f"{header}\n{row}"))


def declared(text: str, cell: str) -> Broken:
    return drawn("indicator | value\nAA | 1", AA, cell=cell, actions=actions(text))


def remark(name: str) -> Broken:
    book = workbook()
    return drawn(
        "indicator | value\nAA | 1", cell="", workbook=type(book)("a", "xlsx", (), remarks=(name,))
    )


def note(*cells: object, cell: str = "A1") -> Broken:
    return drawn(
        "indicator | value",
        cell=cell,
        workbook=workbook(Sheet("Notes", [[text] for text in cells])),
    )


def before(text: str, now: str, **others: Any) -> Broken:
    return drawn(now, AA, LAW, previous=observations(text), **others)


def after(text: str, now: str, **others: Any) -> Broken:
    return drawn(now, AA, LAW, history=observations(text), **others)


def quoted(text: str, *indicators: Any, cell: str = "F5") -> Broken:
    return Broken(replace(case(text, *(indicators or (AA,))), collection=PUBLISHED), cell)


def since(step: int, typed_day: str, day: str) -> Broken:
    text = "indicator | component | typed | value | since_typed | since | since_cell\n"
    return drawn(f"{text}LAW | step | in force | {step} | {typed_day} | {day} | I5", LAW, cell="I5")


NAMES_ON_NO_LIST = (
    "Vieno Testinen", "Aatu Mallikas", "Hilma Esimerkki", "Urho Kokeilu", "Lempi Harjoitus",
    "Toivo Näyte",
)  # fmt: skip


def reported_by(area: str, broken: Broken) -> Broken:
    return replace(
        broken, case=replace(broken.case, reading=replace(broken.case.reading, area=area))
    )


BROKEN = {
    # values
    "number_not_understood": typed("about forty", "text"),
    "zero_in_words": typed("μηδέν", "text"),
    "status_instead_of_number": typed("n/a", "text"),
    "limit_instead_of_number": typed("<5", "limit"),
    "range_instead_of_number": typed("10-20", "range"),
    "footnote_beside_number": typed("12*", "footnoted"),
    "status_beside_number": typed("ca. 40", "estimate"),
    "unit_beside_number": typed("40 kpl", "with_unit"),
    "multiplier_beside_number": typed("52 thousand", "multiplied"),
    "letter_for_digit": typed("45O", "with_letters"),
    "fraction_instead_of_number": typed("12/15", "fraction"),
    "calculation_instead_of_number": typed("12 + 3", "calculation"),
    "time_instead_of_number": typed("12:30", "time"),
    "confidentiality_beside_number": typed("40 (c)", "with_confidentiality"),
    "note_beside_number": typed("12 (Attica)", "with_note"),
    "digits_of_another_script": typed("４０", "other_digits"),
    "invisible_character": typed("40\u200e", "number", "40"),
    "number_ambiguous": typed("1.234", "ambiguous"),
    "cell_shows_error": typed("#DIV/0!", "error"),
    "formula_not_calculated": typed("=A1", "formula"),
    "number_not_shown": typed("2", "disguised"),
    "number_marked": typed("40[2]", "marked"),
    "result_outdated": typed("40", "outdated"),
    "digits_lost": typed("1.2E+06", "rounded"),
    "date_instead_of_number": typed("2024-04-03", "date"),
    "truth_value_instead_of_number": typed("TRUE", "bool"),
    "percent_instead_of_count": typed("12 %", "percent", "12"),
    "value_negative": typed("-5", "number", "-5"),
    "fraction_of_whole": typed("12.5", "number", "12.5"),
    "value_beyond_reason": typed("900000000", "number", "900000000", "PERSONS"),
    "year_instead_of_number": typed("2024", "number", "2024"),
    "millions_in_full": typed("1234567", "number", "1234567", "MILLIONS"),
    "percent_above_100": typed("112", "number", "112", "RATIO"),
    "value_with_missing_status": drawn("indicator | value | status\nAA | 12 | O", AA),
    "status_without_value": drawn("indicator | value | status\nAA | | P", AA),
    "suppressed_but_free": drawn("indicator | value | status\nAA | | Q", AA),
    "status_in_either_column": drawn(
        "indicator | value | status | observation_status_typed | observation_status_cell\n"
        "AA | 1 | N | N | G5", AA, cell="G5",
    ),
    "number_read_from_text": typed("1 234,5", "number", "1234.5"),
    "status_read_from_number": drawn(
        "indicator | typed | value | confidentiality_status | confidentiality_status_cell\n"
        "AA | 450 c | 450 | C | F5", AA,
    ),
    # codes
    "observation_status_unknown": drawn(
        "indicator | value | status | observation_status_typed | observation_status_cell\n"
        "AA | 1 | | prelim | G5", AA, cell="G5",
    ),
    "confidentiality_status_unknown": drawn(
        "indicator | value | confidentiality_status | confidentiality_status_typed\n"
        "AA | 1 | | secret", AA,
    ),
    "limit_unknown": drawn("indicator | value | limit | limit_typed\nAA | 1 | | minimum", AA),
    "breakdown_missing": odd("breakdown_missing"),
    "breakdown_unknown": odd("breakdown_unknown"),
    "breakdown_not_asked": odd("breakdown_not_asked"),
    "breakdown_not_valid": drawn("indicator | sex | period | value\nCHANGED | M | 2024 | 1", CHANGED),
    "indicator_not_asked": drawn("indicator | value\nPERSONS | 1", AA),
    "period_missing": odd("period_missing"),
    "period_not_understood": odd("period_not_understood"),
    "period_ambiguous": odd("period_ambiguous"),
    "day_instead_of_period": odd("day_instead_of_period"),
    "year_read_from_day": odd("year_read_from_day"),
    "period_in_future": drawn("indicator | value | period | period_cell\nAA | 1 | 2031 | C5", AA, cell="C5"),
    "period_not_asked": drawn("indicator | value | period\nAA | 1 | 2019", AA),
    "periods_passed_over": odd("periods_passed_over"),
    "parts_of_period": drawn("indicator | value | period\nAA | 1 | 2024-01\nAA | 2 | 2024-02", AA),
    "step_unknown": drawn("indicator | component | typed | form\nLAW | step | nearly | text", LAW),
    "day_missing": since(2, "", ""),
    "day_impossible": since(2, "2024-02-31", ""),
    "day_after_period": since(2, "2025-02-01", "2025-02-01"),
    "day_too_early": since(2, "1925-02-01", "1925-02-01"),
    # duplicates
    "reported_twice": drawn("indicator | value\nAA | 12\nAA | 21", AA),
    "repeated_alike": drawn("indicator | value\nAA | 12\nAA | 12", AA),
    # sums
    "parts_above_total": drawn(SEXES.format(10, 6, 5), AA),
    "part_contradicts_rest": drawn(
        "indicator | sex | value\nAA | _T | 10", AA,
        carried=observations("indicator | sex | value\nAA | F | 6\nAA | M | 5"),
    ),
    "parts_below_total": drawn(SEXES.format(10, 6, 3), AA),
    "total_left_out": drawn(SEXES.format("", 6, 4), AA),
    "part_above_total": drawn(
        "indicator | topic | value\nTRAININGS | _T | 12\nTRAININGS | LEGAL | 15", TRAININGS, cell="F6"
    ),
    "parts_overlap": drawn(
        "indicator | topic | value\n"
        "TRAININGS | _T | 12\nTRAININGS | LEGAL | 9\nTRAININGS | VICTIMS | 6", TRAININGS,
    ),
    # relations
    "numerator_above_denominator": drawn(
        "indicator | component | value\nSHARE | numerator | 40\nSHARE | denominator | 30", SHARE
    ),
    "denominator_zero": drawn(
        "indicator | component | value\nSHARE | numerator | 5\nSHARE | denominator | 0", SHARE
    ),
    "numerator_alone": drawn(
        "indicator | component | value\nSHARE | numerator | 5\nSHARE | denominator | ", SHARE
    ),
    "denominator_of_hundred": drawn(
        "indicator | component | value\nSHARE | numerator | 60\nSHARE | denominator | 100", SHARE, cell="F6"
    ),
    "denominator_alone": drawn(
        "indicator | component | value\nSHARE | numerator | \nSHARE | denominator | 12", SHARE, cell="F6"
    ),
    "part_above_whole": drawn(
        "indicator | value\nRECEIVED | 100\nPROCESSED | 120", RECEIVED, PROCESSED, cell="F6"
    ),
    "median_outside_band": drawn(BANDS, TIME, cell="F11"),
    "day_contradicts_report": after(
        "indicator | component | period | value | since\nLAW | step | 2023 | 1 | 2020-05-01",
        "indicator | component | value | since | since_cell\nLAW | step | 2 | 2019-03-01 | F5",
    ),
    "step_went_down": before(
        "indicator | component | value | period\nLAW | step | 2 | 2023",
        "indicator | component | value | typed\nLAW | step | 1 | adopted",
    ),
    # completeness
    "indicator_left_out": drawn("indicator | value\nAA | 1\nPERSONS | ", AA, PERSONS, cell="F6"),
    "row_left_out": drawn(
        "indicator | sex | value\nAA | _T | 10\nAA | F | 6", AA, cell="",
        workbook=replace(workbook(), stamp={"template": "follow_up"}),
    ),
    "part_left_empty": drawn(SEXES.format(10, 6, ""), AA, cell="F7"),
    "figure_in_last_period": drawn(
        "indicator | value | last_period_typed | last_period_cell\nAA | | 40 | E5", AA, cell="E5"
    ),
    "remark_without_value": drawn(
        "indicator | value | form | remark | remark_cell\nAA | | empty | in June | H5", AA, cell="H5"
    ),
    "missing_unexplained": drawn("indicator | value | status\nAA | | O", AA),
    # revisions
    "confidentiality_lost": before(
        "indicator | value | confidentiality_status\nAA | 26 | N",
        "indicator | value | confidentiality_status\nAA | 27 | F",
    ),
    "large_revision": before("indicator | value\nAA | 120", "indicator | value\nAA | 1200"),
    "value_withdrawn": before("indicator | value\nAA | 120", "indicator | value\nAA | "),
    # plausibility
    "outlier_in_history": after(YEARS, "indicator | value\nAA | 310"),
    "figures_of_earlier_year": after(
        PARTS_OF_YEAR.format(2023), PARTS_OF_YEAR.format(2024)
    ),
    "large_change": after("indicator | period | value\nAA | 2023 | 40", "indicator | value\nAA | 400"),
    "unexpected_zero": after("indicator | period | value\nAA | 2023 | 85", "indicator | value\nAA | 0"),
    "unlike_peers": after(
        "indicator | period | value\nAA | 2023 | 100", "indicator | value\nAA | 300", peers=PEERS
    ),
    "beyond_population": drawn("indicator | value\nVICTIMS | 900000", VICTIMS),
    "level_unlike_peers": drawn("indicator | value\nAA | 90000", AA, peers=PEERS_PER_CHILD),
    "median_unusual": drawn("indicator | component | value\nTIME | median | 5000", TIME),
    "forecast_of_past": drawn("indicator | value | status\nAA | 12 | F", AA),
    "more_than_stage_before": drawn(
        "indicator | value\nCONVICTED | 90\nPROSECUTED | 40", PROSECUTED, CONVICTED
    ),
    "people_per_event_unusual": drawn("indicator | value\nPEOPLE | 9000\nCOURSES | 3", COURSES, PEOPLE),
    "people_without_events": drawn("indicator | value\nPEOPLE | 40\nCOURSES | 0", COURSES, PEOPLE),
    "events_without_people": drawn("indicator | value\nPEOPLE | 0\nCOURSES | 5", COURSES, PEOPLE),
    "share_of_none_or_all": drawn(
        "indicator | component | value\nSHARE | numerator | 850\nSHARE | denominator | 850", SHARE
    ),
    "jump_unexplained": quoted(
        "indicator | period | value\nAA | 2023 | 239\nAA | 2024 | 1752", cell="F6"
    ),
    # quotations
    "approximate_as_exact": quoted("indicator | value | remark\nAA | 70000 | already 70,000 reports"),
    "limit_not_marked": quoted("indicator | value | remark\nAA | 70000 | over 70,000 reports"),
    "wider_scope_as_normal": quoted("indicator | value | remark\nAA | 8333 | received (all categories)"),
    "address_not_understood": quoted(
        "indicator | value | address\nAA | 1 | https://example.eu/report (as a copy)"
    ),
    "source_not_public": quoted("indicator | value | address\nAA | 1 | https://example.eu/test/draft"),
    # actions
    "goal_unknown": odd("goal_unknown"),
    "policy_target_unknown": odd("policy_target_unknown"),
    "action_status_unknown": odd("action_status_unknown"),
    "description_missing": declared("goals | timeframe\nGA-1.1 | 2026", "E5"),
    "action_status_missing": declared("goals | description\nGA-1.1 | Training", "D5"),
    "goal_missing": declared("status | description\nundertaken | Training", "C5"),
    "timeframe_contradicts_status": declared(
        "goals | status | description | timeframe\nGA-1.1 | planned | Training | 2018–2019", "F5"
    ),
    "timeframe_without_year": declared(
        "goals | status | description | timeframe\nGA-1.1 | planned | Training | by 20266", "F5"
    ),
    "goal_of_other_target": drawn(
        "indicator | value\nAA | 1", AA, cell="C5", goals=catalogue().goals,
        actions=actions("policy_target | goals | description\nGA-2 | GA-1.1 | Training"),
    ),
    "planned_without_timeframe": declared("goals | status | description\nGA-1.1 | planned | Training", "F5"),
    "duplicate_action": declared(
        "goals | status | description\nGA-1.1 | planned | Training\nGA-1.1 | planned | Training", "E6"
    ),
    # structure
    **{
        name: odd(name)
        for name in (
            "submission_empty", "template_unknown", "template_outdated", "catalogue_changed",
            "collection_unknown", "collection_mismatch", "round_unknown", "round_mismatch",
            "collection_not_said", "round_not_said", "area_not_said",
            "several_rounds", "several_areas", "scope_cell_changed",
            "area_unknown", "area_mismatch", "file_of_other_area", "area_not_reporting", "sheet_not_understood", "hidden_sheet_with_values",
            "header_missing", "column_missing", "heading_not_of_values", "column_unknown", "series_unknown",
            "series_missing",
            "area_missing", "covered_cell_not_read", "value_cells_merged", "unit_differs",
            "unit_of_other_counts", "unit_unknown", "multiplier_stated", "row_deleted", "part_of_area",
            "column_of_numbers_unknown", "column_in_doubt", "confidentiality_in_doubt", "heading_marked", "heading_letter_in_doubt", "status_read_from_heading", "column_doubled",
            "title_with_multiplier", "title_with_period", "title_with_area", "name_with_area", "title_with_limit", "name_with_period", "name_of_other_year", "name_of_other_state", "action_withheld",
            "column_of_parts", "column_of_groups", "title_with_rate_or_part", "margin_on_figures", "comment_on_figures",
            "comment_not_read", "result_changes", "formula_circular", "formulas_in_doubt", "results_may_be_old", "figure_unseen", "figures_hidden", "zeros_not_shown", "zero_of_empty_cells", "texts_not_shown", "title_not_of_one_period", "title_with_status",
            "row_marked", "remark_on_figure", "remark_on_part", "day_ambiguous", "component_unknown", "letter_in_doubt", "row_without_indicator", "figure_in_other_column", "series_contradicted", "flag_contradicts_status",
        )
    },
    "name_of_row_changed": odd("name_of_row_changed", expected="AA"),
    "text_outside_table": odd("text_outside_table", detail="text"),
    "number_outside_table": odd("text_outside_table", detail="number"),
    "digits_in_remark": drawn(
        "indicator | value | remark | remark_cell\nAA | 1 | 234 | H5", AA, cell="H5",
        workbook=replace(workbook(), format="csv"),
    ),
    "contains_macros": remark("macros"),
    "contains_pictures": remark("images"),
    "contains_embedded_files": remark("embedded_files"),
    "contains_unlisted_parts": remark("unlisted_parts"),
    "contains_stray_bytes": remark("stray_bytes"),
    "encoding_guessed": remark("encoding_guessed"),
    "external_links_ignored": remark("external_links"),
    "part_ignored": remark("charts"),
    "author_not_kept": drawn(
        "indicator | value", cell="",
        workbook=workbook(text_fragments=(TextFragment("property", "", "creator", "Somebody"),)),
    ),
    # identifying
    "email_address": note("a@example.fi"),
    "phone_number": note("+358 40 123 4567"),
    "ip_address": note("192.168.0.1"),
    "mac_address": note("00:1B:44:11:3A:B7"),
    "web_address": note("https://example.onion/x"),
    "web_address_in_doubt": note("https://example.com/x"),
    "bank_account": note("FI21 1234 5600 0007 85"),
    "payment_card": note("4111 1111 1111 1111"),
    "national_number": note("131052-308T"),
    "hash_value": note("d41d8cd98f00b204e9800998ecf8427e"),
    "unique_identifier": note("123e4567-e89b-12d3-a456-426614174000"),
    "postal_address": note("Lives at Lindenstraße 17, Berlin"),
    "vehicle_plate": note("number plate ABC-123"),
    "user_account": note("username: dark_fox88"),
    "case_number": note("case number 2024/12345"),
    "coordinates": note("60.16990, 24.93840"),
    "date_of_birth": note("born 1.2.2010"),
    "column_of_names": note("Surname", "Virtanen", cell="A2"),
    "person_described": note("The girl Zosia from Radom, aged 7, is counted twice"),
    "surname_with_initial": note("Kowalska A."),
    "person_named": note("Remark", "Counted by Anna Virtanen", cell="A2"),
    "office_contact": note("info@statistics.example"),
    "possible_names": note("Respondent", *NAMES_ON_NO_LIST, cell="A2"),
    "possible_national_number": reported_by("HR", note("code 12345678903")),
    "row_per_person": drawn(
        "indicator | value", cell="A2",
        workbook=workbook(Sheet("Cases", [["Age", "Sex"], *[[14.0, "F"] for _ in range(6)]])),
    ),
}  # fmt: skip
