"""An extraction as one HTML file for fact-checkers, which needs no network and no JavaScript."""

from quotekit.writers.report.page import write_report

__all__ = ["write_report"]
