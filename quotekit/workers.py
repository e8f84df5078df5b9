"""Articles shared among processes: each has the model and one thread; the parent reads, keeps the order, and writes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby

from quotekit.errors import InputError
from quotekit.model import Article, Extraction
from quotekit.pipeline import Extractor, batches
from quotekit.pool import Lost, in_order
from quotekit.tree import Sentence, Tree, Word

_Input = tuple[Article, Tree | None]
_Row = tuple[int, str, str, str, str, str, int, str, int, int, str]

_LOST_REMEDY = "extract it by itself, without --workers, to see more; memory may be short"


def usable_cores() -> int:
    """How many cores this process may use, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def extract_in_processes(
    extractor: Extractor,
    inputs: Iterable[_Input],
    *,
    workers: int,
    lost: Callable[[InputError], None] | None = None,
) -> Iterator[Extraction]:
    """The extractions of the articles, in order, made by ``workers`` processes (0: one on each usable core).

    The processes get the batches that a single process would make, so that the results are the same to the last bit.
    An article with which two of them died, the second on nothing else, raises InputError, or goes to ``lost``.
    """
    work = _Extracting(extractor)
    with closing(in_order(_jobs(inputs), work, workers=workers or usable_cores())) as outcomes:
        for outcome in outcomes:
            if isinstance(outcome, Extraction):
                yield outcome
                continue
            error = _error(outcome)
            if lost is None:
                raise error
            lost(error)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence for the pipe: in a tree every word leads to every other, deeper than a pickle can follow."""

    rows: tuple[_Row, ...]
    paragraph: int
    index: int


@dataclass(frozen=True, slots=True)
class _Job:
    """An article, and its sentences where it has been parsed before."""

    article: Article
    sentences: tuple[_Sentence, ...] | None


@dataclass(frozen=True, slots=True)
class _Extracting:
    """What a worker process does."""

    extractor: Extractor

    def prepare(self, items: Sequence[_Job]) -> None:
        """Load the model, with one thread, unless all of these have been parsed before."""
        os.environ["OMP_NUM_THREADS"] = "1"
        if torch := sys.modules.get("torch"):  # loaded before by the script that started us; the variable comes late
            torch.set_num_threads(1)
        if any(job.sentences is None for job in items):
            self.extractor.load()

    def results(self, items: Sequence[_Job]) -> Iterator[Extraction]:
        """The extractions of these articles, which are all parsed or all not."""
        if items[0].sentences is None:
            yield from self.extractor.extract_many(job.article for job in items)
        else:
            yield from (self.extractor.extract_tree(job.article, _tree(job)) for job in items)


def _jobs(inputs: Iterable[_Input]) -> Iterator[list[_Job]]:
    for _, group in groupby(inputs, key=lambda pair: pair[1] is None):
        for batch in batches(group, size=lambda pair: len(pair[0].text)):
            yield [_Job(article, _sentences(tree) if tree else None) for article, tree in batch]


def _sentences(tree: Tree) -> tuple[_Sentence, ...]:
    return tuple(
        _Sentence(tuple(_row(word) for word in sentence.words), sentence.paragraph, sentence.index)
        for sentence in tree.sentences
    )


def _row(word: Word) -> _Row:
    place = (word.start, word.end, word.ner)
    return (word.id, word.form, word.lemma, word.upos, word.xpos, word.feats, word.head, word.deprel, *place)


def _tree(job: _Job) -> Tree:
    sentences = (Sentence(tuple(Word(*row) for row in s.rows), s.paragraph, s.index) for s in job.sentences or ())
    return Tree(job.article.text, tuple(sentences))


def _error(outcome: Lost[_Job]) -> InputError:
    """What is said of an article that was lost; of those in a CoNLL-U file, which may be many, by name."""
    article, parsed = outcome.item.article, outcome.item.sentences is not None
    place = f"{article.source}, document {article.id}" if parsed else article.source
    return InputError(place, f"cannot be extracted: its worker process {outcome.reason}", _LOST_REMEDY)
