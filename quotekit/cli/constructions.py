"""`quotekit constructions`: the grammatical patterns that find quotes, with their examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from quotekit.constructions import Construction


@click.command("constructions", short_help="List the grammatical patterns that find quotes, with examples.")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--brief", is_flag=True, help="Only names and summaries.")
def command(names: tuple[str, ...], brief: bool) -> None:
    """List the constructions, or those called NAME: what each finds, examples (+), and what it leaves alone (-)."""
    from quotekit.cli.output import write_output
    from quotekit.constructions import CONSTRUCTIONS

    known = {construction.name: construction for construction in CONSTRUCTIONS}
    for name in names:
        if name not in known:
            raise click.BadParameter(f"{name!r} is none of {', '.join(known)}", param_hint="NAME")
    chosen = [known[name] for name in names] if names else list(CONSTRUCTIONS)
    write_output((piece for construction in chosen for piece in _listing(construction, brief=brief)), None)


def _listing(construction: Construction, *, brief: bool) -> Iterator[str]:
    if brief:
        yield f"{construction.name}: {construction.summary}\n"
        return
    yield f"{construction.name}\n  {construction.summary}\n"
    yield from (f"  + {example}\n" for example in construction.examples)
    yield from (f"  - {example}\n" for example in construction.counterexamples)
    yield "\n"
