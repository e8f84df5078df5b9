"""The recipe of check-worthiness: what its teacher reads, and sentences with words exchanged."""

from __future__ import annotations

from quotekit.tree import Sentence, Tree, Word


def tree_of(written: str) -> Tree:
    """A sentence of *form/UPOS/XPOS* whose words all hang on the first verb, with a stop right behind it."""
    given = [item.split("/") for item in written.split()]
    head = next(number for number, (_, upos, _) in enumerate(given, start=1) if upos == "VERB")
    text = " ".join(form for form, _, _ in given) + "."
    words, end = [], 0
    for number, (form, upos, xpos) in enumerate(given, start=1):
        start = text.index(form, end)
        end = start + len(form)
        above, relation = (0, "root") if number == head else (head, "dep")
        words.append(Word(number, form, form.lower(), upos, xpos, "_", above, relation, start, end))
    return Tree(text, (Sentence(tuple(words)),))


FIRST = tree_of("We/PRON/PRP cut/VERB/VBD three/NUM/CD large/ADJ/JJ taxes/NOUN/NNS")
SECOND = tree_of("They/PRON/PRP heard/VERB/VBD two/NUM/CD glad/ADJ/JJ songs/NOUN/NNS at/ADP/IN home/NOUN/NN")
OTHERS = tree_of("Ann/PROPN/NNP lost/VERB/VBD ten/NUM/CD old/ADJ/JJ ferries/NOUN/NNS")


def test_only_words_of_the_open_kinds_are_exchanged_and_for_their_like() -> None:
    from swapped import Pool

    pool = Pool(tree.sentences[0] for tree in (FIRST, SECOND, OTHERS))
    for seed in range(20):
        (found,) = pool.swapped([FIRST], seed)
        we, verb, three, adjective, noun = (word.form for word in found.words)
        assert (we, three) == ("We", "three")
        assert verb in {"cut", "heard", "lost"}
        assert adjective in {"large", "glad", "old"}
        assert noun in {"taxes", "songs", "ferries"}
        assert found.text == f"We {verb} three {adjective} {noun}."
        assert [word.parent and word.parent.form for word in found.words] == [verb, None, verb, verb, verb]
        assert [word.lemma for word in found.words][3:] == [adjective, noun]


def test_the_same_seed_draws_the_same_words_and_another_does_not() -> None:
    from swapped import Pool

    pool = Pool(tree.sentences[0] for tree in (FIRST, SECOND, OTHERS))
    drawn = [[passage.text for passage in pool.swapped([FIRST, SECOND] * 5, seed)] for seed in (0, 0, 1)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert FIRST.text == "We cut three large taxes."


def test_the_last_fifth_of_the_debates_is_neither_judged_nor_drawn_from() -> None:
    from passages import DRAWS, passages, seen

    assert seen(10) == 8
    parts = {name: list(part) for name, part in passages([FIRST] * 4 + [SECOND], [OTHERS])}
    assert list(parts) == ["others", *(f"swapped-{draw}" for draw in range(DRAWS))]
    assert [passage.text for passage in parts["others"]] == ["Ann lost ten old ferries"]
    swapped = [passage for name, part in parts.items() if name != "others" for passage in part]
    assert len(swapped) == 4 * DRAWS
    forms = {word.form for passage in swapped for word in passage.words}
    assert {"lost", "ferries"} <= forms
    assert not {"heard", "songs"} & forms
