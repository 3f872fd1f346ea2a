"""SVG, for documents and the web: sharp at every size, with every figure as data."""

from dashboard.charts.picture import Picture
from dashboard.exports import DocumentFormat


def write_svg(picture: Picture) -> bytes:
    from dashboard.charts.matplotlib_renderer import picture_as_svg  # noqa: PLC0415

    return picture_as_svg(picture)


SVG_PICTURE = DocumentFormat("svg", ".svg", "image/svg+xml", Picture, write_svg)
