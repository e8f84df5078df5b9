"""Counts the cues of the training corpus into ``quotekit/languages/en/cues.tsv``.

    python training/attribution/cues.py ../shared/data/polnear/train PARSES

One row a lemma and part of speech: its class (``cue_classes.toml``), how often it was the head of an
annotated cue, and how often it occurred at all.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path

from corpus import Gold, Sample, read_samples

from quotekit.tree import Word

# A word seen to report once may be an annotator's slip or the parser's.
MIN_REPORTING = 2
CUE_PARTS_OF_SPEECH = ("VERB", "NOUN", "ADJ")
TARGET = Path(__file__).parents[2] / "quotekit" / "languages" / "en"
Counts = Counter[tuple[str, str]]
HEADER = """\
# Words that report speech, counted in the 840 training articles of PolNeAR (Newell et al., 2018), parsed by quotekit.
# reporting: how often the word headed an annotated cue; seen: how often it occurred. By training/attribution/cues.py.
"""


def cue_heads(sample: Sample, gold: Gold) -> list[Word]:
    """The content words of a cue that hang on nothing inside it."""
    words = [w for w in sample.tree.words if any(w.start < end and w.end > start for start, end in gold.cue)]
    inside = {id(word) for word in words}
    return [w for w in words if w.upos in CUE_PARTS_OF_SPEECH and (w.parent is None or id(w.parent) not in inside)]


def counted(sample: Sample) -> tuple[Counts, Counts]:
    """How often each lemma and part of speech heads an annotated cue of one text, and how often it occurs there."""
    heads = (word for gold in sample.gold for word in cue_heads(sample, gold))
    return Counter(map(_entry, heads)), Counter(map(_entry, sample.tree.words))


def _entry(word: Word) -> tuple[str, str]:
    return word.lemma.lower(), word.upos


def main() -> None:
    corpus, parses = map(Path, sys.argv[1:3])
    reporting: Counts = Counter()
    seen: Counts = Counter()
    for sample in read_samples(corpus, parses):
        heads, words = counted(sample)
        reporting.update(heads)
        seen.update(words)
    classes = {
        lemma: name
        for name, lemmas in tomllib.loads((Path(__file__).parent / "cue_classes.toml").read_text()).items()
        for lemma in lemmas
    }
    rows = [
        f"{lemma}\t{upos}\t{classes.get(lemma, 'neutral')}\t{count}\t{max(seen[lemma, upos], count)}"
        for (lemma, upos), count in sorted(reporting.items(), key=lambda item: (-item[1], item[0]))
        if count >= MIN_REPORTING and lemma.isascii() and lemma[:1].isalpha()
    ]
    (TARGET / "cues.tsv").write_text(HEADER + "lemma\tupos\tclass\treporting\tseen\n" + "\n".join(rows) + "\n", "utf-8")
    print(f"{len(rows)} cues")


if __name__ == "__main__":
    main()
