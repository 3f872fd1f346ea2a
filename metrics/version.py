"""Which code this is: its release, and a digest that changes with any of its files."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

DEFINITIONS_AND_CODE = {".py", ".yaml", ".csv"}


@cache
def code_version() -> str:
    """Of this package only: the dashboard shows figures and makes none."""
    return f"{version('empact-metrics')}+{digest_below(Path(__file__).parent)[:12]}"


def digest_below(folder: Path) -> str:
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in DEFINITIONS_AND_CODE:
            name = path.relative_to(folder).as_posix()
            digest.update(f"{name}\0".encode() + path.read_bytes())
    return digest.hexdigest()
