"""The time that identification takes: in proportion to the text, and seconds for a day of hearings."""

from __future__ import annotations

import pytest

from quotekit.speakers import Source, identify
from quotekit.tree import Sentence, Tree, Word
from tests.timing import seconds
from tests.trees import context_of

NAMES = ("Lucia Ortega", "Bruno Medina", "Priya Raman", "Tom Okafor", "Helen Brook", "Ivo Brandt", "Ana Falk")
MET = "{given} PROPN 3 nsubj B-PERSON|{family} PROPN 1 flat E-PERSON|met VERB 0 root O|the DET 5 det O|minister NOUN 3 obj O"
SAID = "He PRON 2 nsubj O|said VERB 0 root O|I PRON 4 nsubj O|knew VERB 2 ccomp O|{other} PROPN 4 obj S-PERSON"
PLAIN = "The DET 2 det O|harbour NOUN 3 nsubj O|froze VERB 0 root O|that DET 5 det O|winter NOUN 3 obl O"
SECONDS = 2.0  # of processor time for 100,000 words


class _Transcript:
    """A transcript of labelled turns, each with a name, reports by *he* and by *I*, and plain sentences."""

    def __init__(self, words: int) -> None:
        self.text, self.sentences, self.sources = "", list[Sentence](), list[Source]()
        count = turn = 0
        while count < words:
            given, family = NAMES[turn % len(NAMES)].split()
            other = NAMES[(turn + 2) % len(NAMES)].split()[1]
            self._add(f"{family.upper()} PROPN 0 root S-PERSON|: PUNCT 1 punct O", turn)
            self._add(MET.format(given=given, family=family), turn)
            said = self._add(SAID.format(other=other), turn)
            for _ in range(8):
                self._add(PLAIN, turn)
            outer = len(self.sources)
            self.sources.append(Source((said[0],), said[0], ((said[2].start, said[4].end),), False))
            self.sources.append(Source((said[2],), said[2], ((said[4].start, said[4].end),), False, outer))
            count += sum(len(sentence.words) for sentence in self.sentences[-11:])
            self.text += "\n\n"
            turn += 1
        self.tree = Tree(self.text, tuple(self.sentences))

    def _add(self, rows: str, paragraph: int) -> tuple[Word, ...]:
        words = []
        for number, row in enumerate(rows.split("|"), start=1):
            form, upos, head, relation, ner = row.split()
            self.text += "" if not self.text or self.text.endswith("\n") or form == ":" else " "
            start = len(self.text)
            self.text += form
            lemma = {"said": "say", "knew": "know"}.get(form, form.lower())
            words.append(Word(number, form, lemma, upos, "", "", int(head), relation, start, len(self.text), ner))
        self.sentences.append(Sentence(tuple(words), paragraph, len(self.sentences)))
        return tuple(words)


def _seconds(words: int) -> float:
    made = _Transcript(words)
    return seconds(lambda: identify(context_of(made.tree), made.sources, sha256="0" * 64))


def test_four_times_the_text_takes_about_four_times_as_long() -> None:
    """Not sixteen times, as it would if every mention looked at every other."""
    _seconds(1_000)  # what is read and remembered once
    assert _seconds(20_000) < 8 * _seconds(5_000)


@pytest.mark.slow
def test_a_hundred_thousand_words_take_two_seconds() -> None:
    assert _seconds(100_000) < SECONDS


def test_the_labels_of_a_transcript_tell_who_says_i() -> None:
    """In each turn *I* is the one whom its label names, however long the transcript is."""
    made = _Transcript(2_000)
    result = identify(context_of(made.tree), made.sources, sha256="0" * 64)
    said = [ref.name for ref in result.refs[1::2] if ref is not None]
    assert said == [NAMES[turn % len(NAMES)] for turn in range(len(said))]
