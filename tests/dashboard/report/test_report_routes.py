"""Documents as files of the site: made once, kept, and followed while they are made."""

import json
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from time import sleep

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from dashboard.pictures.progress_board import ENTRIES, ENTRY, ProgressBoard, digest_of
from dashboard.slides.deck_file import write_deck_file
from tests.dashboard.served import Served
from tests.dashboard.slides.decks import EVERY_KIND, deck_file

ADDRESS = "/report/third-countries.pdf"

pytestmark = pytest.mark.usefixtures("home")


def test_a_server_makes_a_document_in_another_process_and_says_how_far_it_is(
    served: Served,
) -> None:
    with ThreadPoolExecutor() as pool:
        making = pool.submit(served.ask, "GET", f"{ADDRESS}?lang=fi")
        steps = [json.loads(served.ask("GET", f"{ADDRESS}/progress?lang=fi")[1])]
        while not making.done():
            sleep(0.2)
            steps.append(json.loads(served.ask("GET", f"{ADDRESS}/progress?lang=fi")[1]))
    status, written = making.result()

    assert (status, written[:5]) == (200, b"%PDF-")
    assert served.ask("GET", f"{ADDRESS}?lang=fi") == (200, written), "the same bytes, once kept"
    done = [found["done"] for found in steps if found["total"]]
    assert done == sorted(done)
    assert done, "a worker that does not make it knows it too"


def test_a_deck_is_built_as_pdf_in_another_process(served: Served) -> None:
    file = served.home / "data/decks/paper.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(write_deck_file(deck_file(EVERY_KIND[2], language="el")))
    body = {"name": "paper", "format": "pdf"}
    headers = {"X-Requested-With": "EMPACT", "Content-Type": "application/json"}

    page = served.ask("GET", "/deck?deck=paper&lang=en")[1].decode()
    status, answer = served.ask("POST", "/deck/build?lang=en", json.dumps(body).encode(), headers)
    *steps, last = [json.loads(line) for line in answer.splitlines()]
    file.unlink()

    assert 'data-build=\\"pdf\\"' in page or 'data-build="pdf"' in page
    assert status == 200, answer
    assert steps[-1]["done"] == steps[-1]["of"]
    assert last["media_type"] == "application/pdf"
    assert last["file_name"].endswith(".pdf")
    assert len(PdfReader(BytesIO(b64decode(last["file"]))).pages) == 2


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/report/third-country.pdf", ""),
        ("/report/follow-up.odt", ""),
        ("/report/follow-up.xlsx", ""),
        (f"{ADDRESS}?release=2001", "2001"),
        (f"{ADDRESS}?collection=sampel", "sampel"),
        (f"{ADDRESS}?colour=red", "colour"),
        (f"{ADDRESS}/progress?release=2001", "2001"),
    ],
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, address: str, words: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 404
    assert words in answer.get_data(as_text=True)


def test_nothing_is_known_of_a_document_that_nobody_makes(client: FlaskClient) -> None:
    assert client.get(f"{ADDRESS}/progress?lang=el").get_json() == {"done": 0, "total": 0}


def test_the_page_leads_to_each_document_in_each_format(client: FlaskClient) -> None:
    page = client.get("/report?collection=sample&lang=en").get_data(as_text=True)

    for name in ("follow-up.pdf", "follow-up.docx", "third-countries.xlsx"):
        assert f"/report/{name}?" in page
        assert f"/report/{name}/progress?" in page


def test_another_process_knows_how_far_a_document_is() -> None:
    board = ProgressBoard()

    worker = get_context("fork").Process(target=board.write, args=("a", 40, 100))
    worker.start()
    worker.join()

    assert board.read("a") == (40, 100)
    board.clear("a")
    assert board.read("a") is None


def test_a_document_is_never_taken_for_another_of_its_entry() -> None:
    board = ProgressBoard()
    same = next(
        name for name in map(str, range(10_000))
        if int.from_bytes(digest_of(name), "little") % ENTRIES
        == int.from_bytes(digest_of("a"), "little") % ENTRIES
    )  # fmt: skip
    board.write("a", 1, 2)
    board.write(same, 3, 4)

    assert len(board.memory) == ENTRY.size * ENTRIES
    assert (board.read("a"), board.read(same)) == (None, (3, 4))
