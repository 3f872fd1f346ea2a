"""The frames of the words of a template: the room, type and typeface of its placeholders."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.charts.native_charts import Pptx, Xml
from dashboard.charts.typefaces import USUAL_NAME, USUAL_TYPEFACE, Typeface, find_typeface
from dashboard.slides.measures import CONTENT_BOTTOM, CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH
from dashboard.slides.template import (
    COVER_LAYOUT,
    FINDING_LAYOUT,
    FOOTNOTES,
    GOAL_LINE,
    LAYOUTS,
    SOURCE_LINE,
    SUBTITLE,
    TITLE,
    open_template,
)
from dashboard.slides.template_pictures import refuse_covered_pictures
from dashboard.slides.text_frames import USUAL_FRAMES, SlideFrames, TextFrame
from metrics.core.errors import SubmissionError

THEME_FONT = re.compile(r'<a:(major|minor)Font>\s*<a:latin typeface="([^"]*)')
OF_THEME = {"+mj-lt": "major", "+mn-lt": "minor"}
STYLES_OF_MASTER = {"title": "titleStyle", "ctrTitle": "titleStyle"}  # of the master, by kind
OTHER_STYLE = "bodyStyle"
USUAL_SIZE, WHOLE_LINE = 18.0, 100_000
# In points, where none is written.
USUAL_MARGINS = {"lIns": 7.2, "rIns": 7.2, "tIns": 3.6, "bIns": 3.6}
ABOVE_MIDDLE, BELOW_MIDDLE = 2.0, 4.0  # points, that a part of a slide may reach into


@dataclass(frozen=True)
class ReadTemplate:
    """What the words of a deck need to know of its template."""

    typeface: Typeface  # of what has no placeholder
    missing_fonts: tuple[str, ...]  # that are not installed here
    frames: SlideFrames


def read_template(content: bytes, name: str) -> ReadTemplate:
    """SubmissionError names a placeholder or a picture that a slide would cover."""
    presentation = open_template(content, name)
    refuse_covered_middle(presentation, name)
    refuse_covered_pictures(presentation, name)
    fonts = fonts_of_theme(presentation)
    read = {
        layout: {shape.placeholder_format.idx: ReadPlaceholder(shape, fonts)
                 for shape in presentation.slide_layouts.get_by_name(layout).placeholders}
        for layout in LAYOUTS
    }  # fmt: skip
    finding, cover, usual = read[FINDING_LAYOUT], read[COVER_LAYOUT], USUAL_FRAMES
    frames = SlideFrames(
        title=finding[TITLE].frame_like(usual.title),
        goal_line=finding[GOAL_LINE].frame_like(usual.goal_line),
        footnotes=finding[FOOTNOTES].frame_like(usual.footnotes),
        source=finding[SOURCE_LINE].frame_like(usual.source),
        cover_title=cover[TITLE].frame_like(usual.cover_title),
        cover_subtitle=cover[SUBTITLE].frame_like(usual.cover_subtitle),
        cover_source=cover[SOURCE_LINE].frame_like(usual.cover_source),
    )
    named = [one.font for own in read.values() for one in own.values()]
    every = dict.fromkeys([fonts["minor"], fonts["major"], *named])
    missing = tuple(font for font in every if find_typeface(font) is None)
    return ReadTemplate(find_typeface(fonts["minor"]) or USUAL_TYPEFACE, missing, frames)


def fonts_of_theme(presentation: Pptx) -> Mapping[str, str]:
    """The fonts for headings and for all else."""
    master = presentation.slide_master.part.rels.values()
    themes = (one.target_part for one in master if one.reltype.endswith("/theme"))
    named = dict(THEME_FONT.findall(next(themes).blob.decode()))
    return {"major": USUAL_NAME, "minor": USUAL_NAME} | {
        kind: font for kind, font in named.items() if font
    }


def refuse_covered_middle(presentation: Pptx, name: str) -> None:
    layout = presentation.slide_layouts.get_by_name(FINDING_LAYOUT)
    for shape in layout.placeholders:
        number = shape.placeholder_format.idx
        if number in LAYOUTS[FINDING_LAYOUT] and covers_middle(shape):
            raise SubmissionError(
                "deck_template_covers", file=name, layout=FINDING_LAYOUT, number=number,
                placeholder=shape.name, top=round(CONTENT_TOP),
                bottom=round(CONTENT_BOTTOM),
            )  # fmt: skip


def covers_middle(shape: Pptx) -> bool:
    left, top = shape.left / Pt(1), shape.top / Pt(1)
    right, bottom = left + shape.width / Pt(1), top + shape.height / Pt(1)
    is_above = bottom <= CONTENT_TOP + ABOVE_MIDDLE
    is_below = top >= CONTENT_BOTTOM - BELOW_MIDDLE
    is_beside = right <= CONTENT_LEFT or left >= CONTENT_LEFT + CONTENT_WIDTH
    return not (is_above or is_below or is_beside)


@dataclass(frozen=True)
class ReadPlaceholder:
    """A placeholder of a layout; what it does not say, its master says."""

    shape: Pptx
    fonts: Mapping[str, str]  # of the theme

    @cached_property
    def kind(self) -> str:
        return str(self.shape._element.ph.get("type", "body"))  # noqa: SLF001

    @cached_property
    def bodies(self) -> list[Xml]:
        """The properties of its text, then those of the master's placeholder."""
        return self.found_in_text("a:bodyPr")

    @cached_property
    def levels(self) -> list[Xml]:
        """The properties of its first level, then those of the master."""
        master = self.shape.part.slide_master._element  # noqa: SLF001
        style = STYLES_OF_MASTER.get(self.kind, OTHER_STYLE)
        of_master = master.xpath(f"./p:txStyles/p:{style}/a:lvl1pPr")
        return [*self.found_in_text("a:lstStyle/a:lvl1pPr"), *of_master]

    def found_in_text(self, path: str) -> list[Xml]:
        """Of the placeholder, then of that of the master."""
        base = self.shape._base_placeholder  # noqa: SLF001
        shapes = [self.shape, *([base] if base is not None else [])]
        return [found for shape in shapes
                for found in shape._element.xpath(f"./p:txBody/{path}")]  # noqa: SLF001 # fmt: skip

    @property
    def font(self) -> str:
        named = self.written_in_levels("a:defRPr", "a:latin", name="typeface")
        is_heading = self.kind in STYLES_OF_MASTER
        of_theme = OF_THEME.get(named, "major" if is_heading else "minor")
        return named if named and not named.startswith("+") else self.fonts[of_theme]

    def written_in_levels(self, *tags: str, name: str) -> str:
        """The attribute of an element below the first level that has one."""
        path = "/".join(map(qn, tags))
        found = (
            element.get(name) for level in self.levels if (element := level.find(path)) is not None
        )
        return next((str(value) for value in found if value), "")

    def margin(self, edge: str) -> float:
        written = (body.get(edge) for body in self.bodies)
        return next((int(own) / Pt(1) for own in written if own is not None), USUAL_MARGINS[edge])

    def frame_like(self, usual: TextFrame) -> TextFrame:
        """With the least type and the lines of that of the usual template."""
        size = self.written_in_levels("a:defRPr", name="sz")
        spacing = self.written_in_levels("a:lnSpc", "a:spcPct", name="val")
        is_bold = self.written_in_levels("a:defRPr", name="b")
        width, height = self.shape.width / Pt(1), self.shape.height / Pt(1)
        return replace(
            usual,
            name=self.shape.name,
            width=width - self.margin("lIns") - self.margin("rIns"),
            height=height - self.margin("tIns") - self.margin("bIns"),
            size=int(size) / 100 if size else USUAL_SIZE,
            is_bold=is_bold in {"1", "true"},
            most_lines=usual.most_lines + (width < usual.width),  # a narrow one may have one more
            spacing=int(spacing) / WHOLE_LINE if spacing else 1.0,
            typeface=find_typeface(self.font) or USUAL_TYPEFACE,
        )
