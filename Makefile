# The commands of the README; everything they need goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup web test gate all bench load wide prove format lint types docs lint-quality
.DEFAULT_GOAL := web

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

web: setup
	$(BIN)/goals web

test: setup
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

gate: setup
	$(BIN)/goals eval run --suite all --gate --strict
	$(BIN)/goals eval run --variant prompts --replay evals/recordings/desk --gate --strict

bench: setup
	$(BIN)/python -m evals.bench

# Fifty people chatting at once with the page, over a model on this machine that takes a second.
load: setup
	$(BIN)/python -m evals.load --people 50 --minutes 5

# Every other language, size, theme and format of what `make test` tries once.
wide: setup
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal -m wide

prove: setup
	$(BIN)/python -m pytest -m "(slow or wide or hypothesis) and not live" --hypothesis-profile prove

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

lint-quality: setup
	$(BIN)/python -m evals.lint

docs: setup
	$(BIN)/python docs/generate.py

all: format lint types docs test
