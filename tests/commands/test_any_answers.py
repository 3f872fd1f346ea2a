"""Whatever is filled in, checking it ends with findings in words, and never breaks off."""

from collections.abc import Mapping
from typing import cast

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metrics.catalogue.loader import catalogue
from metrics.intake.finding_texts import DASH, describe_finding
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.templates.follow_up.requested_lines import requested_lines
from metrics.intake.validate import accepted_observations, validate
from metrics.intake.workbook import ParsedSubmission, Sheet
from metrics.messages import languages
from tests.sheets import BELONGS, read

INDICATORS = (
    "ICSE_VICTIMS", "TAKEDOWN_TIME", "EVIDENCE_RESPONSE_TIME", "LEGAL_INSTRUMENT", "ISPS_FILTERING",
    "ICSE_CONNECTED", "THIRD_COUNTRY_ACTIONS", "TRAININGS_HELD", "TRAINING_PARTICIPANTS",
    "HOTLINE_REPORTS_RECEIVED", "HOTLINE_REPORTS_PROCESSED", "SUSPECTS_PROSECUTED",
    "OFFENDERS_CONVICTED", "SPECIALISED_STAFF",
)  # fmt: skip
SERIES = [line.series for code in INDICATORS
          for line in requested_lines(catalogue().indicators[code]) if line.series]  # fmt: skip
TYPED = ["", "0", "1", "5", "40", "900", "-3", "1.5", "12 %", "1.234", "n/a", "forty", "in force",
         "not started", "2e9", "1e13"]  # fmt: skip
STATUS = ["", "A", "P", "O", "M", "Q", "B", "prelim"]
ROWS = st.dictionaries(
    st.sampled_from(SERIES),
    st.tuples(st.sampled_from(TYPED), st.sampled_from(STATUS), st.sampled_from(["", "By law"])),
    max_size=12,
)
Rows = Mapping[str, tuple[str, str, str]]


def reading(rows: Rows, period: str = "2024") -> ParsedSubmission:
    header = ["series", "period", "value", "observation_status", "remark"]
    filled = [[key, period, *(text or None for text in said)] for key, said in rows.items()]
    return read(Sheet("Figures", cast("list[list[object]]", [header, *filled])), asked=BELONGS)


def case_of(rows: Rows, was: Rows, earlier: Rows) -> ValidationContext:
    known = catalogue()
    before = accepted_observations(reading(was), [])
    past = pd.concat(
        [accepted_observations(reading(earlier, year), []) for year in ("2022", "2023")]
    )
    return ValidationContext(
        reading(rows), known.collections["empact-cse"], known.indicators, known.goals, BELONGS,
        previous=before, history=past.reset_index(drop=True),
    )  # fmt: skip


@settings(max_examples=3, deadline=None)
@given(rows=ROWS, was=ROWS, earlier=ROWS)
@example({"TAKEDOWN_TIME[component=median]": ("40", "", "")}, {}, {})
@example({}, {"ICSE_VICTIMS": ("5", "P", "")}, {"ICSE_VICTIMS": ("n/a", "", "")})
def test_checking_ends_with_findings_that_can_be_said(rows: Rows, was: Rows, earlier: Rows) -> None:
    whole = case_of(rows, was, earlier)
    findings = validate(whole)

    said = [describe_finding(finding, language) for finding in findings for language in languages()]
    assert not [text for text in said if f"“{DASH}”" in text.what or "{" in text.what]
    wrong = {finding.cell for finding in findings if finding.severity is Severity.ERROR}
    assert wrong.isdisjoint(accepted_observations(whole.reading, findings)["cell"])


@settings(max_examples=2, deadline=None)
@given(rows=ROWS)
def test_the_order_of_the_rows_changes_no_finding(rows: Rows) -> None:
    def told(some: Rows) -> list[tuple[str, str]]:
        places = {f"C{row}": key for row, key in enumerate(some, 2)}
        found = validate(case_of(some, {}, {}))
        return sorted((finding.rule, places.get(finding.cell, "")) for finding in found)

    assert told(dict(reversed([*rows.items()]))) == told(rows)
