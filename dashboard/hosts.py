"""The names under which the dashboard is reached."""

import os

LOOPBACK_HOSTS = ("localhost", "127.0.0.1")


def served_hosts() -> list[str]:
    """The names under which the dashboard is reached: loopback, and those in `EMPACT_HOSTS`."""
    return [*LOOPBACK_HOSTS, *os.environ.get("EMPACT_HOSTS", "").lower().replace(",", " ").split()]
