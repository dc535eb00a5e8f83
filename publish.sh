#!/usr/bin/env bash
# Publishes the Function App to a folder (dist/ unless named) and packs it beside (dist.zip): the native binary, host.json, a function.json for every route and timer,
# written by the app from its own route table, and the list of what it is made of (CycloneDX). The same commit gives the same bytes. Needs clang, zlib1g-dev and Node.
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
out=${1:-$root/dist}
# https://reproducible-builds.org/docs/source-date-epoch/
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 315532800)}
# A zip knows even seconds only: so whoever has nothing but the package can tell the time that went into it.
export SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH / 2 * 2))
version=$(git -C "$root" rev-parse HEAD 2>/dev/null || echo unknown)
[ -d "$root/packaging/node_modules" ] || npm ci --prefix "$root/packaging" --no-audit --no-fund

rm -rf "$out" "$out.zip"
mkdir -p "$out"
# Without the analysers, which are the gate's build's. Without symbols: those of generated code name the folder, and a hash of them gets into the assembly.
dotnet publish "$root/functions" --configuration Release --runtime linux-x64 --nologo --verbosity quiet --output "$out" \
  -p:DebugType=none -p:NativeDebugSymbols=false -p:RunAnalyzers=false
rm -f "$out"/*.dbg "$out"/*.pdb "$out"/*.xml "$out"/*.staticwebassets.endpoints.json "$out"/appsettings*.json
cp "$root/host.json" "$out/"
"$out/VoucherFunctions" --write-functions "$out"
node "$root/packaging/sbom.mjs" "$out/bom.json" "$version"
node "$root/packaging/zip.mjs" "$out" "$out.zip"
echo "Published to $out and $out.zip"
