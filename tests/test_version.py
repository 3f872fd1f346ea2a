"""Which code this is: what was read is read anew only after a change that can matter to it."""

import subprocess
import sys
from pathlib import Path

import metrics
from metrics.version import NOT_READING, code_version, digest_below, reading_version

LOADED = """
import sys
import metrics.ingest, metrics.unpack, metrics.formats.ods, metrics.formats.xlsx
print(*{name.split(".")[1] for name in sys.modules if name.startswith("metrics.")})
"""


def test_what_has_no_part_in_reading_is_not_loaded_by_it() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )

    assert not NOT_READING & set(ended.stdout.split())


def test_what_has_no_part_in_reading_is_there() -> None:
    (source,) = metrics.__path__

    assert {each.name for each in Path(source).iterdir()} >= NOT_READING


def test_only_a_change_that_can_matter_is_another_version(tmp_path: Path) -> None:
    for folder in ("ingest", "rules"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.py").write_text("1")
    before = digest_below(tmp_path, {"rules"})
    (tmp_path / "rules" / "a.py").write_text("2")
    same = digest_below(tmp_path, {"rules"})
    (tmp_path / "ingest" / "a.py").write_text("2")

    assert before == same != digest_below(tmp_path, {"rules"})


def test_the_version_of_reading_is_another_than_that_of_the_code() -> None:
    assert reading_version() not in code_version()
