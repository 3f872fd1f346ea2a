"""The findings of an upload as a file, one per row."""

from collections.abc import Sequence

import pandas as pd

from metrics.intake.finding_texts import describe_finding, text_in_cell, understood_value
from metrics.intake.findings import Finding
from metrics.release.exported_table import export_table
from metrics.release.exports import ExportContext, exports

FINDINGS_FORMAT = "csv"


def write_findings(_ask: object, findings: Sequence[Finding], language: str) -> bytes:
    """Write the file, in the process that was started for it."""
    table = pd.DataFrame([finding_row(finding, language) for finding in findings])
    context = ExportContext(language=language, for_spreadsheet=True)
    return export_table(exports()[FINDINGS_FORMAT], table, context)


def finding_row(finding: Finding, language: str) -> dict[str, str]:
    words = describe_finding(finding, language)
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "place": finding.location,
        "typed": text_in_cell(finding),
        "understood": understood_value(finding, language),
        "what": words.what,
        "expected": words.expected,
        "correction": words.correction,
    }
