"""Answers that are kept in memory, the ones asked for last, up to a number of bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

OVERHEAD = 1024  # bytes of memory for each entry: its key, and what Python keeps beside it


@dataclass(frozen=True)
class KeptAnswer:
    """A compressed document or a picture, and the digest of what it shows."""

    content: bytes
    digest: str
    status: int


class AnswerCache:
    """Threads may share one; what was not asked for longest is dropped first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._answers: OrderedDict[Hashable, KeptAnswer] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: Hashable) -> KeptAnswer | None:
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def put(self, key: Hashable, answer: KeptAnswer) -> None:
        with self._lock:
            self._drop(key)
            self._answers[key] = answer
            self.size += size_in_memory(answer)
            while self.size > self.most_bytes:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: Hashable) -> None:
        dropped = self._answers.pop(key, None)
        self.size -= size_in_memory(dropped) if dropped else 0


def size_in_memory(answer: KeptAnswer) -> int:
    return len(answer.content) + OVERHEAD
