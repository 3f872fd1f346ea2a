"""From the cells of a workbook to observations and actions, found by words, not by position."""
