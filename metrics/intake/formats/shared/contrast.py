"""Whether the reader of a sheet sees a text on its background."""

import re

WHITE = "FFFFFF"  # the background of a cell without another, and of paper
RGB = re.compile(r"[0-9A-Fa-f]{6}")
# Nobody reads a text of less contrast than this, unless the colours differ in a channel by so much
# of 255. Contrast and luminance are those of the Web Content Accessibility Guidelines.
LEAST_CONTRAST, LEAST_DIFFERENCE = 1.2, 64
WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue in the luminance
LAST_LINEAR = 0.04045  # share of a channel up to which it is linear


def are_alike(font: str, background: str) -> bool:
    """Whether nobody sees a font on a background: both as RRGGBB, or by a name of the file."""
    if not (RGB.fullmatch(font) and RGB.fullmatch(background)):
        return bool(font) and font == background
    own, other = bytes.fromhex(font), bytes.fromhex(background)
    darker, lighter = sorted((_luminance(own), _luminance(other)))
    are_near = all(abs(one - two) < LEAST_DIFFERENCE for one, two in zip(own, other, strict=True))
    return are_near and (lighter + 0.05) / (darker + 0.05) < LEAST_CONTRAST


def _luminance(channels: bytes) -> float:
    """The relative luminance of a colour of the web (sRGB)."""
    shares = (channel / 255 for channel in channels)
    linear = (
        share / 12.92 if share <= LAST_LINEAR else ((share + 0.055) / 1.055) ** 2.4
        for share in shares
    )
    return sum(weight * share for weight, share in zip(WEIGHTS, linear, strict=True))
