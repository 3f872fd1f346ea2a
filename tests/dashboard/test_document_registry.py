"""A format of pictures or documents is a file in `dashboard/exports`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import exports

SEAL = """
from dashboard.exports import DocumentFormat

SEAL = DocumentFormat("seal", ".seal", "text/plain", str, str.encode)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose modules belong to the registry."""
    monkeypatch.setattr(exports, "__path__", [*exports.__path__, str(tmp_path)])
    exports._formats.cache_clear()
    yield tmp_path
    exports._formats.cache_clear()


def test_a_new_format_is_offered_for_what_it_writes(folder: Path) -> None:
    (folder / "seal_of_test.py").write_text(SEAL, "utf-8")

    found = exports.formats_of(str)["seal"]

    assert (found.suffix, found.write("drawn")) == (".seal", b"drawn")
    assert "seal" not in exports.formats_of(int), "of another kind of document"


def test_a_format_that_cannot_be_imported_is_offered_and_raises_its_error(folder: Path) -> None:
    (folder / "torn_format.py").write_text("import no_such_module\n", "utf-8")

    found = exports.formats_of(str)["torn_format"]

    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        found.write("drawn")
