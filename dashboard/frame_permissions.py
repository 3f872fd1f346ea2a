"""Which sites may show a chart in a frame: none, unless the operator names some."""

import os
import re

from metrics.core.errors import DefinitionError

EMBED_PATH = "/embed/"
VARIABLE = "EMPACT_FRAME_ANCESTORS"
ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?")
NO_SITE = "'none'"


def frame_ancestors() -> tuple[str, ...]:
    """The origins that the operator names; DefinitionError if one is none, such as a bare host."""
    origins = tuple(os.environ.get(VARIABLE, "").replace(",", " ").split())
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise DefinitionError("no_origin", variable=VARIABLE, origin=origin)
    return origins


def framing_sites(path: str) -> tuple[str, ...]:
    """The sites that may frame what is at a path: of charts to be embedded alone."""
    return frame_ancestors() if path.startswith(EMBED_PATH) else ()
