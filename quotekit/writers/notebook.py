"""An extraction in a notebook: a table of its quotes, and a data frame."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING

from quotekit.errors import QuotekitError
from quotekit.model import Extraction, Quote
from quotekit.writers.rows import COLUMNS, quote_rows
from quotekit.writers.wording import beside, content, how, on_one_line, roles_of, summary, who

if TYPE_CHECKING:
    from pandas import DataFrame

# A notebook keeps every output in its file; a hundred quotes are 40 kB of it, and more than anybody scrolls through.
MOST_ROWS = 100
# Only of this table, and in the notebook's own colours, so that a dark theme stays dark.
_STYLE = (
    ".quotekit-quotes th,.quotekit-quotes td{text-align:left;vertical-align:top;white-space:normal}"
    ".quotekit-quotes caption{text-align:left}"
)


def write_table(extraction: Extraction) -> str:
    """The quotes as an HTML table that needs nothing from elsewhere; the article's words cannot become mark-up."""
    title = on_one_line(extraction.document.title or extraction.document.id)
    rows = "".join(_rows(extraction))
    rest = len(extraction.quotes) - MOST_ROWS
    more = f"<p>… and {rest} more; <code>to_pandas()</code> has all.</p>" if rest > 0 else ""
    return (
        f'<style>{_STYLE}</style><table class="quotekit-quotes">'
        f"<caption><b>{escape(title)}</b> {escape(summary(extraction))}</caption>"
        '<thead><tr><th scope="col">Speaker</th><th scope="col">Quote</th><th scope="col">How</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{more}"
    )


def data_frame(extraction: Extraction) -> DataFrame:
    """The quotes as a data frame, one a row.

    Raises QuotekitError, with what installs it, where pandas is missing.
    """
    try:
        pandas = import_module("pandas")
    except ImportError as error:
        raise QuotekitError("to_pandas()", "needs pandas, which is not installed", "pip install pandas") from error
    frame: DataFrame = pandas.DataFrame(list(quote_rows(extraction)), columns=list(COLUMNS))
    return frame


def _rows(extraction: Extraction) -> Iterator[str]:
    roles = roles_of(extraction)
    for quote in extraction.quotes[:MOST_ROWS]:
        speaker = f"<b>{escape(who(quote.speaker, quote.source))}</b>{escape(beside(quote, roles))}"
        words = escape(content(quote, extraction.document.text))
        yield f"<tr><td>{speaker}</td><td>{words}</td><td>{escape(_how(quote))}</td></tr>"


def _how(quote: Quote) -> str:
    return how(quote, f"offset {quote.content[0].start}")
