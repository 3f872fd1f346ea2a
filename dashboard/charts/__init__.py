"""Charts: one module each, a table in and a figure out; none opens a file or knows a page."""
