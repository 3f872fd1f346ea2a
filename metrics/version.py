"""Which code this is: its release, and a digest that changes with any of its files."""

from collections.abc import Collection
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

DEFINITIONS_AND_CODE = {".py", ".yaml", ".csv"}
# What has no part in reading a file, so that a change of it leaves what was read as it is.
NOT_READING = {
    "aggregation", "commands", "disclosure", "documents", "exports", "ledger", "progress",
    "release", "rules", "sample",
}  # fmt: skip


@cache
def code_version() -> str:
    """Of this package only: the dashboard shows figures and makes none."""
    return f"{version('empact-metrics')}+{digest_below(Path(__file__).parent)[:12]}"


@cache
def reading_version() -> str:
    """Of all that can change what is read of a file."""
    return digest_below(Path(__file__).parent, NOT_READING)[:12]


def digest_below(folder: Path, without: Collection[str] = ()) -> str:
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.suffix in DEFINITIONS_AND_CODE and name.parts[0] not in without:
            digest.update(f"{name.as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()
