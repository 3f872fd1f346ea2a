"""A command finds what draws for it by an entry point of an installed package."""

from pathlib import Path

import pytest

from metrics.commands.document_writers import load_document_writer
from metrics.core.errors import MetricsError

DECLARED = "[empact.documents]\nbanner = drawn_banner:write\n"


def test_the_function_that_a_package_declares_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "drawn_banner.py").write_text("def write(words): return words.encode()\n", "utf-8")
    described = tmp_path / "banner-1.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: banner\nVersion: 1\n", "utf-8"
    )
    (described / "entry_points.txt").write_text(DECLARED, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    write = load_document_writer("banner")

    assert write("in words") == b"in words"


def test_a_command_without_one_says_what_to_install() -> None:
    with pytest.raises(MetricsError, match=r"`empact ribbon`.*entry point of empact\.documents"):
        load_document_writer("ribbon")
