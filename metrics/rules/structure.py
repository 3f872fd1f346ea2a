"""Could everything in the workbook be placed? What could not is named by `metrics.ingest`."""

import pandas as pd

from metrics.model import Case, Severity
from metrics.rules import rule


def odd(case: Case, name: str) -> pd.DataFrame:
    """What the reading noted under this name."""
    oddities = case.reading.oddities
    return oddities[oddities["rule"] == name].drop(columns="rule")


def remarked(case: Case, *remarks: str) -> pd.DataFrame:
    """What was left unread in the file as a whole: one row a remark that was made."""
    found = [each for each in case.reading.workbook.remarks if each in remarks]
    return pd.DataFrame({"sheet": "", "cell": "", "detail": found}, dtype="str")


# Of the file


@rule(Severity.ERROR)
def submission_empty(case: Case) -> pd.DataFrame:
    return odd(case, "submission_empty")


@rule(Severity.ERROR)
def template_unknown(case: Case) -> pd.DataFrame:
    return odd(case, "template_unknown")


@rule(Severity.NOTE)
def template_outdated(case: Case) -> pd.DataFrame:
    return odd(case, "template_outdated")


@rule(Severity.NOTE)
def catalogue_changed(case: Case) -> pd.DataFrame:
    return odd(case, "catalogue_changed")


@rule(Severity.ERROR)
def collection_unknown(case: Case) -> pd.DataFrame:
    return odd(case, "collection_unknown")


@rule(Severity.ERROR)
def collection_not_said(case: Case) -> pd.DataFrame:
    return odd(case, "collection_not_said")


@rule(Severity.ERROR)
def round_not_said(case: Case) -> pd.DataFrame:
    return odd(case, "round_not_said")


@rule(Severity.ERROR)
def area_not_said(case: Case) -> pd.DataFrame:
    return odd(case, "area_not_said")


@rule(Severity.ERROR)
def collection_mismatch(case: Case) -> pd.DataFrame:
    return odd(case, "collection_mismatch")


@rule(Severity.ERROR)
def round_unknown(case: Case) -> pd.DataFrame:
    return odd(case, "round_unknown")


@rule(Severity.ERROR)
def round_mismatch(case: Case) -> pd.DataFrame:
    return odd(case, "round_mismatch")


@rule(Severity.ERROR)
def area_unknown(case: Case) -> pd.DataFrame:
    return odd(case, "area_unknown")


@rule(Severity.ERROR)
def area_mismatch(case: Case) -> pd.DataFrame:
    return odd(case, "area_mismatch")


# Of a sheet


@rule(Severity.WARNING)
def sheet_not_understood(case: Case) -> pd.DataFrame:
    return odd(case, "sheet_not_understood")


@rule(Severity.WARNING)
def hidden_sheet_with_values(case: Case) -> pd.DataFrame:
    return odd(case, "hidden_sheet_with_values")


@rule(Severity.ERROR)
def header_missing(case: Case) -> pd.DataFrame:
    return odd(case, "header_missing")


@rule(Severity.ERROR)
def column_missing(case: Case) -> pd.DataFrame:
    return odd(case, "column_missing")


@rule(Severity.NOTE)
def column_unknown(case: Case) -> pd.DataFrame:
    return odd(case, "column_unknown")


@rule(Severity.NOTE)
def text_outside_table(case: Case) -> pd.DataFrame:
    """A number beside the table may be a figure that was meant to count."""
    found = odd(case, "text_outside_table")
    return found[found["detail"] != "number"] if "detail" in found else found


@rule(Severity.WARNING)
def number_outside_table(case: Case) -> pd.DataFrame:
    found = odd(case, "text_outside_table")
    return found[found["detail"] == "number"] if "detail" in found else found.iloc[:0]


# Of a row


@rule(Severity.ERROR)
def series_unknown(case: Case) -> pd.DataFrame:
    return odd(case, "series_unknown")


@rule(Severity.ERROR)
def component_unknown(case: Case) -> pd.DataFrame:
    return odd(case, "component_unknown")


# Of what is left unread


@rule(Severity.NOTE)
def macros_ignored(case: Case) -> pd.DataFrame:
    return remarked(case, "macros")


@rule(Severity.NOTE)
def external_links_ignored(case: Case) -> pd.DataFrame:
    return remarked(case, "external_links")


@rule(Severity.NOTE)
def encoding_guessed(case: Case) -> pd.DataFrame:
    return remarked(case, "encoding_guessed")


@rule(Severity.NOTE)
def part_ignored(case: Case) -> pd.DataFrame:
    """Whatever else the reader of the file remarked: pictures, pivot tables, embedded files."""
    read_or_said = {"macros", "external_links", "hidden_sheets", "encoding_guessed"}
    others = set(case.reading.workbook.remarks) - read_or_said
    return remarked(case, *others)


@rule(Severity.NOTE)
def author_not_kept(case: Case) -> pd.DataFrame:
    author = ("creator", "lastModifiedBy")
    named = any(
        each.kind == "property" and each.cell in author and each.text.strip()
        for each in case.reading.workbook.snippets
    )
    return pd.DataFrame({"sheet": [""], "cell": [""]} if named else {"sheet": [], "cell": []})
