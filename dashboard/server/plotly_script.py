"""The script of plotly: the part of it that draws our charts, where it was installed, else all.

`python -m dashboard.server.plotly_install` installs the part; its version is that of the
Python package.
"""

import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import brotli
import plotly
from flask import Flask, Response, abort, request

from metrics.core.load_once import load_once

VERSION = "4.1.1"  # of plotly.js in the pinned version of plotly
# The part with scatter and bar charts: `plotly.js-basic-dist-min` of npm, MIT licence.
DIGEST = "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba"
BASIC_PART = Path(sys.prefix) / "share/empact" / f"plotly-basic-{VERSION}.min.js"
WHOLE = Path(plotly.__file__).parent / "package_data/plotly.min.js"
COMPRESSED_SUFFIX = ".br"
ROUTE = "/scripts/plotly-<digest>.min.js"
DASH_PATH = "/_dash-component-suites/plotly/package_data/plotly.min.js"
YEAR_SECONDS = 31_536_000
FOREVER = f"public, max-age={YEAR_SECONDS}, immutable"  # of what has its version in its address


@dataclass(frozen=True)
class Script:
    content: bytes
    compressed: bytes
    digest: str


@load_once()
def plotly_script() -> Script:
    """The installed part if it is what was published, else the whole of the Python package."""
    content = BASIC_PART.read_bytes() if BASIC_PART.is_file() else b""
    path = BASIC_PART
    if sha256(content).hexdigest() != DIGEST:
        content, path = WHOLE.read_bytes(), WHOLE
    ready = path.with_name(path.name + COMPRESSED_SUFFIX)
    compressed = ready.read_bytes() if ready.is_file() else brotli.compress(content, quality=5)
    return Script(content, compressed, sha256(content).hexdigest()[:12])


def plotly_address() -> str:
    return ROUTE.replace("<digest>", plotly_script().digest)


def serve_plotly(server: Flask) -> None:
    """Serve the script under an address with its version, and under that at which Dash asks."""
    server.add_url_rule(ROUTE, "plotly", versioned_script)
    server.before_request(script_for_dash)


def versioned_script(digest: str) -> Response:
    if digest != plotly_script().digest:
        abort(404)
    answer = script_answer()
    answer.headers["Cache-Control"] = FOREVER
    return answer


def script_for_dash() -> Response | None:
    return script_answer() if request.path == DASH_PATH else None


def script_answer() -> Response:
    script = plotly_script()
    answer = Response(mimetype="text/javascript")
    answer.vary.add("Accept-Encoding")
    if request.accept_encodings["br"]:
        answer.set_data(script.compressed)
        answer.headers["Content-Encoding"] = "br"
    else:
        answer.set_data(script.content)
    answer.set_etag(script.digest, weak=True)
    answer.make_conditional(request)
    return answer
