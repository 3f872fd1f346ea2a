"""How many tiles the map has beside and below each other, and their colours."""

from dashboard import theme

TILE_COLUMNS, TILE_ROWS = 9, 8
# Ground and words of each shade, from that of a tile without a figure.
TILE_SHADES = (
    (theme.CARD, theme.INK), ("#e3ecf7", "#17202e"), ("#b9d0ea", "#17202e"),
    ("#82a9d6", "#10151d"), ("#2e64a5", "#ffffff"), ("#14335f", "#ffffff"),
)  # fmt: skip
