"""Which indicators are computed together."""

import pytest

from metrics.release.publishable_values import indicator_families
from tests.tables import indicator

CHILD = indicator("CHILD", parts_of="ALL")
FORMULA = CHILD.model_copy(update={"code": "SHARE", "parts_of": None, "derived_from": ("CHILD",)})
INDICATORS = {one.code: one for one in (indicator("ALL"), CHILD, FORMULA, indicator("APART"))}


@pytest.mark.parametrize(
    ("code", "family"),
    [
        ("APART", {"APART"}),
        ("ALL", {"ALL", "CHILD", "SHARE"}),
        ("SHARE", {"ALL", "CHILD", "SHARE"}),
    ],
)
def test_a_family_is_all_that_sums_shares_and_formulas_link(code: str, family: set[str]) -> None:
    families = indicator_families(INDICATORS)

    assert {other for other in families if families[other] == families[code]} == family


def test_no_indicator_needs_another() -> None:
    assert indicator_families({}) == {}
