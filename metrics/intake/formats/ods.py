"""OpenDocument spreadsheets (.ods), read here: other readers lose errors, remarks and places."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from metrics.core.cells import address
from metrics.core.errors import UnreadableError
from metrics.intake.formats import Contents, Note, Page, evened
from metrics.intake.formats.container import Container, damaged, locked
from metrics.intake.formats.limits import SHEETS, Budget
from metrics.intake.formats.markup import events, local, text_of, tree
from metrics.intake.formats.ods_cells import OASIS, TABLE, counted, row_of, text_in
from metrics.intake.formats.stamp import concealed, key_in, stamp

CONTENT = "content.xml"
STYLE = OASIS % "style"
NAME, STYLE_NAME, DISPLAY = f"{TABLE}name", f"{TABLE}style-name", f"{TABLE}display"
IGNORED = {
    "macros": r"(basic|scripts)/.*\.(xml|xlb|py|js)",
    "images": r"pictures/.*",
    "embedded_files": r"object .*/content\.xml",
}
HIDDEN = {"collapse", "filter"}
# Times and counts that a program writes into the properties by itself.
NOT_TEXT = {"creation-date", "date", "editing-cycles", "editing-duration", "document-statistic",
            "generator", "print-date", "user-defined"}  # fmt: skip
# So that a rule need not know of what format a workbook is.
AS_IN_EXCEL = {"initial-creator": "creator", "creator": "lastModifiedBy", "keyword": "keywords"}


@dataclass
class OpenDocument:
    """How far the one pass over content.xml has come."""

    budget: Budget = field(default_factory=Budget)
    pages: list[Page] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)
    hidden_styles: set[str] = field(default_factory=set)
    external: bool = False
    row: int = 0  # of the next row in the sheet
    depth: int = 0  # of tables within one another: only the outermost is a sheet


def read(container: Container) -> Contents:
    refuse_password(container)
    reading = OpenDocument()
    for event, element in events(container, CONTENT):
        if handle := HANDLERS[event].get(element.tag):
            handle(element, reading)
    if not reading.pages:
        raise damaged("it has no sheet")
    properties = custom_properties(container)
    stamped = stamp(reading.pages, reading.named, properties)
    texts = [*reading.notes, *outside(container, reading.named, properties)]
    container.check_rest()
    return Contents("ods", reading.pages, [note for note in texts if note.text.strip()],
                    stamped, remarks(container, reading))  # fmt: skip


def refuse_password(container: Container) -> None:
    manifest = tree(container, "META-INF/manifest.xml")
    if any(each.tag == "encryption-data" for each in manifest.iter()):
        raise locked()


def open_table(element: Element, reading: OpenDocument) -> None:
    reading.depth += 1
    if reading.depth > 1:
        return
    name = element.get(NAME, "")
    if name in {page.name for page in reading.pages}:
        raise damaged(f"two of its sheets are named {name[:60]!r}")
    reading.row = 0
    reading.pages.append(Page(name, [], element.get(STYLE_NAME) not in reading.hidden_styles))
    reading.notes.append(Note("name", name, name))
    if len(reading.pages) > SHEETS:
        raise UnreadableError(f"has more than {SHEETS} sheets, which are not read")


def close_table(element: Element, reading: OpenDocument) -> None:
    """What a link to another file brought along stands in a sheet that is named after it."""
    reading.depth -= 1
    if reading.depth:
        return
    evened(reading.pages[-1].rows)
    if reading.pages[-1].name.startswith("'file:"):
        reading.external = True
        reading.pages.pop()
    element.clear()


def note_style(style: Element, reading: OpenDocument) -> None:
    if any(part.get(DISPLAY) == "false" for part in style):
        reading.hidden_styles.add(style.get(f"{STYLE}name", ""))


def note_name(element: Element, reading: OpenDocument) -> None:
    refers_to = element.get(f"{TABLE}expression") or element.get(f"{TABLE}cell-range-address")
    reading.named.append((element.get(NAME, ""), refers_to or ""))


def note_shapes(element: Element, reading: OpenDocument) -> None:
    sheet = reading.pages[-1].name if reading.pages else ""
    reading.notes += [Note("drawing", text, sheet) for text in paragraphs(element)]


def add_row(element: Element, reading: OpenDocument) -> None:
    """Rows repeat: a million empty ones at the end of a sheet are one element."""
    if reading.depth != 1:
        return
    page = reading.pages[-1]
    times = counted(element.get(f"{TABLE}number-rows-repeated"))
    values, remarked = row_of(element)
    for column, text in remarked:
        reading.notes.append(Note("comment", text, page.name, address(reading.row, column)))
    if values:
        put_rows(values, times, reading)
        if element.get(f"{TABLE}visibility") in HIDDEN:
            page.hidden_rows += range(reading.row + 1, reading.row + times + 1)
    reading.row += times
    element.clear()


def put_rows(values: list[Any], times: int, reading: OpenDocument) -> None:
    """Once it is known that there is room for them, and for the empty ones before."""
    page = reading.pages[-1]
    width = max(len(values), len(page.rows[0]) if page.rows else 0)
    filled = times * sum(value is not None for value in values)
    reading.budget.charge(f"sheet {page.name!r}", reading.row + times, width, filled)
    page.rows.extend([] for _ in range(reading.row - len(page.rows)))
    page.rows.extend(list(values) for _ in range(times))


def paragraphs(element: Element) -> Iterator[str]:
    return (text_in(each) for each in element.iter() if local(each.tag) in {"p", "title", "desc"})


def outside(
    container: Container, named: list[tuple[str, str]], properties: list[tuple[str, str]]
) -> Iterator[Note]:
    yield from (Note("name", f"{name} = {text}") for name, text in named if not key_in(name))
    yield from (Note("property", text, cell=name) for name, text in properties if not key_in(name))
    yield from own_properties(container)
    for kind in ("header", "footer"):
        for each in tree(container, "styles.xml").iter(kind):
            yield Note("header", " ".join(paragraphs(each)))


def own_properties(container: Container) -> Iterator[Note]:
    for each in tree(container, "meta.xml").iterfind("meta/*"):
        if each.tag not in NOT_TEXT:
            yield Note("property", text_of(each), cell=AS_IN_EXCEL.get(each.tag, each.tag))


def custom_properties(container: Container) -> list[tuple[str, str]]:
    listed = tree(container, "meta.xml").iter("user-defined")
    return [(each.get("name", ""), text_of(each)) for each in listed]


def remarks(container: Container, reading: OpenDocument) -> list[str]:
    found = [name for name, pattern in IGNORED.items() if container.named(pattern)]
    found += ["external_links"] * reading.external
    return found + ["hidden_sheets"] * any(
        concealed(page.name, page.visible) for page in reading.pages
    )


HANDLERS: dict[str, dict[str, Callable[[Element, OpenDocument], None]]] = {
    "start": {f"{TABLE}table": open_table},
    "end": {
        f"{TABLE}table": close_table,
        f"{TABLE}table-row": add_row,
        f"{TABLE}shapes": note_shapes,
        f"{TABLE}named-range": note_name,
        f"{TABLE}named-expression": note_name,
        f"{STYLE}style": note_style,
    },
}
