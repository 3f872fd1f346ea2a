"""How far documents are that are being made, in memory that all workers share.

The workers are forked from one process, and so is the memory: whichever of them is asked knows
how far a document is that another makes. Where they are not, only its own worker knows.
"""

from collections.abc import Hashable
from hashlib import sha256
from mmap import mmap
from struct import Struct
from typing import NamedTuple

ENTRY = Struct("<8sHH")  # the digest of a name, steps that are done, steps of all
ENTRIES = 64


class MadeSteps(NamedTuple):
    done: int
    total: int


class ProgressBoard:
    """Two documents of one entry overwrite each other: then the progress is unknown."""

    def __init__(self, entries: int = ENTRIES) -> None:
        self.entries = entries
        self.memory = mmap(-1, ENTRY.size * entries)

    def write(self, name: Hashable, done: int, total: int) -> None:
        digest = digest_of(name)
        ENTRY.pack_into(self.memory, self._position(digest), digest, done, total)

    def read(self, name: Hashable) -> MadeSteps | None:
        """None for a document that nobody makes."""
        digest = digest_of(name)
        known, done, total = ENTRY.unpack_from(self.memory, self._position(digest))
        return MadeSteps(done, total) if known == digest and total else None

    def clear(self, name: Hashable) -> None:
        self.write(name, 0, 0)

    def _position(self, digest: bytes) -> int:
        return int.from_bytes(digest, "little") % self.entries * ENTRY.size


def digest_of(name: Hashable) -> bytes:
    return sha256(repr(name).encode()).digest()[:8]
