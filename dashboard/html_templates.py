"""Templates of HTML, which escape every text that is filled in."""

from functools import cache

from jinja2 import Environment, PackageLoader, Template


@cache
def template(name: str) -> Template:
    """A template of `dashboard/templates`."""
    environment = Environment(
        loader=PackageLoader("dashboard"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)
