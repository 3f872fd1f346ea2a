"""What the submit page says about a file, from the desk's own examination."""

import importlib
import re
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from types import ModuleType
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.exceptions import InternalServerError

from dashboard.components.submission.findings import findings_card
from dashboard.components.submission.receipt import receipt_address
from dashboard.intake import desk, open_round
from dashboard.server.routes import answer_errors
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.loader import catalogue
from metrics.intake.finding_texts import EXPLAINED, finding_labels
from metrics.intake.findings import Finding, Severity
from metrics.messages import languages
from metrics.submissions.desk import Desk, Examination, Outcome, RequestedScope
from metrics.submissions.examination_queue import AT_ONCE, WAITING, WaitingError
from metrics.submissions.submission_store import UploadedFile
from tests.dashboard.reading import of_type, picker, with_class, words

PLACE = {"collection": "empact-cse", "area": "FI", "round": "2025"}
FINLAND = RequestedScope(collection="empact-cse", area="FI", round_="2025")
ROW = "ICSE_VICTIMS"


@pytest.fixture
def submit(client: FlaskClient, empty_home: Path) -> ModuleType:
    return importlib.import_module("dashboard.pages.submit")


@cache
def template(area: str = "FI", round_: str = "2025") -> bytes:
    """The workbook of a State that has submitted nothing."""
    with TemporaryDirectory() as home:
        return Desk(Path(home)).template("empact-cse", area, round_)


@cache
def filled(**values: str | int) -> bytes:
    """The template with values in the rows of some series."""
    book = load_workbook(BytesIO(template()))
    rows = {cell.value: cell.row for cell in book["GA-1"]["A"]}
    for series, value in values.items():
        book["GA-1"][f"F{rows[series]}"] = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def staged(**values: str | int) -> str:
    """The digest of a filled template that waits for confirmation."""
    return desk().receive_upload(BytesIO(filled(**values)), "return.xlsx")


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which nothing is confirmed: a file is examined once for all who look at it."""
    return tmp_path_factory.mktemp("shared")


@pytest.fixture
def examined(
    submit: ModuleType, shared_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Stage a workbook with some values; equal ones are examined once."""
    monkeypatch.setenv("EMPACT_HOME", str(shared_home))
    return staged_once


@cache
def staged_once(**values: str | int) -> str:
    return staged(**values)


@pytest.fixture(scope="module")
def confirmed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which one workbook was confirmed."""
    home = Desk(tmp_path_factory.mktemp("confirmed"))
    digest = home.receive_upload(BytesIO(filled(ICSE_VICTIMS=41)), "return.xlsx")
    assert home.confirm_upload(digest, "", **FINLAND).submission is not None
    home.close()
    return home.home


@pytest.fixture
def confirmed(
    submit: ModuleType, confirmed_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The digest of what is in force in a workspace of its own."""
    monkeypatch.setenv("EMPACT_HOME", str(copytree(confirmed_home, tmp_path / "home")))
    (submission,) = desk().ledger.submissions()
    return submission.digest


def test_a_clean_workbook_can_be_confirmed(
    submit: ModuleType, examined: Callable[..., str]
) -> None:
    drawn = submit.layout(**PLACE, checked=examined(ICSE_VICTIMS=41))
    assert "can be submitted" in words(with_class(drawn, "verdict"))
    assert [words(each) for each in of_type(drawn, "Button")] == ["Confirm and submit"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("about forty", "is not a number"), (-3, "negative"), ("1.234", "can be read as")],
)
def test_an_error_stands_at_its_cell(
    submit: ModuleType, examined: Callable[..., str], typed: str | int, said: str
) -> None:
    drawn = submit.layout(**PLACE, checked=examined(ICSE_VICTIMS=typed))
    (error,) = with_class(drawn, "finding-error")
    assert said in words(error)
    assert "GA-1!F27" in words(error)
    assert [words(button) for button in of_type(drawn, "Button")] == ["Choose the corrected file"]


@pytest.mark.parametrize(("language", "word"), [("en", "Error"), ("fi", "Virhe"), ("el", "Σφάλμα")])
def test_findings_speak_the_language_of_the_page(
    submit: ModuleType, examined: Callable[..., str], language: str, word: str
) -> None:
    drawn = submit.layout(**PLACE, checked=examined(ICSE_VICTIMS="about forty"), lang=language)
    assert words(with_class(drawn, "severity-error")[0]) == word


def test_a_file_that_is_no_workbook_gets_one_sentence(submit: ModuleType, empty_home: Path) -> None:
    drawn = submit.layout(
        **PLACE, checked=desk().receive_upload(BytesIO(b"nothing"), "return.xlsx")
    )
    assert "The file cannot be read" in words(with_class(drawn, "verdict"))
    assert not with_class(drawn, "finding")


@pytest.mark.parametrize("digest", ["0" * 64, "../../etc", "x"])
def test_a_check_that_is_gone_says_so(submit: ModuleType, digest: str) -> None:
    assert "has expired" in words(submit.layout(**PLACE, checked=digest))


@pytest.mark.usefixtures("confirmed")
def test_a_later_vintage_shows_what_it_changes(submit: ModuleType) -> None:
    drawn = submit.layout(**PLACE, checked=staged(ICSE_VICTIMS=61))

    (row,) = [each for each in of_type(drawn, "Tr") if f"{ROW} 2025" in words(each)]
    assert [words(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in of_type(row, "Td")][1:] == [
        "61",
        "61 persons",
        "normal value; free for publication",
        "41 persons",
        "Changed +20 (+48.8 %)",
    ]


def values_of(drawn: object) -> list[list[str]]:
    """The cells of every row in the table of values as read."""
    (card,) = with_class(drawn, "as-read")
    (frame,) = with_class(card, "stacked")
    return [
        [words(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in row.children]
        for row in of_type(frame, "Tr")[1:]
    ]


def test_a_first_submission_shows_every_value_as_read(
    submit: ModuleType, examined: Callable[..., str]
) -> None:
    typed = {ROW: "1 204", f"{ROW}[sex=F]": 0}
    drawn = submit.layout(**PLACE, checked=examined(**typed))

    (total, girls) = values_of(drawn)
    place, name, *others = total
    assert (place, "ICSE_VICTIMS 2025" in name) == ("GA-1!F27", True)
    assert others == ["1 204", "1,204 persons", "normal value; free for publication"]
    assert girls[3] == "0 persons"


def test_what_is_confirmed_is_shown_above_the_button(
    submit: ModuleType, examined: Callable[..., str]
) -> None:
    drawn = submit.layout(**PLACE, checked=examined(**{ROW: 12, f"{ROW}[sex=F]": 0}))

    outcome, *_, values, confirm = of_type(drawn, "Section")
    assert "Confirm and submit" not in words(outcome)
    (way,) = [link for link in of_type(outcome, "A") if link.href.startswith("#")]
    assert way.href == f"#{values.id}"
    assert "GA-1!F27" in words(values)
    assert "2 new values" in words(confirm)
    assert words(of_type(confirm, "Button")) == "Confirm and submit"


@pytest.mark.parametrize(
    ("language", "first", "last"), [("en", "AT", "SE"), ("fi", "NL", "EE"), ("el", "AT", "FI")]
)
def test_a_state_is_found_by_the_alphabet_of_the_reader(
    submit: ModuleType, empty_home: Path, language: str, first: str, last: str
) -> None:
    listed = [*picker(submit.layout(lang=language), "area").options]

    assert (listed[0], listed[1], listed[-1], len(listed)) == ("", first, last, 28)


def test_values_are_shown_a_page_at_a_time(submit: ModuleType, empty_home: Path) -> None:
    lines = (f"VICTIMS_RECORDED,{year},{year}" for year in range(1900, 2024))
    content = "\n".join(["series,period,value", *lines]).encode()
    place = {"collection": "published-figures", "area": "FI", "round": "2026"}
    sent = {**place, "checked": desk().receive_upload(BytesIO(content), "a.csv")}

    first = submit.layout(**sent)
    assert len(values_of(first)) == 100
    second = values_of(submit.layout(**sent, page="2"))
    assert (len(second), second[0][2], second[-1][2]) == (24, "2000", "2023")
    assert [len(values_of(submit.layout(**sent, page=page))) for page in ("0", "9", "x")] == [
        100, 24, 100
    ]  # fmt: skip


def test_values_are_chosen_by_kind_of_change(submit: ModuleType, empty_home: Path) -> None:
    place = {"collection": "published-figures", "area": "FI", "round": "2026"}
    table = "series,period,value\n" + "".join(
        f"VICTIMS_RECORDED,{year},40\n" for year in range(2020, 2025)
    )
    first = desk().receive_upload(BytesIO(table.encode()), "a.csv")
    asked = RequestedScope(collection="published-figures", area="FI", round_="2026")
    desk().confirm_upload(first, "", **asked)
    corrected = "\n".join(table.replace("2020,40", "2020,41").splitlines()[:-2])
    digest = desk().receive_upload(BytesIO(corrected.encode()), "a.csv")

    for change, periods in {"changed": 1, "removed": 2, "all": 5}.items():
        drawn = submit.layout(**place, checked=digest, change=change, extent="whole")
        assert len(values_of(drawn)) == periods


def test_a_file_that_lacks_figures_is_asked_whether_it_is_a_part(
    submit: ModuleType, empty_home: Path
) -> None:
    table = "series,period,value\nICSE_VICTIMS,2025,4\nINVESTIGATIONS_OPENED,2025,9\n"
    first = desk().receive_upload(BytesIO(table.encode()), "a.csv")
    desk().confirm_upload(first, "", **FINLAND)
    part = "series,period,value\nICSE_VICTIMS,2025,5\n"
    digest = desk().receive_upload(BytesIO(part.encode()), "b.csv")

    asked = submit.layout(**PLACE, checked=digest)
    assert "Is this the whole report, or a part of it?" in words(asked)
    assert "Investigations opened (1)" in words(asked)
    assert not of_type(asked, "Button")

    answers = {extent: submit.layout(**PLACE, checked=digest, extent=extent)
               for extent in ("part", "whole")}  # fmt: skip
    kinds = {extent: [row[-1] for row in values_of(drawn)] for extent, drawn in answers.items()}
    assert kinds == {"part": ["Changed +1 person"], "whole": ["Changed +1 person", "Removed"]}
    assert all(of_type(drawn, "Button") for drawn in answers.values())


def test_the_workbook_of_a_round_that_is_over_is_asked_for_its_round(
    submit: ModuleType, empty_home: Path
) -> None:
    book = load_workbook(BytesIO(template("FI", "2024")))
    book["GA-1"]["F27"] = 41
    saved = BytesIO()
    book.save(saved)
    digest = desk().receive_upload(BytesIO(saved.getvalue()), "FI-2025.xlsx")

    asked = submit.layout(checked=digest)
    assert "A revision of 2024, or the report for 2025?" in words(asked)
    assert not of_type(asked, "Button")
    assert of_type(submit.layout(checked=digest, round="2024"), "Button")


def test_a_workbook_of_another_collection_than_the_chosen_one_is_asked_about(
    submit: ModuleType, empty_home: Path
) -> None:
    book = load_workbook(BytesIO(template("FI", "2025")))
    book["GA-1"]["F27"] = 41
    saved = BytesIO()
    book.save(saved)
    digest = desk().receive_upload(BytesIO(saved.getvalue()), "FI.xlsx")

    asked = submit.layout(checked=digest, collection="interim-regulation")
    assert "For which collection is this workbook?" in words(asked)
    assert all(
        catalogue().collection(code).name("en") in words(asked)
        for code in ("empact-cse", "interim-regulation")
    )
    assert not of_type(asked, "Button")
    assert of_type(submit.layout(checked=digest, collection="empact-cse"), "Button")


def test_a_damaged_file_is_refused_in_the_language_of_the_page(
    submit: ModuleType, empty_home: Path
) -> None:
    with ZipFile(BytesIO(template("FI", "2025"))) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    broken = BytesIO()
    with ZipFile(broken, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"</workbook>", b"</book>"))
    digest = desk().receive_upload(BytesIO(broken.getvalue()), "FI.xlsx")

    drawn = words(submit.layout(checked=digest, lang="el"))

    assert "μη έγκυρη XML στη γραμμή" in drawn
    assert "mismatched" not in drawn


@pytest.mark.parametrize(
    ("asked", "question", "answer"),
    [
        ({"area": "SE"}, "For which State is this file?", "area=FI"),
        ({"round": "2024"}, "For which round is this file?", "round=2025"),
        (
            {"collection": "sample"},
            "For which collection is this workbook?",
            "collection=empact-cse",
        ),
    ],
)
def test_a_file_of_another_collection_round_or_state_is_asked_about(
    submit: ModuleType, empty_home: Path, asked: dict[str, str], question: str, answer: str
) -> None:
    drawn = submit.layout(**PLACE | asked, checked=staged(ICSE_VICTIMS=41))

    assert question in words(drawn)
    assert "Answer the question below first" in words(with_class(drawn, "verdict"))
    (as_stated, as_asked) = with_class(drawn, "answer")
    assert answer in as_stated.href
    assert "checked=" in as_stated.href
    assert as_asked.href.startswith("/download/template.xlsx?")
    assert "&".join(f"{name}={code}" for name, code in asked.items()) in as_asked.href


def test_a_check_that_was_confirmed_since_leads_to_its_receipt(
    submit: ModuleType, confirmed: str
) -> None:
    digest = staged(ICSE_VICTIMS=42)
    kept = desk().confirm_upload(digest, confirmed, **FINLAND).submission
    assert kept is not None

    drawn = submit.layout(**PLACE, checked=digest)
    assert "This file was confirmed and submitted." in words(drawn)
    assert receipt_address([kept], View()) in [link.href for link in of_type(drawn, "A")]


def test_the_page_says_what_is_in_force_for_the_chosen_state(
    submit: ModuleType, confirmed: str
) -> None:
    drawn = submit.layout(**PLACE)

    said = words(with_class(drawn, "standing"))
    assert "Last submission of Finland, round 2025: return.xlsx, received on" in said
    assert "in force" in said


def test_withdrawing_is_offered_where_something_is_in_force(
    submit: ModuleType, confirmed: str
) -> None:
    assert "Withdraw figures" not in words(submit.layout(**PLACE | {"area": "SE"}))
    assert "Withdraw figures of Finland, round 2025" in words(submit.layout(**PLACE))


def test_the_same_file_again_changes_nothing(submit: ModuleType, confirmed: str) -> None:
    drawn = submit.layout(**PLACE, checked=staged(ICSE_VICTIMS=41))

    assert "already been submitted" in words(with_class(drawn, "verdict"))
    assert not of_type(drawn, "Button")


def test_an_older_file_can_be_confirmed_again(submit: ModuleType, confirmed: str) -> None:
    newer = desk().confirm_upload(staged(ICSE_VICTIMS=42), confirmed, **FINLAND).submission
    assert newer is not None
    first = staged(ICSE_VICTIMS=41)
    drawn = submit.layout(**PLACE, checked=first)

    assert "becomes the current version again" in words(with_class(drawn, "verdict"))
    assert "withdrawn" not in words(with_class(drawn, "verdict"))
    assert [words(each) for each in of_type(drawn, "Button")] == ["Confirm and submit"]
    assert desk().confirm_upload(first, newer.digest, **FINLAND).submission is not None


def test_a_withdrawn_file_is_not_said_to_be_replaced(submit: ModuleType, confirmed: str) -> None:
    (submission,) = desk().ledger.submissions()
    desk().withdraw(submission, "counted twice by mistake")

    drawn = submit.layout(**PLACE, checked=staged(ICSE_VICTIMS=41))
    verdict, standing = words(with_class(drawn, "verdict")), words(submit.layout(**PLACE))
    assert "counted twice by mistake" in verdict
    assert "replaced" not in verdict
    assert ("counted twice by mistake" in standing, "in force" in standing) == (True, False)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "No figures of this area and round are in force, because the last submission was withdrawn.",
        ),
        ("fi", "viimeisin lähetys on peruttu"),
        ("el", "η τελευταία υποβολή αποσύρθηκε"),
    ],
)
def test_a_new_file_after_a_withdrawal_is_not_called_the_first(
    submit: ModuleType, confirmed: str, language: str, sentence: str
) -> None:
    (submission,) = desk().ledger.submissions()
    desk().withdraw(submission, "counted twice by mistake")

    drawn = words(submit.layout(**PLACE, checked=staged(ICSE_VICTIMS=42), lang=language))

    assert sentence in drawn
    assert texts(language)("submit.first") not in drawn


def test_a_fault_of_the_service_is_said_with_its_report_on_page_and_in_place_of_a_file(
    client: FlaskClient, submit: ModuleType, empty_home: Path
) -> None:
    digest = staged(ICSE_VICTIMS="about forty")
    submit.layout(**PLACE, checked=digest)
    with closing(sqlite3.connect(empty_home / "data" / "ledger.sqlite")) as ledger, ledger:
        ledger.execute("UPDATE reports SET findings = 'no list'")

    drawn = submit.layout(**PLACE, checked=digest)
    (report,) = (empty_home / "data" / "failures").iterdir()
    assert f"report number {report.name}" in words(drawn)
    answer = client.get(View(**PLACE, checked=digest).link("/download/findings.csv"))
    assert (answer.status_code, "give the report number" in answer.text) == (500, True)


@pytest.mark.parametrize("language", languages())
def test_a_fault_while_a_file_is_made_is_said_with_its_report(
    client: FlaskClient, empty_home: Path, language: str
) -> None:
    with (
        client.application.test_request_context(f"/?lang={language}"),
        pytest.raises(InternalServerError) as answered,
        answer_errors(),
    ):
        raise ZeroDivisionError
    (report,) = (empty_home / "data" / "failures").iterdir()
    assert answered.value.description == texts(language)("download.unforeseen", report=report.name)


def test_findings_that_differ_are_said_one_by_one(
    submit: ModuleType, examined: Callable[..., str]
) -> None:
    values = {ROW: -3, f"{ROW}[sex=F]": -4}
    drawn = submit.layout(**PLACE, checked=examined(**values))
    said = [words(each) for each in of_type(drawn, "Li") if "The value is" in words(each)]

    assert [(line[:3], line.split(": ")[-1]) for line in said] == [
        ("F27", "The value is \N{MINUS SIGN}3."), ("F28", "The value is \N{MINUS SIGN}4.")
    ]  # fmt: skip
    shared = [words(each) for each in of_type(drawn, "P") if "Zero or more." in words(each)]
    assert len(shared) == 1


@pytest.mark.parametrize("language", languages())
def test_files_with_all_findings_can_be_taken_away(
    client: FlaskClient, examined: Callable[..., str], language: str
) -> None:
    """Both are lists for a person: headings and severities are in the reader's language."""
    view = View(**PLACE, checked=examined(ICSE_VICTIMS="about forty"), lang=language)
    table = client.get(view.link("/download/findings.csv"))
    marked = client.get(view.link("/download/annotated.xlsx"))
    text, labels = texts(language), finding_labels(language)
    headings, *_ = table.data.decode("utf-8-sig").splitlines()
    assert headings.split(",") == [
        labels["severity"], labels["place"], text("submit.typed"), text("submit.understood"),
        labels["what"], labels["expected"], labels["correction"], labels["rule"],
    ]  # fmt: skip
    assert f"{labels['error']},GA-1!F27,about forty" in table.text
    assert load_workbook(BytesIO(marked.data))["GA-1"]["F27"].comment is not None


def test_the_page_opens_on_the_collection_that_asks_states_and_its_open_round(
    submit: ModuleType,
) -> None:
    first = submit.layout()
    assert [words(heading)[:2] for heading in of_type(first, "H2")] == ["1.", "2.", "3."]
    assert "EMPACT, sexual exploitation of children, round 20" in words(first)
    assert not with_class(first, "button-quiet")

    (link,) = [
        link for link in with_class(submit.layout(area="FI"), "button") if hasattr(link, "href")
    ]
    assert link.href.startswith("/download/template.xlsx?collection=empact-cse&area=FI&round=")


def sent_as(content: bytes, name: str) -> str:
    return desk().receive_upload(BytesIO(content), name)


def with_cell(cell: str, typed: str) -> bytes:
    """The filled template with a text in a cell of its first sheet of figures."""
    book = load_workbook(BytesIO(filled(ICSE_VICTIMS=41)))
    book["GA-1"][cell] = typed
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("cell", "typed", "template_of"),
    [("B2", "Sweden", "area=SE"), ("B3", "2026", "round=2026"), ("B2", "Norden", "")],
)
def test_a_changed_cell_of_the_workbook_is_asked_about(
    submit: ModuleType, empty_home: Path, cell: str, typed: str, template_of: str
) -> None:
    drawn = submit.layout(**PLACE, checked=sent_as(with_cell(cell, typed), "FI.xlsx"))

    assert f"In GA-1!{cell} it now says “{typed}”. Which is meant?" in words(drawn)
    assert not with_class(drawn, "finding")
    again, *others = with_class(drawn, "answer")
    assert again.id == "choose-corrected"
    assert "again, save the file, and choose it here" in words(again)
    assert [template_of in other.href for other in others] == [True] * bool(template_of)


def test_the_rounds_of_a_table_are_asked_for_one_by_one(
    submit: ModuleType, empty_home: Path
) -> None:
    table = b"series,period,value\nICSE_VICTIMS,2024,4\nICSE_VICTIMS,2025,5\n"
    place = {"collection": "empact-cse", "area": "FI", "checked": sent_as(table, "a.csv")}

    asked = submit.layout(**place)
    answers = with_class(asked, "answer")
    assert "figures of several rounds: 2024; 2025" in words(asked)
    assert [
        f"round={code}" in one.href for code, one in zip(("2024", "2025"), answers, strict=True)
    ]
    for code in ("2024", "2025"):
        drawn = submit.layout(**place, round=code)
        assert f"round {code}" in words(drawn)
        assert [words(one) for one in of_type(drawn, "Button")] == ["Confirm and submit"]


def test_what_depends_on_an_answer_is_shown_after_it(submit: ModuleType, confirmed: str) -> None:
    part = b"series,period,value,mood\nICSE_VICTIMS[sex=F],2025,5,good\n"
    place = {**PLACE, "checked": sent_as(part, "part.csv")}

    asked = submit.layout(**place)
    assert [len(with_class(asked, name)) for name in ("answer", "finding", "as-read")] == [2, 0, 0]
    answered = submit.layout(**place, extent="part")
    counts = [len(with_class(answered, name)) for name in ("answer", "finding", "as-read")]
    assert counts == [0, 1, 1]
    (said,) = with_class(answered, "answered")
    assert "A part of the report" in words(said)
    assert "stays in force as it is" in words(said)
    assert "extent=" not in of_type(said, "A")[0].href


def test_notes_are_folded_by_their_rule(submit: ModuleType, examined: Callable[..., str]) -> None:
    drawn = submit.layout(**PLACE, checked=examined(ICSE_VICTIMS=41))

    (notes,) = with_class(drawn, "notes")
    summary, *folded = [words(one) for one in of_type(notes, "Summary")]
    assert re.fullmatch(
        r"\d+ notes \(\d causes?\): for your information, nothing has to be done", summary
    )
    assert any(line.startswith("An indicator left out (") for line in folded)


def test_a_file_without_its_own_name_says_so(submit: ModuleType, empty_home: Path) -> None:
    drawn = submit.layout(**PLACE, checked=staged(ICSE_VICTIMS="jane.doe@example.org"))

    assert "Its own name is not shown, because it may identify a person." in words(drawn)


@pytest.mark.parametrize(
    ("on", "code"),
    [("2024-01-01", "2024"), ("2025-01-15", "2024"), ("2026-01-14", "2024"), ("2026-01-15", "2025"),
     ("2026-11-28", "2025"), ("2030-01-01", "2026")],
)  # fmt: skip
def test_the_open_round_is_the_last_that_has_opened(on: str, code: str) -> None:
    collection = catalogue().collections["empact-cse"]
    assert open_round(collection, date.fromisoformat(on)).code == code


def test_a_file_that_names_no_state_is_asked_for_it(submit: ModuleType, empty_home: Path) -> None:
    digest = desk().receive_upload(BytesIO(b"series,period,value\nICSE_VICTIMS,2025,4\n"), "a.csv")
    asked = submit.layout(checked=digest)
    assert "For which State and round is this file?" in words(asked)
    assert picker(asked, "area").options["FI"] == "Finland"

    answered = submit.layout(checked=digest, area="FI")
    assert "a.csv: EMPACT, sexual exploitation of children, Finland, round 2025" in words(answered)
    assert "can be submitted" in words(with_class(answered, "verdict"))


@pytest.mark.parametrize(
    "text",
    [
        "area,indicator,period,sphere,value\nEL,ICSE_VICTIMS,2025,without Crete,4\n",
        "area,indicator,period,value thousand\nEL,ICSE_VICTIMS,2025,4\n",
    ],
)
def test_a_file_whose_rows_were_not_read_is_not_said_to_name_no_state(
    submit: ModuleType, empty_home: Path, text: str
) -> None:
    digest = desk().receive_upload(BytesIO(text.encode()), "a.csv")
    assert "For which State" not in words(submit.layout(checked=digest))


def test_a_sheet_of_the_workbook_saved_as_text_says_whose_it_is(
    submit: ModuleType, empty_home: Path
) -> None:
    book = load_workbook(BytesIO(template("SE")))
    book["GA-1"]["F27"] = 41
    rows = book["GA-1"].iter_rows(values_only=True)
    lines = (";".join(f'"{"" if cell is None else cell}"' for cell in row) for row in rows)
    digest = desk().receive_upload(BytesIO("\n".join(lines).encode()), "GA-1.csv")
    assert "GA-1.csv: EMPACT, sexual exploitation of children, Sweden, round 2025" in words(
        submit.layout(checked=digest)
    )


@pytest.mark.parametrize(("explained", "headed"), [("A new unit", False), ("", True)])
def test_what_was_explained_is_not_to_be_mended(explained: str, headed: bool) -> None:
    said = {"typed": "900", "was": "100", "when": "2024", "change": "+800 %"}
    found = Finding("large_change", Severity.WARNING, "GA-1", "F5", said | {EXPLAINED: explained})
    told = Examination(
        UploadedFile("a.xlsx", "", 0),
        Outcome.ACCEPTED,
        findings=(found,),
    )

    shown = " ".join(map(words, findings_card(told, View.from_query({}), texts("en"))))
    assert ("How to correct it" in shown, explained in shown) == (headed, True)


def told_of(*found: Finding) -> str:
    told = Examination(UploadedFile("a.xlsx", "", 0), Outcome.ACCEPTED, findings=found)
    return words(list(findings_card(told, View.from_query({}), texts("en"))))


def far(cell: str, change: str) -> Finding:
    said = {"typed": "900", "was": "100", "when": "2024", "change": change}
    return Finding("large_change", Severity.WARNING, "GA-1", cell, said)


def test_a_cell_that_two_findings_hit_is_one_cell() -> None:
    said = told_of(far("F27", "+800 %"), far("F27", "+700 %"))
    assert "2 cells" not in said
    assert "2 findings of 1 cause" in said


def test_two_cells_are_two() -> None:
    assert "2 cells" in told_of(far("F27", "+800 %"), far("F28", "+800 %"))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1 error, 0 warnings,"), ("fi", "1 virhe, 0 varoitusta,"),
     ("el", "1 σφάλμα, 0 προειδοποιήσεις,")],
)  # fmt: skip
def test_a_single_error_is_not_said_as_many(
    submit: ModuleType, examined: Callable[..., str], language: str, said: str
) -> None:
    drawn = submit.layout(**PLACE, checked=examined(ICSE_VICTIMS=-3), lang=language)
    assert said in words(drawn)


@pytest.mark.parametrize(
    ("language", "sentence", "full"),
    [
        ("en", "1 file is ahead of yours.", "and 6 wait, so this one"),
        ("fi", "Ennen tiedostoasi vuoroaan odottaa 1 tiedosto.", "6 odottaa"),
        ("el", "Πριν από το αρχείο σας περιμένει 1 αρχείο.", "περιμένουν 6"),
    ],
)
def test_a_file_that_waits_says_how_many_wait_before_it(
    submit: ModuleType, empty_home: Path, language: str, sentence: str, full: str
) -> None:
    digest, last = staged(ICSE_VICTIMS=41), staged(ICSE_VICTIMS=42)
    address = {**PLACE, "lang": language}
    queue = desk().queue
    with ExitStack() as held:
        for number in range(AT_ONCE):
            held.enter_context(queue.turn(f"held{number}"))
        for other in range(WAITING):
            with suppress(WaitingError), queue.turn_at_once(str(other)):
                pass
            if not other:
                assert sentence in words(submit.layout(**address, checked=digest))
            if other == WAITING - 2:
                break
        drawn = submit.layout(**address, checked=digest)
        refused = submit.layout(**address, checked=last)

    (waiting,) = with_class(drawn, "waiting")
    assert words(waiting) == sentence
    assert of_type(drawn, "Interval")
    assert full in words(refused)
    assert not of_type(refused, "Interval")


def test_a_file_whose_turn_comes_is_examined_when_its_page_asks_again(
    submit: ModuleType, empty_home: Path
) -> None:
    digest = staged(ICSE_VICTIMS=41)
    search = View.from_query({**PLACE, "checked": digest}).search
    with ExitStack() as held:
        for number in range(AT_ONCE):
            held.enter_context(desk().queue.turn(f"held{number}"))
        children, look = submit.ask_again(1, search)
        assert (look, "is the next" in words(children)) == ("card", True)

    children, look = submit.ask_again(2, search)
    assert (look, "can be submitted" in words(children)) == ("", True)
