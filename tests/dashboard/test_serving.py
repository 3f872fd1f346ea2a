"""The server as `empact serve` starts it, against hosts, sites and clients that it must withstand."""

import gc
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard import data
from dashboard.access import CALLBACK_BYTES, PRESENT_PATH, UPLOAD_PATH, DeckRoute
from dashboard.dash_internals import CALLBACK_PATH
from dashboard.server import serving
from dashboard.server.serving import CONNECTIONS_KEPT, paths_open_to_others, surplus_channels
from metrics.catalogue.definitions.collections import Collection
from metrics.core.atomic_files import is_open_to_others
from metrics.intake.formats.limits import FILE_MEGABYTES, MEGABYTE
from metrics.release.store import DamagedReleaseError
from tests.dashboard.served import PATIENCE_SECONDS, SENDER, Served

HELD = 40  # more than both workers have threads
SILENT = 500  # of the 1,024 files that a process may open, this test holds as many
BLANK_LINES, BLANK_LINES_SECONDS = 400_000, 1  # 3 s, where each is taken for a request
ANSWER_SECONDS = 5  # where an idle machine takes milliseconds


def request_head(method: str, path: str, *headers: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def half_sent(path: str) -> bytes:
    headers = ("Content-Type: application/json", "X-Requested-With: EMPACT", "Content-Length: 999")
    return request_head("POST", path, *headers) + b"{"


def first_line(connection: socket.socket) -> bytes:
    answer = HTTPResponse(connection)
    answer.begin()
    return f"{answer.status}".encode()


@contextmanager
def held_connections(
    served: Served, sent: bytes, receive_buffer: int = 0, number: int = HELD
) -> Iterator[None]:
    with ExitStack() as opened:
        for _ in range(number):
            opened.enter_context(served.connect(sent, receive_buffer))
        yield


def biggest_script(served: Served) -> str:
    """The address of a script that is larger than the buffers of a connection."""
    _, document = served.ask("GET", "/")
    scripts = [part.split(b'"')[0].decode() for part in document.split(b'src="')[1:]]
    return max(scripts, key=lambda script: len(served.ask("GET", script)[1]))


OTHER_HOSTS = (
    "evil.example", "evil.example:8050", "127.0.0.1.evil.example", "localhost.evil.example",
    "localhost.", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1", "2130706433", "0x7f.0.0.1",
    "evil.example:80@localhost", "localhost@evil.example", "localhost, evil.example",
    "evil.example#localhost", "localhost:abc", "localhost:99999", "<b>evil</b>",
)  # fmt: skip


@pytest.mark.parametrize("host", OTHER_HOSTS[:3])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/download/template.xlsx?collection=empact-cse&area=FI&round=2025"),
        ("POST", UPLOAD_PATH),
        ("POST", CALLBACK_PATH),
    ],
)
def test_another_host_name_is_refused(served: Served, host: str, method: str, path: str) -> None:
    status, content = served.ask(method, path, b"{}", {"Host": host, **SENDER})

    assert (status, b"PK" in content) == (400, False)


@pytest.mark.parametrize("host", OTHER_HOSTS)
def test_a_refused_host_name_is_not_repeated(served: Served, host: str) -> None:
    headers = {"Host": host, "X-Forwarded-Host": "localhost", "Forwarded": "host=localhost"}
    status, content = served.ask("GET", "/submit", headers=headers)

    assert (status, b"evil" in content, host.encode() in content) == (400, False, False)


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "Forwarded"])
def test_no_header_but_the_host_names_the_host(served: Served, header: str) -> None:
    path = "/download/template.xlsx?collection=empact-cse&area=FI&round=2025"

    assert b"evil" not in served.ask("GET", path, headers={header: "evil.example"})[1]


REFUSALS = {
    "en": "Open it under the address that you were given.",
    "fi": "Avaa se siinä osoitteessa, joka sinulle annettiin.",
    "el": "Ανοίξτε τον στη διεύθυνση που σας δόθηκε.",
}


@pytest.mark.parametrize("language", REFUSALS)
def test_a_refusal_is_in_the_language_of_the_reader(served: Served, language: str) -> None:
    sentence = REFUSALS[language].encode()
    host = {"Host": "evil.example"}

    assert sentence in served.ask("GET", f"/?lang={language}", headers=host)[1]
    assert sentence in served.ask("GET", "/", headers=host | {"Accept-Language": language})[1]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
@pytest.mark.parametrize("path", [UPLOAD_PATH, CALLBACK_PATH])
def test_another_site_cannot_send(served: Served, path: str, headers: dict[str, str]) -> None:
    assert served.ask("POST", path, b"{}", headers | SENDER)[0] == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/download/trend.csv?goal=GA-1.1&area=FI"])
def test_another_site_cannot_read(served: Served, path: str, headers: dict[str, str]) -> None:
    assert served.ask("GET", path, headers=headers)[0] == 403


def test_no_other_route_takes_content() -> None:
    from dashboard.app import server  # noqa: PLC0415 - pages are registered when it is imported

    reading = {"GET", "HEAD", "OPTIONS"}
    taking = {
        rule.rule for rule in server.url_map.iter_rules() if (rule.methods or set()) - reading
    }

    assert taking == {UPLOAD_PATH, CALLBACK_PATH, PRESENT_PATH, *DeckRoute}


def test_a_link_of_another_site_may_be_followed(served: Served) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert served.ask("GET", "/", headers=headers)[0] == 200


def test_the_own_pages_may_send(served: Served) -> None:
    headers = {"Origin": f"http://127.0.0.1:{served.port}", "Sec-Fetch-Site": "same-origin"}
    status, _ = served.ask("POST", UPLOAD_PATH, b"indicator;period;value\n", headers | SENDER)
    assert status == 200


@pytest.mark.parametrize(
    ("path", "size"),
    [
        (CALLBACK_PATH, CALLBACK_BYTES + 1),
        (CALLBACK_PATH, 150 * MEGABYTE),
        (UPLOAD_PATH, FILE_MEGABYTES * MEGABYTE + 1),
        ("/goal", CALLBACK_BYTES + 1),
    ],
)
@pytest.mark.parametrize("expects", [(), ("Expect: 100-continue",)])
def test_a_large_body_is_refused_before_it_is_sent(
    served: Served, path: str, size: int, expects: Sequence[str]
) -> None:
    sent = request_head("POST", path, f"Content-Length: {size}", *expects)
    with served.connect(sent) as connection:
        assert first_line(connection) == b"413"


def test_a_client_that_sends_a_large_body_reads_the_refusal(served: Served) -> None:
    assert served.ask("POST", CALLBACK_PATH, b"\x20" * (20 * MEGABYTE))[0] == 413
    assert (served.home / "log").stat().st_size < MEGABYTE


def test_a_large_body_in_chunks_is_refused(served: Served) -> None:
    chunk = b"%x\r\n%s\r\n" % (CALLBACK_BYTES + 1, b"x" * (CALLBACK_BYTES + 1))
    sent = request_head("POST", CALLBACK_PATH, "Transfer-Encoding: chunked") + chunk
    with served.connect(sent) as connection:
        assert first_line(connection) == b"413"


@pytest.mark.parametrize("path", [CALLBACK_PATH, UPLOAD_PATH])
def test_half_sent_bodies_do_not_keep_readers_waiting(served: Served, path: str) -> None:
    with held_connections(served, half_sent(path)):
        assert served.seconds_to_answer() < ANSWER_SECONDS


def test_half_sent_headers_do_not_keep_readers_waiting(served: Served) -> None:
    with held_connections(served, b"GET / HTTP/1.1\r\nHost"):
        assert served.seconds_to_answer() < ANSWER_SECONDS


def test_hundreds_of_silent_connections_do_not_keep_readers_waiting(served: Served) -> None:
    with held_connections(served, b"", number=SILENT):
        assert served.seconds_to_answer() < ANSWER_SECONDS


def test_slow_readers_do_not_keep_others_waiting(served: Served) -> None:
    sent = request_head("GET", biggest_script(served))
    with held_connections(served, sent, receive_buffer=2048):
        assert served.seconds_to_answer() < ANSWER_SECONDS


def test_a_length_that_is_no_number_is_refused(served: Served) -> None:
    with served.connect(
        request_head("POST", UPLOAD_PATH, f"Content-Length: {'9' * 5_000}")
    ) as sent:
        assert first_line(sent) == b"400"


def test_blank_lines_before_a_request_cost_nothing(served: Served) -> None:
    before = sum(map(used_seconds, served.workers()))
    with served.connect(b"\r\n" * BLANK_LINES + request_head("GET", "/")) as sent:
        assert first_line(sent) == b"200"

    assert sum(map(used_seconds, served.workers())) - before < BLANK_LINES_SECONDS


def test_few_uploads_are_received_at_once(served: Served) -> None:
    with held_connections(served, half_sent(UPLOAD_PATH)):
        answers = [served.ask("POST", UPLOAD_PATH, b"a;b\n", SENDER)[0] for _ in range(4)]

    assert set(answers) == {503}


def test_both_workers_take_connections(served: Served) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    taken: list[int] = []
    while len(taken) < 2 or min(taken) < HELD // 8:  # a worker may still be starting
        assert time.monotonic() < until, taken
        before = {worker: open_sockets(worker) for worker in served.workers()}
        with held_connections(served, request_head("GET", "/")):
            time.sleep(0.3)
            taken = [open_sockets(worker) - idle for worker, idle in before.items()]


def used_seconds(process: int) -> float:
    """The processor time of a process, as `stat` counts it behind the name of its program."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def open_sockets(process: int) -> int:
    counted = 0
    for link in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            counted += str(link.readlink()).startswith("socket:")
    return counted


def test_a_worker_that_is_killed_is_replaced(served: Served) -> None:
    killed = served.workers()[0]
    os.kill(killed, signal.SIGKILL)
    until = time.monotonic() + PATIENCE_SECONDS
    while killed in served.workers() or len(served.workers()) < 2:
        assert time.monotonic() < until
        time.sleep(0.1)

    assert served.ask("GET", "/")[0] == 200


def test_everything_is_for_its_owner_only(served: Served) -> None:
    content = b"indicator,area,period,value\nICSE_VICTIMS,FI,2025,14\n"
    status, answer = served.ask("POST", f"{UPLOAD_PATH}?collection=empact-cse", content, SENDER)
    search = json.loads(answer)["search"]
    found, _ = served.ask("GET", f"/download/findings.csv{search}")
    kept = [*(served.home / "data" / "staging").rglob("*")]

    assert (status, found) == (200, 200)
    assert any(path.name.endswith("-finland.csv") for path in kept)
    assert [path for path in kept if is_open_to_others(path)] == []


def test_a_workspace_that_others_may_read_is_named(tmp_path: Path) -> None:
    home = tmp_path / "shared"
    for name in ("staging", "raw/empact-cse", "raw/published-figures", "processed"):
        (home / "data" / name).mkdir(parents=True)
    (home / "data" / "ledger.sqlite").write_text("")
    tmp_path.chmod(0o755)
    home.chmod(0o755)
    for path in (home / "data", *(home / "data").rglob("*")):
        path.chmod(0o755)

    named = {path.relative_to(home / "data").as_posix() for path in paths_open_to_others(home)}
    assert named == {"ledger.sqlite", "staging", "raw/empact-cse"}
    (home / "data").chmod(0o700)
    assert paths_open_to_others(home) == []


def test_an_upload_that_breaks_off_is_not_kept(served: Served) -> None:
    uploads = served.home / "data" / "staging" / "uploads"
    before = {*uploads.glob("*")}
    head = request_head("POST", UPLOAD_PATH, "X-Requested-With: EMPACT", "Content-Length: 10000")
    with served.connect(head + b"half;of;it"):
        time.sleep(0.2)
    time.sleep(0.5)

    assert {*uploads.glob("*")} == before


def connection(address: str, opened: int, *, works: bool = False) -> Any:
    """What a server knows of a connection."""
    return SimpleNamespace(addr=(address, 0), creation_time=opened, requests=["GET"] * works)


def test_too_many_connections_are_closed_of_the_address_that_has_most() -> None:
    reader, worker = connection("192.0.2.7", 0), connection("192.0.2.8", 0, works=True)
    many = [connection("192.0.2.8", second) for second in range(1, CONNECTIONS_KEPT + 4)]

    assert surplus_channels([reader, worker, *many]) == many[:5]
    assert surplus_channels([reader, worker, *many[5:]]) == []


def test_behind_a_proxy_the_oldest_connections_are_closed() -> None:
    many = [connection("127.0.0.1", second) for second in range(CONNECTIONS_KEPT + 2)]

    assert surplus_channels(many) == many[:2]


def test_first_reader_and_sender_find_everything_loaded(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the first file is searched at the start, and no release is read again."""
    searched: list[str] = []
    monkeypatch.setenv("EMPACT_INTAKE", "local")
    monkeypatch.setattr(serving, "start_server", lambda: None)
    monkeypatch.setattr(serving, "refuse_personal_name", lambda name, _: searched.append(name))
    data.read_release.cache_clear()
    serving.prepare(lambda: False)
    monkeypatch.setattr(data, "sort_series", lambda _: pytest.fail("a release is read again"))
    store = data.release_store()
    with_release = [known for known in data.collections_in_order() if store.current(known.code)]
    opened = [data.open_release(known, store.current(known.code)) for known in with_release]
    assert opened
    assert all(release and "period_changes" in vars(release) for release in opened)
    assert searched


def test_what_is_loaded_is_left_out_of_collections_of_garbage() -> None:
    frozen = gc.get_freeze_count()
    try:
        serving.keep_what_is_loaded()
        assert gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()


def test_damaged_release_leaves_the_others_prepared(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page says what is wrong with a release; the process that serves it starts."""
    asked: list[str] = []

    def open_damaged(collection: Collection, _label: str) -> None:
        asked.append(collection.code)
        raise DamagedReleaseError(f"{collection.code} differs from what was published")

    monkeypatch.setattr(serving, "open_release", open_damaged)
    monkeypatch.delenv("EMPACT_INTAKE", raising=False)
    serving.prepare(lambda: False)
    assert asked == [known.code for known in data.collections_in_order()]


def test_preparation_waits_until_nobody_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would slow the answers of its process."""
    answering = [True, True, False, True] + [False] * 99
    left_when_prepared: list[int] = []
    monkeypatch.setattr(serving, "IDLE_SECONDS", 0.02)
    monkeypatch.setattr(
        serving, "preparation_steps", lambda: [lambda: left_when_prepared.append(len(answering))]
    )
    serving.prepare(lambda: answering.pop(0))

    assert left_when_prepared
    assert left_when_prepared[0] < 99


def test_preparation_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "BUSY_SECONDS", 0.05)
    began = time.monotonic()
    serving.wait_until_idle(lambda: True)

    assert 0.05 <= time.monotonic() - began < ANSWER_SECONDS


def test_a_worker_lets_readers_interrupt_its_work_on_files() -> None:
    usual = sys.getswitchinterval()
    try:
        serving.let_readers_interrupt()
        assert sys.getswitchinterval() <= usual / 4
    finally:
        sys.setswitchinterval(usual)
