"""Workbooks with data about an invented person in a place that no table shows."""

import struct
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable, Mapping
from io import BytesIO
from xml.sax.saxutils import escape

import xlsxwriter

from tests.hostile import parts_of

NAME, MAIL, PHONE = "Anna Virtanen", "anna.virtanen@example.org", "+358 40 123 4567"
PERSON = f"{NAME}, born 1.1.1990, {MAIL}, {PHONE}"
# What must be in no byte that is kept.
TRACES = (NAME.encode(), b"Virtanen", MAIL.encode(), b"123 4567", NAME.encode("utf-16-le"))

Parts = dict[str, bytes]
Change = Callable[[Parts], object]

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
SHEET_LINKS, BOOK_LINKS = "xl/worksheets/_rels/sheet1.xml.rels", "xl/_rels/workbook.xml.rels"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROWS: list[list[str | int]] = [
    ["indicator", "area", "period", "value", "remark"],
    ["ICSE_VICTIMS", "FI", "2024", 14, ""],
]


def workbook() -> bytes:
    """A submission that is accepted."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Figures")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def zip_of(parts: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def linked(part: str, content: str | bytes, kind: str, links: str = BOOK_LINKS) -> Change:
    """A part of its own, to which the workbook, or the sheet, refers."""

    def add(parts: Parts) -> None:
        parts[part] = content.encode() if isinstance(content, str) else content
        empty = (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b"</Relationships>"
        )
        link = f'<Relationship Id="rId90" Type="{RELATION}/{kind}" Target="/{part}"/>'
        old = parts.get(links, empty)
        parts[links] = old.replace(b"</Relationships>", link.encode() + b"</Relationships>")

    return add


def before(part: str, mark: str, xml: str) -> Change:
    """XML put before a mark in a part that every workbook has."""

    def insert(parts: Parts) -> None:
        assert mark.encode() in parts[part], (part, mark)
        parts[part] = parts[part].replace(mark.encode(), xml.encode() + mark.encode(), 1)

    return insert


def instead(part: str, old: str, new: str) -> Change:
    def replace(parts: Parts) -> None:
        assert old.encode() in parts[part], (part, old)
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)

    return replace


def after_cells(xml: str) -> Change:
    return before(SHEET, "<pageMargins", xml)


def in_sheet(xml: str) -> Change:
    return before(SHEET, "</worksheet>", xml)


def link_outside(kind: str, target: str, element: str = "") -> Change:
    """A link of the sheet to something outside, with the element that uses it."""

    def add(parts: Parts) -> None:
        linked("docProps/nothing.xml", "<x/>", kind, SHEET_LINKS)(parts)
        del parts["docProps/nothing.xml"]
        parts[SHEET_LINKS] = parts[SHEET_LINKS].replace(
            b'Target="/docProps/nothing.xml"', f'Target="{target}" TargetMode="External"'.encode()
        )
        after_cells(element)(parts)

    return add


def linked_to(target: str) -> Change:
    """A cell with a link to a file or page."""
    return link_outside("hyperlink", target,
                        '<hyperlinks><hyperlink ref="A1" r:id="rId90"/></hyperlinks>')  # fmt: skip


def formula(text: str) -> Change:
    cell = f'<c r="G2"><f>{escape(text)}</f><v>1</v></c></row>'
    return lambda parts: parts.__setitem__(
        SHEET, cell.encode().join(parts[SHEET].rsplit(b"</row>", 1))
    )


def typed_cell(kind: str, value: str) -> Change:
    """A cell at the end of the last row, with a value of that type."""
    cell = f'<c r="G2" t="{kind}">{value}</c></row>'
    return lambda parts: parts.__setitem__(
        SHEET, cell.encode().join(parts[SHEET].rsplit(b"</row>", 1))
    )


def in_last_row(xml: str) -> Change:
    return before(SHEET, "</row></sheetData>", xml)


def packed(*, in_base64: bool) -> bytes:
    """An archive that holds the person, packed."""
    archive = zip_of({"Formulas/Section1.m": f'section x; y = "{PERSON}";'.encode()})
    return b"<DataMashup>" + b64encode(archive) + b"</DataMashup>" if in_base64 else archive


def comments(comment: str) -> Change:
    listed = (
        f"<comments><authors><author/></authors><commentList>{comment}</commentList></comments>"
    )
    return linked("xl/comments1.xml", listed, "comments", SHEET_LINKS)


def thread(inner: str) -> Change:
    comment = (
        f'<threadedComment ref="D2" personId="x"><text>estimated</text>{inner}</threadedComment>'
    )
    return linked("xl/threadedComments/threadedComment1.xml",
                  f"<ThreadedComments>{comment}</ThreadedComments>", "threadedComment",
                  SHEET_LINKS)  # fmt: skip


def table(columns: str) -> Change:
    return linked("xl/tables/table1.xml",
                  f'<table displayName="T"><tableColumns>{columns}</tableColumns></table>', "table",
                  SHEET_LINKS)  # fmt: skip


def sheet_of_a_chart(parts: Parts) -> None:
    linked("xl/chartsheets/sheet1.xml", "<chartsheet/>", "chartsheet")(parts)
    before(BOOK, "</sheets>", f'<sheet name="{NAME}" sheetId="9" r:id="rId90"/>')(parts)


def unused_string(parts: Parts) -> None:
    before("xl/sharedStrings.xml", "</sst>", f"<si><t>{PERSON}</t></si>")(parts)


def phonetic(parts: Parts) -> None:
    instead("xl/sharedStrings.xml", "<t>area</t>",
            f'<t>area</t><rPh sb="0" eb="1"><t>{PERSON}</t></rPh>')(parts)  # fmt: skip


def threaded(parts: Parts) -> None:
    linked("xl/persons/person.xml", f'<personList><person displayName="{PERSON}"/></personList>',
           "person")(parts)  # fmt: skip


def comment_author(parts: Parts) -> None:
    listed = (
        f"<comments><authors><author>{PERSON}</author></authors><commentList>"
        '<comment ref="D2" authorId="0"><text><t>estimated</t></text></comment></commentList>'
        "</comments>"
    )
    linked("xl/comments1.xml", listed, "comments", SHEET_LINKS)(parts)


def extended(parts: Parts) -> None:
    in_sheet(f'<extLst><ext uri="{{x}}"><note>{PERSON}</note></ext></extLst>')(parts)


def custom(name: str, text: str) -> Change:
    xml = f'<Properties><property name="{name}"><lpwstr>{text}</lpwstr></property></Properties>'
    return linked("docProps/custom.xml", xml, "custom-properties", "_rels/.rels")


def styled(old: str, new: str) -> Change:
    return instead("xl/styles.xml", old, new)


def validation(xml: str, attributes: str = "") -> Change:
    return after_cells(
        f'<dataValidations><dataValidation sqref="F2" type="list" {attributes}>{xml}'
        "</dataValidation></dataValidations>"
    )


CHART = f"<chartSpace><c><strCache><pt><v>{PERSON}</v></pt></strCache></c></chartSpace>"
# Where the person is put in an Excel workbook. Each is refused: the person is found, or the place
# is one that is never accepted.
XLSX: dict[str, Change] = {
    "pivot cache": linked("xl/pivotCache/pivotCacheRecords1.xml",
                          f'<r><s v="{PERSON}"/></r>', "pivotCacheDefinition"),
    "slicer cache": linked("xl/slicerCaches/slicerCache1.xml", f'<s><i n="{PERSON}"/></s>',
                           "slicerCache"),
    "embedded workbook": linked("xl/embeddings/book.xlsx", PERSON.encode(), "package"),
    "OLE object": linked("xl/embeddings/oleObject1.bin", PERSON.encode(), "oleObject"),
    "ActiveX": linked("xl/activeX/activeX1.bin", PERSON.encode(), "control"),
    "picture": linked("xl/media/image1.png", PERSON.encode(), "image"),
    "macro": linked("xl/vbaProject.bin", PERSON.encode(), "vbaProject"),
    "external link": linked("xl/externalLinks/externalLink1.xml",
                            f"<externalLink><row><v>{PERSON}</v></row></externalLink>",
                            "externalLink"),
    "connection": linked("xl/connections.xml",
                         f'<c><dbPr connection="User ID=x" command="{PERSON}"/></c>',
                         "connections"),
    "query": linked("xl/queryTables/queryTable1.xml", f'<q name="{PERSON}"/>', "queryTable"),
    "unused shared string": unused_string,
    "reading aid of a string": phonetic,
    "target of a link": linked_to(f"mailto:{MAIL}"),
    "file of a link": linked_to(f"file:///C:/Cases/{NAME}.docx"),
    "file of a link, escaped": linked_to("file:///C:/Cases/Anna%20Virtanen.docx"),
    "folder on a server": link_outside("externalLinkPath", f"\\\\files\\cases\\{NAME}\\figures.xlsx"),
    "file below the folder of the sender": linked_to(f"file:///C:/Users/jdoe/Cases/{NAME}.docx"),
    "page of a link": linked_to("https://www.example.org/cases/Anna_Virtanen.html"),
    "path in a formula": formula(f"'C:\\Cases\\[{NAME}.xlsx]Data'!A1"),
    "name of a vocabulary": instead(SHEET, "<worksheet ", f'<worksheet xmlns:x="urn:{MAIL}" '),
    "words of a vocabulary": instead(SHEET, "<worksheet ",
                                     '<worksheet xmlns:x="urn:cases:Anna_Virtanen" '),
    "prefix of a vocabulary": instead(SHEET, "<worksheet ",
                                      '<worksheet xmlns:Anna_Virtanen="urn:x" '),
    "name of an element": in_sheet("<extLst><Anna_Virtanen/></extLst>"),
    "name of an attribute": in_sheet('<extLst><ext Anna.Virtanen="1"/></extLst>'),
    "name in one word": linked("xl/tables/table1.xml", '<table displayName="AnnaVirtanen"/>',
                               "table", SHEET_LINKS),
    "name of a listed member": linked("xl/worksheets/Anna_Virtanen.bin", "x", "printerSettings",
                                      SHEET_LINKS),
    "name of a data part": linked(f"customXml/{NAME}.xml", "<x/>", "customXml"),
    "name of a folder": lambda parts: parts.update({f"xl/{NAME}/": b""}),
    "tip of a link": after_cells(
        f'<hyperlinks><hyperlink ref="A1" location="A2" tooltip="{PERSON}"/></hyperlinks>'),
    "text of a link": after_cells(
        f'<hyperlinks><hyperlink ref="A1" location="A2" display="{PERSON}"/></hyperlinks>'),
    "property like a stamp": custom("empact_note", PERSON),
    "stamp": custom("empact_template", PERSON),
    "name of a property": custom(PERSON, "x"),
    "Power Query": linked("customXml/item1.xml", f"<x>{PERSON}</x>".encode("utf-16"), "customXml"),
    "data of a program": linked("customXml/item2.xml", f'<x note="{PERSON}"/>', "customXml"),
    "chart": linked("xl/charts/chart1.xml", CHART, "chart"),
    "drawing": linked("xl/drawings/drawing1.xml", f'<d><cNvPr name="{PERSON}"/></d>', "drawing",
                      SHEET_LINKS),
    "text box": linked("xl/drawings/vmlDrawing1.vml",
                       f"<xml><v:textbox xmlns:v='v'>{PERSON}<br></v:textbox></xml>",
                       "vmlDrawing", SHEET_LINKS),
    "revision log": linked("xl/revisions/revisionLog1.xml", f"<r><nc><v>{PERSON}</v></nc></r>",
                           "revisionLog"),
    "printer settings": linked("xl/printerSettings/printerSettings1.bin",
                               b"\0\1" + PERSON.encode("utf-16-le"), "printerSettings",
                               SHEET_LINKS),
    "digital signature": linked("_xmlsignatures/sig1.xml",
                                f"<Signature><Comments>{PERSON}</Comments></Signature>",
                                "signature", "_rels/.rels"),
    "list of a validation": validation(f'<formula1>"{PERSON}"</formula1>'),
    "prompt of a validation": validation("<formula1>1</formula1>", f'prompt="{PERSON}"'),
    "message of a validation": validation("<formula1>1</formula1>", f'error="{PERSON}"'),
    "formula with a value": formula(f'COUNTIF(A1:A9,"{PERSON}")'),
    "scenario": after_cells(
        f'<scenarios><scenario name="{PERSON}"><inputCells r="A1" val="1"/></scenario></scenarios>'),
    "protected range": after_cells(
        f'<protectedRanges><protectedRange sqref="A1" name="{PERSON}"/></protectedRanges>'),
    "conditional format": after_cells(
        '<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>'
        f'"{PERSON}"</formula></cfRule></conditionalFormatting>'),
    "number format": styled("<fonts", f"<numFmts><numFmt numFmtId=\"164\" formatCode='0\""
                            f"{PERSON}\"'/></numFmts><fonts"),
    "name of a style": styled('name="Normal"', f'name="{PERSON}"'),
    "extension": extended,
    "header": in_sheet(f"<headerFooter><oddHeader>{PERSON}</oddHeader></headerFooter>"),
    "defined name": instead(
        BOOK, "</sheets>",
        f'</sheets><definedNames><definedName name="x" comment="{PERSON}">1</definedName>'
        "</definedNames>"),
    "text of a defined name": instead(
        BOOK, "</sheets>", '</sheets><definedNames><definedName name="empact_area">'
        f'"{PERSON}"</definedName></definedNames>'),
    "name of a table": linked("xl/tables/table1.xml", f'<table displayName="{PERSON}"/>', "table",
                              SHEET_LINKS),
    "code name of a sheet": instead(SHEET, "<dimension", f'<sheetPr codeName="{NAME}"/><dimension'),
    "unlisted sheet": lambda parts: parts.update(
        {"xl/worksheets/sheet9.xml": f"<worksheet><t>{PERSON}</t></worksheet>".encode()}),
    "unlisted member": lambda parts: parts.update({"persons.csv": PERSON.encode()}),
    "property": instead("docProps/app.xml", "</Properties>",
                        f"<Manager>{PERSON}</Manager></Properties>"),
    "titles of parts": instead("docProps/app.xml", "<TitlesOfParts>",
                               f"<TitlesOfParts><x>{PERSON}</x>"),
    "attribute of a property": instead("docProps/core.xml", "</cp:coreProperties>",
                                       f'<cp:x note="{PERSON}"/></cp:coreProperties>'),
    "attribute of a string": instead("xl/sharedStrings.xml", "<si><t>area",
                                     f'<si note="{PERSON}"><t>area'),
    "attribute of the strings": instead("xl/sharedStrings.xml", "<sst ", f'<sst note="{PERSON}" '),
    "child of a string": instead("xl/sharedStrings.xml", "<t>area</t>",
                                 f"<t>area</t><note>{PERSON}</note>"),
    "beside a comment": comments(
        f'<comment ref="D2" authorId="0"><text><t>x</t></text><note>{PERSON}</note></comment>'),
    "mention in a thread": thread(f'<mentions><mention name="{PERSON}"/></mentions>'),
    "comment in the XML": instead(BOOK, "<sheets>", f"<!-- {PERSON} --><sheets>"),
    "instruction in the XML": instead(BOOK, "<sheets>", f"<?note {PERSON}?><sheets>"),
    "metadata of cells": linked("xl/metadata.xml", f"<metadata><s>{PERSON}</s></metadata>",
                                "sheetMetadata"),
    "linked data type": linked("xl/richData/rdrichvalue.xml",
                               f"<rvData><rv><v>{PERSON}</v></rv></rvData>", "rdRichValue"),
    "label of confidentiality": linked("docMetadata/LabelInfo.xml", f'<l><x name="{PERSON}"/></l>',
                                       "classificationlabels", "_rels/.rels"),
    "menu of the file": linked("customUI/customUI.xml", f'<ui label="{PERSON}"/>', "extensibility",
                               "_rels/.rels"),
    "formula of a conditional format": after_cells(
        '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1">'
        f'<formula>A1="{PERSON}"</formula></cfRule></conditionalFormatting>'),
    "name of a protected range": after_cells(
        f'<protectedRanges><protectedRange name="{PERSON}" sqref="A1"/></protectedRanges>'),
    "title of a published range": in_sheet(
        f'<webPublishItems><webPublishItem id="1" divId="x" title="{PERSON}"/></webPublishItems>'),
    "list of types": instead("[Content_Types].xml", "</Types>",
                             f'<Override PartName="/{PERSON}" ContentType="x"/></Types>'),
    "name of a theme": linked("xl/theme/theme1.xml", f'<theme name="{PERSON}"/>', "theme"),
    "sheet of a chart": sheet_of_a_chart,
    "text in a row": in_last_row(PERSON),
    "text after the rows": before(SHEET, "</sheetData>", PERSON),
    "element in a row": in_last_row(f"<x>{PERSON}</x>"),
    "text in a cell": in_last_row(f'<c r="G2">{PERSON}<v>1</v></c>'),
    "name in a formula": formula("Anna_Virtanen+1"),
    "sheet in a formula": formula("Anna_Virtanen!A1"),
    "column of a table in a formula": formula("SUM(Table1[Anna Virtanen])"),
    "attribute for a place": linked("xl/tables/table1.xml", f'<table ref="{PERSON}"/>', "table",
                                    SHEET_LINKS),
    "typeface": linked("xl/theme/theme1.xml", f'<a><latin typeface="{PERSON}"/></a>', "theme"),
    "format of a chart": linked("xl/charts/chart1.xml",
                                f"<c><numFmt formatCode='0\"{PERSON}\"'/></c>", "chart"),
    "name of the program": instead("docProps/app.xml", "<Application>", f"<Application>{PERSON}"),
    "attribute of the author": instead("docProps/core.xml", "<dc:creator>",
                                       f'<dc:creator note="{PERSON}">'),
    "beside the author": instead("docProps/core.xml", "</dc:creator>",
                                 f"<x>{PERSON}</x></dc:creator>"),
    "attribute of a sheet in the list": instead(BOOK, 'sheetId="1"',
                                                f'sheetId="1" note="{PERSON}"'),
    "description of a defined name": instead(
        BOOK, "</sheets>", f'</sheets><definedNames><definedName name="x" description="{PERSON}">1'
        "</definedName></definedNames>"),
    "queries in base64": linked("customXml/item1.xml", packed(in_base64=True), "customXml"),
    "archive in a binary part": linked("xl/other.bin", packed(in_base64=False), "other"),
    "column of a table": table(f'<tableColumn name="{PERSON}" totalsRowLabel="x"/>'),
    "formula of a column": table(
        f'<tableColumn name="x"><calculatedColumnFormula>"{PERSON}"</calculatedColumnFormula>'
        "</tableColumn>"),
    "text of a conditional format": after_cells(
        f'<conditionalFormatting sqref="A1"><cfRule type="containsText" text="{PERSON}"/>'
        "</conditionalFormatting>"),
    "list of a later version": in_sheet(
        '<extLst><ext><y:dataValidation xmlns:y="urn:y"><y:formula1><y:f>'
        f'"{PERSON},x"</y:f></y:formula1></y:dataValidation></ext></extLst>'),
    "choice of a filter": after_cells(
        '<autoFilter ref="A1:E2"><filterColumn colId="4"><filters>'
        f'<filter val="{PERSON}"/></filters></filterColumn></autoFilter>'),
    "order of a list": after_cells(
        f'<sortState ref="A1"><sortCondition ref="A1" customList="{PERSON}"/></sortState>'),
    "header of a view": after_cells(
        "<customSheetViews><customSheetView><headerFooter>"
        f"<oddHeader>&amp;L{PERSON}</oddHeader></headerFooter></customSheetView>"
        "</customSheetViews>"),
    "smart tag": in_sheet(
        f'<smartTags><cellSmartTags r="A1"><cellSmartTagPr key="k" val="{PERSON}"/>'
        "</cellSmartTags></smartTags>"),
    "watched cell": in_sheet(f'<cellWatches><cellWatch r="{PERSON}"/></cellWatches>'),
    "group of functions": before(BOOK, "</workbook>",
                                 f'<functionGroups><g name="{PERSON}"/></functionGroups>'),
    "published page": before(BOOK, "</workbook>",
                             f'<o><webPublishObject destinationFile="C:\\x\\{NAME}.htm"/></o>'),
    "password of the workbook": before(
        BOOK, "<sheets>", f'<workbookProtection workbookPassword="{PERSON}"/>'),
    "file of a defined name": instead(
        BOOK, "</sheets>", '</sheets><definedNames><definedName name="x">'
        f"'[{NAME}.xlsx]S'!A1</definedName></definedNames>"),
    "escaped defined name": instead(
        BOOK, "</sheets>", '</sheets><definedNames><definedName name="_x0041_nna_Virtanen" '
        'hidden="1">1</definedName></definedNames>'),
    "chart of a later version": linked(
        "xl/charts/chartEx1.xml", f"<c><strDim><pt>{PERSON}</pt></strDim></c>", "chartEx"),
    "letters of a title": linked(
        "xl/charts/chart1.xml",
        f"<c><p>{''.join(f'<r><t>{letter}</t></r>' for letter in NAME)}</p></c>", "chart"),
    "shapes of a chart": linked("xl/drawings/drawing9.xml",
                                f"<u><p><r><t>{PERSON}</t></r></p></u>", "chartUserShapes"),
    "field of a pivot cache": linked(
        "xl/pivotCache/pivotCacheDefinition1.xml",
        f'<p><cacheField name="{PERSON}" caption="x"/></p>', "pivotCacheDefinition"),
    "caption of a pivot table": linked("xl/pivotTables/pivotTable1.xml",
                                       f'<p dataCaption="{PERSON}"/>', "pivotTable", SHEET_LINKS),
    "sheet of an external link": linked(
        "xl/externalLinks/externalLink1.xml",
        f'<externalLink><sheetName val="{PERSON}"/></externalLink>', "externalLink"),
    "colours of a theme": linked("xl/theme/theme1.xml",
                                 f'<t><clrScheme name="{PERSON}"/></t>', "theme"),
    "printer in other bytes": linked("xl/printerSettings/printerSettings1.bin",
                                     b"\0\1" + PERSON.encode("utf-16-be"), "printerSettings",
                                     SHEET_LINKS),
    "schema of data": linked("customXml/itemProps1.xml",
                             f'<d><schemaRef uri="urn:{MAIL}"/></d>', "customXmlProps"),
    "map of XML": linked("xl/xmlMaps.xml", f'<m><Schema><x name="{PERSON}"/></Schema></m>',
                         "xmlMaps"),
    "topic of live data": linked("xl/volatileDependencies.xml",
                                 f"<v><tp><stp>{PERSON}</stp></tp></v>", "volatileDependencies"),
    "add-in": linked("xl/webextensions/webextension1.xml",
                     f'<w><property name="x" value="{PERSON}"/></w>', "webextension"),
    "list of a control": linked("xl/ctrlProps/ctrlProp1.xml",
                                f'<f><item val="{PERSON}"/></f>', "ctrlProp", SHEET_LINKS),
    "target of a property": linked(
        "docProps/custom.xml",
        '<Properties><property name="x" linkTarget="Anna_Virtanen"/></Properties>',
        "custom-properties", "_rels/.rels"),
    "stamp with signs": custom("empact_round", "Anna-Virtanen"),
    "stamp in hexadecimal digits": custom("empact_template", NAME.encode().hex()),
    "base of links": instead("docProps/app.xml", "</Properties>",
                             f"<HyperlinkBase>https://x.example/{NAME}</HyperlinkBase></Properties>"),
    "runs of a comment": comments(
        '<comment ref="D2" authorId="0"><text><r><t>An</t></r><r><t>na Virt</t></r><r><t>anen</t>'
        "</r></text></comment>"),
    "identifier of a comment": comments(
        f'<comment ref="D2" authorId="0" uid="{PERSON}"><text><t>x</t></text></comment>'),
    "escaped comment": comments(
        '<comment ref="D2" authorId="0"><text><t>_x0041_nna _x0056_irtanen</t></text></comment>'),
    "escaped name of a sheet": instead(BOOK, 'name="Figures"', 'name="_x0041_nna Virtanen"'),
    "name of a sheet in references": instead(BOOK, 'name="Figures"', 'name="&#65;nna Virtanen"'),
    "spaced name of a sheet": instead(BOOK, 'name="Figures"', 'name="A n n a V i r t a n e n"'),
    "format of a difference": styled(
        '<dxfs count="0"/>',
        f"<dxfs><dxf><numFmt numFmtId='170' formatCode='0\"{PERSON}\"'/></dxf></dxfs>"),
    "letters of a number format": styled(
        "<fonts", "<numFmts><numFmt numFmtId='164' formatCode='"
        + "".join(f"\\{letter}" for letter in NAME) + "'/></numFmts><fonts"),
    "style of tables": styled("</styleSheet>",
                              f'<tableStyles><t name="{PERSON}"/></tableStyles></styleSheet>'),
    "other content": in_sheet(
        f'<m:AlternateContent xmlns:m="m"><m:Fallback><x t="{PERSON}"/></m:Fallback>'
        "</m:AlternateContent>"),
    "type of a part": instead("[Content_Types].xml", "</Types>",
                              f'<Default Extension="x" ContentType="{PERSON}"/></Types>'),
    "identifier of a link": instead(
        BOOK_LINKS, "</Relationships>",
        f'<Relationship Id="{PERSON}" Type="x" Target="styles.xml"/></Relationships>'),
    "waste of a program": lambda parts: parts.update({"[trash]/0000.dat": PERSON.encode()}),
    "text that a formula joined": typed_cell(
        "str", f"<f>CHAR(65)&amp;CHAR(110)</f><v>{PERSON}</v>"),
    "formula for several cells": typed_cell(
        "str", f'<f t="shared" ref="G2:G3" si="0">"{PERSON}"</f><v>x</v>'),
    "escaped cell": typed_cell("inlineStr", "<is><t>_x005F_x0041_nna Virtanen</t></is>"),
    "place of a comment": comments(
        f'<comment ref="{PERSON}" authorId="0"><text><t>info@example.org</t></text></comment>'),
    "text as a date": typed_cell("d", f"<v>{PERSON}</v>"),
    "formula without a value": typed_cell("n", "<f>+358 40 123 4567</f>"),
}  # fmt: skip
# What no reader gives may not be kept, and a sentence that refuses it may not quote it.
XLSX_REFUSED: dict[str, Change] = {
    "text in the place of its number": typed_cell("s", f"<v>{PERSON}</v>"),
    "cell that is there twice": typed_cell(
        "str", f'<v>{PERSON}</v></c><c r="G2" t="str"><v>x</v>'),
    "text beside a value": typed_cell("str", f"<v>x</v><is><t>{PERSON}</t></is>"),
    "second value": typed_cell("str", f"<v>{PERSON}</v><v>x</v>"),
    "value before a formula": typed_cell("str", f"<v>{PERSON}</v><f>A1</f>"),
    "truth value": typed_cell("b", f"<v>{PERSON}</v>"),
    "error": typed_cell("e", f"<v>{PERSON}</v>"),
    "error of a short text": typed_cell("e", "<v>#Anna_Virtanen</v>"),
    "type of a cell": typed_cell(PERSON, "<v>1</v>"),
    "entity": typed_cell("str", "<v>&Anna_Virtanen;</v>"),
    "entity in a property": instead("docProps/core.xml", "</cp:coreProperties>",
                                    "<cp:x>&Anna_Virtanen;</cp:x></cp:coreProperties>"),
    "name of an encoding": lambda parts: parts.__setitem__(
        SHEET, b'<?xml version="1.0" encoding="Anna.Virtanen"?>' + parts[SHEET].partition(b"?>")[2]),
    "two sheets of one name": instead(
        BOOK, '<sheet name="Figures"', f'<sheet name="{MAIL}" sheetId="9" r:id="rId1"/>'
        f'<sheet name="{MAIL}"'),
    "state of a sheet": instead(BOOK, 'name="Figures"', f'name="Figures" state="{PERSON}"'),
}  # fmt: skip
# Places of which two readers give different cells.
XLSX_AMBIGUOUS: dict[str, Change] = {
    "value of a text in its cell": typed_cell("inlineStr", f"<v>{PERSON}</v>"),
    "text of a cell without one": typed_cell("n", f"<is><t>{PERSON}</t></is>"),
    "element in a shared text": instead(
        "xl/sharedStrings.xml", "<t>remark</t>", f"<t><x>{PERSON}</x>remark</t>"
    ),
    "section in a value": typed_cell("str", f"<v><![CDATA[{PERSON}]]></v>"),
}
# Of these places nothing can be read, so the workbook is refused whatever they hold.
OPAQUE = {
    "archive in a binary part",
    "embedded workbook",
    "OLE object",
    "ActiveX",
    "picture",
    "macro",
}
# Where programs write by themselves who works on a file: left out, and no reason to refuse it.
XLSX_AUTHORS: dict[str, Change] = {
    "author": instead("docProps/core.xml", "</dc:creator>", f"{PERSON}</dc:creator>"),
    "author of a comment": comment_author,
    "persons of threads": threaded,
    "who shares": instead(BOOK, "<sheets>", f'<fileSharing userName="{PERSON}"/><sheets>'),
    "with whom it is shared": linked(
        "customXml/item3.xml",
        f"<p:properties><SharedWithUsers><UserInfo><DisplayName>{PERSON}</DisplayName>"
        "<AccountId>9</AccountId></UserInfo></SharedWithUsers></p:properties>", "customXml"),
    "path": instead(BOOK, "<sheets>", f'<absPath url="C:\\{PERSON}\\"/><sheets>'),
    "folder of the sender": linked_to("file:///C:/Users/Anna%20Virtanen/Figures/2024.xlsx"),
    "home on a server": link_outside("externalLinkPath", f"\\\\files\\home$\\{NAME}\\2024.xlsx"),
    "home of the sender": linked_to("file:///home/anna.virtanen/figures/2024.xlsx"),
    "view of a person": instead(
        BOOK, "</sheets>",
        f'</sheets><customWorkbookViews><customWorkbookView name="{PERSON}"/>'
        "</customWorkbookViews>"),
    "who refreshed": linked("xl/pivotCache/pivotCacheDefinition1.xml",
                            f'<p refreshedBy="{PERSON}"/>', "pivotCacheDefinition"),
    "font": styled('<name val="Calibri"/>', f'<name val="{PERSON}"/>'),
    "attribute of a cell": instead(SHEET, '<c r="A1"', f'<c r="A1" x="{PERSON}"'),
    "attribute of a row": instead(SHEET, '<row r="1"', f'<row r="1" x="{PERSON}"'),
}  # fmt: skip


def xlsx(change: Change) -> bytes:
    parts = parts_of(workbook())
    change(parts)
    return zip_of(parts)


def appended(content: bytes) -> bytes:
    return content + PERSON.encode()


def prepended(content: bytes) -> bytes:
    return PERSON.encode() + content


def with_comment(content: bytes) -> bytes:
    stream = BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = PERSON.encode()
    return stream.getvalue()


def with_member_comment(content: bytes) -> bytes:
    return _with_member(content, comment=PERSON.encode())


def with_extra_field(content: bytes) -> bytes:
    field = PERSON.encode()
    return _with_member(content, extra=struct.pack("<2H", 0x9999, len(field)) + field)


def _with_member(content: bytes, **attributes: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, part) in enumerate(parts_of(content).items()):
            info = zipfile.ZipInfo(name)
            if number == 0:
                for attribute, value in attributes.items():
                    setattr(info, attribute, value)
            archive.writestr(info, part)
    return stream.getvalue()


def between(content: bytes) -> bytes:
    """Bytes between the last member and the directory, which is moved."""
    end = content.rindex(b"PK\x05\x06")
    (start,) = struct.unpack("<L", content[end + 16 : end + 20])
    moved = start + len(PERSON.encode())
    tail = content[start : end + 16] + struct.pack("<L", moved) + content[end + 20 :]
    return content[:start] + PERSON.encode() + tail


def within_a_member(content: bytes) -> bytes:
    """Bytes after the packed stream of the first member, which count as part of it."""
    return _with_longer_member(content, lambda packed: packed + PERSON.encode())


def beyond_the_size_of_a_member(content: bytes) -> bytes:
    """A member that unpacks to more than its declared size, at which programs stop."""

    def lengthen(packed: bytes) -> bytes:
        plain = zlib.decompress(packed, -zlib.MAX_WBITS) + PERSON.encode()
        stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        return stream.compress(plain) + stream.flush()

    return _with_longer_member(content, lengthen)


def _with_longer_member(content: bytes, lengthen: Callable[[bytes], bytes]) -> bytes:
    """Rewrite the packed bytes of the first member, the only one that declares its length again."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        infos, directory = archive.infolist(), archive.start_dir
    first = next(info for info in infos if info.compress_type == zipfile.ZIP_DEFLATED)
    name, extra = struct.unpack_from("<2H", content, first.header_offset + 26)
    start = first.header_offset + 30 + name + extra
    end = start + first.compress_size
    packed = lengthen(content[start:end])
    more = len(packed) - first.compress_size
    changed = bytearray(content[:start] + packed + content[end:])
    struct.pack_into("<L", changed, first.header_offset + 18, len(packed))
    place = directory + more
    for info in infos:
        offset = info.header_offset + more * (info.header_offset > first.header_offset)
        struct.pack_into("<L", changed, place + 42, offset)
        if info is first:
            struct.pack_into("<L", changed, place + 20, len(packed))
        place += 46 + sum(struct.unpack_from("<3H", changed, place + 28))
    struct.pack_into("<L", changed, changed.rindex(b"PK\x05\x06") + 16, directory + more)
    return bytes(changed)


CONTAINER: dict[str, Callable[[bytes], bytes]] = {
    "after the archive": appended,
    "before the archive": prepended,
    "comment on the archive": with_comment,
    "comment on a member": with_member_comment,
    "extra field": with_extra_field,
    "between the members": between,
    "after the stream of a member": within_a_member,
    "beyond the size of a member": beyond_the_size_of_a_member,
}

OPEN_DOCUMENT = (
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    b'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    b'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)
CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
NUMBER_CELL = (
    '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p>'
    "</table:table-cell>"
)
CONTENT, LIST = "content.xml", "META-INF/manifest.xml"
SPREADSHEET = "<office:spreadsheet>"


def ods_parts() -> Parts:
    rows = "".join(
        "<table:table-row>"
        + "".join((NUMBER_CELL if isinstance(cell, int) else CELL).format(cell) for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    body = f'{SPREADSHEET}<table:table table:name="Figures">{rows}</table:table>'
    content = f"<office:body>{body}</office:spreadsheet></office:body>".encode()
    names = ("content.xml", "meta.xml", "styles.xml", "settings.xml")
    entries = "".join(f'<file-entry full-path="{name}"/>' for name in names)
    return {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        LIST: f"<manifest>{entries}</manifest>".encode(),
        CONTENT: b"<office:document-content " + OPEN_DOCUMENT + b">" + content
        + b"</office:document-content>",
        "meta.xml": b"<office:document-meta " + OPEN_DOCUMENT
        + b"><office:meta></office:meta></office:document-meta>",
        "styles.xml": b"<office:document-styles " + OPEN_DOCUMENT + b"></office:document-styles>",
        "settings.xml": b"<office:document-settings " + OPEN_DOCUMENT
        + b"></office:document-settings>",
    }  # fmt: skip


def listed(name: str, content: str | bytes) -> Change:
    def add(parts: Parts) -> None:
        parts[name] = content.encode() if isinstance(content, str) else content
        before(LIST, "</manifest>", f'<file-entry full-path="{name}"/>')(parts)

    return add


def style(xml: str) -> Change:
    return before("styles.xml", "</office:document-styles>", xml)


def in_cell(xml: str) -> Change:
    return instead(CONTENT, "<text:p>area</text:p>", f"<text:p>area</text:p>{xml}")


TRACKED = f"<table:tracked-changes><x><text:p>{PERSON}</text:p></x></table:tracked-changes>"
VALIDATION = (
    f'<table:content-validations><v><table:help-message table:title="{PERSON}">'
    f"<text:p>{PERSON}</text:p></table:help-message></v></table:content-validations>"
)
LINKED_TABLE = (
    "<table:table table:name=\"'file:///x.ods'#a\"><table:table-row>"
    f"{CELL.format(PERSON)}</table:table-row></table:table>"
)
ODS: dict[str, Change] = {
    "cached table of a linked sheet": before(CONTENT, "</office:spreadsheet>", LINKED_TABLE),
    "tracked changes": instead(CONTENT, SPREADSHEET, SPREADSHEET + TRACKED),
    "message of a validation": instead(CONTENT, SPREADSHEET, SPREADSHEET + VALIDATION),
    "earlier version": listed("Versions/Version1", PERSON.encode()),
    "list of versions": listed("VersionList.xml", f"<v><e comment='{PERSON}'/></v>"),
    "target of a link": in_cell(f'<text:p><text:a xlink:href="mailto:{MAIL}">x</text:a></text:p>'),
    "file of a link": in_cell(
        '<text:p><text:a xlink:href="file:///home/jdoe/Anna%20Virtanen.odt">x</text:a></text:p>'),
    "name of a vocabulary": instead(CONTENT, "<office:body>",
                                    f'<office:body xmlns:x="urn:{MAIL}">'),
    "name of an element": instead(CONTENT, SPREADSHEET, f"{SPREADSHEET}<Anna_Virtanen/>"),
    "name of a folder": lambda parts: parts.update({f"Configurations2/{NAME}/": b""}),
    "formula": instead(CONTENT, 'office:value="14"',
                       f"office:value=\"14\" table:formula='of:=COUNTIF([.A1];\"{PERSON}\")'"),
    "text that differs from what is shown": instead(
        CONTENT, '"string"><text:p>remark', f'"string" office:string-value="{PERSON}"><text:p>remark'),
    "shown text that differs": instead(
        CONTENT, '"string"><text:p>remark',
        f'"string" office:string-value="remark"><text:p>{PERSON}'),
    "picture": listed("Pictures/1.png", PERSON.encode()),
    "embedded object": listed("Object 1/content.xml", f"<x><p>{PERSON}</p></x>"),
    "macro": listed("Basic/Standard/Module1.xml", f"<m>{PERSON}</m>"),
    "script": listed("Scripts/python/a.py", f"# {PERSON}"),
    "settings": before("settings.xml", "</office:document-settings>", f"<x>{PERSON}</x>"),
    "style": style(f"<x name='{PERSON}'/>"),
    "form": listed("Database/forms.xml", f"<x>{PERSON}</x>"),
    "scenario": instead(CONTENT, SPREADSHEET,
                        f'{SPREADSHEET}<table:scenario table:comment="{PERSON}"/>'),
    "shape": in_cell(f'<draw:frame draw:name="{PERSON}"/>'),
    "property": before("meta.xml", "</office:meta>",
                       f'<meta:user-defined meta:name="x">{PERSON}</meta:user-defined>'),
    "unlisted member": lambda parts: parts.update({"persons.csv": PERSON.encode()}),
    "chart": listed("Object 2/content.xml", f"<x><p>{PERSON}</p></x>"),
    "signature": listed("META-INF/documentsignatures.xml", f"<s><c>{PERSON}</c></s>"),
    "comment in the XML": instead(CONTENT, SPREADSHEET, f"<!-- {PERSON} -->{SPREADSHEET}"),
    "statements on parts": listed("manifest.rdf", f"<x>{PERSON}</x>"),
    "media type": lambda parts: parts.__setitem__(
        "mimetype", parts["mimetype"] + f" {PERSON}".encode()),
    "list of contents": instead(LIST, 'full-path="meta.xml"',
                                f'full-path="meta.xml" media-type="{PERSON}"'),
    "program": before("meta.xml", "</office:meta>", f"<meta:generator>{PERSON}</meta:generator>"),
    "day of printing": before("meta.xml", "</office:meta>",
                              f"<meta:print-date>{PERSON}</meta:print-date>"),
    "beside the preview": listed("Thumbnails/notes.txt", PERSON.encode()),
    "title of a template": before("meta.xml", "</office:meta>",
                                  f'<meta:template xlink:title="{PERSON}"/>'),
    "link to another program": before(
        CONTENT, "</office:spreadsheet>",
        f'<table:dde-links><x office:dde-item="{PERSON}"/></table:dde-links>'),
    "name of a range": before(
        CONTENT, "</office:spreadsheet>",
        f'<table:database-ranges><x table:name="{PERSON}"/></table:database-ranges>'),
    "title of a sheet": instead(CONTENT, 'table:name="Figures">',
                                f'table:name="Figures"><table:title>{PERSON}</table:title>'),
    "hidden text": in_cell(
        f'<text:p>x<text:hidden-text text:string-value="{PERSON}"/></text:p>'),
    "field": in_cell(f'<text:p><text:user-field-get text:name="{PERSON}">x</text:user-field-get></text:p>'),
    "error": instead(CONTENT, "<text:p>remark</text:p>", f"<text:p>#{PERSON}</text:p>"),
    "text of a number format": style(f"<text>{PERSON}</text>"),
    "currency": style(f"<currency-symbol>{PERSON}</currency-symbol>"),
    "condition of a style": style(f"<map condition='cell-content()=&quot;{PERSON}&quot;'/>"),
    "printer": before("settings.xml", "</office:document-settings>",
                      f"<x name='PrinterName'>{PERSON}</x>"),
    "keyword": before("meta.xml", "</office:meta>", f"<meta:keyword>{PERSON}</meta:keyword>"),
    "initials of a comment": in_cell(
        f"<office:annotation><meta:creator-initials>{PERSON}</meta:creator-initials>"
        "<text:p>y</text:p></office:annotation>"),
    "reading aid": in_cell(
        f"<text:p>x<text:ruby><text:ruby-text>{PERSON}</text:ruby-text></text:ruby></text:p>"),
    "footnote": in_cell(
        f"<text:p>x<text:note><text:p>{PERSON}</text:p></text:note></text:p>"),
    "bookmark": in_cell(f'<text:p>x<text:bookmark text:name="{PERSON}"/></text:p>'),
    "covered cell": instead(
        CONTENT, "</table:table-row>", '<table:covered-table-cell office:value-type="string">'
        f"<text:p>{PERSON}</text:p></table:covered-table-cell></table:table-row>"),
    "table in a cell": in_cell(
        f'<table:table table:name="x"><table:table-row>{CELL.format(PERSON)}</table:table-row>'
        "</table:table>"),
    "settings of calculation": instead(
        CONTENT, SPREADSHEET, f'{SPREADSHEET}<table:calculation-settings table:x="{PERSON}"/>'),
    "range of labels": instead(
        CONTENT, SPREADSHEET, f'{SPREADSHEET}<table:label-range table:label-cell-range-address="'
        f'{PERSON}"/>'),
    "identifier of a paragraph": in_cell('<text:p text:id="Anna_Virtanen">x</text:p>'),
    "number that shows a text": instead(CONTENT, "<text:p>14</text:p>", f"<text:p>{PERSON}</text:p>"),
    "day that shows a text": instead(
        CONTENT, CELL.format("remark"), '<table:table-cell office:value-type="date" '
        f'office:date-value="2024-01-01"><text:p>{PERSON}</text:p></table:table-cell>'),
    "duration": instead(
        CONTENT, CELL.format("remark"), '<table:table-cell office:value-type="time" '
        f'office:time-value="{PERSON}"><text:p>x</text:p></table:table-cell>'),
    "currency of a cell": instead(
        CONTENT, 'office:value-type="float"',
        f'office:value-type="currency" office:currency="{PERSON}"'),
    "letters with styles of their own": in_cell(
        "<text:p>" + "".join(f"<text:span>{letter}</text:span>" for letter in "AnnaVirtanen")
        + "</text:p>"),
    "script of a link": before(
        CONTENT, "</office:spreadsheet>",
        f'<office:event-listeners><x xlink:href="script:{NAME}"/></office:event-listeners>'),
    "formula of mathematics": listed("Object 3/content.xml", f"<m><mtext>{PERSON}</mtext></m>"),
    "keys of a program": lambda parts: parts.update(
        {"Configurations2/accelerator/current.xml": f"<x name='{PERSON}'/>".encode()}),
    "layout of pages": listed("layout-cache", PERSON.encode("utf-16-be")),
}  # fmt: skip
ODS_AUTHORS: dict[str, Change] = {
    "author": before("meta.xml", "</office:meta>", f"<dc:creator>{PERSON}</dc:creator>"),
    "author of a comment": in_cell(
        f"<office:annotation><dc:creator>{PERSON}</dc:creator><text:p>estimated</text:p>"
        "</office:annotation>"),
    "folder of the sender": in_cell(
        '<text:p><text:a xlink:href="file:///home/anna.virtanen/2024.odt">x</text:a></text:p>'),
    "preview": listed("Thumbnails/thumbnail.png", PERSON.encode()),
}  # fmt: skip


def ods(change: Change) -> bytes:
    parts = ods_parts()
    change(parts)
    return zip_of(parts)
