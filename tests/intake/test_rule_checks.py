"""A rule without texts is named with its file and line, and so is one that nobody translated."""

import pytest

from metrics.intake import rule_checks
from metrics.intake.rule_checks import faults_of_rules, location_of_rule, untranslated_rules
from metrics.intake.rules import rules
from metrics.messages import messages
from tests.package_copy import ROOT

FINDINGS = {language: dict(messages(language, "findings")) for language in ("en", "fi", "el")}


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, object]]:
    """The texts on findings of each language, to be changed."""
    changed: dict[str, dict[str, object]] = {code: {**found} for code, found in FINDINGS.items()}
    monkeypatch.setattr(rule_checks, "messages", lambda language, _section: changed[language])
    monkeypatch.setattr(rule_checks, "languages", lambda: tuple(changed))
    return changed


def test_every_rule_has_its_texts_in_every_language() -> None:
    assert [*faults_of_rules(), *untranslated_rules()] == []


def test_a_missing_field_is_named(texts: dict[str, dict[str, object]]) -> None:
    texts["en"]["value_negative"] = {**FINDINGS["en"]["value_negative"], "why": " "}

    (fault,) = map(str, faults_of_rules())
    assert fault.startswith("rules/values.py, line ")
    assert fault.endswith(
        ": value_negative has no why in English; write findings/value_negative in metrics/messages"
    )


def test_texts_of_no_rule_are_named(texts: dict[str, dict[str, object]]) -> None:
    texts["en"]["value_negativ"] = FINDINGS["en"]["value_negative"]

    (fault,) = map(str, faults_of_rules())
    assert fault == (
        "messages: findings/value_negativ: “value_negativ” is not a rule; "
        "did you mean “value_negative”?"
    )


def test_a_rule_that_is_shown_in_english_is_named(texts: dict[str, dict[str, object]]) -> None:
    texts["fi"]["column_unknown"] = FINDINGS["en"]["column_unknown"]

    (note,) = map(str, untranslated_rules())
    assert note.startswith("rules/conditions.yaml, line ")
    assert "column_unknown is shown in English to readers of fi; translate findings/" in note


def test_a_language_that_has_just_been_begun_is_one_line(
    texts: dict[str, dict[str, object]],
) -> None:
    texts["fi"] = texts["en"]

    assert [*map(str, untranslated_rules())] == [
        f"fi: the texts of {len(rules())} of {len(rules())} rules are English"
    ]


@pytest.mark.parametrize(
    ("rule", "file", "text"),
    [
        ("column_unknown", "conditions.yaml", "  column_unknown: "),
        ("email_address", "identifying/", ""),
        ("value_negative", "values.py", "@rule("),
    ],
)
def test_a_rule_is_found_where_it_is_declared(rule: str, file: str, text: str) -> None:
    place, line = location_of_rule(rules()[rule])
    source = (ROOT / "metrics" / "intake" / place).read_text("utf-8")

    assert place.startswith(f"rules/{file}")
    assert source.splitlines()[line - 1].startswith(text)
