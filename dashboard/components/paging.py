"""The number of a page of rows, as an address has it."""


def page_number(asked: str, pages: int) -> int:
    """From 1: the last one for a number beyond it, the first for what is no number."""
    return min(max(int(asked), 1), max(pages, 1)) if asked.isdecimal() else 1
