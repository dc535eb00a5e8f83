#!/usr/bin/env bash
# Predicts the deployment of the two example parameter files, offline, and writes it beside them; or compares: snapshot.sh [overwrite|validate] [small|production].
set -euo pipefail
cd "$(dirname "$0")"
version=$(sed -n 's:.*<BicepVersion>\(.*\)</BicepVersion>.*:\1:p' ../tests/Infra.Tests/Infra.Tests.csproj)
bicep=${NUGET_PACKAGES:-$HOME/.nuget/packages}/azure.bicep.commandline.linux-x64/$version/tools/bicep
export DOTNET_BUNDLE_EXTRACT_BASE_DIR=${DOTNET_BUNDLE_EXTRACT_BASE_DIR:-$PWD/../tests/Infra.Tests/obj/bicep}
[ -x "$bicep" ] || chmod u+x "$bicep"

for size in ${2:-small production}; do
  "$bicep" snapshot "main.$size.bicepparam" --mode "${1:-overwrite}" \
    --subscription-id 00000000-0000-0000-0000-000000000001 --resource-group vouchers --location switzerlandnorth
done
