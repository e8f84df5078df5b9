"""Sentence splits: | is where the tokeniser splits, and what must be left of them is written beside it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.language import load_language
from quotekit.parsing.sentences import MAX_SENTENCE_TOKENS, TextWords, Token, cut_long, mend

WORDS = TextWords.of(load_language("en").words)
TOKEN = re.compile(r"(?:[A-Za-z]\.)+|(?:Mrs?|Sen|St|No|Feb|Gov|Inc)\.|\.\.\.|[\w-]*\w|\S")


def tokens_of(text: str) -> list[list[Token]]:
    """The sentences of a text with | at each split (a | itself takes no place in the text)."""
    sentences: list[list[Token]] = []
    offset = 0
    for part in text.split("|"):
        sentences.append([Token(t.group(), offset + t.start(), offset + t.end()) for t in TOKEN.finditer(part)])
        offset += len(part)
    return [sentence for sentence in sentences if sentence]


def mended(text: str) -> str:
    plain = text.replace("|", "")
    spans = [(sentence[0].start, sentence[-1].end) for sentence in mend(tokens_of(text), WORDS)]
    return "|".join(plain[start:end] for start, end in spans)


JOINED = [
    # within a short quotation
    '"Stop! |Go home," she said.',
    'He said: "No. |Never."',
    '"Never! |Never! |Never!" Ruiz said.',
    # before a tag
    '"Is it full?" |Ortega asked.',
    '"Is it full?" |asked Ortega.',
    '"Is it full?|" Ortega asked.',
    '"Is it full?" |she asked again.',
    '"Is it full?" |Ortega asked in a letter to the board.',
    '"Is it full?" |he asked her.',
    '"Is it full?" |the mayor, Ana Ortega, asked on Monday.',
    '"Full!" |the director of the dam cried.',
    '"Full!" |The director of the dam cried.',
    '"It is full --" |Ortega began.',
    '"It is full," |Ortega said.',
    "'It is full,' |Ortega said.",
    '"Who knows?" |Ortega told the regional radio in an interview on Monday when she was asked.',
    '"Is it full?" |Ortega asked, "or is it not?"',
    '"Who knows ..." |she said.',
    "'Is it full?' |Ortega asked.",
    "- Is it full? |Ortega asked.",
    '"Is it full?" |Ortega asked, and sat down.',
    # behind an initial or an abbreviation
    "George W. |Bush spoke.",
    "J. |K. |Rowling wrote it.",
    "It was Mr. |Smith who left.",
    "They asked Sen. |Lee.",
    "A U.S. |President signed it.",
    "The U.S. |Senate voted.",
    "It is Rule No. |7 that matters.",
    "It rained on Feb. |3 and later.",
    "They met at 5 p.m. |on Friday.",
]

APART = [
    '"It is full." |Ortega said the gates would open.',
    '"Is it full?" |Ortega said the gates would open.',
    '"Is it full?" |Ortega asked the engineers to look again.',
    '"Is it full?" |He asked her brother to leave.',
    '"Is it full?" |But Ortega said nothing.',
    '"Is it full?" |The question stood on every wall.',
    '"Is it full?" |When Ortega asked, nobody knew.',
    '"It is full." |Ortega said.',
    '"Is it full?" |He answered, "No."',
    '"Is it full?" |Ortega told the regional radio that it was.',
    "Is it full? |Ortega asked.",
    '"Open it." |"No."',
    '"It was raining when we came to the dam and saw the water rise. |Nobody had told us," Lee said.',
    "They have no Plan B. |Ortega said so.",
    "We need vitamin C. |Oranges have it.",
    "He flew to the U.S. |President Lee stayed.",
    "They moved to the U.S. |Ortega stayed.",
    "It happened to George W. |The voters knew.",
    "He is from Acme Inc. |Lee is not.",
    "He left in 1999. |Lee stayed.",
    "I saw it. |iPhone sales rose.",
]


@pytest.mark.parametrize("text", JOINED)
def test_a_split_within_a_sentence_is_mended(text: str) -> None:
    assert mended(text) == text.replace("|", "")


@pytest.mark.parametrize("text", APART)
def test_a_split_between_sentences_stays(text: str) -> None:
    assert mended(text) == text.replace(" |", "|")


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ('It is full.|" Lee left.', 'It is full."|Lee left.'),
        ("It is full (they say.|) Lee left.", "It is full (they say.)|Lee left."),
        ('Lee left. "|Is it full? Who has seen it since the rain began on the third of May?"', None),
    ],
)
def test_marks_stand_in_the_sentence_they_belong_to(text: str, settled: str | None) -> None:
    assert mended(text) == (settled or text.replace(' "|', '|"'))


@given(
    st.lists(
        st.lists(st.sampled_from(['"', "'", ".", "?", "U.S.", "No.", "said", "Lee", "the", "-", ",", "W."]), min_size=1)
    )
)
def test_no_token_is_lost_or_moved(forms: list[list[str]]) -> None:
    sentences, offset = [], 0
    for group in forms:
        sentences.append([Token(form, offset + 9 * i, offset + 9 * i + len(form)) for i, form in enumerate(group)])
        offset += 9 * len(group)
    after = mend(sentences, WORDS)
    assert [token for sentence in after for token in sentence] == [
        token for sentence in sentences for token in sentence
    ]
    assert all(after)


def test_without_word_lists_marks_still_mend() -> None:
    assert len(mend(tokens_of('"Stop! |Go home," |she said.'), TextWords())) == 1


def test_endless_sentences_are_cut_behind_a_comma() -> None:
    sentence = [Token("," if i % 7 == 6 else "so", 3 * i, 3 * i + 1) for i in range(1000)]
    parts = cut_long([sentence, sentence[:3]])
    assert [token for part in parts for token in part] == sentence + sentence[:3]
    assert all(len(part) <= MAX_SENTENCE_TOKENS for part in parts)
    assert all(part[-1].text == "," for part in parts[:-2])
