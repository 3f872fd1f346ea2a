"""The legend of a native chart: of the series that no label names at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.charts.arial_widths import arial_width
from dashboard.charts.native_charts import Pptx, manual_layout
from dashboard.charts.native_sheets import ChartSheet
from dashboard.charts.slide_shapes import ChartLook, SlideBox

ROOM_OF_SYMBOL = 3.4  # with the gaps around it, as a multiple of the size
ROW_OF_LEGEND = 1.6  # as a multiple of the size
SPARE_WIDTH = 1.35  # else some programs cut the words
BEHIND_TITLE = 1.5  # the same, between title and legend


@dataclass(frozen=True)
class Legend:
    """Which series it names, and where: behind the title of the chart, or in a row below it."""

    series: tuple[int, ...]
    left: float
    top: float
    width: float
    size: float
    is_in_own_row: bool

    @property
    def row_height(self) -> float:
        """What it takes from the plot."""
        return ROW_OF_LEGEND * self.size if self.series and self.is_in_own_row else 0.0


def legend_of(sheet: ChartSheet, series: Sequence[int], box: SlideBox, look: ChartLook) -> Legend:
    widths = (arial_width(sheet.series[at].name, look.size) for at in series)
    width = sum(own + ROOM_OF_SYMBOL * look.size for own in widths)
    behind = arial_width(look.title, look.size) + BEHIND_TITLE * look.size if look.title else 0.0
    is_beside = bool(look.title) and behind + width <= box.width
    width = min(width * SPARE_WIDTH, box.width - (behind if is_beside else 0.0))
    top = ROW_OF_LEGEND * look.size if look.title and not is_beside else 0.0
    return Legend(tuple(series), behind if is_beside else 0.0, top, width, look.size,
                  is_in_own_row=not is_beside)  # fmt: skip


def draw_legend(native: Pptx, legend: Legend, sheet: ChartSheet, box: SlideBox) -> None:
    """Entries of all other series are deleted, as a program lists every series."""
    if not legend.series:
        return
    native.has_legend = True
    native.legend.position = XL_LEGEND_POSITION.TOP
    native.legend.include_in_layout = False
    native.legend.font.size = Pt(legend.size)
    element = native.legend._element  # noqa: SLF001
    position = element.find(qn("c:legendPos"))
    others = [at for at in range(len(sheet.series)) if at not in legend.series]
    for at in reversed(others):
        position.addnext(
            parse_xml(
                f'<c:legendEntry {nsdecls("c")}><c:idx val="{at}"/><c:delete val="1"/>'
                "</c:legendEntry>"
            )
        )
    layout = element.find(qn("c:layout"))
    if layout is None:
        layout = parse_xml(f"<c:layout {nsdecls('c')}/>")
        element.find(qn("c:overlay")).addprevious(layout)
    shares = {
        "x": legend.left / box.width, "y": legend.top / box.height,
        "w": min(1.0, legend.width / box.width),
        "h": ROW_OF_LEGEND * legend.size / box.height,
    }  # fmt: skip
    layout.append(manual_layout(shares))
