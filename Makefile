# make help lists the targets. Everything runs from a fresh clone; set-up is part of each target and cached.
SHELL := /bin/bash
PYTHON := .venv/bin/python
UV := .tools/bin/uv
export UV_PYTHON_DOWNLOADS := never

.PHONY: help run talk test check format bench lock evaluate clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/ready ## set up what is missing and start everything on one port (PORT=8115)
	@exec $(PYTHON) -m assistant run

talk: .venv/ready ## chat in the terminal
	@exec $(PYTHON) -m assistant talk

test: .venv/ready-dev ## set up and run the whole suite
	@$(PYTHON) -m pytest

check: .venv/ready-dev ## format, lint, types, architecture
	@.venv/bin/ruff format --check --quiet . && .venv/bin/ruff check --quiet . && .venv/bin/mypy && $(PYTHON) -m pytest -q tests/architecture

format: .venv/ready-dev ## write the format
	@.venv/bin/ruff check --quiet --fix . ; .venv/bin/ruff format --quiet .

evaluate: .venv/ready-dev ## measure understanding against the gates
	@$(PYTHON) -m assistant evaluate

bench: .venv/ready-dev ## measure speed; figures and commands are kept in docs/benchmarks.md
	@$(PYTHON) -m benchmarks

lock: $(UV) ## resolve the dependencies anew (the lock names no addresses)
	@$(UV) lock --quiet --upgrade
	@$(UV) export --quiet --frozen --no-emit-project --no-annotate --no-header --no-dev -o requirements.lock
	@$(UV) export --quiet --frozen --no-emit-project --no-annotate --no-header -o requirements-dev.lock

clean: ## remove what set-up and runs made, but no data (var/ stays)
	@rm -rf node_modules .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(UV):
	@python3 -m venv .tools && .tools/bin/pip install --quiet --disable-pip-version-check uv

# What the pages are served with; the development half is what their tests run.
node_modules/ready: package-lock.json
	@test -e node_modules/ready-dev || npm ci --silent --ignore-scripts --omit=dev
	@touch $@

node_modules/ready-dev: package-lock.json
	@npm ci --silent --ignore-scripts
	@touch $@ node_modules/ready

# With compiled bytecode the start takes a third of the time.
.venv/ready: requirements.lock node_modules/ready | $(UV)
	@test -x $(PYTHON) || $(UV) venv --quiet --python 3.11
	@test -e .venv/ready-dev || $(UV) pip sync --quiet --require-hashes --compile-bytecode requirements.lock
	@touch $@

.venv/ready-dev: requirements-dev.lock node_modules/ready-dev | $(UV)
	@test -x $(PYTHON) || $(UV) venv --quiet --python 3.11
	@$(UV) pip sync --quiet --require-hashes --compile-bytecode requirements-dev.lock
	@touch $@ .venv/ready
