"""What the parser reads of the words' roles, as features of a candidate: do its parts stand where reports have them?

Each is a whole number of log-odds, of one word or of the likeliest or least likely among some.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter

from quotekit.constructions.match import Match
from quotekit.tree import Roles, Sentence, Word, once_a_sentence

_CUE, _CONTENT, _SOURCE = (attrgetter(f"roles.{name}") for name in ("cue", "content", "source"))
# How likely a content goes on past its border is told apart only as far as this.
BORDER = 4


def role_features(match: Match, words: Sequence[Word]) -> Iterator[str]:
    """Those of a match with this content, whose words must all have roles; each name once."""
    spoken = [word for word in words if word.upos != "PUNCT"] or list(words)
    first, last, head = spoken[0], spoken[-1], match.head
    own = {*match.cue, *match.source}
    yield f"cue role={_roles(head).cue}"
    yield f"best cue role={max(map(_CUE, match.cue), default=_roles(head).cue)}"
    yield f"opening role={_roles(first).opens}"
    yield f"closing role={_roles(last).closes}"
    yield f"first role={_border(first, own)} {_border(_before(first), own)}"
    yield f"last role={_border(last, own)} {_border(_after(last), own)}"
    inside = list(map(_CONTENT, spoken))
    yield f"content role={round(sum(inside) / len(inside))}"
    yield f"least content role={min(inside)}"
    taken = own.union(words)
    sentences = {one.index: one for one in (head.sentence, first.sentence, last.sentence)}
    left = [word for one in sentences.values() for word in _likeliest(_by_content(one), taken)]
    yield f"content left={max(map(_CONTENT, left), default='none')}"
    yield f"source left={max(map(_SOURCE, _likeliest(_by_source(head.sentence), taken)), default='none')}"
    source = match.source_head
    if source is not None:
        yield f"source role={_roles(source).source}"
        yield f"least source role={min(map(_SOURCE, match.source))}"


@once_a_sentence
def _by_content(sentence: Sentence) -> list[Word]:
    """The words that are no punctuation, the likeliest of a content first."""
    return sorted((word for word in sentence.words if word.upos != "PUNCT"), key=_CONTENT, reverse=True)


@once_a_sentence
def _by_source(sentence: Sentence) -> list[Word]:
    """The words that are no punctuation, the likeliest of a source first."""
    return sorted((word for word in sentence.words if word.upos != "PUNCT"), key=_SOURCE, reverse=True)


def _likeliest(ordered: Iterable[Word], taken: Container[Word]) -> Iterator[Word]:
    """The first of the words that is not taken, if there is one."""
    return islice((word for word in ordered if word not in taken), 1)


def _roles(word: Word) -> Roles:
    assert word.roles is not None
    return word.roles


def _border(word: Word | None, own: Container[Word]) -> str:
    """How likely the word at a border is content, or that it is none: the sentence's end, or of the cue or source."""
    if word is None:
        return "end"
    return "own" if word in own else str(max(-BORDER, min(BORDER, _roles(word).content)))


def _before(word: Word) -> Word | None:
    words = word.sentence.words
    return next((words[i] for i in range(word.id - 2, -1, -1) if words[i].upos != "PUNCT"), None)


def _after(word: Word) -> Word | None:
    words = word.sentence.words
    return next((words[i] for i in range(word.id, len(words)) if words[i].upos != "PUNCT"), None)
