"""What our workbook says by itself, as digests that it carries: no text of ours is the sender's.

Whoever edits the hidden sheet could add a digest. So a digest belongs to one kind of cell, which
the workbook fills and locks, or is the name of a step that the workbook offers; no kind is for
numbers or remarks. The words beside the code of a status that the workbook offers are one.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from metrics.catalogue.codelists import fold_spelling

# A text outside the tables; the heading of a column; the name and the unit in a row, of its
# indicator or component; the name of a step; a status with its code; a line of an input message.
OwnKind = Literal["outside", "heading", "indicator", "unit", "step", "status", "prompt"]
# Digits in a row could be the number of a person, and words a name.
LETTERS_OF_DIGEST = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
LENGTH = 12
DIGESTS_IN_A_CELL = 16


@lru_cache(maxsize=20_000)
def digest_of_own_text(kind: OwnKind, text: str, about: str = "") -> str:
    """A digest that stays the same if a program saves the text with other spaces or accents."""
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    digest = sha256(f"{kind}\n{about}\n{plain}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:LENGTH].translate(LETTERS_OF_DIGEST)


def plain_heading(text: str) -> str:
    """A heading as its digest has it, so that capitals make no difference."""
    return fold_spelling(text).strip(" .:;,()[]")


def role_in_table(kind: str, role: str) -> str:
    """What the heading of a column is about: its role in a table of this kind."""
    return f"{kind} {role}"


def code_in_list(name: str, code: str) -> str:
    """What a status is about: a code of one of the two lists."""
    return f"{name} {code}"


def component_of_row(indicator: str, component: str) -> str:
    """What the unit of a row is about."""
    return f"{indicator} {component}"


@dataclass(frozen=True)
class OwnTexts:
    """The digests that a workbook carries; none of a workbook that is not ours."""

    digests: frozenset[str] = frozenset()

    @classmethod
    def of_cells(cls, cells: Iterable[object]) -> "OwnTexts":
        texts = (cell for cell in cells if isinstance(cell, str))
        return cls(frozenset(digest for text in texts for digest in text.split()))

    def __bool__(self) -> bool:
        return bool(self.digests)

    def includes(self, kind: OwnKind, text: str, about: str = "") -> bool:
        """Whether the workbook was written with this text in a cell of the kind."""
        return bool(self) and digest_of_own_text(kind, text, about) in self.digests

    def about_of(self, kind: OwnKind, text: str, candidates: Iterable[str]) -> str:
        """The first of the candidates that the workbook calls by this text; empty if it is none."""
        return next((about for about in candidates if self.includes(kind, text, about)), "")

    def cells(self) -> list[str]:
        """The digests as the hidden sheet holds them."""
        ordered = sorted(self.digests)
        starts = range(0, len(ordered), DIGESTS_IN_A_CELL)
        return [" ".join(ordered[start : start + DIGESTS_IN_A_CELL]) for start in starts]


NO_OWN_TEXTS = OwnTexts()
