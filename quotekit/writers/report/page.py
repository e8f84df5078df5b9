"""The page itself: templates, style and script of ``page/`` in one file that may load nothing from anywhere."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quotekit.model import Extraction
from quotekit.writers.report.names import either
from quotekit.writers.report.signs import shown
from quotekit.writers.report.view import choices_of, views_of

_FOLDER = Path(__file__).parent / "page"
_STYLES = ("colours.css", "page.css", "text.css", "quotes.css", "print.css")
_SCRIPTS = ("report.js",)


def write_report(extractions: Iterable[Extraction]) -> Iterator[str]:
    """The report on these documents, in pieces of one HTML file; nothing where there are none.

    The file needs nothing beside it and asks for nothing: its policy allows no style and no script but its own, which
    it names by their hashes, and no connection at all.
    """
    views = list(views_of(extractions))
    if not views:
        return
    style, script = _joined(_STYLES), _joined(_SCRIPTS)
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    template = _environment().get_template("report.html")
    stream = template.stream(views=views, choices=choices_of(views), style=style, script=script, policy=policy)
    stream.enable_buffering(200)
    yield from stream


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=FileSystemLoader(_FOLDER),
    )
    environment.filters |= {"shown": shown, "either": either}
    return environment


def _joined(names: Iterable[str]) -> str:
    return "\n".join((_FOLDER / name).read_text("utf-8").strip() for name in names)


def _hash(text: str) -> str:
    """How a policy names what it allows, https://www.w3.org/TR/CSP3/."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
