"""Words, numbers, dates and periods in three languages."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from dashboard.released.assessments import SHOWN_STATUSES
from dashboard.texts import texts
from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.indicators import Direction, Kind
from metrics.core.tables import BREAKDOWNS
from metrics.core.verdict_codes import Step
from metrics.intake.findings import Severity
from metrics.messages import languages, messages
from metrics.messages.po_files import placeholders
from tests.dashboard.reading import with_class, words

NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
USED = re.compile(r'\btext\(\s*"([a-z_]+\.[a-z_.]+)"')


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_word(language: str) -> None:
    assert messages(language, "interface").keys() == messages("en", "interface").keys()


def test_no_definition_or_text_of_the_product_has_a_key_twice() -> None:
    """The second would take the place of the first in silence."""
    found = {str(path): twice(path) for path in Path("metrics").rglob("*.yaml")}
    assert len(found) > 100
    assert not {path: keys for path, keys in found.items() if keys}


def twice(path: Path) -> list[str]:
    root = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return [key for node in mappings(root) for key, n in keys(node).items() if n > 1]


def keys(node: yaml.MappingNode) -> Counter[str]:
    return Counter(str(key.value) for key, _ in node.value)


def mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from mappings(each)


# Steps of a calculation or of a submission, not of a milestone.
STEPS_OF_WORK = (
    "arithmetic.step", "slides.absent_next", "slides.methods_foot", "slides.steps_shown",
    "submit.lead", "withdraw.back",
)  # fmt: skip


@pytest.mark.parametrize("word", ["vaihe on", "vaiheen", "virstanpylväs", "välitavoite"])
def test_a_ladder_has_steps_of_one_name_in_finnish(word: str) -> None:
    assert not [key for key, said in messages("fi", "interface").items() if word in said.casefold()]


@pytest.mark.parametrize("word", ["στάδιο", "βήμα", "η νεότερη έκδοση"])
def test_a_ladder_has_steps_of_one_name_in_greek(word: str) -> None:
    assert not [key for key, said in messages("el", "interface").items()
                if word in said and key not in STEPS_OF_WORK]  # fmt: skip


def calls_with_texts() -> Iterator[tuple[str, str, set[str]]]:
    """Where a text is asked for by a key that is written there: file and line, key, values."""
    for path in sorted(Path("dashboard").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(call, ast.Call) and call.args):
                continue
            function, values = ast.unparse(call.func), {each.arg for each in call.keywords}
            is_counted = function.endswith("text.counted")
            known = isinstance(call.args[0], ast.Constant) and None not in values
            if known and (is_counted or function.rpartition(".")[2] == "text"):
                given = {*filter(None, values), *(["n"] if is_counted else [])}
                yield f"{path}:{call.lineno}", ast.literal_eval(call.args[0]), given


def test_a_page_gives_every_placeholder_of_an_english_text_its_value() -> None:
    english, calls = messages("en", "interface"), [*calls_with_texts()]
    unfilled = [
        f"{where}: {key}: {sorted(missing)}"
        for where, key, given in calls
        if key in english
        for text in english[key].forms.values()
        if (missing := placeholders(text) - given)
    ]
    assert len(calls) > 300
    assert not unfilled


def test_every_word_that_the_code_asks_for_is_there() -> None:
    code = "".join(path.read_text("utf-8") for path in Path("dashboard").rglob("*.py"))
    assert set(USED.findall(code)) <= messages("en", "interface").keys()


@pytest.mark.parametrize(
    "keys",
    [
        [f"status.{each}" for each in SHOWN_STATUSES],
        [f"kind.{each}" for each in Kind],
        [f"direction.{each}" for each in Direction],
        [f"target.direction_{each}" for each in Direction],
        [f"submit.severity.{each}" for each in Severity],
        [f"breakdown.{each}" for each in BREAKDOWNS],
    ],
    ids=["status", "kind", "direction", "target", "severity", "breakdown"],
)
def test_every_code_has_a_word(keys: list[str]) -> None:
    assert set(keys) <= messages("en", "interface").keys()


def test_every_step_of_a_calculation_has_words() -> None:
    code = "".join(path.read_text("utf-8") for path in Path("metrics").rglob("*.py"))
    call = r'\b(?:CalculationStep|calculation_step|difference_step|period_step)\(\s*"([^"]+)"'
    keys = {*re.findall(call, code), *Step}
    assert len(keys) > 20
    assert keys <= messages("en", "calculation")["steps"].keys()


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("en", 1234.5, "1,234"),
        ("en", 167.9, "168"),
        ("fi", 12345.0, f"12{NBSP}345"),
        ("el", 12345.0, "12\N{NO-BREAK SPACE}345"),
        ("fi", 12.34, "12,3"),
        ("en", -3.0, f"{MINUS}3"),
        ("en", 0.0, "0"),
    ],
)
def test_numbers_follow_the_language(language: str, value: float, expected: str) -> None:
    assert texts(language).number(value) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "10 April 2026"), ("fi", "10. huhtikuuta 2026"), ("el", "10 Απριλίου 2026")],
)
def test_dates_follow_the_language(language: str, expected: str) -> None:
    assert texts(language).date(date(2026, 4, 10)) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2024", "2024"),
        ("2024-Q2", "Q2 2024"),
        ("2024-S2", "H2 2024"),
        ("2024-03", "March 2024"),
        ("2023-01/P8M", "January–August 2023"),
    ],
)
def test_periods_are_said_in_words(period: str, expected: str) -> None:
    assert texts("en").period(period) == expected


@pytest.mark.parametrize(
    ("language", "gap", "expected"),
    [("en", -1, "step on the ladder"), ("en", -2, "steps on the ladder"),
     ("en", 0, "steps on the ladder"), ("fi", -1, "askelma"), ("fi", -2, "askelmaa"),
     ("fi", 0, "askelmaa"), ("el", -1, "βαθμίδα"), ("el", -2, "βαθμίδες"), ("el", 0, "βαθμίδες")],
)  # fmt: skip
def test_a_gap_in_steps_has_the_plural_form_of_its_number(
    language: str, gap: int, expected: str
) -> None:
    _, _, unit = texts(language).difference(gap, "STEP", 0).partition(NBSP)
    assert unit == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [(12.34, "PC", f"12.3{NBSP}%"), (3.0, "PERSONS", f"3{NBSP}persons")],
)
def test_a_quantity_has_its_unit(value: float, unit: str, expected: str) -> None:
    assert texts("en").quantity(value, unit) == expected


@pytest.mark.parametrize("language", languages())
def test_no_unit_begins_with_a_number(language: str) -> None:
    """`1 679 100 000 lasta kohti` would read as one number."""
    text = texts(language)
    for unit in codelist("unit"):
        assert not text.unit(unit)[0].isdigit(), unit
        assert not text.unit_beside(Decimal(1679), unit)[0].isdigit(), unit


@pytest.mark.parametrize("language", languages())
def test_no_component_begins_with_a_number(language: str) -> None:
    names = [component.name(language) for component in codelist("component").values()]

    assert [name for name in names if name[0].isdigit()] == []


def test_a_finnish_rate_gives_its_base_in_figures() -> None:
    text = texts("fi")

    assert text.quantity(8.7, "PER_100K_CHILDREN") == f"8,7{NBSP}per{NBSP}100{NBSP}000 lasta"
    assert text.quantity(1319.0, "PER_100") == f"1{NBSP}319{NBSP}per{NBSP}100"


def test_per_cents_differ_by_percentage_points() -> None:
    assert texts("en").difference(21.0, "PC") == f"21{NBSP}percentage points"
    assert texts("en").difference(21.0, "PERSONS") == f"21{NBSP}persons"
    assert texts("fi").difference(1.0, "PC") == f"1{NBSP}prosenttiyksikkö"


@pytest.mark.parametrize("language", languages())
def test_a_unit_beside_one_is_in_the_singular(language: str) -> None:
    text = texts(language)
    for unit, listed in codelist("unit").items():
        if unit != "PC":
            singular = listed.names[language].forms["one"]
            assert text.quantity(1.0, unit) == f"1{NBSP}{singular}"
            assert text.quantity(1.04, unit) == f"1{NBSP}{singular}"
            for number in (0.0, 1.5, 2.0):
                assert text.quantity(number, unit).endswith(f"{NBSP}{listed.name(language)}")


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 0, "0 errors"), ("en", 1, "1 error"), ("en", 2, "2 errors"),
        ("fi", 1, "1 virhe"), ("fi", 5, "5 virhettä"),
        ("el", 1, "1 σφάλμα"), ("el", 1234, "1\N{NO-BREAK SPACE}234 σφάλματα"),
    ],
)  # fmt: skip
def test_one_is_said_otherwise_than_many(language: str, n: int, said: str) -> None:
    assert texts(language).counted("submit.errors", n) == said


@pytest.mark.parametrize("language", languages())
def test_one_of_each_severity_is_in_the_singular(language: str) -> None:
    """Elsewhere a case may be the same for one and for many: `1 tavoitteella, 5 tavoitteella`."""
    counted = [messages(language, "interface")[f"submit.{severity}s"] for severity in Severity]

    assert all(words.beside(1) != words.beside(2) for words in counted)


def test_an_unknown_language_is_english() -> None:
    assert texts("xx").language == "en"


OTHER_WORDS = {
    "en": r"\{\w+\} (?:[Ss]tates?|countries)\b", "fi": r"\{\w+\} valtio", "el": r"\{\w+\} κρ[άα]τ\w+\b(?! μ[έε]λ)",
}  # fmt: skip


@pytest.mark.parametrize("language", OTHER_WORDS)
def test_a_number_of_member_states_has_one_wording(language: str) -> None:
    counted = {"en": "27 Member States", "fi": "27 jäsenvaltiota", "el": "27 κράτη μέλη"}

    assert texts(language).quantity(27, "STATES").replace(NBSP, " ") == counted[language]
    assert [
        text for text in messages(language, "interface").values()
        if re.search(OTHER_WORDS[language], text)
    ] == []  # fmt: skip


def test_a_list_is_separated_as_its_language_separates_clauses() -> None:
    """In Greek a semicolon asks a question."""
    assert texts("en").listed(["On track 3", "", "Behind 2"]) == "On track 3; Behind 2"
    assert texts("el").listed(["Εντός πορείας 3", "Με υστέρηση 2"]) == (
        "Εντός πορείας 3· Με υστέρηση 2"
    )


@pytest.mark.usefixtures("home", "client")  # pages can be imported by an application only
@pytest.mark.parametrize("name", ["overview", "goal", "state", "report", "catalogue"])
def test_no_list_of_a_greek_page_has_a_question_mark_in_it(name: str) -> None:
    """On the page of a goal publications are cited in English."""
    drawn = import_module(f"dashboard.pages.{name}").layout(collection="sample", lang="el")

    assert "; " not in words(with_class(drawn, "says") if name == "goal" else drawn)
