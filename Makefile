# What a person or CI does with this repository. `make` alone lists it.
# PYTHON names the interpreter (3.11 or newer), VENV the folder its packages go to.

PYTHON ?= python3
VENV ?= .venv
DESK ?= examples/lumen
FUZZ ?= 5

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
FAKESNOW := .emulators/fakesnow
VENVS := fakesnow localstripe letters
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile

.DEFAULT_GOAL := help
.PHONY: browser chaos help demo check model-check test test-postgres test-systems test-web test-api fuzz screens lint format translations eval emulators systems lock lock-systems lock-web lock-api lock-fuzz lock-peers peers clean docs reference lock-docs audit auditors sbom lock-audit wheel test-wheel

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/runtime.stamp  ## Let the demo company's customers write, and serve the workspace
	@$(BIN)/deskhand demo --desk $(DESK)

check: $(VENV)/runtime.stamp  ## Report every fault of the desk in DESK (the demo company's, if not said)
	@$(BIN)/deskhand check --desk $(DESK)

# The development packages hold what speaks to every provider, pinned by hash.
model-check: $(VENV)/dev.stamp  ## Put 60 messages to the language model in MODEL, and report what became of them
	@test -n "$(MODEL)" || { echo "Say which model: make model-check MODEL=qwen3:8b@http://127.0.0.1:11434/v1"; exit 1; }
	@$(BIN)/deskhand model-check "$(MODEL)" --desk $(DESK)

test: $(VENV)/dev.stamp lint emulators  ## Lint, check types and run every test: what CI calls
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -rs

# A server of its own, started as whoever runs this or, for root, as somebody else; needs Debian's package postgresql.
test-postgres: $(VENV)/dev.stamp  ## Run every test, or those in PART, with all desks on PostgreSQL (half an hour and more)
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -rs --database postgresql $(PART)

# Each of these is somebody else's work and has a folder of its own below .emulators/; none is imported by us. What cannot
# be had (no Node, no network, no PostgreSQL, no Dovecot) is skipped, and the tests say why.
test-systems: $(VENV)/dev.stamp emulators systems  ## Run the tests against other people's emulators of the systems
	@echo "Running the tests against other people's emulators (a minute or two; some take most of one to start) ..."
	@$(BIN)/python -m pytest -n 0 -rs -m 'systems or emulator'
	@if [ -x $(FAKESNOW)/bin/fakesnow ]; then \
		echo "Running those against Snowflake's, where its driver is ..."; \
		PYTHONPATH=src $(FAKESNOW)/bin/python -m pytest -rs -m systems --confcutdir tests/systems tests/systems/test_snowflake.py; \
	fi

# Playwright drives Debian's own Chromium (apt-get install chromium); it fetches no browser.
test-web: browser  ## Run the tests in a real browser, where there is Chromium
	@$(BIN)/python -m pytest -n 0 -rs -m browser tests/web

# Schemathesis asks every operation of the OpenAPI document, as each role and as nobody.
test-api: $(VENV)/dev.stamp  ## Have somebody else's generator ask the whole API, as each role (a few minutes)
	@cmp -s tests/openapi/requirements.txt $(VENV)/api.txt || { echo "Installing what asks the API ..."; \
	$(PIP) install --require-hashes --requirement tests/openapi/requirements.txt && cp tests/openapi/requirements.txt $(VENV)/api.txt; }
	@$(BIN)/python -m pytest -n 0 -rs -m openapi tests/openapi

# Hypothesis tries every door at random; Atheris, where it can be had, goes on where an input reaches lines that none did.
fuzz: $(VENV)/dev.stamp  ## Try every parser that faces strangers for FUZZ seconds each way (5, if not said: ten minutes)
	@cmp -s tests/fuzz/requirements.txt $(VENV)/fuzz.txt || { echo "Installing what leads inputs to new lines ..."; \
	$(PIP) install --require-hashes --requirement tests/fuzz/requirements.txt && \
	cp tests/fuzz/requirements.txt $(VENV)/fuzz.txt || echo "That failed: inputs are tried at random only."; }
	@$(BIN)/python -m pytest -n 0 -rs tests/fuzz tests/api/test_widget_site.py --fuzz-seconds $(FUZZ) \
		-k 'comes_of_anything or breaks_it_no_more or whatever_is_sent'
	@echo "Large inputs, and the same ones again and again:" && PYTHONPATH=src $(BIN)/python -m tests.fuzz.bounded 20
	@for one in $$(PYTHONPATH=src $(BIN)/python -m tests.fuzz.guided); do \
		test -f $(VENV)/fuzz.txt || break; echo "Led by lines: $$one"; \
		PYTHONPATH=src $(BIN)/python -m tests.fuzz.guided $$one $(FUZZ) || exit 1; \
	done

lock-fuzz: $(VENV)/dev.stamp  ## Choose anew what `make fuzz` installs, and pin it by hash
	@$(PIP) install 'pip-tools>=7.5,<8'
	@CUSTOM_COMPILE_COMMAND="make lock-fuzz" $(BIN)/pip-compile --config tests/fuzz/pip-tools.toml --upgrade \
		--constraint requirements-dev.lock --output-file tests/fuzz/requirements.txt tests/fuzz/requirements.in

wheel: $(VENV)/dev.stamp  ## Build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel -d dist

# Not in `make test`: every package is installed anew, which takes a minute or two and a package index.
test-wheel: wheel  ## Install the wheel into an empty environment, and run the demo from it, outside of this folder
	@$(BIN)/python -m pytest -n 0 -rs -m wheel tests/wheel

# Hosts of its own, in a network that leads nowhere and a disk in memory: all of it is gone with the command. Needs root.
chaos: $(VENV)/dev.stamp  ## Kill four workers on PostgreSQL 200 times, and cut, slow, fill and stop everything (some 15 minutes)
	@unshare --net --mount sh -c "ip link set lo up && $(BIN)/python -m pytest -n 0 -rs -s -m chaos tests/chaos $(CHAOS)"

# MkDocs 2 is another program of the same name; its makers' warning about it is no fault of a page.
docs: $(VENV)/dev.stamp  ## Build the documentation as pages in build/docs; a warning is a fault, and nothing is fetched
	@cmp -s docs/site/requirements.txt $(VENV)/docs.txt || { echo "Installing what builds the pages ..."; \
	$(PIP) install --require-hashes --requirement docs/site/requirements.txt && cp docs/site/requirements.txt $(VENV)/docs.txt; }
	@NO_MKDOCS_2_WARNING=true $(BIN)/mkdocs build --quiet --strict --clean
	@echo "Read them: $(BIN)/python -m http.server --bind 127.0.0.1 --directory build/docs 8001"

reference: $(VENV)/dev.stamp  ## Write anew the pages of docs/ that are made from the program
	@PYTHONPATH=src:. $(BIN)/python -m docs.site

# Everything is looked at before it ends: with 1 when something was found, or when nobody could tell. What was found lies in
# build/audit/, for `deskhand audit evidence --scan build/audit`. ADVISORIES is a folder or an archive of OSV records, for where
# the package registry tells nothing of weaknesses.
audit: auditors  ## Look for weak code, weak packages, and secrets in files and history (a minute or two)
	@mkdir -p build/audit; failed=0; \
	echo "Code (bandit) ..."; \
	$(BIN)/bandit --quiet --recursive src --configfile pyproject.toml --format json --output build/audit/code.json \
		2>build/audit/code.log || { failed=1; $(BIN)/bandit --quiet --recursive src --configfile pyproject.toml; }; \
	echo "Secrets in tracked files and in the history ..."; \
	$(BIN)/python -m tests.audit.secret_scan --history >build/audit/secrets.json || failed=1; \
	echo "Packages of both locks ..."; \
	$(BIN)/python -m tests.audit.weak_packages $(if $(ADVISORIES),--advisories $(ADVISORIES)) \
		requirements.lock requirements-dev.lock >build/audit/packages.json || failed=1; \
	cat build/audit/secrets.json build/audit/packages.json; \
	test $$failed = 0 && echo "Nothing was found." || { echo "Not clean, or not all was checked: see above."; exit 1; }

sbom: auditors  ## Write what Deskhand runs on as a CycloneDX document, to build/sbom.json
	@mkdir -p build
	@$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-format JSON --spec-version 1.6 \
		--output-reproducible --validate --output-file build/sbom.json
	@echo "build/sbom.json"

auditors: $(VENV)/dev.stamp
	@cmp -s tests/audit/requirements.txt $(VENV)/audit.txt || { echo "Installing what looks for weaknesses ..."; \
	$(PIP) install --require-hashes --requirement tests/audit/requirements.txt && cp tests/audit/requirements.txt $(VENV)/audit.txt; }

screens: browser  ## Take the pictures of docs/screens anew, where there is Chromium (a minute or two)
	@mkdir -p docs/screens
	@$(BIN)/python -m pytest -n 0 -rs -m browser tests/web/test_pictures.py --pictures docs/screens

browser: $(VENV)/dev.stamp
	@if [ -x /usr/bin/chromium ]; then \
		cmp -s tests/web/requirements.txt $(VENV)/web.txt || { echo "Installing what drives the browser ..."; \
		$(PIP) install --require-hashes --requirement tests/web/requirements.txt && cp tests/web/requirements.txt $(VENV)/web.txt; }; \
	else echo "There is no /usr/bin/chromium: what needs a browser is skipped. Install it with: apt-get install chromium"; fi

lint: $(VENV)/dev.stamp  ## Lint, formatting and types, without the tests
	@echo "Checking style and types ..."
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

format: $(VENV)/dev.stamp  ## Put the source into its one format
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

# A string that is new comes in without a translation, one that is gone goes; tests/web/test_translations.py tells which lack one.
translations: $(VENV)/dev.stamp  ## Bring the translations of the workspace up to date with its templates
	@cd src/deskhand/entrypoints/web && \
	$(abspath $(BIN))/pybabel -q extract --mapping translations/babel.cfg --no-location \
		--output $(abspath $(VENV))/workspace.pot . && \
	for one in translations/*.po; do \
		$(abspath $(BIN))/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 120 \
			--input-file $(abspath $(VENV))/workspace.pot --output-file $$one --locale $$(basename $$one .po) || exit 1; \
	done

eval: $(VENV)/dev.stamp  ## Measure understanding and search on the data of evals/, and compare (a few minutes)
	@PYTHONPATH=src:. $(BIN)/python -m evals

# Somebody else's Stripe judges our client of it. Without Node, or without a network, those tests are skipped and say so.
emulators:  ## Install what judges our clients from outside, pinned by hash, where there is Node
	@if ! command -v node >/dev/null || ! command -v npm >/dev/null; then \
		echo "There is no Node here: tests against somebody else's Stripe are skipped."; \
	elif ! cmp -s tests/emulators/package-lock.json .emulators/installed.json; then \
		echo "Installing somebody else's Stripe, pinned by hash (a few seconds) ..."; \
		mkdir -p .emulators && cp tests/emulators/*.json .emulators/ && \
		npm ci --prefix .emulators --ignore-scripts --no-audit --no-fund --silent && \
		cp tests/emulators/package-lock.json .emulators/installed.json || \
		echo "That failed: tests against somebody else's Stripe are skipped."; \
	fi

systems: $(VENV)/dev.stamp  ## Install what judges our clients in `make test-systems`, pinned by hash
	@if ! command -v node >/dev/null || ! command -v npm >/dev/null; then \
		echo "There is no Node here: tests against the vendors' documents are skipped."; \
	elif ! cmp -s tests/emulators/documents/package-lock.json .emulators/documents/installed.json; then \
		echo "Installing what answers by the vendors' documents (90 MB, half a minute) ..."; \
		mkdir -p .emulators/documents && cp tests/emulators/documents/*.json .emulators/documents/ && \
		npm ci --prefix .emulators/documents --ignore-scripts --no-audit --no-fund --silent && \
		cp tests/emulators/documents/package-lock.json .emulators/documents/installed.json || \
		echo "That failed: tests against the vendors' documents are skipped."; \
	fi
	@for one in $(VENVS); do \
		cmp -s tests/emulators/$$one.txt .emulators/$$one/installed.txt && continue; \
		echo "Installing $$one into a virtual environment of its own ..."; \
		rm -rf .emulators/$$one && $(BIN)/python -m venv .emulators/$$one && \
		.emulators/$$one/bin/python -m pip --disable-pip-version-check -qq install --require-hashes \
			--requirement tests/emulators/$$one.txt && \
		cp tests/emulators/$$one.txt .emulators/$$one/installed.txt || \
		{ echo "That failed: tests against $$one are skipped."; rm -rf .emulators/$$one; }; \
	done

lock: $(VENV)/dev.stamp  ## Choose versions anew, within the ranges of pyproject.toml, and pin them by hash
	@echo "Choosing versions (a minute or two) ..."
	@$(PIP) install 'pip-tools>=7.5,<8'
	@$(COMPILE) --upgrade --constraint constraints.txt --output-file requirements.lock pyproject.toml
	@$(COMPILE) --upgrade --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

lock-systems: $(VENV)/dev.stamp  ## Choose anew what `make test-systems` installs for Python, and pin it by hash
	@$(PIP) install 'pip-tools>=7.5,<8'
	@cd tests/emulators && for one in $(VENVS); do \
		CUSTOM_COMPILE_COMMAND="make lock-systems" $(CURDIR)/$(BIN)/pip-compile --config pip-tools.toml --upgrade \
			--output-file $$one.txt $$one.in; \
	done

lock-web: $(VENV)/dev.stamp  ## Choose anew what `make test-web` installs, and pin it by hash
	@$(PIP) install 'pip-tools>=7.5,<8'
	@CUSTOM_COMPILE_COMMAND="make lock-web" $(BIN)/pip-compile --config tests/web/pip-tools.toml --upgrade \
		--constraint requirements-dev.lock --output-file tests/web/requirements.txt tests/web/requirements.in

# Other people's frameworks, each in a folder of its own below .peers/ (1.4 GB, most of it Parlant's); none is imported by us.
peers: $(VENV)/dev.stamp  ## Run the same tickets through other frameworks and through ours, and compare (ten minutes)
	@for one in openai-agents langgraph parlant; do \
		cmp -s benchmarks/peers/requirements/$$one.txt .peers/$$one/installed.txt && continue; \
		echo "Installing $$one into a virtual environment of its own ..." >&2; \
		rm -rf .peers/$$one && $(BIN)/python -m venv .peers/$$one && \
		.peers/$$one/bin/python -m pip --disable-pip-version-check -qq install --require-hashes \
			--requirement benchmarks/peers/requirements/$$one.txt && \
		cp benchmarks/peers/requirements/$$one.txt .peers/$$one/installed.txt || \
		{ echo "That failed: $$one is left out." >&2; rm -rf .peers/$$one; }; \
	done
	@$(BIN)/python benchmarks/peers/run.py --peers .peers --python $(BIN)/python --desk $(DESK)

lock-peers: $(VENV)/dev.stamp  ## Choose anew which versions of other frameworks are measured, and pin them by hash
	@$(PIP) install 'pip-tools>=7.5,<8'
	@cd benchmarks/peers/requirements && for one in openai-agents langgraph parlant; do \
		CUSTOM_COMPILE_COMMAND="make lock-peers" $(CURDIR)/$(BIN)/pip-compile --config pip-tools.toml --upgrade \
			--output-file $$one.txt $$one.in; \
	done

lock-api: $(VENV)/dev.stamp  ## Choose anew what `make test-api` installs, and pin it by hash
	@$(PIP) install 'pip-tools>=7.5,<8'
	@CUSTOM_COMPILE_COMMAND="make lock-api" $(BIN)/pip-compile --config tests/openapi/pip-tools.toml --upgrade \
		--constraint requirements-dev.lock --output-file tests/openapi/requirements.txt tests/openapi/requirements.in

lock-docs: $(VENV)/dev.stamp  ## Choose anew what `make docs` installs, and pin it by hash
	@$(PIP) install 'pip-tools>=7.5,<8'
	@CUSTOM_COMPILE_COMMAND="make lock-docs" $(BIN)/pip-compile --config docs/site/pip-tools.toml --upgrade \
		--constraint requirements-dev.lock --output-file docs/site/requirements.txt docs/site/requirements.in

lock-audit: $(VENV)/dev.stamp  ## Choose anew what `make audit` installs, and pin it by hash
	@$(PIP) install 'pip-tools>=7.5,<8'
	@CUSTOM_COMPILE_COMMAND="make lock-audit" $(BIN)/pip-compile --config tests/openapi/pip-tools.toml --upgrade \
		--constraint requirements-dev.lock --output-file tests/audit/requirements.txt tests/audit/requirements.in

clean:  ## Remove the virtual environment and every cache
	rm -rf $(VENV) .emulators .peers .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Deskhand needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# pyproject.toml is a prerequisite because the commands and the version come from it.
$(VENV)/runtime.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Deskhand runs on, pinned by hash (half a minute or so the first time) ..."
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Deskhand is built and tested with, pinned by hash (a minute or so the first time) ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
