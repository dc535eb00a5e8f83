#!/usr/bin/env bash
# Takes the pictures in docs/screenshots from the real pages, on a phone and on a desk, light and dark.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p ../../docs/screenshots
dotnet build --configuration Release --verbosity quiet --nologo
SCREENSHOTS=1 dotnet bin/Release/net10.0/Site.Tests.dll -class SiteTests.Pictures.Screenshots
