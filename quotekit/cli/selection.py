"""Which quotes a command lets through: the sure ones, the acts that were asked for."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from quotekit.model import Extraction


def check_acts(_: click.Context, __: click.Parameter, value: str | None) -> frozenset[str] | None:
    """The acts that these words, parted by commas, stand for; None where nothing was asked for."""
    from quotekit.acts import ACTS, GROUPS

    if value is None:
        return None
    chosen: set[str] = set()
    for name in filter(None, (part.strip().lower() for part in value.split(","))):
        if name not in GROUPS and name not in ACTS:
            groups = ", ".join(GROUPS)
            raise click.BadParameter(f"no act is called {name!r}; there are {', '.join(ACTS)}, and the groups {groups}")
        chosen.update(GROUPS.get(name, (name,)))
    if not chosen:
        raise click.BadParameter("no act is named; leave the option out for all of them")
    return frozenset(chosen)


def selection_options(command: Any) -> Any:
    """The options of every command that may leave quotes out."""
    for option in reversed(
        (
            click.option(
                "--min-confidence",
                type=click.FloatRange(0, 1),
                default=0.0,
                metavar="P",
                help="Leave out quotes below this confidence, from 0 to 1.",
            ),
            click.option(
                "--min-speaker",
                type=click.FloatRange(0, 1),
                default=0.0,
                metavar="P",
                help="Name no speaker whose identity is less sure than this, from 0 to 1.",
            ),
            click.option(
                "--acts",
                metavar="ACT,...",
                callback=check_acts,
                help="Keep only quotes of these acts, such as says,claims, or of a group: speech, belief, plan, "
                "perception. Default: all.",
            ),
        )
    ):
        command = option(command)
    return command


def selected(
    extraction: Extraction, *, min_confidence: float, min_speaker: float, acts: Collection[str] | None
) -> Extraction:
    """The extraction with the quotes and the speakers that the options let through.

    Raises InputError where acts or sure speakers are asked for and the record, of an older version, tells neither.
    """
    from quotekit.selection import keep_acts, keep_confident, keep_identified

    sure = keep_confident(extraction, min_confidence)
    if min_speaker > 0:
        sure = keep_identified(sure, min_speaker)
    return sure if acts is None else keep_acts(sure, acts)
