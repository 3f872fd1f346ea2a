"""The documents about a release, by name: what reads each, and the formats that it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.context import PageContext
from dashboard.progress import Advance
from dashboard.report.document import ReportDocument
from dashboard.report.follow_up import follow_up_report
from dashboard.report.third_countries import third_country_overview
from metrics.core.errors import UnknownNameError


@dataclass(frozen=True)
class ReportKind:
    name: str
    title_key: str
    read: Callable[[PageContext, Advance], ReportDocument]
    formats: tuple[str, ...] = ("pdf", "docx")


FOLLOW_UP = ReportKind("follow-up", "report.title", follow_up_report)
THIRD_COUNTRIES = ReportKind(
    "third-countries", "third_countries.title", third_country_overview, ("pdf", "docx", "xlsx")
)
REPORTS: Mapping[str, ReportKind] = {kind.name: kind for kind in (FOLLOW_UP, THIRD_COUNTRIES)}


def find_report(name: str) -> ReportKind:
    """The document of a name; UnknownNameError with the nearest known one."""
    if name not in REPORTS:
        raise UnknownNameError.with_hint("a_report", name, REPORTS)
    return REPORTS[name]


def report_address(name: str, format_name: str) -> str:
    """Where the site has a document as a file."""
    return f"/report/{name}.{format_name}"
