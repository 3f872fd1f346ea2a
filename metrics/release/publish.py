"""Write a release atomically, and refuse one that shows a confidential value."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import rmtree

import pandas as pd

from metrics.core.atomic_files import (
    OWNER_ONLY_FOLDER,
    AtomicFile,
    create_private,
    make_folder,
    sync_folder,
)
from metrics.core.errors import DisclosureError, SubmissionError
from metrics.core.schemas import conform_table, is_text
from metrics.core.series import format_series
from metrics.core.tables import FREE, KEY
from metrics.release.store import FACTS, KEYS, POINTER, SUFFIX, current_label, read_facts

VALUES = "indicator_values"
# Each status column, with the columns that must be empty unless that status is free.
GUARDED = {
    "confidentiality_status": ("value", "previous_value"),
    "previous_confidentiality_status": ("previous_value",),
}
FIGURES = ("value", "previous_value", "change")
PLACES_NAMED = 5  # rows that an error message names


def publish(tables: Mapping[str, pd.DataFrame], facts: Mapping[str, object], folder: Path) -> None:
    """Write all tables and `build.json` to a new folder, and make it the current release.

    The same tables and facts give the same bytes. Columns that no schema declares are left out.
    DisclosureError names the confidential values; then nothing is written.
    """
    plain = {name: normalise_table(table) for name, table in sorted(tables.items())}
    refuse_confidential(plain)
    files = {
        f"{name}{SUFFIX}": parquet_bytes(conform_table(name, table))
        for name, table in plain.items()
    }
    digests = {name: sha256(content).hexdigest() for name, content in files.items()}
    with lock_releases(folder.parent):
        if not is_published(folder, str(facts["inputs"])):
            written = {**facts, "tables": digests}
            content = json_bytes({**written, KEYS: sorted(written)})
            write_folder(folder, {**files, FACTS: content})
        make_current(folder)


def normalise_table(table: pd.DataFrame) -> pd.DataFrame:
    """Normalise text types and row order, so that the bytes of the file are deterministic."""
    text_columns = [str(name) for name in table.columns if is_text(table[name])]
    texts = {name: table[name].fillna("").astype("str") for name in text_columns}
    plain = table.assign(**texts)
    return plain.sort_values(sort_columns(plain), kind="stable", ignore_index=True)


def sort_columns(table: pd.DataFrame) -> list[str]:
    """The columns to sort by: the key, then all other text columns."""
    key = [name for name in KEY if name in table]
    texts = [name for name, kind in table.dtypes.items() if kind == "str" and name not in key]
    return [*key, *map(str, texts)]


def refuse_confidential(tables: Mapping[str, pd.DataFrame]) -> None:
    """Raise DisclosureError if a table shows a figure that its own status suppresses."""
    for name, table in tables.items():
        for status, figures in GUARDED.items():
            if status in table:
                has_figure = _has_figure(table, figures)
                raise_if_disclosed(name, table[(table[status] != FREE) & has_figure])
    if VALUES in tables:
        refuse_withheld_in_tables(tables)


def refuse_withheld_in_tables(tables: Mapping[str, pd.DataFrame]) -> None:
    """Raise DisclosureError if a table shows a figure that the indicator values suppress."""
    values = tables[VALUES]
    withheld = values.loc[values["confidentiality_status"] != FREE, list(KEY)]
    for name, table in tables.items():
        if set(KEY) <= set(table.columns):
            figures = table[_has_figure(table, FIGURES)]
            raise_if_disclosed(name, figures.merge(withheld, on=list(KEY)))


def _has_figure(table: pd.DataFrame, figures: tuple[str, ...]) -> pd.Series:
    return table[[name for name in figures if name in table]].notna().any(axis=1)


def raise_if_disclosed(name: str, leaked: pd.DataFrame) -> None:
    if leaked.empty:
        return
    places = [describe_row(row) for _, row in leaked.head(PLACES_NAMED).iterrows()]
    parameters: dict[str, str | int] = {
        "table": name,
        "n": len(leaked),
        "places": "; ".join(places),
    }
    if len(leaked) > PLACES_NAMED:
        raise DisclosureError("disclosed_more", **parameters, more=len(leaked) - PLACES_NAMED)
    raise DisclosureError("disclosed", **parameters)


def describe_row(row: "pd.Series[str]") -> str:
    codes = {name: str(row[name]) for name in KEY if name in row}
    series = format_series(codes["indicator"], codes["component"], codes)
    return f"{series} {codes['area']} {codes['period']}"


def parquet_bytes(table: pd.DataFrame) -> bytes:
    buffer = BytesIO()
    table.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def json_bytes(facts: Mapping[str, object]) -> bytes:
    return (json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


@contextmanager
def lock_releases(folder: Path) -> Iterator[None]:
    """Hold the lock of a collection's releases; it is released when the process ends."""
    make_folder(folder, folder.parent)
    with os.fdopen(create_private(folder / ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for part in folder.glob(".*.part"):
            # Left by a killed process: nobody else writes while the lock is held.
            rmtree(part) if part.is_dir() else part.unlink()
        yield


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    part = folder.with_name(f".{folder.name}.part")
    part.mkdir(mode=OWNER_ONLY_FOLDER)
    for name, content in files.items():
        with AtomicFile(part / name) as writing:
            writing.file.write(content)
    part.rename(folder)
    sync_folder(folder.parent)


def make_current(folder: Path) -> None:
    """Make this the current release of its collection."""
    pointer = folder.parent / POINTER
    if current_label(folder.parent) == folder.name:
        return
    with AtomicFile(pointer) as writing:
        writing.file.write(f"{folder.name}\n".encode())


def is_published(folder: Path, inputs: str) -> bool:
    """Whether this release exists; SubmissionError if another one has its label."""
    facts = read_facts(folder)
    if facts and facts["inputs"] != inputs:
        raise SubmissionError("label_taken", label=folder.name, collection=folder.parent.name)
    return bool(facts)
