"""Frameworks with their documents and policy targets."""

import datetime as dt

from metrics.catalogue.codelists.groups import first_day, last_day
from metrics.catalogue.definitions.base import CatalogueEntry, Definition, Quotation, Source, Words
from metrics.core.period import ReferencePeriod


class Document(Definition):
    code: str
    title: Words
    date: dt.date | None = None  # None for an undated document
    reference: str
    languages: tuple[str, ...]  # languages in which its wording is available
    compared: dt.date | None = None  # when the wording was compared with the publisher's; or never
    known_from: Words | None = None  # what quotes it, where its own text could not be read
    applies_from: dt.date | None = None  # for a legal act that applies for a time
    applies_to: dt.date | None = None

    def applies_in(self, period: ReferencePeriod) -> bool:
        """Whether it applied on any day of the period."""
        begins = self.applies_from is None or self.applies_from <= last_day(period)
        return begins and (self.applies_to is None or first_day(period) <= self.applies_to)


class PolicyTarget(Definition):
    code: str
    name: Words
    source: Source
    beside: tuple[Quotation, ...] = ()  # other documents in their own words


class Framework(CatalogueEntry):
    """A set of commitments agreed together, with their documents."""

    folder = "frameworks"

    name: Words
    order: int
    note: Words | None = None
    documents: tuple[Document, ...]
    policy_targets: tuple[PolicyTarget, ...] = ()
    agreed_by_states: bool = True  # else proposed by others, such as civil society

    def applies_in(self, period: ReferencePeriod) -> bool:
        """Whether one of its documents that apply for a time did so in the period."""
        timed = [document for document in self.documents if document.applies_from]
        return not timed or any(document.applies_in(period) for document in timed)
