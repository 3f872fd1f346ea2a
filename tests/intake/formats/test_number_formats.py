"""What a reader of the sheet sees of a number in a format."""

import pytest

from metrics.intake.formats.shared.number_formats import (
    conceals_zero,
    displayed_unit,
    displays,
    displays_another_day,
    displays_another_text,
    displays_fixed_figure,
    displays_year,
    is_plain,
)
from metrics.intake.formats.xlsx.clean_styles import plain_format

ACCOUNTING = '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"_-;_-@_-'


@pytest.mark.parametrize(
    ("code", "number", "display"),
    [
        ("General", 2, "number"),
        ("#,##0.00", 1234.5, "number"),
        ("#.##0", 1450, "other"),  # 1450.000
        ("#.##0,00", 1450, "other"),
        ("[$-40B]#.##0", 1450, "other"),
        ("0.000", 1450, "number"),
        ("#,##0.##0", 1450, "number"),
        ("#.###", 1.5, "number"),
        ('0" cases"', 3, "number"),
        ("@", 3, "number"),
        ("# ?/?", 0.5, "number"),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', 0, "number"),  # "-" in accounting
        ("0%", 0.12, "percent"),
        ("0.0%;[Red]-0.0%", -0.12, "percent"),
        ('0" %"', 12, "percentage"),
        ("0.0\\%", 12.5, "percentage"),
        ('"ca. "0', 12, "other"),
        ('0"*"', 12, "other"),  # 12*
        ("0\\†", 12, "other"),
        ('"<"0', 12, "other"),
        ('0" environ"', 12, "other"),
        ('0" cars"', 12, "number"),
        ('"c"', 2, "other"),
        (";;;", 2, "other"),
        ('0;-0;"none"', 0, "other"),
        ("+0", 431, "number"),
        ("+0", 0, "number"),
        ("\\+#,##0;-#,##0", 431, "number"),
        ('"+"0', 431, "number"),
        ("[Blue]+0", 431, "number"),
        ("0+", 431, "other"),
        ('0"+"', 431, "other"),
        ('0;-0;"none"', 1, "number"),
        ('[<5]"<5";0', 2, "other"),
        ('[<5]"<5";0', 9, "number"),
        ('[>100]0;[<5]"x";0.0', 50, "number"),
        ("#,##0,", 12000, "other"),  # in thousands
        ('0.0,,"m"', 1_200_000, "other"),
        ("#,##0", 12000, "number"),
        ('0" thousand"', 12, "other"),
        ('0.0" Mio."', 1.2, "other"),
        ('0" k"', 12, "other"),
        ('#,##0" тис."', 12, "number"),  # of no official language
        ('0" χιλ."', 12, "other"),
        ('0"2"', 12, "other"),
        ("0\\2", 12, "other"),
        ('0"²"', 12, "other"),
        ('0" km"', 12, "number"),
        ('0" mies"', 12, "number"),
        ("0 \\€", 12, "number"),
        ('0" ‰"', 431, "other"),
        ("0.0‰", 431, "other"),
        ('0" ‱"', 431, "other"),
        ('0"°"', 431, "other"),
        ('0"°C"', 431, "other"),
        ('0"|"', 431, "other"),
        ('"−"0', 431, "other"),
        ("(0)", 431, "other"),
        ("0;(0)", -431, "number"),
        ("#,##0_);(#,##0)", -431, "number"),
        ("0.00E+00", 431, "number"),
        ('0" (persons)"', 431, "number"),
        ('0" km/h"', 431, "number"),
        ('0 "€/kg"', 431, "number"),
        ('0","0', 4120, "other"),
        ('0"."0', 4120, "other"),
        ('#" "0', 412, "other"),
        ("000\\-000", 412, "other"),
        ("#\\ ##0", 4120, "number"),
        ("# ##0.00_ ;-# ##0.00 ", 4120, "number"),
        ("#\\ ###\\ ##0.0\\ [$€-1]", 4120, "number"),
        ('#"."##0', 4120, "number"),
        ("#'##0", 4120, "number"),
        ('0"₀"', 412, "other"),
        ('"₁"0', 412, "other"),
        ('0" ₁)"', 412, "other"),
        ('0"⓪"', 412, "other"),
        ('0"〇"', 412, "other"),
        ('0"½"', 412, "other"),
        ("0*0", 412, "other"),
        ("*4 0", 412, "other"),
        ("* #,##0", 412, "number"),
        ("[White]0", 412, "other"),
        ("[Color 2]0", 412, "other"),
        ("[Red]0", 412, "number"),
    ],
)
def test_what_a_format_displays(code: str, number: float, display: str) -> None:
    assert displays(code, number) == display
    assert is_plain(code) <= (display == "number")


@pytest.mark.parametrize(
    ("code", "is_concealed"),
    [
        (ACCOUNTING, True), ('0;-0;"–"', True), ("0;-0;\\-", True), ("#,###", True), ("#", True),
        ("General", False), ("0", False), ("#,##0", False), ('0;-0;"none"', False), ("@", False),
        ("# ?/?", False), ("0.0%", False), ("yyyy-mm-dd", False),
    ],
)  # fmt: skip
def test_a_format_may_conceal_zero(code: str, is_concealed: bool) -> None:
    assert conceals_zero(code) is is_concealed
    assert not (is_plain(code) and is_concealed)


@pytest.mark.parametrize(
    ("code", "is_another"),
    [
        ('@" thousand"', True), ('@"0"', True), ("@@", True), ('0;0;0;"412"', True), (";;;", True),
        ("General;;;", True), ("@\\0", True), ('"girls: "@', True), ("@;@;@;0", True),
        ("@", False), ("General", False), ("0", False), ('0" €"', False), ("#,##0", False),
        ("0.0%", False), ('"c"', False), ("yyyy-mm-dd;@", False), ("0;-0;;@", False), ("[Red]@", False),
        ("General;General;General;General", False), (ACCOUNTING, False), (";;", False), ("", False),
    ],
)  # fmt: skip
def test_a_format_may_display_another_text(code: str, is_another: bool) -> None:
    assert displays_another_text(code) is is_another


def test_a_date_may_be_displayed_as_another_day_or_without_its_year() -> None:
    others = ["d.m", 'dd.mm."2020"', "mmmm d", 'yyyy"-0"m']
    usual = [
        "yyyy-mm-dd", "d.m.yyyy", "d/m/yy", "[$-409]d-mmm-yy;@", "mmm yyyy", 'yyyy"年"m"月"d"日"',
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "yyyy", "General", "0", "@", "[Red]0",
    ]  # fmt: skip

    assert [code for code in (*others, *usual) if displays_another_day(code)] == others


def test_a_date_may_be_displayed_as_its_year() -> None:
    assert [
        code for code in ("yyyy", "yy", "YYYY", "yyyy-mm", "mmm yy") if displays_year(code)
    ] == [
        "yyyy",
        "yy",
        "YYYY",
    ]


@pytest.mark.parametrize(
    ("code", "is_fixed"),
    [
        ('"41"', True), ("\\4\\1", True), ('0;"41"', True), ('[>5]"more than 5";0', True),
        ("0", False), ('0" of 41"', False), (";;;", False), ('0;-0;"none"', False), ("General", False),
        ("yyyy-mm-dd", False), ('"Q1"', True),
    ],
)  # fmt: skip
def test_a_figure_in_the_place_of_the_number_is_known(code: str, is_fixed: bool) -> None:
    assert displays_fixed_figure(code) is is_fixed


@pytest.mark.parametrize(
    "code",
    [
        "General", "#,##0.00", '0" cases"', "@", "0%", '0" %"', "0.0\\%", '"ca. "0', '"<"0', '"c"',
        ";;;", '0;-0;"none"', '[<5]"<5";0', '[>100]0;[<5]"x";0.0', "#,##0,", '0.0,,"m"', "0\\2",
        '[=0]"-";0', '[Red][<0]"minus";0', '0"<;5"', '#,##0;"";""', '"  "', "[h]:mm", "0;;",
        "[$€-407] #,##0", ACCOUNTING, '0" ‰"', "0.0‰", '"−"0', '"("0")"', "(0)", "+0;-0", "+0", "\\+0", "0+", '0;"-"0',
        '0","0', '#" "0', "#\\ ##0", '0"½"', "0*0", "[White]0", '@" girls"', '"-"@', '0;0;0;"A"', '@" thousand"', "0;-0;;@", "@@",
    ],
)  # fmt: skip
def test_a_format_without_its_texts_has_the_same_effect(code: str) -> None:
    for number in (1, -1, 0, 4, 12.5, 101, 1_200_000):
        assert displays(plain_format(code), number) == displays(code, number), number
    assert displays_another_text(plain_format(code)) is displays_another_text(code)


@pytest.mark.parametrize("code", ['"Maria Virtanen"', '0" of M. Virtanen"', '[<5]"Virtanen";0'])
def test_no_text_of_a_format_is_kept(code: str) -> None:
    assert "irtanen" not in plain_format(code)


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ('0" persons"', "persons"),
        ("0 \\€", "€"),
        ('#,##0 "€"', "€"),
        ("[$€-407] #,##0", "€"),
        ("[$EUR] #,##0", "EUR"),
        ("$#,##0", "$"),
        (ACCOUNTING, "€"),
        ("#,##0_ ", ""),
        ("[$-40B]0", ""),
        ("General", ""),
        ('0" thousand"', ""),  # another number: asked about as such
        ('0" %"', ""),
        ('"c"', ""),
    ],
)
def test_the_unit_beside_a_number_is_seen(code: str, unit: str) -> None:
    assert displayed_unit(code, 1) == unit
