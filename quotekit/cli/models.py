"""`quotekit models`: which parser models there are, where they are, and getting another."""

from __future__ import annotations

import os
import sys

import click

from quotekit.cli.output import write_output
from quotekit.parsing.models import BUNDLED, bundled_folder, find_model, installed_models


@click.group("models", short_help="List, find and install parser models.")
def command() -> None:
    """List, find and install parser models. Only `install` ever uses the network."""


@command.command("list", short_help="List bundled and installed models.")
def list_models() -> None:
    """List the bundled models and those installed for Stanza: language, name, size, folder."""
    rows = [
        (
            place.language,
            place.package,
            f"{place.size / 1e6:.0f} MB",
            str(place.folder),
            place.folder == bundled_folder(),
        )
        for place in installed_models()
    ]
    width = max((len(name) for _, name, *_ in rows), default=0)
    lines = (
        f"{code:<8} {name:<{width}} {size:>8}  {folder}{'  (bundled)' if bundled else ''}\n"
        for code, name, size, folder, bundled in rows
    )
    write_output(lines, None)


@command.command("path", short_help="Print the folder of a model.")
@click.argument("model", default=BUNDLED)
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Language of the model.")
def path(model: str, language: str) -> None:
    """Print the resources folder of MODEL, the bundled one if none is named, once all its files are found there."""
    write_output([f"{find_model(model, language).folder}\n"], None)


@command.command("install", short_help="Download an official Stanza model.")
@click.argument("language")
@click.option("--package", default="default", show_default=True, metavar="NAME", help="Package of Stanza's models.")
def install(language: str, package: str) -> None:
    """Download an official Stanza model for LANGUAGE, such as en. This is the only command that uses the network."""
    if not sys.stderr.isatty():
        os.environ["TQDM_DISABLE"] = "1"  # progress is for people; tqdm reads this when stanza loads it
    from quotekit.parsing.stanza_parser import download_model

    place = download_model(language, package)
    click.echo(f"installed {place.package} for {language} in {place.folder}; use it with --model {package}", err=True)
