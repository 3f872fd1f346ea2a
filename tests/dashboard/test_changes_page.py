"""Changes and revisions: what two releases have, and nothing else."""

import csv
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.addresses.view_files import VIEWS
from dashboard.components.origin_panel import origin_panel
from dashboard.context import read_context
from dashboard.released.figure_names import FigureName
from dashboard.released.release_changes import open_folder, requested_difference
from dashboard.server.feed import ATOM, FEED_PATH
from dashboard.server.routes import RELEASE_FILES
from dashboard.slides.deck import contents_of, open_deck
from dashboard.slides.deck_file import DeckSlide
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.loader import catalogue
from metrics.core.schemas import SUBMITTED_CELL, columns_of
from metrics.core.tables import KEY
from metrics.messages import languages
from metrics.release.changes import FigureChange
from metrics.release.exports import exports
from tests.dashboard.reading import of_type, with_class, words
from tests.dashboard.release import LABEL, write_release
from tests.dashboard.slides.decks import deck_file
from tests.dashboard.written_tables import written_rows

EN = texts("en")
OLDER = "2026-04-09"
REVISED = {"indicator": "ICSE_USERS", "area": "FI", "period": "2025"}
SUPPRESSED = {"indicator": "ICSE_USERS", "area": "DK", "period": "2025"}
FINAL = {"indicator": "ICSE_USERS", "area": "SE", "period": "2024"}  # was provisional
NOT_SHOWN = {"indicator": "ICSE_USERS", "area": "SE", "period": "2025"}  # before it was revised
REMOVED = {"indicator": "EMPACT_ACTIONS", "area": "SE", "period": "2025"}
ATOM_NAME = {"a": ATOM}


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which one figure was revised, one removed, one suppressed, one status set."""
    home = tmp_path_factory.mktemp("two releases")
    older, newer = write_release(home, label=OLDER), write_release(home)
    earlier = pd.read_parquet(older / "indicator_values.parquet")
    earlier.loc[rows_of(earlier, FINAL), "observation_status"] = "P"
    earlier.to_parquet(older / "indicator_values.parquet", index=False)
    values = pd.read_parquet(newer / "indicator_values.parquet")
    values.loc[rows_of(values, REVISED), "value"] += 25
    withheld = rows_of(values, SUPPRESSED)
    values.loc[withheld, "value"] = None
    values.loc[withheld, ["observation_status", "confidentiality_status"]] = ["Q", "C"]
    values[~rows_of(values, REMOVED)].to_parquet(newer / "indicator_values.parquet", index=False)
    assessments = pd.read_parquet(newer / "assessments.parquet")
    is_changed = (
        assessments["goal"].eq("GA-1.1") & assessments["area"].eq("FI") & assessments["official"]
    )
    assessments.loc[is_changed, "status"] = "moving_away"
    assessments.to_parquet(newer / "assessments.parquet", index=False)
    is_revised = rows_of(values, REVISED) | rows_of(values, NOT_SHOWN)
    revised = values[is_revised].reindex(columns=columns_of("revisions"))
    is_shown = revised["area"].eq(REVISED["area"])
    revised.assign(
        previous_value=(revised["value"] - 25).where(is_shown),
        previous_observation_status=np.where(is_shown, "A", "Q"),
        previous_vintage="2026-03-01T0900Z", vintage="2026-04-01T0900Z",
    ).to_parquet(newer / "revisions.parquet", index=False)  # fmt: skip
    facts = json.loads((newer / "build.json").read_text())
    (newer / "build.json").write_text(json.dumps(facts | {"released": [{"label": OLDER}]}))
    return home


def rows_of(values: pd.DataFrame, figure: dict[str, str]) -> "pd.Series[bool]":
    is_total = values["sex"].eq("_T") & values["component"].eq("value")
    return is_total & (values[list(figure)] == pd.Series(figure)).all(axis=1)


@pytest.fixture
def compared(two_releases: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EMPACT_HOME", str(two_releases))
    return two_releases


def layout(page: str, **query: str) -> Any:
    from dashboard.pages import changes, revisions  # noqa: PLC0415 - registers pages

    return {"changes": changes, "revisions": revisions}[page].layout(**query)


def file_rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(client.get(address).text.removeprefix("\ufeff").splitlines()))


@pytest.mark.usefixtures("compared")
def test_every_row_is_the_difference_of_the_two_releases(client: FlaskClient) -> None:
    difference = requested_difference(read_context(View()))
    assert difference is not None
    old, new = (
        open_folder(release.folder).table("indicator_values").set_index([*KEY])["value"]
        for release in (difference.before, difference.after)
    )
    differs = (old.reindex(old.index.union(new.index)).fillna(-1) !=
               new.reindex(old.index.union(new.index)).fillna(-1))  # fmt: skip

    rows = file_rows(client, "/download/changes.csv?detail=all")

    is_value = difference.figures["kind"].ne(FigureChange.OBSERVATION_STATUS)
    assert len(rows) == differs.sum() == is_value.sum()
    assert {row["kind"] for row in rows} == {
        FigureChange.REVISED, FigureChange.SUPPRESSED, FigureChange.REMOVED
    }  # fmt: skip
    printed = [row for row in written_rows(layout("changes", detail="all")) if row[0] in
               {"Finland", "Denmark", "Sweden"}]  # fmt: skip
    assert len(printed) == len(rows)


@pytest.mark.usefixtures("compared")
@pytest.mark.parametrize("language", languages())
def test_the_scoreboard_counts_the_figures_that_this_page_counts(language: str) -> None:
    from dashboard.pages import scoreboard  # noqa: PLC0415 - registers a page

    text = texts(language)
    facts = of_type(scoreboard.layout(lang=language), "Dl")
    links = {words(link): link.href for link in of_type(facts, "Link") if "/changes" in link.href}
    title = words(of_type(layout("changes", lang=language), "H1"))
    (number,) = (n for n in range(1, 20)
                 if text.counted("scoreboard.figures_changed", n) in links)  # fmt: skip

    assert text.counted("changes.count_figures", number) in title
    assert len(links) == 2


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("figure", [REVISED, FINAL])
def test_the_origin_of_a_figure_says_what_the_release_before_showed(
    compared: Path, figure: dict[str, str], language: str
) -> None:
    text, path = texts(language), f"data/processed/sample/{OLDER}/indicator_values.parquet"
    before = pd.read_parquet(compared / path)
    (value,) = before.loc[rows_of(before, figure), "value"]
    name = FigureName(figure["indicator"], figure["area"], figure["period"])
    said = words([*origin_panel("/explore", read_context(View(lang=language, figure=str(name))))])

    assert f"{OLDER}: {text.number(value)}" in said
    assert text("origin.not_revised") not in said


@pytest.mark.usefixtures("compared")
@pytest.mark.parametrize("language", languages())
def test_a_revised_figure_is_given_with_both_values_and_their_difference(language: str) -> None:
    text = texts(language)
    row = next(row for row in written_rows(layout("changes", lang=language, area="FI"))
               if text("change_of_figure.revised") in row)  # fmt: skip

    released = read_context(View()).release
    assert released is not None
    now = released.series("ICSE_USERS", "value", "FI")[-1]["value"]
    assert text.number(now - 25, 0) in row[4]
    assert text.number(now, 0) in row[5]
    assert row[6] == "+25"


@pytest.mark.usefixtures("compared")
def test_the_value_of_a_figure_that_is_suppressed_now_is_nowhere(client: FlaskClient) -> None:
    difference = requested_difference(read_context(View()))
    assert difference is not None
    before = open_folder(difference.before.folder).table("indicator_values")
    (value,) = before.loc[rows_of(before, SUPPRESSED), "value"]

    row = next(row for row in written_rows(layout("changes", area="DK")) if row[3] ==
               EN("change_of_figure.suppressed"))  # fmt: skip

    assert row[4:7] == [EN("changes.hidden"), "suppressed", ""]
    for file in ("changes", "revisions", "status-changes"):
        answer = client.get(f"/download/{file}.csv?area=DK").text
        assert str(value) not in answer
    of_figure = layout("revisions", **SUPPRESSED)
    assert EN.number(value, 0) not in " ".join(row[2] for row in written_rows(of_figure))


@pytest.mark.usefixtures("compared")
def test_the_finding_counts_what_is_shown() -> None:
    drawn, of_finland = layout("changes"), layout("changes", area="FI", change="revised")

    assert words(of_type(drawn, "H1")) == (
        f"1 status of a goal and 3 reported figures changed since release {OLDER}"
    )
    assert words(of_type(of_finland, "H1")) == (
        f"Finland: Revised since release {OLDER}: 1 reported figure"
    )
    assert words(with_class(drawn, "chips")).split() == (
        [
            "Status",
            "1",
            "Revised",
            "1",
            "Removed",
            "1",
            "Now",
            "suppressed",
            "1",
            "Status",
            "of",
            "the",
            "figure",
            "1",
        ]
    )
    assert [row[0] for row in written_rows(of_finland)] == [EN("changes.area"), "Finland"]


@pytest.mark.usefixtures("compared")
def test_a_finding_without_a_changed_status_says_so() -> None:
    drawn = layout("changes", area="SE", lang="en")

    assert words(of_type(drawn, "H1")) == (
        f"Sweden: no status of a goal and 1 reported figure changed since release {OLDER}"
    )


@pytest.mark.usefixtures("compared")
def test_a_removed_figure_names_the_submission_that_lacks_it() -> None:
    rows = written_rows(layout("changes", area="SE", change="removed", lang="en"))

    assert rows[-1][-1] == "no longer in: round 2026, sent 1 Apr 2026"


@pytest.mark.usefixtures("compared")
def test_what_does_not_exist_is_named_and_passed_over(client: FlaskClient) -> None:
    drawn = layout("changes", before="1999-01-01", goal="GA-9.9", change="nonsense")

    notices = words(with_class(drawn, "absent"))
    assert all(f"“{name}”" in notices for name in ("1999-01-01", "GA-9.9", "nonsense"))
    assert "1 status of a goal" in words(of_type(drawn, "H1"))
    assert client.get("/download/changes.csv?before=1999-01-01").status_code == 404
    assert client.get("/download/changes.csv?change=nonsense").status_code == 404


@pytest.mark.usefixtures("compared")
@pytest.mark.parametrize("page", ["changes", "revisions"])
def test_an_indicator_that_does_not_exist_is_named_and_passed_over(
    page: str, client: FlaskClient
) -> None:
    drawn = layout(page, indicator="ICSE_USER")

    assert "“ICSE_USER”" in words(with_class(drawn, "absent"))
    assert "ICSE_USERS" in words(with_class(drawn, "absent"))
    assert written_rows(drawn) == written_rows(layout(page))
    assert client.get(f"/download/{page}.csv?indicator=ICSE_USER").status_code == 404


@pytest.mark.usefixtures("compared")
@pytest.mark.parametrize("page", ["changes", "revisions"])
def test_one_indicator_is_chosen_for_title_tables_and_files(page: str, client: FlaskClient) -> None:
    users = catalogue().indicators["ICSE_USERS"].name("en")

    drawn = layout(page, indicator="ICSE_USERS")

    assert words(of_type(drawn, "H1")).startswith(f"{users}: ")
    assert "Finland" in {row[0] for row in written_rows(drawn)}
    for indicator in ("ICSE_USERS", "EMPACT_ACTIONS"):
        rows = file_rows(client, f"/download/{page}.csv?indicator={indicator}")
        assert {row["indicator"] for row in rows} <= {indicator}
        is_revised_in_finland = "FI" in {row["area"] for row in rows}
        assert is_revised_in_finland == (indicator == "ICSE_USERS")


@pytest.mark.usefixtures("compared")
def test_the_sums_of_revisions_follow_the_goal_and_the_indicator(client: FlaskClient) -> None:
    address = "/download/revision-summary.csv"
    every = file_rows(client, address)
    assert {row["indicator"] for row in every} == {"", "ICSE_USERS"}

    of_indicator = file_rows(client, f"{address}?indicator=ICSE_USERS")
    of_goal = file_rows(client, f"{address}?goal=GA-1.1")

    assert {row["area"] for row in of_indicator} == {"FI", "SE"}
    assert {row["indicator"] for row in of_goal} <= {*catalogue().goals["GA-1.1"].indicators}


@pytest.mark.usefixtures("home")
def test_the_first_release_has_nothing_to_compare_with() -> None:
    drawn = layout("changes")

    assert words(of_type(drawn, "H1")) == EN("changes.first_release")


@pytest.mark.usefixtures("compared")
def test_the_title_counts_each_revision_once() -> None:
    title = "2 figures differ from what was sent before: 1 upward, 1 not comparable"
    assert words(of_type(layout("revisions", lang="en"), "H1")) == title

    in_finland = words(of_type(layout("revisions", lang="en", area="FI"), "H1"))
    assert in_finland == "Finland: 1 figure differs from what was sent before: 1 upward"


@pytest.mark.usefixtures("compared")
def test_a_revision_has_its_days_its_size_and_its_released_values() -> None:
    summary, listed = (row for row in written_rows(layout("revisions")) if row[0] == "Finland")

    assert summary[1:4] == ["1", "1", "0"]
    assert listed[5:8] == ["+25", "1 Mar 2026", "1 Apr 2026"]
    of_figure = layout("revisions", **REVISED)
    labels = [row[0] for row in written_rows(of_figure)[1:]]
    assert labels == [LABEL, OLDER]


@pytest.mark.usefixtures("compared")
@pytest.mark.parametrize("language", languages())
def test_the_feed_is_valid_atom_and_counts_the_changes(client: FlaskClient, language: str) -> None:
    answer = client.get(f"/feed.atom?collection=sample&lang={language}")

    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.data)
    assert feed.tag == f"{{{ATOM}}}feed"
    entries = feed.findall("a:entry", ATOM_NAME)
    assert len(entries) == len({entry.findtext("a:id", "", ATOM_NAME) for entry in entries}) == 2
    for part in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert part.findtext(f"a:{name}", "", ATOM_NAME), name
        pd.Timestamp(part.findtext("a:updated", "", ATOM_NAME))
        assert all(link.get("href", "").startswith("http://localhost/")
                   for link in part.findall("a:link", ATOM_NAME))  # fmt: skip
    assert feed.findtext("a:author/a:name", "", ATOM_NAME)
    summary = entries[0].findtext("a:summary", "", ATOM_NAME)
    assert OLDER in summary
    assert f"{texts(language)('change_of_figure.revised')}: 1" in summary
    assert catalogue().collections["sample"].note(language) in summary


@pytest.mark.usefixtures("compared")
def test_the_feed_is_not_sent_again_and_every_document_names_it(client: FlaskClient) -> None:
    tag = client.get("/feed.atom?collection=sample").headers["ETag"]

    again = client.get("/feed.atom?collection=sample", headers={"If-None-Match": tag})

    assert again.status_code == 304
    document = client.get("/goal?collection=sample&lang=fi").text
    address = "/feed.atom?lang=fi&amp;collection=sample"
    assert f'<link rel="alternate" type="application/atom+xml" href="{address}"' in document


@pytest.mark.usefixtures("compared")
def test_a_figure_of_which_the_status_alone_changed_is_listed_apart(client: FlaskClient) -> None:
    kind = FigureChange.OBSERVATION_STATUS
    drawn = layout("changes", lang="en")
    (apart,) = [link for link in of_type(drawn, "Link") if f"change={kind}" in link.href]
    assert words(apart).startswith("1 reported figure has the same value")
    assert EN(f"change_of_figure.{kind}") not in words(of_type(drawn, "Tbody"))

    read = words(of_type(layout("changes", lang="en", change=str(kind)), "Tbody"))
    (row,) = file_rows(client, f"/download/changes.csv?change={kind}")
    assert "provisional value" in read
    assert (row["area"], row["previous_observation_status"]) == (FINAL["area"], "P")
    assert row["value"] == row["previous_value"]


FIGURE = "goal=GA-1.1&area=FI&lang=en&figure=ICSE_VICTIMS:FI:2024&detail=all"


@pytest.mark.usefixtures("compared")
def test_only_who_may_see_submissions_is_told_the_cell_of_a_figure(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a page, nor a file in any format, nor the feed names one to other readers."""
    files = [f"/download/{name}.{export}?goal=GA-1.1&area=FI&lang=en" for export in exports()
             for name in (*VIEWS, *RELEASE_FILES)]  # fmt: skip
    pages = [f"{path}?{FIGURE}" for path in ("/goal", "/explore", "/state", "/changes",
                                             "/revisions", "/reporting", "/report", "/compare")]  # fmt: skip
    release = read_context(View()).release
    assert release is not None
    values = release.stored.table("indicator_values")
    submissions = {*values["submission"]} - {""}

    def naming() -> set[str]:
        """The addresses whose answers name a submission, or where in it a figure was."""
        found = set()
        for address in (*files, *pages, f"{FEED_PATH}?collection=sample"):
            answer = client.get(address)
            header = answer.text.partition("\n")[0]
            named = {*SUBMITTED_CELL} & {*header.strip().split(",")}
            if named or any(submission in answer.text for submission in submissions):
                found.add(address.partition("?")[0])
        return found

    trend, panel = "/download/trend.csv", "/explore"
    assert {trend, panel, "/download/changes.csv"} <= naming()
    monkeypatch.setenv("EMPACT_INTAKE", "closed")
    assert naming() == set()


def test_the_slides_say_what_changed_and_how_much(compared: Path) -> None:
    deck = open_deck(deck_file())
    first, second = contents_of(DeckSlide(link="/changes"), deck)
    (nothing,) = contents_of(DeckSlide(link="/changes?goal=GA-2.1&area=FI"), deck)

    assert first.title.startswith("1 status of a goal changed; GA-1.1 (FI): from “")
    assert first.title.endswith("to “Moving away”")
    assert second.title.startswith("3 reported figures changed; ")
    assert "Finland, revised: 1" in second.title
    assert OLDER in first.goal_line
    assert nothing.title.startswith("GA-2.1, Finland: no status of a goal and no reported figure")
