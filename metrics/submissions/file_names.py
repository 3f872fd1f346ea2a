"""Search the name of a file, or a text typed beside figures, before it is written anywhere."""

from metrics.catalogue.loader import Catalogue
from metrics.core.errors import SubmissionError
from metrics.intake.findings import Severity
from metrics.intake.reading import ingest
from metrics.intake.rules import rules
from metrics.intake.workbook import Sheet, Workbook
from metrics.submissions.accepted_before import PriorData
from metrics.submissions.validation_contexts import validation_context


def refuse_personal_name(name: str, catalogue: Catalogue) -> None:
    """SubmissionError if the name of a file holds data about a person."""
    if "file" in places_of_persons(Workbook(name, "", (Sheet("", []),)), catalogue):
        raise SubmissionError("personal_name")


def refuse_personal_text(text: str, catalogue: Catalogue) -> None:
    """SubmissionError if a text, such as the reason of a withdrawal, names a person."""
    if places_of_persons(Workbook("", "", (Sheet("", [[text]]),)), catalogue):
        raise SubmissionError("personal_text")


def places_of_persons(workbook: Workbook, catalogue: Catalogue) -> set[str]:
    """Where data about a person were found: in the name of the file, in a cell."""
    context = validation_context(ingest(workbook, catalogue, {}), {}, PriorData(), catalogue)
    certain = [
        rule for rule in rules().values() if rule.finds_persons and rule.severity is Severity.ERROR
    ]
    tables = [rule.offends(context) for rule in certain]
    return {str(part) for found in tables if "where" in found for part in found["where"]}
