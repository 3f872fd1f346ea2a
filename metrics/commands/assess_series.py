"""`empact assess-series`: one method on a series that is typed, outside every collection."""

from copy import copy
from datetime import datetime

import click

from metrics.commands import command_texts, json_option, print_json, spoken_language
from metrics.commands.translated import TranslatedCommand


class SeriesAssessmentCommand(TranslatedCommand):
    """A command whose help lists the methods, by name and title."""

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        from metrics.catalogue.methods import methods

        language = spoken_language()
        with formatter.section(command_texts()["help"]["assess-series"]["methods"]):
            titles = [(name, method.title(language)) for name, method in methods().items()]
            formatter.write_dl(titles)
        super().format_epilog(context, formatter)


@click.command("assess-series", cls=SeriesAssessmentCommand)
@click.argument("method")
@click.argument("values", nargs=-1, required=True)
@click.option("--direction", type=click.Choice(["up", "down", "none"]))  # fmt: skip
@click.option("--percent", type=float)
@click.option("--level", "value", type=float)
@click.option("--by")
@click.option("--trajectory", type=click.Choice(["linear", "compound"]))
@click.option("--step")
@click.option("--limit", type=float)
@click.option("--baseline")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]))  # fmt: skip
@json_option
def assess_series(
    method: str, values: tuple[str, ...], direction: str | None, on: datetime | None, json_: bool,
    **target: object,
) -> None:  # fmt: skip
    from metrics.commands.assessment_report import format_verdict
    from metrics.commands.series_arguments import assess_typed_series
    from metrics.core.verdicts import verdict_as_record

    fields = {name: value for name, value in target.items() if value is not None}
    verdict = assess_typed_series(method, values, direction, on.date() if on else None, fields)
    if json_:
        print_json({"method": method, **verdict_as_record(verdict)})
        return
    for line in format_verdict(verdict, method, spoken_language()):
        click.echo(line)


judge = copy(assess_series)  # the name of this command in earlier versions
judge.name, judge.hidden = "judge", True
