"""Issues found while reading a workbook, by the name of the rule that reports them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import pandas as pd

from metrics.intake.issue_names import IssueName


@dataclass(frozen=True)
class ReadIssue:
    """One issue, with the values for its finding."""

    rule: IssueName
    sheet: str = ""
    cell: str = ""
    typed: str = ""
    understood: str = ""
    expected: str = ""
    nearest: str = ""
    detail: str = ""
    about: str = ""  # the indicator of a row that becomes no observation
    unread: str = ""  # headings that are not known


@dataclass(frozen=True)
class ReadTable:
    """The observations or actions read from one table of a sheet, and its issues."""

    rows: pd.DataFrame
    issues: Sequence[ReadIssue]


def issues_table(issues: Iterable[ReadIssue]) -> pd.DataFrame:
    names = [field.name for field in fields(ReadIssue)]
    rows = [tuple(getattr(issue, name) for name in names) for issue in issues]
    return pd.DataFrame(rows, columns=names, dtype="str")
