# make demo: build, query and view the sample texts.  make test: every test.  Both set up .venv first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check lint types tests lock model evaluate bench clean
.DELETE_ON_ERROR:

.venv/.done: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

demo: .venv/.done  ## The main job on the sample texts: build/graph.trig and build/graph.html
	mkdir -p build
	$(BIN)/kg build notebooks/texts --output build/graph.trig
	$(BIN)/kg query build/graph.trig who-issued-what
	$(BIN)/kg view build/graph.trig --output build/graph.html
	@echo "The graph is build/graph.trig; open build/graph.html in a browser."

test: .venv/.done  ## Every test, style and types included
	$(MAKE) check

check: lint types tests

lint: .venv/.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.done
	$(BIN)/mypy

tests: .venv/.done
	$(BIN)/pytest

lock:  ## Pin the dependencies anew, from a fresh environment
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	.venv-lock/bin/pip freeze --exclude-editable > requirements.lock
	rm -rf .venv-lock

model: .venv/.done  ## Train the model: make model DATA=../shared/data/spacy BASE=folder of the base encoder
	$(BIN)/pip install --quiet --editable '.[train]'
	$(BIN)/python -m extract.training.make $(DATA) --base $(BASE)

evaluate: .venv/.done  ## Figures of the model on public test sets and our test split: make evaluate DATA=../shared/data/spacy
	$(BIN)/python -m extract.training.public $(DATA)
	$(BIN)/kg evaluate extract/training/corpus/test.jsonl
	$(BIN)/python -m kg.identity_scores extract/training/corpus/test.jsonl extract/training/identity/test.csv
	$(BIN)/python -m kg.identity_scores extract/training/corpus/test.jsonl extract/training/identity/test.csv --pipeline

bench: .venv/.done  ## What identity costs: its curve to 100,000 entities and its share of a build
	$(BIN)/python -m tests.bench.identity

clean:
	rm -rf build .venv
