"""Who spoke in many documents: speakers joined across them only where name and role agree, or where the user says so.

Two people taken for one are hard to take apart again: a person is joined to another document's only when both have full
names that can be one person's, and a word of role or affiliation in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from quotekit.model import Extraction, Quote, Span, Speaker, SpeakerRef
from quotekit.speakers.names import fold, same_person, split_name

FULL = 2  # words of a name that is full enough to be the same in another document
NAMED = ("person", "organization")  # types of speakers that can be the same in another document
SMALL_WORDS = frozenset({"the", "a", "an", "of", "for", "at", "in", "and", "s", "former", "deputy", "acting", "vice"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quote with how its speaker was found."""

    quote: Quote
    speaker: SpeakerRef


@dataclass(frozen=True, slots=True)
class Appearance:
    """One speaker in one document, with all quotes there."""

    document: str
    source: str
    speaker: str
    mentions: tuple[Span, ...]
    quotes: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One speaker in all documents."""

    id: str
    name: str
    type: str
    roles: tuple[str, ...]
    affiliations: tuple[str, ...]
    names: tuple[str, ...]
    same_as: tuple[str, ...]
    documents: tuple[Appearance, ...]

    @property
    def quotes(self) -> int:
        """How many quotes this speaker has."""
        return sum(len(one.quotes) for one in self.documents)


@dataclass(frozen=True, slots=True, eq=False)
class Alias:
    """One speaker as the user knows them: names in the texts, ids elsewhere, and the only documents, if not all."""

    name: str
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class _Entry:
    speakers: list[Speaker] = field(default_factory=list)
    documents: list[Appearance] = field(default_factory=list)
    alias: Alias | None = None


class Roster:
    """Collects who spoke, document by document."""

    def __init__(self, aliases: Sequence[Alias] = ()) -> None:
        self.documents = 0
        self._entries: list[_Entry] = []
        self._by_key: dict[str, list[_Entry]] = {}
        self._told: dict[str, list[_Entry]] = {}
        for alias in aliases:
            entry = _Entry(alias=alias)
            for name in dict.fromkeys(fold(name) for name in (alias.name, *alias.aliases)):
                self._told.setdefault(name, []).append(entry)

    def add(self, extraction: Extraction) -> None:
        """Take in who spoke in one document."""
        self.documents += 1
        for speaker, appearance in _appearances(extraction):
            entry = self._by_alias(speaker, appearance) or self._same(speaker, appearance)
            if entry is None:
                entry = _Entry()
                self._by_key.setdefault(_key(speaker), []).append(entry)
            if not entry.documents:
                self._entries.append(entry)
            entry.speakers.append(speaker)
            entry.documents.append(appearance)

    def listed(self) -> tuple[Listed, ...]:
        """Everyone who spoke: who has most quotes first, then by first appearance."""
        return tuple(sorted(map(_listed, self._entries), key=lambda one: -one.quotes))

    def _by_alias(self, speaker: Speaker, here: Appearance) -> _Entry | None:
        """The entry that the user puts this speaker in; names in this very document go before names in all."""
        fitting = [
            entry
            for entry in self._told.get(fold(speaker.name), ())
            if entry.alias is not None and here.document in (entry.alias.documents or (here.document,))
        ]
        return min(fitting, key=lambda entry: not (entry.alias and entry.alias.documents), default=None)

    def _same(self, speaker: Speaker, here: Appearance) -> _Entry | None:
        """The one entry from other documents that this speaker can be, if there is one and only one."""
        fitting = [
            entry
            for entry in self._by_key.get(_key(speaker), ())
            if all((one.document, one.source) != (here.document, here.source) for one in entry.documents)
            and all(_agree(speaker, other) for other in entry.speakers)
        ]
        return fitting[0] if len(fitting) == 1 else None


def _appearances(extraction: Extraction) -> Iterator[tuple[Speaker, Appearance]]:
    """The speakers of a document who say something, each of several who speak together for themselves."""
    document = extraction.document
    speakers = {speaker.id: speaker for speaker in extraction.speakers}
    spoken: dict[str, list[Spoken]] = {}
    for quote in extraction.quotes:
        if quote.speaker is not None and quote.speaker.id is not None:
            for id in speakers[quote.speaker.id].members or (quote.speaker.id,):
                spoken.setdefault(id, []).append(Spoken(quote, quote.speaker))
    for id, quotes in spoken.items():
        speaker = speakers[id]
        yield speaker, Appearance(document.id, document.source, id, speaker.mentions, tuple(quotes))


def _key(speaker: Speaker) -> str:
    """What speakers who may be the same have in common: the last name of a person, the whole name of a body."""
    name = split_name(speaker.name).surname[-1] if speaker.type == "person" else fold(speaker.name)
    return f"{speaker.type}:{name}"


def _agree(left: Speaker, right: Speaker) -> bool:
    """Whether two speakers of different documents are one: full names that fit and, of people, roles that agree."""
    if left.type not in NAMED or min(len(left.name.split()), len(right.name.split())) < FULL:
        return False
    if left.type == "organization":
        return True
    return same_person(split_name(left.name), split_name(right.name)) and bool(_role(left) & _role(right))


def _role(speaker: Speaker) -> frozenset[str]:
    """The words that say what a speaker is, without small ones."""
    told = " ".join(part for part in (speaker.role, speaker.affiliation) if part)
    return frozenset(fold(told).replace("'", " ").replace("-", " ").split()) - SMALL_WORDS


def _listed(entry: _Entry) -> Listed:
    speakers, alias = entry.speakers, entry.alias
    fullest = max(speakers, key=lambda one: len(one.name.split()))
    return Listed(
        id=speakers[0].id,
        name=alias.name if alias is not None else fullest.name,
        type=fullest.type,
        roles=_each(one.role for one in speakers),
        affiliations=_each(one.affiliation for one in speakers),
        names=_each(one.name for one in speakers),
        same_as=alias.same_as if alias is not None else (),
        documents=tuple(entry.documents),
    )


def _each(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
