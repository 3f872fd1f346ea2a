"""A rule is one function, or one line of `conditions.yaml`, and its words."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from metrics.catalogue.loader import catalogue
from tests.package_copy import ROOT, add_translations, copy_package, run_copy

FUNCTION = """

@rule(Severity.WARNING)
def value_unlucky(case: ValidationContext) -> pd.DataFrame:
    cells = case.reading.observations
    return cells.loc[cells["value"] == 13, ["sheet", "cell", "typed"]]
"""
LINE = "\nhumour:\n  value_is_text: [warning, of_form, text]\n"
WORDS = {
    "title": "Unlucky number",
    "what": "{typed} brings bad luck.",
    "expected": "Any other number.",
    "correction": "Check the value.",
    "why": "Superstition.",
    "example": "13",
}
# Each finding on a row names its indicator.
NAMED = catalogue().indicators["ICSE_VICTIMS"].name
SENT = "Indicator;Area;Period;Value\nICSE_VICTIMS;FI;2024;13\nICSE_USERS;FI;2024;many\n"


def examine(folder: Path, language: str) -> dict[str, str]:
    """What the copy of the program says about the file, by rule."""
    (folder / "sent.csv").write_text(SENT, "utf-8")
    asked = ("--collection", "empact-cse", "--area", "FI", "--round", "2024")
    command = ("validate", "--json", "--language", language, *asked, "sent.csv")
    run = run_copy(folder, "-m", "metrics", "--home", "home", *command)
    findings = json.loads(run.stdout)["files"][0]["findings"]
    return {finding["rule"]: finding["what"] for finding in findings}


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with a function and a line more, for which nobody wrote words."""
    folder = copy_package(tmp_path_factory.mktemp("package"))
    for name, addition in (("values.py", FUNCTION), ("conditions.yaml", LINE)):
        path = folder / "metrics/intake/rules" / name
        path.write_text(path.read_text("utf-8") + addition, "utf-8")
    return folder


def test_a_new_rule_is_listed_among_the_others(extended: Path) -> None:
    listed = run_copy(extended, "-m", "metrics", "rules")
    book = run_copy(extended, "-m", "metrics", "rules", "--markdown")

    assert (listed.returncode, book.returncode) == (0, 0), listed.stderr + book.stderr
    for name in ("value_unlucky", "value_is_text"):
        assert name in listed.stdout
        assert f"### {name}" in book.stdout


def test_a_new_rule_is_applied_and_without_words_goes_by_its_name(extended: Path) -> None:
    said = examine(with_words(extended, {}), "fi")

    assert said["value_unlucky"] == f"{NAMED('fi')}: Value unlucky."
    assert said["value_is_text"].endswith(": Value is text.")
    assert "many" in said["number_not_understood"]


def with_words(extended: Path, words: Mapping[str, str]) -> Path:
    """The copy with English words of the new rule, whichever test came before."""
    original = ROOT / "metrics/messages/en.po"
    (extended / "metrics/messages/en.po").write_text(original.read_text("utf-8"), "utf-8")
    texts = {f"findings/value_unlucky/{field}": (text, "") for field, text in words.items()}
    add_translations(extended, "en", texts)
    return extended


def test_with_its_words_it_says_them_in_the_language_that_has_them(extended: Path) -> None:
    folder = with_words(extended, WORDS)

    assert examine(folder, "en")["value_unlucky"] == f"{NAMED('en')}: 13 brings bad luck."
    assert examine(folder, "fi")["value_unlucky"] == f"{NAMED('fi')}: 13 brings bad luck."


def test_words_with_a_field_missing_break_nothing_else(extended: Path) -> None:
    words = {field: text for field, text in WORDS.items() if field != "why"}
    folder = with_words(extended, words)

    assert examine(folder, "en")["value_unlucky"] == f"{NAMED('en')}: 13 brings bad luck."
