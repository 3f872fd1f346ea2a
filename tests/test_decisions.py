"""Every decision has one number, and the index leads to the page on which it is explained."""

import re
from pathlib import Path

DOCUMENTS = Path(__file__).parents[1] / "docs"
ROW = re.compile(
    r"^\| \[.+\]\((?P<page>decisions/\w+\.md)\) \| (?P<numbers>[\d, ]+) \|$", re.MULTILINE
)
DECISION = re.compile(r"^## (\d+)\. .+\n\nWhy: ", re.MULTILINE)


def decisions_by_page() -> dict[str, list[int]]:
    return {
        f"decisions/{page.name}": [int(number) for number in DECISION.findall(page.read_text())]
        for page in (DOCUMENTS / "decisions").glob("*.md")
    }


def test_the_index_names_the_page_of_every_decision() -> None:
    index = {
        row["page"]: [int(number) for number in row["numbers"].split(",")]
        for row in ROW.finditer((DOCUMENTS / "decisions.md").read_text())
    }

    assert index == decisions_by_page()


def test_no_number_is_missing_or_used_twice() -> None:
    numbers = sorted(number for page in decisions_by_page().values() for number in page)

    assert numbers == list(range(1, len(numbers) + 1))
