#!/usr/bin/env bash
# Sets up and runs everything on this machine: Azurite, the app, the site and the timers. Ctrl-C ends it all.
# PORT (7071), STORAGE (a connection string instead of Azurite), DATA (.local/), MAIL (smtp://host:port), COURSE (local/course).
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
dll=$root/local/bin/Release/net10.0/VoucherFunctions.Local.dll

if [ ! -d "$root/local/node_modules" ] || [ "$root/local/package-lock.json" -nt "$root/local/node_modules" ]; then
  npm ci --prefix "$root/local" --no-audit --no-fund --silent
  touch "$root/local/node_modules"
fi
if [ ! -f "$dll" ] || [ -n "$(find "$root/domain" "$root/functions" "$root/local" "$root"/Directory.* \
    \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -newer "$dll" -print -quit)" ]; then
  dotnet build "$root/local" --configuration Release --verbosity quiet --nologo
  touch "$dll"
fi

export VOUCHER_ROOT=$root
exec dotnet "$dll"
