"""Open releases: the only reader, for pages, commands, exports and the next build.

Only this module reads what `publish` wrote: the pointer to the current release, the facts in
`build.json`, and the tables, whose digests it verifies.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import Any

import pandas as pd

from metrics.core.errors import SubmissionError
from metrics.core.load_once import load_once
from metrics.core.schemas import conform_table, empty_table
from metrics.core.status_by_rule import STATUS_BY_RULE, status_by_rule
from metrics.core.tables import LOWER_LIMIT, MEDIAN
from metrics.core.verdicts import Status, split_reasons
from metrics.release.revision_summary import summarise_revisions
from metrics.release.timeliness import days_late, tabulate_timeliness
from metrics.statistics.disclosure.withheld_areas import count_withheld_areas

FACTS = "build.json"
KEYS = "keys"  # in `build.json`, the list of the keys that were written
# The keys of versions that did not write this list.
EARLIER_KEYS = {
    "as_of", "catalogue", "code", "collection", "inputs", "label", "released", "submissions",
    "tables",
}  # fmt: skip
POINTER = "current"
LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
SUFFIX = ".parquet"
TARGET_KEY = ["goal", "target"]
MORE_THAN = "more than"  # began the remark on a lower limit until `limit` was a column
# Tables that follow from another one, for releases of versions that did not write them.
SUMMARIES: Mapping[str, tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "timeliness": ("reporting", tabulate_timeliness),
    "revision_summary": ("revisions", summarise_revisions),
}
KEPT_OPEN = 8  # releases; the largest collection takes about 100 MB each


class DamagedReleaseError(SubmissionError):
    """A file of a release is missing, or differs from what was published."""


@dataclass(frozen=True, eq=False)
class StoredRelease:
    """A release on disk. A file is read once; its table is made when it is first used."""

    folder: Path
    facts: Mapping[str, Any]
    contents: Mapping[str, bytes] = field(repr=False)  # file name → its verified content
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict, init=False, repr=False)
    _parsing: RLock = field(default_factory=RLock, init=False, repr=False)

    @property
    def collection(self) -> str:
        """The code of the collection."""
        return self.folder.parent.name

    @property
    def label(self) -> str:
        return self.folder.name

    @property
    def as_of(self) -> str:
        """The reference date of the release: `2026-05-03`."""
        return str(self.facts.get("as_of", ""))[:10]

    def table(self, name: str) -> pd.DataFrame:
        """One table with the columns and types of its schema; do not modify it in place.

        A table or column that a release of an earlier version lacks comes back empty, unless it
        follows from another table.
        """
        with self._parsing:
            if name not in self._tables:
                self._tables[name] = self.read_table(name)
            return self._tables[name]

    def read_table(self, name: str) -> pd.DataFrame:
        """As `table`, but read again and not kept: for callers that keep it in another form."""
        path = self.folder / f"{name}{SUFFIX}"
        content = self.contents.get(path.name)
        if content is not None:
            return parse_table(path, content)
        if name in SUMMARIES:
            source, summarise = SUMMARIES[name]
            return summarise(self.table(source))
        return empty_table(name)


@dataclass(frozen=True)
class ReleaseStore:
    """The releases of all collections below `data/processed`."""

    processed: Path

    def labels(self, collection: str) -> tuple[str, ...]:
        """The releases of a collection, newest first: the order in which they were published."""
        folder = self.processed / collection
        return tuple(sorted(_labels(folder), key=lambda label: _rank(folder / label), reverse=True))

    def data_until(self, collection: str, label: str) -> str:
        """When the latest submission of a release was sent: `2026-05-03T0926Z`; "" if unknown."""
        folder = self.processed / collection / label
        return _publication(folder, _facts_written(folder))[2]

    def current(self, collection: str) -> str:
        """The label of the current release; empty if there is none."""
        return current_label(self.processed / collection)

    def facts(self, collection: str) -> dict[str, dict[str, Any]]:
        """The content of each release's `build.json`, by label."""
        folder = self.processed / collection
        return {label: read_facts(folder / label) for label in sorted(_labels(folder))}

    def open(self, collection: str, label: str = "") -> StoredRelease | None:
        """Open a release by its label, or the current one; None if it does not exist.

        DamagedReleaseError names a file that is missing or differs from what was published.
        """
        label = label or self.current(collection)
        folder = self.processed / collection / label
        if not LABEL.fullmatch(label) or not folder.is_dir():
            return None
        return _verified(folder, _facts_written(folder))

    def open_current(self, collection: str) -> StoredRelease:
        """As `open`, but SubmissionError says how to build a release if there is none."""
        release = self.open(collection)
        if release is None:
            raise SubmissionError("no_release", collection=collection)
        return release


@load_once(maxsize=KEPT_OPEN)
def _verified(folder: Path, _written: int) -> StoredRelease:
    """Read the tables and verify their digests, once for each modification time of `build.json`."""
    facts = read_facts(folder)
    digests = facts.get("tables", {path.name: "" for path in folder.glob(f"*{SUFFIX}")})
    contents = {name: read_verified(folder / name, digest) for name, digest in digests.items()}
    return StoredRelease(folder, facts, contents)


def _rank(folder: Path) -> tuple[str, int, str, str]:
    day, earlier, until = _publication(folder, _facts_written(folder))
    return day, earlier, until, folder.name


def _facts_written(folder: Path) -> int:
    """The modification time of `build.json`; 0 where it is missing."""
    path = folder / FACTS
    return path.stat().st_mtime_ns if path.is_file() else 0


@load_once(maxsize=256)
def _publication(folder: Path, _written: int) -> tuple[str, int, str]:
    """The day of a release, the number of earlier releases, and its latest vintage."""
    try:
        facts = read_facts(folder)
    except DamagedReleaseError:
        return "", 0, ""  # it is refused when it is opened
    vintages = [str(sent.get("vintage", "")) for sent in facts.get("submissions", ())]
    day = str(facts.get("as_of", ""))[:10]
    return day, len(facts.get("released", ())), max(vintages, default="")


def current_label(folder: Path) -> str:
    """The label in the pointer of a collection's folder, if that release exists."""
    pointer = folder / POINTER
    content = pointer.read_bytes() if pointer.is_file() else b""
    label = content.decode(errors="replace").strip()
    return label if LABEL.fullmatch(label) and (folder / label).is_dir() else ""


def read_facts(folder: Path) -> dict[str, Any]:
    """The content of `build.json`; empty if there is no such release.

    DamagedReleaseError names a key that was written and is missing.
    """
    path = folder / FACTS
    if not folder.is_dir():
        return {}
    try:
        facts: dict[str, Any] = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError) as wrong:
        raise _damaged(path) from wrong
    lacking = set(facts.get(KEYS, [KEYS] if facts.keys() - EARLIER_KEYS else [])) - facts.keys()
    if lacking:
        keys = ", ".join(sorted(lacking))
        raise DamagedReleaseError("release_lacks_keys", file=_where(path), keys=keys)
    return facts


def read_table(path: Path, digest: str) -> pd.DataFrame:
    """A released table with its schema's types. DamagedReleaseError for a wrong digest."""
    return parse_table(path, read_verified(path, digest))


def parse_table(path: Path, content: bytes) -> pd.DataFrame:
    try:
        table = pd.read_parquet(BytesIO(content))
    except ValueError as wrong:  # pyarrow raises ValueError for a file that is not a table
        raise _damaged(path) from wrong
    for upgrade in (_limits_from_remarks, _counts_of_withheld_areas, _statuses_of_milestones,
                    _statuses_by_rule, _days_late):  # fmt: skip
        table = upgrade(table)
    return conform_table(path.stem, table)


def _limits_from_remarks(table: pd.DataFrame) -> pd.DataFrame:
    """Mark medians of a group in the open last band, which earlier versions named in remarks."""
    if "limit" in table or not {"component", "remark", "areas_expected"} <= set(table):
        return table
    is_median = table["component"].eq(MEDIAN) & table["areas_expected"].gt(1)
    is_open = is_median & table["remark"].str.startswith(MORE_THAN)
    rest = table["remark"].str.removeprefix(MORE_THAN).str.removeprefix("; ")
    return table.assign(
        remark=table["remark"].mask(is_open, rest),
        limit=is_open.map({True: LOWER_LIMIT, False: ""}),
    )


def _counts_of_withheld_areas(table: pd.DataFrame) -> pd.DataFrame:
    """Add `areas_withheld`, which earlier versions counted only on the page."""
    of_figures = {"component", "value", "areas_reporting"}
    is_earlier = "areas_withheld" not in table and of_figures <= set(table)
    return count_withheld_areas(table) if is_earlier else table


def _days_late(table: pd.DataFrame) -> pd.DataFrame:
    """Add the days by which reports were late, which earlier versions did not have."""
    is_earlier = "days_late" not in table and {"received", "due"} <= set(table)
    return table.assign(days_late=days_late(table)) if is_earlier else table


def _statuses_of_milestones(table: pd.DataFrame) -> pd.DataFrame:
    """Give a milestone without a date its status, which earlier versions had as a category."""
    if not {"status", "category"} <= set(table):
        return table
    is_undated = table["category"] == Status.NOT_YET_MET
    return table.assign(status=table["status"].mask(is_undated, str(Status.NOT_YET_MET)))


def _statuses_by_rule(table: pd.DataFrame) -> pd.DataFrame:
    """Give directions and levels to be kept the statuses that earlier versions did not have."""
    if not {"status", "method", "target", "reason"} <= set(table):
        return table
    for rule in STATUS_BY_RULE:
        is_official = table["method"] == rule
        targets = pd.MultiIndex.from_frame(table.loc[is_official, TARGET_KEY]).unique()
        assessed = pd.MultiIndex.from_frame(table[TARGET_KEY]).isin(targets)
        table = table.assign(**{
            name: [
                str(status_by_rule(status, rule, split_reasons(reason))) if own and status
                else status
                for own, status, reason in zip(assessed, table[name], table["reason"], strict=True)
            ]
            for name in ("status", "override_status") if name in table
        })  # fmt: skip
    return table


def read_verified(path: Path, digest: str) -> bytes:
    content = path.read_bytes() if path.is_file() else b""
    if digest and sha256(content).hexdigest() != digest:
        raise _damaged(path)
    return content


def _labels(folder: Path) -> Iterator[str]:
    """The labels of all releases, even one that has lost its `build.json`.

    A folder whose name begins with a dot is being written.
    """
    files = [path for name in (FACTS, f"*{SUFFIX}") for path in folder.glob(f"*/{name}")]
    yield from {path.parent.name for path in files if not path.parent.name.startswith(".")}


def _damaged(path: Path) -> DamagedReleaseError:
    key = "release_damaged" if path.is_file() else "release_incomplete"
    return DamagedReleaseError(key, file=_where(path))


def _where(path: Path) -> str:
    return "/".join(path.parts[-3:])
