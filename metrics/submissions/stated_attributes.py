"""Name what a file states beside a value, such as its remark, as it was read."""

from collections.abc import Mapping
from typing import Any

from metrics.catalogue.codelists import name_of_code
from metrics.core.tables import ATTRIBUTES
from metrics.messages import messages


def attributes_in_words(row: Mapping[Any, Any], language: str) -> list[str]:
    """`Date: 2024-03-01` and `Remark: first count`, with the headings of the workbook."""
    headings = messages(language, "workbook")["observations"]
    stated = ((name, row.get(name)) for name in ATTRIBUTES)
    return [
        f"{headings[name]}: {name_of_code(name, text, language) if name == 'limit' else text}"
        for name, text in stated
        if isinstance(text, str) and text.strip()
    ]


def attributes_before(row: Mapping[Any, Any], language: str) -> list[str]:
    """Date, reference and limit of the report before, where the new one states others or none."""
    differing = {
        name: text
        for name in ATTRIBUTES
        if isinstance(text := row.get(f"previous_{name}"), str) and text != row.get(name)
    }
    return attributes_in_words(differing, language)
