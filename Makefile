# Needs Node 20 or newer and npm; Go only after a change in policies/, and for `make test`.
#
#   make build      dist/: the command, the library, the compiled policy
#   make check      judges templates/ and prints what it finds
#   make test       everything that must hold; .ci/run counts it
#   make policies   after a change in policies/ or src/inventory/types.ts: schema, capabilities, policy.wasm, catalogue
#   make rego       after each edit of a rule: format, types, unknown values, tests with coverage (a second or two)
#   make mutate     takes each expression out of each rule in turn and wants a test to fail
#   make bench      how long judging takes

.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

BIN := node_modules/.bin
NPM := node_modules/.package-lock.json
OPA := build/opa
# Paths are embedded in policy.wasm: always these, always from here.
REGO := policies/main.rego policies/lib policies/rules
PACK := policy.wasm catalogue.json capabilities.json schemas/inventory.json
SCRIPTS := $(patsubst scripts/%.ts,build/scripts/%.cjs,$(wildcard scripts/*.ts))

.PHONY: build check test policies rego mutate bench lint clean

# --- What the rest needs -------------------------------------------------------------------------------------------

$(NPM):
	npm ci --no-audit --no-fund

$(OPA): tools/opa/go.mod tools/opa/go.sum
	go build -C tools/opa -trimpath -o ../../build/opa github.com/open-policy-agent/opa
	touch $@

build/scripts/%.cjs: scripts/%.ts $(wildcard scripts/rego/*.ts) $(NPM)
	$(BIN)/esbuild $< --bundle --platform=node --target=node20 --packages=external --log-level=warning --outfile=$@

# --- The policy ----------------------------------------------------------------------------------------------------

# Everything that is generated and committed, made anew beside what is committed.
.PHONY: pack
pack: $(OPA) $(NPM) $(SCRIPTS)
	mkdir -p build/pack/schemas
	$(BIN)/ts-json-schema-generator --path src/inventory/types.ts --type Inventory --tsconfig tsconfig.json \
	  | node build/scripts/schema.cjs > build/pack/schemas/inventory.json
	$(OPA) capabilities --current | node build/scripts/capabilities.cjs > build/pack/capabilities.json
	$(OPA) build --target wasm --entrypoint durable_guard/results --entrypoint durable_guard/answers \
	  --capabilities build/pack/capabilities.json --ignore '*_test.rego' --output build/pack/bundle.tar.gz $(REGO)
	tar -xzf build/pack/bundle.tar.gz -C build/pack /policy.wasm 2> build/pack/tar.log && chmod 644 build/pack/policy.wasm
	$(OPA) inspect --annotations --format json policies | node build/scripts/catalogue.cjs > build/pack/catalogue.json

policies: pack
	mkdir -p policies/schemas
	for file in $(PACK); do cmp -s build/pack/$$file policies/$$file || cp build/pack/$$file policies/$$file; done

# RULE=durable/durable_config_limits looks at that rule (or family) alone.
ifdef RULE
JUDGED := policies/rules/$(RULE)
LOADED := policies/main.rego policies/lib policies/rules/$(RULE)
else
JUDGED := policies/main.rego policies/lib policies/rules
LOADED := policies/main.rego policies/main_test.rego policies/lib policies/rules
endif

rego: $(OPA) $(SCRIPTS)
	$(OPA) fmt --fail --list $(JUDGED)
	$(OPA) check --strict --schema policies/schemas --capabilities policies/capabilities.json $(LOADED)
	node build/scripts/wrapped.cjs $(OPA) policies/schemas/inventory.json $(JUDGED)
	$(OPA) test $(LOADED)
	$(OPA) test --coverage $(LOADED) | node build/scripts/uncovered.cjs $(JUDGED)
