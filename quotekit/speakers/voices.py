"""Who speaks outside quotation marks: the author of an article, but not of an interview, a hearing, a speech or a film.

In those a label, a question before the answer, a name called or a name of one's own tells whose *I* it is. Where
nothing does, nobody is named: whoever *I* is, it is not the author.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

from quotekit.constructions.turns import Turn
from quotekit.speakers.addresses import faces_listeners, greets
from quotekit.speakers.alternation import find_partner, voices_of
from quotekit.speakers.figures import UNKNOWN, Figure, Voice
from quotekit.speakers.hearings import Talk
from quotekit.speakers.interviews import Interview, find_interview, turns_of
from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.paragraphs import SALUTED, Paragraph, paragraphs_of
from quotekit.tree import Tree

LEAST_CHATTER = 2.0  # of um, yes, oh in 1,000 words outside marks: GUM's news, voyages and textbooks stay below it
LEAST_YOU = 2.0  # of you in 1,000 words outside marks; an academic paper on *huh* has none

Resolve = Callable[[NameMention], Figure | None]


class Voices:
    """The voices of a text outside its quotations, asked by place."""

    def __init__(
        self,
        tree: Tree,
        turns: Mapping[int, Turn],
        names: Sequence[NameMention],
        lexicon: Lexicon,
        *,
        resolve: Resolve,
        marked: Callable[[int], bool],
    ) -> None:
        # *My name is Ana*, told of in marks, is not said by whose turn it is.
        paragraphs = paragraphs_of(tree, [name for name in names if not marked(name.start)])

        def known(name: NameMention | None) -> Figure | None:
            figure = resolve(name) if name is not None else None
            return figure if figure is not None and figure.type == "person" else None

        interview = find_interview(paragraphs, lexicon, known, marked)
        self._spoken = bool(turns) or interview is not None or _is_spoken(tree, paragraphs, lexicon, marked)
        found: list[tuple[int, Voice]] = []
        if turns:
            found = [(turn.label[0].start, _labelled(turn, interview, lexicon)) for turn in turns.values()]
        elif interview is not None:
            found = list(turns_of(interview, paragraphs, lexicon, known))
        elif self._spoken:
            partner = find_partner(paragraphs, known)
            found = list(voices_of(paragraphs, partner) if partner else Talk(paragraphs, lexicon, known).turns())
        ordered = sorted(found, key=lambda item: item[0])
        self._starts = [start for start, _ in ordered]
        self._voices = [voice for _, voice in ordered]

    def at(self, offset: int) -> Voice | None:
        """Whose voice this place is in; None where it is the author's."""
        place = bisect_right(self._starts, offset) - 1
        return self._voices[place] if place >= 0 else UNKNOWN if self._spoken else None


def _labelled(turn: Turn, interview: Interview | None, lexicon: Lexicon) -> Voice:
    """The voice of a labelled turn; the *A* of an interview is whom its heading names, if it names one person."""
    answers = len(turn.label) == 1 and turn.label[0].lower.strip(".:") in lexicon.words["answer_labels"]
    guest = interview.guest if answers and interview is not None else None
    return Voice(guest, "label", word=turn.label[-1])


def _is_spoken(tree: Tree, paragraphs: Sequence[Paragraph], lexicon: Lexicon, marked: Callable[[int], bool]) -> bool:
    """Whether the text is talk: it greets its listeners, or says *um*, *yes* and *you* outside quotations."""
    headings = next((place for place, one in enumerate(paragraphs) if not one.is_heading), 0)
    for paragraph in paragraphs[: headings + SALUTED]:
        if any(greets(one, lexicon) and not marked(one.start) for one in paragraph.sentences[:2]):
            return True
    # Whether a word is marked takes longer to tell than all else of it, and most articles have no such words.
    words = [word for word in tree.words if word.upos != "PUNCT"]
    if any(faces_listeners(word, lexicon) and not marked(word.start) for word in words):
        return True
    chatter = 1000 * sum(word.upos == "INTJ" and not marked(word.start) for word in words)
    if not chatter:
        return False
    words = [word for word in words if not marked(word.start)]
    hearers = 1000 * sum(lexicon.pronoun(word) == "second" for word in words)
    return chatter >= LEAST_CHATTER * len(words) and hearers >= LEAST_YOU * len(words)
