"""Hostile files, sent one after another: `python -m bench.hostile_files 900`.

Each is a good file that is broken, that unfolds or never ends, that is written in an odd way, or
that holds data about an invented person at any position of any part. The seed is fixed, so file 417
is the same in every run; `python -m bench.hostile_files 1 417` sends it alone. Reported are
crashes, files that take too long, and bytes about the person in what is kept or answered.
"""

import random
import re
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

import xlsxwriter

from metrics.core.crash_reports import ReportedFaultError, UnforeseenError
from metrics.core.errors import MetricsError
from metrics.intake.finding_texts import describe_finding
from metrics.messages.error_texts import error_sentence, refusal_text
from metrics.submissions.desk import Desk, Examination
from metrics.submissions.uploads import Announced
from tests import hidden_data, hostile
from tests.hidden_data import MAIL, NAME, PERSON, PHONE, ROWS, TRACES, zip_of
from tests.hostile import parts_of
from tests.submitted import FINLAND

SEED = 2026
AT_ONCE = 2
MOST_SECONDS = 40.0  # of processor time for one file, within the limits of docs/files.md
FAULTY_ENDS = {
    "1",
    "-11",
}  # of the reading process: an error that nobody foresaw; other ends are limits
TEXT_ROWS = "\n".join(";".join(map(str, row)) for row in ROWS)
TAG = re.compile(rb"<[A-Za-z][^<>]*?/?>")
XML = (".xml", ".rels", ".vml")
# How a program or a careless person may write the person down.
SPELLINGS: tuple[Callable[[str], str], ...] = (
    str, str.upper, str.lower,
    lambda text: text.replace(" ", "\u00a0"),
    "\u00ad".join,
    lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    lambda text: b64encode(text.encode()).decode(),
    lambda text: f"\u202e{text[::-1]}\u202c",
    lambda text: text.replace(", ", "\n"),
)  # fmt: skip
ODD_TEXTS = (
    "", "\0", "\ufeff", "\ufffe", "'", '"', "=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "[",
    "a[.]" * 9_000, "Aa'" * 9_000, "9" * 9_000, "1e999", "-0", "NaN", "\u202e", "<b>", "]]>",
    "&amp;#65;" * 500, "%41" * 3_000,
)  # fmt: skip
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "cp1252",
    "mac_roman",
    "cp037",
    "cp437",
)


@dataclass(frozen=True)
class HostileFile:
    kind: str
    name: str
    content: bytes
    traces: tuple[bytes, ...] = TRACES


@dataclass(frozen=True)
class Fault:
    number: int
    kind: str
    what: str


def full_workbook() -> bytes:
    """A workbook with as many kinds of parts as one library writes."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": "Figures", "comments": "as agreed", "category": "yearly"})
        book.set_custom_property("empact_area", "FI")
        book.define_name("Rate", "=Figures!$D$2")
        sheet = book.add_worksheet("Figures")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.write_comment("D2", "estimated")
        sheet.write_url("F2", "https://ec.europa.eu/eurostat", tip="source")
        sheet.write_rich_string("F3", "see ", book.add_format({"bold": True}), "note", " 1")
        sheet.write_formula("G2", "=D2*2", book.add_format({"num_format": '0" cases"'}), 28)
        sheet.set_header("&CFigures")
        sheet.data_validation("E2", {"validate": "list", "source": ["P", "E"], "input_title": "x"})
        sheet.conditional_format("D2:D9", {"type": "cell", "criteria": ">", "value": 9})
        sheet.insert_textbox("H2", "as reported")
        other = book.add_worksheet("Other")
        other.add_table("A1:B3", {"data": [["a", 1], ["b", 2]]})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Other!$B$2:$B$3", "name": "trend"})
        other.insert_chart("D2", chart)
    return stream.getvalue()


BASES: Mapping[str, Callable[[], bytes]] = {
    "xlsx": full_workbook,
    "xlsm": hidden_data.workbook,
    "ods": lambda: hidden_data.ods(lambda _: None),
    "csv": TEXT_ROWS.encode,
    "txt": TEXT_ROWS.replace(";", "\t").encode,
}


def hostile_file(number: int) -> HostileFile:
    """The file with this number, the same each time."""
    chance = random.Random(SEED * 100_000 + number)
    kind = [*KINDS][number % len(KINDS)]
    return KINDS[kind](chance)


def person(chance: random.Random) -> tuple[str, tuple[bytes, ...]]:
    """A person in some spelling, and the bytes by which it would be recognised."""
    text = chance.choice((PERSON, NAME, f"{NAME} {MAIL}", f"victim {NAME}", f"{NAME}, {PHONE}"))
    spelled = chance.choice(SPELLINGS)(text)
    return spelled, (*TRACES, spelled.encode(), spelled.encode("utf-16-le"))


def broken(chance: random.Random) -> HostileFile:
    suffix = chance.choice([*BASES])
    content = next(hostile.mutations(BASES[suffix](), 1, chance.randrange(10**9)))
    return HostileFile(f"broken {suffix}", f"fi.{suffix}", content)


def with_person(chance: random.Random) -> HostileFile:
    """The person as text, attribute, comment, instruction or element at any tag of any part."""
    suffix = chance.choice(("xlsx", "xlsm", "ods"))
    parts = parts_of(BASES[suffix]())
    part = chance.choice([name for name in parts if name.endswith(XML)])
    spelled, traces = person(chance)
    parts[part] = beside_tag(parts[part], spelled, chance)
    return HostileFile(f"person in {part}", f"fi.{suffix}", zip_of(parts), traces)


def beside_tag(xml: bytes, text: str, chance: random.Random) -> bytes:
    tag = chance.choice([*TAG.finditer(xml)])
    escaped = text if text.startswith("&#") else text.replace("&", "&amp;").replace("<", "&lt;")
    quoted = escaped.replace('"', "&quot;").replace("\n", "&#10;")
    name = re.sub(r"[^A-Za-z]+", "_", text)
    after = (
        escaped,
        f"<!-- {text.replace('--', '-')} -->",
        f"<?note {text}?>",
        f"<note>{escaped}</note>",
        f"<![CDATA[{text}]]>",
        f'<note text="{quoted}"/>',
        f"<{name}/>",
    )
    if chance.random() < 0.4:
        end = tag.end() - (2 if tag[0].endswith(b"/>") else 1)
        return xml[:end] + f' note="{quoted}"'.encode() + xml[end:]
    return xml[: tag.end()] + chance.choice(after).encode() + xml[tag.end() :]


def instead_of_value(chance: random.Random) -> HostileFile:
    """The person in the place of a value, a name or a text that the part has."""
    suffix = chance.choice(("xlsx", "xlsm", "ods"))
    parts = parts_of(BASES[suffix]())
    part = chance.choice([name for name in parts if name.endswith(XML)])
    spelled, traces = person(chance)
    quoted = spelled if spelled.startswith("&#") else spelled.replace("\n", "&#10;")
    values = [*re.finditer(rb'(?<=")[^"<>]+(?=")|(?<=>)[^<>]+(?=<)', parts[part])]
    value = chance.choice(values)
    changed = parts[part][: value.start()] + quoted.encode() + parts[part][value.end() :]
    return HostileFile(f"person for a value of {part}", f"fi.{suffix}",
                       zip_of(parts | {part: changed}), traces)  # fmt: skip


def known_place(chance: random.Random) -> HostileFile:
    """The person in one of the places of `tests.hidden_data`."""
    xlsx, ods = hidden_data.XLSX | hidden_data.XLSX_REFUSED, hidden_data.ODS
    name = chance.choice([*xlsx, *ods, *hidden_data.CONTAINER])
    if name in hidden_data.CONTAINER:
        content = hidden_data.CONTAINER[name](hidden_data.workbook())
    else:
        content = hidden_data.xlsx(xlsx[name]) if name in xlsx else hidden_data.ods(ods[name])
    suffix = "ods" if name in ods and name not in xlsx else "xlsx"
    return HostileFile(name, f"fi.{suffix}", content)


def with_member(chance: random.Random) -> HostileFile:
    """A member that is no part: the person, an archive in an archive, or zeros that unfold."""
    suffix = chance.choice(("xlsx", "ods"))
    spelled, traces = person(chance)
    names = (
        "persons.csv", "xl/x.bin", f"xl/{NAME}.xml", "../../x", "/etc/x", "META-INF/x.xml",
        "xl/worksheets/sheet9.xml", "xl/media/image1.png", "a" * 60_000, "C:\\x",
        "xl/../xl/workbook.xml",
    )  # fmt: skip
    contents = (
        spelled.encode(), zip_of({"a.txt": spelled.encode()}), bytes(60 * 2**20), b"<x/>",
        b"<x>" * 50_000, hostile.LAUGHS.encode() + b"<x>&i;</x>",
    )  # fmt: skip
    name = chance.choice(names)
    parts = parts_of(BASES[suffix]()) | {name: chance.choice(contents)}
    return HostileFile(f"member {name[:20]}", f"fi.{suffix}", zip_of(parts), traces)


def odd_xml(chance: random.Random) -> HostileFile:
    """Another encoding, an entity, a loop of references, depth, or an element twice."""
    suffix = chance.choice(("xlsx", "ods"))
    parts = parts_of(BASES[suffix]())
    part = chance.choice([name for name in parts if name.endswith(XML)])
    xml = parts[part]
    tag = chance.choice([*TAG.finditer(xml)])
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: xml.decode().encode(chance.choice(("utf-16", "utf-16-be", "utf-32"))),
        lambda: xml.replace(b"UTF-8", chance.choice((b"UTF-7", b"cp037", b"hex", b"rot13"))),
        lambda: hostile.LAUGHS.encode() + xml.partition(b"?>")[2],
        lambda: xml[: tag.end()] + b"<a>" * chance.choice((99, 9_999, 99_999)) + xml[tag.end() :],
        lambda: xml[: tag.end()] + tag[0] + xml[tag.end() :],
        lambda: xml[: tag.start()] + xml[tag.end() :],
        lambda: re.sub(rb'Target="[^"]*"', f'Target="/{part}"'.encode(), xml),
        lambda: re.sub(rb'"\d+"', b'"' + b"9" * chance.choice((9, 99, 9_999)) + b'"', xml),
        lambda: re.sub(rb">[^<>]+<", b">" + chance.choice(ODD_TEXTS).encode() + b"<", xml),
        lambda: xml * 2,
    )
    return HostileFile(f"odd XML in {part}", f"fi.{suffix}",
                       zip_of(parts | {part: chance.choice(ways)()}))  # fmt: skip


def odd_text(chance: random.Random) -> HostileFile:
    """A text file with odd cells, rows, marks and encodings, and the person in one of its cells."""
    rows = [[str(cell) for cell in row] for row in ROWS * chance.choice((1, 1, 50))]
    spelled, traces = person(chance)
    texts = [*ODD_TEXTS] if chance.random() < 0.5 else [spelled]
    for _ in range(chance.randrange(1, 4)):
        row = chance.choice(rows)
        at = chance.randrange(len(row) + 1)
        text = chance.choice(texts)
        row[at : at + chance.randrange(2)] = [f'"{text}"' if text == spelled else text]
    separator = chance.choice(";;;,\t|")
    lines = [separator.join(row) for row in rows]
    text = chance.choice(("\n", "\r\n", "\r", "\n\n")).join(lines) + chance.choice(("", "\n", '"'))
    content = text.encode(chance.choice(ENCODINGS), chance.choice(("replace", "ignore")))
    return HostileFile("odd text", f"fi.{chance.choice(('csv', 'txt', 'xlsx'))}", content, traces)


def unfolding(chance: random.Random) -> HostileFile:
    """One of the files of `tests.hostile` that are refused, with their bombs and lies."""
    name = chance.choice([*hostile.REFUSED])
    make, file_name, _ = hostile.REFUSED[name]
    with TemporaryDirectory() as folder:
        path = Path(folder) / file_name
        make(path)
        content = path.read_bytes() if path.is_file() else b""
    return HostileFile(name, file_name, content)


KINDS: Mapping[str, Callable[[random.Random], HostileFile]] = {
    "person beside a tag": with_person,
    "broken": broken,
    "person for a value": instead_of_value,
    "odd text": odd_text,
    "known place": known_place,
    "odd XML": odd_xml,
    "member": with_member,
    "unfolding": unfolding,
}


def list_faults(number: int) -> list[Fault]:
    return [*find_faults(number)]


def find_faults(number: int) -> Iterator[Fault]:
    """What goes wrong when a file is sent as the page, or the command, sends it."""
    file = hostile_file(number)
    began = processor_seconds()
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "home")
        path = Path(folder) / file.name
        path.write_bytes(file.content)
        answers: list[str] = []
        try:
            answers += sent_by_page(desk, path) if number % 2 else sent_by_command(desk, path)
        except (ReportedFaultError, UnforeseenError) as fault:
            yield Fault(number, file.kind, f"crash: {fault!r}")
        except MetricsError as refused:
            answers.append(error_sentence(refused, "en"))
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is what is looked for
            yield Fault(number, file.kind, f"crash: {fault!r}")
        yield from (
            Fault(number, file.kind, f"leak: {leak}") for leak in leaks(desk, file, answers)
        )
    if (seconds := processor_seconds() - began) > MOST_SECONDS:
        yield Fault(number, file.kind, f"hang: {seconds:.0f} s of processor time")


def processor_seconds() -> float:
    """The processor time of this process and of those that it started."""
    used = [getrusage(whose) for whose in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def sent_by_command(desk: Desk, path: Path) -> Iterator[str]:
    yield from answers_of(desk.submit(path, **FINLAND))
    annotated = desk.annotate_file(path, **FINLAND)
    yield from (part.decode("latin-1") for part in contents_of(annotated))


def sent_by_page(desk: Desk, path: Path) -> Iterator[str]:
    with path.open("rb") as stream:
        digest = desk.receive_upload(stream, path.name, Announced("192.0.2.1"))
    examination = desk.examine_upload(digest, **FINLAND)
    yield from answers_of(examination)
    annotated = desk.annotate_upload(digest, **FINLAND)
    yield from (part.decode("latin-1") for part in contents_of(annotated))
    yield from answers_of(desk.confirm_upload(digest, **FINLAND))


def answers_of(examination: Examination) -> Iterator[str]:
    """All that a page, a command or a file says about an examination."""
    if examination.refusal is not None:
        code = dict(examination.refusal.parameters).get("code")
        assert code not in FAULTY_ENDS, examination.refusal
    is_accepted = examination.outcome == "accepted"
    yield repr(examination.findings) if is_accepted else repr(examination)
    if examination.refusal is not None:
        yield refusal_text(examination.refusal, "en")
    yield from (repr(describe_finding(finding, "en")) for finding in examination.findings)


def contents_of(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK"):
        yield from parts_of(content).values()


def leaks(desk: Desk, file: HostileFile, answers: list[str]) -> Iterator[str]:
    """Where bytes about the person are left."""
    kept = {str(path.relative_to(desk.home)): path for path in desk.home.rglob("*")}
    for name, path in kept.items():
        contents = contents_of(path.read_bytes()) if path.is_file() else ()
        for content in (name.encode(), *contents):
            yield from (f"{trace!r} in {name}" for trace in file.traces if trace in content)
    for answer in answers:
        said = answer.encode("utf-8", "replace")
        yield from (f"{trace!r} in an answer" for trace in file.traces if trace in said)


def main() -> None:
    number, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    with_fault = 0
    with ProcessPoolExecutor(AT_ONCE) as senders:
        found = senders.map(list_faults, range(first, first + number))
        for done, faults in enumerate(found, 1):
            with_fault += bool(faults)
            for fault in faults:
                print(f"  file {fault.number}, {fault.kind}: {fault.what[:300]}", flush=True)
            if done % 100 == 0 or done == number:
                print(f"{done} of {number} files sent, {with_fault} with a fault", flush=True)
    sys.exit(bool(with_fault))


if __name__ == "__main__":
    main()
