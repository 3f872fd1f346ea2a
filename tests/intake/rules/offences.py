"""What a rule finds in a drawn submission."""

from metrics.intake.findings import ValidationContext
from metrics.intake.rules import rules

Offences = list[dict[str, str]]


def find_offences(rule: str, submission: ValidationContext) -> Offences:
    """Each finding of a rule, with its cell and the values in its words."""
    found = rules()[rule].offends(submission).astype(str).to_dict("records")
    return [{str(name): text for name, text in row.items()} for row in found]


def offending_cells(rule: str, submission: ValidationContext) -> list[str]:
    return [*rules()[rule].offends(submission)["cell"]]
