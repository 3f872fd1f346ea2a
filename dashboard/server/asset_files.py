"""Addresses of the files in `assets`, each with its version, so that browsers keep them."""

from functools import cache
from http import HTTPStatus
from pathlib import Path

from flask import Response, request

from dashboard.server.plotly_script import FOREVER

ASSETS = Path(__file__).parents[1] / "assets"
ASSET_PREFIX = "/assets/"


@cache
def asset_address(name: str) -> str:
    """As Dash writes it: the version is the time of the last change."""
    return f"{ASSET_PREFIX}{name}?m={(ASSETS / name).stat().st_mtime}"


@cache
def asset_addresses(suffix: str) -> tuple[str, ...]:
    names = sorted(path.name for path in ASSETS.glob(f"*{suffix}"))
    return tuple(asset_address(name) for name in names)


def icon_address() -> str:
    return asset_address("favicon.ico")


def keep_versioned_files(response: Response) -> Response:
    """Let browsers keep a file whose address carries the version that it has."""
    name, version = request.path.removeprefix(ASSET_PREFIX), request.args.get("m")
    is_asset = (
        request.path.startswith(ASSET_PREFIX) and response.status_code < HTTPStatus.BAD_REQUEST
    )
    if is_asset and version and request.full_path == asset_address(name):
        response.headers["Cache-Control"] = FOREVER
    return response
