"""Settings that stand in a file or in the environment: what the options of commands are where no flag says otherwise.

A flag wins over `QUOTEKIT_COMMAND_OPTION`, that over `QUOTEKIT_OPTION`, both over the file; there a command's table
wins over what stands above it. A person's own file, in the home folder, is not read: with it the same command would
give other results to another person.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from quotekit.errors import ConfigError

FILE = "quotekit.toml"
PROJECT_FILE = "pyproject.toml"
PREFIX = "QUOTEKIT_"
# What belongs to one call: where its results go, and that it goes on with another.
NOT_SETTINGS = ("help", "output", "resume")


@dataclass(frozen=True, slots=True)
class Setting:
    """An option's value, for one command or, where ``command`` is None, for all that have the option; and its place."""

    command: str | None
    option: str
    value: Any
    place: str


def settings_of(group: click.Group, ctx: click.Context, file: str | None) -> Iterator[Setting]:
    """The settings of the file and of the environment, the weaker before the stronger; all of them hold.

    ``file`` is the file that was named; else the nearest ``quotekit.toml``, or ``pyproject.toml`` that has a table
    ``tool.quotekit``, in this folder or one above. Raises ConfigError for an option that no command has.
    """
    commands = group.list_commands(ctx)
    found = sorted(_in_file(file, commands), key=lambda setting: setting.command is not None)
    found += sorted(_in_environment(commands), key=lambda setting: setting.command is not None)
    if found:  # else no command need be loaded
        options = {name: _options(group, ctx, name) for name in commands}
        for setting in found:
            yield from _checked(setting, options, ctx)


def default_map(settings: Iterable[Setting]) -> dict[str, dict[str, Any]]:
    """The settings as click takes them: for each command its options and their values."""
    defaults: dict[str, dict[str, Any]] = {}
    for setting in settings:
        defaults.setdefault(str(setting.command), {})[setting.option] = setting.value
    return defaults


_Options = Mapping[str, Mapping[str, click.Option]]


def _options(group: click.Group, ctx: click.Context, name: str) -> dict[str, click.Option]:
    """The options of a command that may be set, by their names without dashes."""
    command = group.get_command(ctx, name)
    options = [option for option in command.params if isinstance(option, click.Option)] if command else []
    named = {_long(option): option for option in options if not option.is_eager}
    return {option: found for option, found in named.items() if option not in NOT_SETTINGS}


def _long(option: click.Option) -> str:
    return max(option.opts, key=len).lstrip("-").replace("-", "_")


def _in_file(file: str | None, commands: Sequence[str]) -> Iterator[Setting]:
    path, table = _load(Path(file)) if file else _nearest()
    for key, value in table.items():
        name = key.replace("-", "_")
        if not isinstance(value, dict):
            yield Setting(None, name, value, f"{path}: {key}")
        elif key in commands:
            yield from (
                Setting(key, option.replace("-", "_"), inner, f"{path}: {key}.{option}")
                for option, inner in value.items()
            )
        else:
            raise ConfigError(f"{path}: {key}", "no command has this name", _suggestion(key, commands))


def _nearest() -> tuple[Path, dict[str, Any]]:
    """The file that rules in the current folder, and its settings."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        for name in (FILE, PROJECT_FILE):
            path = folder / name
            if path.is_file() and (name == FILE or "quotekit" in _parse(path).get("tool", {})):
                return _load(path)
    return here, {}


def _load(path: Path) -> tuple[Path, dict[str, Any]]:
    parsed = _parse(path)
    table = parsed.get("tool", {}).get("quotekit", {}) if path.name == PROJECT_FILE else parsed
    if not isinstance(table, dict):
        raise ConfigError(str(path), "tool.quotekit is no table", "begin it with [tool.quotekit]")
    return path, table


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"not valid TOML: {error}") from error
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read ({error.strerror})", "check the path") from error


def _in_environment(commands: Sequence[str]) -> Iterator[Setting]:
    for variable, value in sorted(os.environ.items()):
        if not variable.startswith(PREFIX) or variable == f"{PREFIX}CONFIG":
            continue
        name = variable.removeprefix(PREFIX).lower()
        command, _, option = name.partition("_")
        if command in commands and option:
            yield Setting(command, option, value, variable)
        else:
            yield Setting(None, name, value, variable)


def _checked(setting: Setting, options: _Options, ctx: click.Context) -> Iterator[Setting]:
    """The setting for each command that it concerns, its value as the option wants it.

    One for all commands is left out where a command's option has no such value: not each has every ``--format``.
    """
    concerned = [setting.command] if setting.command else [name for name in options if setting.option in options[name]]
    known = {name for command in ([setting.command] if setting.command else options) for name in options[command]}
    if setting.option not in known:
        whose = f"{setting.command} has no option" if setting.command else "no command has an option"
        raise ConfigError(setting.place, f"{whose} of this name", _suggestion(setting.option, known))
    refused: click.BadParameter | None = None
    taken = False
    for command in concerned:
        option = options[command][setting.option]
        try:
            value = option.type_cast_value(ctx, _listed(setting, option))
            if option.callback is not None:
                option.callback(ctx, option, value)
        except click.BadParameter as error:
            refused = refused or error
            continue
        taken = True
        yield Setting(command, str(option.name), _listed(setting, option), setting.place)
    if refused is not None and not taken:
        raise ConfigError(setting.place, refused.message) from refused


def _listed(setting: Setting, option: click.Option) -> Any:
    """The value as given; of an option that may come several times a list, which the environment parts by blanks."""
    if not option.multiple or isinstance(setting.value, list):
        return setting.value
    return setting.value.split() if setting.place.startswith(PREFIX) else [setting.value]


def _suggestion(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name.replace("-", "_"), list(known), n=1)
    listed = ", ".join(sorted(option.replace("_", "-") for option in known))
    return f"did you mean {near[0].replace('_', '-')}?" if near else f"there are: {listed}"
