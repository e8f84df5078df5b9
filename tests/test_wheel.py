"""The wheel built from this tree works by itself: an empty environment, no checkout, no network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
NOT_SOURCES = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__")
NO_NETWORK = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "no_proxy": ""}
STORY = "The bridge is closed. “It will open in May,” said Hanna Voss, the town’s engineer.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a clean copy so that nothing left in build/ gets in."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, folder / "tree", ignore=NOT_SOURCES)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, folder / "tree"]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of an environment that holds the wheel, what it depends on, and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [programs / "python", "-m", "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt"]
    if index := os.environ.get("TORCH_INDEX"):
        subprocess.run([*pip, "--retries", "1", "--timeout", "20", "--extra-index-url", index, "torch"], check=True)
    subprocess.run([*pip, wheel], check=True)
    return programs


def run(environment: Path, folder: Path, *arguments: str) -> str:
    """What quotekit prints when it is run in the folder; any exit code but 0 fails the test."""
    settings = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "STANZA", "QUOTEKIT"))
    }
    command = [environment / "quotekit", *arguments]
    answer = subprocess.run(command, cwd=folder, env=settings | NO_NETWORK, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_the_wheel_holds_every_kind_of_file(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for shipped in (
        "quotekit/py.typed",
        "quotekit/schemas/extraction.schema.json",
        "quotekit/models/resources.json",
        "quotekit/models/en/depparse/quotekit.pt",
        "quotekit/languages/en/",
        "dist-info/licenses/LICENSE",
        "dist-info/licenses/NOTICE",
    ):
        assert any(shipped in name for name in names), shipped
    assert not any(name.startswith(("tests/", "fixtures/", "benchmarks/", "training/")) for name in names)


def test_it_is_the_installed_package_that_runs(environment: Path, tmp_path: Path) -> None:
    program = "import quotekit; print(quotekit.__file__)"
    command = [environment / "python", "-I", "-c", program]
    place = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert Path(place.strip()).is_relative_to(environment.parent)


def test_it_extracts_and_validates(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    run(environment, tmp_path, "extract", "story.txt", "-o", "story.json")
    record = json.loads((tmp_path / "story.json").read_text("utf-8"))
    assert [(quote["type"], quote["speaker"]["name"]) for quote in record["quotes"]] == [("direct", "Hanna Voss")]
    run(environment, tmp_path, "validate", "story.json")


def test_it_prints_its_schema(environment: Path, tmp_path: Path) -> None:
    assert json.loads(run(environment, tmp_path, "schema"))["$schema"].endswith("2020-12/schema")
