"""Suppression patterns of blocks that were solved in earlier builds.

Most blocks of a collection do not change from one release to the next, and to solve them takes
most of the time of a build. The stored patterns contain no true value. They do reveal which cells
are confidential, and differences between possible tables, which bound the true values.
"""

import json
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version

import numpy as np

from metrics.core.version import digest_of_behaviour
from metrics.release.build_cache import BuildCache
from metrics.statistics.disclosure.attack import AlternativeTable
from metrics.statistics.disclosure.constraint_system import NO_OWNER
from metrics.statistics.disclosure.secondary import Pattern, SuppressionProblem, pattern_of_block


@dataclass(frozen=True)
class SuppressionCache:
    """Patterns from the cache; the results always equal those of `pattern_of_block`."""

    cache: BuildCache

    def pattern(self, problem: SuppressionProblem) -> Pattern:
        """Read the pattern of a block, or solve and store it."""
        key = key_of_block(problem)
        stored = self.cache.read(key)
        if stored is not None:
            return _parse_pattern(stored, len(problem.primary))
        pattern = pattern_of_block(problem)
        self.cache.write(key, _format_pattern(pattern))
        return pattern


def _format_pattern(pattern: Pattern) -> bytes:
    entry = {
        "hidden": np.flatnonzero(pattern.hidden).tolist(),
        "tables": [(table.cells.tolist(), table.by.tolist()) for table in pattern.tables],
    }
    return json.dumps(entry).encode()


def _parse_pattern(stored: bytes, size: int) -> Pattern:
    entry = json.loads(stored)
    hidden = np.zeros(size, dtype=bool)
    hidden[entry["hidden"]] = True
    tables = [
        AlternativeTable(np.array(cells, dtype=np.intp), np.array(by, dtype=float))
        for cells, by in entry["tables"]
    ]
    return Pattern(hidden, tables)


def key_of_block(problem: SuppressionProblem) -> str:
    """Digest of everything that `pattern_of_block` depends on, except code and solvers."""
    digest = sha256()
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
    yield np.where(system.owner == NO_OWNER, NO_OWNER, ranks)
    yield from (problem.primary, problem.may_hide, problem.above, problem.width)


@cache
def solving_code() -> str:
    """Digest of the code that solves a block, the solvers, and the machine's arithmetic."""
    solvers = [f"{name} {version(name)}" for name in ("highspy", "numpy", "scipy")]
    code = digest_of_behaviour("statistics/disclosure")
    return "; ".join([code, *solvers, platform.python_version(), platform.machine()])
