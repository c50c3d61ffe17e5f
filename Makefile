# Everything runs from here. `make demo` and `make test` do all the set-up on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint types floors unit fuzz bench docs clean

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

demo: $(STAMP)  ## decide the example complaints and show the answers
	$(BIN)/python -m examples.demo

test: $(STAMP) lint types floors unit  ## everything CI runs

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

floors: $(STAMP)
	$(BIN)/lint-imports --no-cache

unit: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report=term --cov-fail-under=100

fuzz: $(STAMP)  ## the deep runs: mutated rulesets, engines, honesty of review_at and why_not
	$(BIN)/python -m pytest -m fuzz -n 2 -s --override-ini addopts="-q --strict-markers --import-mode=importlib"

bench: $(STAMP)
	$(BIN)/python -m benchmarks

docs: $(STAMP)  ## write every generated page and file anew
	$(BIN)/python -m docs.generate

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* build dist
