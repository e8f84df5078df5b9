"""What can go wrong, told to the person who meets it: place, problem, remedy."""

from __future__ import annotations


class QuotekitError(Exception):
    """An input or a set-up that quotekit cannot work with; shown as one line and a hint."""

    exit_code = 1

    def __init__(self, place: str, problem: str, remedy: str = "") -> None:
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem
        self.remedy = remedy


class InputError(QuotekitError):
    """One input could not be read or understood; the others are not affected."""


class ModelError(QuotekitError):
    """The parser's model is missing or damaged."""

    exit_code = 3


class RecordError(QuotekitError):
    """A JSON record breaks the schema, or a span does not say what the text says."""

    exit_code = 4


class ConfigError(QuotekitError):
    """A setting, in a file or in the environment, is none, or has a value that its option does not take."""

    exit_code = 2


class LanguageError(QuotekitError):
    """The language data are missing or break their schema."""

    exit_code = 3
