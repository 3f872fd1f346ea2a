"""A cache of tables on disk: everything in it can be read from the archive again."""

from pathlib import Path
from threading import Lock

import pandas as pd
import pyarrow.parquet as pq

from metrics.core.atomic_files import AtomicFile, make_folder


class TableCache:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, key: str, columns: list[str] | None = None) -> pd.DataFrame | None:
        """Read a table, or some of its columns; None if it is missing or damaged."""
        try:
            with pq.ParquetFile(self.folder / f"{key}.parquet") as file:
                table: pd.DataFrame = file.read(columns=columns, use_threads=False).to_pandas()
                return table
        except (OSError, ValueError):  # pyarrow raises ValueError for a file that is not a table
            return None

    def write(self, key: str, table: pd.DataFrame) -> None:
        path = self.folder / f"{key}.parquet"
        make_folder(path.parent, self.folder)
        with AtomicFile(path) as writing:
            table.to_parquet(writing.file, index=False, compression="zstd")


class RememberedTables(TableCache):
    """Keeps each table that was read, for one walk over submissions that build on each other."""

    def __init__(self, cache: TableCache) -> None:
        super().__init__(cache.folder)
        self._cache = cache
        self._tables: dict[str, pd.DataFrame] = {}
        self._locks: dict[str, Lock] = {}

    def read(self, key: str, columns: list[str] | None = None) -> pd.DataFrame | None:
        with self._locks.setdefault(key, Lock()):
            if key not in self._tables:
                table = self._cache.read(key)
                if table is None:  # it is written meanwhile, and read the next time
                    return None
                self._tables[key] = table
        return self._tables[key][columns] if columns else self._tables[key]
