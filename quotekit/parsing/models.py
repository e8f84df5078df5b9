"""Where parser models are: the bundled one, a folder in Stanza's resources layout, or what Stanza has installed.

A resources folder has a ``resources.json`` that names, for each language and package, the model of each processor, and
the models themselves as ``LANGUAGE/PROCESSOR/MODEL.pt``. Nothing here imports Stanza, so that it answers at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from platformdirs import user_cache_dir

from quotekit.errors import ModelError

BUNDLED = "quotekit"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
_REQUIRED = frozenset({"tokenize", "pos", "lemma", "depparse"})  # some languages have no multi-word tokens or no names
_PREFERRED = ("default", "default_fast", "default_accurate")


@dataclass(frozen=True, slots=True)
class ModelPlace:
    """One model on disk: ``package`` of ``language`` in the resources folder ``folder``."""

    folder: Path
    language: str
    package: str
    files: tuple[Path, ...]
    checksums: tuple[str, ...]

    @property
    def processors(self) -> tuple[str, ...]:
        """The processors this model has, in the order in which they run."""
        present = {file.parent.name for file in self.files}
        return tuple(processor for processor in PROCESSORS if processor in present)

    @property
    def label(self) -> str:
        """The package and what tells its versions apart, such as ``quotekit 0c1f6a4e2b7d``."""
        return f"{self.package} {hashlib.sha256(' '.join(self.checksums).encode()).hexdigest()[:12]}"

    @property
    def size(self) -> int:
        """The bytes its files take."""
        return sum(file.stat().st_size for file in self.files)


def find_model(model: str | os.PathLike[str] | None = None, language: str = "en") -> ModelPlace:
    """The model of this name, complete on disk: None is the bundled one, else a resources folder or a package's name.

    Raises ModelError, with the command that installs it, where it is not there or files of it are missing.
    """
    if model is None or str(model) == BUNDLED:
        return find_package(bundled_folder(), language, BUNDLED)
    folder = Path(model)
    if (folder / "resources.json").is_file():
        return _first_complete(folder, language)
    if folder.is_dir() or len(folder.parts) > 1:
        raise ModelError(str(model), "no folder in Stanza's resources layout", "it needs a resources.json and models")
    return find_package(stanza_folder(), language, str(model))


def find_package(folder: Path, language: str, package: str) -> ModelPlace:
    """The package in this resources folder; ModelError, with the command that installs it, where files are missing."""
    place = _place(folder, language, package) if (folder / "resources.json").is_file() else None
    remedy = (
        "reinstall quotekit, which brings it along"
        if folder == bundled_folder()
        else install_command(language, package)
    )
    if place is None:
        raise ModelError(f"model {package}", f"not installed for language {language!r} (looked in {folder})", remedy)
    for file in place.files:
        if not file.is_file():
            raise ModelError(f"model {package}", f"{file} is missing", remedy)
    return place


def installed_models() -> list[ModelPlace]:
    """The bundled models, then those that Stanza has installed, each only if all its files are there."""
    return [
        place
        for folder in (bundled_folder(), stanza_folder())
        if (folder / "resources.json").is_file()
        for language, packages in _packages(folder)
        for package in packages
        if folder != bundled_folder() or package == BUNDLED
        for place in [_place(folder, language, package)]
        if place is not None and all(file.is_file() for file in place.files)
    ]


def bundled_folder() -> Path:
    """The resources folder that comes with quotekit."""
    return Path(__file__).parent.parent / "models"


def stanza_folder() -> Path:
    """The resources folder of the installed Stanza: ``STANZA_RESOURCES_DIR``, or in the user's cache."""
    if named := os.environ.get("STANZA_RESOURCES_DIR"):
        return Path(named)
    return Path(user_cache_dir("stanza", "StanfordNLP", _resources_version())) / "resources"


def parser_name() -> str:
    """The parser and its version, such as ``stanza 1.15.0``."""
    return f"stanza {version('stanza')}"


def install_command(language: str, package: str) -> str:
    """The command that installs this model."""
    return f"quotekit models install {language}" + ("" if package == "default" else f" --package {package}")


@cache
def _resources_version() -> str:
    # Read, not imported: importing any part of stanza imports torch, which takes seconds.
    spec = find_spec("stanza")
    source = Path(spec.origin).with_name("_version.py").read_text("utf-8") if spec and spec.origin else ""
    found = re.search(r"""__resources_version__ *= *['"]([^'"]+)""", source)
    return found[1] if found else version("stanza")


def _first_complete(folder: Path, language: str) -> ModelPlace:
    """The folder's default package, or the first other one whose files are all there."""
    packages = _catalogue(folder).get(language, {}).get("packages", {})
    if not packages:
        raise ModelError(str(folder), f"resources.json names no package for language {language!r}")
    places = [_place(folder, language, package) for package in _preferred(packages)]
    for place in places:
        if place is not None and all(file.is_file() for file in place.files):
            return place
    return find_package(folder, language, _preferred(packages)[0])


def _place(folder: Path, language: str, package: str) -> ModelPlace | None:
    """Where the files of this package belong, whether they are there or not; None if it is unknown or cannot parse."""
    resources = _catalogue(folder).get(language, {})
    models: Mapping[str, str] = resources.get("packages", {}).get(package, {})
    if not models.keys() >= _REQUIRED:
        return None
    wanted: dict[tuple[str, str], str] = {}
    for processor in PROCESSORS:
        for name in models.get(processor, "").split(";"):
            if not name or (processor, name) == ("lemma", "identity"):
                continue
            entry = resources.get(processor, {}).get(name, {})
            wanted[processor, name] = entry.get("md5", "")
            for item in entry.get("dependencies", resources.get("default_dependencies", {}).get(processor, [])):
                key = (item["model"], item["package"])
                wanted[key] = resources.get(key[0], {}).get(key[1], {}).get("md5", "")
    files = tuple(folder / language / kind / f"{name}.pt" for kind, name in wanted)
    return ModelPlace(folder, language, package, files, tuple(wanted.values()))


def _packages(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for language, resources in sorted(_catalogue(folder).items()):
        if (folder / language).is_dir() and "packages" in resources:
            yield language, _preferred(resources["packages"])


def _preferred(packages: Mapping[str, Any]) -> list[str]:
    return [name for name in _PREFERRED if name in packages] + sorted(set(packages) - set(_PREFERRED))


def _catalogue(folder: Path) -> dict[str, Any]:
    try:
        catalogue = json.loads((folder / "resources.json").read_text("utf-8"))
        if not isinstance(catalogue, dict):
            raise ValueError("it is no JSON object")
    except (OSError, ValueError) as error:
        remedy = "install the model anew: quotekit models install en"
        raise ModelError(str(folder / "resources.json"), f"cannot be read ({error})", remedy) from error
    return {code: entry for code, entry in catalogue.items() if isinstance(entry, dict)}
