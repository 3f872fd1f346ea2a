"""The command, as it is typed."""

import csv as csv_format
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click
import pandas as pd
import pytest

from metrics.__main__ import INTERRUPTED, WRONG_USE, cli, run
from metrics.catalogue.loader import catalogue
from metrics.catalogue.methods import Method, methods
from metrics.commands.intake import EXIT_CODES
from metrics.core.atomic_files import digest_of_file
from metrics.core.errors import MetricsError
from metrics.sample.progress import SampleProgress, is_running, read_progress
from tests.submitted import csv

DOCUMENTED = Path(__file__).parents[2] / "docs" / "commands.md"
FINLAND = ("--collection", "empact-cse", "--area", "FI", "--round", "2024")
VICTIMS = ("--collection", "empact-cse", "--indicator", "ICSE_VICTIMS", "--area", "FI")


class Typed:
    """Runs `empact` in one workspace, and keeps what it said."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.capture = capture

    def __call__(self, *arguments: str | Path) -> int:
        code = run(["--home", str(self.home), *map(str, arguments)])
        self.out, self.err = self.capture.readouterr()
        return code

    @property
    def json(self) -> dict[str, list[dict[str, object]]]:
        answered: dict[str, list[dict[str, object]]] = json.loads(self.out)
        return answered


@pytest.fixture
def empact(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    return Typed(tmp_path / "home", capsys)


@pytest.fixture(scope="module")
def released_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released")
    home = ["--home", str(folder)]
    assert run([*home, "submit", str(csv(folder / "fi.csv")), *FINLAND]) == 0
    assert run([*home, "release", "empact-cse"]) == 0
    return folder


@pytest.fixture
def released(released_home: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    return Typed(released_home, capsys)


def lines(text: str) -> list[str]:
    return text.splitlines()


# Validating


@pytest.mark.parametrize(
    ("opened", "code", "said"),
    [
        ("5", 0, "would be accepted: 4 observations, 0 actions"),
        ("-5", 1, "has errors and would not be accepted"),
        ("a@b.eu", 1, "no part of it is kept"),
    ],
)
def test_the_exit_code_says_whether_it_would_be_accepted(
    empact: Typed, tmp_path: Path, opened: str, code: int, said: str
) -> None:
    path = csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED=opened)

    assert empact("validate", path, *FINLAND) == code
    assert said in empact.out
    assert not empact.home.exists()


def test_of_several_files_the_worst_counts(empact: Typed, tmp_path: Path) -> None:
    good = csv(tmp_path / "good.csv")
    (tmp_path / "bad.xlsx").write_text("no workbook")

    assert empact("validate", good, tmp_path / "bad.xlsx", good, *FINLAND) == 2
    assert empact.out.count("would be accepted") == 2
    assert "cannot be read: bad.xlsx" in empact.out


def test_a_file_that_is_not_there_cannot_be_read(empact: Typed, tmp_path: Path) -> None:
    assert empact("validate", tmp_path / "gone.xlsx") == 2


def test_a_finding_names_severity_rule_place_and_mending(empact: Typed, tmp_path: Path) -> None:
    empact("validate", csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="-5"), *FINLAND)

    found = re.search(
        r"  error  (\w+)  fi!C2\n    .*\N{MINUS SIGN}5.*\n    .+\n    .+\n", empact.out
    )
    assert found is not None


def test_findings_are_told_to_a_program(empact: Typed, tmp_path: Path) -> None:
    path = csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="-5")
    empact("validate", path, *FINLAND, "--json")

    (file,) = empact.json["files"]
    assert set(file) == documented("validate", "`files`, for each file")
    assert file["outcome"] == "has_errors"
    assert file["digest"] == digest_of_file(path)


def test_findings_are_told_in_the_language_asked_for(empact: Typed, tmp_path: Path) -> None:
    path = csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="-5")
    said = []
    for language in ("en", "fi", "el"):
        empact("validate", path, *FINLAND, "--language", language)
        said.append(empact.out)

    assert len(set(said)) == 3


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 error, ", "  error  ", "has errors and would not be accepted"]),
        ("fi", ["1 virhe, ", "  virhe  ", "sisältää virheitä, eikä sitä hyväksyttäisi"]),
        ("el", ["1 σφάλμα, ", "  σφάλμα  ", "έχει σφάλματα και δεν θα γινόταν δεκτό"]),
    ],
)
def test_all_that_is_said_is_in_one_language(
    empact: Typed, tmp_path: Path, language: str, said: list[str]
) -> None:
    path = csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="-5")
    empact("validate", path, *FINLAND, "--language", language)

    assert all(line in empact.out for line in said)


@pytest.mark.parametrize(("asked", "said"), [((), "1 virhe"), (("--language", "el"), "1 σφάλμα")])
def test_a_workbook_is_answered_in_its_own_language(
    empact: Typed, tmp_path: Path, asked: tuple[str, ...], said: str
) -> None:
    path = tmp_path / "fi.xlsx"
    empact("template", *FINLAND, "--language", "fi", "-o", path)

    assert empact("validate", path, *asked) == 1
    assert said in lines(empact.out)[0]


def test_figures_are_written_as_the_reader_writes_them(empact: Typed, tmp_path: Path) -> None:
    empact("submit", csv(tmp_path / "1.csv", INVESTIGATIONS_OPENED="1200"), *FINLAND)
    later = csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED="1350")
    empact("validate", later, *FINLAND, "--language", "fi")

    assert "muuttunut INVESTIGATIONS_OPENED FI 2024: 1\xa0200 -> 1\xa0350 (+12,5 %)" in empact.out


def test_causes_that_differ_are_said_cell_by_cell(empact: Typed, tmp_path: Path) -> None:
    path = csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="-5", ICSE_VICTIMS="-6")
    empact("validate", path, *FINLAND)

    said = lines(empact.out)
    first = said.index("    C2: Investigations opened: The value is \N{MINUS SIGN}5.")
    assert [line.partition(" Type")[0] for line in said[first : first + 4]] == [
        "    C2: Investigations opened: The value is \N{MINUS SIGN}5.",
        "    C3: Victims identified in the ICSE database: The value is \N{MINUS SIGN}6.",
        "    Expected: Zero or more.",
        "    How to correct it:",
    ]


def test_causes_of_the_whole_file_are_said_without_a_cell(empact: Typed, tmp_path: Path) -> None:
    empact("validate", csv(tmp_path / "fi.csv"), *FINLAND)

    said = [line for line in lines(empact.out) if "Nothing is reported for" in line]
    assert len(said) > 1
    assert all(line.startswith("    Nothing is reported for ") for line in said)


def test_a_copy_with_the_findings_can_be_written(empact: Typed, tmp_path: Path) -> None:
    path = csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="-5")

    assert empact("validate", path, *FINLAND, "--annotated", tmp_path / "copy.xlsx") == 1
    assert (tmp_path / "copy.xlsx").read_bytes().startswith(b"PK")


def test_copy_cells_and_findings_come_from_one_command(empact: Typed, tmp_path: Path) -> None:
    path = csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="-5")
    wanted = ("--annotated", tmp_path / "copy.xlsx", "--cells", tmp_path / "cells.csv", "--json")

    assert empact("validate", path, *FINLAND, *wanted) == 1
    assert [file["outcome"] for file in json.loads(empact.out)["files"]] == ["has_errors"]
    assert (tmp_path / "copy.xlsx").read_bytes().startswith(b"PK")
    assert "C2" in (tmp_path / "cells.csv").read_text(encoding="utf-8")


def test_every_cell_of_a_file_can_be_listed(empact: Typed, tmp_path: Path) -> None:
    path = csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="-5")

    assert empact("validate", path, *FINLAND, "--cells", tmp_path / "cells.csv") == 1
    cells = pd.read_csv(tmp_path / "cells.csv", dtype=str, keep_default_na=False)
    filled = [text for line in path.read_text().splitlines() for text in line.split(",") if text]
    assert [*cells["typed"]] == filled
    assert [*cells.loc[cells["cell"] == "C2", "handling"]] == ["asked"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "area,period,indicator,value,remark\nFI,2024,ICSE_VICTIMS,4,jane.doe@example.fi\n",
            "person",
        ),
        ("no columns", "cannot be read"),
    ],
)
def test_a_list_of_cells_that_would_be_empty_is_not_written(
    empact: Typed, tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "fi.csv").write_text(content)

    assert empact("validate", tmp_path / "fi.csv", *FINLAND, "--cells", tmp_path / "cells.csv") > 0
    assert said in next(line for line in empact.err.splitlines() if "cells.csv" in line)
    assert not (tmp_path / "cells.csv").exists()


# Submitting


def test_the_same_file_twice_is_said_to_be_there(empact: Typed, tmp_path: Path) -> None:
    path = csv(tmp_path / "fi.csv")

    assert empact("submit", path, *FINLAND) == 0
    assert "submitted as empact-cse/2024/FI/" in empact.out
    assert empact("submit", path, *FINLAND) == 0
    assert "is submitted already" in empact.out


def test_a_new_vintage_shows_the_difference_and_waits_for_a_yes(
    empact: Typed, tmp_path: Path
) -> None:
    second = csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED="150")
    empact("submit", csv(tmp_path / "1.csv"), *FINLAND)

    assert empact("submit", second, *FINLAND) == 10
    assert "INVESTIGATIONS_OPENED FI 2024: 120 -> 150 (+25.0 %)" in empact.out
    assert "confirm with --yes" in empact.err
    assert empact("submit", second, *FINLAND, "--yes") == 0
    assert empact("register", "--json") == 0
    assert [submission["state"] for submission in empact.json["submissions"]] == [
        "current",
        "replaced",
    ]


def test_an_older_file_takes_back_what_came_since(empact: Typed, tmp_path: Path) -> None:
    first = csv(tmp_path / "1.csv")
    second = csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED="150")
    for path in (first, second):
        empact("submit", path, *FINLAND, "--yes")

    assert empact("submit", first, *FINLAND) == 10
    assert "if it is submitted again, it becomes the newest vintage" in empact.out
    assert "INVESTIGATIONS_OPENED FI 2024: 150 -> 120 (\N{MINUS SIGN}20.0 %)" in empact.out
    assert empact("submit", first, *FINLAND, "--yes") == 0
    assert "submitted as empact-cse/2024/FI/" in empact.out
    assert empact("register") == 0
    assert re.fullmatch(r".* in force .*1\.csv  \(again the file of \S+Z\)", lines(empact.out)[0])


def test_a_program_is_told_what_changed(empact: Typed, tmp_path: Path) -> None:
    empact("submit", csv(tmp_path / "1.csv"), *FINLAND)
    empact("submit", csv(tmp_path / "2.csv", ICSE_VICTIMS=""), *FINLAND, "--yes", "--json")

    (file,) = empact.json["files"]
    difference = file["difference"]
    assert isinstance(difference, dict)
    assert difference["counts"] == {"new": 0, "changed": 0, "unchanged": 3, "removed": 1}
    assert difference["changed"][0]["value"] is None


def test_an_empty_register_says_that_nothing_was_submitted(empact: Typed) -> None:
    assert empact("register") == 0
    assert "nothing has been submitted yet" in empact.out


def test_the_register_lists_the_newest_first(released: Typed) -> None:
    assert released("register", "--collection", "empact-cse") == 0
    assert released.out.split()[-1] == "fi.csv"


def test_the_register_lists_how_warnings_were_explained(empact: Typed, tmp_path: Path) -> None:
    path = tmp_path / "fi.csv"
    path.write_text(
        "series,period,value,remark\n"
        "ISPS_FILTERING[component=numerator],2024,200,Required by law\n"
        "ISPS_FILTERING[component=denominator],2024,200,\n"
    )

    assert empact("submit", path, *FINLAND, "--texts-confirmed") == 0
    assert "Explained in the remark: “Required by law”" in empact.out
    assert empact("register", "--explanations") == 0
    assert empact.out.strip().endswith("share_of_none_or_all: Required by law")
    assert empact("register", "--explanations", "--json") == 0
    assert [explanation["cell"] for explanation in empact.json["explanations"]] == ["C2"]


# Templates


def test_a_template_is_written_and_says_where_it_belongs(empact: Typed, tmp_path: Path) -> None:
    path = tmp_path / "fi.xlsx"

    assert empact("template", *FINLAND, "-o", path) == 0
    assert empact("validate", path) == 1  # it is empty still
    assert empact.out.startswith("fi.xlsx: empact-cse FI 2024;")


# Releases


def test_a_release_is_built_once(released: Typed) -> None:
    assert released("release", "empact-cse") == 0
    assert "is up to date" in released.out
    assert released("release", "empact-cse", "--json") == 0
    assert set(released.json) == documented("release", "`--json`:")


def test_nothing_submitted_is_no_release(empact: Typed) -> None:
    assert empact("release", "empact-cse") == 10
    assert (
        empact.err == "empact: nothing has been submitted to empact-cse yet; see `empact submit`, "
        "or copy the folder `data/raw/empact-cse` of another workspace into this one\n"
    )


def test_an_assessment_is_printed_with_its_arithmetic(released: Typed) -> None:
    assert released("assess", "empact-cse", "--goal", "GA-1.1", "--area", "FI") == 0
    assert re.search(
        r"^GA-1\.1 \S+ ICSE_VICTIMS FI.*: not assessed; method: [\w ]+\n  \S",
        released.out,
        re.MULTILINE,
    )


def test_an_overview_counts_the_states_beside_the_union(released: Typed) -> None:
    assert released("assess", "empact-cse") == 0
    assert released.out.splitlines()[0].startswith("EMPACT")
    goal = catalogue().goals["GA-1.1"].name.en
    section = released.out.split(f"\nGA-1.1: {goal}\n")[1]
    assert re.match(r"  ICSE_VICTIMS EU27_2020.*: not assessed; method: [\w ]+\n", section)
    assert "\n    Member States: not assessed 27\n" in section


def test_a_series_that_is_typed_is_assessed(empact: Typed) -> None:
    """The published case 1-2-1 of Statistics Canada."""
    level = ("--direction", "down", "--level", "7.25", "--by", "2030")
    assert empact("assess-series", "growth_ratio", "2015=14.5", "2023=10.2", *level) == 0

    assert empact.out.startswith("2023: on track; method: Actual against required growth\n")
    assert "  progress: 0.04301744462 / |−0.04515839609| = 0.9525901792\n" in empact.out


def test_the_earlier_name_of_a_command_works_and_is_not_listed(empact: Typed) -> None:
    assert empact("judge", "direction_only", "2020=5", "2021=6") == 0
    assert empact.out.startswith("2021: desired direction; method: Direction\n")
    assert empact("--help") == 0
    assert not re.search(r"^  judge\b", empact.out, re.MULTILINE)


def test_a_verdict_on_a_typed_series_is_for_a_program_too(empact: Typed) -> None:
    empact("assess-series", "direction_only", "2020=5", "2021=:", "2022=4:P", "--json")

    verdict = json.loads(empact.out)
    assert (verdict["status"], verdict["reason"]) == (
        "unwanted_direction",
        "provisional;years_missing",
    )


def test_a_status_is_typed_as_people_write_it(empact: Typed) -> None:
    empact("assess-series", "direction_only", "2020=5", "2021=9:b", "--json")

    assert json.loads(empact.out)["reason"] == "break_in_series"


@pytest.mark.parametrize(
    ("typed", "code", "sentence"),
    [
        (("growth_rato", "2020=5"), 13, "did you mean “growth_ratio”"),
        (("growth_ratio", "2020:5"), 3, "“2020:5” is not a value of a series; write 2017=96"),
        (("growth_ratio", "20200=5"), 3, "“20200=5” is not a value of a series"),
        (("direction_only", "2020=5:sure"), 13, "“sure” is not an observation status"),
        (("growth_ratio", "2020=5", "--by", "2030"), 11, "level_by_date.value: is missing"),
        (("yearly_growth", "2020=5", "--percent", "-100"), 11, "greater than -100"),
        (("yearly_growth", "2020=5", "--percent", "1e300"), 11, "equal to 1000 (it says 1e+300)"),
        (("yearly_growth", "2020=5"), 10, "assesses a target given by --percent; given: none"),
        (("keep_at", "2020=5", "--percent", "3"), 10, "given by --level; given: --percent"),
        (
            ("yearly_growth", "2020=5", "--percent", "10", "--direction", "down"),
            10,
            "10 % a year leads up, and --direction says down; for the other way write --percent -10",
        ),
        (("direction_only", "2020=100:Z"), 10, "100 cannot have the status “Z” (not applicable"),
        (("all_areas_by_date", "2020=306", "--step", "1"), 10, "there are 27"),
        (("all_areas_by_date", "2020=2.5", "--step", "1"), 10, "not a number of Member States"),
        (
            ("milestone_by_date", "2020=0", "--step", "1", "--by", "2020"),
            10,
            "written YYYY-MM-DD; --by says “2020”",
        ),
        (("milestone_by_date", "2020=0", "--step", "in_force"), 10, "no ladder has the step"),
        (("milestone_by_date", "2020=0.5", "--step", "1"), 10, "“0.5” is not a step of a ladder"),
        (("milestone_by_date", "2020=0"), 10, "assesses a target given by --step; given: none"),
    ],
)
def test_what_makes_no_series_or_target_is_said(
    empact: Typed, typed: tuple[str, ...], code: int, sentence: str
) -> None:
    assert empact("assess-series", *typed) == code
    assert sentence in empact.err


@pytest.mark.parametrize(
    ("values", "step", "category"),
    [
        ("2021=0 2022=1 2023=2", "2", "met_late"),
        ("2021=0 2022=1 2023=2", "1", "met"),
        ("2021=0 2022=1 2023=2", "3", "overdue"),
        ("2021=not_started 2022=in_force", "adopted", "met"),
        ("2021=not_started 2022=adopted 2023=:", "in_force", "overdue"),
    ],
)
def test_the_values_of_a_milestone_are_the_steps_reached(
    empact: Typed, values: str, step: str, category: str
) -> None:
    typed = (*values.split(), "--step", step, "--by", "2022-12-31")
    empact("assess-series", "milestone_by_date", *typed, "--json")

    assert json.loads(empact.out)["category"] == category


def test_steps_are_shown_as_they_were_typed_and_lateness_with_its_days(empact: Typed) -> None:
    empact(
        "assess-series",
        "milestone_by_date",
        "2021=0",
        "2022=1",
        "--step",
        "2",
        "--by",
        "2021-12-02",
    )

    assert "  required step: 2\n  step: 2021 = 0\n  step: 2022 = 1\n" in empact.out
    assert "  months late: 395 days / 30.4375 = 12.97" in empact.out


@pytest.mark.parametrize(
    ("by", "said"), [((), "not yet met"), (("--by", "2030-12-31"), "not yet due")]
)
def test_what_has_no_day_is_never_said_to_be_due(
    empact: Typed, by: tuple[str, ...], said: str
) -> None:
    empact("assess-series", "milestone_by_date", "2021=0", "--step", "1", *by)

    assert empact.out.startswith(f"2021: {said}; method: Milestone by a date\n")


def test_a_growth_below_zero_is_to_fall(empact: Typed) -> None:
    typed = ("2020=50", "2021=40", "--percent", "-10", "--json")
    empact("assess-series", "growth_ratio", *typed)

    assert json.loads(empact.out)["status"] == "on_track"


def test_assessments_are_rows_for_a_program(released: Typed) -> None:
    released("assess", "empact-cse", "--goal", "GA-1.1", "--json")

    row = released.json["assessments"][0]
    assert row["goal"] == "GA-1.1"
    assert isinstance(row["arithmetic"], list)


def test_lineage_names_the_cell(released: Typed) -> None:
    assert released("lineage", *VICTIMS, "--period", "2024") == 0
    assert re.fullmatch(r"ICSE_VICTIMS FI 2024 = 14  <- fi!C3 of \S+\n", released.out)


def test_lineage_is_a_tree_for_a_program(released: Typed) -> None:
    released("lineage", *VICTIMS, "--period", "2024", "--json")

    value = released.json["value"]
    assert isinstance(value, dict)
    assert set(value) == documented("lineage", "`value`, a tree of")


def test_lineage_tells_what_was_sent_again(empact: Typed, tmp_path: Path) -> None:
    first, second = csv(tmp_path / "1.csv"), csv(tmp_path / "2.csv", ICSE_VICTIMS="15")
    for path in (first, second, first):
        empact("submit", path, *FINLAND, "--yes")
    empact("release", "empact-cse")

    assert empact("lineage", *VICTIMS, "--period", "2024") == 0
    assert re.fullmatch(r"2024/FI/\S+Z is the file of \S+Z, sent again", lines(empact.out)[-1])


def test_an_export_goes_to_standard_output(released: Typed) -> None:
    assert released("export", "csv", *VICTIMS) == 0

    rows = {row["component"]: row for row in csv_format.DictReader(StringIO(released.out))}
    assert rows["value"]["value"] == "14.0"
    assert (rows["value"]["collection"], rows["value"]["cell"]) == ("empact-cse", "C3")


def test_an_export_may_go_to_a_file(released: Typed, tmp_path: Path) -> None:
    assert released("export", "csv", *VICTIMS, "-o", tmp_path / "out.csv") == 0
    assert released.out == ""
    assert (tmp_path / "out.csv").read_text().startswith("collection,")


# Definitions


def test_the_catalogue_is_without_contradiction(empact: Typed) -> None:
    assert empact("catalogue", "check") == 0
    assert "no contradictions found" in empact.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("catalogue", "check"),
        ("catalogue", "show"),
        ("catalogue", "show", "ICSE_VICTIMS"),
        ("catalogue", "show", "GA-1.1"),
        ("rules",),
    ],
)
def test_definitions_are_shown_to_people_and_to_programs(
    empact: Typed, arguments: tuple[str, ...]
) -> None:
    assert empact(*arguments) == 0
    assert empact.out
    assert empact(*arguments, "--json") == 0
    assert empact.json


@pytest.mark.parametrize("arguments", [("catalogue", "show"), ("rules",)])
def test_definitions_are_written_as_documents(
    empact: Typed, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert empact(*arguments, "--markdown", "-o", tmp_path / "page.md") == 0
    assert (tmp_path / "page.md").read_text().startswith("# ")


# What goes wrong


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("release", "empact-csa"), 13, "did you mean “empact-cse”"),
        (("assess", "empact-cse"), 10, "has no release yet"),
        (("assess", "empact-csé"), 13, "is not a collection"),
        (("catalogue", "show", "GA-1.l"), 13, "did you mean “GA-1.1”"),
        (("template", *FINLAND[:-1], "2o24"), 13, "did you mean “2024”"),
        (("validate", "x.csv", "--language", "sv"), 13, "“sv” is not a language"),
        (("validate",), 64, "Missing argument"),
        (("relaese", "sample"), 64, "No such command"),
        (("validate", "x.csv", "--jsn"), 64, "--json"),
    ],
)
def test_what_stops_a_command_is_said_in_a_line(
    empact: Typed, arguments: tuple[str, ...], code: int, said: str
) -> None:
    assert empact(*arguments) == code
    assert said in empact.err
    assert "Traceback" not in empact.err


def test_a_ledger_that_cannot_be_opened_is_said_in_a_line(empact: Typed, tmp_path: Path) -> None:
    (empact.home / "data").mkdir(parents=True)
    (empact.home / "data" / "ledger.sqlite").write_text("no database, but long enough to be one")

    assert empact("register") == 3
    assert "cannot be opened as a ledger" in empact.err


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    program = f"{sys.executable} -m metrics catalogue show --json | head -c 100"
    ended = subprocess.run(program, shell=True, capture_output=True, text=True, check=True)

    assert (len(ended.stdout), ended.stderr) == (100, "")


def test_the_command_starts_without_what_it_does_not_need() -> None:
    program = (
        "import sys, metrics.__main__; print({'pandas', 'sqlalchemy', 'dash'} & {*sys.modules})"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert ended.stdout.strip() == b"set()"


def test_the_dashboard_is_served_on_loopback(released_home: Path, unused_port: int) -> None:
    command = [sys.executable, "-m", "metrics", "--home", str(released_home)]
    serving = subprocess.Popen(
        [*command, "serve", "--port", str(unused_port)], stderr=subprocess.PIPE
    )
    try:
        assert serving.stderr is not None
        assert f"http://127.0.0.1:{unused_port}/".encode() in serving.stderr.readline()
        assert patiently(f"http://127.0.0.1:{unused_port}/") == 200
        settings = Path(f"/proc/{serving.pid}/environ").read_bytes()
        assert b"ARROW_DEFAULT_MEMORY_POOL=system" in settings
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.communicate(timeout=30)


def patiently(address: str, patience: float = 60) -> int:
    """The status of the first answer."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        with suppress(URLError), urlopen(address, timeout=patience) as answered:
            return int(answered.status)
        time.sleep(0.2)
    raise TimeoutError(f"{address} did not answer in {patience} s")


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


# The documentation


def commands(group: click.Group, path: str = "empact") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        elif not command.hidden:
            yield f"{path} {name}", command


EVERY = list(commands(cli))
OF_EVERY_COMMAND = {"--language"}  # which the page says once


def section(title: str) -> str:
    return DOCUMENTED.read_text().partition(f"## `{title}`\n")[2].partition("\n## ")[0]


def documented(command: str, after: str) -> set[str]:
    """The words in the first code span of a section after some text."""
    span = section(f"empact {command}").partition(after)[2].partition("`")[2].partition("`")[0]
    return set(span.split())


@pytest.mark.parametrize(("title", "command"), EVERY, ids=[title for title, _ in EVERY])
def test_every_command_is_documented_with_every_option(title: str, command: click.Command) -> None:
    options = {
        long for parameter in command.params for long in parameter.opts if long.startswith("--")
    }

    assert section(title), f"docs/commands.md has no section on {title}"
    assert set(re.findall(r"`(--[a-z-]+)`", section(title))) - OF_EVERY_COMMAND == (
        options - OF_EVERY_COMMAND
    )


@pytest.mark.parametrize(("title", "command"), EVERY, ids=[title for title, _ in EVERY])
def test_every_command_helps(empact: Typed, title: str, command: click.Command) -> None:
    assert empact(*title.split()[1:], "--help") == 0
    assert (command.help or "").split("\n")[0] in " ".join(empact.out.split())


@pytest.mark.parametrize("method", methods().values(), ids=lambda method: method.name)
def test_the_help_of_assess_lists_the_methods(empact: Typed, method: Method) -> None:
    assert empact("assess-series", "--help") == 0
    assert f"{method.name} {method.title.en}" in " ".join(empact.out.split())


def test_every_exit_code_is_documented() -> None:
    codes = {
        int(code) for code in re.findall(r"^\| (\d+) \|", DOCUMENTED.read_text(), re.MULTILINE)
    }

    assert codes == {0, *EXIT_CODES.values(), *exit_codes(MetricsError), WRONG_USE, INTERRUPTED}


def exit_codes(error: type[MetricsError]) -> set[int]:
    return {error.exit_code}.union(*map(exit_codes, error.__subclasses__()))


def test_the_sample_is_built_beside_the_pages_and_ends_with_them(
    tmp_path: Path, unused_port: int
) -> None:
    command = [sys.executable, "-m", "metrics", "--home", str(tmp_path)]
    serving = subprocess.Popen([*command, "serve", "--port", str(unused_port), "--with-sample"])
    try:
        assert patiently(f"http://127.0.0.1:{unused_port}/", patience=240) == 200
        building = patient_progress(tmp_path)
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(timeout=240)

    assert (building.stage, building.total) == ("submissions", 162)
    assert read_progress(tmp_path) is None
    assert not is_running(building.process)
    assert len(sent_workbooks(tmp_path)) < building.total / 2  # the others are not waited for
    assert list((tmp_path / "data" / "raw").glob("*/*/*/.*.part")) == []


def sent_workbooks(home: Path) -> list[Path]:
    return list((home / "data" / "raw").rglob("*.xlsx"))


def patient_progress(home: Path, patience: float = 240) -> SampleProgress:
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        if progress := read_progress(home):
            return progress
        time.sleep(0.1)
    raise TimeoutError(f"no sample was begun in {patience} s")
