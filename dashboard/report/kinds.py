"""The documents about a release, by name: what reads each."""

from collections.abc import Callable, Mapping

from dashboard.context import PageContext
from dashboard.report.document import ReportDocument
from dashboard.report.follow_up import follow_up_report
from dashboard.report.progress import Advance
from dashboard.report.third_countries import third_country_overview
from metrics.core.errors import UnknownNameError

FOLLOW_UP, THIRD_COUNTRIES = "follow-up", "third-countries"
REPORTS: Mapping[str, Callable[[PageContext, Advance], ReportDocument]] = {
    FOLLOW_UP: follow_up_report,
    THIRD_COUNTRIES: third_country_overview,
}


def find_report(name: str) -> Callable[[PageContext, Advance], ReportDocument]:
    """What reads the document of a name; UnknownNameError with the nearest known one."""
    if name not in REPORTS:
        raise UnknownNameError.with_hint("a_report", name, REPORTS)
    return REPORTS[name]


def report_address(name: str, format_name: str) -> str:
    """Where the site has a document as a file."""
    return f"/report/{name}.{format_name}"
