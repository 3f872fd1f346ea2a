"""The texts of a language by key, compiled again whenever its PO file has changed.

Babel takes a quarter of a second to parse a file, so what it finds is kept beside compiled Python
code, with a digest of the file. Where that cannot be written, the file is parsed in each process.
"""

import json
import os
from contextlib import suppress
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from metrics.core.load_once import load_once

if TYPE_CHECKING:
    from metrics.messages.po_files import TextTable

PO = ".po"
FORM = b"2"  # raise it when the same file compiles to something else
FOLDER = Path(__file__).parent
CACHE = FOLDER / "__pycache__"


@load_once()
def text_table(language: str) -> "TextTable":
    """The texts that can be shown in a language; none if its file cannot be parsed."""
    source = po_source(language)
    digest, kept = sha256(FORM + source).hexdigest(), CACHE / f"{language}.json"
    found = _kept_texts(kept, digest)
    if found is None:
        found = _compiled(source, language)
        _keep(kept, {"digest": digest, "texts": found})
    return found


def po_source(language: str) -> bytes:
    return files(__package__).joinpath(language + PO).read_bytes()


def po_stems() -> list[str]:
    names = (path.name for path in files(__package__).iterdir())
    return sorted(name.removesuffix(PO) for name in names if name.endswith(PO))


def _kept_texts(kept: Path, digest: str) -> "TextTable | None":
    with suppress(OSError, ValueError):
        content = json.loads(kept.read_bytes())
        if content["digest"] == digest:
            texts: TextTable = content["texts"]
            return texts
    return None


def _compiled(source: bytes, language: str) -> "TextTable":
    from metrics.messages.po_files import ENGLISH, parse_po, usable_texts  # noqa: PLC0415 - slow

    try:
        catalog = parse_po(source.decode("utf-8-sig"), language)
    except ValueError:
        if language == ENGLISH:
            raise
        return {}
    return usable_texts(catalog, language)


def _keep(kept: Path, content: object) -> None:
    part = kept.with_name(f"{kept.name}.{os.getpid()}")
    with suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        part.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        part.replace(kept)
