"""Search the name of a file before it is written anywhere."""

from metrics.catalogue.loader import Catalogue
from metrics.core.errors import SubmissionError
from metrics.intake.findings import Severity
from metrics.intake.reading import ingest
from metrics.intake.rules import rules
from metrics.intake.workbook import Sheet, Workbook
from metrics.submissions.examination import validation_context
from metrics.submissions.prior_data import PriorData


def refuse_personal_name(name: str, catalogue: Catalogue) -> None:
    """SubmissionError if the name of a file holds data about a person."""
    workbook = Workbook(name, "", (Sheet("", []),))
    context = validation_context(ingest(workbook, catalogue, {}), {}, PriorData(), catalogue)
    for rule in rules().values():
        if rule.family == "identifying" and rule.severity is Severity.ERROR:
            found = rule.offends(context)
            if "where" in found and "file" in set(found["where"]):
                raise SubmissionError(
                    "the name of the file holds data about a person, so nothing of it was kept; "
                    "rename it and send it again"
                )
