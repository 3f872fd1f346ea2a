"""A copy of the program to which a test adds a file, as CONTRIBUTING says to."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

ROOT = Path(__file__).parents[1]


def copy_package(to: Path, *packages: str) -> Path:
    """Copy `metrics`, or the packages named, into a folder, which is returned."""
    for package in packages or ("metrics",):
        copytree(ROOT / package, to / package, ignore=ignore_patterns("__pycache__"))
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
