"""Which invented workbooks there are: whose, for which round, and when they are received."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.collections import Round
from metrics.catalogue.loader import catalogue
from metrics.sample.progress import SAMPLE
from metrics.submissions.archive import VINTAGE

# (round, area) of workbooks that are not sent, sent late, and sent again.
SILENT = {("2022", "MT"), ("2023", "CY"), ("2025", "HU"), ("2025", "MT"), ("2025", "BG")}
LATE = {("2021", "IT"), ("2023", "EL"), ("2024", "RO"), ("2025", "EL"), ("2025", "PT")}
SENT_AGAIN = {("2022", "DE"), ("2023", "FR"), ("2024", "FI"), ("2024", "NL"), ("2025", "SE")}


@dataclass(frozen=True)
class PlannedSubmission:
    """One workbook on its way: whose, for which round, when, and as which version."""

    area: str
    round: Round
    received: datetime
    version: int = 0
    collection: str = SAMPLE

    @property
    def key(self) -> tuple[str, str, str]:
        """Area, round and vintage, as the ledger has them."""
        return self.area, self.round.code, f"{self.received:{VINTAGE}}"


def submissions_planned_for(area: str, collection: str = SAMPLE) -> Iterator[PlannedSubmission]:
    order = member_states().index(area)
    for round_ in catalogue().collection(collection).rounds:
        report = (round_.code, area)
        if report in SILENT:
            continue
        days = 12 if report in LATE else -5 - 2 * order
        sent = datetime.combine(round_.due, time(9, order), UTC) + timedelta(days=days)
        first = PlannedSubmission(area, round_, sent, collection=collection)
        yield first
        if report in SENT_AGAIN:
            yield replace(first, received=sent + timedelta(days=90), version=1)
