"""Suppression patterns of blocks solved in earlier builds, kept by the digest of all they rest on.

Most blocks of a collection do not change from one release to the next, and to solve them is most
of the work of a release. The files may be deleted at any time. They hold no true value, but tell
which cells are confidential, and differences between possible tables, which bound the true values.
They lie with the accepted tables in `data/staging` and are for those alone who may read these.
"""

import json
import platform
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import numpy as np

from metrics.core.atomic_files import AtomicFile, make_folder
from metrics.core.errors import DisclosureError
from metrics.core.version import digest_of_behaviour
from metrics.statistics.disclosure.attack import AlternativeTable
from metrics.statistics.disclosure.constraint_system import NOBODY
from metrics.statistics.disclosure.secondary import Pattern, SuppressionProblem, pattern_of_block

DIGEST_BYTES = 32


@dataclass
class SolvedBlocks:
    """A cache of patterns: whatever it holds, the answers are those of `pattern_of_block`."""

    folder: Path
    used: set[str] = field(default_factory=set)
    just_solved: list[tuple[SuppressionProblem, Pattern]] = field(default_factory=list)

    def pattern(self, problem: SuppressionProblem) -> Pattern:
        """Read the pattern of a block, or find and keep it."""
        key = key_of_block(problem)
        self.used.add(key)
        pattern = self._read(key, len(problem.primary))
        if pattern is None:
            pattern = pattern_of_block(problem)
            self._write(key, pattern)
            self.just_solved.append((problem, pattern))
        return pattern

    def solve_ahead(self) -> None:
        """Solve each new block as the next release will meet it if its figures stay the same.

        What was just shown cannot be withheld again, which makes it another problem. Where that
        cannot be solved the next build says so, if it comes to it.
        """
        while self.just_solved:
            problem, pattern = self.just_solved.pop()
            once_released = replace(problem, may_hide=problem.may_hide & pattern.hidden)
            try:
                self.pattern(once_released)
            except DisclosureError:
                continue

    def drop_unused(self) -> None:
        """Delete what this build did not need, other versions of the code among it."""
        for path in self.folder.glob("*.block"):
            if path.stem not in self.used:
                path.unlink(missing_ok=True)

    def _read(self, key: str, size: int) -> Pattern | None:
        """Read a pattern; None where there is none or the file is damaged."""
        path = self._path(key)
        content = path.read_bytes() if path.is_file() else b""
        digest, body = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
        if not body or _digest(key, body) != digest:
            return None
        entry = json.loads(zlib.decompress(body))
        hidden = np.zeros(size, dtype=bool)
        hidden[entry["hidden"]] = True
        tables = [
            AlternativeTable(np.array(cells, dtype=np.intp), np.array(by, dtype=float))
            for cells, by in entry["tables"]
        ]
        return Pattern(hidden, tables)

    def _write(self, key: str, pattern: Pattern) -> None:
        entry = {
            "hidden": np.flatnonzero(pattern.hidden).tolist(),
            "tables": [(table.cells.tolist(), table.by.tolist()) for table in pattern.tables],
        }
        body = zlib.compress(json.dumps(entry).encode())
        make_folder(self.folder, self.folder.parent)
        with AtomicFile(self._path(key)) as writing:
            writing.file.write(_digest(key, body) + body)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.block"


def _digest(key: str, body: bytes) -> bytes:
    """Digest of an entry and its name, so that no entry passes for another."""
    return sha256(key.encode() + body).digest()


def key_of_block(problem: SuppressionProblem) -> str:
    """Digest of everything that `pattern_of_block` rests on: the block, the code, the solvers."""
    digest = sha256(solving_code().encode())
    for array in _arrays(problem):
        digest.update(f"{array.dtype.str}{array.shape}".encode() + array.tobytes())
    return digest.hexdigest()


def _arrays(problem: SuppressionProblem) -> Iterator[np.ndarray]:
    system = problem.system
    yield system.matrix.indptr.astype(np.int64)
    yield system.matrix.indices.astype(np.int64)
    yield from (system.matrix.data, system.constants, system.values, system.floors)
    yield from (system.unnamed, system.counted)
    # States count by their order alone, so that one more area elsewhere changes nothing here.
    _, ranks = np.unique(system.owner, return_inverse=True)
    yield np.where(system.owner == NOBODY, NOBODY, ranks)
    yield from (problem.primary, problem.may_hide, problem.above, problem.width)


@cache
def solving_code() -> str:
    """The code that solves a block, its solvers, and the machine whose arithmetic they use."""
    solvers = [f"{name} {version(name)}" for name in ("highspy", "numpy", "scipy")]
    code = digest_of_behaviour("statistics/disclosure")
    return "; ".join([code, *solvers, platform.python_version(), platform.machine()])
