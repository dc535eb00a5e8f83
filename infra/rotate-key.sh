#!/usr/bin/env bash
# Changes a key ring in the vault by one step; docs/operations.md has the whole procedure. rotate-key.sh keys-encryption|keys-hashing add|promote|drop
#   add      a new key, last in the ring: every instance learns it before any uses it
#   promote  the newest key to the front: new data are made under it
#   drop     the oldest key out of the ring, once the app says that nothing needs it
# VAULT_NAME in the environment; for promote and drop SITE_ORIGIN and ADMIN_KEY too, to ask the app. After each step infra/keys.sh has the app take the ring up.
# Needs the Azure CLI signed in with the role Key Vault Secrets Officer on the vault. No key is shown, none stands on a command line.
set -euo pipefail
fail() { echo "$*" >&2; exit 1; }
usage="rotate-key.sh keys-encryption|keys-hashing add|promote|drop"
ring=${1:-} step=${2:-}
case $ring in keys-encryption | keys-hashing) ;; *) fail "$usage" ;; esac
: "${VAULT_NAME:?}"
IFS=, read -ra keys < <(az keyvault secret show --vault-name "$VAULT_NAME" --name "$ring" --query value --output tsv) || true
[ ${#keys[@]} -gt 0 ] || fail "$ring cannot be read: nothing was changed."

mapfile -t versions < <(printf '%s\n' "${keys[@]%%:*}" | sort -n)
oldest=${versions[0]} newest=${versions[-1]} current=${keys[0]%%:*}
without() { for key in "${keys[@]}"; do [ "${key%%:*}" = "$1" ] || echo "$key"; done; }
the() { for key in "${keys[@]}"; do [ "${key%%:*}" != "$1" ] || echo "$key"; done; }

# What the running app says of a key: inRing, mayLeave.
says() {
  : "${SITE_ORIGIN:?}" "${ADMIN_KEY:?}"
  curl --silent --show-error --fail --config - <<<"url = \"$SITE_ORIGIN/api/lifecycle/keys\"
header = \"Authorization: Bearer $ADMIN_KEY\"" | node -e '
    const view = JSON.parse(require("fs").readFileSync(0, "utf8"))[process.argv[1]];
    const key = view.versions.find((each) => each.version === Number(process.argv[2]));
    process.exit(key?.inRing && key[process.argv[3]] ? 0 : 1);' "${ring#keys-}" "$1" "$2"
}

case $step in
  add)
    [ "$current" = "$newest" ] || fail "Key $newest is not promoted yet: nothing was changed."
    [ "$newest" -lt 255 ] || fail "There is no number left after 255: nothing was changed."
    keys+=("$((newest + 1)):$(openssl rand -base64 32)") ;;
  promote)
    [ "$current" != "$newest" ] || fail "Key $newest is in front already: nothing was changed."
    says "$newest" inRing || fail "The app does not know key $newest yet (GET /api/lifecycle/keys; infra/keys.sh): nothing was changed."
    mapfile -t keys < <(the "$newest"; without "$newest") ;;
  drop)
    [ "$oldest" != "$current" ] || fail "Key $oldest is in use: nothing was changed."
    says "$oldest" mayLeave || fail "The app does not say that key $oldest may leave (GET /api/lifecycle/keys): nothing was changed."
    mapfile -t keys < <(without "$oldest") ;;
  *) fail "$usage" ;;
esac

az keyvault secret set --vault-name "$VAULT_NAME" --name "$ring" --encoding utf-8 --file <(IFS=,; printf %s "${keys[*]}") \
  --expires "$(date -u -d '2 years' +%Y-%m-%dT%H:%M:%SZ)" --output none
echo "$ring is now: $(IFS=,; echo "${keys[*]%%:*}"), the current key first. Next: infra/keys.sh."
