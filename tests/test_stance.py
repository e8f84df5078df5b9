"""Whether the report took place: a table of sentences, each with its cue, polarity and modality."""

from __future__ import annotations

import re

import pytest

from quotekit.constructions import Context, Match, find_matches
from quotekit.stance import modality, polarity
from tests.trees import context_of, gold_context, written_tree

# Sentences with a hand-checked tree in fixtures/trees. In each the cue is the word in capitals.
GOLD = """
    Nadia Haddad SAID that the clinic would close its night ward in March.   positive  actual
    Her FEAR is that the school will close.                                  positive  actual
    The surgeon did not SAY that the scan was clear.                         negative  actual
    Khadija never SAID she was leaving.                                      negative  actual
    No doctor would CLAIM that sugar is a medicine.                          negative  possible
    Nobody would SHOUT "Fire!" in a crowded theatre.                         negative  possible
    The firm could not SAY whether the data were safe.                       negative  possible
    The committee may SAY the test was unfair.                               positive  possible
    She might ASK why the door was open.                                     positive  possible
    The mayor will ANNOUNCE a new tram line on Friday.                       positive  future
    If the judge SAYS the will is void, the farm is sold.                    positive  conditional
    Did the pilot SAY the engine failed?                                     positive  question
    ASK the vet whether the dog can travel.                                  positive  command
    He ASKED whether the bridge could carry a second tram line.              positive  actual
    "Is the road open?" Yuki Tanabe ASKED.                                   positive  actual
    The bank DENIED that it had frozen the account.                          positive  actual
"""
# The same for sentences whose tree is written here: form, part of speech, head, relation, feature.
WRITTEN = [
    ("Nobody PRON 2 nsubj|SAID/say VERB 0 root|it PRON 4 nsubj|leaks VERB 2 ccomp", "negative", "actual"),
    ("Ruiz PROPN 4 nsubj|has AUX 4 aux|n't PART 4 advmod|SAID/say VERB 0 root|so ADV 4 advmod", "negative", "actual"),
    ("We PRON 4 nsubj|wo AUX 4 aux|n't PART 4 advmod|SAY VERB 0 root|why ADV 4 ccomp", "negative", "future"),
    ("Ruiz PROPN 3 nsubj|'ll AUX 3 aux|SAY VERB 0 root|it PRON 5 nsubj|leaks VERB 3 ccomp", "positive", "future"),
    ("Unless SCONJ 3 mark|Ruiz PROPN 3 nsubj|SAYS/say VERB 6 advcl|so ADV 3 advmod|we PRON 6 nsubj|wait VERB 0 root", "positive", "conditional"),
    ("Ruiz PROPN 3 nsubj|will AUX 3 aux|come VERB 0 root|and CCONJ 5 cc|SAY VERB 3 conj|so ADV 5 advmod", "positive", "future"),
    ("Ruiz PROPN 2 nsubj|said VERB 0 root|we PRON 5 nsubj|will AUX 5 aux|CLAIM VERB 2 ccomp|damages NOUN 5 obj", "positive", "future"),
    ("Ruiz PROPN 2 nsubj|REPEATED/repeat VERB 0 root|it PRON 5 nsubj|will AUX 5 aux|leak VERB 2 ccomp", "positive", "actual"),
    ("Ruiz PROPN 2 nsubj|REPEATED/repeat VERB 0 root|it PRON 6 nsubj|does AUX 6 aux|not PART 6 advmod|leak VERB 2 ccomp", "positive", "actual"),
    ("Who PRON 2 nsubj|SAID/say VERB 0 root|it PRON 4 nsubj|leaks VERB 2 ccomp|? PUNCT 2 punct", "positive", "actual"),
    ("Will AUX 3 aux|Ruiz PROPN 3 nsubj|SAY VERB 0 root|it PRON 5 nsubj|leaks VERB 3 ccomp|? PUNCT 3 punct", "positive", "question"),
]  # fmt: skip


def _rows() -> list[tuple[str, str, str]]:
    rows = [line.rsplit(maxsplit=2) for line in GOLD.strip().splitlines()]
    return [(sentence.strip(), polarity_, modality_) for sentence, polarity_, modality_ in rows]


def _cue(shouted: str) -> str:
    """The word in capitals."""
    return next(word for word in re.findall(r"\w+", shouted) if word.isupper() and len(word) > 1)


def _text(shouted: str) -> str:
    cue = _cue(shouted)
    return shouted.replace(cue, cue.capitalize() if shouted.startswith(cue) else cue.lower())


def _match(context: Context, cue: str) -> Match:
    """The first match that hangs on this word."""
    return next(match for match in find_matches(context) if match.head.lower == cue.lower())


@pytest.mark.parametrize(("sentence", "wanted_polarity", "wanted_modality"), _rows())
def test_stance(sentence: str, wanted_polarity: str, wanted_modality: str) -> None:
    context = gold_context(_text(sentence))
    match = _match(context, _cue(sentence))
    assert (polarity(match, context), modality(match, context)) == (wanted_polarity, wanted_modality)


@pytest.mark.parametrize(("rows", "wanted_polarity", "wanted_modality"), WRITTEN)
def test_stance_of_a_written_tree(rows: str, wanted_polarity: str, wanted_modality: str) -> None:
    context = context_of(written_tree(rows))
    head = next(word for word in context.tree.words if word.form.isupper() and len(word.form) > 1)
    subject = head.child("nsubj")
    match = Match("complement", head, (head,), (subject,) if subject else (), (), "ccomp", "subject")
    assert (polarity(match, context), modality(match, context)) == (wanted_polarity, wanted_modality)


def test_no_as_the_first_word_of_a_source_is_nobody() -> None:
    context = gold_context("No doctor would claim that sugar is a medicine.")
    match = _match(context, "claim")
    assert [word.form for word in match.source] == ["No", "doctor"]
    assert polarity(match, context) == "negative"
