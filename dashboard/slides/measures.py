"""What slides share: where the middle of a slide lies, in points, and the shapes of the marks."""

CONTENT_LEFT, CONTENT_TOP = 36.0, 114.0
CONTENT_WIDTH, CONTENT_HEIGHT = 888.0, 338.0
CONTENT_BOTTOM = CONTENT_TOP + CONTENT_HEIGHT
SLIDE_WIDTH, SLIDE_HEIGHT = 960, 540
# Shapes of the master that carry the marks.
HANDLING_SHAPE, INVENTED_SHAPE = "Handling marking", "Invented figures"
HAIR = 0.5  # points that nobody sees
