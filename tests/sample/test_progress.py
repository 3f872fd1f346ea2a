"""What the pages are told of a sample that is being built, and of a process that was killed."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from metrics.sample.progress import (
    PROGRESS_FILE,
    SampleProgress,
    progress_of_build,
    read_progress,
    write_progress,
)


def test_progress_is_read_while_its_process_runs(tmp_path: Path) -> None:
    write_progress(tmp_path, SampleProgress("submissions", 35, 162))

    assert read_progress(tmp_path) == SampleProgress("submissions", 35, 162)


def test_what_a_killed_process_left_is_no_progress(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    write_progress(tmp_path, SampleProgress("release", process=ended.pid))

    assert read_progress(tmp_path) is None


def test_nothing_or_something_else_in_the_file_is_no_progress(tmp_path: Path) -> None:
    assert read_progress(tmp_path) is None

    write_progress(tmp_path, SampleProgress("release"))
    (tmp_path / PROGRESS_FILE).write_text("{}")
    assert read_progress(tmp_path) is None


def test_nothing_is_shown_after_the_building_also_where_it_failed(tmp_path: Path) -> None:
    with suppress(RuntimeError), progress_of_build(tmp_path) as show:
        show(SampleProgress("release"))
        assert read_progress(tmp_path)
        raise RuntimeError

    assert not (tmp_path / PROGRESS_FILE).exists()
