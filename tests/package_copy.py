"""A copy of the program to which a test adds a file, as CONTRIBUTING says to."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

ROOT = Path(__file__).parents[1]


def copy_package(to: Path) -> Path:
    """Copy `metrics` into a folder, which is returned."""
    ignored = ignore_patterns("__pycache__")
    copytree(ROOT / "metrics", to / "metrics", ignore=ignored)
    return to


def run_copy(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the copy: `-m metrics rules`, or `-c` and a program."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
