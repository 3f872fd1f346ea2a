"""Errors that end a run, with their exit codes on the command line.

* MetricsError
  x UnreadableError     a file cannot be read at all                    exit 2
  x SubmissionError     a file can be read, but not submitted as asked  exit 10
  x DefinitionError     definitions in the catalogue are inconsistent   exit 11
  x DisclosureError     a confidential value would be published         exit 12
  x UnknownNameError    an unknown name on the command line             exit 13

A fault in a figure is not an error but a `metrics.intake.findings.Finding`, which are collected.
"""

from collections.abc import Iterable, Sequence
from typing import Self

from metrics.core.nearest import nearest_name

MOST_NAMES = 30  # names that fit on one line


class MetricsError(Exception):
    """Base of all errors that are shown as one line, without a traceback."""

    exit_code = 3


class UnreadableError(MetricsError):
    exit_code = 2


class SubmissionError(MetricsError):
    exit_code = 10


class SupersededError(SubmissionError):
    """Another submission came after its sender was shown the difference to the one before."""


class DefinitionError(MetricsError):
    exit_code = 11


class DisclosureError(MetricsError):
    exit_code = 12


class UnknownNameError(MetricsError):
    exit_code = 13

    @classmethod
    def with_hint(cls, what: str, typed: str, known: Iterable[str]) -> Self:
        """Name the nearest known name, or else all of them, as far as one line can list them."""
        names = list(known)
        some = list_names(names)
        folded = {name.casefold(): name for name in names}
        meant = folded.get(nearest_name(typed.casefold(), folded))
        hint = f"did you mean {meant!r}?" if meant else f"there are {some or 'none'}"
        return cls(f"{typed!r} is not {what}; {hint}")


def list_names(names: Sequence[str]) -> str:
    """The names as one line; the first of them, if there are too many for a line."""
    return ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
