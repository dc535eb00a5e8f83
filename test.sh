#!/usr/bin/env bash
# The gate, for people and CI alike: sets everything up, then build with warnings and style as errors, whitespace check, all tests (Azurite, browser,
# both published heads, Bicep). Ends with a line "N passed, N failed".
#   --deep   also explores a million schedules of the simulation and more, and fuzzes the parsers (docs/reliability.md); takes hours
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
cd "$root"
work=$(mktemp -d)
npm=
trap 'if [ -n "$npm" ]; then kill "$npm" 2>/dev/null || true; wait "$npm" 2>/dev/null || true; fi; rm -rf "$work"' EXIT

step() { printf '\n== %s\n' "$*"; }

missing=()
command -v clang >/dev/null || missing+=(clang)
[ -f /usr/include/zlib.h ] || missing+=(zlib1g-dev)
command -v chromium >/dev/null || missing+=(chromium)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
[ "${1:-}" != --deep ] || command -v afl-fuzz >/dev/null || missing+=(afl++)
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" != 0 ]; then
  echo "Please install: ${missing[*]}" >&2
  exit 1
fi
# The same engine without windows: the browser's tests take half the time. Not every distribution has it, and they do without.
shell=chromium-headless-shell
if [ "$(id -u)" = 0 ] && { [ ${#missing[@]} -gt 0 ] || ! command -v $shell >/dev/null; }; then
  step "Installing ${missing[*]} $shell"
  install() { DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends "$@" >>"$work/apt.log" 2>&1; }
  apt-get update --quiet=2 || [ ${#missing[@]} = 0 ]
  [ ${#missing[@]} = 0 ] || install "${missing[@]}" || { cat "$work/apt.log"; exit 1; }
  install $shell || echo "No $shell here: chromium does its work."
fi

step "npm packages, and build"
npm_packages() {
  while IFS= read -r lock; do
    npm ci --prefix "$(dirname "$lock")" --no-audit --no-fund >"$work/npm.log" 2>&1 || { cat "$work/npm.log"; return 1; }
  done
}
# The build wants these. The others wait for the network more than they compute, so it goes on beside them.
npm_packages <<<tests/contract/package-lock.json
(git ls-files '*package-lock.json' | grep -v ^tests/contract/ | npm_packages && touch local/node_modules) &
npm=$!
dotnet build --configuration Release --nologo --verbosity quiet
wait "$npm"
npm=

# Code style is the build's; left is where things stand on a line.
step "Format"
git ls-files '*.cs' | xargs dotnet format whitespace . --folder --verify-no-changes --include

step "Both heads"
export VOUCHER_PUBLISHED=$work/published
./publish.sh "$VOUCHER_PUBLISHED/worker"
./publish.sh --native "$VOUCHER_PUBLISHED/native"

passed=0
failed=0
for project in tests/*.Tests; do
  step "$(basename "$project")"
  log=$work/$(basename "$project").log
  status=0
  dotnet run --project "$project" --configuration Release --no-build -- -noColor 2>&1 | tee "$log" || status=$?
  summary=$(grep -Eo 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+, Not Run: [0-9]+' "$log" | tail -n 1 || true)
  read -r total errors bad skipped notrun < <(grep -Eo '[0-9]+' <<<"$summary" | tr '\n' ' ' || true) || true
  if [ -z "${total:-}" ] || [ "$total" = 0 ]; then
    echo "$(basename "$project") ran no test (exit code $status)." >&2
    failed=$((failed + 1))
    continue
  fi
  wrong=$((errors + bad + skipped + notrun))
  # A runner that ends badly without naming a test has failed all the same.
  [ "$status" != 0 ] && [ "$wrong" = 0 ] && wrong=1
  failed=$((failed + wrong))
  passed=$((passed + total - errors - bad - skipped - notrun))
  total=
done

if [ "${1:-}" = --deep ]; then
  step "Fuzzing"
  if dotnet run --project tests/Fuzzing --configuration Release --no-build -- --seconds 300; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
  step "Deep exploration"
  if dotnet run --project tests/Simulation --configuration Release --no-build -- deep; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
fi

printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
