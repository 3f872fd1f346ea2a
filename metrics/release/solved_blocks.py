"""A cache of suppression patterns solved in earlier builds, by the digest of their inputs.

Most blocks of a collection do not change from one release to the next, and solving them is most
of the work of a release. The files may be deleted at any time. They hold no true value, but reveal
which cells are confidential, and differences between possible tables, which bound the true values.
They are kept with the accepted tables in `data/staging`, for the same restricted readers.
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
    """A cache of patterns: whatever it holds, the results equal those of `pattern_of_block`."""

    folder: Path
    used: set[str] = field(default_factory=set)
    just_solved: list[tuple[SuppressionProblem, Pattern]] = field(default_factory=list)

    def pattern(self, problem: SuppressionProblem) -> Pattern:
        """Read the pattern of a block, or solve and store it."""
        key = key_of_block(problem)
        self.used.add(key)
        pattern = self._read(key, len(problem.primary))
        if pattern is None:
            pattern = pattern_of_block(problem)
            self._write(key, pattern)
            self.just_solved.append((problem, pattern))
        return pattern

    def solve_ahead(self) -> None:
        """Solve each new block as the next release will meet it if its figures do not change.

        Cells that were just released cannot be withheld any more, which makes it another problem.
        If it cannot be solved, the next build reports that, should it still arise.
        """
        while self.just_solved:
            problem, pattern = self.just_solved.pop()
            once_released = replace(problem, may_hide=problem.may_hide & pattern.hidden)
            try:
                self.pattern(once_released)
            except DisclosureError:
                continue

    def drop_unused(self) -> None:
        """Delete the patterns that this build did not use, such as those of other code versions."""
        for path in self.folder.glob("*.block"):
            if path.stem not in self.used:
                path.unlink(missing_ok=True)

    def _read(self, key: str, size: int) -> Pattern | None:
        """Read a pattern; None if it is missing or damaged."""
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
    """Digest of an entry with its name, so that no entry can be mistaken for another."""
    return sha256(key.encode() + body).digest()


def key_of_block(problem: SuppressionProblem) -> str:
    """Digest of everything that `pattern_of_block` depends on: block, code and solvers."""
    digest = sha256(solving_code().encode())
    for array in _arrays(problem):
        digest.update(f"{array.dtype.str}{array.shape}".encode() + array.tobytes())
    return digest.hexdigest()


def _arrays(problem: SuppressionProblem) -> Iterator[np.ndarray]:
    system = problem.system
    yield system.matrix.indptr.astype(np.int64)
    yield system.matrix.indices.astype(np.int64)
    yield from (system.matrix.data, system.constants, system.values, system.floors)
    yield from (system.always_unknown, system.counted)
    # States are renumbered by order, so that a new area elsewhere does not change the key.
    _, ranks = np.unique(system.owner, return_inverse=True)
    yield np.where(system.owner == NOBODY, NOBODY, ranks)
    yield from (problem.primary, problem.may_hide, problem.above, problem.width)


@cache
def solving_code() -> str:
    """Digest of the code that solves a block, the solvers, and the machine's arithmetic."""
    solvers = [f"{name} {version(name)}" for name in ("highspy", "numpy", "scipy")]
    code = digest_of_behaviour("statistics/disclosure")
    return "; ".join([code, *solvers, platform.python_version(), platform.machine()])
