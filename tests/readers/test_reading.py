"""Files, folders and standard input become articles with what should be known of them."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from quotekit.errors import InputError
from quotekit.parsing.conllu import write_conllu
from quotekit.readers import document_id, list_files, read_article, read_input, stop_word_share, text_notices
from quotekit.readers.conllu import is_conllu
from quotekit.readers.records import is_record, read_records
from quotekit.tree import Sentence, Tree, Word

ENGLISH = (
    "The council will meet on Friday to decide whether the old swimming pool can be saved. Its roof has leaked for "
    "three winters, and the engineers who looked at it in March said that a repair would cost more than a new one. "
    "Residents have asked for another week."
)
FOREIGN = {
    "German": "Der Rat trifft sich am Freitag, um zu entscheiden, ob das alte Schwimmbad noch zu retten ist. Sein Dach ist "
    "seit drei Wintern undicht, und die Ingenieure, die es im März prüften, hielten eine Reparatur für teurer als einen "
    "Neubau. Die Anwohner haben um eine weitere Woche gebeten, denn sie wollen selbst Geld für das Bad sammeln.",
    "French": "Le conseil se réunit vendredi pour décider si la vieille piscine peut encore être sauvée. Son toit fuit depuis "
    "trois hivers, et les ingénieurs qui sont venus en mars estiment que la réparation serait plus chère qu'un bâtiment "
    "neuf. Les habitants ont demandé une semaine de plus, car ils veulent chercher eux-mêmes de l'argent pour la piscine.",
    "Spanish": "El consejo se reúne el viernes para decidir si la vieja piscina todavía se puede salvar. El techo gotea desde "
    "hace tres inviernos, y los ingenieros que la visitaron en marzo creen que repararla sería más caro que hacer una "
    "nueva. Los vecinos han pedido una semana más, porque quieren buscar ellos mismos el dinero que hace falta.",
    "Dutch": "De raad komt vrijdag bijeen om te beslissen of het oude zwembad nog te redden is. Het dak lekt al drie winters, "
    "en de ingenieurs die er in maart naar keken, vonden een reparatie duurder dan een nieuw gebouw. De bewoners hebben "
    "om nog een week gevraagd, want ze willen zelf geld ophalen voor het bad waarin ze hebben leren zwemmen.",
    "Chinese": "市议会星期五开会，决定老游泳池能否保住。三个冬天以来屋顶一直漏水，三月来看过的工程师认为修理比新建还贵。居民要求再给一个星期。",
    "Japanese": "市議会は金曜日に集まり、古いプールを残せるかどうかを決める。屋根は三年前から雨漏りがしていて、直すほうが高くつくという。",
    "Swedish": "Kommunen möts på fredag för att bestämma om det gamla badhuset kan räddas. Taket har läckt i tre vintrar, och "
    "ingenjörerna som såg det i mars tyckte att en reparation blir dyrare än ett nytt hus. De boende har bett om en vecka "
    "till, för de vill själva samla pengar till badet där de lärde sig att simma när de var små och kommunen var rik.",
}


def codes(text: str) -> list[str]:
    return [notice.code for notice in text_notices(text, "en")]


def test_an_article_is_its_file(tmp_path: Path) -> None:
    path = tmp_path / "the.last.ferry.txt"
    path.write_bytes(b"\xef\xbb\xbfGone.\r\n")
    article = read_article(str(path))
    assert (article.text, article.id, article.source) == ("Gone.\r\n", "the.last.ferry", str(path))
    assert (article.title, article.language, article.notices) == (None, "en", ())


@pytest.mark.parametrize(
    ("source", "id"), [("news/ferry.txt", "ferry"), ("-", "stdin"), ("ferry", "ferry"), (".txt", ".txt")]
)
def test_a_document_s_id_is_the_file_s_name_without_its_suffix(source: str, id: str) -> None:
    assert document_id(source) == id


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO("né".encode("utf-16"))))
    assert read_article("-").text == "né"


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_article(str(tmp_path / "gone.txt"))
    with pytest.raises(InputError, match="is a folder"):
        read_article(str(tmp_path))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_somebody_else_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch(mode=0)
    with pytest.raises(InputError, match="Permission denied"):
        read_article(str(tmp_path / "a.txt"))


def test_a_path_that_cannot_be_one_is_told() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_article("a\0b")


def test_files_of_a_folder_are_sorted_and_those_of_a_file_are_itself(tmp_path: Path) -> None:
    for name in ("b.conllu", "a.txt", "notes.py", "dump.jsonl"):
        (tmp_path / name).touch()
    assert [Path(path).name for path in list_files(str(tmp_path))] == ["a.txt", "b.conllu"]
    assert list(list_files("gone.pdf")) == ["gone.pdf"]


@pytest.mark.parametrize("start", [b"\n" * 5000, b" " * 50_000, b"[" * 5000, b"# \n" * 5000, b"1\t" * 5000])
def test_what_an_input_without_a_name_is_shows_at_once(start: bytes) -> None:
    before = time.process_time()
    assert not is_conllu(start + b"He said so.")
    assert not is_record(start + b"He said so.")
    assert time.process_time() - before < 1  # seconds; forty blank lines once took for ever


class TestNotices:
    def test_english_reads_as_english(self) -> None:
        assert codes(ENGLISH) == []
        assert codes(ENGLISH.upper()) == []

    @pytest.mark.parametrize("language", sorted(FOREIGN))
    def test_other_languages_do_not(self, language: str) -> None:
        assert codes(FOREIGN[language]) == ["language"]

    def test_of_a_few_words_nothing_is_said(self) -> None:
        assert codes("Kommunen möts på fredag.") == []

    def test_a_language_without_the_list_is_not_judged(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("quotekit.readers.text.load_language", lambda code: SimpleNamespace(words={}))
        assert stop_word_share(ENGLISH, "eo") is None

    @pytest.mark.parametrize("mark", "“”’–—…")
    def test_signs_that_were_decoded_wrongly_are_told_with_their_place(self, mark: str) -> None:
        text = f"{ENGLISH} Oh {mark} so."
        spoilt = text.encode().decode("cp1252", "surrogateescape").replace("\udc9d", "\x9d")
        (notice,) = text_notices(spoilt, "en")
        assert (notice.code, notice.start) == ("mojibake", spoilt.rindex("â€"))
        assert codes(text) == []

    @pytest.mark.parametrize("text", ["", " \r\n\t\u00a0\n"])
    def test_an_empty_text_is_told(self, text: str) -> None:
        assert codes(text) == ["empty"]


class TestConllu:
    @staticmethod
    def tree(text: str) -> Tree:
        return Tree(text, (Sentence((Word(1, text, text, "INTJ", "UH", "_", 0, "root", 0, len(text)),)),))

    def test_each_document_has_its_own_id_and_text(self, tmp_path: Path) -> None:
        path = tmp_path / "two.conllu"
        path.write_text(write_conllu(self.tree("Hush"), doc_id="one") + write_conllu(self.tree("Halt"), doc_id="two"))
        found = list(read_input(str(path)))
        assert [(article.id, article.text) for article, _ in found] == [("one", "Hush"), ("two", "Halt")]
        assert [tree.text for _, tree in found if tree] == ["Hush", "Halt"]

    def test_a_treebank_file_without_ids_is_named_after_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "plain.conllu"
        path.write_text("1\tHush\thush\tINTJ\tUH\t_\t0\troot\t_\t_\n\n")
        assert [article.id for article, _ in read_input(str(path))] == ["plain"]

    def test_an_empty_file_is_an_empty_document(self, tmp_path: Path) -> None:
        (tmp_path / "empty.conllu").touch()
        ((article, tree),) = read_input(str(tmp_path / "empty.conllu"))
        assert tree is not None
        assert (article.text, tree.text, [notice.code for notice in article.notices]) == ("", "", ["empty"])

    @pytest.mark.parametrize(
        ("data", "is_tree"),
        [
            (b"# newdoc id = a\n# text = Hush\n1\tHush\thush\tINTJ\tUH\t_\t0\troot\t_\t_\n\n", True),
            (
                b"\n1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n1\tde\tde\tADP\t_\t_\t0\troot\t_\t_\n2\tle\tle\tDET\t_\t_\t1\tdet\t_\t_\n",
                True,
            ),
            (b"# A headline\n\nA text that begins with a mark of Markdown.", False),
            (b"1\tHush", False),
        ],
    )
    def test_trees_on_standard_input_are_known_by_their_looks(
        self, data: bytes, is_tree: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        assert [tree is not None for _, tree in read_input("-")] == [is_tree]


class TestRecords:
    @pytest.mark.parametrize(
        ("name", "data", "found"),
        [
            ("a.json", b'{"a": 1}', [("", {"a": 1})]),
            ("a.json", b"[1, 2]", [("/0", 1), ("/1", 2)]),
            ("a.jsonl", b'{"a": 1}\n\n{"a": 2}\r\n', [("", {"a": 1}), ("", {"a": 2})]),
            ("lines.json", b'{"a": 1}\n{"a": 2}\n', [("", {"a": 1}), ("", {"a": 2})]),
            ("bom.json", b"\xef\xbb\xbf[]", []),
        ],
    )
    def test_one_document_an_array_or_lines(self, tmp_path: Path, name: str, data: bytes, found: list[object]) -> None:
        (tmp_path / name).write_bytes(data)
        assert [(read.pointer, read.record) for read in read_records(str(tmp_path / name))] == found

    def test_line_separators_inside_a_string_are_no_line_ends(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_text('{"a": "one\u2028two\u0085three"}\n', "utf-8")
        assert len(list(read_records(str(tmp_path / "a.jsonl")))) == 1

    def test_nesting_without_end_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "deep.json").write_text("[" * 100_000)
        (read,) = read_records(str(tmp_path / "deep.json"))
        assert read.problem is not None
