"""Copy the styles of an Excel workbook: number formats without texts, and plain formatting."""

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from metrics.intake.formats.shared.clean_archive import xml_attribute
from metrics.intake.formats.shared.marked_numbers import SYMBOL_FONTS
from metrics.intake.formats.shared.number_formats import (
    NOT_THE_NUMBER,
    SECTION,
    neutral_literal,
)
from metrics.intake.formats.xlsx.clean_sheet import MAIN, NUMBER, TRUTH, allowed
from metrics.intake.formats.xlsx.conditional import format_of_condition

COLOUR = r"[0-9A-Fa-f]{6,8}"
COLOURS = {"rgb": COLOUR, "theme": NUMBER, "indexed": NUMBER, "tint": NUMBER, "auto": TRUTH}
FONTS = "Calibri|Aptos|Aptos Narrow|Arial|Times New Roman|Verdana|Tahoma|Cambria|Liberation Sans"
HORIZONTAL = "general|left|center|right|fill|justify|centerContinuous|distributed"
LINE_STYLES = (
    "none|thin|medium|dashed|dotted|thick|double|hair|mediumDashed|dashDot|mediumDashDot"
    "|dashDotDot|mediumDashDotDot|slantDashDot"
)
SIDE = {"style": LINE_STYLES}
FORMATTING: Mapping[str, Mapping[str, str]] = {
    "font": {},
    "name": {"val": f"{FONTS}|{SYMBOL_FONTS}"},
    "sz": {"val": NUMBER}, "b": {"val": TRUTH}, "i": {"val": TRUTH},
    "strike": {"val": TRUTH}, "vertAlign": {"val": "superscript|subscript|baseline"},
    "u": {"val": "single|double|none"}, "color": COLOURS,
    "fill": {},
    "patternFill": {"patternType": "none|solid|gray125|gray0625|lightGray|mediumGray|darkGray"},
    "fgColor": COLOURS, "bgColor": COLOURS,
    "border": {},
    "left": SIDE, "right": SIDE, "top": SIDE, "bottom": SIDE,
    "xf": {"numFmtId": NUMBER, "fontId": NUMBER, "fillId": NUMBER, "borderId": NUMBER,
           "applyNumberFormat": TRUTH, "applyFont": TRUTH, "applyFill": TRUTH,
           "applyBorder": TRUTH, "applyAlignment": TRUTH, "applyProtection": TRUTH,
           "quotePrefix": TRUTH},
    "alignment": {"horizontal": HORIZONTAL, "vertical": "top|center|bottom|justify|distributed",
                  "wrapText": TRUTH, "indent": NUMBER, "textRotation": NUMBER,
                  "shrinkToFit": TRUTH},
    "protection": {"locked": TRUTH, "hidden": TRUTH},
}  # fmt: skip
# A font, fill, border and style that every workbook has.
FIRST = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill>',
    "borders": "<border/>",
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
}
# What a number format says without quoting any text: durations, conditions, digits and signs.
FORMAT_TOKEN = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[(?P<kept>[hms]{1,3}|[<>=]{1,2}-?[0-9.]{1,20})\]|\[[^\]]*\]?'
    r"|(?P<sign>(?i:General)|AM/PM|A/P|E[+-]|[0#?.,%/:;@ +()-]|[ymdhsYMDHS])|.",
    re.DOTALL,
)
CONDITIONAL_FORMAT = "9999"  # a number of a format that no cell has
PUNCTUATION = {r"\-", r"\.", r"\ ", r"\/", r"\,", r"\:", r"\(", r"\)", r"\+"}


def styles_xml(styles: Element, forms: Sequence[Element]) -> str:
    """The styles of the copy; `forms` are the formats that its conditions refer to."""
    parts = "".join(style_list(styles.find(name), name) for name in ("fonts", "fills", "borders"))
    return (
        f'<styleSheet xmlns="{MAIN}">{number_formats(styles)}{parts}'
        f'<cellStyleXfs count="1">{FIRST["cellXfs"]}</cellStyleXfs>'
        f"{style_list(styles.find('cellXfs'), 'cellXfs')}"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        f"{conditional_styles(forms)}</styleSheet>"
    )


def conditional_styles(forms: Sequence[Element]) -> str:
    """The fonts and number formats of conditions, each at its position."""
    listed = "".join(map(conditional_style, forms))
    return f'<dxfs count="{len(forms)}">{listed}</dxfs>' if forms else ""


def conditional_style(form: Element) -> str:
    fonts = "".join(map(clean_style, form.iterfind("font")))
    code = format_of_condition(form)
    return f"<dxf>{fonts}{number_format_xml(CONDITIONAL_FORMAT, code) if code else ''}</dxf>"


def number_formats(styles: Element) -> str:
    formats = [
        number_format_xml(number, code)
        for number, code in format_codes(styles)
        if re.fullmatch(r"\d{1,5}", number)
    ]
    return f'<numFmts count="{len(formats)}">{"".join(formats)}</numFmts>' if formats else ""


def number_format_xml(number: str, code: str) -> str:
    return f'<numFmt numFmtId="{number}" formatCode={xml_attribute(plain_format(code))}/>'


def format_codes(styles: Element) -> Iterator[tuple[str, str]]:
    for own in styles.iterfind("numFmts/numFmt"):
        yield own.get("numFmtId", ""), own.get("formatCode", "")


def plain_format(code: str) -> str:
    """A number format without literal texts: `0.0" cases"` becomes `0.0`.

    What makes another number of the one in the cell is replaced by a sign of the same effect.
    """
    text = ";".join(map(plain_section, SECTION.findall(code)))
    if text.strip():
        return text
    return NOT_THE_NUMBER if code else "General"


def plain_section(section: str) -> str:
    kept = []
    for match in FORMAT_TOKEN.finditer(section):
        if match["kept"]:
            kept.append(f"[{match['kept']}]")
        elif match["sign"] or match[0] in PUNCTUATION:
            kept.append(match[0])
    return "".join([*kept, neutral_literal(section)])


def style_list(listed: Element | None, name: str) -> str:
    items = [] if listed is None else [clean_style(item) for item in listed]
    items = [item for item in items if item] or [FIRST[name]]
    return f'<{name} count="{len(items)}">{"".join(items)}</{name}>'


def clean_style(element: Element) -> str:
    if element.tag not in FORMATTING:
        return ""
    attributes = allowed(dict(element.items()), FORMATTING[element.tag])
    inner = "".join(map(clean_style, element))
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"
