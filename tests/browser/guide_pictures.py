"""Take the pictures of the guides again, from the invented sample that a dashboard serves.

`make run` serves the sample, with its intake open to this machine; then `make pictures` writes
`docs/guides/images/`, and `docs/guides/fi/images/` for the Finnish guides. Two workbooks are
examined on the way, and neither is confirmed.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from metrics.messages import ENGLISH, languages, messages
from tests.browser.conftest import FLAGS

GUIDES = Path("docs/guides")
REPORT = "area=FI&round=2025"
SERIES = "goal=GA-1.1&area=FI"
QUOTED = re.compile("[“”«](.+?)[”»]")
# The mark of invented figures stays in view, whatever part of a page is pictured.
STYLE = "header { position: sticky; top: 0; z-index: 9; }"
SPACE_FOR_MARK = 76
PAGE_TOP = "body"  # what is above the heading of a page is pictured too
PATIENCE_MILLISECONDS = 300_000  # the first examination reads the files of the other States


@dataclass(frozen=True)
class Dashboard:
    """A dashboard with the sample, in the language of the guides."""

    address: str
    language: str

    def link(self, path: str, choices: str = "") -> str:
        query = f"collection=sample&lang={self.language}"
        return f"{self.address}{path}?{query}{'&' if choices else ''}{choices}"

    def heading(self, name: str) -> str:
        return str(messages(self.language, "workbook")["observations"][name])

    @property
    def images(self) -> Path:
        return GUIDES / ("" if self.language == ENGLISH else self.language) / "images"


Picture = Callable[[Page, Dashboard], None]


def submit_steps(page: Page, shown: Dashboard) -> None:
    open_page(page, shown.link("/submit", REPORT))
    take(page, shown.images / "analyst-steps", PAGE_TOP, height=760)


def findings(page: Page, shown: Dashboard) -> None:
    example = messages(shown.language, "findings")["number_not_understood"]["example"]
    examine(page, shown, typed=QUOTED.findall(example)[0])
    take(page, shown.images / "analyst-findings", PAGE_TOP, height=760)


def changes(page: Page, shown: Dashboard) -> None:
    examine(page, shown)
    open_page(page, f"{page.url}&extent=whole")
    confirm = messages(shown.language, "interface")["submit.confirm"]
    expect(page.get_by_role("button", name=confirm)).to_be_visible(timeout=PATIENCE_MILLISECONDS)
    take(page, shown.images / "analyst-changes", ".as-read", height=640)


def scoreboard(page: Page, shown: Dashboard) -> None:
    open_page(page, shown.link("/"))
    take(page, shown.images / "scoreboard", PAGE_TOP, height=720, width=1280)


def overview(page: Page, shown: Dashboard) -> None:
    open_page(page, shown.link("/series"))
    take(page, shown.images / "overview", ".framework", height=760)


def goal(page: Page, shown: Dashboard) -> None:
    open_page(page, shown.link("/goal", SERIES))
    take(page, shown.images / "goal", PAGE_TOP, height=700, width=1280)
    open_page(page, shown.link("/goal", f"{SERIES}&view=calculation"))
    take(page, shown.images / "calculation", ".arithmetic", height=570)


def table(page: Page, shown: Dashboard) -> None:
    open_page(page, shown.link("/goal", f"{SERIES}&view=table"))
    take(page, shown.images / "table", ".trend-card", height=560)


def state(page: Page, shown: Dashboard) -> None:
    open_page(page, shown.link("/state", "area=FI"))
    take(page, shown.images / "state", PAGE_TOP, height=640, width=1280)


def deck(page: Page, shown: Dashboard) -> None:
    """Three views, in a deck of this language."""
    open_page(page, shown.link("/deck", f"deck=guide-{shown.language}"))
    expect(page.locator("#deck")).to_have_attribute("data-name", f"guide-{shown.language}")
    for path, choices in {"/": "framework=GA2012", "/goal": SERIES, "/state": "area=FI"}.items():
        open_page(page, shown.link(path, choices))
        page.locator(".deck-button").first.click()
        expect(page.locator(".deck-answer a").first).to_be_visible()
    open_page(page, shown.link("/deck"))
    expect(page.locator("[data-unread]")).to_have_count(0, timeout=PATIENCE_MILLISECONDS)
    page.wait_for_load_state("networkidle")
    take(page, shown.images / "deck", PAGE_TOP, height=1000)


PICTURES: tuple[Picture, ...] = (
    submit_steps, findings, changes, scoreboard, overview, goal, table, state, deck,
)  # fmt: skip


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")


def examine(page: Page, shown: Dashboard, typed: str = "") -> None:
    """Send a workbook with last period's figures, the first replaced if one is typed."""
    open_page(page, shown.link("/submit", REPORT))
    with TemporaryDirectory() as folder, page.expect_file_chooser() as chooser:
        file = Path(folder, "FI-2025.xlsx")
        write_workbook(file, shown, typed)
        page.locator("#choose").click()
        chooser.value.set_files(file)
        page.wait_for_url("**checked=**")
    expect(page.locator("main .verdict")).to_be_visible(timeout=PATIENCE_MILLISECONDS)


def write_workbook(file: Path, shown: Dashboard, typed: str) -> None:
    with urlopen(shown.link("/download/template.xlsx", REPORT)) as answer:  # our own dashboard
        file.write_bytes(answer.read())
    workbook = openpyxl.load_workbook(file)
    for sheet in workbook.worksheets:
        repeat_last_period(sheet, shown.heading("previous"), shown.heading("value"))
    if typed:
        workbook["GA-1"]["F6"].value = typed
    workbook.save(file)


def repeat_last_period(sheet: Worksheet, previous: str, value_heading: str) -> None:
    """Fill in the figures of the period before as those of this one."""
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(max_row=9)]
    columns = [(column_named(row, previous), column_named(row, value_heading)) for row in rows]
    for number, (last, value) in enumerate(columns, start=1):
        if last is not None and value is not None:
            for cells in sheet.iter_rows(min_row=number + 1):
                cells[value].value = cells[last].value
            return


def column_named(row: list[str], heading: str) -> int | None:
    """The column whose heading begins with a word: `Value 2025`."""
    return next((at for at, cell in enumerate(row) if cell.startswith(heading)), None)


def take(page: Page, name: Path, part: str, height: int, width: int = 1000) -> None:
    """Picture a page from the top of a part downwards, below the mark of invented figures."""
    page.add_style_tag(content=STYLE)
    page.mouse.move(0, 0)
    page.set_viewport_size({"width": width, "height": height})
    page.locator(part).first.evaluate(
        "(part, space) => scrollTo(0, part.getBoundingClientRect().top + scrollY - space)",
        SPACE_FOR_MARK,
    )
    page.wait_for_timeout(500)  # charts follow the width of the page
    write_palette_picture(page.screenshot(), name.with_suffix(".png"))


def write_palette_picture(screenshot: bytes, file: Path) -> None:
    """Keep 256 colours, a third of the bytes; without dithering, so that letters stay clear."""
    picture = Image.open(BytesIO(screenshot)).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        for language in languages():
            shown = Dashboard(address, language)
            if shown.images.parent.is_dir():
                shown.images.mkdir(exist_ok=True)
                page = browser.new_page(viewport={"width": 1000, "height": 800}, locale=language)
                for picture in PICTURES:
                    picture(page, shown)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
