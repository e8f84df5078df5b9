"""Where contents begin and end: a word list becomes spans of the text, and the marks among them decide the type."""

from __future__ import annotations

import pytest

from quotekit.boundaries import bounded, content_spans, quote_type, quoted_spans
from quotekit.constructions import Context, Match
from tests.gold import EDGES, gold_cases
from tests.trees import context_of, flat_tree, gold_context, words_of, written_tree

# the text, the words of the content, what the content then is
SPANS = [
    pytest.param("Ruiz said the dam holds.", "the dam holds.", "the dam holds", id="no full stop"),
    pytest.param("“It holds,” Ruiz said.", "“It holds,”", "It holds", id="no enclosing marks, no comma"),
    pytest.param("“It holds.”", "It holds", "It holds", id="no full stop at the closing mark"),
    pytest.param("“It holds;” Ruiz said.", "It holds", "It holds", id="no semicolon at the closing mark"),
    pytest.param("‘It’s the crew’s,’ Ruiz said.", "It’s the crew’s", "It’s the crew’s", id="apostrophes stay"),
    pytest.param("“Is it full?” Ruiz asked.", "Is it full", "Is it full?", id="a question mark stays"),
    pytest.param("“Open it!” Ruiz cried.", "Open it", "Open it!", id="an exclamation mark stays"),
    pytest.param("“What?!” Ruiz cried.", "What", "What?!", id="several stay"),
    pytest.param("“I waited…” Ruiz said.", "I waited", "I waited…", id="an ellipsis stays"),
    pytest.param("Ruiz asked, was it full?", "was it full", "was it full?", id="a question mark stays without marks"),
    pytest.param(
        "Ruiz said it is “full to the brim”.", "it is “full to the brim", "it is “full to the brim”", id="end"
    ),
    pytest.param("Ruiz called “full” a big word.", "full” a big word", "“full” a big word", id="beginning"),
    pytest.param("“He told me ‘run’,” she said.", "He told me ‘run", "He told me ‘run’", id="inner marks at the end"),
    pytest.param("“‘Run’ was all,” she said.", "Run’ was all", "‘Run’ was all", id="inner marks at the beginning"),
    pytest.param("Ruiz said it (the dam) holds.", "it (the dam) holds", "it (the dam) holds", id="brackets inside"),
    pytest.param(
        "Ruiz said it holds (a little).", "it holds (a little).", "it holds (a little)", id="bracket at the end"
    ),
    pytest.param("It holds (Ruiz said so).", "so).", "so", id="a bracket without its partner goes"),
]


@pytest.mark.parametrize(("text", "words", "content"), SPANS)
def test_a_content_ends_where_a_reader_would_cut(text: str, words: str, content: str) -> None:
    context = context_of(flat_tree(text))
    (span,) = content_spans(words_of(context, words), context)
    assert text[slice(*span)] == content


def test_the_label_of_a_turn_is_in_no_content_whatever_the_tree_makes_of_it() -> None:
    text = "VALE: The gate is safe, the inspector said."
    context = context_of(flat_tree(text))
    said, source = words_of(context, "said"), words_of(context, "the inspector")
    content = words_of(context, "VALE: The gate is safe")
    match = Match("tag", said[0], said, source, content, "ccomp", "subject")
    assert " ".join(word.form for word in bounded(match, context)) == "The gate is safe"


def test_the_question_mark_of_the_report_is_not_the_contents() -> None:
    text = "Did the pilot say the engine failed?"
    context = gold_context(text)
    content = words_of(context, "the engine failed")
    assert [text[slice(*span)] for span in content_spans(content, context, asked=True)] == ["the engine failed"]
    assert [text[slice(*span)] for span in content_spans(content, context)] == ["the engine failed?"]


def test_a_question_mark_in_marks_is_the_contents_even_where_the_report_is_asked() -> None:
    text = "Did Ruiz ask “is it full?” or not?"
    context = context_of(flat_tree(text))
    spans = content_spans(words_of(context, "is it full"), context, asked=True)
    assert [text[slice(*span)] for span in spans] == ["is it full?"]


def test_a_tag_parts_a_content_in_two() -> None:
    text = "“The bridge,” Visser said, “was never meant for lorries.”"
    context = context_of(flat_tree(text))
    words = (*words_of(context, "The bridge,"), *words_of(context, "was never meant for lorries."))
    spans = content_spans(words, context)
    assert [text[slice(*span)] for span in spans] == ["The bridge", "was never meant for lorries"]


def test_quotations_in_a_row_are_one_content() -> None:
    text = "Ruiz said it “leaks”, “a little”."
    context = context_of(flat_tree(text))
    (span,) = content_spans(words_of(context, "it “leaks”, “a little”."), context)
    assert text[slice(*span)] == "it “leaks”, “a little”"


def test_two_quotations_without_what_parts_them_are_two() -> None:
    text = "“It leaks.” “A little.”"
    context = context_of(flat_tree(text))
    words = (*words_of(context, "It leaks"), *words_of(context, "A little"))
    assert [text[slice(*span)] for span in content_spans(words, context)] == ["It leaks", "A little"]


def test_a_tag_within_one_quotation_is_not_swallowed_by_its_marks() -> None:
    text = "Ruiz saw the “old, Osei says, and rotten mill” on Monday."
    context = context_of(flat_tree(text))
    words = (*words_of(context, "the “old,"), *words_of(context, "and rotten mill” on Monday"))
    assert [text[slice(*span)] for span in content_spans(words, context)] == ["the “old", "and rotten mill” on Monday"]


def test_marks_around_nothing_but_a_full_stop_leave_a_content_its_words() -> None:
    text = "Ruiz said “…” twice."
    context = context_of(flat_tree(text))
    for start in range(len(context.tree.words)):
        assert all(first < last for first, last in content_spans(context.tree.words[start:], context))


def test_paragraphs_part_a_content() -> None:
    text = "“It was hard.\n\n“We burned the fence,” she said."
    context = context_of(flat_tree(text))
    words = (*words_of(context, "It was hard."), *words_of(context, "We burned the fence"))
    assert [text[slice(*span)] for span in content_spans(words, context)] == ["It was hard", "We burned the fence"]


@pytest.mark.parametrize(
    ("text", "content", "quoted"),
    [
        ("“It holds,” Ruiz said.", "It holds", ["It holds"]),
        ("Ruiz said it is “full to the brim”.", "it is “full to the brim”", ["full to the brim"]),
        ("Ruiz called it “full” and “old.”", "“full” and “old.”", ["full", "old"]),
        ("“He told me ‘run’,” she said.", "He told me ‘run’", ["He told me ‘run’"]),
        ("Ruiz said it holds.", "it holds", []),
        ("The “dam” is old, Ruiz said it holds.", "it holds", []),
    ],
)
def test_quoted_is_what_of_the_content_stood_in_marks(text: str, content: str, quoted: list[str]) -> None:
    context = context_of(flat_tree(text))
    start = text.index(content)
    assert [text[slice(*span)] for span in quoted_spans([(start, start + len(content))], context)] == quoted


@pytest.mark.parametrize(
    ("text", "content", "type_"),
    [
        ("“It holds,” Ruiz said.", "“It holds,”", "direct"),
        ("Ruiz said it is “full to the brim”.", "it is “full to the brim”", "mixed"),
        ("Ruiz said the “dam” holds.", "the “dam” holds", "mixed"),
        ("Ruiz said it holds.", "it holds", "indirect"),
        ("“We won,” she said, and laughed.", "laughed", "indirect"),
    ],
)
def test_the_marks_decide_the_type(text: str, content: str, type_: str) -> None:
    context = context_of(flat_tree(text))
    assert quote_type(words_of(context, content), context) == type_


def _bounded(context: Context, cue: str, content: str, source: str = "") -> str:
    head, *_ = words_of(context, cue)
    match = Match(
        "complement", head, (head,), words_of(context, source), words_of(context, content), "ccomp", "subject"
    )
    return " ".join(word.form for word in bounded(match, context))


def test_the_complementizer_goes() -> None:
    context = gold_context("The surgeon did not say that the scan was clear.")
    assert _bounded(context, "say", "that the scan was clear.") == "the scan was clear"


def test_a_complementizer_goes_that_the_parser_took_for_something_else() -> None:
    rows = "Ruiz PROPN 2 nsubj|said/say VERB 0 root|that PRON 6 obj|the DET 5 det|dam NOUN 6 nsubj|leaks VERB 2 ccomp"
    context = context_of(written_tree(rows.replace("leaks VERB 2 ccomp", "leaks VERB 2 ccomp VerbForm=Fin")))
    assert _bounded(context, "said", "that the dam leaks") == "the dam leaks"


@pytest.mark.parametrize(
    ("rows", "content"),
    [
        ("Ruiz PROPN 2 nsubj|regretted VERB 0 root|that DET 4 det|mistake NOUN 2 obj", "that mistake"),
        ("Ruiz PROPN 2 nsubj|said VERB 0 root|that PRON 4 nsubj|helps VERB 2 ccomp VerbForm=Fin", "that helps"),
        ("Ruiz PROPN 2 nsubj|said VERB 0 root|that PRON 2 obj", "that"),
    ],
)
def test_a_demonstrative_that_stays(rows: str, content: str) -> None:
    context = context_of(written_tree(rows))
    assert _bounded(context, context.tree.words[1].form, content) == content


def test_marks_carry_a_content_to_their_end() -> None:
    context = context_of(flat_tree("Ruiz said “it holds. It will hold.”"))
    assert _bounded(context, "said", "it holds") == "it holds . It will hold"


def test_a_word_in_marks_is_not_carried_further() -> None:
    context = context_of(flat_tree("“The repair that they promised took nine years,” and nobody said why it is late."))
    assert _bounded(context, "said", "why it is late") == "why it is late"


def test_cue_and_source_are_no_content() -> None:
    context = context_of(flat_tree("The dam, Ruiz said, holds."))
    assert _bounded(context, "said", "The dam, Ruiz said, holds", source="Ruiz") == "The dam , , holds"


def test_what_people_marked_is_cut_where_they_marked_it() -> None:
    for case in gold_cases():
        text, context = case.noted.text, gold_context(case.noted.text)
        for start, end in (place for quote in case.noted.quotes for place in quote.content):
            words = [word for word in context.tree.words if start <= word.start and word.end <= end]
            found = [text[slice(*span)].strip(EDGES + "?!") for span in content_spans(words, context)]
            assert found == [text[start:end].strip(EDGES + "?!")], case.marked
