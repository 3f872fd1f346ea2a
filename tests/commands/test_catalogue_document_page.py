"""The page of the catalogue names every definition, and says about each what applies to it."""

import pytest

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.indicators import Breakdown, Indicator
from metrics.catalogue.loader import catalogue
from metrics.commands.catalogue_document import (
    catalogue_markdown,
    describe_breakdown,
    indicator_facts,
    markdown_table,
    paragraph_name,
)
from metrics.commands.rules_document import rule_book
from metrics.core.tables import BREAKDOWNS
from metrics.intake.finding_texts import finding_labels, rule_texts
from metrics.intake.rules import rules
from metrics.messages import languages
from tests.tables import indicator

KNOWN = catalogue()
PAGE = catalogue_markdown(KNOWN)
DOCUMENTS = [
    (framework, document)
    for framework in KNOWN.frameworks.values()
    for document in framework.documents
]


def said(indicator: Indicator, label: str) -> str:
    """What the page says about an indicator under a label; empty where it is left out."""
    return dict(indicator_facts(indicator, KNOWN))[label]


@pytest.mark.parametrize("name", BREAKDOWNS)
def test_every_code_stands_in_its_list(name: str) -> None:
    rows = [f"| `{code.code}` | {code.en.replace('|', '/')} | " for code in codelist(name).values()]

    assert [row for row in rows if row not in PAGE] == []


def test_every_document_and_policy_target_is_named() -> None:
    targets = [
        target for framework in KNOWN.frameworks.values() for target in framework.policy_targets
    ]

    assert [
        code for _, document in DOCUMENTS if f"| {(code := document.code)} | " not in PAGE
    ] == []
    assert [PAGE.count(f"**Policy target {target.code}.** ") for target in targets] == [1] * len(
        targets
    )


@pytest.mark.parametrize("code", [code for code, goal in KNOWN.goals.items() if goal.targets])
def test_every_target_has_its_row_under_its_goal(code: str) -> None:
    part = PAGE[PAGE.index(f"### {code} ") :].partition("\n### ")[0]

    for target in KNOWN.goals[code].targets:
        (row,) = [line for line in part.splitlines() if line.startswith(f"| {target.id} | ")]
        assert target.indicator in row
        assert target.method in row


@pytest.mark.parametrize("code", KNOWN.frameworks)
def test_goals_stand_in_the_framework_that_agreed_them(code: str) -> None:
    part = PAGE.partition(f"\n## {KNOWN.frameworks[code].name.en}\n")[2].partition("\n## ")[0]
    own = [goal.code for goal in KNOWN.goals.values() if goal.framework == code]

    assert [line.split()[1] for line in part.splitlines() if line.startswith("### ")] == own


SHARE = indicator(
    "SHARE", kind="share", unit="PC", numerator={"en": "some"}, denominator={"en": "all"}
)
LAW = indicator(
    "LAW", kind="milestone", unit="STEP", ladder=("not_started", "in_force"), reached_at="in_force"
)
PEOPLE = indicator("PEOPLE", people_per={"indicator": "COURSES", "fewest": 2, "most": 500})


@pytest.mark.parametrize(
    ("each", "label", "text"),
    [
        (SHARE, "Kind", "share, yearly, submitted by Member States"),
        (indicator("QQ", frequency="Q", collected=False), "Kind", "flow, quarterly, taken from publications"),
        (SHARE, "Numerator", "some"),
        (SHARE, "Denominator", "all"),
        (LAW, "Ladder", "not started → in force"),
        (LAW, "Reached at", "in force"),
        (SHARE, "Ladder", ""),
        (SHARE, "Reached at", ""),
        (indicator("PART", parts_of="WHOLE"), "Never exceeds", "[WHOLE](#indicator-whole)"),
        (indicator("LATER", follows="FIRST"), "Seldom exceeds", "[FIRST](#indicator-first)"),
        (SHARE, "Never exceeds", ""),
        (PEOPLE, "People per event", "2 to 500 on average; events are counted by [COURSES](#indicator-courses)"),
        (SHARE, "People per event", ""),
        (SHARE, "Properties", ""),
        (indicator("AA", counts_people=True, has_total=False), "Properties", "no total, only the parts have a value; small counts are confidential"),
        (indicator("AA", role="context"), "Properties", "context indicator, charted and never assessed"),
        (indicator("AA", adds_up_over_areas=False), "Properties", "no EU figure, because States may count the same thing"),
        (indicator("AA", per_100_000_children=True), "Properties", "also shown per 100,000 children"),
        (KNOWN.indicators["TAKEDOWN_WITHIN_24H"], "Kind", "share, yearly, derived from [TAKEDOWN_TIME](#indicator-takedown_time)"),
    ],
)  # fmt: skip
def test_what_is_said_of_an_indicator(each: Indicator, label: str, text: str) -> None:
    assert said(each, label) == text


@pytest.mark.parametrize(
    ("each", "text"),
    [
        (Breakdown(by=("sex",)), "sex"),
        (Breakdown(by=("sex", "counted_by")), "sex × counted by"),
        (Breakdown(by=("topic",), adds_up=False), "topic (parts do not add up)"),
        (Breakdown(by=("sex",), codes={"sex": ("F", "M")}), "sex (only F, M)"),
        (Breakdown(by=("sex",), codes={"sex": ("F",)}, adds_up=False), "sex (only F; parts do not add up)"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_breakdown(each: Breakdown, text: str) -> None:
    assert describe_breakdown(each) == text


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        ("12", "paragraph 12"),
        ("2.1", "paragraph 2.1"),
        ("6, 23", "paragraphs 6 and 23"),
        ("Annex I", "Annex I"),
    ],
)
def test_where_a_wording_stands(paragraph: str, text: str) -> None:
    assert paragraph_name(paragraph) == text


def test_a_bar_in_a_cell_makes_no_column() -> None:
    assert markdown_table(("A", "B"), [("a|b", "c")]) == "| A | B |\n| --- | --- |\n| a/b | c |\n"


# The rule book


@pytest.mark.parametrize("language", languages())
def test_the_rule_book_says_of_each_rule_why_and_how_to_mend_it(language: str) -> None:
    book, names = rule_book(language), finding_labels(language)

    for rule in rules().values():
        part = book.partition(f"### {rule.name}\n")[2].partition("\n### ")[0]
        text = rule_texts(language)[rule.name]
        assert f"**{text.title}** ({names[rule.severity].lower()}). " in part
        assert f"- {names['why']}: {text.why}\n" in part
        assert f"- {names['example']}: {text.example}\n" in part


def test_the_families_of_the_rule_book_stand_once_each() -> None:
    headings = [line for line in rule_book().splitlines() if line.startswith("## ")]
    families = {rule.family for rule in rules().values()}

    assert sorted(headings) == sorted(
        f"## {finding_labels('en')[f'family_{name}']}" for name in families
    )


def test_the_rules_of_a_family_stand_in_the_order_of_their_names() -> None:
    parts = rule_book().split("\n## ")[1:]
    named = [[line for line in part.splitlines() if line.startswith("### ")] for part in parts]

    assert all(lines == sorted(lines) for lines in named)
