"""Load what every examination needs, once, in the process from which each is forked."""

from metrics.catalogue.loader import catalogue
from metrics.intake import annotated_workbook
from metrics.messages import languages
from metrics.submissions import desk

__all__ = ["annotated_workbook", "desk"]

catalogue()
desk.load_shared()
languages()
