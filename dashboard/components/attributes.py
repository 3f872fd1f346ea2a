"""Attributes of HTML whose names no argument of Python can have."""

from typing import Any


def attributes(**named: object) -> dict[str, Any]:
    """`aria_label` → `aria-label`."""
    return {name.replace("_", "-"): value for name, value in named.items()}
