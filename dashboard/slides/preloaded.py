"""Load what every deck needs, once, in the process from which those that make slides are forked."""

from dashboard.slides import deck
from dashboard.slides.kinds import slide_kinds
from metrics.catalogue.loader import catalogue

__all__ = ["deck"]

slide_kinds()
catalogue()
