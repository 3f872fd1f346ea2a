"""A file with texts beside figures is confirmed once its sender says that none changes a figure."""

import importlib
from io import BytesIO
from types import ModuleType

import pytest
from flask.testing import FlaskClient

from dashboard.components.submission.receipt import receipt_sections, receipts_as_text
from dashboard.intake import desk
from dashboard.texts import texts
from dashboard.view import View
from metrics.core.errors import SubmissionError
from metrics.submissions.receipts import read_receipt, receipt_number
from tests.dashboard.reading import of_type, with_class, words
from tests.submitted import FINLAND

PLACE = View(collection="empact-cse", area="FI", round="2024")
TABLE = "series,period,value,remark\nICSE_VICTIMS,2024,12,{remark}\n"


@pytest.fixture
def page(client: FlaskClient, empty_home: object) -> ModuleType:
    return importlib.import_module("dashboard.pages.submit")


def upload(remark: str, name: str = "figures.csv") -> View:
    """The address of a file with a remark."""
    content = TABLE.format(remark=remark).encode()
    return PLACE.with_upload(desk().receive_upload(BytesIO(content), name))


def buttons(page: ModuleType, view: View) -> set[str]:
    return {words(own) for own in of_type(page.layout(**vars(view)), "Button")}


def answers(page: ModuleType, view: View) -> dict[str, str]:
    """The answers of the question, with their addresses; "" for one that is a button."""
    drawn = with_class(page.layout(**vars(view)), "answer")
    return {words(own.children[0]): getattr(own, "href", "") for own in drawn}


def test_the_file_is_confirmed_once_the_question_is_answered(page: ModuleType) -> None:
    view, english = upload("includes adults"), texts("en")

    asked = words(page.layout(**vars(view)))
    none, some = answers(page, view).items()
    assert english("submit.texts") in asked
    assert "includes adults" in asked
    assert english("submit.confirm") not in buttons(page, view)
    assert some == (english("submit.texts_some"), "")  # it opens the choice of the corrected file

    confirmed = View.parse(none[1].partition("?")[2])
    assert english("submit.confirm") in buttons(page, confirmed)
    kept = page.confirm_files(confirmed, "")[0].submission
    receipt = read_receipt(desk(), receipt_number(kept))
    shown = words([*receipt_sections(receipt, PLACE, english)])
    saved = receipts_as_text([receipt], "", english)
    assert [own.text for own in receipt.texts.listed] == ["includes adults"]
    for written in (shown, saved):
        assert "includes adults" in written
        assert english.counted("receipt.texts_confirmed", 1) in written


def test_a_file_without_such_texts_is_not_asked_about_them(page: ModuleType) -> None:
    view = upload("")

    assert texts("en")("submit.texts") not in words(page.layout(**vars(view)))
    assert texts("en")("submit.confirm") in buttons(page, view)


def test_nothing_is_kept_without_the_answer_or_with_that_of_another_file(page: ModuleType) -> None:
    view, other = upload("includes adults"), upload("cases, not persons", "other.csv")
    digest = desk().examine_upload(other.checked, **FINLAND).texts.digest

    for answered in (view, view.with_changes(texts=digest)):
        with pytest.raises(SubmissionError) as refused:
            page.confirm_files(answered, "")
        assert refused.value.text.key == "texts_open"
    assert desk().store.ledger.submissions() == []


def test_an_answer_can_be_taken_back(page: ModuleType) -> None:
    view = upload("includes adults")
    none, _ = answers(page, view).values()
    confirmed = View.parse(none.partition("?")[2])

    _, back = answers(page, confirmed).values()

    assert View.parse(back.partition("?")[2]).texts == ""


COUNTED = ("ICSE_VICTIMS", "TRAININGS_HELD", "CONTENT_REMOVED", "SUSPECTS_PROSECUTED")
OWN_COLUMN = "series,period,value,own notes\n" + "".join(
    f"{series},2024,3,noted for {series}\n" for series in COUNTED
)


def test_all_texts_of_a_column_can_be_read_on_the_page_and_on_the_receipt(
    page: ModuleType,
) -> None:
    view = PLACE.with_upload(desk().receive_upload(BytesIO(OWN_COLUMN.encode()), "own.csv"))
    drawn, english = page.layout(**vars(view)), texts("en")
    folded = {words(own.children[0]): words(own) for own in of_type(drawn, "Details")}

    assert "Column “own notes”, 4 texts" in words(drawn)
    listed = folded[english("submit.texts_of_column", text="own notes")]
    assert all(f"noted for {series}" in listed for series in COUNTED)

    confirmed = View.parse(next(iter(answers(page, view).values())).partition("?")[2])
    kept = page.confirm_files(confirmed, "")[0].submission
    saved = receipts_as_text([read_receipt(desk(), receipt_number(kept))], "", english)
    assert f"noted for {COUNTED[-1]}" in saved


def test_of_several_files_none_is_said_to_be_submitted_alone(page: ModuleType) -> None:
    asked, clean = upload("includes adults"), "series,period,value\nTRAININGS_HELD,2024,3\n"
    other = desk().receive_upload(BytesIO(clean.encode()), "other.csv")
    english = texts("en")
    drawn = words(page.layout(**vars(asked.with_changes(checked=f"{asked.checked},{other}"))))

    for key in ("answer_first_parts", "answer_first_part", "clean_part"):
        assert english(f"submit.{key}") in drawn
    for key in ("answer_first", "clean", "acceptable"):
        assert english(f"submit.{key}") not in drawn
