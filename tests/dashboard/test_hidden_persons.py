"""Data about a person, hidden anywhere in a file: from the upload to the refusal, and what stays."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest

from dashboard.access import UPLOAD_PATH
from dashboard.dash_internals import CALLBACK_PATH
from metrics.__main__ import run
from tests import hidden_data
from tests.dashboard.served import SENDER, Served
from tests.dashboard.test_callback_requests import page_request, prop
from tests.hidden_data import (
    CONTAINER,
    MAIL,
    NAME,
    ODS,
    ODS_AUTHORS,
    PERSON,
    TRACES,
    XLSX,
    XLSX_AMBIGUOUS,
    XLSX_AUTHORS,
    XLSX_REFUSED,
)
from tests.hostile import parts_of

SCOPE = "collection=empact-cse&area=FI&round=2024"
HEADINGS, ROW = "indicator;area;period;value;remark", "ICSE_VICTIMS;FI;2024;14;"
TEXTS = {
    "remark": f"{HEADINGS}\n{ROW}{PERSON}\n",
    "heading": f"{HEADINGS};{PERSON}\n{ROW};\n",
    "title": f"{PERSON}\n\n{HEADINGS}\n{ROW}\n",
    "below the table": f"{HEADINGS}\n{ROW}\n\n{PERSON}\n",
    "beside the table": f"{HEADINGS};;\n{ROW};;{PERSON}\n",
    "key": f"{HEADINGS}\n{ROW}\n{NAME};FI;2024;1;{MAIL}\n",
    "row of another separator": f"{HEADINGS}\n{ROW}\n{NAME}\tFI\t2024\t1\t{MAIL}\n",
    "open quotation mark": f'{HEADINGS}\n{ROW}"{PERSON}\n{ROW}\n',
    "line of the separator": f'sep=;\n{HEADINGS}\n{ROW}"\n{PERSON}"\n',
    "joined rows": f"{HEADINGS}{PERSON};FI;2024;1;\n{ROW}\n",
}  # fmt: skip
# A trace that an answer could hold in letters of another case, or without the first letter.
ANY_TRACE = (*TRACES, b"irtanen", b"VIRTANEN", quote(NAME).encode(), json.dumps(MAIL).encode())


def files() -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Each place for a person with the ending and the bytes of its file; authors are left out."""
    for name, change in (XLSX | XLSX_REFUSED | XLSX_AMBIGUOUS).items():
        yield f"xlsx: {name}", (".xlsx", hidden_data.xlsx(change))
    for name, change in ODS.items():
        yield f"ods: {name}", (".ods", hidden_data.ods(change))
    for name, alter in CONTAINER.items():
        yield f"xlsx, container: {name}", (".xlsx", alter(hidden_data.workbook()))
        yield f"ods, container: {name}", (".ods", alter(hidden_data.ods(lambda _: None)))
    for name, text in TEXTS.items():
        yield f"csv: {name}", (".csv", text.encode())


def files_by_authors() -> Iterator[tuple[str, tuple[str, bytes]]]:
    for name, change in XLSX_AUTHORS.items():
        yield f"xlsx: {name}", (".xlsx", hidden_data.xlsx(change))
    for name, change in ODS_AUTHORS.items():
        yield f"ods: {name}", (".ods", hidden_data.ods(change))


REFUSED, ACCEPTED = dict(files()), dict(files_by_authors())
# Each place is tried at its format in `tests/intake/formats`. With EMPACT_EVERY_PLACE all are sent
# to the page too, which takes minutes; else one of each list of places, and of each format.
SOME = (
    *(f"xlsx: {next(iter(places))}" for places in (XLSX, XLSX_REFUSED, XLSX_AMBIGUOUS)),
    f"ods: {next(iter(ODS))}",
    "ods, container: between the members",
    "csv: open quotation mark",
)
SENT = REFUSED if "EMPACT_EVERY_PLACE" in os.environ else SOME
SENT_BY_AUTHORS = ACCEPTED if "EMPACT_EVERY_PLACE" in os.environ else [*ACCEPTED][::15]
# Of each format, and of each way in which a file is refused.
ON_THE_COMMAND_LINE = (
    "xlsx: unused shared string",
    "xlsx: text beside a value",
    "xlsx, container: after the archive",
    "ods: tracked changes",
    "csv: key",
)


def contents_of(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK"):
        yield from parts_of(content).values()


def traces_in(home: Path, *answers: bytes) -> set[tuple[str, bytes]]:
    """What is left of the person in files of the workspace and in answers."""
    kept = {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    named = {f"answer {number}": answer for number, answer in enumerate(answers)}
    found = {
        (where, trace)
        for where, content in (kept | named).items()
        for part in contents_of(content)
        for trace in ANY_TRACE
        if trace in part
    }
    return found | {
        (path, trace) for path in kept for trace in ANY_TRACE if trace.decode("latin-1") in path
    }


def callback(served: Served, body: Mapping[str, object]) -> bytes:
    headers = {"Content-Type": "application/json"}
    return served.ask("POST", CALLBACK_PATH, json.dumps(body).encode(), headers)[1]


def confirmation(digest: str, search: str, seen: str) -> dict[str, object]:
    identity = {"confirms": digest, "seen": seen}
    return {
        "output": '{"examined":["MATCH"]}.children',
        "outputs": {"id": {"examined": digest}, "property": "children"},
        "inputs": [[prop(identity, "n_clicks", 1)]],
        "changedPropIds": [f"{json.dumps(identity)}.n_clicks"],
        "state": [prop("address", "search", search)],
    }


def sent(served: Served, content: bytes, name: str) -> tuple[str, list[bytes]]:
    """Do all that the page offers with a file; the text of the page, and every answer."""
    headers = SENDER | {"X-File-Name": quote(name)}
    status, answer = served.ask("POST", f"{UPLOAD_PATH}?{SCOPE}", content, headers)
    if status != 200:
        return f"refused {status}", [answer]
    search = str(json.loads(answer)["search"])
    downloads = [
        served.ask("GET", f"/download/{name}{search}")[1]
        for name in ("findings.csv", "annotated.xlsx")
    ]
    inputs = [prop("_pages_location", "pathname", "/submit"),
              prop("_pages_location", "search", search)]  # fmt: skip
    page = callback(served, page_request(inputs=inputs))
    digest = re.findall(r"checked=([0-9a-f]{64})", search)[0]
    seen = re.findall(r'"seen":"([0-9a-f]*)"', page.decode())
    confirmed = callback(served, confirmation(digest, search, seen[0] if seen else ""))
    return page.decode(), [answer, *downloads, page, confirmed]


def archived(served: Served) -> set[Path]:
    return {*(served.home / "data" / "raw").rglob("*/FI/*")}


@pytest.mark.parametrize("name", SENT)
def test_a_person_is_refused_by_the_page_and_nowhere_kept(served: Served, name: str) -> None:
    suffix, content = REFUSED[name]
    before = archived(served)
    page, answers = sent(served, content, f"fi{suffix}")

    assert "verdict-refused" in page or "verdict-unreadable" in page
    assert archived(served) == before
    assert traces_in(served.home, *answers) == set()


def test_a_file_named_after_a_person_is_refused(served: Served) -> None:
    page, answers = sent(served, f"{HEADINGS}\n{ROW}\n".encode(), f"{NAME} {MAIL}.csv")

    assert page == "refused 413"
    assert traces_in(served.home, *answers) == set()


@pytest.mark.parametrize("name", SENT_BY_AUTHORS)
def test_an_author_is_kept_nowhere(served: Served, name: str) -> None:
    suffix, content = ACCEPTED[name]
    page, answers = sent(served, content, f"fi{suffix}")

    assert "verdict-refused" not in page
    assert any(word in page for word in ("verdict-clean", "verdict-acceptable", "already been sub"))
    assert archived(served)
    assert traces_in(served.home, *answers) == set()


def submission(home: Path, path: Path) -> list[str]:
    scope = ("--collection", "empact-cse", "--area", "FI", "--round", "2024")
    return ["--home", str(home), "submit", *scope, str(path)]


@pytest.mark.parametrize("name", ON_THE_COMMAND_LINE)
def test_a_person_is_refused_on_the_command_line_and_nowhere_kept(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    suffix, content = REFUSED[name]
    path, home = tmp_path / f"fi{suffix}", tmp_path / "home"
    path.write_bytes(content)
    code = run(submission(home, path))

    assert code != 0
    assert not [*(home / "data" / "raw").rglob("*/FI/*")]
    assert traces_in(home, *capfdbinary.readouterr()) == set()


def test_an_author_is_kept_nowhere_on_the_command_line(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path, home = tmp_path / "fi.xlsx", tmp_path / "home"
    path.write_bytes(ACCEPTED["xlsx: author of a comment"][1])

    assert run(submission(home, path)) == 0
    assert [*(home / "data" / "raw").rglob("*/FI/*.xlsx")]
    assert traces_in(home, *capfdbinary.readouterr()) == set()
