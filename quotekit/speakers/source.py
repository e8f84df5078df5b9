"""The question and the answer of this room: the words that name a source, and who that is."""

from __future__ import annotations

from dataclasses import dataclass

from quotekit.model import Speaker, SpeakerRef
from quotekit.tree import Word

METHODS = (
    "name",  # the words are the speaker's fullest name, or the only name the text gives
    "surname",  # the last part of a full name: Ortega for Lucia Ortega
    "given_name",  # the first part of a full name: Lucia, or Xi for Xi Jinping
    "title",  # a title and a part of a name: Ms Ortega, President Xi
    "short_name",  # a part of a body's name: the Times for the Harbour Times
    "acronym",  # the initials of a body's name
    "pronoun",  # he, she, it, they; I inside a quotation
    "description",  # the minister, a spokesman for the port, the report
    "group",  # officials, most residents, Republicans, many
    "anonymous",  # a person familiar with the matter
    "author",  # I and we outside quotations
    "label",  # the label of a turn in a transcript, and I within that turn
    "interview",  # I in the answers of an interview with one person
    "introduction",  # I of who said my name is Ortega, or of whose speech the heading says it is
    "address",  # I of who was called by name: Mr. Medina, please proceed; or in every other turn of a talk of two
    "hearer",  # you, of who is asked or addressed by name
    "relative",  # who, which, that: the word before the clause
    "coordination",  # Ortega and Medina
    "owner",  # Ortega's report: the report is the medium, Ortega the speaker
)
"""How identity can be found: every value of ``SpeakerRef.method``."""


@dataclass(frozen=True, slots=True)
class Source:
    """The words that name who said something, in text order, and what was said.

    ``enclosing`` is the index, among the sources, of the quote in whose content this source stands.
    """

    words: tuple[Word, ...]
    head: Word | None
    content: tuple[tuple[int, int], ...]
    direct: bool
    enclosing: int | None = None


@dataclass(frozen=True, slots=True)
class Identification:
    """The speakers of a document and candidates for it, in order of first mention, and who each source is."""

    speakers: tuple[Speaker, ...]
    refs: tuple[SpeakerRef | None, ...]
