"""The template of a deck where an administration has none of its own: a master and two layouts."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO

from pptx import Presentation
from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.charts.native_charts import Pptx, Xml
from dashboard.charts.slide_shapes import THEME_COLOURS, SlideBox, with_theme_colours
from dashboard.slides.default_layout import (
    COVER,
    COVER_BAR,
    FINDING,
    MASTER_MARKS,
    MASTER_TEXT,
    NUMBER_FRAME,
    TITLE_FRAME,
    TemplateMark,
    TemplateText,
)
from dashboard.slides.measures import SLIDE_HEIGHT, SLIDE_WIDTH
from dashboard.slides.template import COVER_LAYOUT, FINDING_LAYOUT

TYPEFACE = "Arial"  # in every Office, with Greek; Liberation Sans has the same widths
NO_MARGINS = 'lIns="0" tIns="0" rIns="0" bIns="0"'
SLIDE_NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


@cache
def default_template() -> bytes:
    """The file, which a user may save and change."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(SLIDE_WIDTH), Pt(SLIDE_HEIGHT)
    master = deck.slide_master
    write_theme(master.part)
    cover, finding = deck.slide_layouts[0], deck.slide_layouts[5]
    for layout in list(deck.slide_layouts):
        if layout not in (cover, finding):
            deck.slide_layouts.remove(layout)
    cover.name, finding.name = COVER_LAYOUT, FINDING_LAYOUT
    bar = mark_element(30, TemplateMark("Bar", COVER_BAR, "dk2", THEME_COLOURS["dk2"]))
    refill(cover, [*placeholders(COVER), bar])
    refill(finding, placeholders(FINDING))
    inherited = (TITLE_FRAME, MASTER_TEXT, NUMBER_FRAME)  # all that a master may hold
    marks = (mark_element(20 + at, mark) for at, mark in enumerate(MASTER_MARKS))
    refill(master, [*placeholders(inherited), *marks])
    written = BytesIO()
    deck.save(written)
    return written.getvalue()


def write_theme(master: Part) -> None:
    """Colours and fonts: python-pptx has no interface for a theme."""
    related = master.rels.values()
    theme = next(one.target_part for one in related if one.reltype.endswith("/theme"))
    xml = with_theme_colours(theme.blob.decode())
    typeface = r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*'
    theme._blob = re.sub(typeface, rf"\g<1>{TYPEFACE}", xml).encode()  # noqa: SLF001


def refill(part: Pptx, elements: Iterable[Xml]) -> None:
    tree = part.shapes._spTree  # noqa: SLF001
    for shape in list(part.shapes):
        tree.remove(shape._element)  # noqa: SLF001
    for element in elements:
        tree.append(element)


def placeholders(texts: tuple[TemplateText, ...]) -> Iterator[Xml]:
    return (placeholder(number, text) for number, text in enumerate(texts, 2))


def colour_xml(colour: str) -> str:
    is_of_theme = colour in THEME_COLOURS
    kind = "schemeClr" if is_of_theme else "srgbClr"
    return f'<a:solidFill><a:{kind} val="{colour}"/></a:solidFill>'


def geometry_xml(box: SlideBox) -> str:
    x, y, width, height = map(Pt, (box.left, box.top, box.width, box.height))
    return (
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )


def placeholder(shape_id: int, text: TemplateText) -> Xml:
    index = "" if text.number is None else f' idx="{text.number}"'
    content = f'<a:r><a:rPr lang="en-GB"/><a:t>{text.name}</a:t></a:r>'
    is_number = text.kind == "sldNum"
    if is_number:
        content = (
            f'<a:fld id="{SLIDE_NUMBER_FIELD}" type="slidenum">'
            '<a:rPr lang="en-GB"/><a:t>0</a:t></a:fld>'
        )
    return parse_xml(f"""
        <p:sp {nsdecls("p", "a")}>
          <p:nvSpPr>
            <p:cNvPr id="{shape_id}" name="{text.name}"/>
            <p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>
            <p:nvPr><p:ph type="{text.kind}"{index}/></p:nvPr>
          </p:nvSpPr>
          <p:spPr>{geometry_xml(text.box)}</p:spPr>
          <p:txBody>
            <a:bodyPr {NO_MARGINS} anchor="{text.anchor}"><a:normAutofit/></a:bodyPr>
            <a:lstStyle>
              <a:lvl1pPr marL="0" indent="0" algn="{"r" if is_number else "l"}">
                <a:lnSpc><a:spcPct val="95000"/></a:lnSpc>
                <a:spcBef><a:spcPts val="0"/></a:spcBef>
                <a:buNone/>
                <a:defRPr sz="{text.size * 100:.0f}" b="{text.is_bold:d}">
                  {colour_xml(text.colour)}
                </a:defRPr>
              </a:lvl1pPr>
            </a:lstStyle>
            <a:p>{content}</a:p>
          </p:txBody>
        </p:sp>""")


def mark_element(shape_id: int, mark: TemplateMark) -> Xml:
    colour = colour_xml(mark.colour)
    return parse_xml(f"""
        <p:sp {nsdecls("p", "a")}>
          <p:nvSpPr>
            <p:cNvPr id="{shape_id}" name="{mark.name}"/>
            <p:cNvSpPr/>
            <p:nvPr userDrawn="1"/>
          </p:nvSpPr>
          <p:spPr>
            {geometry_xml(mark.box)}{colour_xml(mark.ground)}<a:ln w="15875">{colour}</a:ln>
          </p:spPr>
          <p:txBody>
            <a:bodyPr {NO_MARGINS} anchor="ctr"/>
            <a:lstStyle/>
            <a:p>
              <a:pPr algn="ctr"/>
              <a:r><a:rPr lang="en-GB" sz="1400" b="1">{colour}</a:rPr><a:t> </a:t></a:r>
            </a:p>
          </p:txBody>
        </p:sp>""")
