"""`empact sample` and `empact serve`: something to look at, and the dashboard to look with."""

import os
import socket
import sys

import click

from metrics.commands import Home, home, say
from metrics.core.errors import MetricsError

LOOPBACK = "127.0.0.1"
# Two processes of sixteen threads: what served most requests a second in trials on two cores.
WORKERS, THREADS = 2, 16


@click.command()
@click.option("--once", is_flag=True, help="Do nothing where there are sample figures already.")
@home
def sample(home: Home, /, once: bool) -> None:
    """Submit invented figures of 27 states and six years to the collection `sample`."""
    from metrics.sample import SAMPLE, generate
    from metrics.submissions.desk import Desk

    desk = Desk(home.folder)
    if once and len(desk.submissions_table(SAMPLE)):
        click.echo("the sample figures are there already")
        return
    with click.progressbar(
        length=100, label="Inventing workbooks", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        sent = generate(home.folder, lambda number, of: bar.update(100 * number // of - bar.pos))
    click.echo(f"{sent} invented workbooks were submitted; next: empact release {SAMPLE}")


@click.command()
@click.option("--port", default=8050, show_default=True, type=click.IntRange(1, 65535))
@home
def serve(home: Home, /, port: int) -> None:
    """Serve the dashboard on this machine only, until it is stopped."""
    refuse_taken(port)
    os.environ["EMPACT_HOME"] = str(home.folder)
    say(f"The dashboard is at http://{LOOPBACK}:{port}/ (stop it with Ctrl+C)")
    sys.stdout.flush()
    arguments = [
        "-m", "gunicorn", "dashboard.app:server", "--preload",
        "--bind", f"{LOOPBACK}:{port}", "--worker-class", "gthread",
        "--workers", str(WORKERS), "--threads", str(THREADS), "--log-level", "warning",
    ]  # fmt: skip
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as wrong:
            raise MetricsError(f"port {port} is taken; choose another with --port") from wrong
