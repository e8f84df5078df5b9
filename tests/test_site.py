"""The site builds without a warning, and what it lists from the package is all there."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest

import quotekit
from quotekit.cli import COMMANDS
from quotekit.constructions import CONSTRUCTIONS
from quotekit.schema import load_schema
from quotekit.writers.formats import FORMATS

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages, built as `make docs` builds them."""
    for library in ("sphinx", "myst_parser", "furo", "sphinx_click"):
        pytest.importorskip(library)
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-E", "-q", "-b", "html", "docs", str(folder)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return folder


def words(page: Path) -> str:
    """What a reader sees of the page's article."""
    article = re.search(r"(?s)<article.*?</article>", page.read_text("utf-8"))
    assert article
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", article[0])).split())


def test_no_page_shows_mark_up_that_was_not_understood(site: Path) -> None:
    for page in site.glob("*.html"):
        if "<article" in page.read_text("utf-8"):
            assert not re.search(r"``|:py:|\.\. \w+::|\{\w+\}", words(page)), page.name


def test_a_page_has_one_title(site: Path) -> None:
    for page in site.glob("*.html"):
        assert page.read_text("utf-8").count("<h1>") <= 1, page.name


def test_every_format_command_construction_and_key_is_there(site: Path) -> None:
    assert [form.name for form in FORMATS if form.name not in words(site / "formats.html")] == []
    assert [name for name in COMMANDS if name not in words(site / "command-line.html")] == []
    assert [one.name for one in CONSTRUCTIONS if one.name not in words(site / "constructions.html")] == []
    json_page = words(site / "json.html")
    schema = load_schema("extraction")
    keys = {key for part in (schema, *schema["$defs"].values()) for key in part.get("properties", ())}
    assert [key for key in sorted(keys) if key not in json_page] == []


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    reference = words(site / "api.html")
    assert [name for name in quotekit.__all__ if not re.search(rf"\b{name}\b", reference)] == []


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for page in site.glob("*.html"):
        assert not re.search(
            r"""<(?:script|link|img)[^>]+(?:src|href)=["'](?:https?:)?//""", page.read_text("utf-8")
        ), page.name
