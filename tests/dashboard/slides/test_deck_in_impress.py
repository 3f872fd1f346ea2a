"""LibreOffice Impress opens a deck and draws every slide, with its title."""

import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from dashboard.slides.deck_file import DeckSlide
from tests.dashboard.slides.decks import built, deck_file, opened

IMPRESS = Path("/usr/lib/libreoffice/program/libsdlo.so")  # the part of LibreOffice for slides
MOST_SECONDS = 120

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None or not IMPRESS.exists(),
    reason="LibreOffice Impress is not installed: apt-get install libreoffice-impress-nogui",
)


@pytest.mark.usefixtures("home")
def test_impress_draws_a_page_for_each_slide_with_its_title(tmp_path: Path) -> None:
    slides = (
        DeckSlide(link="/goal?goal=GA-1.1"),
        DeckSlide(link="/?framework=GA2012"),
        DeckSlide(link="/goal?goal=GA-1.1&view=states"),
        DeckSlide(text="Points for discussion", body=("Which?",)),
    )
    deck = built(deck_file(*slides, language="el"))
    (tmp_path / "deck.pptx").write_bytes(deck)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "deck.pptx"],
        check=True, capture_output=True, timeout=MOST_SECONDS,
    )  # fmt: skip
    pages = PdfReader(tmp_path / "deck.pdf").pages
    titles = [slide.shapes.title.text for slide in opened(deck).slides]
    assert len(pages) == len(titles)
    for page, title in zip(pages, titles, strict=True):
        assert letters(title) in letters(page.extract_text())


def letters(text: str) -> str:
    """Without spaces and line ends, which a PDF places as it likes."""
    return "".join(text.split())
