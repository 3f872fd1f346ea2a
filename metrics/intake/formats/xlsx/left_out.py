"""What the clean copy of an Excel workbook leaves out: its kinds, and its texts to be searched."""

import re
from collections.abc import Iterable, Iterator

from metrics.intake.formats.contents import TextContents
from metrics.intake.formats.shared.container import XML_PARTS, Container, part_key
from metrics.intake.formats.shared.markup import xml_tree
from metrics.intake.formats.shared.part_texts import element_texts, is_written, part_texts
from metrics.intake.formats.shared.stamp import is_concealed
from metrics.intake.formats.shared.zip_layout import printable_texts
from metrics.intake.formats.xlsx.parts import Tab, relationships

# In order: a part is of the first kind that its name matches.
KINDS = {
    "macros": r"xl/(vbaproject.*|vbadata\.xml|macrosheets/.*|dialogsheets/.*)",
    "embedded_files": r"xl/(embeddings|activex|ctrlprops|model)/.*",
    "images": r"(xl|docprops)/(.*/)?media/.*|.*\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)",
    "external_links": r"xl/externallinks/.*",
    "pivot_caches": r"xl/(pivotcache|pivottables|slicers?(caches)?|timelines?(caches)?|"
    r"slicercaches|timelinecaches)/.*",
    "connections": r"xl/(connections\.xml|querytables/.*)",
    "revisions": r"xl/(revisions/.*|usernames\.xml)",
    "signatures": r"_xmlsignatures/.*",
    "custom_data": r"customxml/.*|xl/(customdata|customproperty|xmlmaps\.xml|richdata).*",
    "authors": r"xl/persons/.*",
    "charts": r"xl/(charts|chartsheets|diagrams)/.*|xl/drawings/[^/]*\.xml",
    "printer_settings": r"xl/printersettings/.*",
}
# The preview that Excel stores with a file is a picture of its own making.
PREVIEW = re.compile(r"docprops/thumbnail\.\w+")
# Binary parts that programs write and that can be searched; any other may hold anything, packed.
BINARY = re.compile(r"xl/printersettings/.*|xl/customproperty[^/]*\.bin|\[trash\]/.*|.*/")
# Parts whose texts are read as kinds of their own, or are kept.
READ = re.compile(
    r"xl/workbook\.xml|xl/sharedstrings\.xml|xl/styles\.xml|xl/worksheets/[^/]*\.xml"
    r"|docprops/(core|app)\.xml|xl/persons/.*"
)
COMMENTS = re.compile(r"xl/(?!threaded)(.*/)?comments[^/]*\.xml")
# Parts that no other part needs to refer to; data of programs are left out wherever they are.
LISTED_BY_ALL = re.compile(r"\[content_types\]\.xml|(.*/)?_rels/.*\.rels|\[trash\]/.*|customxml/.*")
AUTHOR = re.compile(rb"<(?:\w+:)?author>[^<]")


def left_out_kinds(container: Container, tabs: Iterable[Tab], unlisted: set[str]) -> list[str]:
    """The kinds of what is left out, each once."""
    kinds = {kind for name in container.parts if (kind := kind_of(name))}
    comments = container.named(r"xl/.*comments[^/]*\.xml")
    if any(AUTHOR.search(container.read(name)) for name in comments):
        kinds.add("authors")
    if unlisted:
        kinds.add("unlisted_parts")
    if any(is_concealed(tab.name, tab.visible) for tab in tabs):
        kinds.add("hidden_sheets")
    order = [*KINDS, "unlisted_parts", "hidden_sheets"]
    return [kind for kind in order if kind in kinds]


def kind_of(name: str) -> str:
    """The kind of a part; one that no program is known to write may be any file."""
    kind = "" if PREVIEW.fullmatch(name) else named_kind(name)
    is_known = name.endswith(XML_PARTS) or BINARY.fullmatch(name) or PREVIEW.fullmatch(name)
    return kind if is_known or kind in {"macros", "images"} else "embedded_files"


def named_kind(name: str) -> str:
    return next((kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, name)), "")


def unlisted_parts(container: Container) -> set[str]:
    """The parts that no other part refers to: no program shows them."""
    reached, waiting = set(), [""]
    while waiting:
        for _, target in relationships(container, waiting.pop()).values():
            key = part_key(target)
            if key in container.parts and key not in reached:
                reached.add(key)
                waiting.append(target)
    return {
        name
        for name in container.parts.keys() - reached
        if not LISTED_BY_ALL.fullmatch(name) and container.parts[name].file_size
    }


def left_out_texts(container: Container, unlisted: set[str]) -> Iterator[TextContents]:
    """The texts of all parts that are not read otherwise."""
    for name in container.parts:
        if name.endswith(XML_PARTS) and (name in unlisted or not READ.fullmatch(name)):
            read_texts = texts_beside_comments if COMMENTS.fullmatch(name) else part_texts
            yield from (TextContents("part", text) for text in read_texts(container, name))
    for name in container.parts:
        if not name.endswith(XML_PARTS) and container.parts[name].file_size:
            texts = printable_texts(container.read(name)) if is_searched(name) else ()
            yield from (TextContents("part", text) for text in texts if is_written(text))


def texts_beside_comments(container: Container, name: str) -> Iterator[str]:
    """What a part of comments says but for their texts, which an old copy of a thread repeats."""
    waiting = [xml_tree(container, name)]
    while waiting:
        element = waiting.pop()
        if element.tag != "text":
            yield from element_texts(element)
            waiting.extend(element)


def is_searched(name: str) -> bool:
    """Whether a part that is no XML can hold readable text; pictures hold noise."""
    return named_kind(name) not in {"images", "macros", "embedded_files"}
