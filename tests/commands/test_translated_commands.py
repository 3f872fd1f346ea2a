"""Help, usage, errors and reports of every command are in the language of the reader."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from metrics.__main__ import cli, run
from metrics.catalogue.denominators import denominator
from metrics.commands.click_texts import SPEAKING
from metrics.commands.lineage_report import format_lineage
from metrics.messages import messages
from metrics.messages.po_files import placeholders
from metrics.release.lineage import LineageNode
from tests.commands.test_commands import EVERY

ENGLISH_WORDS = re.compile(
    r"\b(the|of|and|is|are|with|for|not|by|from|that|this|which|each|only|options|usage|error|"
    r"missing|default|write|language|number)\b",
    re.IGNORECASE,
)
# Where click speaks to programmers, or of what no command here has.
UNREACHED = re.compile(
    "^(Aborted|deprecated|DeprecationWarning|Value must be|Could not determine|No options defined|"
    "env var|Arguments take|.dynamic|Name '|Takes |Boolean option|unknown error|Could not open|"
    "Positional|Missing parameter|Missing .param_type|Invalid start|Argument |Press any|Repeat for|"
    "Error: The two|Unknown color|Error: invalid|Choose from|Choice|.*UUID|.*boolean|.*executable|"
    ".*writable|.len_type|file$|directory$|path$)"
)


def without_codes(printed: str) -> str:
    """The text without names of options and fields, codes and commands."""
    return re.sub(
        r"`[^`]*`|'[^']*'|--?[a-z-]+|\[[a-z|]+\]|\(compound\)|[a-z]+_\w+|\.\w+", "", printed
    )


@pytest.mark.parametrize("title", ["empact", "empact catalogue", "empact export csv", *dict(EVERY)])
def test_the_help_of_a_command_is_in_the_language_asked_for(
    title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*title.split()[1:], "--help", "--language", "fi"]) == 0

    printed = capsys.readouterr().out
    assert printed.startswith(f"Käyttö: {title} [VALITSIMET]")
    assert "Näytä tämä ohje ja lopeta." in printed
    assert not ENGLISH_WORDS.findall(without_codes(printed))


@pytest.mark.parametrize(("title", "command"), EVERY, ids=[title for title, _ in EVERY])
def test_every_option_has_a_help_text(title: str, command: click.Command) -> None:
    context = click.Context(command, info_name=title)

    options = [each for each in command.get_params(context) if isinstance(each, click.Option)]

    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["foo"], "Virhe: Komentoa 'foo' ei ole."),
        (["register", "--jsn"], "Virhe: Valitsinta '--jsn' ei ole. Tarkoititko '--json'?"),
        (["validate"], "Virhe: Puuttuva argumentti 'TIEDOSTO...'."),
        (["serve", "--port", "0"], "Virheellinen arvo ('--port'): 0 ei ole välillä 1<=x<=65535."),
        (
            ["assess-series", "keep_at", "2020=1", "--on", "x"],
            "'x' ei ole päivä muodossa VVVV-KK-PP.",
        ),
        (
            ["assess-series", "keep_at", "2020=1"],
            "arvioi tavoitteen, joka annetaan valitsimella --level",
        ),
    ],
)
def test_a_wrong_use_is_said_in_the_language_asked_for(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--language", "fi"]) != 0

    printed = capsys.readouterr().err
    assert sentence in printed
    assert not ENGLISH_WORDS.findall(without_codes(printed))


def test_the_language_can_stand_before_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--language", "el", "assess-series", "keep_at", "2020=5", "2021=4,5"]) != 0
    assert (
        run(["--language", "el", "assess-series", "keep_at", "2020=5", "2021=4.5", "--level", "5"])
        == 0
    )

    assert "τιμή: 2021 = 4,5" in capsys.readouterr().out


def test_one_command_leaves_no_language_behind(capsys: pytest.CaptureFixture[str]) -> None:
    run(["foo", "--language", "fi"])
    run(["foo"])

    assert "Error: No such command 'foo'." in capsys.readouterr().err


def said_by_click() -> Iterator[str]:
    for module in SPEAKING:
        for node in ast.walk(ast.parse(Path(module.__file__ or "").read_bytes())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"_", "ngettext"}:
                yield from (
                    str(text.value) for text in node.args[:1] if isinstance(text, ast.Constant)
                )


def test_all_that_click_says_here_is_among_the_texts() -> None:
    texts = messages("en", "commands")["click"].values()
    known = {text.forms.get("one", str(text)) for text in texts}

    assert {text for text in said_by_click() if not UNREACHED.match(text)} <= known


@pytest.mark.parametrize("language", ["fi", "el"])
def test_what_click_is_told_has_no_unknown_placeholder(language: str) -> None:
    english = messages("en", "commands")["click"]

    for key, text in messages(language, "commands")["click"].items():
        assert placeholders(str(text)) <= placeholders(str(english[key]))


def test_rules_are_listed_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--language", "fi"]) == 0

    printed = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in printed} == {"virhe", "varoitus", "huomio"}
    assert not ENGLISH_WORDS.findall(without_codes("\n".join(printed)))


def test_every_command_takes_the_language() -> None:
    assert all("language" in {p.name for p in command.params} for _, command in [("", cli), *EVERY])


def test_the_population_of_a_rate_is_named_in_the_language_asked_for() -> None:
    facts = dict.fromkeys(("observation_status", "confidentiality_status", "submission"), "")
    facts |= dict.fromkeys(("vintage", "sheet", "cell", "remark"), "")
    rate = LineageNode(
        "A", "FI", "2020", "rate", 1234.5, areas_reporting=1, areas_expected=1, parts=(), **facts
    )

    (line,) = format_lineage(rate, "fi")

    assert line.startswith("A FI 2020 = 1\N{NO-BREAK SPACE}234,5  <- suhdeluku (")
    assert denominator("children").name("fi") in line
