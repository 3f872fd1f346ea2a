"""What a person has to look at when a release was built."""

import pytest

from metrics.core.errors import KeyedText
from metrics.release.review import fully_withheld_indicators
from tests.tables import observations

HEADER = "indicator | area | value | status"


@pytest.mark.parametrize(
    ("rows", "is_listed"),
    [
        (("VICTIMS | FI | | Q", "VICTIMS | SE | | Q"), True),
        (("VICTIMS | FI | | Q", "VICTIMS | SE | | O"), True),
        (("VICTIMS | FI | | Q", "VICTIMS | SE | 0 | A"), False),
        (("VICTIMS | FI | | O", "VICTIMS | SE | | M"), False),
    ],
    ids=["withheld", "withheld or missing", "a zero is shown", "missing"],
)
def test_an_indicator_that_is_withheld_throughout_is_listed(
    rows: tuple[str, ...], *, is_listed: bool
) -> None:
    values = observations("\n".join([HEADER, *rows]))

    assert list(fully_withheld_indicators(values)) == (
        [KeyedText.filled("all_withheld", indicator="VICTIMS")] if is_listed else []
    )
