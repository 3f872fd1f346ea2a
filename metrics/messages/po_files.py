"""Read, check and write PO files with Babel.

The context of a message is its key (`findings/value_negative/title`), its ID the English text. The
IDs of `en.po` are the English texts themselves, and nothing is translated there. A message with a
plural has its singular text as its ID, and its plural text as its plural.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from gettext import c2py
from io import BytesIO, StringIO
from string import Formatter
from typing import TypeAlias

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from metrics.core.errors import KeyedText, fault_at, quoted

ENGLISH = "en"
ONE, OTHER = "one", "other"
FUZZY = "fuzzy"
FILLED_BY_CLICK = "commands/click/"  # click fills some of these with English words
NUMBER_NAME = "n"  # the placeholder of the number that decides the plural form
NO_PLACEHOLDER = "python-format"  # Babel takes `5 % of` for one
# Whole numbers among which each plural category occurs that whole numbers have.
SAMPLES = (*range(201), 1_000_000)

# A text, or a text for each plural category of CLDR.
Forms: TypeAlias = str | dict[str, str]
# The English text, or those beside one and many; and its translation into a language.
Translation: TypeAlias = tuple[str | list[str], Forms]
TextTable: TypeAlias = Mapping[str, Translation]
# The messages of the definitions that a language has to translate.
DefinitionMessages: TypeAlias = Callable[[str], Iterable[Message]]


def parse_po(text: str, language: str) -> Catalog:
    """Parse a PO file; ValueError if it is none."""
    try:
        catalog = read_po(StringIO(text), locale=language, abort_invalid=True)
    except PoFileError as error:
        raise ValueError(" ".join(str(error).split())) from error
    if text.strip() and not catalog:
        raise ValueError("it has no message")
    return catalog


def po_text(catalog: Catalog) -> str:
    """The text of a PO file, always the same for the same messages."""
    for message in messages_of(catalog):
        message.flags.discard(NO_PLACEHOLDER)
    written = BytesIO()
    write_po(written, catalog)
    return written.getvalue().decode()


def usable_texts(catalog: Catalog, language: str) -> TextTable:
    """By key, what can be shown: translated, confirmed by a translator, and without a fault."""
    messages = messages_of(catalog)
    if language == ENGLISH:
        return {
            key_of(message): (english_of(message), _english_forms(message)) for message in messages
        }
    return {
        key_of(message): (english_of(message), _forms(message, catalog, language))
        for message in messages
        if is_translated(message) and not fault_of(message)
    }


def messages_of(catalog: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalog if message.id)


def key_of(message: Message) -> str:
    return message.context or ""


def english_of(message: Message) -> str | list[str]:
    return list(message.id) if message.pluralizable else str(message.id)


def is_translated(message: Message) -> bool:
    return not message.fuzzy and all(_strings(message.string))


def english_id(forms: Mapping[str, str]) -> str | tuple[str, str]:
    """The ID of a message of which these are the English forms."""
    return (forms[ONE], forms[OTHER]) if ONE in forms else forms[OTHER]


def _english_forms(message: Message) -> Forms:
    """The English texts; one with a faulty placeholder is shown as it is written."""
    texts = [escaped(text) if placeholder_fault(text) else text for text in _strings(message.id)]
    return dict(zip((ONE, OTHER), texts, strict=True)) if message.pluralizable else texts[0]


def escaped(text: str) -> str:
    """A text that stays as it is when it is filled."""
    return text.replace("{", "{{").replace("}", "}}")


def _forms(message: Message, catalog: Catalog, language: str) -> Forms:
    strings = _strings(message.string)
    if not message.pluralizable:
        return strings[0]
    category_of, form_of = Locale.parse(language).plural_form, c2py(catalog.plural_expr)
    forms = {category_of(number): strings[form_of(number)] for number in reversed(SAMPLES)}
    # Where only fractions are `other`, gettext has no form for it.
    return {OTHER: strings[-1], **forms}


def faults_of(catalog: Catalog, english: Iterable[Message]) -> Iterator[KeyedText]:
    """What is wrong with the messages of a language, with their keys."""
    known = {key_of(message): english_of(message) for message in english}
    for message in messages_of(catalog):
        key = key_of(message)
        if key not in known:
            yield fault_at(key or str(message.id), KeyedText("po_no_such_text"))
        elif english_of(message) != known[key]:
            yield fault_at(key, KeyedText.filled("po_text_changed", text=quoted(known[key])))
        elif is_translated(message) and (fault := fault_of(message) or gap_of(message, catalog)):
            yield fault_at(key, fault)


def faults_of_english(messages: Iterable[Message]) -> Iterator[KeyedText]:
    """Which English texts cannot be filled, with their keys."""
    for message in messages:
        for text in _strings(message.id):
            if fault := placeholder_fault(text):
                yield fault_at(key_of(message), fault_at(quoted(text), fault))


def placeholder_fault(text: str) -> KeyedText | None:
    """Why a text cannot be filled, if so: an open bracket, or a placeholder without a name."""
    try:
        unnamed = sorted(name for name in placeholders(text) if not name.isidentifier())
    except ValueError as error:
        return KeyedText.filled("fault_other", message=str(error))
    if not unnamed:
        return None
    return KeyedText.filled("po_no_name", placeholder=f"{{{unnamed[0]}}}")


def fault_of(message: Message) -> KeyedText | None:
    """Why a translation cannot replace the English text; None if it can."""
    known = set[str]().union(*map(written_placeholders, _strings(message.id)))
    for text in _strings(message.string):
        try:
            unknown = written_placeholders(text) - known
        except ValueError as error:
            return fault_at(quoted(text), KeyedText.filled("fault_other", message=str(error)))
        if unknown:
            names = " ".join(sorted(unknown))
            return KeyedText.filled("po_has", text=quoted(text), names=names)
    return None


def gap_of(message: Message, catalog: Catalog) -> KeyedText | None:
    """What a translation leaves out; the form beside one need not show the number."""
    if key_of(message).startswith(FILLED_BY_CLICK):
        return None
    form_of_one = c2py(catalog.plural_expr)(1) if message.pluralizable else None
    for number, text in enumerate(_strings(message.string)):
        may_lack = {NUMBER_NAME} if number == form_of_one else set[str]()
        if missing := placeholders(_strings(message.id)[-1]) - placeholders(text) - may_lack:
            names = " ".join(f"{{{name}}}" for name in sorted(missing))
            return KeyedText.filled("po_lacks", text=quoted(text), names=names)
    return None


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def written_placeholders(text: str) -> set[str]:
    """Each placeholder with its conversion and format: `{release}`, `{name!r}`, `{end:period}`."""
    return {
        "".join(
            ("{", name, f"!{conversion}" if conversion else "", f":{spec}" if spec else "", "}")
        )
        for _, name, spec, conversion in Formatter().parse(text)
        if name is not None
    }


def _strings(texts: str | Iterable[str] | None) -> tuple[str, ...]:
    return (texts or "",) if isinstance(texts, str | None) else tuple(texts)
