"""Charts: one module each, from a table to a figure. No chart opens a file or knows a page."""
