SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.SUFFIXES:
.NOTPARALLEL:
.PHONY: help demo test lint messages lock format check-migrations check-production pytest translations static browser gettext postgres

PORT ?= 8000
export PORT
PYTHON ?= python3
BIN := .venv/bin
# Major version of the Postgres that the tests run on: empty for the newest of the embedded ones, 15 for Debian's.
PG ?=
export PG
# Debian packages are installed by root, or by whoever may become root.
APT = $(if $(filter 0,$(shell id -u)),,sudo) env DEBIAN_FRONTEND=noninteractive apt-get
export PYTHONUNBUFFERED := 1

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: .venv/.runtime translations static ## Start the portal with demo content at http://localhost:8000 (PORT=… for another port)
	@DEMO=1 exec $(BIN)/python manage.py demo

test: .venv/.dev tests/node_modules/.stamp translations static browser gettext postgres lint check-migrations check-production pytest ## Lint, check and test everything (PG=15 for Debian's Postgres 15)

PRETTIER = PATH="$(CURDIR)/$(BIN):$$PATH" tests/node_modules/.bin/prettier --config tests/package.json

lint: .venv/.dev tests/node_modules/.stamp
	@echo "── Linting"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "Some files are not formatted: run make format."; exit 1; }
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/djlint --quiet --check templates || { echo "Some templates are not formatted: run make format."; exit 1; }
	@$(PRETTIER) --log-level warn --check static/css || { echo "Some style sheets are not formatted: run make format."; exit 1; }

check-migrations: .venv/.dev
	@echo "── Looking for missing migrations"
	@DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run

check-production: .venv/.dev static
	@echo "── Checking production settings"
	@env -u DEMO -u DEBUG SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
		NUMBER_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
		ALLOWED_HOSTS=portal.example DATABASE_URL=postgres://portal@db.example/portal \
		EMAIL_URL=submission://portal:secret@mail.example:587 TRUSTED_PROXIES=1 \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

pytest: .venv/.dev
	@echo "── Testing"
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal

messages: .venv/.dev ## Collect new texts into the Swedish catalogue (needs gettext)
	@DEBUG=1 $(BIN)/python manage.py makemessages -l sv --no-location --no-wrap --ignore .venv --ignore tests
	@sed -i '/^# \{0,1\}|/d' $(CATALOGUES)  # what a fuzzy guess was made from
	@$(MAKE) translations

format: .venv/.dev tests/node_modules/.stamp ## Format the code
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .
	@$(BIN)/djlint --quiet --warn --reformat templates
	@$(PRETTIER) --log-level warn --write static/css

LOCK = $(BIN)/uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header $(UPGRADE)

lock: .venv/.dev ## Write the lock files anew after a change of pyproject.toml (UPGRADE=--upgrade for newer versions)
	@$(LOCK) --all-extras -o requirements-dev.txt
	@$(LOCK) --extra s3 -c requirements-dev.txt -o requirements-s3.txt
	@$(LOCK) -c requirements-dev.txt -o requirements.txt

# What the targets above stand on; each is made anew only when what it is made from has changed.

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; PYTHON=… names one."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "── Installing python3-venv" && $(APT) -qq update && $(APT) -qq -y install python3-venv >/dev/null; } \
		|| { echo "Python cannot make virtual environments here: install Debian's package python3-venv."; exit 1; }
	@echo "── Making a virtual environment in .venv"
	@$(PYTHON) -m venv .venv

.venv/.runtime: requirements.txt | .venv/bin/pip
	@echo "── Installing $$(grep -c '==' $<) packages; half a minute the first time"
	@$(BIN)/pip install --quiet --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/.dev: requirements-dev.txt | .venv/bin/pip
	@echo "── Installing $$(grep -c '==' $<) packages; a minute the first time"
	@$(BIN)/pip install --quiet --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@ .venv/.runtime

tests/node_modules/.stamp: tests/package-lock.json .venv/.dev
	@echo "── Fetching the HTML checker, a reader of calendars and the formatter of style sheets"
	@cd tests && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

CATALOGUES := $(wildcard creativenorth/locale/*/LC_MESSAGES/django.po)
translations: $(CATALOGUES:.po=.mo)
%.mo: %.po
	@echo "── Compiling translations"
	@$(BIN)/pybabel --quiet compile -i $< -o $@

STATIC := $(shell find static -type f) $(wildcard creativenorth/run/staticstorage.py)
static: .data/static/.stamp
.data/static/.stamp: $(STATIC) requirements.txt
	@echo "── Collecting static files"
	@DEMO=1 $(BIN)/python manage.py collectstatic --noinput --clear -v 0
	@touch $@

browser:
	@command -v chromium >/dev/null || { echo "── Installing Chromium" && $(APT) -qq update && $(APT) -qq -y install chromium >/dev/null; } \
		|| { echo "The browser tests need Chromium: install Debian's package chromium."; exit 1; }

gettext:
	@command -v xgettext >/dev/null || { echo "── Installing gettext" && $(APT) -qq update && $(APT) -qq -y install gettext >/dev/null; } \
		|| { echo "The tests of the translations need xgettext: install Debian's package gettext."; exit 1; }

postgres: .venv/.dev
ifneq ($(PG),)
	@$(BIN)/python -c 'from creativenorth.run import postgres; postgres.binaries($(PG))' 2>/dev/null \
		|| { echo "── Installing Postgres $(PG)" && $(APT) -qq update && $(APT) -qq -y install postgresql-$(PG) >/dev/null; } \
		|| { echo "The tests on Postgres $(PG) need Debian's package postgresql-$(PG)."; exit 1; }
endif
