"""A PDF file gives running text and a map of its pages; what cannot be read is told in a line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from quotekit.errors import InputError
from tests.readers.made import paragraph, pdf, read

FIRST = (
    "The lock at Hadley will be rebuilt in stone, the canal trust said. “Wood lasts for twenty years,” said Ada Moor, "
    "who keeps the lock. “Stone lasts for two hundred (or so they say).”"
)
SECOND = "The trust has asked boat owners to"
THIRD = "use the northern arm until June, when the gates are hung."


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    head, foot = (72, 760, 9, "Hadley Canal News"), (300, 40, 9, "Page %d of 2")
    first = [head, *paragraph(FIRST), *paragraph(SECOND, top=600), (*foot[:3], foot[3] % 1)]
    second = [head, *paragraph(THIRD), (*foot[:3], foot[3] % 2)]
    path = tmp_path / "paper.pdf"
    info = b"<</Title(Stone for Hadley)/Author(Ben Oake)>>"
    path.write_bytes(pdf([first, second], extra=info, trailer=b"/Info 4 0 R"))
    return path


def test_lines_are_joined_and_pages_run_on(paper: Path) -> None:
    assert read(paper).text == f"{FIRST}\n\n{SECOND} {THIRD}"


def test_every_page_is_on_the_map(paper: Path) -> None:
    article = read(paper)
    shown = [(page.number, article.text[page.start : page.end]) for page in article.pages]
    assert shown == [(1, f"{FIRST}\n\n{SECOND}"), (2, THIRD)]


def test_metadata_come_from_the_file(paper: Path) -> None:
    article = read(paper)
    assert (article.title, article.author, article.id) == ("Stone for Hadley", "Ben Oake", "paper")


def test_a_title_that_the_word_processor_made_up_is_none(tmp_path: Path) -> None:
    info = b"<</Title(Microsoft Word - final_v3.doc)>>"
    (tmp_path / "a.pdf").write_bytes(pdf([paragraph(FIRST)], extra=info, trailer=b"/Info 4 0 R"))
    assert read(tmp_path / "a.pdf").title is None


def test_words_parted_at_a_line_end_are_mended(tmp_path: Path) -> None:
    lines = [
        (72, 700 - 14 * n, 11, line)
        for n, line in enumerate(("Stone will out-", "last the old gates, says the well-", "known keeper."))
    ]
    (tmp_path / "a.pdf").write_bytes(pdf([[*lines, (72, 600, 11, "She is well known here.")]]))
    assert read(tmp_path / "a.pdf").text.startswith("Stone will outlast the old gates, says the well-known keeper.")


def test_a_page_of_pictures_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([paragraph(FIRST), [], paragraph(THIRD)]))
    article = read(tmp_path / "a.pdf")
    assert [page.number for page in article.pages] == [1, 3]
    assert [notice.message for notice in article.notices] == ["1 of 3 pages have no text, perhaps pictures of it: 2"]


def test_a_file_of_pictures_is_told(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf([[], []]))
    with pytest.raises(InputError, match="has no text, only pictures of it") as caught:
        read(tmp_path / "scan.pdf")
    assert "ocrmypdf" in caught.value.remedy


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_told(paper: Path, share: float) -> None:
    data = paper.read_bytes()
    paper.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError, match="is a damaged PDF file, or one cut off"):
        read(paper)


def test_an_encrypted_file_is_told(tmp_path: Path) -> None:
    secret = b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>"
    trailer = b"/Encrypt 4 0 R/ID[<00><00>]"
    (tmp_path / "secret.pdf").write_bytes(pdf([paragraph(FIRST)], extra=secret, trailer=trailer))
    with pytest.raises(InputError, match="is encrypted, and needs a password"):
        read(tmp_path / "secret.pdf")


def test_a_missing_file_is_told_as_any_other(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "gone.pdf")


def test_text_beyond_the_limit_is_refused(paper: Path) -> None:
    with pytest.raises(InputError, match="too much for one document"):
        read(paper, max_size=100)


def test_without_pypdfium2_the_command_that_installs_it_is_named(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(InputError, match="pypdfium2 is not installed") as caught:
        read(paper)
    assert caught.value.remedy == 'pip install "pypdfium2>=5", or quotekit with its extra [pdf]'
