#!/usr/bin/env bash
# Makes the keys that are not in the vault yet, and has the app take up what is there. Safe to repeat: a key that exists is never touched.
# azd runs it after provisioning. By hand: AZURE_RESOURCE_GROUP, VAULT_NAME and APP_NAME in the environment.
# Needs the Azure CLI, signed in with the right to deploy to the resource group. Nobody needs the right to read a key.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${AZURE_RESOURCE_GROUP:?}" "${VAULT_NAME:?}" "${APP_NAME:?}"
group=$(az group show --name "$AZURE_RESOURCE_GROUP" --query id --output tsv)
management=$(az cloud show --query endpoints.resourceManager --output tsv)
management=${management%/}

# Asked of the resource manager, which knows names and no values. If it does not answer, nothing is made.
known=$(az rest --method get --output tsv --query 'value[].name' \
  --url "$management$group/providers/Microsoft.KeyVault/vaults/$VAULT_NAME/secrets?api-version=2026-05-15")

is_known() { sed 's:.*/::' <<<"$known" | grep -qx "$1"; }

put() {
  KEY_NAME=$1 KEY_VALUE=$2 az deployment group create --resource-group "$AZURE_RESOURCE_GROUP" --name "key-$1" \
    --parameters "$here/keys.bicepparam" --output none
  echo "Made $1."
}

for ring in keys-hashing keys-encryption; do
  is_known "$ring" || put "$ring" "1:$(openssl rand -base64 32)"
done
if ! is_known admin-key-hashes; then
  # The key is shown to somebody or not made: a pipeline would write it into its log.
  [ -t 1 ] || { echo "There is no administrator's key yet, and nobody here to show it to: run infra/keys.sh in a terminal." >&2; exit 1; }
  admin=admin_$(openssl rand -hex 32)
  put admin-key-hashes "first=$(printf %s "$admin" | sha256sum | cut -d ' ' -f 1)"
  echo "The administrator's key, shown once; put it into a password safe: $admin"
fi

az rest --method post --output none \
  --url "$management$group/providers/Microsoft.Web/sites/$APP_NAME/config/configreferences/appsettings/refresh?api-version=2022-03-01"
echo "The app reads its keys anew."
