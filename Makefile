# Everything that is run from a checkout. `make` alone lists it.
# Stamps in .venv say which lock file it holds; a changed lock is installed at the next command.

PYTHON  := .venv/bin/python
WORKERS ?= $(shell nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
           --no-annotate --no-strip-extras --custom-compile-command "make lock"
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help run demo-reset risk test check format messages pictures lock semantic bench pycanon fuzz clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.runtime ## Serve the program on this machine, with invented people (kept in var/)
	@$(PYTHON) -m kompetanse migrate
	@$(PYTHON) -m kompetanse seed
	@$(PYTHON) -m kompetanse serve

demo-reset: .venv/.runtime ## Throw the data in var/ away and start over with fresh invented people
	@$(PYTHON) -m kompetanse seed --reset

risk: .venv/.runtime ## Write what neighbours' reading risks to risk.json and risk.html (of the data in var/)
	@$(PYTHON) -m kompetanse migrate
	@$(PYTHON) -m kompetanse seed > /dev/null
	@$(PYTHON) -m kompetanse sharing risk --json risk.json --html risk.html

test: .venv/.dev ## Run all tests on SQLite and PostgreSQL, and in a browser
	@$(PYTHON) -m tests.support.browser
	@$(PYTHON) -m pytest -n $(WORKERS) -m "not e2e" -p tests.support.lines $(ARGS)
	$(if $(ARGS),,@$(PYTHON) -m pytest -n $(WORKERS) -m e2e)

check: .venv/.dev ## Format, lint, types, the arrows of the architecture, migrations, translations
	$(PYTHON) -m ruff format --check --quiet .
	$(PYTHON) -m ruff check --quiet .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m tests.support.check_migrations
	$(PYTHON) -m tests.support.catalogues

format: .venv/.dev ## Put every file into the house format and mend what ruff can mend
	@$(PYTHON) -m ruff check --fix --quiet . || true
	@$(PYTHON) -m ruff format .

pictures: .venv/.dev ## Draw the pictures of the guides anew (look at each before you commit it)
	@$(PYTHON) -m tests.support.browser
	@$(PYTHON) -m tests.support.pictures

messages: .venv/.dev ## Write what the newcomer's pages say by now into every catalogue, to be translated
	@$(PYTHON) -m tests.support.catalogues --update

lock: .venv/.dev ## Compile the lock files from pyproject.toml: exact versions, hashes, no addresses
	@PATH="$$PATH:.venv/bin"; set -e; \
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements.lock; \
	for group in dev bench; do \
	    $(COMPILE) $(UPGRADE) --constraint requirements.lock --group $$group pyproject.toml \
	        -o requirements-$$group.lock; \
	done; \
	$(COMPILE) $(UPGRADE) --constraint requirements.lock --extra semantic pyproject.toml \
	    -o requirements-semantic.lock; \
	for alone in pycanon fuzz; do \
	    $(COMPILE) $(UPGRADE) requirements-$$alone.in -o requirements-$$alone.lock; \
	done
	@! grep -n '://' requirements*.lock || { echo "A lock file names an address."; exit 1; }

semantic: .venv/.runtime .venv/.semantic ## Install the optional search by meaning (off until KOMPETANSE_SEMANTIC=true)

bench: .venv/.dev .venv/.bench ## Measure speed against its targets
	@$(PYTHON) -m tests.bench $(ARGS)

pycanon: .venv/.dev .venv/pycanon/.installed ## Let pyCANON count a release, in an environment of its own
	@$(PYTHON) -m tests.sharing.release_table | .venv/pycanon/bin/python tests/sharing/checked_by_pycanon.py

fuzz: .venv/.dev .venv/fuzz/.installed ## Give every reader of files broken ones for a minute (ARGS="xlsx --seconds 600")
	@PYTHONPATH=.venv/fuzz $(PYTHON) -m tests.fuzz $(ARGS)

clean: ## Remove the environment and what tools left; var/ (the data) stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/.runtime: requirements.lock
	@scripts/install.sh requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock
	@scripts/install.sh requirements-dev.lock
	@touch .venv/.runtime $@

.venv/.bench: requirements-bench.lock
	@scripts/install.sh requirements-bench.lock
	@touch $@

.venv/.semantic: requirements-semantic.lock
	@scripts/install.sh requirements-semantic.lock
	@touch $@

# Its pins collide with ours, so it never meets them.
.venv/pycanon/.installed: requirements-pycanon.lock
	@$(PYTHON) -m venv .venv/pycanon
	@.venv/pycanon/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# A folder beside the environment, which stays as it is.
.venv/fuzz/.installed: requirements-fuzz.lock
	@rm -rf .venv/fuzz
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --target .venv/fuzz -r $<
	@touch $@
