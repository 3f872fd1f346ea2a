"""Nothing of a file with data about a person is repeated, and a finding can be contested."""

import json
from pathlib import Path

import pytest

from metrics.__main__ import run
from metrics.commands.examination_report import examination_as_json, format_examination
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.intake.annotated_workbook import annotate_workbook
from metrics.intake.findings import Severity
from metrics.intake.rules import is_about_person
from metrics.intake.sandbox import unpack
from metrics.submissions.desk import Desk, Outcome, RequestedScope
from tests.submitted import FINLAND, csv

REASON = "The name of a street, checked by the statistics office"
SECRETS = ("Testinen", "Vieno", "Tuulikki", "1.1.1990", "Mystery")
HEADINGS = "indicator,area,period,value,remark,reference"
NEIGHBOURS = [
    "Testinen Vieno-Tuulikki,FI,2024,1,born 1.1.1990,",
    "INVESTIGATIONS_OPENED,Testinen Vieno-Tuulikki,2024,1,born 1.1.1990,",
    "INVESTIGATIONS_OPENED,FI,Vieno Testinen,1,born 1.1.1990,",
    "INVESTIGATIONS_OPENED,FI,2024,Vieno Testinen,born 1.1.1990,",
    "INVESTIGATIONS_OPENED,FI,2024,-5,born 1.1.1990,Testinen Vieno\nMystery,FI,2024,1,,",
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "home")


@pytest.mark.parametrize("rows", NEIGHBOURS)
def test_no_text_beside_data_about_a_person_is_repeated(
    desk: Desk, tmp_path: Path, rows: str
) -> None:
    path = tmp_path / "Vieno Testinen.csv"
    path.write_text(f"{HEADINGS}\n{rows}\n", "utf-8")

    examination = desk.submit(path, **FINLAND)
    (report,) = desk.ledger.reports()
    told = [
        *format_examination(examination),
        json.dumps(examination_as_json(examination), ensure_ascii=False),
        repr(examination.findings),
        f"{report.file} {report.refusal} {report.findings}",
    ]
    desk.close()

    assert examination.outcome is Outcome.IDENTIFYING
    assert [secret for secret in SECRETS for text in told if secret in text] == []
    kept = b"".join(path.read_bytes() for path in desk.home.rglob("*") if path.is_file())
    assert [secret for secret in SECRETS if secret.encode() in kept] == []


def test_of_a_refused_file_there_are_no_notes_without_their_texts(desk: Desk, street: Path) -> None:
    refused = {finding.severity for finding in desk.submit(street, **FINLAND).findings}
    scope = RequestedScope(**FINLAND, contested=REASON)
    contested = {finding.severity for finding in desk.submit(street, **scope).findings}

    assert (Severity.NOTE in refused, Severity.NOTE in contested) == (False, True)


def test_a_file_with_data_about_a_person_is_not_annotated(desk: Desk, tmp_path: Path) -> None:
    path = csv(tmp_path / "Vieno Testinen.csv", INVESTIGATIONS_OPENED="born 1.1.1990")
    findings = desk.examiner.examine(path, **FINLAND).findings

    with pytest.raises(SubmissionError) as refused:
        annotate_workbook(path, unpack(path), findings)
    assert "Testinen" not in str(refused.value)


@pytest.fixture
def street(tmp_path: Path) -> Path:
    path = tmp_path / "fi.csv"
    row = "INVESTIGATIONS_OPENED,FI,2024,12,counted in Anna Virtanen,"
    path.write_text(f"{HEADINGS}\n{row}\n", "utf-8")
    return path


def test_a_contested_file_is_kept_with_rule_place_and_reason(desk: Desk, street: Path) -> None:
    refused = desk.submit(street, **FINLAND)
    kept = desk.submit(street, **RequestedScope(**FINLAND, contested=REASON))
    reports = [report for report in desk.ledger.reports() if report.outcome == Outcome.ACCEPTED]
    contested = [found for report in reports for found in report.findings
                 if "contested" in found["values"]]  # fmt: skip

    assert (refused.outcome, kept.outcome) == (Outcome.IDENTIFYING, Outcome.ACCEPTED)
    assert {found["rule"] for found in contested} == {"person_named"}
    assert {(found["cell"], found["severity"]) for found in contested} == {("E2", "warning")}
    assert {found["values"]["contested"] for found in contested} == {REASON}
    assert "Virtanen" not in str(contested)
    assert len(kept.observations) == 1
    assert list(desk.explanations()["explained"]) == [REASON]


def test_the_reason_is_told_with_the_finding(desk: Desk, street: Path) -> None:
    examination = desk.examiner.examine(street, **RequestedScope(**FINLAND, contested=REASON))
    found = [finding for finding in examination.findings if is_about_person(finding)]

    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert REASON in "\n".join(format_examination(examination))


@pytest.mark.parametrize(
    "reason",
    ["no", "12345678901234", "a " * 600, "It is Anna Virtanen of the unit", "x@example.eu"],
)
def test_a_reason_says_something_and_names_nobody(desk: Desk, street: Path, reason: str) -> None:
    with pytest.raises(SubmissionError) as refused:
        desk.submit(street, **RequestedScope(**FINLAND, contested=reason))

    assert refused.value.text.key in {"reason_of_contest", "personal_text"}
    assert "Virtanen" not in str(refused.value)
    assert not desk.ledger.submissions()


@pytest.fixture
def two_streets(tmp_path: Path) -> Path:
    path = tmp_path / "fi.csv"
    rows = [
        "INVESTIGATIONS_OPENED,FI,2024,12,counted in Anna Virtanen,",
        "ICSE_VICTIMS,FI,2024,12,counted in Matti Korhonen,see +358 40 123 4567",
    ]
    path.write_text("\n".join([HEADINGS, *rows, ""]), "utf-8")
    return path


NUMBER = "A number of cases, not of a telephone"
EACH = f"person_named@#1!E2={REASON}\nperson_named={NUMBER} either\nphone_number={NUMBER}"


def test_each_finding_can_have_a_reason_of_its_own(desk: Desk, two_streets: Path) -> None:
    examination = desk.submit(two_streets, **RequestedScope(**FINLAND, contested=EACH))
    told = {
        (finding.rule, finding.cell): finding.values["contested"]
        for finding in examination.findings
        if "contested" in finding.values
    }

    assert told == {
        ("person_named", "E2"): REASON,
        ("person_named", "E3"): f"{NUMBER} either",
        ("phone_number", "F3"): NUMBER,
    }
    assert examination.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    "answers",
    [f"person_named={REASON}", f"phone_number={NUMBER}", f"person_named@#1!E2={REASON}",
     f"person_named@#2!E2={REASON}\nperson_named@#1!E3={REASON}\nphone_number={NUMBER}"],
)  # fmt: skip
def test_what_nobody_answered_refuses_the_file(desk: Desk, two_streets: Path, answers: str) -> None:
    examination = desk.submit(two_streets, **RequestedScope(**FINLAND, contested=answers))

    assert examination.outcome is Outcome.IDENTIFYING
    assert "Virtanen" not in repr(examination)


def test_an_answer_to_an_unknown_rule_is_refused(desk: Desk, street: Path) -> None:
    with pytest.raises(UnknownNameError, match="person_named"):
        desk.examiner.examine(
            street, **RequestedScope(**FINLAND, contested=f"person_name={REASON}")
        )


def test_the_command_lists_what_is_contested(
    two_streets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [part for answer in EACH.splitlines() for part in ("--not-personal", answer)]
    scope = ["--collection", "empact-cse", "--area", "FI", "--round", FINLAND["round_"]]
    command = ["--home", str(tmp_path / "home"), "submit", str(two_streets), *scope, *answers,
               "--texts-confirmed"]  # fmt: skip

    assert run(command) == 0
    told = capsys.readouterr().out
    for listed in (f"person_named  fi!E2: {REASON}", f"phone_number  fi!F3: {NUMBER}"):
        assert listed in told


@pytest.mark.parametrize("reason", ["", "  "])
def test_who_contests_on_the_command_line_has_to_give_a_reason(
    reason: str, street: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ("--collection", "empact-cse", "--area", "FI", "--round", "2024", "--language", "fi")
    home = tmp_path / "home"

    assert run(["--home", str(home), "submit", str(street), *place, "--not-personal", reason]) != 0

    assert "perustelu" in capsys.readouterr().err
    assert not (home / "data" / "raw").exists()
