"""What the clean copy of an OpenDocument spreadsheet leaves out, and its texts to be searched."""

import re
from collections.abc import Iterator

from metrics.intake.formats.contents import TextContents
from metrics.intake.formats.shared.container import XML_PARTS, Container, part_key
from metrics.intake.formats.shared.markup import xml_tree
from metrics.intake.formats.shared.part_texts import is_written, part_texts
from metrics.intake.formats.shared.zip_layout import printable_texts

KINDS = {
    "macros": r"(basic|scripts)/.*\.(xml|xlb|xba|py|js|bsh)",
    "images": r"(.*/)?(pictures|media)/.*|(?!thumbnails/).*\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)",
    "embedded_files": r"(object|objectreplacements)[ /].*",
    "revisions": r"versionlist\.xml|versions/.*",
    "signatures": r"meta-inf/.*signatures.*\.xml",
    "custom_data": r"(xforms|database|forms|reports)/.*",
}
# The preview and the settings that a program stores with a file.
OF_PROGRAMS = re.compile(
    r"mimetype|meta-inf/(manifest|documentsignatures|macrosignatures)\.xml|manifest\.rdf"
    r"|thumbnails/.*|configurations2/.*|layout-cache|settings\.xml"
)
# Parts that are no XML and that programs write; any other may hold anything, packed.
PREVIEW = re.compile(r"thumbnails/thumbnail\.\w+")
BINARY = re.compile(rf"mimetype|layout-cache|.*\.rdf|{PREVIEW.pattern}|.*/")
PARTS = {"content.xml", "styles.xml", "meta.xml", "settings.xml"}


def left_out_kinds(container: Container, *, is_external: bool, is_hidden: bool) -> list[str]:
    """The kinds of what is left out, each once."""
    kinds = {kind for name in container.parts if (kind := kind_of(name))}
    kinds |= {"external_links"} if is_external else set()
    kinds |= {"unlisted_parts"} if unlisted_parts(container) else set()
    kinds |= {"hidden_sheets"} if is_hidden else set()
    order = [*KINDS, "external_links", "unlisted_parts", "hidden_sheets"]
    return [kind for kind in order if kind in kinds]


def kind_of(name: str) -> str:
    """The kind of a part; one that no program is known to write may be any file."""
    is_known = name.endswith(XML_PARTS) or BINARY.fullmatch(name)
    return named_kind(name) or ("" if is_known else "embedded_files")


def named_kind(name: str) -> str:
    return next((kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, name)), "")


def unlisted_parts(container: Container) -> set[str]:
    """The parts that the list of contents does not name."""
    manifest = xml_tree(container, "META-INF/manifest.xml")
    listed = {part_key(entry.get("full-path", "")) for entry in manifest.iter("file-entry")}
    return {
        name
        for name, info in container.parts.items()
        if info.file_size and name not in listed | PARTS and not OF_PROGRAMS.fullmatch(name)
    }


def left_out_texts(container: Container, known: set[str]) -> Iterator[TextContents]:
    """The texts of all parts, but for those that are known from the reading of cells."""
    for name in container.parts:
        for text in texts_of_part(container, name):
            if text not in known:
                known.add(text)
                yield TextContents("part", text)


def texts_of_part(container: Container, name: str) -> Iterator[str]:
    if name == "meta.xml":  # read as properties
        return
    if name.endswith(XML_PARTS):
        yield from part_texts(container, name)
    elif container.parts[name].file_size and not is_opaque(name):
        yield from filter(is_written, printable_texts(container.read(name)))


def is_opaque(name: str) -> bool:
    """Whether a part is a picture or an object, which holds noise."""
    return bool(BINARY.fullmatch(name) and name.startswith("thumbnails/")) or named_kind(name) in {
        "images",
        "embedded_files",
    }
