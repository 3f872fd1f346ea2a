"""A remark that the program wrote in a release is read in the reader's language."""

import csv
from io import StringIO

import pandas as pd
import pytest

from dashboard.charts.marks import remark_in_words, remark_language
from dashboard.texts import texts
from metrics.catalogue.released_remarks import INVENTED_REMARKS, ROUNDED, translate_remark
from metrics.release.exported_table import export_table
from metrics.release.exports import ExportContext, exports
from metrics.statistics.aggregation.rates import rates_per_children
from tests.tables import indicator, observations

SOURCE = (
    "Yhdistyneiden kansakuntien väestöennuste World Population Prospects, Gapminderin välittämänä"
)


def remark_on_rate(period: str) -> str:
    rows = observations(f"indicator | period | value | remark\nA | {period} | 5 | joined: DE")
    (remark,) = rates_per_children(rows.assign(late=False), pd.Series([1e6]))["remark"]
    return str(remark)


@pytest.mark.parametrize(
    ("period", "words"),
    [("2023", f"0–17-vuotias väestö, 2023: {SOURCE}"),
     ("2025", f"0–17-vuotias väestö, 2025 (ennuste): {SOURCE}")],
)  # fmt: skip
def test_a_rate_names_its_population(period: str, words: str) -> None:
    remark = remark_on_rate(period)

    assert translate_remark(remark, period, None, "fi") == f"{words}; joined: DE"
    assert translate_remark(remark, period, None, "en") == remark


def test_a_remark_of_the_sample_is_marked_as_english_and_another_as_unknown() -> None:
    spoken = [remark_language({"remark": remark, "areas_expected": 1}, texts("fi"))
              for remark in (*INVENTED_REMARKS.values(), "Estimoitu.")]  # fmt: skip

    assert set(spoken[:-1]) == {"en"}
    assert not spoken[-1]


def test_a_rounded_count_says_so() -> None:
    remark = f"{ROUNDED.format(base=5)}; joined: DE"

    assert translate_remark(remark, "2024", None, "fi") == (
        "pyöristetty luvun 5 kerrannaiseksi; joined: DE"
    )


def test_a_changed_definition_is_distinguished_from_a_remark_of_a_submitter() -> None:
    note = {"en": "A new register.", "fi": "Uusi rekisteri."}
    changed = indicator("AA", changes=[{"from": 2024, "note": note, "before": {"unit": "PERSONS"}}])

    assert translate_remark("A new register.", "2024", changed, "fi") == "Uusi rekisteri."
    assert translate_remark("Counted by hand.", "2024", changed, "fi") == ""


def test_pages_and_files_have_the_words_of_their_language() -> None:
    finnish, remark = texts("fi"), remark_on_rate("2023").partition(";")[0]
    row = {"remark": remark, "period": "2023", "areas_expected": 1}
    table = observations("indicator | period | value\nA | 2023 | 5").assign(remark=remark)

    content = export_table(exports()["csv"], table, ExportContext(language="fi")).decode()
    (exported,) = csv.DictReader(StringIO(content))

    words = f"0–17-vuotias väestö, 2023: {SOURCE}"
    assert (remark_in_words(row, finnish), remark_language(row, finnish)) == (words, "fi")
    assert exported["remark"] == words
