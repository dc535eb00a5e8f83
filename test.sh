#!/usr/bin/env bash
# The gate, for people and CI alike. It sets up what it needs and ends with a table of its steps, the slowest tests and a line "N passed, N failed".
#   ./test.sh           build with warnings and style as errors, whitespace, all tests (Azurite, browser, both published heads, Bicep): about 20 minutes on two cores
#   ./test.sh NAME      one test project (Functions.Tests), or the test classes and methods of that name (DocumentTests)
#   ./test.sh --quick   build, whitespace, and the tests that run the app in process, on a storage in memory: for the inner loop
#   ./test.sh --all     the gate with the tests that it leaves out (trait Run=all), then fuzzing and a million schedules: hours (docs/reliability.md)
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
cd "$root"
what=${1:-gate}
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$work"' EXIT
azurite=(-trait Storage=Azurite -trait Storage=both)
packages=(local packaging tests/Functions.Tests/smtp tests/Infra.Tests tests/Site.Tests)
mkdir "$work/reports"
touch "$work/counts"

# step NAME COMMAND...: runs the command and notes the seconds and the processor seconds that it took. A failure counts as one failed check.
step() {
  local name=$1 status=0 TIMEFORMAT=$1$'\t%R\t%U\t%S'
  shift
  printf '\n== %s\n' "$name"
  { time "$@" 2>&3 || status=$?; } 3>&2 2>>"$work/steps"
  [ "$status" = 0 ] || echo "0 1" >>"$work/counts"
  return "$status"
}

programs() {
  local missing=() shell=chromium-headless-shell
  command -v clang >/dev/null || missing+=(clang)
  [ -f /usr/include/zlib.h ] || missing+=(zlib1g-dev)
  command -v chromium >/dev/null || missing+=(chromium)
  command -v pdftoppm >/dev/null || missing+=(poppler-utils)
  [ "$what" != --all ] || command -v afl-fuzz >/dev/null || missing+=(afl++)
  if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" != 0 ]; then
    echo "Please install: ${missing[*]}" >&2
    return 1
  fi
  # The headless shell is the same engine without windows and halves the time of the browser tests. Some distributions lack it; the tests then use chromium.
  if [ "$(id -u)" = 0 ] && { [ ${#missing[@]} -gt 0 ] || ! command -v $shell >/dev/null; }; then
    apt-get update --quiet=2 || [ ${#missing[@]} = 0 ]
    [ ${#missing[@]} = 0 ] || install "${missing[@]}" || return 1
    install $shell || echo "No $shell here: the tests use chromium."
  fi
}

install() {
  DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends "$@" >"$work/apt.log" 2>&1 || { cat "$work/apt.log"; return 1; }
}

# npm_packages FOLDER...: installs what each folder's lock file lists, unless that was done since it changed.
npm_packages() {
  local folder
  for folder in "$@"; do
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && continue
    npm ci --prefix "$folder" --no-audit --no-fund >"$work/npm.log" 2>&1 || { cat "$work/npm.log"; return 1; }
    touch "$folder/node_modules" "$folder/node_modules/.package-lock.json"
  done
}

# build PROJECT...: one compiler serves all projects and ends with the build. Otherwise each project would start its own and load the analysers again.
build() {
  local status=0 project compiler sdk name
  sdk=$(dotnet --list-sdks | sed -n "s/^$(dotnet --version) \[\(.*\)\]/\1/p")/$(dotnet --version)
  # The compiler listens on a socket of this name beside the folder.
  name=$(basename "$work")-compiler
  dotnet "$sdk/Roslyn/bincore/VBCSCompiler.dll" "-pipename:$name" &
  compiler=$!
  for project in "$@"; do
    dotnet build "$project" --configuration Release --nologo --verbosity quiet -nodeReuse:false -p:UseSharedCompilation=true -p:SharedCompilationId="$name" || status=1
  done
  kill $compiler
  wait $compiler || true
  rm -f "/tmp/$name"
  return $status
}

# The build checks code style; this checks white space.
format() {
  git ls-files '*.cs' | xargs dotnet format whitespace . --folder --verify-no-changes --include
}

# tests PROJECT [FILTER...]: runs its tests and notes how many passed and failed.
tests() {
  local project=$1 report log status=0 total=0 errors=0 bad=0 skipped=0 notrun=0 wrong
  shift
  report=$(mktemp -p "$work/reports")
  log=$(mktemp -p "$work")
  dotnet */"$project/bin/Release/net10.0/"*"$project.dll" -noColor -ctrf "$report" "$@" >"$log" 2>&1 || status=$?
  cat "$log"
  read -r total errors bad skipped notrun < <(sed -n 's/.*Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\), Skipped: \([0-9]*\), Not Run: \([0-9]*\).*/\1 \2 \3 \4 \5/p' "$log" | tail -n 1) || true
  if [ "${total:-0}" = 0 ]; then
    echo "$project ran no test (exit code $status)." >&2
    return 1
  fi
  wrong=$((errors + bad + skipped + notrun))
  # A runner that ends badly without naming a test has failed all the same.
  [ "$status" != 0 ] && [ "$wrong" = 0 ] && wrong=1
  echo "$((total - errors - bad - skipped - notrun)) $wrong" >>"$work/counts"
}

# named NAME: the tests of that project, or of the class or method of that name, on a build of nothing but their project.
named() {
  local projects project found filter
  if [[ $1 == *.Tests ]] && projects=$(ls -d */"$1" 2>/dev/null); then
    filter=()
  elif found=$(git grep --untracked -lE "class $1\b" -- '*.Tests/*.cs'); then
    filter=(-class "*.$1")
  elif found=$(git grep --untracked -lE "(void|Task) $1\(" -- '*.Tests/*.cs'); then
    filter=(-method "*.$1")
  else
    echo "The tests have no project, class or method $1." >&2
    exit 2
  fi
  step Programs programs || return 1
  step Packages npm_packages tests/contract "${packages[@]}" || return 1
  for project in ${projects:-$(cut -d/ -f1-2 <<<"$found" | sort -u)}; do
    step "Build of ${project#*/}" build "$project" || continue
    step "${project#*/}" tests "${project#*/}" "${filter[@]}"
  done
}

quick() {
  step Packages npm_packages tests/contract tests/Functions.Tests/smtp || return 1
  step Build build tests/Functions.Tests || return 1
  step Format format
  VOUCHER_STORAGE=memory step Functions.Tests tests Functions.Tests -trait- Run=all -trait- Storage=Azurite
}

# gate [FILTER...]: two lanes, since tests that wait leave the processors to the others.
gate() {
  step Programs programs || return 1
  npm_packages tests/contract || return 1
  step Packages npm_packages "${packages[@]}" &
  step Build build VoucherFunctions.sln && wait || return 1
  {
    step "Publish the worker" ./publish.sh "$VOUCHER_PUBLISHED/worker"
    step "Publish the native head" ./publish.sh --native "$VOUCHER_PUBLISHED/native"
    step Worker.Tests tests Worker.Tests "$@"
    step Infra.Tests tests Infra.Tests "$@"
    step Docs.Tests tests Docs.Tests "$@"
  } &
  step Format format
  VOUCHER_STORAGE=memory step "Functions.Tests in memory" tests Functions.Tests "$@" -trait- Storage=Azurite
  step "Functions.Tests on Azurite" tests Functions.Tests "$@" "${azurite[@]}"
  step Site.Tests tests Site.Tests "$@"
  step Simulation.Tests tests Simulation.Tests "$@"
  wait
}

all() {
  azurite=()
  gate
  step Fuzzing verification/run.sh fuzz --seconds 300
  step "Deep exploration" verification/run.sh deep
}

set +e
export VOUCHER_PUBLISHED=$work/published
case $what in
  gate) gate -trait- Run=all ;;
  --all) all ;;
  --quick) quick ;;
  -*) sed -n '2,6s/^# *//p' "$0" >&2; exit 2 ;;
  *) named "$what" ;;
esac

node tests/summary.mjs "$work"
read -r passed failed < <(awk '{ passed += $1; failed += $2 } END { print passed + 0, failed + 0 }' "$work/counts")
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
