#!/usr/bin/env bash
# Runs every suite in every language. The last line is `N passed, N failed`; the exit code is 0 only where nothing failed and every suite ran.
set -u
cd "$(dirname "$0")/.." || exit 1

MAKE=${MAKE:-make}
PYTHON=.venv/bin/python
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
logs=out/tests
rm -rf "$logs" out/decisions
mkdir -p "$logs" out/decisions
passed=0 failed=0 summary=()

# Each counter prints `passed failed skipped` from a suite's log or reports.
count_check() { [ "$2" = 0 ] && echo "1 0 0" || echo "0 1 0"; }
count_build() { [ "$2" = 0 ] && echo "0 0 0" || echo "0 1 0"; }
count_cargo() { awk '/^test result:/ { p += $4; f += $6; s += $8 } END { print p + 0, f + 0, s + 0 }' "$1"; }
count_node() { awk '/^# pass / { p = $3 } /^# (fail|cancelled) / { f += $3 } /^# (skipped|todo) / { s += $3 } END { print p + 0, f + 0, s + 0 }' "$1"; }
count_lines() { awk '/^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3 } END { print p + 0, f + 0, 0 }' "$1"; }
count_xml() {
  python3 - "$reports" <<'PY'
import glob, sys, xml.etree.ElementTree as tree
total = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
for file in glob.glob(sys.argv[1]):
    for suite in tree.parse(file).iter("testsuite"):
        for name in total:
            total[name] += int(suite.get(name) or 0)
failed = total["failures"] + total["errors"]
print(total["tests"] - failed - total["skipped"], failed, total["skipped"])
PY
}

# suite NAME COUNTER COMMAND…
suite() {
  local name=$1 counter=$2 log code p f s note="" began=$SECONDS
  shift 2
  log="$logs/${name// /-}.log"
  printf '\n== %s\n' "$name"
  timeout --kill-after=10 1500 "$@" >"$log" 2>&1
  code=$?
  read -r p f s < <("count_$counter" "$log" "$code")
  if [ "$code" != 0 ] && [ "$f" = 0 ]; then f=1 note=" (stopped with exit code $code)"; fi
  if [ "$code" = 0 ] && [ "$counter" != build ] && [ $((p + f)) = 0 ]; then f=1 note=" (ran no test)"; fi
  [ "$s" = 0 ] || note="$note ($s skipped)"
  [ "$f" = 0 ] || tail -n 60 "$log"
  passed=$((passed + p)) failed=$((failed + f))
  summary+=("$(printf '%-28s %6d passed %4d failed %5d s%s' "$name" "$p" "$f" $((SECONDS - began)) "$note")")
  echo "${summary[-1]}"
}

fresh_python() {
  # The wheel alone must import and answer; only then do the tests' packages join it.
  rm -rf out/venv && python3 -m venv out/venv && out/venv/bin/pip install --quiet --no-index --no-deps bindings-python/dist/*.whl || return 1
  (cd out && venv/bin/python -I -c 'import sitthi; print(sitthi.__file__)') || return 1
  $PYTHON -c 'import sysconfig; print(sysconfig.get_path("purelib"))' >"$(out/venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/tests.pth"
}

agree() {
  local language p=0 f=0
  for language in python node browser kotlin; do
    if [ -s out/decisions/rust.jsonl ] && cmp out/decisions/rust.jsonl "out/decisions/$language.jsonl"; then
      p=$((p + 1))
    else
      f=$((f + 1)) && echo "$language does not give what Rust gives, byte for byte"
      diff out/decisions/rust.jsonl "out/decisions/$language.jsonl" | cut -c 1-400 | head -n 6
    fi
  done
  echo "$p passed, $f failed"
  [ "$f" = 0 ]
}
export -f fresh_python agree
export PYTHON

CHROMIUM=$(tests/system.sh) || echo "no browser: its suite will fail"
export CHROMIUM

suite "setup" build "$MAKE" setup
suite "format" check cargo fmt --all --check
suite "lints" check cargo clippy --workspace --all-targets -- -D warnings
suite "lints of scripts" check "$MAKE" lint-scripts
suite "rust" cargo cargo test --no-fail-fast
suite "arrow" cargo cargo test --no-fail-fast -p sitthi-arrow
suite "build wheel" build "$MAKE" wheel
suite "the wheel stands alone" check bash -c fresh_python
reports=$logs/pytest.xml
suite "python" xml out/venv/bin/python -m pytest -q -p no:cacheprovider tests/python --junitxml="$reports"
suite "build npm" build "$MAKE" npm out/npm/node_modules/sitthi/package.json
suite "node" node node --test --test-reporter=tap bindings-wasm/tests/node.test.js
reports=$logs/walk.xml
suite "a change of law" xml out/venv/bin/python -m pytest -q -p no:cacheprovider tests/walk --junitxml="$reports"
suite "browser" node node --test --test-reporter=tap bindings-wasm/tests/browser.test.js
suite "build kotlin" build "$MAKE" kotlin-sources
reports=bindings-mobile/kotlin/target/surefire-reports/TEST-*.xml
suite "kotlin" xml mvn -B -ntp -f bindings-mobile/kotlin/pom.xml test
suite "build swift" build "$MAKE" swift
suite "swift" lines $PYTHON bindings-mobile/swift/check.py bindings-mobile/swift/generated "$CARGO_TARGET_DIR/mobile/libsitthi_mobile.so"
suite "all languages agree" lines bash -c agree

printf '\n'
printf '%s\n' "${summary[@]}"
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
