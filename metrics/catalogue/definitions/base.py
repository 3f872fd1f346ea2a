"""What all definitions have: strict fields, because people write them, words and sources."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    PrivateAttr,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from metrics.core.definition_errors import InvalidDefinitionError
from metrics.core.errors import KeyedText
from metrics.core.period import ReferencePeriod
from metrics.messages import ENGLISH, OFFICIAL_LANGUAGES, Message, languages, translated


def _parse_period(written: object) -> ReferencePeriod:
    try:
        return ReferencePeriod.parse(written)
    except ValueError as error:
        fault = KeyedText.filled("no_period", period=str(written))
        raise InvalidDefinitionError(fault) from error


Period = Annotated[
    ReferencePeriod, BeforeValidator(_parse_period), PlainSerializer(str, return_type=str)
]

TRANSLATED = "translated"  # context in which a definition is dumped with its translations


class Definition(BaseModel):
    """Base of all definitions in YAML; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def keyed_words(self, key: str) -> Iterator[tuple[str, "Words"]]:
        """Its texts that are translated, and those of its parts, with their keys."""
        for name in type(self).model_fields:
            yield from _keyed_words_in(getattr(self, name), f"{key}/{name}")


class Words(Definition):
    """A text in English, translated in `metrics/messages`; an official wording in its languages."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, str]
    _key: str = PrivateAttr("")

    en: str

    @model_validator(mode="after")
    def is_in_official_languages(self) -> Self:
        if unknown := sorted(set(self.model_extra or {}) - set(OFFICIAL_LANGUAGES)):
            known = ", ".join(OFFICIAL_LANGUAGES)
            fault = KeyedText.filled("no_official_languages", names=str(unknown), known=known)
            raise InvalidDefinitionError(fault)
        return self

    def __call__(self, language: str) -> Message:
        """The text in a language, or in English; the message knows which."""
        if published := self.published.get(language):
            return Message(published, language).marked()
        return (translated(self.key, self.en, language) or Message(self.en)).marked()

    @property
    def published(self) -> Mapping[str, str]:
        """The wordings of the definition itself, by language: the others are translations."""
        return {ENGLISH: self.en, **(self.model_extra or {})}

    @property
    def key(self) -> str:
        """The key of its translations: `goals/GA-1.1/name`."""
        return self._key

    @property
    def by_language(self) -> dict[str, str]:
        """The text in each language that has it; English first."""
        texts = (self(language) for language in {**self.published, **dict.fromkeys(languages())})
        return {text.language: str(text) for text in texts}

    @model_serializer(mode="wrap")
    def _with_translations(
        self, as_written: SerializerFunctionWrapHandler, info: SerializationInfo
    ) -> dict[str, str]:
        return self.by_language if info.context == TRANSLATED else as_written(self)

    def keep_key(self, key: str) -> None:
        """Use the messages with this key as translations."""
        self._key = key


def _keyed_words_in(value: object, key: str) -> Iterator[tuple[str, Words]]:
    if isinstance(value, Words):
        yield key, value
    elif isinstance(value, Definition):
        yield from value.keyed_words(key)
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _keyed_words_in(part, f"{key}/{_name_of(part, number)}")


def _name_of(part: object, number: int) -> str:
    """A part of a list by its code or its period; by its number if it has neither."""
    return str(getattr(part, "code", None) or getattr(part, "since", number))


class CatalogueEntry(Definition):
    """A definition with a code; the keys of its translations begin with its folder and code."""

    folder: ClassVar[str]

    code: str

    def model_post_init(self, _context: Any, /) -> None:  # noqa: ANN401 - as pydantic declares it
        for key, words in self.keyed_words(f"{self.folder}/{self.code}"):
            words.keep_key(key)

    def translatable(self) -> Iterator[Words]:
        """Its texts that are translated."""
        return (words for _, words in self.keyed_words(""))


class Source(Definition):
    """Where a text comes from: a document of the framework, and the paragraph."""

    document: str
    paragraph: str


class Quotation(Definition):
    """The words of another document for the same thing."""

    wording: Words
    source: Source

    def keyed_words(self, _key: str) -> Iterator[tuple[str, Words]]:
        """No texts, because a quotation is not translated."""
        return iter(())
