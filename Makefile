# What people and CI run. "make" alone lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help start test test-remote peers check lint types fmt fmt-check validate docs docs-check golden golden-diff mutants bench bench-validators wheel clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

$(STAMP): pyproject.toml ontology/ip5.ttl
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version.split()[0] + "; name another with make PYTHON=…" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

start: $(STAMP) ## Set up, validate the graph and answer a few questions
	$(BIN)/ip5kg validate
	$(BIN)/ip5kg query meeting-attendees --meeting heads-2021
	$(BIN)/ip5kg query associations-at-meeting --meeting industry-2021
	@echo; echo 'Next: $(BIN)/ip5kg'

test: $(STAMP) ## Set up and run all tests
	$(BIN)/python -m pytest -n auto --dist loadgroup

test-remote: $(STAMP) ## Load a Virtuoso server and ask it all stored queries
	@scripts/install_peers.sh virtuoso
	$(BIN)/python -m pytest tests/test_virtuoso.py

peers: ## Install the programs that tests ask, or say which are left out
	@scripts/install_peers.sh

check: lint types fmt-check docs-check validate peers test ## All that CI runs

lint: $(STAMP) ## Check the style of the Python code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP) ## Check the types of the package
	$(BIN)/mypy

fmt: $(STAMP) ## Format Python and Turtle
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/ip5kg fmt

fmt-check: $(STAMP) ## Name the Turtle files that are not canonical
	$(BIN)/ip5kg fmt --check

validate: $(STAMP) ## Check the graph against its shapes and the ontology against its rules
	$(BIN)/ip5kg validate --fail-on warning

docs: $(STAMP) ## Write the generated parts of the documentation
	$(BIN)/python scripts/docs.py

docs-check: $(STAMP) ## Fail when a generated part is out of date
	$(BIN)/python scripts/docs.py --check

golden: $(STAMP) ## Rewrite golden answers and counts on all data, and show what changed
	$(BIN)/python -m pytest tests/test_queries.py --update-golden
	$(BIN)/python scripts/words.py
	$(BIN)/python scripts/docs.py

golden-diff: $(STAMP) ## Show which answers the data change, against BASE=revision or the golden ones
	$(BIN)/python scripts/golden_diff.py $(if $(BASE),--base $(BASE))

mutants: $(STAMP) ## Seed errors into the data and count which ones validation notices
	$(BIN)/python scripts/mutants.py --list-survivors

bench: $(STAMP) ## Measure queries in the engine, and whole processes side by side with others
	$(BIN)/python scripts/bench.py --install

bench-validators: $(STAMP) ## Install other SHACL validators and measure side by side with them
	$(BIN)/python scripts/bench_validators.py --install

wheel: $(STAMP) ## Build the wheel
	$(BIN)/python -m build --wheel

clean: ## Remove what the other targets made
	rm -rf $(VENV) .bench .peers dist build .mypy_cache .pytest_cache .ruff_cache
