"""The command `empact`."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import click

from metrics.commands import LANGUAGE_VARIABLE, REQUESTED, Home, print_note
from metrics.commands.assess_series import assess_series, judge
from metrics.commands.click_texts import translate_click
from metrics.commands.deck import deck
from metrics.commands.definitions import catalogue, rules
from metrics.commands.intake import register, submit, template, validate
from metrics.commands.pictures import chart
from metrics.commands.publication import assess, export, lineage, release
from metrics.commands.report import report
from metrics.commands.service import sample, serve
from metrics.commands.translated import TranslatedGroup
from metrics.commands.withdrawal import withdraw
from metrics.core.crash_reports import report_unexpected
from metrics.core.errors import KeyedText, MetricsError
from metrics.messages import ENGLISH, languages
from metrics.messages.error_texts import error_text

# As in sysexits.h; click's own 2 means here that a submitted file cannot be read.
WRONG_USE = 64
INTERRUPTED = 130
# Before garbage is looked for: most objects of a command live until its end.
NEW_OBJECTS = 50_000
HANDLED_BY_CLICK = (click.ClickException, click.Abort, click.exceptions.Exit)


@click.group(
    cls=TranslatedGroup,
    texts="empact",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(version("empact-metrics"), message="empact %(version)s")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    envvar="EMPACT_HOME",
)
@click.pass_context
def cli(context: click.Context, home: Path) -> None:
    context.obj = Home(home.absolute())
    context.with_resource(report_unexpected(home.absolute(), *HANDLED_BY_CLICK))


for command in (
    catalogue, rules, template, validate, submit, withdraw, register,
    release, assess, assess_series, judge, lineage, export, chart, deck, report, sample, serve,
):  # fmt: skip
    cli.add_command(command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code. An error is one line on standard error."""
    typed = sys.argv[1:] if arguments is None else arguments
    translate_click()
    language = REQUESTED.set(requested_language(typed))
    try:
        return run_command(typed)
    finally:
        REQUESTED.reset(language)


def run_command(typed: Sequence[str]) -> int:
    try:
        return int(cli.main(typed, prog_name="empact", standalone_mode=False) or 0)
    except MetricsError as wrong:
        return report_error(wrong, typed)
    except click.ClickException as wrong:
        wrong.show()
        return WRONG_USE if isinstance(wrong, click.UsageError) else wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        return report_error(MetricsError("interrupted"), typed, INTERRUPTED)
    except BrokenPipeError:
        discard_output()  # the reader of our output has closed the pipe
        return 0
    except OSError as wrong:
        if not wrong.filename:
            discard_output()
        file = str(wrong.filename) if wrong.filename else KeyedText("the_answer")
        unusable = MetricsError("file_unusable", file=file, reason=str(wrong.strerror))
        return report_error(unusable, typed)


def report_error(error: MetricsError, typed: Sequence[str], exit_code: int | None = None) -> int:
    """Report an error on standard error, in the language of the command; return its exit code."""
    print_note(
        f"empact: {error_text(error, requested_language(typed) or error.language or ENGLISH)}"
    )
    return error.exit_code if exit_code is None else exit_code


def requested_language(arguments: Sequence[str]) -> str:
    """The language that a command was asked for: by its option, or by the environment."""
    joined = " ".join(arguments).replace("--language=", "--language ").split()
    named = [text for option, text in pairwise(joined) if option == "--language"]
    asked = [*named[-1:], os.environ.get(LANGUAGE_VARIABLE, "")]
    return next((language for language in asked if language in languages()), "")


def discard_output() -> None:
    """Point stdout at /dev/null, so that the flush at exit cannot raise BrokenPipeError."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    gc.set_threshold(NEW_OBJECTS)
    sys.exit(run())


if __name__ == "__main__":
    main()
