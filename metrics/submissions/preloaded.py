"""Load what every examination needs, once, in the process from which each is forked."""

from metrics.catalogue.codelists import LISTS_OF_COUNTRIES, code_by_country_name
from metrics.catalogue.loader import catalogue
from metrics.intake import annotated_workbook
from metrics.intake.reading.named_periods import months_by_name
from metrics.messages import languages
from metrics.submissions import examiner

__all__ = ["annotated_workbook", "examiner"]

catalogue()
examiner.load_shared()
languages()
months_by_name()
for codelist in LISTS_OF_COUNTRIES:
    code_by_country_name(codelist)
