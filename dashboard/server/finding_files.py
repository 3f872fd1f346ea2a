"""The findings of an upload as a file, one per row, for a person to read in a spreadsheet."""

from collections.abc import Sequence

import pandas as pd

from metrics.intake.finding_texts import (
    describe_finding,
    finding_labels,
    text_in_cell,
    understood_value,
)
from metrics.intake.findings import Finding
from metrics.messages import messages
from metrics.release.exported_table import export_table
from metrics.release.exports import ExportContext, exports

FINDINGS_FORMAT = "csv"


def write_findings(_ask: object, findings: Sequence[Finding], language: str) -> bytes:
    """Write the file, in the process that was started for it."""
    table = pd.DataFrame([finding_row(finding, language) for finding in findings])
    context = ExportContext(language=language, for_spreadsheet=True)
    return export_table(exports()[FINDINGS_FORMAT], table, context)


def finding_row(finding: Finding, language: str) -> dict[str, str]:
    """What the list says about a finding, by headings in the reader's language."""
    labels, words = finding_labels(language), describe_finding(finding, language)
    interface = messages(language, "interface")
    return {
        labels["severity"]: labels[str(finding.severity)],
        labels["place"]: finding.location,
        interface["submit.typed"]: text_in_cell(finding, language),
        interface["submit.understood"]: understood_value(finding, language),
        labels["what"]: words.what,
        labels["expected"]: words.expected,
        labels["correction"]: words.correction,
        labels["rule"]: finding.rule,
    }
