"""A crash report and its sentence say which rule, formula or method raised the error."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from metrics.__main__ import run
from metrics.catalogue.loader import catalogue
from metrics.catalogue.methods import Method, assess_series, methods
from metrics.core.crash_reports import REPORT_FOLDER, name_fault
from metrics.core.error_origins import faulty_parts, import_part, name_faulty_part
from metrics.intake.findings import Rule, Severity, ValidationContext
from metrics.intake.rules import rules
from metrics.statistics.aggregation.rates import apply_formula
from metrics.statistics.assessment.case_verdicts import assess_cases
from metrics.statistics.assessment.cases import cases_on
from metrics.statistics.assessment.histories import Histories
from metrics.statistics.assessment.timeliness import AssessmentDay
from tests import submitted

SCOPE = ("--collection", "empact-cse", "--area", "FI", "--round", "2024")
PERSONAL = "Matti Testinen"


def fail(*_: object) -> Any:
    raise KeyError(PERSONAL)


def without_columns(_: ValidationContext) -> pd.DataFrame:
    return pd.DataFrame({"typed": ["13"]})


@pytest.mark.parametrize("offends", [fail, without_columns])
def test_a_rule_that_fails_is_named_by_the_command_and_the_report(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    offends: Callable[[ValidationContext], pd.DataFrame],
) -> None:
    unlucky = Rule("value_unlucky", "values", Severity.WARNING, offends)
    monkeypatch.setattr("metrics.intake.validate.rules", lambda: {**rules(), "unlucky": unlucky})

    code = run(
        ["--home", str(tmp_path), "validate", *SCOPE, str(submitted.csv(tmp_path / "a.csv"))]
    )

    (report,) = (tmp_path / REPORT_FOLDER).iterdir()
    assert code == 70
    assert "KeyError in rule value_unlucky" in capsys.readouterr().err
    assert "in rule value_unlucky" in report.read_text()
    assert PERSONAL not in report.read_text()


def test_a_formula_that_fails_is_named_by_its_indicator() -> None:
    derived = next(one for one in catalogue().indicators.values() if one.formula)
    broken = derived.model_copy(update={"formula": fail})
    values = pd.DataFrame({"indicator": [derived.derived_from[0]], "value": [1.0]})

    with pytest.raises(KeyError) as failed:
        apply_formula(broken, values)

    assert name_fault(failed.value) == f"KeyError in formula of {derived.code}"


@pytest.fixture
def broken_method(monkeypatch: pytest.MonkeyPatch) -> Method:
    """Direction alone, with an assessment that fails."""
    broken = replace(methods()["direction_only"], assess=fail)
    known = {**methods(), broken.name: broken}
    for module in ("catalogue.methods", "statistics.assessment.case_verdicts"):
        monkeypatch.setattr(f"metrics.{module}.methods", lambda: known)
    return broken


def test_a_method_that_fails_is_named(broken_method: Method) -> None:
    with pytest.raises(KeyError) as failed:
        assess_series(broken_method.name, {2020: 1, 2021: 2})

    assert faulty_parts(failed.value) == ["method direction_only"]


def test_a_method_that_fails_in_a_release_is_named_with_the_series(broken_method: Method) -> None:
    on = date(2026, 1, 1)
    cases = [case for case in cases_on(catalogue(), on) if case.method == broken_method.name]

    with pytest.raises(KeyError) as failed:
        assess_cases(cases, Histories(), AssessmentDay(on))

    (part,) = faulty_parts(failed.value)
    assert part == f"method direction_only on {cases[0].indicator.code} of {cases[0].area}"


def test_a_module_that_cannot_be_imported_is_named() -> None:
    with pytest.raises(ModuleNotFoundError) as failed:
        import_part("metrics.intake.rules.absent")

    assert name_fault(failed.value) == ("ModuleNotFoundError in module metrics.intake.rules.absent")


def test_notes_of_others_are_not_repeated() -> None:
    error = ValueError("no")
    error.add_note(PERSONAL)

    with pytest.raises(ValueError, match="no"), name_faulty_part("rule a"):
        raise error

    assert faulty_parts(error) == ["rule a"]
