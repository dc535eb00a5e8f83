#!/usr/bin/env bash
# Builds the last commit twice, from clones in two folders of different names, and compares the packages byte by byte. --native: the native head. Takes two publishes, so it is no part of
# test.sh; docs/deploy.md, "What a package is made of".
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for folder in one another/folder; do
  git clone --quiet --no-hardlinks "$root" "$work/$folder"
  "$work/$folder/publish.sh" "$@" "$work/$folder/dist"
done
sha256sum "$work/one/dist.zip" "$work/another/folder/dist.zip"
if ! cmp "$work/one/dist.zip" "$work/another/folder/dist.zip"; then
  diff <(cd "$work/one/dist" && find . -type f -exec sha256sum {} + | sort -k 2) <(cd "$work/another/folder/dist" && find . -type f -exec sha256sum {} + | sort -k 2)
  exit 1
fi
echo "The same, byte for byte."
