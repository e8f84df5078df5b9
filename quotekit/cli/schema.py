"""`quotekit schema`: the JSON Schema of the output."""

from __future__ import annotations

import click


@click.command("schema", short_help="Print the JSON Schema of the output.")
@click.argument("name", default="extraction", metavar="[NAME]")
@click.option("--closed", is_flag=True, help="The variant that refuses keys it does not name, for testing producers.")
def command(name: str, closed: bool) -> None:
    """Print the JSON Schema (2020-12) called NAME: `extraction`, what `quotekit extract` writes for one document.

    `speakers` is what `quotekit speakers` writes, `aliases` the file that it reads with --aliases, `language` the data
    of a language.
    """
    import json

    from quotekit.cli.output import write_output
    from quotekit.schema import load_schema, schema_names, schema_text

    if name not in schema_names():
        raise click.BadParameter(f"{name!r} is none of {', '.join(schema_names())}", param_hint="NAME")
    if closed:
        text = json.dumps(load_schema(name, closed=True), ensure_ascii=False, indent=2) + "\n"
    else:
        text = schema_text(name)
    write_output([text], None)
