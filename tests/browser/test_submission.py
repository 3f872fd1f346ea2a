"""A workbook goes from the template to its receipt, in a real browser."""

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FileChooser, FilePayload, Page, expect
from playwright.sync_api import TimeoutError as BrowserTimeout

from metrics.submissions.desk import Desk
from metrics.submissions.examination_queue import AT_ONCE
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACE = "collection=empact-cse&area={area}&round=2025&lang=en"
VALUE = "F"


def filled(home: Path, area: str, values: Mapping[str, str | int]) -> bytes:
    """The template of an area with values in the rows of some series."""
    book = load_workbook(BytesIO(Desk(home).template("empact-cse", area, "2025")))
    keys = {cell.value: cell for sheet in book for cell in sheet["A"]}
    for series, value in values.items():
        keys[series].parent[f"{VALUE}{keys[series].row}"] = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def sent(page: Page, site: Site, area: str, file: FilePayload) -> None:
    page.goto(f"{site.address}/submit?{PLACE.format(area=area)}")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose the file").click()
    chooser.value.set_files([file])
    expect(page.locator(".verdict").first).to_be_visible(timeout=30_000)


def workbook(content: bytes, name: str = "return.xlsx") -> FilePayload:
    return FilePayload(name=name, mimeType=XLSX, buffer=content)


def file_chooser_by_keyboard(page: Page) -> FileChooser:
    """Opened by the space bar; the browser driver sometimes misses that it opened."""
    for _ in range(4):
        with suppress(BrowserTimeout):
            with page.expect_file_chooser(timeout=8_000) as chooser:
                page.keyboard.press("Space")
            return chooser.value
    pytest.fail("no file chooser opened")


def test_a_workbook_is_submitted_with_the_keyboard_and_its_receipt_opened_again(
    page: Page, site: Site
) -> None:
    content = filled(site.home, "FI", {"ICSE_VICTIMS": 41})
    announced = page.locator("#announcement[role=status]")
    page.goto(f"{site.address}/submit?{PLACE.format(area='')}")
    page.locator("[data-picks=area] select").focus()
    page.keyboard.type("Finl")
    page.keyboard.press("Enter")
    page.wait_for_url("**area=FI**")
    expect(announced).to_contain_text("Download the workbook for Finland")
    expect(page.locator("[data-picks=area] select")).to_be_focused()

    page.locator("#choose").focus()
    file_chooser_by_keyboard(page).set_files([workbook(content)])
    expect(page.locator("main h2").first).to_be_focused(timeout=30_000)
    expect(announced).to_contain_text("can be submitted")
    expect(page.get_by_text("This is the first submission of this area and round.")).to_be_visible()

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Check the values, then confirm")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".as-read h2")).to_be_in_viewport()
    page.get_by_role("button", name="Confirm and submit").press("Enter")
    page.wait_for_url("**/receipt?**")
    expect(page.locator(".receipt h2")).to_be_focused()
    expect(announced).to_contain_text("Received: Finland, round 2025")
    assert len(list((site.home / "data/raw/empact-cse/2025/FI").iterdir())) == 1

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("main details[open]")).not_to_have_count(0)
    expect(page.locator("main details:not([open])")).to_have_count(0)

    page.reload()
    expect(page.locator(".receipt")).to_contain_text("Finland, round 2025")
    page.go_back()
    page.get_by_role("link", name="Open the receipt").click()
    expect(page.locator(".receipt")).to_contain_text("return.xlsx")

    sent(page, site, "FI", workbook(content))
    expect(page.locator(".verdict").first).to_contain_text("already been submitted")

    sent(page, site, "FI", workbook(filled(site.home, "FI", {"ICSE_VICTIMS": 91})))
    changed = page.locator("tbody tr", has_text="ICSE_VICTIMS 2025")
    expect(changed).to_contain_text("+50")
    page.get_by_role("button", name="Confirm and submit").click()
    expect(page.locator(".receipt")).to_be_visible()


def test_what_was_found_is_shown_even_if_the_page_does_not_draw_it(page: Page, site: Site) -> None:
    """“Sending and checking” stayed for ever where the new address was lost."""
    page.goto(f"{site.address}/submit?{PLACE.format(area='EE')}")
    page.locator("#choose").wait_for()
    page.evaluate("dash_clientside.set_props = () => {}")
    with page.expect_file_chooser() as chooser:
        page.locator("#choose").click()

    table = b"series,period,value\nICSE_VICTIMS,2025,40\n"
    chooser.value.set_files([FilePayload(name="a.csv", mimeType="text/csv", buffer=table)])

    expect(page.locator(".verdict").first).to_be_visible(timeout=30_000)


def test_the_choice_of_a_sheet_wraps_on_a_telephone(page: Page, site: Site) -> None:
    asked = ("ICSE_VICTIMS", "OFFENDERS_CONVICTED", "AWARENESS_CAMPAIGNS",
             "PROVIDERS_PARTICIPATING", "VICTIMS_RECORDED", "NGO_TRAININGS")  # fmt: skip
    sent(page, site, "AT", workbook(filled(site.home, "AT", dict.fromkeys(asked, 9))))
    expect(page.locator(".as-read .switch a")).to_have_count(7)

    page.set_viewport_size({"width": 360, "height": 740})

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [1280, 360])
def test_every_text_beside_a_figure_can_be_read(page: Page, site: Site, width: int) -> None:
    """None was wrapped: a long one pushed its cell and its figure out of the page."""
    page.set_viewport_size({"width": width, "height": 740})
    remark = "compiled by the statistics unit of the police from the register of all offences"
    table = f"series,period,value,remark\nICSE_VICTIMS,2025,40,{remark} {remark}\n".encode()
    sent(page, site, "SI", FilePayload(name="a.csv", mimeType="text/csv", buffer=table))

    frame = page.locator(".question .table-frame")
    expect(frame).to_contain_text(remark)
    assert frame.evaluate("own => own.scrollWidth - own.clientWidth") <= 1


def test_a_submission_that_came_meanwhile_shows_the_new_difference_at_once(
    page: Page, site: Site, tmp_path: Path
) -> None:
    sent(page, site, "LV", workbook(filled(site.home, "LV", {"ICSE_VICTIMS": 100})))
    other = tmp_path / "other.xlsx"
    other.write_bytes(filled(site.home, "LV", {"ICSE_VICTIMS": 90}))
    Desk(site.home).submit(other)

    page.get_by_role("button", name="Confirm and submit").click()
    expect(page.get_by_role("alert")).to_contain_text("was confirmed while you looked")
    changed = page.locator("tbody tr", has_text="ICSE_VICTIMS 2025")
    expect(changed).to_contain_text("+10")

    page.get_by_role("button", name="Confirm and submit").click()
    expect(page.locator(".receipt")).to_contain_text("Latvia, round 2025")


def test_a_finding_about_a_person_is_contested_with_a_reason_only(page: Page, site: Site) -> None:
    table = "series,period,value,remark\nICSE_VICTIMS,2025,40,Anna Virtanen has 2 offices\n"
    file = FilePayload(name="street.csv", mimeType="text/csv", buffer=table.encode())
    sent(page, site, "IE", file)
    reason, problem = page.locator("#contest-reason"), page.locator("#contest-problem")

    page.get_by_role("button", name="Choose the file").press("Enter")
    expect(problem).to_contain_text("A reason is needed")
    expect(reason).to_be_focused()
    page.keyboard.type("The name of a street, checked with the register")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose the file").press("Space")
    chooser.value.set_files([file])

    none_changes = page.get_by_role("link", name="None of them changes a figure")
    expect(none_changes).to_be_visible(timeout=30_000)
    expect(page.locator("main h2").first).to_be_focused()
    none_changes.press("Enter")
    expect(page.get_by_role("button", name="Confirm and submit")).to_be_visible(timeout=30_000)
    expect(none_changes).to_be_focused()


def test_a_corrected_file_takes_the_place_of_one_with_data_about_a_person(
    page: Page, site: Site
) -> None:
    table = "series,period,value,remark\nICSE_VICTIMS,2025,40,{}\n"
    refused, corrected = (
        FilePayload(name="remarks.csv", mimeType="text/csv", buffer=table.format(remark).encode())
        for remark in ("Anna Virtanen has 2 offices", "")
    )
    sent(page, site, "MT", refused)

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose the corrected file").click()
    chooser.value.set_files([corrected])

    expect(page.get_by_role("button", name="Confirm and submit")).to_be_visible(timeout=30_000)


def test_a_part_is_asked_for_and_a_figure_is_withdrawn(page: Page, site: Site) -> None:
    head = "series,period,value\n"
    whole = f"{head}ICSE_VICTIMS,2025,40\nINVESTIGATIONS_OPENED,2025,9\n".encode()
    part = f"{head}ICSE_VICTIMS,2025,41\n".encode()
    sent(page, site, "EE", FilePayload(name="all.csv", mimeType="text/csv", buffer=whole))
    page.get_by_role("button", name="Confirm and submit").click()
    expect(page.locator(".receipt")).to_be_visible()

    sent(page, site, "EE", FilePayload(name="part.csv", mimeType="text/csv", buffer=part))
    expect(page.get_by_role("button", name="Confirm and submit")).to_have_count(0)
    part_answer = page.get_by_role("link", name="A part of the report")
    expect(part_answer).to_contain_text("1 figure that is not in this file stays in force")
    part_answer.press("Enter")
    expect(page.locator(".answered")).to_contain_text("A part of the report: 1 figure")
    expect(page.locator("main h2").first).to_be_focused()
    page.get_by_role("button", name="Confirm and submit").click()
    expect(page.locator(".receipt")).to_be_visible()

    page.goto(f"{site.address}/withdraw?{PLACE.format(area='EE')}")
    page.get_by_text("Choose single figures", exact=True).click()
    page.locator(".figures").get_by_text("Investigations opened, 2025: 9 cases").click()
    page.get_by_label("Reason").fill("counted twice")
    page.get_by_role("button", name="Show what would be withdrawn").click()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.locator(".receipt")).to_contain_text("Withdrawn")
    figures = Desk(site.home).observations("empact-cse").query("area == 'EE'")
    assert [*figures["indicator"]] == ["ICSE_VICTIMS"]

    page.goto(f"{site.address}/submissions?{PLACE.format(area='EE')}")
    receipt = page.locator("td a[href*='/receipt']").first
    expect(receipt).to_be_visible()
    page.emulate_media(media="print")  # on paper, a link is of no use
    expect(receipt).to_be_hidden()


def test_findings_stand_in_the_page_at_their_cells(page: Page, site: Site) -> None:
    sent(page, site, "EL", workbook(filled(site.home, "EL", {"ICSE_VICTIMS": "about forty"})))

    expect(page.locator(".finding-error").first).to_contain_text("about forty")
    expect(page.locator(".finding-error").first).to_contain_text(f"GA-1!{VALUE}")
    expect(page.get_by_role("button", name="Confirm and submit")).to_have_count(0)
    with page.expect_download() as marked:
        page.get_by_role("link", name="Download the workbook with findings").click()
    assert Path(marked.value.path()).read_bytes()[:2] == b"PK"
    page.locator(".languages").get_by_role("link", name="FI").click()
    expect(page.locator(".finding-error").first).to_contain_text("Virhe")


def test_a_file_that_is_dropped_and_unreadable_gets_one_clear_sentence(
    page: Page, site: Site
) -> None:
    page.goto(f"{site.address}/submit?{PLACE.format(area='MT')}")
    expect(page.locator("#drop")).to_be_visible()
    dropped = page.evaluate_handle(
        """() => { const held = new DataTransfer();
                   held.items.add(new File(["no workbook"], "dropped.xlsx")); return held; }"""
    )

    page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})

    said = page.locator(".verdict")
    expect(said).to_contain_text("The file cannot be read", timeout=30_000)
    expect(page.locator(".finding")).to_have_count(0)


def test_a_file_that_waits_says_so_and_goes_on_by_itself(page: Page, site: Site) -> None:
    file = workbook(filled(site.home, "PT", {"ICSE_VICTIMS": 41}))
    with ExitStack() as held:
        for number in range(AT_ONCE):
            held.enter_context(Desk(site.home).queue.turn(f"another-{number}"))
        page.goto(f"{site.address}/submit?{PLACE.format(area='PT')}")
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Choose the file").click()
        chooser.value.set_files([file])
        expect(page.locator(".waiting")).to_contain_text("is the next", timeout=30_000)

    expect(page.locator(".verdict").first).to_contain_text("can be submitted", timeout=30_000)
    expect(page.locator(".waiting")).to_have_count(0)
    page.get_by_role("button", name="Confirm and submit").click()
    expect(page.locator(".receipt")).to_contain_text("Portugal, round 2025")
