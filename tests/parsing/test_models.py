"""Where models are found, and what is said where they are not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from quotekit.cli import main
from quotekit.errors import ModelError
from quotekit.parsing.models import bundled_folder, find_model, installed_models, stanza_folder

PARTS = ("tokenize", "pos", "lemma", "depparse")


def make_resources(folder: Path, *packages: str, language: str = "en", files: bool = True) -> Path:
    """A resources folder with empty models of these packages."""
    names: dict[str, object] = {"packages": {name: dict.fromkeys(PARTS, name) for name in packages}}
    for part in PARTS:
        names[part] = {name: {"md5": f"{part} {name}"} for name in packages}
        for name in packages if files else ():
            (folder / language / part).mkdir(parents=True, exist_ok=True)
            (folder / language / part / f"{name}.pt").write_bytes(b"x")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "resources.json").write_text(json.dumps({language: names, "alias": "en"}), "utf-8")
    return folder


@pytest.fixture
def stanza_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_bundled_model_is_whole() -> None:
    place = find_model()
    assert place.folder == bundled_folder()
    assert place.processors == ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
    assert place.label == find_model("quotekit").label
    assert len(place.label.split()[1]) == 12


def test_a_folder_gives_its_default_package_or_the_first_that_is_whole(tmp_path: Path) -> None:
    assert find_model(make_resources(tmp_path / "a", "gum", "default")).package == "default"
    folder = make_resources(tmp_path / "b", "default", "gum")
    (folder / "en" / "pos" / "default.pt").unlink()
    assert find_model(folder).package == "gum"


def test_a_name_is_a_package_in_stanzas_folder(stanza_home: Path) -> None:
    make_resources(stanza_home, "gum")
    assert find_model("gum").folder == stanza_home
    assert [(place.language, place.package) for place in installed_models()][-1] == ("en", "gum")


def test_a_missing_model_names_the_command_that_installs_it(stanza_home: Path) -> None:
    with pytest.raises(ModelError) as caught:
        find_model("gum")
    assert caught.value.remedy == "quotekit models install en --package gum"
    assert caught.value.exit_code == 3
    with pytest.raises(ModelError, match="for language 'de'"):
        find_model(None, "de")


def test_a_missing_file_is_named(stanza_home: Path) -> None:
    make_resources(stanza_home, "gum")
    (stanza_home / "en" / "lemma" / "gum.pt").unlink()
    with pytest.raises(ModelError, match=r"gum\.pt is missing"):
        find_model("gum")


@pytest.mark.parametrize("name", ["no/such/folder", "."])
def test_a_folder_without_resources_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError, match="resources layout"):
        find_model(name)


@pytest.mark.parametrize("catalogue", ["{", "[]", ""])
def test_damaged_resources_are_named(tmp_path: Path, catalogue: str) -> None:
    (tmp_path / "resources.json").write_text(catalogue, "utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        find_model(tmp_path)


def test_stanzas_folder_is_that_of_stanza() -> None:
    code = "from stanza.resources.common import DEFAULT_MODEL_DIR as d; print(d)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == str(stanza_folder())


def test_list_and_path(stanza_home: Path) -> None:
    make_resources(stanza_home, "gum")
    listed = CliRunner().invoke(main, ["models", "list"])
    assert listed.exit_code == 0
    assert "(bundled)" in listed.stdout
    assert str(stanza_home) in listed.stdout
    assert CliRunner().invoke(main, ["models", "path", "gum"]).stdout == f"{stanza_home}\n"
    assert CliRunner().invoke(main, ["models", "path", "ewt"]).exit_code == 3


@pytest.mark.model
def test_without_a_network_install_fails_with_one_line_and_leaves_nothing(stanza_home: Path) -> None:
    # Port 9 of this machine answers nobody.
    environment = {"STANZA_RESOURCES_URL": "http://127.0.0.1:9", "STANZA_RESOURCES_DIR": str(stanza_home)}
    code = "from quotekit.cli import main; main()"
    command = [sys.executable, "-c", code, "models", "install", "en"]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert ended.returncode == 3
    assert ended.stderr.splitlines()[0].startswith("quotekit: error: model default for en: cannot be downloaded")
    assert len(ended.stderr.splitlines()) == 2
    assert list(stanza_home.iterdir()) == []


@pytest.mark.model
def test_parse_writes_what_extract_reads(tmp_path: Path) -> None:
    article = tmp_path / "gate.txt"
    article.write_text("“Is it full?” Ortega asked.\n", "utf-8")
    first = CliRunner().invoke(
        main, ["parse", str(article), str(tmp_path / "none.txt"), "-o", str(tmp_path / "a.conllu")]
    )
    assert first.exit_code == 1
    again = CliRunner().invoke(main, ["parse", str(tmp_path / "a.conllu")])
    assert again.stdout == (tmp_path / "a.conllu").read_text("utf-8")
    assert "# newdoc id = gate" in again.stdout
