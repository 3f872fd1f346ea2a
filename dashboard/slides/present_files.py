"""Script and styles of slides in the browser, which are written into their document."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files


@cache
def part_of_document(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def script_digest() -> str:
    """As a policy of content names the only script that may run."""
    script = part_of_document("present.js").encode()
    return f"'sha256-{b64encode(sha256(script).digest()).decode()}'"
