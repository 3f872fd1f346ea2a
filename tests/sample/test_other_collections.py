"""A further collection of invented figures is a definition file, and filled by the same code."""

import importlib
from pathlib import Path

import pytest

from metrics.__main__ import run
from metrics.catalogue.loader import catalogue
from metrics.release.build import build
from metrics.sample.workbooks import send_workbooks
from metrics.submissions.desk import Desk
from tests.dashboard.reading import words

RETURN, INVENTED = "interim-regulation", "sample-interim-regulation"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented")
    send_workbooks(folder, collection=INVENTED, areas=("FI",))
    build(Desk(folder), INVENTED)
    return folder


def test_it_asks_for_what_the_return_asks_for() -> None:
    real, invented = (catalogue().collection(code) for code in (RETURN, INVENTED))

    assert (invented.rounds, invented.frameworks) == (real.rounds, real.frameworks)
    assert invented.disclosure == real.disclosure
    assert (real.nature, invented.nature) == ("official", "invented")


def test_every_series_of_every_round_has_an_invented_figure(home: Path) -> None:
    current = Desk(home).accepted_history(INVENTED).current_observations()
    asked = catalogue().restrict_to(catalogue().collection(INVENTED)).indicators

    assert set(current["indicator"]) == {*asked}
    assert set(current["period"]) == {"2021-08/P5M", "2022", "2023", "2024", "2025"}
    whole = current[(current["indicator"] == "OCSA_REPORTS") & (current["provider"] == "_T")]
    totals = {row["area"] + row["period"]: row["value"] for row in whole.to_dict("records")}
    assert 0 < totals["FI2021-08/P5M"] < 0.8 * totals["FI2022"]  # five months of twelve


@pytest.mark.parametrize("name", ["overview", "goal", "state", "report", "catalogue"])
def test_every_page_says_that_the_figures_are_invented(
    name: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard.app import server  # noqa: PLC0415 - pages are registered when it is imported

    monkeypatch.setenv("EMPACT_HOME", str(home))
    with server.test_request_context():
        page = importlib.import_module(f"dashboard.pages.{name}").layout(
            collection=INVENTED, area="FI"
        )

    assert "Interim Regulation, sample figures (invented)" in words(page)
    assert "None may be quoted." in words(page)


def test_no_other_collection_takes_invented_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["--home", str(tmp_path), "sample", "--collection", RETURN])

    assert code != 0
    said = capsys.readouterr().err
    assert "takes no invented figures" in said
    assert "sample, sample-interim-regulation" in said
    assert not (tmp_path / "data" / "raw").exists()
