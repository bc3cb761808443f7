# `make` lists what there is. Everything is set up on first use, inside this folder.

TARGET  := $(abspath $(or $(CARGO_TARGET_DIR),target))
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
PYTHON  := .venv/bin/python
STAMPS  := .stamps
TARBALL := bindings-wasm/sitthi-$(VERSION).tgz

files   = $(shell find $(1) -type f -not -path '*/dist/*' -not -path '*/target/*' -not -path '*/node_modules/*' -not -path '*/generated/*' -not -path '*/__pycache__/*' 2>/dev/null)
CORE    := Cargo.toml $(wildcard Cargo.lock) $(call files,core/Cargo.toml core/build.rs core/src core/rulebook)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test bench fuzz lint lint-scripts deny advisories wheel npm kotlin kotlin-sources swift rulebook-check sheets clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  make %-16s %s\n", $$1, $$2 }'

setup: $(STAMPS)/system $(STAMPS)/python $(STAMPS)/node $(STAMPS)/wasm-target ## set up everything that building and testing needs

demo: $(STAMPS)/installed $(STAMPS)/font ## assess workers, route complaints, score a plan, and write the report
	$(PYTHON) demo/run.py

test: ## run every test in every language
	@MAKE="$(MAKE)" tests/run.sh

bench: $(STAMPS)/installed npm ## measure speed and sizes beside their goals
	$(PYTHON) benches/run.py

lint: lint-scripts ## check format and lints
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

PYTHON_FOLDERS := bindings-python/python tests demo benches bindings-mobile/swift

lint-scripts: $(STAMPS)/python $(STAMPS)/node ## check Python and JavaScript
	$(PYTHON) -m ruff check --quiet --config bindings-python/pyproject.toml $(PYTHON_FOLDERS)
	cd bindings-wasm && npx --no-install biome lint --error-on-warnings js tests ../demo ../benches

DENY := cargo deny --all-features

deny: ## check licences, sources and doubles of dependencies (installs cargo-deny on first use)
	command -v cargo-deny >/dev/null || cargo install --locked cargo-deny
	$(DENY) check -D warnings -A license-exception-not-encountered bans licenses sources
	$(DENY) --manifest-path fuzz/Cargo.toml --config deny.toml check -A license-not-encountered -A license-exception-not-encountered bans licenses sources

advisories: ## check the advisories about dependencies, whose database is fetched from github.com
	command -v cargo-deny >/dev/null || cargo install --locked cargo-deny
	$(DENY) check advisories
	$(DENY) --manifest-path fuzz/Cargo.toml --config deny.toml check advisories

wheel: $(STAMPS)/wheel ## build the Python wheel into bindings-python/dist

npm: $(TARBALL) ## build the npm package and pack it

kotlin: kotlin-sources ## build the Kotlin jar with the library for this machine
	mvn -B -q -ntp -f bindings-mobile/kotlin/pom.xml package -DskipTests -Drevision=$(VERSION)

kotlin-sources: $(STAMPS)/kotlin-sources ## generate the Kotlin sources

swift: $(STAMPS)/swift ## generate the Swift sources

FUZZED  := $(basename $(notdir $(wildcard fuzz/fuzz_targets/*.rs)))
SECONDS_EACH ?= 60

fuzz: ## feed each border inputs made to hurt, a minute each (needs a nightly compiler)
	command -v cargo-fuzz >/dev/null || cargo install --locked cargo-fuzz
	for target in $(FUZZED); do cargo +nightly fuzz run $$target --sanitizer none -- -max_total_time=$(SECONDS_EACH) -timeout=20 -rss_limit_mb=4096 || exit 1; done

rulebook-check: $(STAMPS)/installed ## report every fault of the rule files
	.venv/bin/sitthi rulebook check core/rulebook

sheets: $(STAMPS)/installed ## write the lawyers' review sheets into out/sheets
	.venv/bin/sitthi rulebook sheet core/rulebook --out out/sheets

clean: ## remove all that was built or set up
	rm -rf target .venv .stamps out bindings-python/dist bindings-wasm/dist bindings-wasm/node_modules bindings-wasm/*.tgz \
		bindings-mobile/kotlin/target bindings-mobile/kotlin/generated bindings-mobile/swift/generated

# ---- set up once; a stamp is renewed when what it rests on changes

$(STAMPS)/font: tests/system.sh
	tests/system.sh font
	@mkdir -p $(@D) && touch $@

$(STAMPS)/system: tests/system.sh
	tests/system.sh
	@mkdir -p $(@D) && touch $@

$(STAMPS)/python: tests/requirements.txt
	python3 -m venv .venv
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r $<
	@mkdir -p $(@D) && touch $@

$(STAMPS)/node: bindings-wasm/package-lock.json
	cd bindings-wasm && npm ci --no-audit --no-fund --silent
	@mkdir -p $(@D) && touch $@

$(STAMPS)/wasm-target:
	[ -d "$$(rustc --print target-libdir --target wasm32-unknown-unknown)" ] || rustup target add wasm32-unknown-unknown
	@mkdir -p $(@D) && touch $@

# ---- build

$(STAMPS)/wheel: $(CORE) $(STAMPS)/python $(call files,$(addprefix bindings-python/,Cargo.toml build.rs pyproject.toml README.md src python))
	rm -rf bindings-python/dist
	cargo run -q -p xtask --no-default-features -- schema
	.venv/bin/maturin build --release --strip --compression-level 9 -m bindings-python/Cargo.toml -o bindings-python/dist
	@touch $@

$(STAMPS)/installed: $(STAMPS)/wheel
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps bindings-python/dist/*.whl
	@touch $@

$(TARBALL): $(CORE) $(STAMPS)/node $(STAMPS)/wasm-target $(call files,bindings-wasm/Cargo.toml bindings-wasm/src bindings-wasm/js xtask)
	cargo run -q -p xtask -- wasm
	cd bindings-wasm && npm pack --silent ./dist
	@touch $@

# The package as a user gets it, in a folder of its own.
out/npm/node_modules/sitthi/package.json: $(TARBALL)
	rm -rf out/npm && mkdir -p out/npm && echo '{ "private": true, "type": "commonjs" }' > out/npm/package.json
	npm install --prefix out/npm --no-save --no-audit --no-fund --silent ./$(TARBALL)
	@touch $@

MOBILE := $(CORE) $(call files,bindings-mobile/Cargo.toml bindings-mobile/uniffi.toml bindings-mobile/src)

# The generator reads symbols that stripping removes, so it is given the unstripped library built beside it.
$(STAMPS)/mobile: $(MOBILE)
	cargo build -p sitthi-mobile --features bindgen
	cargo build -p sitthi-mobile --profile mobile --lib
	@mkdir -p $(@D) && touch $@

GENERATE = $(TARGET)/debug/uniffi-bindgen generate $(TARGET)/debug/libsitthi_mobile.so --no-format

$(STAMPS)/kotlin-sources: $(STAMPS)/mobile
	rm -rf bindings-mobile/kotlin/generated
	$(GENERATE) --language kotlin --out-dir bindings-mobile/kotlin/generated/sources
	mkdir -p bindings-mobile/kotlin/generated/resources/linux-x86-64
	cp $(TARGET)/mobile/libsitthi_mobile.so bindings-mobile/kotlin/generated/resources/linux-x86-64/
	@touch $@

$(STAMPS)/swift: $(STAMPS)/mobile
	rm -rf bindings-mobile/swift/generated
	$(GENERATE) --language swift --out-dir bindings-mobile/swift/generated
	@touch $@
