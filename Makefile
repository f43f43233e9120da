# Two commands do all the set-up: `make run` opens the page, `make test` runs the suite.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
STAMP := $(VENV)/.installed

.PHONY: run install test check eval e2e snapshot lock wheel clean

run: $(STAMP)
	$(BIN)/python app.py

install: $(STAMP)

# uv is pinned and hashed like the rest; it then installs the lock file in seconds.
$(STAMP): requirements.lock requirements-uv.lock pyproject.toml
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Python 3.11 or later is needed: make PYTHON=python3.12 run"'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(UV) || $(BIN)/python -m pip install --quiet --require-hashes -r requirements-uv.lock
	VIRTUAL_ENV=$(VENV) $(UV) pip sync --quiet --require-hashes requirements.lock requirements-uv.lock
	touch $@

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(STAMP)
	$(BIN)/pytest -n 2 -m "not e2e"

e2e: $(STAMP)
	VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --require-hashes --no-deps -r requirements-model.lock
	$(BIN)/pytest -m e2e --timeout 1800

eval: $(STAMP)
	$(BIN)/python -m evals run

# Made from the publishers' files, which are not in this repository: NAVIGATOR_RAW_DATA names their folder.
snapshot: $(STAMP)
	$(BIN)/python -m ingestion bundle --from "$(NAVIGATOR_RAW_DATA)" --to catalog/bundled

lock: $(STAMP)
	$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --quiet --no-header -o requirements.lock

wheel: $(STAMP)
	$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf $(VENV) dist build
