"""What slides share: where the middle of a slide lies, in points, and what stands between words."""

CONTENT_LEFT, CONTENT_TOP = 36.0, 114.0
CONTENT_WIDTH, CONTENT_HEIGHT = 888.0, 338.0
CONTENT_END = 454.0  # above the footnotes
