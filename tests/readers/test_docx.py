"""A Word file gives its paragraphs as they read; damaged, encrypted and swollen ones are told."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import docx as python_docx
import pytest

from quotekit.errors import InputError
from tests.readers.made import docx, read, word_paragraph

P = word_paragraph


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(P("“Ring the bell,” ", "she said."), "“Ring the bell,” she said.", id="runs of one paragraph"),
        pytest.param(P("One.") + P() + P("Two. 🌊"), "One.\n\nTwo. 🌊", id="an empty paragraph"),
        pytest.param(P("a", "<w:r><w:tab/></w:r>", "b", "<w:r><w:br/></w:r>", "c"), "a\tb\nc", id="tab and line end"),
        pytest.param(P("to", "<w:r><w:noBreakHyphen/></w:r>", "day"), "to\u2011day", id="a hyphen that keeps a word together"),
        pytest.param(
            P("The mayor ", "<w:ins><w:r><w:t>never </w:t></w:r></w:ins>", "agreed."), "The mayor never agreed.", id="inserted words"
        ),
        pytest.param(
            P("It is ", "<w:del><w:r><w:delText>not </w:delText><w:t>not </w:t></w:r></w:del>", "safe."), "It is safe.", id="deleted words"
        ),
        pytest.param(
            "<w:sdt><w:sdtContent>" + P("In a control.") + "</w:sdtContent></w:sdt>", "In a control.", id="a content control"
        ),
        pytest.param("<w:tbl><w:tr><w:tc>" + P("Left") + "</w:tc><w:tc>" + P("Right") + "</w:tc></w:tr></w:tbl>", "Left\n\nRight", id="a table"),
        pytest.param(P("Link: ", "<w:hyperlink><w:r><w:t>here</w:t></w:r></w:hyperlink>"), "Link: here", id="a link"),
        pytest.param(
            P("Around", "<mc:AlternateContent><mc:Choice><w:txbxContent>" + P("In a box.") + "</w:txbxContent></mc:Choice>"
            "<mc:Fallback><w:txbxContent>" + P("In a box.") + "</w:txbxContent></mc:Fallback></mc:AlternateContent>", " it."),
            "In a box.\n\nAround it.", id="a text box, once",
        ),
    ],
)  # fmt: skip
def test_paragraphs_read_as_in_word(tmp_path: Path, body: str, text: str) -> None:
    (tmp_path / "a.docx").write_bytes(docx(body))
    assert read(tmp_path / "a.docx").text == text


def test_metadata_come_from_the_file(tmp_path: Path) -> None:
    core = "<dc:title>Minutes of the\n board</dc:title><dc:creator>Ida Prince</dc:creator>"
    (tmp_path / "minutes.docx").write_bytes(docx(P("Nothing was decided."), core=core))
    article = read(tmp_path / "minutes.docx")
    assert (article.title, article.author, article.id) == ("Minutes of the board", "Ida Prince", "minutes")


def test_a_file_that_another_program_wrote(tmp_path: Path) -> None:
    made = python_docx.Document()
    made.core_properties.title = "The bell"
    made.add_heading("The bell", level=1)
    made.add_paragraph("“It rings at noon,” ").add_run("said the verger.").bold = True
    made.add_table(rows=1, cols=1).cell(0, 0).text = "Twelve strokes."
    made.save(str(tmp_path / "bell.docx"))
    article = read(tmp_path / "bell.docx")
    assert article.text == "The bell\n\n“It rings at noon,” said the verger.\n\nTwelve strokes."
    assert article.title == "The bell"


def test_it_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(docx(P("Dear all.")))
    assert read(tmp_path / "letter").text == "Dear all."


class TestBadFiles:
    def test_a_zip_bomb_is_refused_before_it_is_unpacked(self, tmp_path: Path) -> None:
        path = tmp_path / "bomb.docx"
        path.write_bytes(docx("<w:p><w:r><w:t>" + " " * 30_000_000 + "</w:t></w:r></w:p>"))
        assert path.stat().st_size < 100_000
        with pytest.raises(InputError, match="would unpack to 30 MB: a ZIP bomb"):
            read(path, max_size=1_000_000)

    def test_a_bomb_that_lies_about_its_size_is_damaged(self, tmp_path: Path) -> None:
        data = docx("<w:p><w:r><w:t>" + "no " * 1_000_000 + "</w:t></w:r></w:p>")
        place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
        lying = data[: place + 24] + struct.pack("<I", 1000) + data[place + 28 :]
        (tmp_path / "bomb.docx").write_bytes(lying)
        with pytest.raises(InputError, match="is a damaged Word file"):
            read(tmp_path / "bomb.docx", max_size=100_000)

    def test_words_without_end_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "long.docx").write_bytes(docx(P("No. " * 1000) * 10))
        with pytest.raises(InputError, match="too much for one document"):
            read(tmp_path / "long.docx", max_size=20_000)

    def test_entities_without_end_are_refused(self, tmp_path: Path) -> None:
        levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
        with zipfile.ZipFile(tmp_path / "bomb.docx", "w") as archive:
            archive.writestr("word/document.xml", f'<!DOCTYPE d [<!ENTITY e0 "no">{levels}]><d>&e11;</d>')
        with pytest.raises(InputError, match="is a damaged Word file"):
            read(tmp_path / "bomb.docx")

    @pytest.mark.parametrize("share", [0.3, 0.9])
    def test_a_truncated_file_is_told(self, tmp_path: Path, share: float) -> None:
        data = docx(P("“Ring the bell,” she said."))
        (tmp_path / "cut.docx").write_bytes(data[: int(len(data) * share)])
        with pytest.raises(InputError, match="is a damaged Word file, or one cut off"):
            read(tmp_path / "cut.docx")

    def test_an_encrypted_file_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "secret.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
        with pytest.raises(InputError, match="is encrypted, or an old Word file"):
            read(tmp_path / "secret.docx")

    def test_a_zip_of_something_else_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "slides.docx").write_bytes(docx("", name="ppt/presentation.xml"))
        with pytest.raises(InputError, match="without a Word document in it"):
            read(tmp_path / "slides.docx")
