# Each target does the set-up that it needs and skips what is done.
PORT ?= 8000
export PORT ONCE PYTHON
unexport PYTHONDONTWRITEBYTECODE # a run starts dozens of Pythons: what each would compile is kept

python := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo run test test-fast test-faults coverage lint bench messages requirements clean

help: ## Show this list
	@awk -F ': *## ' '/^[a-z-]+: *##/ { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: ## Set everything up, make the documents, leave the site running (ONCE=1 ends there; PORT=8000)
	@bin/setup run
	@exec $(python) bin/demo

run: ## Start site, workers, sweeper and Redis on what var/ holds (PORT=8000)
	@bin/setup run
	@exec $(python) bin/serve

test: ## Run every check and every test: PostgreSQL, Redis, a real browser
	@bin/setup test
	@exec $(python) bin/test all

test-fast: ## Style and the unit tests that are not slow
	@bin/setup test
	@exec $(python) bin/test fast

test-faults: ## 368 letters and their mails under every fault, with a table at the end: 20 minutes (FAULT_LETTERS=368)
	@bin/setup test
	@exec $(python) bin/test faults

coverage: ## Count the lines and branches that the unit tests reach: 90 in 100 or more
	@bin/setup test
	@exec $(python) bin/test coverage

lint: ## Only the static checks: style, types, import contracts, migrations, catalogues
	@bin/setup test
	@exec $(python) bin/test static

bench: ## Measure the figures in bench/
	@bin/setup test
	@for script in bench/*.py; do $(python) $$script || exit; done

messages: ## Extract the interface's words into locale/ and compile them
	@bin/setup test
	@exec bin/messages

requirements: ## Compile requirements*.in into requirements*.txt, with hashes
	@bin/setup test
	@exec bin/requirements

clean: ## Remove the virtual environment and every cache; var/ holds data and stays
	@rm -rf .venv .coverage .coverage.* htmlcov .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
