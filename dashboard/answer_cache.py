"""Answers that are kept in memory, the ones asked for last, up to a number of bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from threading import Lock
from typing import Generic, TypeVar

Kept = TypeVar("Kept")
OVERHEAD = 1024  # bytes of memory for each entry: its key, and what Python keeps beside it


@dataclass(frozen=True)
class KeptAnswer:
    """A compressed document or a picture, and the digest of what it shows."""

    content: bytes
    digest: str
    status: int


def kept_file(content: bytes) -> KeptAnswer:
    return KeptAnswer(content, sha256(content).hexdigest()[:32], HTTPStatus.OK)


class KeptLast(Generic[Kept]):
    """Threads may share one; what was not asked for longest is dropped first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def put(self, key: Hashable, kept: Kept) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = kept
            self.size += self.size_of(kept)
            while self.size > self.most:
                self._drop(next(iter(self._kept)))

    def size_of(self, _kept: Kept) -> int:
        """By which `most` is counted: each is one."""
        return 1

    def _drop(self, key: Hashable) -> None:
        dropped = self._kept.pop(key, None)
        self.size -= 0 if dropped is None else self.size_of(dropped)


class AnswerCache(KeptLast[KeptAnswer]):
    """Up to a number of bytes in memory."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__(most_bytes)

    def size_of(self, answer: KeptAnswer) -> int:
        return len(answer.content) + OVERHEAD
