"""Files of Office programs in which each run of words names its language, in place of marks."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml

from dashboard.charts.language_tags import language_tag
from metrics.messages.language_marks import (
    LANGUAGE_TAG,
    has_language_marks,
    parts_by_language,
    unmarked,
)

Xml = Any  # an element of lxml, which declares no types
DRAWING_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KEPT_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NameLanguage = Callable[[Xml, str], None]


def with_run_languages(content: bytes, language: str) -> bytes:
    """The same file without marks; also the workbooks in it, whose cells name no language."""
    changed = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(changed, "w", ZIP_DEFLATED) as target:
        for info in source.infolist():
            part = source.read(info)
            if info.filename.endswith(".xlsx"):
                part = with_run_languages(part, language)
            elif info.filename.endswith((".xml", ".rels")):
                part = _part_with_languages(part, language)
            target.writestr(info, part, ZIP_DEFLATED)
    return changed.getvalue()


def _part_with_languages(part: bytes, language: str) -> bytes:
    if LANGUAGE_TAG.encode() not in part and b"&#917505;" not in part:
        return part
    root = parse_xml(part)
    for namespace, name_language in ((DRAWING_NAMESPACE, _in_drawing), (WORD_NAMESPACE, _in_word)):
        for run in list(root.iter(f"{{{namespace}}}r")):
            _split_run(run, f"{{{namespace}}}t", language, name_language)
    for element in _elements_with_marks(root):
        element.text = unmarked(element.text or "")
        for name, value in element.attrib.items():
            element.set(name, unmarked(value))
    return bytes(serialize_part_xml(root))


def _elements_with_marks(root: Xml) -> Iterator[Xml]:
    return (
        element
        for element in root.iter()
        if any(map(has_language_marks, [element.text or "", *element.attrib.values()]))
    )


def _split_run(run: Xml, text_name: str, language: str, name_language: NameLanguage) -> None:
    """A run for each part in one language."""
    text = run.find(text_name)
    if text is None or not has_language_marks(text.text or ""):
        return
    for part, spoken in parts_by_language(text.text, language):
        own = deepcopy(run)
        own.find(text_name).text = part
        name_language(own, language_tag(spoken))
        run.addprevious(own)
    run.getparent().remove(run)


def _in_drawing(run: Xml, tag: str) -> None:
    properties = run.find(f"{{{DRAWING_NAMESPACE}}}rPr")
    if properties is None:
        properties = run.makeelement(f"{{{DRAWING_NAMESPACE}}}rPr")
        run.insert(0, properties)
    properties.set("lang", tag)


def _in_word(run: Xml, tag: str) -> None:
    """The language is the last property of a run, after its look."""
    properties = run.find(f"{{{WORD_NAMESPACE}}}rPr")
    if properties is None:
        properties = run.makeelement(f"{{{WORD_NAMESPACE}}}rPr")
        run.insert(0, properties)
    for earlier in properties.findall(f"{{{WORD_NAMESPACE}}}lang"):
        properties.remove(earlier)
    properties.append(
        properties.makeelement(f"{{{WORD_NAMESPACE}}}lang", {f"{{{WORD_NAMESPACE}}}val": tag})
    )
    run.find(f"{{{WORD_NAMESPACE}}}t").set(KEPT_SPACE, "preserve")
