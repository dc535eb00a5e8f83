targetScope = 'resourceGroup'

@description('Name of the vault.')
@minLength(3)
@maxLength(24)
param vaultName string

@description('Name of the secret.')
@allowed(['keys-hashing', 'keys-encryption', 'admin-key-hashes'])
param name string

@description('Its value. Never in the deployment\'s history, as it is a secure parameter.')
@secure()
@minLength(40)
param value string

@description('When it ends, for the reminder 30 days before. The vault goes on giving it out after that.')
param endsAt string = dateTimeAdd(utcNow(), 'P2Y')

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: vaultName
}

// A second one in its place would make every voucher and every account unreadable: only made when there is none.
@onlyIfNotExists()
resource secret 'Microsoft.KeyVault/vaults/secrets@2026-05-15' = {
  parent: vault
  name: name
  properties: {
    value: value
    attributes: { enabled: true, exp: dateTimeToEpoch(endsAt) }
  }
}
