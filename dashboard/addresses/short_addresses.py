"""Short addresses that can be read out or typed: `/g/GA-1.1`, `/g/GA-1.1/DE` and `/s/FI`."""

import re
from urllib.parse import unquote, urlencode, urlsplit

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from dashboard.addresses.alternatives import GOAL_PATH
from metrics.catalogue.codelists import find_code
from metrics.catalogue.loader import catalogue

STATE_PATH = "/state"
SHORT_GOAL = re.compile(r"/g/(?P<goal>[^/]+)(?:/(?P<area>[^/]+))?")
SHORT_STATE = re.compile(r"/s/(?P<area>[^/]+)")


def register_short_addresses(server: Flask) -> None:
    server.add_url_rule("/g/<goal>", "short_goal", redirect_to_goal)
    server.add_url_rule("/g/<goal>/<area>", "short_goal_area", redirect_to_goal)
    server.add_url_rule("/s/<area>", "short_state", redirect_to_state)


def redirect_to_goal(goal: str, area: str = "") -> Response:
    chosen = {"goal": find_goal(goal)} | ({"area": find_area(area)} if area else {})
    return redirect_keeping_query(GOAL_PATH, chosen)


def redirect_to_state(area: str) -> Response:
    return redirect_keeping_query(STATE_PATH, {"area": find_area(area)})


def long_link(link: str) -> str:
    """A link to a page of this site, from `/` on, with the page and the choices of a short one."""
    parts = urlsplit(link)
    path = f"/{unquote(parts.path).strip('/')}"
    chosen = {}
    if found := SHORT_GOAL.fullmatch(path):
        area = {"area": find_area(found["area"])} if found["area"] else {}
        path, chosen = GOAL_PATH, {"goal": find_goal(found["goal"]), **area}
    elif found := SHORT_STATE.fullmatch(path):
        path, chosen = STATE_PATH, {"area": find_area(found["area"])}
    query = "&".join(filter(None, [parts.query, urlencode(chosen)]))
    return f"{path}?{query}" if query else path


def find_goal(typed: str) -> str:
    """The code of a goal in any case; what is unknown is left to the page, which says so."""
    codes = {code.casefold(): code for code in catalogue().goals}
    return codes.get(typed.casefold(), typed)


def find_area(typed: str) -> str:
    """The code of an area: `eu`, `gr` and `Finland` are understood too."""
    return find_code(typed, "area") or typed


def redirect_keeping_query(path: str, chosen: dict[str, str]) -> Response:
    """Lead to the full address; the path decides where the query names the same."""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in chosen]
    return redirect(f"{path}?{urlencode([*chosen.items(), *kept])}")
