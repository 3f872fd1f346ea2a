"""How long readers wait while hostile files are examined: `python -m bench.hostile_load`.

The files are small and unfold, or take all the time that a file is given. Each is examined alone,
then five at once, then beside slow readers that hold as many connections as the server takes.
"""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

BIN = Path(sys.executable).parent
PORT = 8077
SENDER = {"X-Requested-With": "EMPACT"}
SCOPE = "collection=empact-cse&area=FI&round=2025"
BAR_SECONDS = 1.0  # of any reader
ROWS = 1_000_000
SLOW_READERS = 900  # more than both processes take
READ = "/?lang=en"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def empty_rows() -> bytes:
    """A spreadsheet of a kilobyte with a million empty rows before its last one."""
    cell = '<table:table-cell office:value-type="string"><text:p>end</text:p></table:table-cell>'
    rows = (
        f'<table:table-row table:number-rows-repeated="{ROWS}"><table:table-cell/>'
        f"</table:table-row><table:table-row>{cell}</table:table-row>"
    )
    sheet = f'<table:table table:name="Data">{rows}</table:table>'
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:spreadsheet>{sheet}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return stream.getvalue()


def short_texts() -> bytes:
    drawn = Random(1)
    lines = (f"t{drawn.randrange(10**9)},{row}" for row in range(900_000))
    return "\n".join(["indicator,value", *lines]).encode()


def telephone_like() -> bytes:
    drawn = Random(2)
    lines = (f"0171/{drawn.randrange(10**6, 10**7)},{row}" for row in range(200_000))
    return "\n".join(["indicator,value", *lines]).encode()


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a million empty rows (.ods)": ("rows.ods", empty_rows),
    "a million empty lines (.csv)": ("lines.csv", lambda: b"a,b\n" + b"\n" * ROWS + b"1,2"),
    "900,000 short texts": ("texts.csv", short_texts),
    "200,000 telephone-like numbers": ("numbers.csv", telephone_like),
    "a remark of a[.]a[.]": ("slow.csv", lambda: b"indicator,remark\na," + b"a[.]" * 240_000),
}  # fmt: skip


def ask(method: str, path: str, body: bytes = b"", name: str = "") -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", PORT, timeout=400)
    headers = SENDER | ({"X-File-Name": name} if name else {})
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def examine(name: str, content: bytes) -> int:
    """Upload a file and ask for its findings; the status of the answer."""
    status, answer = ask("POST", f"/upload?{SCOPE}", content, name)
    if status != 200:
        return status
    search = answer.decode().partition('"search":"')[2].partition('"')[0].replace("\\u0026", "&")
    return ask("GET", f"/download/findings.csv{search}")[0]


@contextmanager
def served(home: Path) -> Iterator[None]:
    command = [
        str(BIN / "empact"),
        "--home",
        str(home),
        "serve",
        "--port",
        str(PORT),
        "--intake",
        "local",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for_answer()
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for_answer() -> None:
    for _ in range(120):
        try:
            ask("GET", READ)
        except OSError:
            time.sleep(0.5)
        else:
            time.sleep(8)  # until the process that examinations are forked from is ready
            return
    raise TimeoutError("the server does not answer")


class Reader(threading.Thread):
    """Asks for a page again and again, and notes how long each answer takes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.waits: list[float] = []
        self.ends = threading.Event()

    def run(self) -> None:
        while not self.ends.is_set():
            began = time.monotonic()
            ask("GET", READ)
            self.waits.append(time.monotonic() - began)
            time.sleep(0.05)


@contextmanager
def read_meanwhile(what: str) -> Iterator[list[int]]:
    """Print how long readers waited while the block ran, and what it answered."""
    answers: list[int] = []
    reader, began = Reader(), time.monotonic()
    reader.start()
    yield answers
    seconds = time.monotonic() - began
    reader.ends.set()
    reader.join()
    waits = sorted(reader.waits)
    median, longest = waits[len(waits) // 2], waits[-1]
    verdict = "met" if longest < BAR_SECONDS else "MISSED"
    print(
        f"  {what:<36} {seconds:6.1f} s  answers {answers}  readers: {len(waits)}, median "
        f"{median:.2f} s, longest {longest:.2f} s: {verdict}",
        flush=True,
    )


def examine_at_once(files: list[tuple[str, bytes]], answers: list[int]) -> None:
    threads = [
        threading.Thread(target=lambda file=file: answers.append(examine(*file))) for file in files
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def slow_readers() -> Iterator[None]:
    """Connections that ask for a page and do not read it."""
    held = []
    for _ in range(SLOW_READERS):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.settimeout(5)
        try:
            connection.connect(("127.0.0.1", PORT))
            connection.sendall(f"GET {READ} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        except OSError:
            pass
        held.append(connection)
    try:
        yield
    finally:
        for connection in held:
            connection.close()


def main() -> None:
    files = {what: (name, make()) for what, (name, make) in FILES.items()}
    with TemporaryDirectory() as folder, served(Path(folder)):
        with read_meanwhile("nothing"):
            time.sleep(3)
        for what, (name, content) in files.items():
            with read_meanwhile(what) as answers:
                answers.append(examine(name, content))
        again = [(f"again-{name}", content + b"\n") for name, content in files.values()]
        with read_meanwhile("all five at once") as answers:
            examine_at_once(again, answers)
        with slow_readers(), read_meanwhile(f"{SLOW_READERS} that do not read"):
            time.sleep(10)


if __name__ == "__main__":
    main()
