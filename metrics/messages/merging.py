"""Check the PO files of all languages, and bring them up to the English texts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from metrics.core.errors import DefinitionError, KeyedText, fault_at
from metrics.messages import ENGLISH, OFFICIAL_LANGUAGES, language_name, languages
from metrics.messages.compiled import PO, po_source, po_stems
from metrics.messages.po_files import (
    FUZZY,
    DefinitionMessages,
    english_of,
    faults_of,
    faults_of_english,
    is_translated,
    key_of,
    messages_of,
    parse_po,
    po_text,
)

PROJECT, CONTACT = "EMPACT metrics", "see CONTRIBUTING.md"


@dataclass(frozen=True)
class MergedFile:
    """A PO file as it should be, and how far it is translated."""

    language: str
    text: str
    translated: int
    fuzzy: int
    total: int

    @property
    def is_changed(self) -> bool:
        return self.language not in po_stems() or po_source(self.language) != self.text.encode()

    @property
    def coverage(self) -> str:
        """`fi: 2,242 of 2,242 texts (100 %)`."""
        share = 100 * self.translated // self.total
        unsure = f", {self.fuzzy} to be confirmed" if self.fuzzy else ""
        return f"{self.language}: {self.translated:,} of {self.total:,} texts ({share} %){unsure}"

    def write(self, folder: Path) -> None:
        (folder / f"{self.language}{PO}").write_text(self.text, encoding="utf-8")


def merged_files(definitions: DefinitionMessages, added: str = "") -> list[MergedFile]:
    """Merge `en.po` and the texts of definitions into the other languages, and into a new one."""
    english = _parsed(ENGLISH)
    others = sorted({*po_stems(), *filter(None, [added])} - {ENGLISH})
    return [
        MergedFile(ENGLISH, po_text(english), len(english), 0, len(english)),
        *(_merged_file(language, _template(english, definitions(language))) for language in others),
    ]


def _template(english: Catalog, definitions: Iterable[Message]) -> Catalog:
    template = Catalog(locale=ENGLISH)
    for message in (*messages_of(english), *definitions):
        template[message.id] = message
    return template


def _merged_file(language: str, template: Catalog) -> MergedFile:
    catalog = _parsed(language) if language in po_stems() else _new_catalog(language)
    merge(catalog, template)
    messages = list(messages_of(catalog))
    return MergedFile(
        language,
        po_text(catalog),
        translated=sum(map(is_translated, messages)),
        fuzzy=sum(message.fuzzy for message in messages),
        total=len(messages),
    )


def merge(catalog: Catalog, template: Catalog) -> None:
    """Give a language the messages of the template; drop translations that nothing asks for.

    Where only the English text has changed, the translation is kept as fuzzy: a translator
    confirms it by removing the mark, and until then the text is shown in English.
    """
    for message in list(_unconfirmed(catalog, template)):
        catalog[message.id] = message
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()


def _unconfirmed(catalog: Catalog, template: Catalog) -> Iterator[Message]:
    known = {key_of(message): message for message in messages_of(catalog)}
    for message in messages_of(template):
        former = known.get(key_of(message))
        if former and former.string and english_of(former) != english_of(message):
            yield Message(
                message.id,
                former.string,
                flags=[*former.flags, FUZZY],
                user_comments=former.user_comments,
                context=message.context,
            )


def check_messages(definitions: DefinitionMessages) -> None:
    """Raise DefinitionError with every faulty text of a language.

    English is shown for a faulty translation, and a faulty English text as it is written.
    """
    unknown = sorted(set(po_stems()) - set(OFFICIAL_LANGUAGES))
    wrong = [
        fault_at(f"messages/{stem}.po", KeyedText.filled("po_language", language=stem))
        for stem in unknown
    ]
    english = list(messages_of(_parsed(ENGLISH)))
    wrong += [fault_at(f"messages/{ENGLISH}.po", fault) for fault in faults_of_english(english)]
    for language in languages()[1:]:
        try:
            faults = faults_of(_parsed(language), [*english, *definitions(language)])
            wrong += [fault_at(f"messages/{language}.po", fault) for fault in faults]
        except ValueError as error:
            file = f"messages/{language}.po"
            wrong.append(KeyedText.filled("no_po_file", file=file, reason=str(error)))
    if wrong:
        raise DefinitionError.of_faults(wrong)


def _parsed(language: str) -> Catalog:
    return parse_po(po_source(language).decode("utf-8-sig"), language)


def _new_catalog(language: str) -> Catalog:
    name = language_name(language)
    return Catalog(
        language,
        header_comment=f"# {PROJECT} in {name}. `make messages` merges the English texts.",
        project=PROJECT,
        version="1",
        msgid_bugs_address=CONTACT,
        last_translator=PROJECT,
        language_team=name,
        fuzzy=False,
    )
