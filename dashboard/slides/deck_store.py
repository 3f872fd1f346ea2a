"""Decks as files of the workspace: `data/decks/<name>.yaml`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from dashboard.slides.deck_yaml import DECK_SUFFIX, LARGEST_FILE
from metrics.core.atomic_files import AtomicFile, lock_folder, make_folder
from metrics.core.errors import SubmissionError

DECK_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
LONGEST_STEM = 50
FIRST_NAME = "deck"
MOST_DECKS = 500


class DeckChangedError(SubmissionError):
    """Somebody, such as the same person in another tab, changed the deck in between."""

    def __init__(self) -> None:
        super().__init__("deck_changed")


@dataclass(frozen=True)
class KeptDeck:
    """A deck as it is kept; empty if there is none of this name yet."""

    name: str
    content: bytes = b""

    @property
    def version(self) -> str:
        return version_of(self.content)

    @property
    def file_name(self) -> str:
        return f"{self.name or FIRST_NAME}{DECK_SUFFIX}"


def version_of(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def plain_name(words: str) -> str:
    """Words as the name of a file: small letters, digits and hyphens."""
    plain = normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    parts = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    shortened = parts if len(parts) <= LONGEST_STEM else parts[:LONGEST_STEM].rpartition("-")[0]
    return shortened[:LONGEST_STEM] or FIRST_NAME


class DeckStore:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """The names of the decks, the one that was changed last first."""
        paths = [
            path for path in self.folder.glob(f"*{DECK_SUFFIX}") if DECK_NAME.fullmatch(path.stem)
        ]
        return [path.stem for path in sorted(paths, key=last_change, reverse=True)]

    def latest(self) -> str:
        """The deck that was changed last; the name of the first one, if there is none."""
        return next(iter(self.names()), FIRST_NAME)

    def unused_name(self, words: str) -> str:
        """A name for a new deck, after its title or its file."""
        stem, taken = plain_name(words), {*self.names()}
        numbered = (f"{stem}-{number}" for number in range(2, MOST_DECKS + 2))
        return stem if stem not in taken else next(name for name in numbered if name not in taken)

    def read(self, name: str) -> KeptDeck:
        path = self.path(name)
        if not path.is_file():
            return KeptDeck(name)
        with path.open("rb") as file:
            return KeptDeck(name, file.read(LARGEST_FILE + 1))

    def change(
        self, name: str, edit: Callable[[bytes], bytes], version: str | None = None
    ) -> KeptDeck:
        """Write what `edit` makes of the deck, or delete its file where that is nothing.

        DeckChangedError if the deck is no longer that version.

        Without a version, the change does not depend on what the reader saw.
        """
        path = self.path(name)
        make_folder(self.folder, self.folder.parent)
        with lock_folder(self.folder):
            before = self.read(name)
            if version not in {None, before.version}:
                raise DeckChangedError
            if not before.content and len(self.names()) >= MOST_DECKS:
                raise SubmissionError("deck_too_many", most=MOST_DECKS)
            after = KeptDeck(name, edit(before.content))
            if not after.content:
                path.unlink(missing_ok=True)
            elif after.content != before.content:
                with AtomicFile(path) as writing:
                    writing.file.write(after.content)
        return after

    def path(self, name: str) -> Path:
        if not DECK_NAME.fullmatch(name):
            raise SubmissionError("deck_name")
        return self.folder / f"{name}{DECK_SUFFIX}"


def last_change(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
