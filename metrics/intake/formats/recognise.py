"""What a file is by its content, whatever its name says; a sentence for each that is not read."""

import csv
from collections.abc import Callable
from pathlib import Path
from zipfile import is_zipfile

from metrics.core.errors import UnreadableError
from metrics.intake.formats.container import Container, locked

SAVE = "open it and save it as .xlsx"
EXPORT = "send the workbook (.xlsx) that it was made from"

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
# What a name promises; any other ending promises nothing.
PROMISES = {
    ".xlsx": {"xlsx", "xlsm"}, ".xlsm": {"xlsx", "xlsm"}, ".ods": {"ods"},
    ".csv": {"csv"}, ".tsv": {"csv"}, ".tab": {"csv"}, ".txt": {"csv"},
    ".xls": set(), ".xlsb": set(), ".pdf": set(), ".docx": set(), ".html": set(),
}  # fmt: skip
CALLED = {
    "xlsx": "an Excel workbook (.xlsx)",
    "xlsm": "an Excel workbook with macros (.xlsm)",
    "ods": "an OpenDocument spreadsheet (.ods)",
    "csv": "a text file with columns (.csv)",
}
SHOWN = 3


def refuse(what: str, way_out: str) -> UnreadableError:
    return UnreadableError(f"is {what}, which is not read; {way_out}")


def refuse_where(found: str, holds: Callable[[str], object]) -> None:
    """By the first sign of `refused.csv` that holds, of those that are found in one way."""
    with Path(__file__).with_name("refused.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["found"] == found and holds(row["sign"]):
                raise refuse(row["what"], row["way_out"])


def as_bytes(sign: str) -> bytes:
    """What a file begins with is written with escapes where it is no letter."""
    return sign.encode().decode("unicode_escape").encode("latin-1")


def refuse_other(head: bytes) -> None:
    """By the first bytes, anything that is neither a ZIP archive nor text."""
    if not head:
        raise UnreadableError("is empty; was it saved and sent completely?")
    refuse_where("begins", lambda sign: head.startswith(as_bytes(sign)))
    if head.startswith(OLD_OFFICE):
        refuse_old_office(head)


def refuse_old_office(content: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise locked()
    # Names of the streams inside, written in UTF-16, tell the old Office formats apart.
    refuse_where("old_office", lambda stream: stream.encode("utf-16-le") in content)
    raise refuse("in an old Office format", SAVE)


def refuse_markup(text: str) -> None:
    beginning = text[:2000].lstrip("\ufeff \r\n\t").casefold()
    if beginning.startswith(("{", "[")):
        raise refuse("in JSON", "send the figures as .xlsx, .ods or .csv")
    if beginning.startswith("<"):
        refuse_where("markup", lambda sign: sign in beginning)


def zipped(container: Container) -> str:
    """`xlsx`, `xlsm` or `ods`."""
    refuse_where("archive", container.named)
    if "[Content_Types].xml" in container and container.named(r".*workbook.*\.xml"):
        return "xlsm" if container.named(r".*vbaproject\.bin") else "xlsx"
    written = container.read("mimetype").decode("ascii", "replace").strip()
    if written.startswith(SPREADSHEET):
        return "ods"
    if written:
        raise refuse(f"a document of type {written[:80]!r}", EXPORT)
    raise refuse_archive(container)


def refuse_archive(container: Container) -> UnreadableError:
    names = [info.filename for info in container.archive.infolist()]
    shown = ", ".join(repr(name[:60]) for name in names[:SHOWN])
    more = " …" if len(names) > SHOWN else ""
    return UnreadableError(f"is a ZIP archive of {len(names)} files ({shown}{more}), not a "
                           "workbook; take the workbook out of it and send that")  # fmt: skip


def is_zip(path: Path, head: bytes) -> bool:
    return head.startswith(b"PK") or is_zipfile(path)


def keep_promise(name: str, found: str) -> None:
    """A name that says something else is a mistake that should not go on unnoticed."""
    suffix = Path(name).suffix.casefold()
    if found not in PROMISES.get(suffix, {found}):
        other = f", or save it as {suffix}" if PROMISES[suffix] else ""
        raise UnreadableError(f"is {CALLED[found]} by its content, not {suffix} as its name says; "
                              f"rename it to .{found}{other}")  # fmt: skip
