#!/usr/bin/env bash
# Predicts the deployment of the example parameter files, offline, and writes it beside them; or compares: snapshot.sh [overwrite|validate] [small|production|native].
set -euo pipefail
cd "$(dirname "$0")"
version=$(sed -n 's:.*<BicepVersion>\(.*\)</BicepVersion>.*:\1:p' ../tests/Infra.Tests/Infra.Tests.csproj)
bicep=${NUGET_PACKAGES:-$HOME/.nuget/packages}/azure.bicep.commandline.linux-x64/$version/tools/bicep
export DOTNET_BUNDLE_EXTRACT_BASE_DIR=${DOTNET_BUNDLE_EXTRACT_BASE_DIR:-$PWD/../tests/Infra.Tests/obj/bicep}
[ -x "$bicep" ] || chmod u+x "$bicep"

for example in ${2:-small production native}; do
  "$bicep" snapshot "main.$example.bicepparam" --mode "${1:-overwrite}" \
    --subscription-id 00000000-0000-0000-0000-000000000001 --resource-group vouchers --location switzerlandnorth
  # The CLI writes the outputs in another order each time.
  [ "${1:-overwrite}" = validate ] || node -e '
    const fs = require("fs"), file = process.argv[1], snapshot = JSON.parse(fs.readFileSync(file, "utf8"));
    snapshot.outputs = Object.fromEntries(Object.entries(snapshot.outputs).sort(([a], [b]) => (a < b ? -1 : 1)));
    fs.writeFileSync(file, JSON.stringify(snapshot, null, 2));' "main.$example.snapshot.json"
done
