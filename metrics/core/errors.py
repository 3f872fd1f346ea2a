"""Errors that end a run, with their exit codes on the command line.

* MetricsError
  x UnreadableError     a file cannot be read at all                    exit 2
  x SubmissionError     a file can be read, but not submitted as asked  exit 10
  x DefinitionError     definitions in the catalogue are inconsistent   exit 11
  x DisclosureError     a confidential value would be published         exit 12
  x UnknownNameError    an unknown name on the command line             exit 13

An error has a key of `refusals/sentences` in `metrics/messages`, with parameters;
`metrics.messages.error_texts` makes a sentence of them in the reader's language. An error of
several faults has one for each.

A mistake in a submitted figure is not an error but a `metrics.intake.findings.Finding`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias

from metrics.core.similar_names import nearest_name

MOST_NAMES = 30  # names that fit on one line

# Numbers are written as the reader writes them, phrases in the reader's language, texts as given.
Parameter: TypeAlias = "str | int | float | KeyedText"


@dataclass(frozen=True)
class KeyedText:
    """The key of a text in the messages, and the values of its placeholders.

    The form of a text that has a plural is that beside the parameter `n`.
    """

    key: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    @classmethod
    def filled(cls, key: str, /, **parameters: Parameter) -> Self:
        return cls(key, parameters)

    def with_parameters(self, **parameters: Parameter) -> Self:
        return type(self)(self.key, {**self.parameters, **parameters})

    def __str__(self) -> str:
        return _in_english(self)

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "parameters": _values_as_json(self.parameters)}

    @classmethod
    def from_json(cls, content: object) -> Self:
        """The text that `as_json` has written; ValueError for anything else."""
        match content:
            case {"key": str() as key, "parameters": dict() as parameters}:
                return cls(key, {str(name): cls._value(part) for name, part in parameters.items()})
        raise ValueError("neither a key nor parameters")

    @classmethod
    def _value(cls, content: object) -> Parameter:
        return content if isinstance(content, str | int | float) else cls.from_json(content)


def _values_as_json(parameters: Mapping[str, Parameter]) -> dict[str, object]:
    return {
        name: value.as_json() if isinstance(value, KeyedText) else value
        for name, value in parameters.items()
    }


def _in_english(text: KeyedText) -> str:
    """For a log or a traceback, where no reader asks for a language."""
    # A lower package is not to know the texts.
    from metrics.messages.error_texts import refusal_text  # noqa: PLC0415

    return refusal_text(text)


class MetricsError(Exception):
    """Base of all errors that are shown as one line, without a traceback; `str` is in English."""

    exit_code = 3
    language = ""  # that of the file in question, if no other was asked for
    others: tuple[KeyedText, ...] = ()  # further faults, if there are several

    def __init__(self, key: str, /, **parameters: Parameter) -> None:
        super().__init__(key)
        self.text = KeyedText(key, parameters)

    def worded_in(self, language: str) -> Self:
        self.language = language
        return self

    @classmethod
    def of_text(cls, text: KeyedText) -> Self:
        return cls(text.key, **text.parameters)

    @classmethod
    def of_faults(cls, faults: Iterable[KeyedText]) -> Self:
        """All of them; there must be one."""
        first, *others = faults
        error = cls.of_text(first)
        error.others = tuple(others)
        return error

    @property
    def faults(self) -> tuple[KeyedText, ...]:
        """What is wrong, a line for each."""
        return (self.text, *self.others)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


class UnreadableError(MetricsError):
    exit_code = 2

    def naming(self, file: str) -> "UnreadableError":
        """The same error with the name of the file, which the process that reads it leaves out."""
        return UnreadableError.of_text(self.text.with_parameters(file=file))


class SubmissionError(MetricsError):
    exit_code = 10


class SupersededError(SubmissionError):
    """Another submission came after its sender was shown the difference to the one before."""


class DefinitionError(MetricsError):
    """One or several faults in what people write for the program: definitions, rules, texts."""

    exit_code = 11


class DisclosureError(MetricsError):
    exit_code = 12


class UnknownNameError(MetricsError):
    exit_code = 13

    @classmethod
    def with_hint(
        cls, kind: str | KeyedText, typed: str, known: Iterable[str], listed: Sequence[str] = ()
    ) -> Self:
        """Name the nearest known name, or else all of them, as far as one line can list them.

        `kind` says what the name should be of: a text, or its key, under `refusals/phrases`.
        `listed` are those that are worth listing, if not all are.
        """
        names = list(known)
        phrase = kind if isinstance(kind, KeyedText) else KeyedText(kind)
        if meant := _meant_name(typed, names):
            return cls("unknown_name", name=typed, kind=phrase, meant=meant)
        if not names:
            return cls("unknown_of_none", name=typed, kind=phrase)
        return cls("unknown_of", name=typed, kind=phrase, known=list_names(listed or names))


def unknown_name(
    kind: KeyedText, typed: str, known: Iterable[str], listed: Sequence[str] = ()
) -> KeyedText:
    """What `UnknownNameError.with_hint` says, as a fault among others."""
    return UnknownNameError.with_hint(kind, typed, known, listed).text


def quoted(value: object) -> Parameter:
    """A value as written: a text in the reader's quotation marks, anything else as code."""
    return KeyedText.filled("quoted", text=value) if isinstance(value, str) else repr(value)


def fault_at(location: Parameter, fault: KeyedText) -> KeyedText:
    """A fault with the file, field or text in which it is."""
    return KeyedText.filled("definition_at", place=location, fault=fault)


def fault_in_line(file: str, line: int, fault: KeyedText) -> KeyedText:
    return KeyedText.filled("definition_in_line", file=file, line=str(line), fault=fault)


def _meant_name(typed: str, names: Sequence[str]) -> str | None:
    folded = {name.casefold(): name for name in names}
    return folded.get(nearest_name(typed.casefold(), folded))


def list_names(names: Sequence[str]) -> str:
    """The names as one line; the first of them, if there are too many for a line."""
    return ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
