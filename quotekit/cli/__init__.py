"""The command line: `quotekit COMMAND`. One file a command, loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from quotekit.cli.ending import ending_well
from quotekit.cli.output import FILE

# In the order in which a newcomer needs them. Each is a module of this package that defines `command`.
COMMANDS = (
    "extract",
    "show",
    "speakers",
    "claims",
    "report",
    "convert",
    "validate",
    "schema",
    "constructions",
    "parse",
    "models",
)


class LazyGroup(click.Group):
    """Commands whose modules are loaded when they are asked for, so that `--help` answers at once."""

    def list_commands(self, ctx: click.Context | None) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"quotekit.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        with ending_well(ctx):
            return super().invoke(ctx)


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from quotekit import __version__

        click.echo(f"quotekit {__version__}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config", type=FILE, envvar="QUOTEKIT_CONFIG", metavar="FILE", help="Read settings from this TOML file."
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Show the version."
)
@click.pass_context
def main(ctx: click.Context, config: str | None) -> None:
    """Who said what in an article: quotations and attributed claims, with exact places, speakers and confidence.

    Data go to standard output, everything else to standard error. Exit codes: 0 done (also when nothing was found),
    1 some input failed and the others were done, 2 wrong usage, 3 the model is missing, 4 invalid JSON,
    130 interrupted.

    Options may be set in quotekit.toml, in pyproject.toml under [tool.quotekit], and in variables such as
    QUOTEKIT_MODEL.
    """
    from quotekit.cli.config import default_map, settings_of

    if isinstance(ctx.command, click.Group):
        ctx.default_map = default_map(settings_of(ctx.command, ctx, config))
