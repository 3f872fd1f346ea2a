"""Compare a committed document with the one that its definitions give today."""

from itertools import zip_longest
from pathlib import Path

import pytest


def assert_up_to_date(committed: Path, generated: str) -> None:
    """Fail with the first line that differs and with what to do, not with the whole document."""
    pairs = zip_longest(
        committed.read_text(encoding="utf-8").splitlines(), generated.splitlines(), fillvalue=""
    )
    for number, (line, expected) in enumerate(pairs, 1):
        if line != expected:
            pytest.fail(
                f"docs/{committed.name} is older than the definitions: run `make docs` and commit "
                f"the file. Line {number} is\n  {line}\nand should be\n  {expected}",
                pytrace=False,
            )
