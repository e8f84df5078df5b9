"""The documentation is true: its commands run, its outputs are what they print, its names exist.

A block marked ``console`` is run: lines after ``$`` in a shell, the rest is what they print. A block marked ``pycon`` is
a doctest. Blocks marked ``sh`` are for people. After a change of output: ``python tests/test_docs.py`` rewrites the
outputs of the console blocks and the table of figures, of all pages or of those that are named; read the difference before
you commit it.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from quotekit.readers import FORMATS

ROOT = Path(__file__).resolve().parent.parent
SITE = tuple(sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md")))
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md", *SITE)
# The pages whose examples run; those of the second kind need no model.
WITH_MODEL = ("README.md", "docs/library.md")
WITHOUT_MODEL = ("docs/start.md", "docs/formats.md")
BLOCK = re.compile(r"(?ms)^```(?P<kind>\w+)\n(?P<body>.*?)^```$")
COMMAND = re.compile(r"(?m)^\$ (?P<command>.+)\n(?P<output>(?:(?!\$ ).*\n)*)")
FIGURES = re.compile(r"(?s)(?P<start><!-- figures[^\n]*-->\n)(?P<table>.*?)(?P<end><!-- end of figures -->)")
KINDS = ("attribution", "attribution.direct", "attribution.mixed", "attribution.indirect")


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(page: str, kind: str) -> list[str]:
    """The bodies of the page's blocks of this kind."""
    return [block["body"] for block in BLOCK.finditer(read(page)) if block["kind"] == kind]


def commands(pages: Sequence[str]) -> list[tuple[str, str]]:
    """Every command of these pages that is run, with the output that stands under it."""
    return [
        (found["command"], found["output"])
        for page in pages
        for body in blocks(page, "console")
        for found in COMMAND.finditer(body)
    ]


def shell(command: str) -> str:
    """What the command prints when it is typed in the checkout, with the environment active."""
    programs = Path(sys.executable).parent
    settings = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    answer = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=settings, capture_output=True, encoding="utf-8", check=False
    )
    return answer.stdout or answer.stderr


@pytest.mark.model
@pytest.mark.parametrize(("command", "output"), commands(WITH_MODEL))
def test_a_command_prints_what_the_page_says(command: str, output: str) -> None:
    assert shell(command) == output


@pytest.mark.parametrize(("command", "output"), commands(WITHOUT_MODEL))
def test_a_command_without_a_model_prints_what_the_page_says(command: str, output: str) -> None:
    assert shell(command) == output


@pytest.mark.model
@pytest.mark.parametrize(
    ("page", "session"),
    [("README.md", session) for session in blocks("README.md", "pycon")]
    + [("docs/library.md", "\n".join(blocks("docs/library.md", "pycon")))],  # one session goes on over the whole page
)
def test_a_python_session_runs_as_the_page_says(page: str, session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    test = doctest.DocTestParser().get_doctest(session, {}, page, page, 0)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=report.append)
    assert not report, "".join(report)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", read(page))
    assert [target for target in targets if not (ROOT / page).parent.joinpath(target).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_exist(page: str) -> None:
    named = set(re.findall(r"(?m)(?:^|`)make ([a-z-]+)", read(page)))
    targets = set(re.findall(r"(?m)^([a-z-]+):", read("Makefile")))
    assert named <= targets


def test_every_input_format_is_told_of_with_its_suffixes() -> None:
    rows = re.findall(r"(?m)^\| `(\w+)` \| ([^|]+) \|", read("docs/inputs.md"))
    told = {name: set(suffixes.replace("`", "").split()) for name, suffixes in rows}
    assert told == {reader.name: set(reader.suffixes) for reader in FORMATS}


def test_the_readme_lists_every_command() -> None:
    from quotekit.cli import main

    listed = set(re.findall(r"(?m)^\| `quotekit (\w+)", read("README.md")))
    assert listed == set(main.list_commands(None))


def figures() -> str:
    """The README's table of figures, from what the benchmark recorded."""
    entry = json.loads(read("benchmarks/floors.json"))["polnear/dev"]
    ours = entry.get("measured", {})
    rows = [
        "| system | attribution F1 | direct | mixed | indirect |",
        "|---|---|---|---|---|",
        "| two human annotators, one against the other | 0.73 | | | |",
        "| **quotekit** | " + " | ".join(f"{ours[name]:.3f}" if ours else "" for name in KINDS) + " |",
        "| Gender Gap Tracker's extractor | 0.391 | 0.48 | | |",
        "| textacy | 0.138 | | | |",
    ]
    if speed := entry.get("speed"):
        rows += [
            "",
            f"Speed: {speed['words_per_second']:,} words a second on one core, in {speed['peak_megabytes']} MB.",
        ]
    return "\n".join(rows) + "\n"


def test_the_figures_are_those_that_were_measured() -> None:
    found = FIGURES.search(read("README.md"))
    assert found
    assert found["table"] == figures()


def test_no_page_of_the_site_has_an_example_that_is_not_run() -> None:
    others = set(SITE) - set(WITH_MODEL) - set(WITHOUT_MODEL)
    assert [page for page in others if blocks(page, "console") or blocks(page, "pycon")] == []


def rewrite(pages: Sequence[str]) -> None:
    """Put today's outputs under the pages' commands, and the recorded figures into the table."""

    def renew(block: re.Match[str]) -> str:
        if block["kind"] != "console":
            return block[0]
        body = COMMAND.sub(lambda found: f"$ {found['command']}\n{shell(found['command'])}", block["body"])
        return f"```console\n{body}```"

    for page in pages:
        text = FIGURES.sub(lambda found: f"{found['start']}{figures()}{found['end']}", read(page))
        (ROOT / page).write_text(BLOCK.sub(renew, text), "utf-8")


if __name__ == "__main__":
    rewrite(sys.argv[1:] or [*WITH_MODEL, *WITHOUT_MODEL])
