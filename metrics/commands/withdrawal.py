"""`empact withdraw`: withdraw submitted figures, with a reason."""

import sys

import click

from metrics.commands import Home, json_option, pass_home, print_json
from metrics.commands.click_texts import confirm
from metrics.commands.intake import LANGUAGE, open_desk, scope_options
from metrics.commands.translated import TranslatedCommand
from metrics.core.errors import SubmissionError


@click.command(cls=TranslatedCommand)
@scope_options(required=True)
@LANGUAGE
@click.option("--reason", required=True)
@click.option(
    "--figure",
    "figures",
    multiple=True,
)
@click.option("--yes", is_flag=True)
@json_option
@pass_home
def withdraw(
    home: Home, /, reason: str, figures: tuple[str, ...], yes: bool, json_: bool, **scope: str
) -> None:
    from metrics.commands.figures_text import format_figure
    from metrics.messages import languages, messages
    from metrics.submissions.withdrawals import name_figures, refuse_unknown_figures

    language = scope.pop("language") or languages()[0]
    texts = messages(language, "commands")["withdrawal"]
    desk = open_desk(home)
    submission, observations = desk.figures_in_force(**scope)
    refuse_unknown_figures(figures, observations)
    named = dict(zip(name_figures(observations), observations["value"], strict=True))
    leaving = figures or tuple(named)
    if not json_:
        click.echo(texts["leaving"].format(number=len(leaving), key=submission.key))
        for name in leaving:
            click.echo(f"  {name}: {format_figure(named[name], language)}")
    if not yes:
        if json_ or not sys.stdin.isatty():
            raise SubmissionError("withdrawal_unconfirmed")
        confirm(texts["ask"], language)
    entry = desk.withdraw(submission, reason, figures)
    if json_:
        fields = ("key", "vintage", "extent", "reason")
        print_json({name: getattr(entry, name) for name in fields} | {"figures": list(leaving)})
    else:
        click.echo(texts["done"].format(key=entry.key))
