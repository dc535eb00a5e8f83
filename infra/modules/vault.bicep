import { Place, names } from 'types.bicep'

@description('Where it goes, and what it is called.')
param place Place

@description('Where diagnostics go.')
param workspaceId string

@description('Who is told when a key nears its end.')
param actionGroupId string

// The keys themselves are made by infra/keys.sh: a template that makes keys could also replace them.
resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: names(place.token).vault
  location: place.location
  tags: place.tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    publicNetworkAccess: 'Enabled'
  }
}

// Who read or changed a key, and when.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

resource events 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: 'evgt-${place.token}'
  location: place.location
  tags: place.tags
  properties: {
    source: vault.id
    topicType: 'Microsoft.KeyVault.vaults'
  }
}

// 30 days before the end of a secret, and at it.
resource keyNearExpiry 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: events
  name: 'key-near-expiry'
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    filter: { includedEventTypes: ['Microsoft.KeyVault.SecretNearExpiry', 'Microsoft.KeyVault.SecretExpired'] }
    destination: {
      endpointType: 'MonitorAlert'
      properties: {
        severity: 'Sev2'
        description: 'key-near-expiry: rotate the key, see docs/operations.md.'
        actionGroups: [actionGroupId]
      }
    }
  }
}

@description('Name of the vault.')
output vaultName string = vault.name

@description('Address of the vault, with a slash at the end.')
output vaultUri string = vault.properties.vaultUri
