"""Commands whose help and usage are in the language of the reader.

What a command does, and what its options mean, are texts under `commands/help` in the messages, by
the names of command and option; those under `shared` apply to every command.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from metrics.commands import REQUESTED, command_texts
from metrics.core.errors import UnknownNameError

LANGUAGE, SHARED, METAVARS = "language", "shared", "metavars"


def check_language(_context: object, _option: object, typed: str) -> str:
    """The requested language, or none; UnknownNameError if it has no file."""
    from metrics.messages import languages

    if typed and typed not in languages():
        raise UnknownNameError.with_hint("a_language", typed, known=languages())
    return typed


class LanguageOption(click.Option):
    """`--language`; by default what was requested before the command, or by the environment."""

    def __init__(self, declarations: Sequence[str] = ("--language",), **attributes: Any) -> None:  # noqa: ANN401
        defaults = {"default": REQUESTED.get, "callback": check_language}
        super().__init__(declarations, **{**defaults, **attributes})


class TranslatedCommand(click.Command):
    """A command with the option `--language`, and its help under a name in the messages."""

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401
        texts: str = "",
        facts: Mapping[str, str] | None = None,
        **attributes: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*arguments, **attributes)
        self.texts, self.facts = texts or self.name or "", facts or {}
        if all(parameter.name != LANGUAGE for parameter in self.params):
            self.params.append(LanguageOption(expose_value=False))

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        parameters = super().get_params(ctx)
        for parameter in parameters:
            self._describe(parameter)
        return parameters

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = self._text("help")
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        self.options_metavar = self._text("options")
        return super().collect_usage_pieces(ctx)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = self._text("about")
        super().format_help_text(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        self.help = self._text("about")
        return super().get_short_help_str(limit)

    def _describe(self, parameter: click.Parameter) -> None:
        metavars, name = command_texts()["help"][METAVARS], parameter.name or ""
        if isinstance(parameter, click.Option):
            parameter.help = self._text(name) or parameter.help
        parameter.metavar = metavars.get(name) or metavars.get(parameter.type.name)

    def _text(self, name: str) -> str:
        from metrics.messages import languages

        texts = command_texts()["help"]
        found = texts.get(self.texts, {}).get(name) or texts[SHARED].get(name, "")
        return str(found.format(**self.facts, languages=", ".join(languages())))


class TranslatedGroup(TranslatedCommand, click.Group):
    """A group of such commands."""

    command_class = TranslatedCommand

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        self.subcommand_metavar = self._text("subcommand")
        return super().collect_usage_pieces(ctx)
