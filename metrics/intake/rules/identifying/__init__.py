"""Data about a person, or that leads to one, is refused; its value is never repeated."""
