"""Which series a row names, and to whom and when a workbook belongs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.loader import catalogue
from metrics.core.series import format_series, parse_series
from metrics.core.tables import BREAKDOWNS, TOTAL
from metrics.intake.reading.series_keys import SeriesKey, SeriesKeyReader, UnknownSeries
from metrics.intake.templates import templates
from metrics.intake.templates.follow_up.requested_lines import RequestedLine, requested_lines
from tests.sheets import figures, odd, read, sheet

KEYS = SeriesKeyReader(catalogue().indicators)
EVERY = [
    (line.indicator, line)
    for indicator in catalogue().indicators.values()
    if indicator.collected and not indicator.formula
    for line in requested_lines(indicator)
    if line.series
]


def named(**cells: str) -> str:
    """The series that the cells name; `!` and the oddity where they name none."""
    found = KEYS.read_key(cells)
    if isinstance(found, UnknownSeries):
        return f"!{found.rule} {found.role}"
    return format_series(found.indicator, found.component, found.codes)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EVERY), st.sampled_from(["en", "fi", "el"]))
def test_a_row_is_known_by_its_key_and_by_its_words_alike(
    row: tuple[Indicator, RequestedLine], language: str
) -> None:
    indicator, line = row
    words = {"indicator": indicator.name(language), "breakdown": line.label(language)}

    assert named(series=line.series) == line.series
    assert named(**words) == line.series


@pytest.mark.parametrize(
    ("cells", "series"),
    [
        ({"series": "icse_victims"}, "ICSE_VICTIMS"),
        ({"indicator": "ICSE_VICTIMS", "sex": "girls"}, "ICSE_VICTIMS[sex=F]"),
        ({"indicator": "ICSE_VICTIMS", "sex": "total"}, "ICSE_VICTIMS"),
        ({"indicator": "ICSE_VICTIMS", "sex": "F – girls and women"}, "ICSE_VICTIMS[sex=F]"),
        ({"indicator": "ICSE_VICTIMS", "breakdown": "boys"}, "ICSE_VICTIMS[sex=M]"),
        ({"indicator": "ICSE_VICTIMS", "breakdown": "Total"}, "ICSE_VICTIMS"),
        ({"indicator": "ICSE_VICTIMS", "breakdown": "Sex: F\nAge: Y9T12"}, "ICSE_VICTIMS[sex=F;age=Y9T12]"),
        ({"series": "ICSE_VICTIMS[sex=F]", "sex": "girls"}, "ICSE_VICTIMS[sex=F]"),
        ({"series": "ICSE_VICTIMS", "sex": "M", "breakdown": "boys"}, "ICSE_VICTIMS[sex=M]"),
        ({"series": "ISPS_FILTERING", "component": "osoittaja"}, "ISPS_FILTERING[component=numerator]"),
        ({"series": "ISPS_FILTERING", "breakdown": "denominator"}, "ISPS_FILTERING[component=denominator]"),
        ({"series": "TAKEDOWN_TIME[band=LE24H]"}, "TAKEDOWN_TIME[component=cases;band=LE24H]"),
        ({"series": "ICSE_CONNECTED", "component": "value"}, "ICSE_CONNECTED[component=step]"),
        ({"series": "THIRD_COUNTRY_ACTIONS", "breakdown": "Partner country: Albania"},
         "THIRD_COUNTRY_ACTIONS[partner=AL]"),
    ],
)  # fmt: skip
def test_a_series_is_named_in_many_ways(cells: dict[str, str], series: str) -> None:
    assert named(**cells) == series


@pytest.mark.parametrize(
    ("cells", "oddity"),
    [
        ({"series": "ICSE_VICTIM"}, "series_unknown series"),
        ({"indicator": "Nothing of ours"}, "series_unknown indicator"),
        ({"series": "ICSE_VICTIMS[sex=F"}, "series_unknown series"),
        ({"series": "ICSE_VICTIMS[sex=Z]"}, "breakdown_unknown series"),
        ({"indicator": "ICSE_VICTIMS", "age": "old"}, "breakdown_unknown age"),
        ({"indicator": "ICSE_VICTIMS", "breakdown": "somewhere"}, "breakdown_unknown breakdown"),
        ({"indicator": "ICSE_VICTIMS", "breakdown": "Sex: nobody"}, "breakdown_unknown breakdown"),
        ({"series": "ISPS_FILTERING"}, "component_unknown component"),
        ({"series": "ISPS_FILTERING", "component": "value"}, "component_unknown component"),
        ({"series": "ICSE_VICTIMS", "component": "median"}, "component_unknown component"),
        ({"series": "TAKEDOWN_TIME"}, "component_unknown component"),
        ({"indicator": "THIRD_COUNTRY_ACTIONS", "breakdown": ""}, "breakdown_missing breakdown"),
    ],
)
def test_what_names_no_series_says_which_cell_is_at_fault(
    cells: dict[str, str], oddity: str
) -> None:
    assert named(**cells) == f"!{oddity}"


@pytest.mark.parametrize(("typed", "near"), [("ICSE_VICTIMZ", "ICSE_VICTIMS"), ("%%%%%%", "")])
def test_the_series_that_was_probably_meant_is_shown(typed: str, near: str) -> None:
    found = KEYS.read_key({"series": typed})

    assert isinstance(found, UnknownSeries)
    assert (found.typed, near in found.nearest) == (typed, True)
    assert bool(found.nearest) is bool(near)


def test_which_components_there_are_is_said() -> None:
    found = KEYS.read_key({"series": "ISPS_FILTERING", "component": "total"})

    assert isinstance(found, UnknownSeries)
    assert found.expected == "numerator, denominator"


@pytest.mark.parametrize(
    ("series", "asked"),
    [
        ("ICSE_VICTIMS", True),
        ("ICSE_USERS[sex=_T]", True),
        ("ICSE_VICTIMS[sex=F;age=Y9T12]", True),
        ("ICSE_VICTIMS[band=LE24H]", False),
        ("ICSE_USERS[sex=F]", False),
        ("TAKEDOWN_TIME[component=cases;band=LE24H]", True),
        ("TAKEDOWN_TIME[component=median;band=LE24H]", False),
        ("LEGAL_INSTRUMENT[component=step;instrument=OPSC]", True),
        ("LEGAL_INSTRUMENT[component=step]", False),
    ],
)
def test_a_combination_that_is_not_asked_for_is_told(series: str, asked: bool) -> None:
    found = KEYS.read_key({"series": series})

    assert isinstance(found, SeriesKey)
    assert found.unasked == ("" if asked else series)


@pytest.mark.parametrize("column", ["indicator", "component", *BREAKDOWNS])
def test_a_key_fills_every_column_of_the_tables(column: str) -> None:
    found = KEYS.read_key({"series": "ICSE_VICTIMS[sex=F]"})

    assert isinstance(found, SeriesKey)
    expected = {"indicator": "ICSE_VICTIMS", "component": "value", "sex": "F"}
    assert found.code_in(column) == expected.get(column, TOTAL)


@pytest.mark.parametrize(
    ("text", "is_key"),
    [("ICSE_VICTIMS", True), ("ICSE_VICTIMS[sex=F]", True), ("ICSE", False), ("a b", False), ("", False)],
)  # fmt: skip
def test_a_key_is_known_without_a_heading(text: str, is_key: bool) -> None:
    assert KEYS.is_key(text) is is_key


@pytest.mark.parametrize("by", [by for by in BREAKDOWNS if by != "band"])
def test_every_code_has_one_meaning_within_its_list(by: str) -> None:
    folded = [name.casefold() for code in codelist(by).values() for name in {*map(str.casefold, code.spellings)}]  # fmt: skip

    assert len(folded) == len(set(folded))


# Belonging

FIGURES = "Series|Value 2024\nICSE_VICTIMS|3"
STAMP = {"collection": "empact-cse", "area": "FI", "round": "2024"}


@pytest.mark.parametrize(
    ("stamp", "asked", "belongs", "issues"),
    [
        (STAMP, {}, ("empact-cse", "FI", "2024"), []),
        ({}, STAMP, ("empact-cse", "FI", "2024"), []),
        (STAMP, {"area": "SE"}, ("empact-cse", "FI", "2024"), [("file_of_other_area", "FI", "SE")]),
        (STAMP, {"round": "2025"}, ("empact-cse", "FI", "2024"), [("round_mismatch", "2024", "2025")]),
        (STAMP, {"collection": "sample"}, ("empact-cse", "FI", "2024"), [("collection_mismatch", "empact-cse", "sample")]),
        ({**STAMP, "area": "Suomi"}, {"area": "FI"}, ("empact-cse", "FI", "2024"), []),
        ({**STAMP, "area": "Atlantis"}, {}, ("empact-cse", "", "2024"), [("area_unknown", "Atlantis", "")]),
        ({**STAMP, "round": "1850"}, {}, ("empact-cse", "FI", ""), [("round_unknown", "1850", "2024, 2025, 2026")]),
        ({**STAMP, "round": "2020"}, {}, ("empact-cse", "FI", "2020"), [("round_unknown", "2020", "2024, 2025, 2026")]),
        ({**STAMP, "collection": "Empact, SEXUAL exploitation  of children"}, {}, ("empact-cse", "FI", "2024"), []),
    ],
)  # fmt: skip
def test_the_stamp_is_believed_before_what_is_asked(
    stamp: dict[str, str], asked: dict[str, str], belongs: tuple[str, ...],
    issues: list[tuple[str, ...]],
) -> None:  # fmt: skip
    reading = read(FIGURES, stamp=stamp, asked=asked)

    assert (reading.collection, reading.area, reading.round) == belongs
    assert odd(reading, "typed", "expected") == issues


@pytest.mark.parametrize(
    ("label", "text", "area"),
    [("Reporting area", "Finland", "FI"), ("Reporting area:", "FI", "FI"),
     ("Raportoiva alue", "Suomi", "FI"), ("Something else", "Finland", "")],
)  # fmt: skip
def test_a_label_above_the_table_says_whose_figures_they_are(
    label: str, text: str, area: str
) -> None:
    reading = read(
        f"{label}|{text}\n|\n{FIGURES}", asked={"collection": "empact-cse", "round": "2024"}
    )

    assert reading.area == area


@pytest.mark.parametrize(
    ("labels", "typed", "understood", "expected"),
    [("Reporting area|Sweden\n|", "Sweden", "SE", "FI"), ("Reporting area|Norden\n|", "Norden", "", "FI"),
     ("Reporting round|2025\n|", "2025", "2025", "2024"), ("Collection|sample\n|", "sample", "sample", "empact-cse")],
)  # fmt: skip
def test_a_label_that_was_overwritten_is_told_at_its_cell(
    labels: str, typed: str, understood: str, expected: str
) -> None:
    reading = read(sheet(f"{labels}\n{FIGURES}"), stamp=STAMP, asked={"area": "SE"})

    assert odd(reading, "sheet", "cell", "typed", "understood", "expected")[:1] == [
        ("scope_cell_changed", "Figures", "B1", typed, understood, expected)
    ]


@pytest.mark.parametrize(
    ("areas", "area", "issues"),
    [(("FI", "FI"), "FI", []), (("FI", "SE"), "", [("several_areas",)]), (("", ""), "", [("area_not_said",)])],
)  # fmt: skip
def test_where_all_rows_name_one_state_it_is_its_file(
    areas: tuple[str, str], area: str, issues: list[tuple[str]]
) -> None:
    first, second = areas
    rows = f"Series|Area|Value 2024\nICSE_VICTIMS|{first}|3\nICSE_USERS|{second}|4"
    reading = read(rows, asked={"collection": "empact-cse", "round": "2024"})

    assert reading.area == area
    assert odd(reading) == issues


@pytest.mark.parametrize(
    ("period", "round_", "issues"),
    [("2025", "2025", []), ("2019", "", [("round_not_said", "2024, 2025, 2026")])],
)
def test_the_round_is_the_one_that_asks_for_these_periods(
    period: str, round_: str, issues: list[tuple[str, str]]
) -> None:
    rows = f"Series|Value {period}\nICSE_VICTIMS|3"
    reading = read(rows, asked={"collection": "empact-cse", "area": "FI"})

    assert reading.round == round_
    assert odd(reading, "expected") == issues


YEARS = "Series|Period|Value\nICSE_VICTIMS|2024|3\nICSE_VICTIMS|2025|4"


def test_a_table_of_several_rounds_says_which_they_are() -> None:
    reading = read(YEARS, asked={"collection": "empact-cse", "area": "FI"})

    assert odd(reading, "understood") == [("several_rounds", "2024, 2025")]


@pytest.mark.parametrize(("round_", "passed_over"), [("2024", "2025"), ("2025", "2024")])
def test_the_figures_of_other_rounds_are_passed_over(round_: str, passed_over: str) -> None:
    reading = read(YEARS, asked={"collection": "empact-cse", "area": "FI", "round": round_})

    assert [*reading.observations["period"]] == [round_]
    assert odd(reading, "typed") == [("periods_passed_over", passed_over)]


@pytest.mark.parametrize(
    ("stamp", "issues"),
    [
        ({}, []),
        ({"template": "follow_up", "template_version": "1"}, []),
        ({"template": "follow_up", "template_version": "99"}, [("template_unknown", "follow_up 99")]),
        ({"template": "other"}, [("template_unknown", "other")]),
        ({"template": "follow_up", "template_version": "1", "catalogue": "older"}, [("catalogue_changed", "older")]),
    ],
)  # fmt: skip
def test_a_workbook_of_another_time_is_told(
    stamp: dict[str, str], issues: list[tuple[str, str]]
) -> None:
    assert odd(read(FIGURES, stamp=stamp), "typed") == issues
    assert templates()["follow_up"].version == "1"


@given(st.sampled_from([line.series for _, line in EVERY]))
def test_every_key_of_the_workbook_is_parsed_as_it_is_written(series: str) -> None:
    indicator, component, codes = parse_series(series)

    assert format_series(indicator, component, codes) == series


def issues_without_figures(text: str) -> list[tuple[object, ...]]:
    """What is asked about a table of which no figure is read."""
    reading = read(text)
    assert figures(reading, "value") == []
    return odd(reading)


@pytest.mark.parametrize(
    "text",
    [
        "Series|Indicator|Value\nICSE_VICTIMS|Trainings held|1",
        "Series|Sex|Value\nICSE_VICTIMS[sex=F]|M|1",
        "Series|Breakdown|Value\nICSE_VICTIMS[sex=F]|Sex: boys and men|1",
        "Indicator|Breakdown|Sex|Value\nICSE_VICTIMS|Sex: girls and women|M|1",
    ],
)
def test_cells_of_a_row_that_name_different_series_are_asked_about(text: str) -> None:
    assert issues_without_figures(text)[0] == ("series_contradicted",)


def test_a_key_may_be_narrowed_by_the_words_beside_it() -> None:
    reading = read("Series|Indicator|Sex|Value\nICSE_VICTIMS|ICSE_VICTIMS|F|1")

    assert figures(reading, "sex", "value") == [("F", 1.0)]


@pytest.mark.parametrize(
    "text",
    [
        "Indicador|Sexo|Valor\nICSE_VICTIMS|M|1",
        "Indicador|Sexo|Valor\nICSE_VICTIMS|H|1\nICSE_VICTIMS|M|1",
        "Rodiklis|Lytis|Reikšmė\nICSE_VICTIMS|m|1",
        "Mutató|Nem|Érték\nICSE_VICTIMS|F|1",
        "Táscaire|Gnéas|Luach\nICSE_VICTIMS|F|1\nICSE_VICTIMS|M|1",
        "Indicador|Breakdown|Valor\nICSE_VICTIMS|Sexo: M|1",
    ],
)
def test_a_letter_that_means_another_sex_in_the_language_of_its_heading_is_asked(text: str) -> None:
    assert ("letter_in_doubt",) in issues_without_figures(text)


@pytest.mark.parametrize(
    ("heading", "letters"),
    [("Sexo", "FM"), ("Sex", "M"), ("Sexo / Sex", "M"), ("Nem", "MF"), ("Sexe", "F"), ("Kön", "M")],
)
def test_a_letter_is_our_code_where_heading_or_other_letters_show_it(
    heading: str, letters: str
) -> None:
    rows = "\n".join(f"ICSE_VICTIMS|{letter}|1" for letter in letters)

    assert figures(read(f"Series|{heading}|Value\n{rows}"), "sex") == [(one,) for one in letters]


@pytest.mark.parametrize(
    ("label", "rule"),
    [("girls and women", "series_contradicted"), ("total", ""), ("", "")],
)
def test_a_key_without_parts_means_the_total_where_other_keys_name_parts(
    label: str, rule: str
) -> None:
    text = f"""
        Series              | Breakdown       | Period | Value
        ICSE_VICTIMS        | {label}         | 2024   | 14
        ICSE_VICTIMS[sex=M] | boys and men    | 2024   | 4
    """

    reading = read(text)

    assert odd(reading, "cell") == ([(rule, "A2")] if rule else [])
    assert len(figures(reading, "sex")) == (1 if rule else 2)


def test_where_no_key_names_parts_the_words_beside_it_do() -> None:
    text = """
        Series       | Breakdown       | Period | Value
        ICSE_VICTIMS | girls and women | 2024   | 10
        ICSE_VICTIMS | boys and men    | 2024   | 4
    """

    assert figures(read(text), "sex", "value") == [("F", 10), ("M", 4)]
