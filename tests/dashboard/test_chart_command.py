"""`empact chart LINK -o FILE`: the picture of a page from the command line."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from metrics.__main__ import run


def write_chart(home: Path, link: str, file: Path, *options: str) -> int:
    return run(["--home", str(home), "chart", link, "-o", str(file), *options])


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_command_writes_the_bytes_that_the_page_offers(
    home: Path, tmp_path: Path, client: FlaskClient, ending: str
) -> None:
    file = tmp_path / f"finland.{ending}"
    code = write_chart(home, "http://localhost/g/GA-1.1/FI", file, "--language", "fi")
    offered = client.get(f"/picture/trend.{ending}?goal=GA-1.1&area=FI&lang=fi")

    assert code == 0
    assert file.read_bytes() == offered.data


@pytest.mark.parametrize(
    ("link", "options", "words"),
    [
        ("/goal?goal=GA-1.1&view=states", (), "Finland: "),
        ("goal?goal=GA-1.1&area=FI", ("--chart", "multiples"), "Small charts"),
        ("/picture/states.svg?goal=GA-1.1&lang=el", (), "Φινλανδία"),
        ("/compare?indicator=ICSE_VICTIMS&areas=FI,SE", (), "Sweden, 2025"),
        ("/g/ga-1.1/Finland", ("--width", "600"), 'width="600"'),
    ],
)
def test_the_link_decides_what_is_drawn(
    home: Path, tmp_path: Path, link: str, options: tuple[str, ...], words: str
) -> None:
    file = tmp_path / "chart.svg"

    assert write_chart(home, link, file, *options) == 0
    assert words in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("link", "file", "options", "sentence"),
    [
        ("/g/GA-9.9", "x.svg", (), "shows no chart: This collection has no goal “GA-9.9”"),
        ("/g/CC2019-25/EU27_2020?lang=fi", "x.svg", (), "shows no chart: No"),
        ("/g/GA-1.1?colour=red", "x.svg", (), "contains “colour”"),
        ("/g/GA-1.1", "x.svg", ("--release", "2001"), "“2001” is not among the choices"),
        ("/g/GA-1.1", "x.svg", ("--chart", "tren"), "Did you mean “trend”?"),
        ("/report", "x.svg", (), "/report is not the address of a page with a chart"),
        ("/g/GA-1.1", "x.gif", (), ".gif is not the ending of a picture; name the file"),
        ("/g/GA-1.1", "no/folder/x.svg", (), "No such file or directory"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(  # noqa: PLR0913, PLR0917 - each case
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    link: str, file: str, options: tuple[str, ...], sentence: str,
) -> None:  # fmt: skip
    code = write_chart(home, link, tmp_path / file, *options)

    assert code == 3
    assert sentence in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
