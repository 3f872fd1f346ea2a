"""Tables that can be made again: read as they were written, or not at all."""

from pathlib import Path

import pandas as pd
import pytest

from metrics.submissions.table_cache import TableCache

FINLAND = pd.DataFrame({"area": ["FI"], "value": [12.0]})


@pytest.fixture
def cache(tmp_path: Path) -> TableCache:
    return TableCache(tmp_path / "tables")


def test_a_table_is_kept_until_it_is_asked_for(cache: TableCache) -> None:
    cache.write("a/b/c", FINLAND)

    found = cache.read("a/b/c")
    assert found is not None
    assert found.equals(FINLAND)
    assert cache.read("a/b/d") is None


def test_some_columns_of_a_table_can_be_read(cache: TableCache) -> None:
    cache.write("a", FINLAND)

    found = cache.read("a", ["value"])
    assert found is not None
    assert found.to_dict("list") == {"value": [12.0]}


def test_a_damaged_table_is_none(cache: TableCache) -> None:
    cache.write("a", FINLAND)
    (cache.folder / "a.parquet").write_text("no table")

    assert cache.read("a") is None


def test_a_table_that_is_kept_again_takes_the_place_of_the_first(cache: TableCache) -> None:
    for area in ("FI", "SE"):
        cache.write("a/b", pd.DataFrame({"area": [area]}))

    found = cache.read("a/b")
    assert found is not None
    assert found["area"].tolist() == ["SE"]
    assert [path.name for path in (cache.folder / "a").iterdir()] == ["b.parquet"]
