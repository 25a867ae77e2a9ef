.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
MOVING := $(VENV)/.moving
# One more than there are cores, since many tests wait for a server or a browser of theirs.
TEST_WORKERS ?= $(shell $(PYTHON) -c 'import os; print(min(4, (os.cpu_count() or 1) + 1))')

.PHONY: help install run test bench chaos test-model eval check format db-setup db-local db-migrate db-verify db-backup db-restore db-copy model-check usage-report cost-report clean

##@ Use it

help: ## show this list
	@awk -F ':.*## ' '/^##@ / { print "\n" substr($$0, 5) } /^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' \
	  $(MAKEFILE_LIST)

install: $(RUNTIME) ## set up: virtual environment and pinned packages

run: $(RUNTIME) ## run FlavorBot at http://localhost:8000 (HOST, PORT, WEB_CONCURRENCY … as in the README)
	@exec $(BIN)/python -m flavorbot.startup

##@ Work on it

test: $(DEVELOPMENT) ## set up and run the whole suite
	@$(BIN)/python -m pytest --numprocesses $(TEST_WORKERS) --dist worksteal

bench: $(DEVELOPMENT) ## measure what each page costs beside what it cannot do without, as tables (SECONDS=3 a row; 10 minutes)
	@$(BIN)/python -m tests.bench

chaos: $(DEVELOPMENT) ## break everything there is to break, and print what came of it (SOAK=60 minutes; else 15 in all)
	@$(BIN)/python -m tests.chaos $(if $(SOAK),--soak $(SOAK))

test-model: $(DEVELOPMENT) ## let a real language model cook (fetches 1.1 GB; 10 to 40 minutes), as a table
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps xllamacpp==2026.10.11549
	@$(BIN)/python -m tests.evaluation.model

eval: $(DEVELOPMENT) ## measure recipes and checker over the request set, as a table (GENERATOR=model, REQUESTS=20)
	@$(BIN)/python -m tests.evaluation

check: $(DEVELOPMENT) ## types, lint and formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(DEVELOPMENT) ## format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

##@ Run it for others: the store

db-setup: $(RUNTIME) ## make or check the DynamoDB table that the settings name
	@$(BIN)/flask --app wsgi db-setup

db-local: $(RUNTIME) ## start DynamoDB Local and print the settings to use
	@$(BIN)/flask --app wsgi db-local

db-migrate: $(MOVING) ## move in another database, bucket or folder: SOURCE=… OPTIONS="--dry-run" (README, Moving in)
	@$(BIN)/flask --app wsgi db-migrate $(if $(SOURCE),"$(SOURCE)") $(OPTIONS)

db-verify: $(MOVING) ## compare every row of SOURCE with what is stored here
	@$(BIN)/flask --app wsgi db-verify $(if $(SOURCE),"$(SOURCE)") $(OPTIONS)

db-backup: $(RUNTIME) ## write all that the store keeps into a file: FILE=box.backup
	@$(BIN)/flask --app wsgi db-backup $(if $(FILE),"$(FILE)")

db-restore: $(RUNTIME) ## put it back: FILE=box.backup OPTIONS="--dry-run"
	@$(BIN)/flask --app wsgi db-restore $(if $(FILE),"$(FILE)") $(OPTIONS)

db-copy: $(RUNTIME) ## copy the store to another engine: TO=dynamodb:flavorbot or TO=sqlite:data
	@$(BIN)/flask --app wsgi db-copy $(if $(TO),"$(TO)") $(OPTIONS)

##@ Run it for others: what it does and costs

model-check: $(RUNTIME) ## ask the language model that the settings name, and say what works
	@$(BIN)/flask --app wsgi model-check

usage-report: $(RUNTIME) ## what the language model took, month by month
	@$(BIN)/flask --app wsgi usage-report

cost-report: $(RUNTIME) ## what DynamoDB took, month by month, as money for a thousand people
	@$(BIN)/flask --app wsgi cost-report

##@ Clean up

clean: ## remove what was installed and cached; data/ stays
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "FlavorBot needs Python 3.11 or newer")'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(RUNTIME): requirements.txt constraints.txt | $(VENV)/bin/python
	@echo "Installing packages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 -r requirements.txt
	@touch $@

$(MOVING): requirements-move.txt $(RUNTIME)
	@echo "Installing packages that read other databases …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 -r requirements-move.txt
	@touch $@

$(DEVELOPMENT): requirements-dev.txt requirements-move.txt $(RUNTIME)
	@echo "Installing packages for tests …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 -r requirements-dev.txt
	@touch $@
