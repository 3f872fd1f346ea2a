"""Tables on disk that can be made again from the archive: a cache, never a last copy."""

from pathlib import Path

import pandas as pd

from metrics.core.atomic_files import AtomicFile, make_folder


class TableCache:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, key: str, columns: list[str] | None = None) -> pd.DataFrame | None:
        """Read a table, or some of its columns; None if it is missing or damaged."""
        try:
            return pd.read_parquet(self.folder / f"{key}.parquet", columns=columns)
        except (OSError, ValueError):  # pyarrow's error for what is no table is a ValueError
            return None

    def write(self, key: str, table: pd.DataFrame) -> None:
        path = self.folder / f"{key}.parquet"
        make_folder(path.parent, self.folder)
        with AtomicFile(path) as writing:
            table.to_parquet(writing.file, index=False, compression="zstd")
