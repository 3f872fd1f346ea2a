"""A copy of the program to which a test adds a file, as CONTRIBUTING says to."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import copytree, ignore_patterns

ROOT = Path(__file__).parents[1]
# Without a process of its own, which would load the program again, for each command.
COMMANDS = """
import contextlib, io, json, sys
from metrics.__main__ import run
printed = []
for arguments in json.loads(sys.argv[1]):
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out):
        code = run(arguments)
    out.flush()
    printed.append(out.buffer.getvalue().decode())
    if code and sys.argv[2] == "all succeed":
        sys.exit(f"{arguments} ended with {code}: {printed[-1]}")
print(json.dumps(printed))
"""


def copy_package(to: Path, *packages: str) -> Path:
    """Copy `metrics`, or the packages named, with what is compiled of them; return the folder."""
    for package in packages or ("metrics",):
        being_written = ignore_patterns("*.pyc.*", "*.json.*")
        copytree(ROOT / package, to / package, ignore=being_written)
    return to


def add_translations(folder: Path, language: str, texts: Mapping[str, tuple[str, str]]) -> None:
    """Add texts by key, in English and in the language, to its file in a copy, made if missing."""
    with (folder / "metrics" / "messages" / f"{language}.po").open("a", encoding="utf-8") as file:
        for key, (english, text) in texts.items():
            file.write(f'\nmsgctxt "{key}"\nmsgid "{english}"\nmsgstr "{text}"\n')


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


def run_commands(
    folder: Path, commands: Sequence[Sequence[str]], *, may_fail: bool = False
) -> list[str]:
    """What commands of the copy print, run one after the other in one process."""
    wanted = "any end" if may_fail else "all succeed"
    done = run_copy(folder, "-c", COMMANDS, json.dumps(commands), wanted)
    assert done.returncode == 0, done.stdout + done.stderr
    return [str(printed) for printed in json.loads(done.stdout)]
