"""Check that definitions hold English texts and official wordings, and no translations."""

from collections.abc import Iterator

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.definitions.base import CatalogueEntry, Words
from metrics.catalogue.definitions.goals import Goal
from metrics.core.errors import KeyedText
from metrics.messages import ENGLISH

WORDING = "wording"


def check_translations(definition: CatalogueEntry) -> Iterator[KeyedText]:
    location = DefinitionLocation(f"{definition.folder}/{definition.code}.yaml")
    for field, words in texts_by_field(definition).items():
        official = definition.official if isinstance(definition, Goal) and field == WORDING else ()
        for language in words.published.keys() - {ENGLISH, *official}:
            why = KeyedText.filled("fault_no_official_wording", language=language)
            yield location.error(f"{field}.{language}", words.published[language], why)


def texts_by_field(definition: CatalogueEntry) -> dict[str, Words]:
    found = {
        key.removeprefix("/").replace("/", "."): words for key, words in definition.keyed_words("")
    }
    return {**found, WORDING: definition.wording} if isinstance(definition, Goal) else found
