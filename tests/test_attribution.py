"""How candidates become quotes: which of them agree, which is the via of which, and which stands in which."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest

from quotekit.attribution import Attribution, Choice, attribute, candidates, choice_of, settled
from quotekit.constructions import Context, Match
from quotekit.features import Candidate
from quotekit.scoring import load_scorer
from quotekit.tree import Word
from tests.gold import gold_trees
from tests.trees import context_of, flat_tree, gold_context, random_tree, words_of, written_tree

# Words 0 to 9, for choices that need no grammar.
WORDS = flat_tree("zero one two three four five six seven eight nine").words


def choice(probability: float, *, content: Sequence[int], cue: int) -> Choice:
    """A choice that reports the words with these numbers, with the cue at this one."""
    head, words = WORDS[cue], tuple(WORDS[number] for number in content)
    return choice_of(
        Candidate(Match("complement", head, (head,), (), words, "ccomp", "none"), words, "indirect"), probability
    )


def test_of_two_quotes_with_one_cue_the_likelier_stays() -> None:
    short, long = choice(0.9, content=[2, 3], cue=1), choice(0.6, content=[2, 3, 4], cue=1)
    assert settled([long, short]) == [short]


def test_quotes_apart_both_stay_and_the_likelier_comes_first() -> None:
    first, second = choice(0.5, content=[1], cue=0), choice(0.8, content=[6], cue=5)
    assert settled([first, second]) == [second, first]


def test_a_quote_stands_wholly_in_another_with_its_cue() -> None:
    outer, inner = choice(0.7, content=[2, 3, 4, 5], cue=1), choice(0.9, content=[4, 5], cue=3)
    assert settled([outer, inner]) == [inner, outer]


@pytest.mark.parametrize(
    ("content", "cue"),
    [
        pytest.param([4, 5, 6], 3, id="its cue stands in the content and it goes on past its end"),
        pytest.param([5, 6], 7, id="it shares words and its cue stands outside"),
        pytest.param([4, 5], 8, id="it takes a part of the content from outside"),
        pytest.param([1, 2, 3], 8, id="it holds the other's cue and only a part of its content"),
    ],
)
def test_of_two_quotes_that_cross_the_likelier_stays(content: list[int], cue: int) -> None:
    likely, unlikely = choice(0.9, content=[2, 3, 4, 5], cue=1), choice(0.4, content=content, cue=cue)
    assert settled([unlikely, likely]) == [likely]


def test_the_same_content_is_never_two_quotes() -> None:
    one, other = choice(0.9, content=[4, 5], cue=3), choice(0.8, content=[4, 5], cue=6)
    assert settled([one, other]) == [one]


def test_three_deep() -> None:
    deep = [choice(0.5, content=range(number + 1, 9), cue=number) for number in (0, 2, 4)]
    assert settled(deep) == deep


def test_nothing_settles_to_nothing() -> None:
    assert settled([]) == []


def test_the_order_of_the_candidates_does_not_matter() -> None:
    choices = [
        choice(0.5, content=[2, 3], cue=1),
        choice(0.5, content=[2, 3, 4], cue=1),
        choice(0.5, content=[4, 5], cue=3),
        choice(0.8, content=[7], cue=6),
    ]
    found = {tuple(settled(order)) for order in permutations(choices)}
    assert len(found) == 1


class Chosen:
    """A scorer that is sure of the candidates with these cues and contents, and of no other."""

    threshold = 0.5

    def __init__(self, *chosen: tuple[str, str]) -> None:
        self.chosen = set(chosen)

    def of(self, candidate: Candidate, context: Context) -> Chosen:
        return self

    def probability(self, candidate: Candidate, context: Context) -> float:
        return 0.9 if (candidate.match.head.form, _written(candidate.words)) in self.chosen else 0.1


def _written(words: Sequence[Word]) -> str:
    return " ".join(word.form for word in words)


def _attributed(text: str, *chosen: tuple[str, str]) -> list[Attribution]:
    found = attribute(gold_context(text), Chosen(*chosen))  # type: ignore[arg-type]
    assert {(one.match.head.form, _written(one.words)) for one in found} <= set(chosen)
    return found


def test_a_tag_around_a_whole_report_is_its_via() -> None:
    text = "The wall moved, the engineer said, the Tribune reported."
    (found,) = _attributed(text, ("said", "The wall moved"), ("reported", "The wall moved , the engineer said"))
    assert _written(found.match.source) == "the engineer"
    assert [_written(via.source) for via in found.via] == ["the Tribune"]
    assert found.parent is None


def test_every_holder_of_a_chain_is_kept_the_nearest_first() -> None:
    tree = written_tree(
        "The DET 2 det|wall NOUN 3 nsubj|moved/move VERB 0 root|, PUNCT 3 punct|Ruiz PROPN 6 nsubj|said/say VERB 3 parataxis"
        "|, PUNCT 3 punct|the DET 9 det|clerk NOUN 10 nsubj|told/tell VERB 3 parataxis|, PUNCT 3 punct|the DET 13 det"
        "|Tribune PROPN 14 nsubj|reported/report VERB 3 parataxis|. PUNCT 3 punct"
    )
    scorer = Chosen(
        ("said", "The wall moved"),
        ("told", "The wall moved , Ruiz said"),
        ("reported", "The wall moved , Ruiz said , the clerk told"),
    )
    (found,) = attribute(context_of(tree), scorer)  # type: ignore[arg-type]
    assert _written(found.match.source) == "Ruiz"
    assert [_written(via.source) for via in found.via] == ["the clerk", "the Tribune"]


def test_only_what_is_said_has_a_second_holder() -> None:
    """A thought that a diary tells of is the diary's to report: of *Octopuses remember, a study says* even more so."""
    text = "According to the diary, the king thought the war was over."
    outer, inner = _attributed(text, ("diary", "the king thought the war was over"), ("thought", "the war was over"))
    assert _written(outer.match.source) == "the diary"
    assert (outer.parent, inner.parent) == (None, 0)
    assert outer.via == inner.via == ()


def test_a_report_in_a_clause_is_a_quote_in_a_quote() -> None:
    text = "Benedikt said the mason had warned him the arch was cracking."
    outer, inner = _attributed(
        text, ("said", "the mason had warned him the arch was cracking"), ("warned", "the arch was cracking")
    )
    assert (outer.parent, inner.parent) == (None, 0)
    assert outer.via == inner.via == ()


def test_the_speaker_of_marked_speech_is_no_via() -> None:
    text = "“My mother said ‘eat first’ every morning,” Rosa Delgado recalled."
    outer, inner = _attributed(text, ("said", "eat first"), ("recalled", "My mother said ‘ eat first ’ every morning"))
    assert (outer.match.head.form, inner.match.head.form) == ("recalled", "said")
    assert inner.parent == 0
    assert outer.via == inner.via == ()


def test_the_parent_is_the_smallest_quote_around() -> None:
    text = "The Courier says the mayor told it that residents fear a second flood."
    found = _attributed(
        text,
        ("says", "the mayor told it that residents fear a second flood"),
        ("told", "residents fear a second flood"),
        ("fear", "a second flood"),
    )
    assert [(one.match.head.form, one.parent) for one in found] == [("says", None), ("told", 0), ("fear", 1)]


def test_nothing_is_kept_below_the_threshold() -> None:
    context = gold_context("Khadija never said she was leaving.")
    scorer = Chosen()
    assert attribute(context, scorer) == []  # type: ignore[arg-type]
    found = attribute(context, scorer, min_confidence=0.0)  # type: ignore[arg-type]
    assert found
    assert {one.confidence for one in found} == {0.1}


def test_quotes_come_in_text_order() -> None:
    text = '"Did you see it?" Aylin asked.\n\n"Only the tail," Bram said.'
    found = _attributed(text, ("said", "Only the tail"), ("asked", "Did you see it"))
    assert [one.match.head.form for one in found] == ["asked", "said"]


def test_a_candidate_has_a_word_of_content_and_comes_once() -> None:
    for tree in gold_trees().values():
        context = context_of(tree)
        found = list(candidates(context))
        keys = [(c.match.construction, c.match.head, c.match.source, c.words) for c in found]
        assert len(set(keys)) == len(keys)
        assert all(any(word.upos != "PUNCT" for word in candidate.words) for candidate in found)


def test_confidence_is_the_scorers_probability_to_four_places() -> None:
    context = gold_context("Khadija never said she was leaving.")
    scorer = load_scorer(context.language.scorer)
    found = attribute(context, scorer, min_confidence=0.0)
    likely = {round(scorer.probability(candidate, context), 4) for candidate in candidates(context)}
    assert {one.confidence for one in found} <= likely


def test_spans_of_a_quote_lie_in_the_text_and_do_not_cross() -> None:
    for text, tree in gold_trees().items():
        context = context_of(tree)
        for one in attribute(context, load_scorer(context.language.scorer), min_confidence=0.05):
            places = [place for span in one.content for place in span]
            assert places == sorted(places)
            assert all(text[slice(*span)].strip() for span in (*one.content, *one.quoted))


def test_the_cue_stands_outside_its_content() -> None:
    context = gold_context("The museum, its director said, would reopen in June.")
    for candidate in candidates(context):
        assert not set(candidate.match.cue) & set(candidate.words)
        assert words_of(context, "said")[0] not in candidate.words or candidate.match.head.form != "said"


def test_a_candidates_words_stand_in_text_order_and_once() -> None:
    """A passive's subject may follow it, and a quotation's run may begin before the cue that it goes on from."""
    passive = "Was AUX 2 aux:pass|told/tell VERB 0 root|Ruiz PROPN 2 nsubj:pass|to PART 5 mark|leave VERB 2 xcomp"
    odd = "“Ruiz said Ruiz said .” ““she “,"
    contexts = map(context_of, (written_tree(passive), random_tree(odd), *gold_trees().values()))
    for context in contexts:
        for candidate in candidates(context):
            starts = [word.start for word in candidate.match.content]
            assert starts == sorted(set(starts))


def test_a_turn_of_a_transcript_ends_where_the_next_label_stands() -> None:
    context = context_of(flat_tree("RUIZ: We are here. We wait. OSEI: No."))
    turns = [candidate for candidate in candidates(context) if candidate.match.frame == "turn"]
    assert [_written(turn.match.source) for turn in turns] == ["RUIZ", "OSEI"]
    assert [(turn.words[0].form, turn.words[-1].form) for turn in turns] == [("We", "wait"), ("No", "No")]
