"""Every rule speaks every language, with the same placeholders, which it fills itself."""

import re
from functools import cache
from importlib import import_module
from typing import get_args

import pytest

from metrics.catalogue.loader import catalogue
from metrics.intake.finding_texts import (
    LABELS_ENTRY,
    LEFT_OUT,
    WORKBOOK_PARTS,
    describe_finding,
    finding_labels,
    rule_texts,
)
from metrics.intake.findings import Finding, FindingGroup, Severity
from metrics.intake.issue_names import IssueName
from metrics.intake.rules import rules
from metrics.messages import languages, messages
from tests.intake.rules.broken import BROKEN

OTHERS = [language for language in languages() if language != "en"]
OTHER_MESSAGES = {LABELS_ENTRY, WORKBOOK_PARTS, LEFT_OUT}
FIELDS = ("title", "what", "expected", "correction", "why", "example")


def test_every_rule_has_its_words_and_no_words_are_left_over() -> None:
    written = messages("en", "findings").keys() - OTHER_MESSAGES

    assert written == set(rules())
    assert {field for name in written for field in messages("en", "findings")[name]} == set(FIELDS)
    assert all(len(messages("en", "findings")[name]) == len(FIELDS) for name in written)


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_was_left_in_english(language: str) -> None:
    english = rule_texts("en")

    assert [
        name for name, words in rule_texts(language).items() if words.what == english[name].what
    ] == []


def test_an_unknown_language_hears_english() -> None:
    finding = Finding("value_negative", Severity.ERROR, "A", "F1", {"understood": "-5"})

    assert describe_finding(finding, "xx") == describe_finding(finding, "en")
    assert finding_labels("xx") == finding_labels("en")


def test_a_code_is_said_by_its_name_in_the_language_of_the_reader() -> None:
    finding = Finding(
        "fraction_of_whole", Severity.ERROR, "A", "F1", {"understood": "1.5", "unit": "PERSONS"}
    )

    said = [describe_finding(finding, language).what for language in ("en", "fi", "el")]

    assert ["persons" in said[0], "henkilöä" in said[1], "άτομα" in said[2]] == [True] * 3


@pytest.mark.parametrize("language", ["en", "fi", "el"])
@pytest.mark.parametrize(
    ("rule", "name"), [("series_unknown", "nearest"), ("step_unknown", "step_nearest")]
)
def test_where_nothing_is_near_nothing_is_named(rule: str, name: str, language: str) -> None:
    near, far = (
        Finding(rule, Severity.ERROR, "A", "F1", {"typed": "X", name: code})
        for code in ("ICSE_USERS", "")
    )

    assert "ICSE_USERS" in describe_finding(near, language).what
    assert describe_finding(near, language).what.startswith(describe_finding(far, language).what)
    assert "–" not in describe_finding(far, language).what


@pytest.mark.parametrize(
    ("values", "language", "what"),
    [
        ({"series": "ICSE_VICTIMS[sex=F;age=Y4T8] 2025"}, "en", "(girls and women, 4 to 8 years)"),
        (
            {"series": "ICSE_VICTIMS[component=cases] 2025"},
            "en",
            "Victims identified in the ICSE database (cases",
        ),
        ({"series": "ICSE_VICTIMS 2025"}, "fi", "ICSE-tietokannassa tunnistetut uhrit 2025"),
        ({"series": "AA (parts) 2025", "series_fi": "AA (osat) 2025"}, "fi", "AA (osat) 2025"),
        ({"series": "AA (parts) 2025", "series_fi": "AA (osat) 2025"}, "el", "AA (parts) 2025"),
    ],
)
def test_a_series_is_stored_in_codes_and_said_in_words(
    values: dict[str, str], language: str, what: str
) -> None:
    """Findings of earlier versions hold the words themselves."""
    finding = Finding("row_left_out", Severity.NOTE, "GA-1", "", values)

    assert what in describe_finding(finding, language).what


def test_an_indicator_is_stored_by_its_code_and_said_by_its_name() -> None:
    before = {"indicator": "ICSE_USERS", "name": "Old name", "name_fi": "Vanha nimi"}
    findings = [
        Finding("indicator_left_out", Severity.NOTE, "", "", values)
        for values in ({"indicator": "ICSE_USERS"}, {"indicator": "GONE"}, before)
    ]

    name = catalogue().indicators["ICSE_USERS"].name("fi")
    assert [
        text in describe_finding(finding, "fi").what
        for finding, text in zip(findings, (name, "GONE", "Vanha nimi"), strict=True)
    ] == [True] * 3
    assert name in describe_finding(FindingGroup(tuple(findings[:2])), "fi").what


def test_every_oddity_of_the_reading_has_a_rule() -> None:
    assert set(get_args(IssueName)) - set(rules()) == set()


def test_a_rule_goes_by_its_function_and_its_family_by_its_module() -> None:
    module = import_module("metrics.intake.rules.sums")

    assert rules()["parts_above_total"] is module.parts_above_total
    assert module.parts_above_total.family == "sums"
    assert rules()["email_address"].family == "identifying"


@pytest.mark.parametrize("language", languages())
def test_every_real_finding_is_said_without_a_gap(language: str) -> None:
    for finding in real_findings():
        said = describe_finding(finding, language)

        assert "{" not in repr(said), finding.rule
        assert not re.search(
            r"[“”«»(:] ?–[“”«».)]|–\.$", f"{said.what} {said.expected} {said.correction}"
        ), finding.rule


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("period_in_future", "määräpäivän (31. maaliskuuta 2025)"),
        ("parts_below_total", "yhteensä 9, ero −1."),
        ("beyond_population", "(Yhdistyneiden kansakuntien väestöennuste"),
        ("approximate_as_exact", "”already 70,000”"),
    ],
)
def test_a_finding_has_days_signs_and_sources_as_its_language_writes_them(
    rule: str, words: str
) -> None:
    (finding,) = [own for own in real_findings() if own.rule == rule]

    assert words in describe_finding(finding, "fi").what


@cache
def real_findings() -> list[Finding]:
    """One of each rule, from its broken example."""
    found = []
    for name in sorted(rules().keys() & BROKEN.keys()):
        offending = rules()[name].offends(BROKEN[name].case).astype(str).to_dict("records")[0]
        values = {str(key): str(value) for key, value in offending.items()}
        found.append(Finding(name, rules()[name].severity, "A", "F1", values))
    return found
