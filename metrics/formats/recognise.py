"""What a file is by its content, whatever its name says; a sentence for each that is not read."""

from pathlib import Path
from zipfile import is_zipfile

from metrics.errors import UnreadableError
from metrics.formats.container import Container, locked

SAVE = "open it and save it as .xlsx"
EXPORT = "send the workbook (.xlsx) that it was made from"

# How a file begins, what it is, and the way out.
BEGINNINGS = (
    (b"%PDF", "a PDF document", EXPORT),
    (b"{\\rtf", "a text document (RTF)", EXPORT),
    (b"\x89PNG", "a picture (PNG)", EXPORT),
    (b"\xff\xd8\xff", "a picture (JPEG)", EXPORT),
    (b"GIF8", "a picture (GIF)", EXPORT),
    (b"II*\0", "a picture (TIFF)", EXPORT),
    (b"MM\0*", "a picture (TIFF)", EXPORT),
    (b"\x1f\x8b", "a compressed archive (gzip)", "take the workbook out of it and send that"),
    (b"7z\xbc\xaf", "a compressed archive (7z)", "take the workbook out of it and send that"),
    (b"Rar!", "a compressed archive (RAR)", "take the workbook out of it and send that"),
    (b"PAR1", "a Parquet file", "send the figures as .xlsx, .ods or .csv"),
    (b"SQLite format 3", "a database (SQLite)", "send the figures as .xlsx, .ods or .csv"),
    (b"MZ", "a program", "send the figures as .xlsx, .ods or .csv"),
    (b"\x7fELF", "a program", "send the figures as .xlsx, .ods or .csv"),
)  # fmt: skip
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of the streams inside, written in UTF-16, tell the old Office formats apart.
INSIDE_OLD_OFFICE = (
    ("WordDocument", "an old Word document (.doc)", EXPORT),
    ("PowerPoint Document", "an old presentation (.ppt)", EXPORT),
    ("Workbook", "an old Excel workbook (.xls)", SAVE),
    ("Book", "an old Excel workbook (.xls)", SAVE),
)
INSIDE_ZIP = (
    (r"xl/workbook\.bin", "an Excel binary workbook (.xlsb)", SAVE),
    (r"word/.*", "a Word document (.docx)", EXPORT),
    (r"ppt/.*", "a presentation (.pptx)", EXPORT),
    (r"visio/.*", "a drawing (Visio)", EXPORT),
    (r"index/.*\.iwa|index\.(zip|xml|apxl)", "an Apple Numbers document",
     "export it to Excel (.xlsx)"),
    (r"meta-inf/manifest\.mf", "a program (.jar)", "send the figures as .xlsx, .ods or .csv"),
)  # fmt: skip
MARKUP = (
    ("<!doctype html", "a web page (HTML)", SAVE),
    ("<html", "a web page (HTML)", SAVE),
    ("<table", "a web page (HTML)", SAVE),
    ("urn:schemas-microsoft-com:office:spreadsheet", "an Excel 2003 XML file", SAVE),
    ("urn:oasis:names:tc:opendocument", "a flat OpenDocument file (.fods)",
     "open it and save it as .ods or .xlsx"),
    ("<?xml", "an XML file", "send the figures as .xlsx, .ods or .csv"),
    ("<svg", "a picture (SVG)", EXPORT),
)  # fmt: skip
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


def refuse_other(head: bytes) -> None:
    """By the first bytes, anything that is neither a ZIP archive nor text."""
    if not head:
        raise UnreadableError("is empty; was it saved and sent completely?")
    for beginning, what, way_out in BEGINNINGS:
        if head.startswith(beginning):
            raise refuse(what, way_out)
    if head.startswith(OLD_OFFICE):
        refuse_old_office(head)


def refuse_old_office(content: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise locked()
    for stream, what, way_out in INSIDE_OLD_OFFICE:
        if stream.encode("utf-16-le") in content:
            raise refuse(what, way_out)
    raise refuse("in an old Office format", SAVE)


def refuse_markup(text: str) -> None:
    beginning = text[:2000].lstrip("\ufeff \r\n\t").casefold()
    if beginning.startswith(("{", "[")):
        raise refuse("in JSON", "send the figures as .xlsx, .ods or .csv")
    if not beginning.startswith("<"):
        return
    for sign, what, way_out in MARKUP:
        if sign in beginning:
            raise refuse(what, way_out)


def zipped(container: Container) -> str:
    """`xlsx`, `xlsm` or `ods`."""
    refuse_other_archive(container)
    if "[Content_Types].xml" in container and container.named(r".*workbook.*\.xml"):
        return "xlsm" if container.named(r".*vbaproject\.bin") else "xlsx"
    written = container.read("mimetype").decode("ascii", "replace").strip()
    if written.startswith(SPREADSHEET):
        return "ods"
    if written:
        raise refuse(f"a document of type {written[:80]!r}", EXPORT)
    raise refuse_archive(container)


def refuse_other_archive(container: Container) -> None:
    for pattern, what, way_out in INSIDE_ZIP:
        if container.named(pattern):
            raise refuse(what, way_out)


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
