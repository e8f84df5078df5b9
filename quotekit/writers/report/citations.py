"""A quote as one line that may be cited: who, whether these are the words or the sense, what, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit.model import Document, Quote
from quotekit.writers.report.names import Who
from quotekit.writers.report.signs import shown
from quotekit.writers.wording import in_source

# What an indirect quote says is the article's wording, and who cites it must not put it into anybody's mouth.
FIDELITY = {"direct": "", "mixed": "partly verbatim", "indirect": "paraphrased"}
# A turn of a transcript, *VALE: We said summer*, has no marks, and is what was said, as far as somebody heard it right.
TRANSCRIBED = "as transcribed"
# After these no full stop is put: the words have an end, or stand in marks, where one would be an addition.
_ENDED = (".", "!", "?", "…", "”", "’", '"', "'", "»", "«", "“", "」", "』")


def cite(quote: Quote, who: Who, words: Sequence[str], document: Document, link: str | None) -> str:
    """*Lena Abara, spokeswoman [denies; paraphrased]: the request had been ignored. — “Port to close”, 2026, p. 2, …*

    The act is told unless it is ``says``: what somebody denied is not to be cited as what they said.
    """
    notes = "; ".join(filter(None, (*deeds(quote), fidelity(quote))))
    said = " … ".join(words)
    stop = "" if said.endswith(_ENDED) else "."
    return f"{speaker(who)}{f' [{notes}]' if notes else ''}: {said}{stop} — {reference(document, quote, link)}"


def fidelity(quote: Quote) -> str:
    """Whether these are the speaker's words, where marks do not show that they are; empty where they do."""
    is_turn = quote.construction == "colon" and quote.speaker is not None and quote.speaker.method == "label"
    return TRANSCRIBED if is_turn and quote.type == "indirect" else FIDELITY[quote.type]


def deeds(quote: Quote) -> list[str]:
    """What the source does, unless it plainly says something; whether that happened at all."""
    found = [quote.act] if quote.act not in (None, "says", "other") else []
    found += [quote.modality] if quote.modality != "actual" else []
    found += ["negated"] if quote.polarity == "negative" else []
    return [word for word in found if word]


def speaker(who: Who) -> str:
    """The speaker with the role, or the text's words and that nobody knows more."""
    name = f"{who.name}, {who.role}" if who.role else who.name if who.is_known else f"{who.name} (speaker not known)"
    return name + "".join(f", via {outer}" for outer in who.via)


def reference(document: Document, quote: Quote, link: str | None) -> str:
    """Author, title, date, page, time and address, as far as they are known; the file where there is no title."""
    title = f"“{shown(document.title)}”" if document.title else shown(document.source)
    told = (document.author, document.published, link or document.url)
    author, published, address = (shown(item) if item else None for item in told)
    return ", ".join(filter(None, (author, title, published, *in_source(quote), address)))
