# Every target sets itself up: the first run builds .venv from constraints.txt, later runs start at once.
#   make demo    extract an article and print who said what
#   make test    the tests, with the bundled model
#   make check   what a change must pass: ruff, mypy, the tests that need no model
#   make bench CORPUS=../shared/data/polnear/dev
#   make docs    the site, build/docs/index.html
#   make bench-speakers GOLD=../shared/data/gum_attribution/gum.jsonl
#   make wheel   dist/quotekit-*.whl      make test-wheel   install it in an empty environment and use it there

PYTHON ?= python3
ARTICLE ?= fixtures/articles/harbour.txt
CORPUS ?= ../shared/data/polnear/dev
GOLD ?= ../shared/data/gum_attribution/gum.jsonl
# The CPU build of torch is a tenth of the default one on Linux; where this index is out of reach pip goes on without it.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
export TORCH_INDEX
# The model is too small to gain from threads, and they wait for each other: the demo's article took 4 s of processor time
# on one thread and 14 s on two of a busy two-core machine.
OMP_NUM_THREADS ?= 1
export OMP_NUM_THREADS

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip
INSTALL := $(PIP) install --quiet --disable-pip-version-check --constraint constraints.txt
SOURCES := constraints.txt pyproject.toml setup.cfg

.PHONY: demo test check format bench bench-speakers docs wheel test-wheel clean

demo: $(VENV)/.installed
	$(BIN)/quotekit extract --format text $(ARTICLE)

test: $(VENV)/.tools
	$(BIN)/python -m pytest -m "not slow and not corpus"

check: $(VENV)/.tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not model and not slow and not corpus and not browser"

format: $(VENV)/.tools
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed
	$(BIN)/python benchmarks/attribution.py $(CORPUS)

docs: $(VENV)/.installed
	$(INSTALL) --group docs
	$(BIN)/python -m sphinx -W --keep-going -E -q -b html docs build/docs
	@echo build/docs/index.html

bench-speakers: $(VENV)/.installed
	$(BIN)/python benchmarks/speakers.py $(GOLD)

wheel: $(VENV)/.installed
	rm -rf build
	$(PIP) wheel --quiet --no-deps --wheel-dir dist .
	@ls -l dist/*.whl

test-wheel: $(VENV)/.tools
	$(BIN)/python -m pytest -m slow tests/test_wheel.py

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The package and what it needs to run.
$(VENV)/.installed: $(SOURCES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "quotekit needs Python 3.11 or newer. Name one: make $(firstword $(MAKECMDGOALS)) PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  echo "Python's venv module is missing (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@echo "Setting up $(VENV): the first time takes minutes, mostly for torch." >&2
	$(INSTALL) pip
	$(INSTALL) --retries 1 --timeout 20 --extra-index-url $(TORCH_INDEX) torch
	@# setuptools warns of every editable install whose packages do not all lie in one folder; schemas/ does not.
	PYTHONWARNINGS=ignore $(INSTALL) --editable .
	@touch $@

# The tools of those who change it.
$(VENV)/.tools: $(VENV)/.installed
	$(INSTALL) --group dev
	@touch $@
