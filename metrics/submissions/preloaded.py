"""Load what every examination needs, once, in the process from which each is forked."""

from contextlib import suppress

from metrics.catalogue.codelists import LISTS_OF_COUNTRIES, code_by_country_name
from metrics.catalogue.loader import catalogue
from metrics.intake import annotated_workbook
from metrics.intake.reading.named_periods import months_by_name
from metrics.intake.workbook import Sheet, Workbook
from metrics.messages import languages
from metrics.submissions import examiner
from metrics.submissions.accepted_before import PriorData
from metrics.submissions.examination import Examination, examine_workbook
from metrics.submissions.submission_store import UploadedFile

__all__ = ["annotated_workbook", "examiner"]


def examine_example() -> Examination:
    """Examine a list of one figure, so that what every examination looks up is looked up here."""
    known = catalogue()
    collection, indicator = next(iter(known.collections.values())), next(iter(known.indicators))
    asked = collection.rounds[-1]
    heading: list[object] = ["series", "period", "value", "remark"]
    sheet = Sheet("", [heading, [indicator, str(asked.periods[0]), "12", "none"]])
    examination, _ = examine_workbook(
        lambda _key: PriorData(),
        UploadedFile("example.csv", "", 0),
        Workbook("example.csv", "csv", (sheet,)),
        {"collection": collection.code, "area": "FI", "round": asked.code},
    )
    return examination


catalogue()
examiner.load_shared()
languages()
months_by_name()
for codelist in LISTS_OF_COUNTRIES:
    code_by_country_name(codelist)
with suppress(Exception):  # a fault is reported where a file is examined
    examine_example()
