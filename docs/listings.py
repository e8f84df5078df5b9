"""Lists on the pages of what the package knows: a schema's keys, the formats of `convert`, the constructions.

A page asks for one with a block, ```` ```{formats} ````. It is Markdown before Sphinx reads it, so that headings keep
their rank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from sphinx.application import Sphinx

from quotekit.constructions import CONSTRUCTIONS
from quotekit.schema import load_schema
from quotekit.writers.formats import FORMATS, Format

_BLOCK = re.compile(r"(?m)^```\{(?P<kind>schema|formats|constructions)\} ?(?P<argument>\w*)\n```$")


def schema_listing(name: str) -> Iterator[str]:
    """The objects of a schema, each with its keys, their types and what they mean."""
    schema = load_schema(name)
    yield from _object("The document", schema)
    for key, definition in schema["$defs"].items():
        if "properties" in definition:
            yield from _object(key, definition)


def format_listing(_: str) -> Iterator[str]:
    """Every format of `convert`: what it is for, and what its own file says of it."""
    for form in FORMATS:
        yield f"## {form.name}"
        yield ""
        yield f"{_sentence(form.summary)} {_needs(form)}"
        yield ""
        yield f"```{{eval-rst}}\n.. automodule:: quotekit.writers.{form.module}"
        yield "   :no-members:\n   :no-index:\n```"
        yield ""


def construction_listing(_: str) -> Iterator[str]:
    """Every construction: what it finds, with examples, and what it leaves alone."""
    for construction in CONSTRUCTIONS:
        yield f"## {construction.name}"
        yield ""
        yield _sentence(construction.summary)
        yield ""
        yield "```text"
        yield from (f"+ {example}" for example in construction.examples)
        yield from (f"- {example}" for example in construction.counterexamples)
        yield "```"
        yield ""


LISTINGS: dict[str, Callable[[str], Iterator[str]]] = {
    "schema": schema_listing,
    "formats": format_listing,
    "constructions": construction_listing,
}


def fill(_: Sphinx, __: str, source: list[str]) -> None:
    """Put the lists where the page asks for them."""
    source[0] = _BLOCK.sub(lambda found: "\n".join(LISTINGS[found["kind"]](found["argument"])), source[0])


def _object(name: str, definition: dict[str, Any]) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield definition.get("description", "")
    yield ""
    yield "| key | type | meaning |"
    yield "|---|---|---|"
    required = definition.get("required", [])
    for key, value in definition["properties"].items():
        optional = "" if key in required else " Optional."
        yield f"| `{key}` | {_type(value)} | {_cell(value.get('description', ''))}{optional} |"
    yield ""


def _type(value: dict[str, Any]) -> str:
    """What a value may be, in a few words; other objects of the schema are links to their keys."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"{name}" if name in ("offset", "id") else f"[{name}](#{name})"
    if "anyOf" in value:
        return " or ".join(_type(one) for one in value["anyOf"])
    if "enum" in value:
        return "one of " + ", ".join(f"`{one}`" for one in value["enum"])
    if value.get("type") == "array":
        return f"array of {_type(value['items'])}"
    kinds = value.get("type", "any")
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*")


def _sentence(summary: str) -> str:
    text = summary[0].upper() + summary[1:]
    return text if text.endswith((".", "*")) else f"{text}."


def _needs(form: Format) -> str:
    written = {"stream": "One file.", "folder": "A folder, named by `-o`.", "database": "A database, named by `-o`."}
    text = " It needs the document's text." if form.needs_text else ""
    setup = f" `quotekit convert --to {form.name} --setup` prints what its project must be given." if form.setup else ""
    return f"{written[form.writes]}{text}{setup}"


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("source-read", fill)
    return {"parallel_read_safe": True}
