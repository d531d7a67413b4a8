# MPS: what one does with this repository. `make help` explains.

BIN := .venv/bin
PY := $(BIN)/python
SYSTEM_PYTHON = $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$name && break; \
	done)
export REFLEX_TELEMETRY_ENABLED := false

.DEFAULT_GOAL := help
.PHONY: help run reset seed migrate doctor check test test-fast test-live bench lock words room format

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/run: requirements.lock
	@$(or $(SYSTEM_PYTHON),python3) mps_app/launch/bootstrap.py run

.venv/dev: requirements-dev.lock requirements.lock
	@$(or $(SYSTEM_PYTHON),python3) mps_app/launch/bootstrap.py dev

run: .venv/run ## Start the whole school on http://localhost:3000 (MPS_PORT changes it); Ctrl-C ends it
	@exec $(PY) -m mps_app.cli run

reset: .venv/run ## Forget all data of the demo; the next start begins anew
	@$(PY) -m mps_app.cli reset

seed: .venv/run ## Fill the demo school, if it is not filled yet
	@$(PY) -m mps_app.cli seed

migrate: .venv/run ## Bring the database to the newest migration
	@$(PY) -m mps_app.cli migrate

doctor: .venv/run ## Check what must always be true
	@$(PY) -m mps_app.cli doctor

check: .venv/dev ## Formatting, linting, types, floors, architecture, migration drift (under a minute)
	@$(PY) -m tests.check

test: .venv/dev ## The whole suite: real database, mail, sign-in provider and browser
	@echo "two halves side by side, in five to ten minutes; each tells how it went when it is over"
	@$(MAKE) --no-print-directory -j2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) test-fast test-live

test-fast: .venv/dev ## The half that needs neither the running system nor a browser
	@$(PY) -m pytest -n 2 --dist worksteal -m "not live"

test-live: .venv/dev ## The half that drives the whole running system
	@$(PY) -m pytest -n 2 --dist worksteal -m live

format: .venv/dev ## Put the code into its form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: .venv/dev ## Measure, and print the table
	@$(PY) -m bench

words: .venv/dev ## Gather the message ids from the code and say which lack a translation
	@$(PY) -m mps_app.text.gather

room: .venv/dev ## What a room is made of on each floor: make room NAME=applications
	@$(PY) -m tests.architecture.room $(NAME)

lock: .venv/dev ## Choose the newest allowed versions anew and lock them with their hashes
	@$(PY) mps_app/launch/bootstrap.py lock
