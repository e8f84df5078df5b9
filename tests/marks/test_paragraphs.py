"""Marks across lines and paragraphs: quotations that go on, lines that were only wrapped, odd marks that stay at home."""

from __future__ import annotations

import pytest

from quotekit.marks import find_marks
from tests.marks.notation import notated, plain

# Each case is a text with the signs of ``notation``, and the chains its spans belong to, in text order.
CHAINS = [
    # Each paragraph opens again and only the last closes: one quotation.
    ("“⟦The pier is old.⟫\n\n“⟦It will not last.⟫\n\n“⟦We must act,⟧” Okafor said.", [0, 0, 0]),
    ('"⟦The pier is old.⟫\n\n"⟦It will not last.⟧"', [0, 0]),
    ("‘⟦The pier’s old.⟫\n\n‘⟦The pilots’ union says it won’t last,⟧’ she said.", [0, 0]),
    ("'⟦The pier's old.⟫\n\n'⟦It won't last,⟧' she said.", [0, 0]),
    ("''⟦The pier is old.⟫\n\n''⟦It will not last,⟧'' she said.", [0, 0]),
    ("``⟦The pier is old.⟫\n\n``⟦It will not last,⟧'' she said.", [0, 0]),
    ("«⟦Le quai est vieux.⟫\n\n«⟦Il ne tiendra pas⟧», dit-elle.", [0, 0]),
    ("«⟦Le quai est vieux.⟫\n\n»⟦Il ne tiendra pas⟧», dit-elle.", [0, 0]),
    ('“⟦The pier is old.⟫\n\n"⟦It will not last,⟧” she said.', [0, 0]),
    # Paragraphs parted by one newline.
    ("“⟦The pier is old.⟫\n“⟦It will not last,⟧” she said.\n“⟦Good,⟧” he said.", [0, 0, 2]),
    ("“⟦The pier is old.⟫\r\n\r\n“⟦It will not last,⟧” she said.", [0, 0]),
    # It may begin after a tag, in the middle of a paragraph.
    ("“⟦The pier is old,⟧” Okafor said. “⟦It creaks.⟫\n\n“⟦It will not last.⟧” She left.", [0, 1, 1]),
    # Marks in Markdown or e-mail quotes, and list signs, stand at the beginning of a paragraph too.
    ("> “⟦The pier is old.⟫\n\n> “⟦It will not last.⟧”", [0, 0]),
    # A quotation within it goes on as well, or ends with its paragraph.
    ("“⟦She told me: ‘⟦The pier is old.⟫⟫\n\n“⟦‘⟦It will not last.⟧’ I agreed.⟧”", [0, 1, 0, 1]),
    ("“⟦They call it ‘⟦the pier⟧’ here.⟫\n\n“⟦‘⟦The wreck⟧’ would be fair.⟧”", [0, 1, 0, 3]),
    # Quotations that each close are not one, however close they stand.
    ("“⟦The pier is old,⟧” she said.\n\n“⟦It creaks,⟧” he said.", [0, 1]),
    ("“⟦The pier is old.⟧”\n\n“⟦It creaks.⟧”\n\n“⟦So?⟧”", [0, 1, 2]),
    # A paragraph between them ends the quotation.
    ("“⟦The pier is old.⟫\n\nShe left.\n\n“⟦It creaks,⟧” he said.", [0, 1]),
    ("“⟦The pier is old.⟫\n\n***\n\n“⟦It creaks,⟧” he said.", [0, 1]),
    # A line that only wraps ends nothing; one that may be a paragraph's end does.
    ("“⟦The pier is old, said Okafor, and\nhe left.⟫", [0]),
    ("“⟦The pier is old, said Okafor.⟫\nThe council met.", [0]),
    # Another kind of mark is another quotation.
    ("“⟦The pier is old.⟫\n\n«⟦Il craque⟧», dit-il.", [0, 1]),
]

WRAPPED = [
    # A line broken inside a quotation.
    "“⟦The pier is\nold,⟧” she said.",
    '"⟦The pier is\nold,⟧" she said.',
    "'⟦It's the pilots'\npier,⟧' she said.",
    "She said that “⟦the pier\nis old⟧” and that the\nferry is “⟦late⟧”.",
    '"⟦The pier is old. \nIt creaks. It groans.\nIt sways,⟧" she said.',
    '"\n⟦The pier is old,⟧" she said.'.replace('"\n⟦', '"⟦\n'),
    "“⟦The pier is\r\nold,⟧” she said.",
    "“⟦The pier is\u2028old,⟧” she said.",
    # Wrapped paragraphs, each of which opens again.
    "“⟦The pier is old\nand it creaks.⟫\n\n“⟦It will not\nlast,⟧” she said.",
    # Never across a blank line.
    "“⟦The pier is⟫\n\nold,” she said.",
    '"⟦The pier is⟫\n \t\nold," she said.',
    # Not where the next line opens a quotation of its own, and not for a mark that finds no end.
    '"⟦The pier is old, she said.⟫\n"⟦It creaks,⟧" he said.',
    '"⟦The pier is old, she said.⟫\nIt "⟦creaks⟧", he said.',
    "‘⟦The pier is old, she said.⟫\nIt will not last.\nIt ‘⟦creaks⟧’.",
]


@pytest.mark.parametrize(("case", "chains"), CHAINS)
def test_a_quotation_goes_on_over_paragraphs(case: str, chains: list[int]) -> None:
    text = plain(case)
    marks = find_marks(text)
    assert notated(text, marks) == case
    assert [span.chain for span in marks.spans] == chains


@pytest.mark.parametrize("case", WRAPPED)
def test_lines_may_be_wrapped(case: str) -> None:
    text = plain(case)
    assert notated(text, find_marks(text)) == case


# Marks and apostrophes that go wrong in one paragraph and must not touch the next.
ODD = [
    '"The ferry is late, he said.',
    "“The ferry is late, he said.",
    "The ferry is late,” he said.",
    "‘The ferry is late, he said.",
    "'Tis late, the pilots' boy said.",
    'It is 6" long and 3" wide, or 4".',
    "« Le bac, dit-il.",
    "„ “ ‘ \" ' ``",
    "‘90s boys’ “late",
]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_mark_stays_in_its_paragraph(odd: str) -> None:
    calm = "Then “⟦she said ‘⟦go⟧’ twice,⟧” and '⟦they went⟧', and the \"⟦pilot⟧\" too."
    before = find_marks(odd).spans
    around = find_marks(f"{odd}\n\n{plain(calm)}\n\n{odd}")
    lines = notated(f"{odd}\n\n{plain(calm)}\n\n{odd}", around).split("\n\n")
    assert lines[1] == calm
    assert lines[0] == lines[2] == notated(odd, find_marks(odd))
    assert len(around.spans) == 2 * len(before) + 4


def test_a_long_british_story() -> None:
    story = (
        "‘⟦It’s the skippers’ fault,⟧’ said Amara O’Neill, who’d run the pilots’ office since the ’90s. ‘⟦They’d shout "
        "“⟦Full ahead!⟧” and I’d think, “⟦’Tis madness.⟧”⟧’\n\n"
        "‘⟦The owners’ lawyers came in May,⟧’ she said. ‘⟦They’d a list: James’ boats, the crews’ pay, my sons’ debts.⟫\n\n"
        "‘⟦I told ’em to go.⟧’ But the owners’ “⟦offer⟧” stood.\n\n"
        "The ‘⟦offer⟧’, as the lawyers’ letter of ’08 called it, was worthless."
    )
    text = plain(story)
    assert notated(text, find_marks(text)) == story
