"""A cache of results of earlier builds, each under the digest of everything it depends on.

A build gives the same bytes with and without it: a missing or damaged result is computed again,
and the files may be deleted at any time. They are kept with the accepted tables in `data/staging`,
which only the owner can read.
"""

import zlib
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from metrics.core.atomic_files import AtomicFile, make_folder

DIGEST_BYTES = 32


class BuildCache:
    """Results of one version of the code, by key."""

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder / sha256(version.encode()).hexdigest()[:16]

    def read(self, key: str) -> bytes | None:
        """Read a result; None if it is missing or damaged."""
        path = self.folder / key
        content = path.read_bytes() if path.is_file() else b""
        digest, body = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
        if not body or _digest(key, body) != digest:
            return None
        return zlib.decompress(body)

    def write(self, key: str, result: bytes) -> None:
        body = zlib.compress(result, level=1)
        make_folder(self.folder, self.folder.parent)
        with AtomicFile(self.folder / key) as writing:
            writing.file.write(_digest(key, body) + body)

    def drop_other_versions(self) -> None:
        """Delete the results of other versions of the code, which this one cannot use."""
        for folder in self.folder.parent.glob("*"):
            if folder != self.folder:
                rmtree(folder, ignore_errors=True)


def _digest(key: str, body: bytes) -> bytes:
    """Digest of a result with its key, so that no result can be mistaken for another."""
    return sha256(key.encode() + body).digest()
