"""From submissions to a release, on a real workspace."""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pandas as pd
import pytest

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.collections import Collection
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.core.tables import KEY
from metrics.release.build import build, gather_inputs, release_tables
from metrics.release.prior_releases import VALUES_FILE, PriorRelease, open_prior_releases
from metrics.release.publishable_values import PublishableValues, publishable_tables
from metrics.release.reporting import tabulate_reporting
from metrics.release.revisions import find_revisions, previous_observations
from metrics.release.store import current_label
from metrics.submissions.desk import Desk
from metrics.submissions.ledger import Submission
from tests.submitted import FINLAND, csv, place
from tests.tables import observations

EMPACT = "empact-cse"
TABLES = {"indicator_values", "assessments", "actions", "reporting", "revisions"}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Finland on time and then again; Sweden late, with two victims, which is too few to show."""
    folder = tmp_path_factory.mktemp("sent")
    desk = Desk(folder / "home")
    small = {"ICSE_VICTIMS": "2", "ICSE_VICTIMS[sex=F]": "1", "ICSE_VICTIMS[sex=M]": "1"}
    desk.submit(csv(folder / "1.csv"), received=datetime(2025, 3, 1, 9, tzinfo=UTC), **FINLAND)
    again = csv(folder / "2.csv", INVESTIGATIONS_OPENED="150")
    desk.submit(again, received=datetime(2025, 4, 9, 9, tzinfo=UTC), **FINLAND)
    late = csv(folder / "3.csv", **small)
    desk.submit(late, received=datetime(2025, 4, 8, 9, tzinfo=UTC), **place("SE"))
    build(desk, EMPACT)
    desk.close()
    return desk.home


@pytest.fixture
def home(sent: Path, tmp_path: Path) -> Path:
    return copytree(sent, tmp_path / "home")


@pytest.fixture
def released(sent: Path) -> Path:
    folder = sent / "data" / "processed" / EMPACT
    return folder / current_label(folder)


def table(released: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(released / f"{name}.parquet")


def one(values: pd.DataFrame, indicator: str, area: str, sex: str = "_T") -> pd.Series:
    mine = values[(values["indicator"] == indicator) & (values["component"] == "value")]
    return mine[(mine["area"] == area) & (mine["sex"] == sex)].iloc[0]


def test_a_release_is_named_by_its_day_and_its_inputs(released: Path) -> None:
    facts = json.loads((released / "build.json").read_text())

    assert facts["as_of"] == "2025-04-09"
    assert released.name == f"2025-04-09-{facts['inputs'][:6]}"
    assert {path.stem for path in released.glob("*.parquet")} >= TABLES


def test_nothing_in_it_gives_the_digest_of_a_submitted_file(released: Path, sent: Path) -> None:
    """Who knows a file but for one suppressed count could try counts until the digest agrees."""
    content = b"".join(path.read_bytes() for path in released.iterdir())
    tables = [pd.read_parquet(path).to_csv() for path in released.glob("*.parquet")]

    for path in (sent / "data" / "raw").rglob("*.csv"):
        digest = sha256(path.read_bytes()).hexdigest()
        assert digest[:8].encode() not in content
        assert not any(digest[:8] in table for table in tables)


def test_it_names_every_submission_also_those_that_were_replaced(released: Path) -> None:
    facts = json.loads((released / "build.json").read_text())

    states = [(row["area"], row["vintage"], row["state"]) for row in facts["submissions"]]
    assert states == [
        ("FI", "2025-03-01T0900Z", "replaced"),
        ("FI", "2025-04-09T0900Z", "current"),
        ("SE", "2025-04-08T0900Z", "current"),
    ]


def test_the_latest_vintage_is_shown_with_its_cell(released: Path) -> None:
    row = one(table(released, "indicator_values"), "INVESTIGATIONS_OPENED", "FI")

    assert row["value"] == 150
    assert (row["sheet"], row["cell"], row["vintage"]) == ("2", "C2", "2025-04-09T0900Z")


def test_who_reported_in_time_and_corrected_later_is_not_late(released: Path) -> None:
    values = table(released, "indicator_values")

    assert not one(values, "INVESTIGATIONS_OPENED", "FI")["late"]
    assert one(values, "INVESTIGATIONS_OPENED", "SE")["late"]


def test_small_counts_of_people_are_not_in_it(released: Path) -> None:
    row = one(table(released, "indicator_values"), "ICSE_VICTIMS", "SE")

    assert pd.isna(row["value"])
    assert row["observation_status"] == "Q"


def test_a_revision_says_what_it_was_before(released: Path) -> None:
    rows = table(released, "revisions")

    assert rows[["indicator", "previous_value", "value"]].to_numpy().tolist() == [
        ["INVESTIGATIONS_OPENED", 120.0, 150.0]
    ]
    assert rows["previous_vintage"].tolist() == ["2025-03-01T0900Z"]


def test_reporting_tells_on_time_late_missing_and_awaited(released: Path) -> None:
    rows = table(released, "reporting").set_index(["area", "round"])["status"]

    assert rows["FI", "2024"] == "on_time"
    assert rows["SE", "2024"] == "late"
    assert rows["DE", "2024"] == "missing"
    assert set(rows.index.get_level_values("round")) == {"2024"}


def test_building_again_gives_the_same_bytes(home: Path, released: Path) -> None:
    rmtree(home / "data" / "processed")
    again = build(Desk(home), EMPACT)

    assert again.label == released.name
    for path in released.iterdir():
        assert (again.folder / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_release_that_is_there_is_not_built_again(home: Path) -> None:
    desk = Desk(home)
    rmtree(desk.table_cache.folder)  # what it would need to build

    assert not build(desk, EMPACT).is_new
    assert not desk.table_cache.folder.exists()


def test_a_release_may_be_given_a_label_that_is_free(home: Path) -> None:
    desk = Desk(home)
    build(desk, EMPACT, "spring")

    assert current_label(home / "data" / "processed" / EMPACT) == "spring"
    desk.submit(csv(home / "de.csv"), **place("DE"))
    with pytest.raises(SubmissionError, match="choose another label"):
        build(desk, EMPACT, "spring")


@pytest.mark.parametrize("label", ["current", "../elsewhere", ".hidden", "a b", "x" * 65])
def test_a_label_is_a_plain_name(home: Path, label: str) -> None:
    with pytest.raises(UnknownNameError, match="cannot label a release"):
        build(Desk(home), EMPACT, label)


@pytest.mark.parametrize(
    ("collection", "error"), [(EMPACT, SubmissionError), ("x", UnknownNameError)]
)
def test_there_is_no_release_of_nothing(
    tmp_path: Path, collection: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        build(Desk(tmp_path), collection)


def test_an_archive_that_is_not_whole_makes_no_release(home: Path) -> None:
    desk = Desk(home)
    key = desk.ledger.submissions(EMPACT)[0].key
    rmtree(home / "data" / "processed")
    (desk.archive.folder / key).unlink()

    with pytest.raises(SubmissionError, match="restore it from a backup"):
        build(desk, EMPACT)


def test_the_ledger_lists_releases(home: Path, released: Path) -> None:
    (entry,) = Desk(home).ledger.releases(EMPACT)

    assert (entry.label, entry.as_of) == (released.name, "2025-04-09")


# Releases that are out


Twice = tuple[Desk, Path, Path]
SEXES = {"[sex=F]": "2", "[sex=M]": "10", "[sex=O]": "5", "[sex=U]": "20"}


def victims(desk: Desk, total: int, other: str, on: datetime) -> Path:
    """Two girls must not be shown; with them goes the least of the others. Gives the release."""
    by_sex = SEXES | {"": str(total), "[sex=O]": other}
    figures = {f"ICSE_VICTIMS{codes}": figure for codes, figure in by_sex.items()}
    path = csv(desk.home / f"{on:%d}.csv", **figures)
    desk.submit(path, received=on, **FINLAND)
    return build(desk, EMPACT).folder


def withheld(folder: Path) -> set[str]:
    rows = table(folder, "indicator_values")
    rows = rows[(rows["indicator"] == "ICSE_VICTIMS") & (rows["component"] == "value")]
    return set(rows.loc[rows["observation_status"] == "Q", "sex"])


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases; between them the others are corrected, from the least count to the largest."""
    desk = Desk(tmp_path_factory.mktemp("both"))
    victims(desk, 37, "5", datetime(2025, 3, 1, 9, tzinfo=UTC))
    victims(desk, 72, "40", datetime(2025, 3, 2, 9, tzinfo=UTC))
    desk.close()
    return desk.home


@pytest.fixture
def twice(both: Path, tmp_path: Path) -> Twice:
    home = copytree(both, tmp_path / "home")
    first, second = sorted((home / "data" / "processed" / EMPACT).glob("2*"))
    return Desk(home), first, second


def test_what_an_earlier_release_shows_does_not_give_away_what_a_later_withholds(
    twice: Twice,
) -> None:
    _, first, second = twice

    assert withheld(first) == {"F", "O"}
    # Ten boys are out already: suppressing them would protect nothing.
    assert withheld(second) == {"F", "O"}


def test_a_release_names_those_that_were_out_before_it(twice: Twice) -> None:
    _, first, second = twice
    known, facts = (json.loads((path / "build.json").read_text()) for path in (first, second))

    assert known["released"] == []
    digest = known["tables"]["indicator_values.parquet"]
    assert facts["released"] == [{"label": first.name, "digest": digest}]


def test_with_the_same_releases_out_the_same_bytes_are_built(twice: Twice) -> None:
    desk, _, second = twice
    kept = {path.name: path.read_bytes() for path in second.iterdir()}
    rmtree(second)

    assert build(desk, EMPACT).folder == second
    assert {path.name: path.read_bytes() for path in second.iterdir()} == kept


def test_another_label_of_the_same_submissions_is_no_earlier_release(twice: Twice) -> None:
    desk, first, second = twice
    spring = build(desk, EMPACT, "spring").folder

    assert not build(desk, EMPACT).is_new
    facts = json.loads((spring / "build.json").read_text())
    assert [release["label"] for release in facts["released"]] == [first.name]
    assert (spring / VALUES_FILE).read_bytes() == (second / VALUES_FILE).read_bytes()


def test_a_release_without_those_that_were_out_is_another(twice: Twice) -> None:
    desk, first, second = twice
    rmtree(first)

    assert build(desk, EMPACT).label != second.name


def test_a_release_that_was_changed_after_it_was_published_stops_the_next(twice: Twice) -> None:
    desk, first, second = twice
    rmtree(second)
    (first / VALUES_FILE).write_bytes(b"PAR1")

    with pytest.raises(SubmissionError, match="is not what was published"):
        build(desk, EMPACT)


def test_each_accepted_table_is_read_once_however_many_releases_are_out(both: Path) -> None:
    walks: list[int] = []

    def watch(submissions: Iterable[Submission]) -> Iterator[Submission]:
        known = list(submissions)
        walks.append(len(known))
        return iter(known)

    desk = Desk(both, watch)
    folder = both / "data" / "processed" / EMPACT
    released = [
        PriorRelease(path.name, sha256((path / VALUES_FILE).read_bytes()).hexdigest())
        for path in folder.glob("2*")
    ]
    inputs = gather_inputs(desk, EMPACT)
    history = desk.accepted_history(EMPACT)
    earlier = open_prior_releases(folder, released, inputs.made_from)
    publishable = PublishableValues(inputs.collection.disclosure, desk.catalogue)
    current = history.current_observations()
    published = publishable_tables(publishable, history, current, earlier)
    tables = release_tables(desk, inputs, current, published.values, published.histories)

    assert len(earlier) == 2
    assert walks == [2]
    assert set(tables) >= TABLES - {"revisions"}


def as_before_this_version(folder: Path) -> None:
    """A release of the first form: fewer tables, other code, and no word of releases before it."""
    for name in ("trajectory", "status_history"):
        (folder / f"{name}.parquet").unlink()
    facts = json.loads((folder / "build.json").read_text())
    digests = {
        path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.parquet")
    }
    facts = {**facts, "code": "f71c3cf2ba0e", "tables": digests}
    del facts["released"], facts["keys"]
    (folder / "build.json").write_text(json.dumps(facts))


def test_what_a_release_of_an_earlier_version_shows_gives_nothing_away(twice: Twice) -> None:
    desk, first, second = twice
    expected = (second / VALUES_FILE).read_bytes()
    rmtree(second)
    as_before_this_version(first)

    again = build(desk, EMPACT).folder

    facts = json.loads((again / "build.json").read_text())
    assert [release["label"] for release in facts["released"]] == [first.name]
    assert (again / VALUES_FILE).read_bytes() == expected


# Reporting


def submission(area: str, vintage: str, round_: str = "2024") -> Submission:
    key = f"c/{round_}/{area}/{vintage}-00000000.csv"
    digest = f"{area}{vintage}"
    return Submission("c", round_, area, vintage, digest, "f", "csv", 1, key, "")


def states(collection: Collection, on: date, *sent: Submission) -> dict[str, str]:
    nothing = observations("indicator | value").assign(round="", submission="", vintage="")
    rows = tabulate_reporting(collection, sent, nothing, on)
    return {
        f"{area} {code}": status
        for area, code, status in zip(rows["area"], rows["round"], rows["status"], strict=True)
    }


@pytest.fixture
def collection() -> Collection:
    return Desk(Path(os.devnull)).catalogue.collection(EMPACT)


def test_an_open_round_awaits_reports_and_a_closed_one_misses_them(collection: Collection) -> None:
    during = states(collection, date(2025, 3, 1))
    after = states(collection, date(2025, 4, 1))

    assert set(during.values()) == {"awaited"}
    assert set(after.values()) == {"missing"}
    assert len(during) == len(after) == len(member_states())


def test_a_correction_after_the_due_day_does_not_make_a_report_late(collection: Collection) -> None:
    first, second = submission("FI", "2025-03-31T2359Z"), submission("FI", "2025-06-01T0900Z")

    assert states(collection, date(2025, 7, 1), second, first)["FI 2024"] == "on_time"
    assert states(collection, date(2025, 7, 1), second)["FI 2024"] == "late"


def test_a_collection_of_any_area_misses_nobody() -> None:
    published = Desk(Path(os.devnull)).catalogue.collection("published-figures")
    found = states(published, date(2026, 6, 1), submission("FI", "2012-06-30T0900Z", "2012"))

    assert found == {"FI 2012": "on_time"}


# Revisions


def disclosed(drawn: str) -> pd.DataFrame:
    lines = "indicator | sex | value | observation_status | confidentiality_status\n" + drawn
    return observations(lines)[[*KEY, "value", "observation_status", "confidentiality_status"]]


def revised(now: str, was: str) -> list[list[Any]]:
    values, earlier = disclosed(now), disclosed(was)
    marks = {"previous_vintage": "2025-03-01T0900Z", "vintage": "2025-04-01T0900Z"}
    known = values.assign(previous_value=earlier["value"], **marks)
    rows = find_revisions(known, values, earlier)[["sex", "previous_value", "value"]]
    found: list[list[Any]] = rows.to_numpy().tolist()
    return found


def test_what_is_the_same_is_no_revision() -> None:
    assert revised("V | _T | 5 | A | F", "V | _T | 5 | A | F") == []


def test_what_changed_is_shown_with_what_it_was() -> None:
    assert revised("V | _T | 7 | A | F", "V | _T | 5 | A | F") == [["_T", 5.0, 7.0]]


@pytest.mark.parametrize(
    ("now", "was"),
    [
        ("V | _T | 9 | A | F\nV | F | | Q | C", "V | _T | 8 | A | F\nV | F | 4 | A | F"),
        ("V | _T | 9 | A | F\nV | F | 5 | A | F", "V | _T | 8 | A | F\nV | F | | Q | C"),
        ("V | _T | | Q | F", "V | _T | 8 | A | F"),  # suppressed by who sent it
    ],
)
def test_beside_a_withheld_part_no_earlier_figure_is_shown(now: str, was: str) -> None:
    assert all(pd.isna(previous) for _, previous, _ in revised(now, was))


def test_the_state_before_is_made_of_what_was_said_before() -> None:
    now = observations("indicator | value\nV | 7\nW | 3").assign(
        previous_value=[5.0, float("nan")],
        previous_vintage=["2025-03-01T0900Z", ""],
        previous_observation_status=["E", ""],
        previous_confidentiality_status=["F", ""],
        vintage="2025-04-01T0900Z",
    )

    assert previous_observations(now)["value"].tolist() == [5.0, 3.0]
    assert previous_observations(now)["observation_status"].tolist() == ["E", "A"]
