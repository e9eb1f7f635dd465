# Each target installs what it needs and skips what is already installed.
PORT ?= 8000
export PORT ONCE PYTHON
unexport PYTHONDONTWRITEBYTECODE # a run starts dozens of Python processes, which then share the compiled files

python := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo run test test-fast test-faults coverage lint bench messages requirements clean

help: ## Show this list
	@awk -F ': *## ' '/^[a-z-]+: *##/ { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: ## Install everything, make the documents, and run the site (ONCE=1: end after the documents; PORT=8000)
	@bin/setup run
	@exec $(python) bin/demo

run: ## Start site, workers, sweeper and Redis with the data in var/ (PORT=8000)
	@bin/setup run
	@exec $(python) bin/serve

test: ## Run all checks and tests, with PostgreSQL, Redis and a real browser
	@bin/setup test
	@exec $(python) bin/test all

test-fast: ## Style and the unit tests that are not slow
	@bin/setup test
	@exec $(python) bin/test fast

test-faults: ## 368 letters and their mails under every fault, with a table of results; 20 minutes (FAULT_LETTERS=368)
	@bin/setup test
	@exec $(python) bin/test faults

coverage: ## Measure the coverage of the unit tests, which must be at least 90 per cent of lines and branches
	@bin/setup test
	@exec $(python) bin/test coverage

lint: ## Only the static checks: style, types, import contracts, migrations, catalogues
	@bin/setup test
	@exec $(python) bin/test static

bench: ## Measure the figures in bench/
	@bin/setup test
	@for script in bench/*.py; do $(python) $$script || exit; done

messages: ## Extract the messages of the interface into locale/ and compile them
	@bin/setup test
	@exec bin/messages

requirements: ## Compile requirements*.in into requirements*.txt, with hashes
	@bin/setup test
	@exec bin/requirements

clean: ## Remove the virtual environment and all caches; the data in var/ are kept
	@rm -rf .venv .coverage .coverage.* htmlcov .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
