"""How a series is written, and read again however it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue.codelists import codelist
from metrics.core.series import parsed, written
from metrics.core.tables import BREAKDOWNS, CASES, MEDIAN, NUMERATOR, STEP, TOTAL, VALUE

COMPONENTS = st.sampled_from([VALUE, NUMERATOR, CASES, MEDIAN, STEP])
CODES = st.fixed_dictionaries(
    {}, optional={by: st.sampled_from([*codelist(by), TOTAL]) for by in BREAKDOWNS}
)


@pytest.mark.parametrize(
    ("indicator", "component", "codes", "text"),
    [
        ("ICSE_VICTIMS", VALUE, {}, "ICSE_VICTIMS"),
        ("ICSE_VICTIMS", VALUE, {"sex": TOTAL}, "ICSE_VICTIMS"),
        ("ICSE_VICTIMS", VALUE, {"age": "Y9T12", "sex": "F"}, "ICSE_VICTIMS[sex=F;age=Y9T12]"),
        ("TAKEDOWN_TIME", CASES, {"band": "GT7D"}, "TAKEDOWN_TIME[component=cases;band=GT7D]"),
        ("ISPS_FILTERING", NUMERATOR, {}, "ISPS_FILTERING[component=numerator]"),
    ],
)
def test_a_series_has_one_spelling(
    indicator: str, component: str, codes: dict[str, str], text: str
) -> None:
    assert written(indicator, component, codes) == text


@pytest.mark.parametrize(
    "typed",
    [
        "ICSE_VICTIMS[sex=F;age=Y9T12]",
        "icse_victims[sex=F;age=Y9T12]",
        " ICSE_VICTIMS [ SEX = F , age=Y9T12; ] ",
    ],
)
def test_a_series_is_read_as_people_type_it(typed: str) -> None:
    assert parsed(typed) == ("ICSE_VICTIMS", VALUE, {"sex": "F", "age": "Y9T12"})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "is not a series"),
        ("ICSE VICTIMS", "is not a series; write CODE or CODE"),
        ("ICSE_VICTIMS[sex=F", "is not a series"),
        ("1CSE", "is not a series"),
        ("ICSE_VICTIMS[F]", "'F' is not of the form breakdown=code"),
        ("ICSE_VICTIMS[gender=F]", r"\['gender'\] are no breakdowns"),
        ("ICSE_VICTIMS[sex=F;sex=M]", "names a breakdown twice"),
        ("ICSE_VICTIMS[sex=F; SEX=F]", "names a breakdown twice"),
    ],
)
def test_what_is_no_series_is_refused(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parsed(typed)


@given(COMPONENTS, CODES)
def test_what_is_written_is_read_back(component: str, codes: dict[str, str]) -> None:
    named = {by: code for by, code in codes.items() if code != TOTAL}

    assert parsed(written("ICSE_VICTIMS", component, codes)) == ("ICSE_VICTIMS", component, named)


@given(CODES)
def test_the_order_in_which_codes_are_named_does_not_matter(codes: dict[str, str]) -> None:
    backwards = dict(reversed(codes.items()))

    assert written("A", VALUE, codes) == written("A", VALUE, backwards)
