#!/usr/bin/env bash
# Publishes the Function App to a folder (dist/ unless named) and packs it beside (dist.zip), with the list of its parts (bom.json, CycloneDX).
#   ./publish.sh [folder]            the .NET isolated worker (ReadyToRun)
#   ./publish.sh --native [folder]   the custom handler, compiled ahead of time; needs clang and zlib1g-dev
# The same commit gives the same bytes. Needs Node.
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
hosting=worker
options=(--no-self-contained)
if [ "${1:-}" = --native ]; then
  hosting=native
  options=()
  shift
fi
[ $# -le 1 ] || { sed -n '3,4s/^# *//p' "$0" >&2; exit 2; }
out=${1:-$root/dist}
# https://reproducible-builds.org/docs/source-date-epoch/
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 315532800)}
# A zip stores even seconds only; so the time can be read back from the package alone.
export SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH / 2 * 2))
version=$(git -C "$root" rev-parse HEAD 2>/dev/null || echo unknown)
[ -d "$root/packaging/node_modules" ] || npm ci --prefix "$root/packaging" --no-audit --no-fund

rm -rf "$out" "$out.zip"
mkdir -p "$out"
# No analysers: the gate's build runs them. No symbols: those of generated code name the folder, and a hash of them gets into the assembly.
dotnet publish "$root/functions" --configuration Release --runtime linux-x64 "${options[@]}" --nologo --verbosity quiet --output "$out" \
  -p:Hosting=$hosting -p:DebugType=none -p:NativeDebugSymbols=false -p:RunAnalyzers=false
find "$out" \( -name '*.dbg' -o -name '*.pdb' -o -name '*.xml' \) -delete
cp "$root/host.json" "$out/"
if [ "$hosting" = native ]; then
  cp "$root/packaging/host.native.json" "$out/host.json"
  rm -rf "$out"/{worker.config.json,extensions.json,functions.metadata,.azurefunctions}
  "$out/VoucherFunctions" --write-functions "$out"
fi
extensions=()
[ "$hosting" = native ] || extensions=("$out/.azurefunctions/function.deps.json")
node "$root/packaging/sbom.mjs" "$out/bom.json" "$version" "${extensions[@]}"
node "$root/packaging/zip.mjs" "$out" "$out.zip"
echo "Published to $out and $out.zip"
