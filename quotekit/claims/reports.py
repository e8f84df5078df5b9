"""What an attribution tells of its content, as claims need it: who speaks, in whose words, and through whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from quotekit.acts import GROUPS
from quotekit.attribution import Attribution
from quotekit.claims.factuality import Report
from quotekit.claims.referents import NOBODY, Speaking, first_person, gender_of
from quotekit.constructions import Context
from quotekit.model import Holder, Quote, Speaker
from quotekit.tree import Word

# Constructions whose content is the speaker's own words though no marks enclose it.
VERBATIM_FRAMES = frozenset({"turn", "speech"})


@dataclass(frozen=True, eq=False)
class Reports:
    """The attributions of a document with their quotes and speakers, asked by index."""

    attributions: Sequence[Attribution]
    quotes: Sequence[Quote]
    speakers: Mapping[str, Speaker]
    context: Context

    def report(self, index: int) -> Report:
        """What this attribution tells of its content."""
        attribution, quote = self.attributions[index], self.quotes[index]
        match = attribution.match
        return Report(
            act=attribution.act,
            polarity=attribution.polarity,
            modality=attribution.modality,
            cue_class=quote.cue.cue_class if quote.cue else "neutral",
            head=match.head if match.cue else None,
            cue=match.cue,
            first_person=self._is_first_person(index),
            past=match.head.has_feature("Tense=Past") or match.head.xpos in ("VBD", "VBN"),
            verbatim=attribution.type == "direct" or match.frame in VERBATIM_FRAMES,
            second_hand=bool(attribution.via) or self._other_holder(index) is not None,
        )

    def is_own(self, index: int) -> bool:
        """Whether the quote is its holder's own *I think* within their speech: its clause is a part of theirs."""
        parent = self.attributions[index].parent
        if parent is None:
            return False
        mine, theirs = self.speaker(index), self.speaker(parent)
        return self._is_first_person(index) or (mine is not None and mine is theirs)

    def is_inner_view(self, index: int) -> bool:
        """Whether the quote tells what somebody thinks or sees within another's: *police said they saw him leave*."""
        attribution = self.attributions[index]
        return attribution.parent is not None and attribution.act not in GROUPS["speech"]

    def asks_reader(self, index: int) -> bool:
        """Whether a text only turns to its reader, *can you imagine if the mill closed*, so that nobody claims it."""
        source, second = self.attributions[index].match.source, self.context.language.words["pronouns_second"]
        turned = len(source) == 1 and source[0].lower in second and self.speaker(index) is None
        return turned and self.attributions[index].modality != "actual"

    def speaker(self, index: int) -> Speaker | None:
        """Who speaks, where the text tells."""
        reference = self.quotes[index].speaker
        return self.speakers.get(reference.id or "") if reference is not None else None

    def chain(self, index: int) -> Iterator[Holder]:
        """The holder of the quote, then those through whom it comes, nearest first."""
        passed: set[int] = set()
        above: int | None = index
        while above is not None and above not in passed:
            passed.add(above)
            quote, speaker = self.quotes[above], self.quotes[above].speaker
            name = (speaker and speaker.name) or (quote.source and quote.source.text) or None
            yield Holder(quote.id, speaker.id if speaker else None, name)
            for via in quote.via:
                outer = via.speaker
                named = (outer and outer.name) or (via.source and via.source.text) or None
                yield Holder(None, outer.id if outer else None, named)
            above = self._other_holder(above)

    def speaking(self, word: Word) -> Speaking:
        """Who speaks this word: the holder of the innermost quote that it stands in; nobody where it stands in none."""
        index = self._innermost.get(word.start)
        if index is None:
            return NOBODY
        if index not in self._speaking:
            self._speaking[index] = self._speaking_of(index)
        return self._speaking[index]

    @cached_property
    def _innermost(self) -> dict[int, int]:
        order = sorted(range(len(self.attributions)), key=lambda index: -len(self.attributions[index].words))
        return {word.start: index for index in order for word in self.attributions[index].words}

    @cached_property
    def _speaking(self) -> dict[int, Speaking]:
        """Filled as it is asked for: few words of the quotes need to be told whose they are."""
        return {}

    def _speaking_of(self, index: int) -> Speaking:
        frame = self.attributions[index].match.frame
        if self._is_first_person(index) and (parent := self.attributions[index].parent) is not None:
            return self._speaking_of(parent) if parent != index else NOBODY
        words = self.attributions[index].words
        depths = {word.start: self._depth(word) for word in words}
        verbatim = [depth for depth in depths.values() if depth or frame in VERBATIM_FRAMES]
        own = {start for start, depth in depths.items() if verbatim and depth == min(verbatim)}
        return Speaking(self.speaker(index), self._gender(index), frozenset(own), words)

    def _depth(self, word: Word) -> int:
        """In how many quotation marks the word stands: what is quoted within a quotation is another's."""
        span = self.context.marks.at(word.start)
        return 0 if span is None else span.depth + 1

    def _other_holder(self, index: int) -> int | None:
        """The quote around this one, where somebody else holds it."""
        parent, passed = self.attributions[index].parent, {index}
        while parent is not None and parent not in passed:
            mine, theirs = self.speaker(index), self.speaker(parent)
            if not self._is_first_person(index) and (mine is None or mine is not theirs):
                return parent
            passed.add(parent)
            index, parent = parent, self.attributions[parent].parent
        return None

    def _is_first_person(self, index: int) -> bool:
        source = self.attributions[index].match.source
        return len(source) == 1 and source[0].lower in first_person(self.context.language)

    def _gender(self, index: int) -> str | None:
        """What the source's words and the speaker's name and mentions tell of their sex."""
        speaker = self.speaker(index)
        if speaker is None or speaker.type == "organization":
            return None
        source = [word.lower for word in self.attributions[index].match.source]
        return gender_of(speaker.name, [*source, *(span.text for span in speaker.mentions)], self.context.language)
