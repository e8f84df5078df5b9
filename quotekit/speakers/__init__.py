"""Who each source is: names, titles, descriptions and pronouns traced to one speaker, or refused."""

from quotekit.speakers.identify import identify
from quotekit.speakers.source import METHODS, Identification, Source

__all__ = ["METHODS", "Identification", "Source", "identify"]
