"""How numbers are written, whatever the language: the digits with what separates them."""

# Between thousands: hard, narrow and thin spaces too, and both apostrophes.
SPACES_IN_NUMBERS = " \u00a0\u202f\u2009"
MARKS_IN_NUMBERS = f".,'\u2019{SPACES_IN_NUMBERS}"
FIGURES_SHAPE = rf"[0-9][0-9{MARKS_IN_NUMBERS}]*"
