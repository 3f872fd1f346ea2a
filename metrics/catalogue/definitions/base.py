"""What all definitions have: strict fields, because people write them, words and sources."""

from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, model_validator

from metrics.core.period import ReferencePeriod
from metrics.messages import OFFICIAL_LANGUAGES

Period = Annotated[
    ReferencePeriod, BeforeValidator(ReferencePeriod.parse), PlainSerializer(str, return_type=str)
]


class Definition(BaseModel):
    """Base of all definitions in YAML; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Words(Definition):
    """One text in official languages of the Union; English is used where one is missing."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, str]

    en: str

    @model_validator(mode="after")
    def is_in_official_languages(self) -> Self:
        if unknown := sorted(set(self.model_extra or {}) - set(OFFICIAL_LANGUAGES)):
            raise ValueError(f"{unknown} are no official languages, only {OFFICIAL_LANGUAGES}")
        return self

    def __call__(self, language: str) -> str:
        return self.by_language.get(language) or self.en

    @property
    def by_language(self) -> dict[str, str]:
        """The text in each language that has it; English first."""
        return {"en": self.en, **(self.model_extra or {})}


class Source(Definition):
    """Where a text comes from: a document of the framework, and the paragraph."""

    document: str
    paragraph: str


class Quotation(Definition):
    """The words of another document for the same thing."""

    wording: Words
    source: Source
