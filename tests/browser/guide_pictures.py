"""Take the pictures of the guides anew, from the invented sample that a dashboard serves.

`make run` serves the sample, with its intake open to this machine; then `make pictures` writes
`docs/guides/images/`. Two workbooks are examined on the way, and neither is confirmed.
"""

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import FLAGS

IMAGES = Path("docs/guides/images")
SAMPLE = "collection=sample&lang=en"
REPORT = f"{SAMPLE}&area=FI&round=2025"
SERIES = f"{SAMPLE}&goal=GA-1.1&area=FI"
# The mark of invented figures stays in view, whatever part of a page is pictured.
STYLE = "header { position: sticky; top: 0; z-index: 9; }"
SPACE_FOR_MARK = 76
PATIENCE_MILLISECONDS = 300_000  # the first examination reads the files of the other States
LAST_PERIOD, VALUE = "Last period (2024)", "Value 2025"

Picture = Callable[[Page, str], None]


def submit_steps(page: Page, address: str) -> None:
    open_page(page, f"{address}/submit?{REPORT}")
    take(page, "analyst-steps", "h1", height=760)


def findings(page: Page, address: str) -> None:
    examine(page, address, typed="about forty")
    take(page, "analyst-findings", "h1", height=760)


def changes(page: Page, address: str) -> None:
    examine(page, address)
    take(page, "analyst-changes", "h1", height=690)


def scoreboard(page: Page, address: str) -> None:
    open_page(page, f"{address}/?{SAMPLE}")
    take(page, "scoreboard", "h1", height=720, width=1280)


def overview(page: Page, address: str) -> None:
    open_page(page, f"{address}/series?{SAMPLE}")
    take(page, "overview", ".framework", height=760)


def goal(page: Page, address: str) -> None:
    open_page(page, f"{address}/goal?{SERIES}")
    take(page, "goal", "h1", height=700, width=1280)
    open_page(page, f"{address}/goal?{SERIES}&view=calculation")
    take(page, "calculation", ".arithmetic", height=570)


def table(page: Page, address: str) -> None:
    open_page(page, f"{address}/goal?{SERIES}&view=table")
    take(page, "table", ".trend-card", height=560)


def state(page: Page, address: str) -> None:
    open_page(page, f"{address}/state?{SAMPLE}&area=FI")
    take(page, "state", "h1", height=640, width=1280)


PICTURES: tuple[Picture, ...] = (
    submit_steps, findings, changes, scoreboard, overview, goal, table, state,
)  # fmt: skip


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")


def examine(page: Page, address: str, typed: str = "") -> None:
    """Send a workbook with last period's figures, the first replaced if one is typed."""
    open_page(page, f"{address}/submit?{REPORT}")
    with TemporaryDirectory() as folder, page.expect_file_chooser() as chooser:
        file = Path(folder, "FI-2025.xlsx")
        write_workbook(file, address, typed)
        page.locator("#choose").click()
        chooser.value.set_files(file)
        page.wait_for_url("**checked=**")
    remarks = page.get_by_role("link", name="Download the workbook with findings")
    expect(remarks).to_be_visible(timeout=PATIENCE_MILLISECONDS)


def write_workbook(file: Path, address: str, typed: str) -> None:
    with urlopen(f"{address}/download/template.xlsx?{REPORT}") as answer:  # our own dashboard
        file.write_bytes(answer.read())
    workbook = openpyxl.load_workbook(file)
    for sheet in workbook.worksheets:
        repeat_last_period(sheet)
    if typed:
        workbook["GA-1"]["F6"].value = typed
    workbook.save(file)


def repeat_last_period(sheet: Worksheet) -> None:
    """Fill in the figures of the period before as those of this one."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=9)]
    heading = next((row for row in rows if LAST_PERIOD in row), None)
    if heading is None:
        return
    last, value = heading.index(LAST_PERIOD), heading.index(VALUE)
    for cells in sheet.iter_rows(min_row=rows.index(heading) + 2):
        cells[value].value = cells[last].value


def take(page: Page, name: str, part: str, height: int, width: int = 1000) -> None:
    """Picture a page from the top of a part downwards, below the mark of invented figures."""
    page.add_style_tag(content=STYLE)
    page.mouse.move(0, 0)
    page.set_viewport_size({"width": width, "height": height})
    page.locator(part).first.evaluate(
        "(part, space) => scrollTo(0, part.getBoundingClientRect().top + scrollY - space)",
        SPACE_FOR_MARK,
    )
    page.wait_for_timeout(500)  # charts follow the width of the page
    write_palette_picture(page.screenshot(), IMAGES / f"{name}.png")


def write_palette_picture(screenshot: bytes, file: Path) -> None:
    """Keep 256 colours, a third of the bytes; without dithering, so that letters stay clear."""
    picture = Image.open(BytesIO(screenshot)).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)


def main(address: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1000, "height": 800})
        for picture in PICTURES:
            picture(page, address)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
