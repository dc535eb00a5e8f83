#!/usr/bin/env bash
# Publishes the Function App to a folder (dist/ unless named): the native binary, host.json and a function.json for every route and timer,
# written by the app from its own route table. Needs clang and zlib1g-dev.
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
out=${1:-$root/dist}

rm -rf "$out"
mkdir -p "$out"
dotnet publish "$root/functions" --configuration Release --runtime linux-x64 --nologo --verbosity quiet --output "$out"
rm -f "$out"/*.dbg "$out"/*.xml "$out"/*.staticwebassets.endpoints.json "$out"/appsettings*.json
cp "$root/host.json" "$out/"
"$out/VoucherFunctions" --write-functions "$out"
echo "Published to $out"
