# Two commands: `make demo` shows the graph working, `make test` proves it.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DEMO   := build/demo
SPNR   := $(BIN)/spnr --store $(DEMO)/store
# What the explorer is built of, when the project is installed.
PAGE   := $(wildcard spnr_graph/render/explorer/web/*.* spnr_graph/render/explorer/web/src/*)
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test check bench lock wheel clean

demo: $(VENV)/.demo
	@mkdir -p $(DEMO)
	@$(SPNR) load
	@echo
	@$(SPNR) query initiatives-finissant-bientot -p date 2026-01-01 --labels
	@echo
	@$(SPNR) network actors --top 3
	@echo
	@$(SPNR) visualise -o $(DEMO)/reseau.html
	@$(SPNR) export -o $(DEMO)/spnr.ttl

test: check
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term --cov-report=xml

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m spnr_graph.turtle --check ontology data

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

wheel: $(VENV)/.dev
	$(BIN)/python -m hatchling build -t wheel

# The pins. Needs uv; run after a change of dependencies in pyproject.toml.
lock:
	uv pip compile --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --extra all pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --extra all --extra dev pyproject.toml -o requirements-dev.txt

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: requirements.txt pyproject.toml $(PAGE) | $(BIN)/python
	$(PIP) -r requirements.txt
	$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml $(PAGE) | $(BIN)/python
	$(PIP) -r requirements-dev.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.demo

clean:
	rm -rf build dist .coverage coverage.xml .pytest_cache .mypy_cache .ruff_cache .hypothesis
