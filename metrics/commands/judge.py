"""`empact judge`: one method on a series that is typed, outside every collection."""

from datetime import datetime

import click

from metrics.commands import json_option, print_json


class JudgeCommand(click.Command):
    """A command whose help lists the methods, by name and title."""

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        from metrics.catalogue.methods import methods

        with formatter.section("Methods"):
            formatter.write_dl([(name, method.title.en) for name, method in methods().items()])
        super().format_epilog(context, formatter)


@click.command(cls=JudgeCommand)
@click.argument("method")
@click.argument("values", nargs=-1, required=True, metavar="PERIOD=VALUE...")
@click.option("--direction", type=click.Choice(["up", "down", "none"]),
              help="Desired direction. Default: up, or down if --percent is negative.")  # fmt: skip
@click.option("--percent", type=float, help="Growth asked of a year; negative for a fall.")
@click.option("--level", "value", type=float, help="A level: to be kept, or by the period --by.")
@click.option("--by", help="The target's period; for a milestone its day, YYYY-MM-DD.")
@click.option("--trajectory", type=click.Choice(["linear", "compound"]), help="The path to it.")
@click.option("--step", help="A milestone: the step asked for, as a number or by its code.")
@click.option("--limit", type=float, help="A natural limit in the wanted direction, such as 100.")
@click.option("--baseline", help="The agreed baseline. Default: the first value.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]),
              help="The day of the verdict. Default: the day after the latest period.")  # fmt: skip
@json_option
def judge(
    method: str, values: tuple[str, ...], direction: str | None, on: datetime | None, json_: bool,
    **target: object,
) -> None:  # fmt: skip
    """Judge one series by one method, with the calculation line by line.

    A value may carry a status: 2021=145:P is provisional, 2022=: is missing. Without a level, a
    growth or a step the target is a direction.

    The values of a milestone are the steps reached, 0 where not started: 2021=0 2022=1 --step 2
    is met from 2 on. Steps may go by their codes: 2022=adopted --step in_force. The values of
    all_areas_by_date are the numbers of States that have reached the step.
    """
    from metrics.commands.assessment_report import format_verdict
    from metrics.commands.series_arguments import judge_typed
    from metrics.core.verdicts import verdict_as_record

    fields = {name: value for name, value in target.items() if value is not None}
    verdict = judge_typed(method, values, direction, on.date() if on else None, fields)
    if json_:
        print_json({"method": method, **verdict_as_record(verdict)})
        return
    for line in format_verdict(verdict, method):
        click.echo(line)
