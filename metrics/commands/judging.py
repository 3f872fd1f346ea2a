"""`empact judge`: one method on a series that is typed, outside every collection."""

from datetime import datetime

import click

from metrics.commands import answer, as_json


@click.command()
@click.argument("method")
@click.argument("values", nargs=-1, required=True, metavar="PERIOD=VALUE...")
@click.option("--direction", type=click.Choice(["up", "down", "none"]), default="up",
              help="Where the series should go; up unless said.")  # fmt: skip
@click.option("--percent", type=float, help="Growth asked of a year, in per cent.")
@click.option("--level", "value", type=float, help="A level: to be kept, or by the period --by.")
@click.option("--by", help="The period, or for a milestone the day, of the target.")
@click.option("--trajectory", type=click.Choice(["linear", "compound"]), help="The path to it.")
@click.option("--step", help="A milestone; its value counts steps from the one asked for.")
@click.option("--limit", type=float, help="A natural limit in the wanted direction, such as 100.")
@click.option("--baseline", help="The agreed baseline; the first value unless said.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]),
              help="The day of the verdict; that after the latest period unless said.")  # fmt: skip
@as_json
def judge(
    method: str, values: tuple[str, ...], direction: str, on: datetime | None, json_: bool,
    **target: object,
) -> None:  # fmt: skip
    """Judge one series by one method, with the arithmetic line by line.

    A value may carry a status: 2021=145:P is provisional, 2022=: is missing. Without a level, a
    growth or a step the target is a direction.
    """
    from metrics.assess import told
    from metrics.commands.verdicts import judged, typed
    from metrics.methods import judge_series

    asked = {name: each for name, each in target.items() if each is not None}
    verdict = judge_series(method, typed(values), direction, on.date() if on else None, **asked)
    if json_:
        answer({"method": method, **told(verdict)})
        return
    for line in judged(verdict, method):
        click.echo(line)
