# The commands of the project. `make run` and `make test` need nothing but Python 3.11+ and make.

PYTHON ?= python3
PORT ?= 8050
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# The lock files are complete, and a module is compiled when it is first imported: most never are.
INSTALL := $(PIP) install --quiet --require-hashes --no-deps --no-compile
export PYTHONUTF8 := 1
export PYTHONDONTWRITEBYTECODE :=
# Programs and browser are installed side by side; so are the checks run.
MAKEFLAGS += --jobs=2

.PHONY: help run test check lint types layers coverage tests bench browser lock docs pictures messages clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

run: .venv/run.stamp .venv/plotly.stamp ## install, build, serve on loopback; the sample is built meanwhile
	@# The pages are imported on the other core meanwhile, so that they are compiled when they are served.
	$(BIN)/python -c "import dashboard.app" & $(BIN)/empact release published-figures && wait
	$(BIN)/empact serve --port $(PORT) --with-sample --intake local

# The tests of a file go to one worker, which makes their fixtures once.
test: .venv/dev.stamp browser ## every test, those in real Chromium too
	$(BIN)/python -m pytest -n auto --dist loadfile

check: lint types layers coverage tests ## what must hold before a commit

lint: .venv/dev.stamp
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: .venv/dev.stamp
	$(BIN)/mypy

layers: .venv/dev.stamp # is the architecture in pyproject.toml still true of the imports?
	@$(BIN)/lint-imports --no-logo || { echo "A module imports what stands above it, or is not listed. Add a new module to the layer \
	of [tool.importlinter] in pyproject.toml that stands above all that it imports and below all that import it; \
	an import of a higher layer shows that the function belongs into a lower one."; exit 1; }

coverage: .venv/dev.stamp # how far is each language translated, and are the texts merged?
	$(BIN)/empact catalogue messages --check

tests: .venv/dev.stamp
	$(BIN)/python -m pytest -n auto --dist loadfile

bench: .venv/bench.stamp .venv/plotly.stamp ## speed and memory beside what a user would pick instead
	$(BIN)/python -m bench

docs: .venv/dev.stamp ## write the generated documents again
	$(BIN)/empact catalogue show --markdown -o docs/catalogue.md
	$(BIN)/empact catalogue meaning -o docs/what-a-rise-means.md
	$(BIN)/empact rules --markdown -o docs/rules.md

pictures: .venv/dev.stamp ## take the pictures of the guides again, while `make run` serves the sample
	$(BIN)/python -m tests.browser.guide_pictures http://127.0.0.1:$(PORT)

messages: .venv/dev.stamp ## merge the English texts into the file of each language
	$(BIN)/empact catalogue messages

lock: ## pin versions and hashes again (needs uv)
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-annotate --no-header -q --upgrade -o requirements.lock
	uv pip compile pyproject.toml --extra dev -c requirements.lock --universal --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header -q -o requirements-dev.lock
	uv pip compile pyproject.toml --extra dev --extra bench -c requirements.lock --universal --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header -q -o requirements-bench.lock

clean: ## forget the environment and all that can be built again
	rm -rf .venv data/processed/*/ data/staging data/ledger.sqlite* data/raw/sample

# Chromium and LibreOffice are Debian packages: installed where that is allowed, named where it is not.
browser:
	@sh tests/install_debian_packages.sh

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=...")'
	$(PYTHON) -m venv .venv

# The part of plotly that pages load, where npm is installed. Without it they load the whole, and nothing fails.
.venv/plotly.stamp: .venv/run.stamp dashboard/server/plotly_install.py dashboard/server/plotly_script.py
	@$(BIN)/python -m dashboard.server.plotly_install && touch $@ || true

# Both install into one environment: one after the other.
.venv/bench.stamp: .venv/run.stamp

.venv/%.stamp: .venv/bin/python pyproject.toml requirements.lock requirements-dev.lock requirements-bench.lock
	@# Two halves at a time, one on each core: most of the time goes into unpacking.
	awk '/^[a-z0-9]/ { number++ } { print > (".venv/half" number % 2 ".lock") }' $(if $(filter run,$*),requirements.lock,requirements-$*.lock)
	$(INSTALL) -r .venv/half0.lock & first=$$!; $(INSTALL) -r .venv/half1.lock && wait $$first
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
