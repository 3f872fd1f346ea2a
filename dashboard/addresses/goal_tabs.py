"""The tabs of the page of a goal, as an address names them."""

EVERY_TAB = "all"
TABS = ("chart", "table", "states", "map", "calculation", "wording", EVERY_TAB)
