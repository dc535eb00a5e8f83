import { Token, names } from 'types.bicep'

// Every role of the app's identity, and there is no other identity and no key. Names are ids of their own, so that a role can be found and taken away.

@description('Object id of the app\'s identity.')
param principalId string

@description('What the names are made of.')
param token Token

var roles = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  storageBlobDataReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  communicationAndEmailServiceOwner: '09976791-48a7-449e-bb21-39d1a415f350'
}

func assignment(principal string, role string) object => {
  principalId: principal
  principalType: 'ServicePrincipal'
  roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
}

resource host 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: names(token).hostAccount
}

resource data 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: names(token).dataAccount
  resource blobs 'blobServices' existing = {
    name: 'default'
    resource documents 'containers' existing = { name: 'documents' }
    resource training 'containers' existing = { name: 'training' }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: names(token).vault
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: names(token).insights
}

resource mail 'Microsoft.Communication/communicationServices@2026-03-18' existing = {
  name: names(token).mailService
}

// The Functions host takes leases on blobs, so that one instance only runs a timer, and reads the package.
resource hostBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: host
  name: guid(host.id, names(token).identity, roles.storageBlobDataOwner)
  properties: assignment(principalId, roles.storageBlobDataOwner)
}

// The Functions host writes its diagnostic events to a table of its own account.
resource hostTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: host
  name: guid(host.id, names(token).identity, roles.storageTableDataContributor)
  properties: assignment(principalId, roles.storageTableDataContributor)
}

// Vouchers, accounts, sessions, outbox, due queue: rows in tables. Not the right to change the account.
resource dataTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: data
  name: guid(data.id, names(token).identity, roles.storageTableDataContributor)
  properties: assignment(principalId, roles.storageTableDataContributor)
}

// Participants' documents are written, read and deleted.
resource documents 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: data::blobs::documents
  name: guid(data::blobs::documents.id, names(token).identity, roles.storageBlobDataContributor)
  properties: assignment(principalId, roles.storageBlobDataContributor)
}

// Training content is only read; the people who make it upload it.
resource training 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: data::blobs::training
  name: guid(data::blobs::training.id, names(token).identity, roles.storageBlobDataReader)
  properties: assignment(principalId, roles.storageBlobDataReader)
}

// The platform reads the keys for the app settings that refer to them. Read only: the app makes no keys.
resource keys 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, names(token).identity, roles.keyVaultSecretsUser)
  properties: assignment(principalId, roles.keyVaultSecretsUser)
}

// Host and app send telemetry with the identity's token, as keys are off.
resource telemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, names(token).identity, roles.monitoringMetricsPublisher)
  properties: assignment(principalId, roles.monitoringMetricsPublisher)
}

// The only built-in role that may send mail with a token; on this one resource.
resource mails 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: mail
  name: guid(mail.id, names(token).identity, roles.communicationAndEmailServiceOwner)
  properties: assignment(principalId, roles.communicationAndEmailServiceOwner)
}
