"""`empact sample` and `empact serve`: invented data, and the dashboard."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import click

from metrics.commands import (
    LANGUAGE_VARIABLE,
    REQUESTED,
    Home,
    command_texts,
    pass_home,
    print_note,
)
from metrics.commands.publication import release_text
from metrics.commands.translated import TranslatedCommand
from metrics.core.errors import MetricsError
from metrics.core.termination import exit_on_sigterm
from metrics.intake.formats.limits import NICENESS

LOOPBACK = "127.0.0.1"
# Keep less of the memory that a request has used. With a threshold of its own, glibc gives large
# blocks back at once; otherwise it raises the threshold, and they leave holes in the heap.
MEMORY_SETTINGS = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "262144",
}
INTAKES = ("closed", "local", "open")  # to nobody, to users of this machine, to all


@click.command(cls=TranslatedCommand)
@click.option("--collection", default="sample", show_default=True)
@click.option("--once", is_flag=True)
@click.option("--release", "releases", is_flag=True)
@pass_home
def sample(home: Home, /, collection: str, once: bool, releases: bool) -> None:
    from metrics.release.build import build
    from metrics.release.store import ReleaseStore
    from metrics.sample.progress import SampleProgress, progress_of_build
    from metrics.sample.workbooks import require_invented, send_workbooks
    from metrics.submissions.desk import Desk

    exit_on_sigterm()
    require_invented(collection)
    desk, texts = Desk(home.folder), command_texts()
    inventing = texts["sample"]["inventing"]
    with progress_of_build(home.folder) as show, progress_bar(inventing) as bar:

        def count(done: int, total: int) -> None:
            show(SampleProgress("submissions", done, total))
            bar.update(100 * done // total - bar.pos)

        sent = send_workbooks(home.folder, count, collection=collection, only_missing=once)
        click.echo(texts["sample"]["submitted"].beside(sent).format(n=sent), err=releases)
        if releases:
            if sent or not ReleaseStore(desk.processed).current(collection):
                show(SampleProgress("release"))
            built = build(desk, collection)
            click.echo(release_text(built))
        else:
            command = f"empact release {collection}"
            print_note(texts["sample"]["next"].format(command=command))


def progress_bar(label: str) -> "click._termui_impl.ProgressBar[int]":
    return click.progressbar(
        length=100, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    )


@click.command(cls=TranslatedCommand)
@click.option("--port", default=8050, show_default=True, type=click.IntRange(1, 65535))
@click.option("--with-sample", is_flag=True)
@click.option("--intake", type=click.Choice(INTAKES), envvar="EMPACT_INTAKE", default=INTAKES[0],
              show_default=True)  # fmt: skip
@pass_home
def serve(home: Home, /, port: int, with_sample: bool, intake: str) -> None:
    refuse_port_in_use(port)
    texts = command_texts()["service"]
    os.environ |= {
        **MEMORY_SETTINGS,
        "EMPACT_HOME": str(home.folder),
        "EMPACT_INTAKE": intake,
        LANGUAGE_VARIABLE: REQUESTED.get(),
    }
    if intake != INTAKES[0]:
        print_note(texts[f"intake_{intake}"])
    print_note(texts["address"].format(address=f"http://{LOOPBACK}:{port}/"))
    sys.stdout.flush()
    server = [
        sys.executable, "-m", "gunicorn", "--config", "python:dashboard.server.serving",
        "--bind", f"{LOOPBACK}:{port}", "dashboard.app:server",
    ]  # fmt: skip
    if not with_sample:
        os.execv(sys.executable, server)  # noqa: S606
    exit_on_sigterm()
    with subprocess.Popen(server) as serving:  # noqa: S603
        try:
            wait_for_first_answer(serving, port)
            with sample_in_background(home.folder):
                serving.wait()
        finally:
            serving.terminate()


def wait_for_first_answer(serving: "subprocess.Popen[bytes]", port: int) -> None:
    """Leave the processor to the pages until they are served, or have failed to be."""
    while serving.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((LOOPBACK, port)) == 0:
                return
        sleep(0.2)


@contextmanager
def sample_in_background(home: Path) -> Iterator[None]:
    """Build the sample while the block runs, at a lower priority than the pages."""
    metrics = [sys.executable, "-m", "metrics", "--home", str(home)]
    command = [*metrics, "sample", "--once", "--release"]
    with subprocess.Popen(command, preexec_fn=lambda: os.nice(NICENESS)) as building:  # noqa: S603, PLW1509
        try:
            yield
        finally:
            building.terminate()


def refuse_port_in_use(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise MetricsError("port_taken", port=str(port)) from error
