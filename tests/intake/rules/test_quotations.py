"""The label of a quoted figure says what its publication says, and an address is one."""

from dataclasses import replace

import pytest

from metrics.intake.findings import Finding, Severity, ValidationContext
from metrics.intake.rules import rules
from metrics.intake.validate import accepted_observations, validate
from tests.tables import PUBLISHED, case, indicator

AA = indicator("AA")
RATIO = indicator("RATIO", kind="published_ratio", unit="PC")
APPROXIMATE, WIDER = "approximate_as_exact", "wider_scope_as_normal"
LIMIT = "limit_not_marked"
NO_ADDRESS, PRIVATE, JUMP = "address_not_understood", "source_not_public", "jump_unexplained"


def quoted(text: str) -> ValidationContext:
    return replace(case(text, AA, RATIO), collection=PUBLISHED)


def found_by(name: str, text: str) -> list[str]:
    return list(rules()[name].offends(quoted(text))["cell"])


@pytest.mark.parametrize(
    "remark",
    [
        "referrals received (over)", "referrals received (already); relayed", "just under 56,000",
        "tips received (lower bound of 3,000-4,000)", "about 414,000 reports", "rounded",
        "the report says more than 97 per cent", "reports received, almost", "yli 3 000 vihjettä",
        "σχεδόν 200", "knapp 56 Prozent", "environ 33 000 signalements", "33,000 or more",
    ],
)  # fmt: skip
def test_words_that_are_not_exact_need_a_status_that_says_so(remark: str) -> None:
    rows = "indicator | value | remark | status\nAA | 70 | {} | {}"

    assert found_by(APPROXIMATE, rows.format(remark, "A")) == ["F5"]
    assert found_by(APPROXIMATE, rows.format(remark, "E")) == []


@pytest.mark.parametrize(
    ("value", "remark"),
    [
        ("3600000", "reports received (more than) (rounded)"), ("97", "mehr als 97 %"),
        ("56000", "just under 56,000"), ("30", '"over 30 specialists"'), ("190", "(almost)"),
        ("3000", "3,000 to 4,000; the lower bound is entered"), ("2.5", "fast 2,5 Tage"),
        ("33000", "33,000 or more"), ("3000", "yli 3 000 vihjettä"), ("200", "σχεδόν 200"),
    ],
)  # fmt: skip
def test_a_limit_is_marked_as_data(value: str, remark: str) -> None:
    rows = "indicator | value | remark | status | limit\nAA | {} | {} | E | {}"

    assert found_by(LIMIT, rows.format(value, remark, "")) == ["F5"]
    assert found_by(LIMIT, rows.format(value, remark, "LOWER")) == []


@pytest.mark.parametrize(
    "remark",
    [
        "received (about)",
        "removed in less than 3 days",
        "plus de 98 % of the year before",
        "of which over 1.6 million in one State",
        "already 70",
        "",
    ],
)
def test_a_limit_of_another_number_is_not_one_of_the_value(remark: str) -> None:
    assert found_by(LIMIT, f"indicator | value | remark | status\nAA | 70 | {remark} | E") == []


@pytest.mark.parametrize(
    "remark",
    [
        "reports about illegal content", "removed in less than 3 days", "over 12 days",
        "carried over from the year before", "", "reports of the public and of other hotlines",
    ],
)  # fmt: skip
def test_the_same_words_in_another_sense_are_left_alone(remark: str) -> None:
    assert found_by(APPROXIMATE, f"indicator | value | remark\nAA | 70 | {remark}") == []


@pytest.mark.parametrize(
    "remark",
    [
        "reports received (all categories: CSAM and other)", "all potentially illegal content",
        "all illegal or harmful content", "complaints (All Categories)", "kaikki luokat",
    ],
)  # fmt: skip
def test_a_wider_count_is_never_a_normal_value(remark: str) -> None:
    rows = "indicator | value | remark | status\nAA | 70 | {} | {}"

    assert found_by(WIDER, rows.format(remark, "A")) == ["F5"]
    assert found_by(WIDER, rows.format(remark, "D")) == []


def test_all_member_states_are_no_wider_count() -> None:
    assert (
        found_by(WIDER, "indicator | value | remark\nAA | 27 | all Member States took part") == []
    )


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("https://example.eu/report-2022/ (seen as a stored copy)", NO_ADDRESS),
        ("someone/data@72087306:data/reports.csv", NO_ADDRESS),
        ("www.example.eu/report", NO_ADDRESS),
        ("the annual report", NO_ADDRESS),
        ("https://example.org/test/cybertiplinedata-draft", PRIVATE),
        ("https://uat.example.org.uk/annual-report-2025", PRIVATE),
        ("https://staging-2.example.org/report", PRIVATE),
        ("https://adm.example.lv/raksts", PRIVATE),
        ("https://example.org/fact-checks/justice/referrals", PRIVATE),
        ("http://webproxy.example.co/index.php?q=https%3A%2F%2Fexample.eu", PRIVATE),
    ],
)
def test_an_address_is_the_public_page_of_a_publisher(address: str, rule: str) -> None:
    rows = f"indicator | value | address\nAA | 1 | {address}"

    assert {name: found_by(name, rows) for name in (NO_ADDRESS, PRIVATE)} == {
        NO_ADDRESS: ["F5"] if rule == NO_ADDRESS else [],
        PRIVATE: ["F5"] if rule == PRIVATE else [],
    }


@pytest.mark.parametrize(
    "address",
    [
        "https://example.eu/latest/contest",
        "http://example.at/?p=44836",
        "https://xn--e1aybc.eu/доклад",
        "",
    ],
)
def test_any_public_address_will_do(address: str) -> None:
    rows = f"indicator | value | address\nAA | 1 | {address}"

    assert [found_by(NO_ADDRESS, rows), found_by(PRIVATE, rows)] == [[], []]


YEARS = (
    "indicator | period | value | status | remark\nAA | 2023 | {} | {} | \nAA | 2024 | {} | {} | {}"
)


@pytest.mark.parametrize(
    ("before", "after", "remark", "jumps"),
    [
        ("239 A", "1752 A", "", True),
        ("1752 A", "239 A", "", True),
        ("1752 E", "239 P", "reports received", True),
        ("60 A", "121 A", "", True),
        ("100 A", "200 A", "", False),  # exactly twice
        ("20 A", "90 A", "", False),  # may be chance
        ("239 A", "1752 B", "", False),
        ("239 A", "1752 S", "", False),
        ("1752 S", "239 A", "", False),
        ("1752 B", "239 A", "", True),  # a break lies before its own year only
        ("239 A", "1752 A", "offences; rise: one case with 1,004 suspects", False),
        ("0 A", "500 A", "", True),
    ],
)
def test_a_large_count_that_jumps_is_flagged_or_explained(
    before: str, after: str, remark: str, jumps: bool
) -> None:
    rows = YEARS.format(*before.split(), *after.split(), remark)

    assert found_by(JUMP, rows) == (["F6"] if jumps else [])


def test_neither_a_ratio_nor_a_year_apart_jumps() -> None:
    assert (
        found_by(JUMP, "indicator | period | value\nRATIO | 2023 | 100\nRATIO | 2024 | 300") == []
    )
    assert found_by(JUMP, "indicator | period | value\nAA | 2022 | 100\nAA | 2024 | 900") == []


def test_a_wrong_label_keeps_its_value_out_of_the_collection() -> None:
    told = quoted(
        "indicator | value | remark\nAA | 1 | exactly counted\nAA | 70 | about 70 reports"
    )

    findings = validate(told)
    accepted = accepted_observations(told.reading, findings)

    severities = {finding.rule: finding.severity for finding in findings if finding.cell == "F6"}
    assert severities[APPROXIMATE] is Severity.ERROR
    assert "F6" not in set(accepted["cell"])


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "none"])
def test_an_address_of_any_collection_is_one(address: str) -> None:
    rows = f"indicator | period | value | address\nAA | 2023 | 1 | {address}"

    assert list(rules()[NO_ADDRESS].offends(case(rows, AA))["cell"]) == ["F5"]


@pytest.mark.parametrize("name", [APPROXIMATE, WIDER, PRIVATE, JUMP])
def test_a_state_that_reports_is_asked_none_of_it(name: str) -> None:
    rows = (
        "indicator | period | value | remark | address\n"
        "AA | 2023 | 1 | about 1 (all categories) | none\nAA | 2024 | 900 | | https://a.eu/test"
    )

    assert rules()[name].offends(case(rows, AA)).empty


def test_the_finding_quotes_the_words() -> None:
    found = rules()[APPROXIMATE].offends(
        quoted("indicator | value | remark\nAA | 7 | (just under)")
    )
    finding = Finding(APPROXIMATE, Severity.ERROR, "Figures", "F5", dict(found.iloc[0][["words"]]))

    assert finding.values == {"words": "just under"}
