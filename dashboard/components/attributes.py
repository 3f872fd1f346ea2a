"""What Python cannot say of HTML: attributes with a hyphen, and what may stand in an element."""

from typing import Any

Drawn = Any  # a component of Dash, a text, or a list of them


def attributes(**named: object) -> dict[str, Any]:
    """`aria_label` → `aria-label`."""
    return {name.replace("_", "-"): value for name, value in named.items()}
