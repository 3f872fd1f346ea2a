"""What a file is validated against: its collection, and what came before it."""

from collections.abc import Mapping

from metrics.catalogue.definitions.collections import Collection
from metrics.catalogue.loader import Catalogue
from metrics.intake.findings import ValidationContext
from metrics.intake.workbook import ParsedSubmission
from metrics.submissions.accepted_before import PriorData


def validation_context(
    parsed: ParsedSubmission, scope: Mapping[str, str], prior: PriorData, catalogue: Catalogue
) -> ValidationContext:
    collection = checking_collection(parsed.collection, catalogue)
    asked = catalogue.restrict_to(collection)
    return ValidationContext(
        parsed,
        collection,
        asked.indicators,
        asked.goals,
        scope,
        previous=prior.previous,
        history=prior.history,
        peers=prior.peers,
        changed=prior.changed,
        carried=prior.carried,
    )


def checking_collection(code: str, catalogue: Catalogue) -> Collection:
    """The collection whose rules apply: that of the file, or else a general, official one."""
    if code in catalogue.collections:
        return catalogue.collections[code]
    by_preference = sorted(
        catalogue.collections.values(),
        key=lambda known: (known.nature != "official", bool(known.frameworks)),
    )
    return by_preference[0]
