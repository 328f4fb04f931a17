# Thin names over the `safehaven` command, which works where make does not (see README.md).
# `make course` and `make test` need nothing but Python 3.11 to 3.13 and a way to reach PyPI.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/safehaven
#: What the tests use beside Python: a browser and fonts, the sandbox, a database, and tools
#: that check books, pages and statistics.
DEBIAN := chromium fonts-liberation bubblewrap postgresql epubcheck default-jre-headless poppler-utils r-base-core

.PHONY: help course book-all serve demo-class formgrader bench mutants rehearsal test lint lock clean debian-packages

help: ## List these names
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

course: $(VENV)/course.done ## Install what is needed, derive the exercises, build the book
	@$(RUN) course

book-all: $(VENV)/course.done ## Build the site, and the book as PDF (needs Chromium) and EPUB
	@$(RUN) book --all

serve: $(VENV)/course.done ## Show the built book on this machine
	@$(RUN) serve

demo-class: $(VENV)/course.done ## Grade 24 simulated students and compare with their scores
	@$(RUN) demo-class

formgrader: $(VENV)/course.done ## Open nbgrader's formgrader on the demo class
	@$(RUN) formgrader --demo

bench: $(VENV)/course.done ## Measure grading and building
	@$(RUN) bench

mutants: $(VENV)/course.done ## Put mistakes into the model answers: do the tests notice?
	@$(RUN) mutants

rehearsal: $(VENV)/course.done ## Grade a simulated class of 1,000 students: is anything lost?
	@$(RUN) rehearsal

test: $(VENV)/test.done debian-packages tests/browser/node_modules/.done lint ## Run every check and test
	@$(BIN)/pytest

tests/browser/node_modules/.done: tests/browser/package-lock.json | debian-packages
	@echo "Installing the tools that check pages"
	@cd tests/browser && npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

lint: $(VENV)/test.done
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

lock: ## Pin every dependency anew, with hashes
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes \
		--no-annotate --quiet --upgrade --custom-compile-command 'make lock' -o requirements/course.lock
	@$(BIN)/uv pip compile pyproject.toml --extra build --extra cluster --extra test --constraint requirements/course.lock \
		--universal --python-version 3.11 --generate-hashes --no-annotate --quiet --upgrade \
		--custom-compile-command 'make lock' -o requirements/test.lock
	@$(BIN)/uv pip compile deploy/requirements.in --constraint requirements/course.lock --universal --python-version 3.11 \
		--generate-hashes --no-annotate --quiet --upgrade --custom-compile-command 'make lock' -o deploy/requirements.lock

clean: ## Remove everything that can be derived again; the dated editions stay
	@rm -rf gradebook.db
	@test ! -d _build || find _build -mindepth 1 -maxdepth 1 ! -name editions -exec rm -rf {} +
	@find solutions -name '*.ipynb' -delete
	@find solutions -name data -type d -prune -exec rm -r {} +
	@rm -rf solutions/quiz-*

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11, 3.12 or 3.13 with venv found. Remedy: install one \
	(Debian: apt-get install python3 python3-venv) or name it: make course PYTHON=/path/to/python"; exit 1; }
	@echo "Making an environment in $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/course.done: requirements/course.lock pyproject.toml | $(BIN)/python
	@echo "Installing the pinned packages (once, about a minute)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/course.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.done: requirements/test.lock $(VENV)/course.done
	@echo "Installing what the tests need"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.lock
	@touch $@

debian-packages:
	@command -v dpkg >/dev/null || { command -v chromium >/dev/null && exit 0; \
		echo "The tests need Chromium. Remedy: install it so that 'chromium' is found"; exit 1; }; \
	missing=$$(for p in $(DEBIAN); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done; \
		command -v npm >/dev/null || echo nodejs npm); \
	test -z "$$missing" && exit 0; \
	if [ "$$(id -u)" = 0 ]; then \
		echo "Installing" $$missing; \
		apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else echo "The tests need" $$missing "Remedy: sudo apt-get install" $$missing; exit 1; fi
