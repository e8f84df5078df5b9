"""`quotekit report`: from JSON without a model, from articles with one, and one bad input costs the others nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FERRY = ROOT / "fixtures" / "json" / "valid" / "ferry.json"


@pytest.fixture
def no_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks for the pipeline finds none."""
    monkeypatch.setitem(sys.modules, "quotekit.pipeline", None)


def test_json_needs_no_pipeline(run: Any, no_pipeline: None) -> None:
    result = run("report", FERRY, "-o", "report.html")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    page = Path("report.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")
    assert "<title>Who said what: Ferry stops for the winter</title>" in page


def test_json_from_a_pipe_goes_to_standard_output(run: Any, no_pipeline: None) -> None:
    result = run("report", "-", stdin=FERRY.read_bytes())
    assert result.exit_code == 0
    assert "Ferry stops for the winter" in result.stdout


def test_an_article_is_extracted_first(run: Any) -> None:
    Path("bridge.txt").write_text("“It holds,” said Ann.", "utf-8")
    result = run("report", "bridge.txt")
    assert result.exit_code == 0
    assert '<h1 dir="auto">bridge</h1>' in result.stdout
    assert "It holds" in result.stdout


def test_json_and_articles_make_one_report_with_an_index(run: Any) -> None:
    Path("bridge.txt").write_text("“It holds,” said Ann.", "utf-8")
    page = run("report", "bridge.txt", FERRY, "bridge.txt").stdout
    assert "Who said what in 3 documents" in page
    assert [page.count(f'href="#d-{number}"') for number in (1, 2, 3, 4)] == [1, 1, 1, 0]


def test_quotes_can_be_left_out(run: Any) -> None:
    page = run("report", FERRY, "--min-confidence", "0.9").stdout
    assert page.count('<li class="card') == 2
    page = run("report", FERRY, "--acts", "promises").stdout
    assert page.count('<li class="card') == 1


def test_a_bad_input_costs_the_others_nothing(run: Any) -> None:
    Path("broken.json").write_text("{", "utf-8")
    result = run("report", "broken.json", "nowhere.json", FERRY, "-o", "report.html")
    assert result.exit_code == 4
    assert "error: broken.json: not valid JSON" in result.stderr
    assert "error: nowhere.json: no such file" in result.stderr
    assert "Ferry stops for the winter" in Path("report.html").read_text("utf-8")


def test_a_record_whose_offsets_cannot_be_counted_without_its_text_costs_the_others_nothing(run: Any) -> None:
    record = json.loads((FERRY.parent / "ferry_utf16.json").read_text("utf-8"))
    del record["document"]["text"]
    Path("short.json").write_text(json.dumps(record), "utf-8")
    result = run("report", "short.json", FERRY)
    assert result.exit_code == 1
    assert "offsets cannot be counted anew without the text" in result.stderr
    assert "Ferry stops for the winter" in result.stdout


def test_no_report_is_written_where_nothing_could_be_read(run: Any) -> None:
    assert run("report", "nowhere.json", "-o", "report.html").exit_code == 1
    assert not Path("report.html").exists()


def test_json_loads_no_model_library() -> None:
    code = (
        "import sys\nfrom quotekit.cli import main\nmain(sys.argv[1:], standalone_mode=False)\n"
        "heavy = {'torch', 'stanza', 'quotekit.pipeline'} & set(sys.modules)\nassert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code, "report", str(FERRY)], cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.stderr == ""
    assert "<!doctype html>" in done.stdout
