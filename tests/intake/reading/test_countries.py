"""Names of States as tables write them."""

import pytest

from metrics.intake.reading.attributes import parse_code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Germany (until 1990 former territory of the FRG)", "DE"),
        ("Deutschland (bis 1990 früheres Gebiet der BRD)", "DE"),
        ("Finland 1)", "FI"), ("Finland (1)", "FI"), ("Finland¹", "FI"), ("Finland *", "FI"),
        ("Ireland (IE)", "IE"), ("IE Ireland", "IE"), ("Ireland IE", "IE"), ("IE – Ireland", "IE"),
        ("IE: Éire", "IE"), ("IE-Ireland", "IE"), ("Republic of Finland", "FI"), ("[IE] Irlande", "IE"), ("Suomi / Finland", "FI"),
        ("Belgique/België", "BE"), ("Griechenland", "EL"), ("GR", "EL"), ("EL", "EL"),
        ("Czech Republic", "CZ"), ("Czechia", "CZ"), ("UK", "GB"), ("FI, Finland", "FI"),
        ("Slovensko", "SK"), ("Česko", "CZ"), ("Éire", "IE"), ("Suomi", "FI"), ("ΕΛΛΑΔΑ", "EL"),
        ("SLOVENSKÁ REPUBLIKA", "SK"), ("Ελληνικής Δημοκρατίας", "EL"), ("the Slovak Republic", "SK"),
        ("Republic of Slovakia (SK)", "SK"), ("Den Slovakiske Republik", "SK"), ("Tšekin tasavalta¹", "CZ"),
        ("Kingdom of Belgium", "BE"), ("ir-Repubblika ta’ Malta", "MT"), ("Republika Slovenija", "SI"),
    ],
)  # fmt: skip
def test_a_state_is_known_however_its_name_is_written(typed: str, code: str) -> None:
    assert parse_code(typed, "area") == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("of Slovakia", "SK"), ("in Ireland", "IE"), ("Slovakia's", "SK"), ("Slovenskej republiky", "SK"),
        ("České republiky", "CZ"), ("Suomen", "FI"), ("Ruotsissa", "SE"), ("Deutschlands", "DE"), ("Κύπρου", "CY"),
        ("Lietuvos", "LT"), ("Republike Hrvatske", "HR"), ("Rzeczypospolitej Polskiej", "PL"), ("României", "RO"),
        ("της Σουηδίας", "SE"), ("die Niederlande", "NL"), ("L'Italia", "IT"),
    ],
)  # fmt: skip
def test_a_state_is_known_in_another_case_and_with_an_article(typed: str, code: str) -> None:
    assert parse_code(typed, "area") == code
    assert parse_code(typed, "member_state") == code


@pytest.mark.parametrize(
    "typed",
    [
        "ES Italy", "ES-Italy", "Republic of Nowhere", "Italy (ES)", "Finland / Sweden", "France (metropolitan)", "Cyprus (north)",
        "Slovenska", "Northern Ireland", "the Turkish Republic of Cyprus", "Deutsche Demokratische Republik", "Republic", "of",
        "Finlandia 3", "Ireland and Malta", "Republic of China", "Polynésie française",
        "EU (28)", "EU28", "Finland 12", "Helsinki (FI)", "Total", "", "()", "1)",
    ],
)  # fmt: skip
def test_what_may_be_another_area_is_none(typed: str) -> None:
    assert parse_code(typed, "area") == ""
