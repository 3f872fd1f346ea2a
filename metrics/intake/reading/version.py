"""Which code and definitions a file was read by: another version may read it otherwise."""

from metrics.core.version import digest_of_source

READING = (
    "core", "catalogue", "intake/formats", "intake/reading", "intake/templates",
    "intake/sandbox.py", "intake/workbook.py",
)  # fmt: skip


def reading_version() -> str:
    return digest_of_source(*READING)
