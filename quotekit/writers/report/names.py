"""Who speaks, in the words that a report shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quotekit.model import Quote, Span, Speaker, SpeakerRef
from quotekit.writers.report.signs import shown

NOBODY = "nobody named"


@dataclass(frozen=True, slots=True)
class Member:
    """One of those who speak together: the key of a speaker, and name and role as they are shown."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Who:
    """A quote's speaker: the name, or the text's words where identity is not known; ``key`` is empty then.

    ``alias`` are the words with which the text names a known speaker here, where they are others than the name;
    ``members`` are those of a group.
    """

    key: str
    name: str
    role: str | None = None
    alias: str | None = None
    candidates: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()

    @property
    def is_known(self) -> bool:
        return bool(self.key)


def who_speaks(quote: Quote, speakers: Mapping[str, Speaker]) -> Who:
    """The speaker of the quote, with those through whom the quote comes."""
    speaker, source = quote.speaker, quote.source
    via = tuple(_name(outer.speaker, outer.source) for outer in quote.via)
    name = _name(speaker, source)
    if speaker is None or not speaker.name:
        return Who("", name, candidates=_listed(speaker), via=via)
    known = speakers.get(speaker.id or "")
    words = shown(source.text) if source else ""
    # *A pal of hers* opens a sentence, *a pal of hers* is the name.
    alias = words if words and words.casefold() != name.casefold() else None
    return Who(speaker_key(speaker.name), name, beside(known), alias, via=via, members=members_of(known, speakers))


def speaker_key(name: str) -> str:
    """What speakers of the same name share, also in other documents."""
    return shown(name).casefold()


def beside(speaker: Speaker | None) -> str | None:
    """Role and affiliation, as far as what stands before does not say them: *Tomas Reke, who runs a bakery*."""
    if speaker is None:
        return None
    told = [speaker.name]
    for words in (speaker.role, speaker.affiliation):
        if words and not any(words.casefold() in before.casefold() for before in told):
            told.append(words)
    return ", ".join(map(shown, told[1:])) or None


def members_of(speaker: Speaker | None, speakers: Mapping[str, Speaker]) -> tuple[Member, ...]:
    """Those who speak together, each with the role: *Lucia Ortega, mayor*; nobody where the speaker is no group."""
    members = [speakers[id] for id in speaker.members if id in speakers] if speaker else []
    return tuple(
        Member(speaker_key(one.name), ", ".join(filter(None, (shown(one.name), beside(one))))) for one in members
    )


def either(names: Iterable[str]) -> str:
    """*Ann Lee, Bo Lee or Cy Lee*."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _name(speaker: SpeakerRef | None, source: Span | None) -> str:
    if speaker and speaker.name:
        return shown(speaker.name)
    return f"“{shown(source.text)}”" if source else NOBODY


def _listed(speaker: SpeakerRef | None) -> tuple[str, ...]:
    return tuple(shown(candidate.name) for candidate in speaker.candidates) if speaker else ()
