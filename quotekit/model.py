"""The result: what was said, by whom, where, and how sure that is.

Frozen data without logic. Field names and their order are those of the JSON (``schemas/``). All offsets are half-open
``[start, end)`` and count Unicode code points of ``Document.text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame

    from quotekit.writers.rows import Row

SCHEMA_VERSION = "1.2"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text and the words that stand there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source and the stretch of the text that was printed on it; pages are counted from 1."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Time:
    """A stretch of a recording, in seconds from its start."""

    begins: float
    ends: float


@dataclass(frozen=True, slots=True)
class TimedSpan:
    """A stretch of the text and when it was said, in seconds from the start of the recording."""

    start: int
    end: int
    begins: float
    ends: float


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that report: *said*, *according to*, a colon."""

    start: int
    end: int
    text: str
    lemma: str
    cue_class: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A speaker who would also fit; ``score`` (0 to 1) is how likely beside the others, None in older records."""

    id: str
    name: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class SpeakerRef:
    """Who a quote's speaker is and how that was found; ``id`` and ``name`` are None where the text does not decide.

    ``confidence`` is the probability that the identity is right; None where there is none, and in older records.
    ``medium`` is the document in which the speaker says it, where that is what the source names: *Ortega's report*.
    """

    id: str | None
    name: str | None
    method: str
    candidates: tuple[Candidate, ...] = ()
    confidence: float | None = None
    medium: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """One person, organization, group or document that speaks, with every mention in the text.

    ``members`` are the ids of those who speak together: of *Ortega and Medina said* there are two.
    """

    id: str
    name: str
    type: str
    role: str | None
    affiliation: str | None
    mentions: tuple[Span, ...]
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Via:
    """The next holder outward: in *X said, Y reported* the quote is X's, via Y."""

    source: Span | None
    cue: Cue | None
    speaker: SpeakerRef | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One feature that held, what it says in words, and what it added to the score."""

    feature: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Rest:
    """How many features weighed less than those that are listed, and what they added together."""

    count: int
    weight: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """The likeliest other reading of a quote's cue or content, which was rejected."""

    type: str
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    construction: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a quote was found: intercept, evidence and rest add up to the score, slope and offset make it a probability.

    ``construction`` says in words what the grammatical pattern is.
    """

    construction: str
    intercept: float
    evidence: tuple[Evidence, ...]
    rest: Rest
    score: float
    slope: float
    offset: float
    alternative: Alternative | None


@dataclass(frozen=True, slots=True)
class Quote:
    """One act of attribution: content, cue, source, speaker.

    ``act`` is None in a record that was written before there were acts, ``explanation`` where none was asked for.
    ``page`` (where the content begins), ``time`` and ``link`` are None where the source has no such places.
    """

    id: str
    type: str
    content: tuple[Span, ...]
    quoted: tuple[Span, ...]
    cue: Cue | None
    source: Span | None
    speaker: SpeakerRef | None
    via: tuple[Via, ...]
    parent: str | None
    act: str | None
    polarity: str
    modality: str
    construction: str
    confidence: float
    sentence: tuple[int, int]
    explanation: Explanation | None = None
    page: int | None = None
    time: Time | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the article and what a claim's text has in its place; ``replaced`` is what stands there."""

    start: int
    end: int
    replaced: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of the article and what they show of a claim: one of its types or of its factors."""

    what: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Holder:
    """One who makes a claim or passes it on; ``quote`` is None for a holder that is a quote's ``via``."""

    quote: str | None
    speaker: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement within a quote's content.

    ``text`` is the stretch of the article that ``content`` encloses, with ``edits`` made; ``factors`` are all that hold
    of the holder's stance. ``shown``, ``chain``, ``edits``, ``unresolved`` and ``factors`` are empty in older records.
    """

    id: str
    quote: str
    content: tuple[Span, ...]
    text: str
    speaker: str | None
    stance: str
    types: tuple[str, ...]
    checkworthiness: float
    reasons: tuple[str, ...]
    factors: tuple[str, ...] = ()
    shown: tuple[Shown, ...] = ()
    chain: tuple[Holder, ...] = ()
    edits: tuple[Edit, ...] = ()
    unresolved: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the result should know; ``start`` and ``end`` are None where it has no place."""

    code: str
    message: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Article:
    """One input: its text, to which all offsets refer, and what is known about it.

    The text of a file of plain text is the file as decoded, never altered; that of a page, a document or a transcript
    is what a person reads in it. ``pages`` and ``times`` say where in the source its stretches come from.
    """

    text: str
    id: str
    source: str
    title: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str = "en"
    notices: tuple[Notice, ...] = ()
    pages: tuple[Page, ...] = ()
    times: tuple[TimedSpan, ...] = ()
    speaker: str | None = None  # whose speech the whole text is, where it is one


@dataclass(frozen=True, slots=True)
class Document:
    """The article as it stands in the result; ``text`` is None when it was left out on request."""

    id: str
    source: str
    title: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str
    sha256: str
    length: int
    offset_unit: str
    text: str | None
    pages: tuple[Page, ...] = ()
    times: tuple[TimedSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Generator:
    """What made the result: the same generator and the same text give the same bytes."""

    name: str
    version: str
    parser: str
    model: str
    language_data: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one document. How it is shown is the writers' work, which are loaded when they are asked."""

    schema_version: str
    generator: Generator
    document: Document
    speakers: tuple[Speaker, ...]
    quotes: tuple[Quote, ...]
    claims: tuple[Claim, ...]
    warnings: tuple[Notice, ...]

    def to_records(self) -> list[Row]:
        """The quotes as flat dictionaries, one a quote, with the columns of ``quotekit convert --to csv``."""
        from quotekit.writers.rows import quote_rows

        return list(quote_rows(self))

    def to_pandas(self) -> DataFrame:
        """The quotes as a data frame, one a row, with the same columns.

        Raises QuotekitError, with what installs it, where pandas is missing.
        """
        from quotekit.writers.notebook import data_frame

        return data_frame(self)

    def _repr_html_(self) -> str:
        """The quotes as a table, where a notebook shows this result."""
        from quotekit.writers.notebook import write_table

        return write_table(self)
