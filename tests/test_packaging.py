"""What the package says about itself is what it is: packages, dependencies, pins, version, a light import."""

from __future__ import annotations

import ast
import configparser
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import quotekit
from quotekit.readers import html, pdf

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LISTED = configparser.ConfigParser()
LISTED.read(ROOT / "setup.cfg", encoding="utf-8")

# Imported, and not declared: the wheel cannot say which build of torch is wanted, and stanza brings it.
BROUGHT_BY_STANZA = {"torch"}


def name_of(requirement: str) -> str:
    """The distribution's name as PyPI compares it: `Jinja2>=3` is jinja2."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()  # type: ignore[index]


def imported() -> set[str]:
    """The top-level modules that the package imports and that are neither its own nor the standard library's.

    What an extra brings is imported by name, when it is needed.
    """
    found: set[str] = set()
    for path in (ROOT / "quotekit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add((node.module or "").partition(".")[0])
    return found - sys.stdlib_module_names - {"quotekit"}


def test_every_package_goes_into_the_wheel() -> None:
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "quotekit").rglob("*.py")}
    packages = {".".join(folder.parts) for folder in folders} | {"quotekit.schemas"}
    assert packages == set(LISTED["options"]["packages"].split())


def test_every_package_has_an_init() -> None:
    folders = {path.parent for path in (ROOT / "quotekit").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_every_data_file_goes_into_the_wheel() -> None:
    patterns = LISTED["options.package_data"]["quotekit"].split()
    shipped = {path for pattern in patterns for path in (ROOT / "quotekit").glob(pattern)}
    data = {
        path
        for path in (ROOT / "quotekit").rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and "__pycache__" not in path.parts
    }
    assert data - shipped == set()


def test_every_import_is_declared() -> None:
    declared = {name_of(requirement) for requirement in PROJECT["dependencies"]}
    extras = {name_of(item) for group in PROJECT["optional-dependencies"].values() for item in group}
    owners = packages_distributions()
    used = {name_of(owners.get(module, [module])[0]) for module in imported()}
    assert used - BROUGHT_BY_STANZA - extras == declared


def test_every_dependency_is_pinned() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    groups |= PROJECT["optional-dependencies"]
    wanted = [*PROJECT["dependencies"], *(item for group in groups.values() for item in group), "torch", "pip"]
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {name_of(line) for line in lines if "==" in line and not line.startswith("#")}
    assert {name_of(requirement) for requirement in wanted} <= pinned


def test_every_extra_is_in_all_and_among_the_tools_of_the_tests() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    extras = {requirement for extra in PROJECT["optional-dependencies"].values() for requirement in extra}
    assert extras == set(PROJECT["optional-dependencies"]["all"])
    assert extras <= set(groups["dev"])


def test_an_extra_is_asked_for_as_it_is_declared() -> None:
    extras = PROJECT["optional-dependencies"]
    assert extras["html"] == [html.REQUIREMENT]
    assert extras["pdf"] == [pdf.REQUIREMENT]


def test_the_changelog_knows_the_version() -> None:
    assert f"## [{quotekit.__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("module", ["quotekit", "quotekit.cli"])
def test_importing_it_loads_no_model_library(module: str) -> None:
    program = f"import sys, {module}; print({{'torch', 'stanza', 'numpy'}} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT)
    assert answer.stdout.strip() == "set()"
