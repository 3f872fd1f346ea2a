"""PNG, for slides, messages and social media: in twice the pixels of its size."""

from dashboard.charts.picture import Picture
from dashboard.exports import DocumentFormat


def write_png(picture: Picture) -> bytes:
    from dashboard.charts.matplotlib_renderer import picture_as_png  # noqa: PLC0415

    return picture_as_png(picture)


PNG_PICTURE = DocumentFormat("png", ".png", "image/png", Picture, write_png)
