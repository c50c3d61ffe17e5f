# Everything runs from here. `make demo` and `make test` do all the set-up on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BROWSER := $(VENV)/.browser

.PHONY: demo browser test lint types floors unit trace fuzz bench docs clean

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

demo: $(STAMP)  ## decide the example complaints and show the answers
	$(BIN)/python -m examples.demo

# The handbook is looked at in a real browser. Where it cannot be installed the tests say so and
# skip; in CI they fail.
$(BROWSER): | $(STAMP)
	if ! command -v chromium >/dev/null && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
		--no-install-recommends chromium fonts-noto-core fonts-dejavu-core; \
	fi
	touch $@

browser: $(BROWSER)  ## chromium and fonts, for the tests that look at pages

test: $(STAMP) lint types floors unit  ## everything CI runs

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

floors: $(STAMP)
	$(BIN)/lint-imports --no-cache

unit: $(STAMP) $(BROWSER)
	$(BIN)/python -m pytest -rs -n 2 --dist loadgroup --cov --cov-report=term --cov-fail-under=100

trace: $(STAMP)  ## take each carrier of a source rule out of core: a scenario of it must fail
	$(BIN)/python -m pytest tests/rulesets/test_trace.py -s

fuzz: $(STAMP)  ## the deep runs: mutated rulesets, engines, honesty of review_at and why_not
	$(BIN)/python -m pytest -m fuzz -n 2 -s --override-ini addopts="-q --strict-markers --import-mode=importlib"

bench: $(STAMP)  ## compare with peers, and write docs/explanation/performance.md
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m benchmarks $(BENCH)

docs: $(STAMP)  ## write every generated page and file anew
	$(BIN)/python -m docs.public_days
	$(BIN)/python -m docs.generate

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* build dist
