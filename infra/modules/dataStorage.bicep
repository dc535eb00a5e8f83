import { hardened, auditLogs } from 'storageRules.bicep'
import { Place, names } from 'types.bicep'

@description('Where it goes, and what it is called.')
param place Place

@description('Where diagnostics go.')
param workspaceId string

@description('Subnet that alone may reach the account; empty: any network, still only with a token of a permitted identity.')
param subnetId string

@description('Whether the account is locked against deletion.')
param isLocked bool

@description('Days that a deleted blob can be brought back. Personal data must not live longer than promised: 7 at most.')
@minValue(1)
@maxValue(7)
param softDeleteDays int

// The same lists as in functions/Storage/StorageTables.cs and StorageBlobs.cs; a test keeps them the same. The app itself never creates one.
var tableNames = ['vouchers', 'emails', 'due', 'issuers', 'throttle', 'erasures', 'keys']
var containerNames = ['documents', 'training']

// Personal data, encrypted by the app before it gets here. No versions: they would outlive a deletion.
resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: names(place.token).dataAccount
  location: place.location
  tags: place.tags
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: hardened(subnetId)

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: false
      changeFeed: { enabled: false }
      restorePolicy: { enabled: false }
      deleteRetentionPolicy: { enabled: true, days: softDeleteDays }
      containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    }

    resource containers 'containers' = [
      for name in containerNames: {
        name: name
        properties: { publicAccess: 'None' }
      }
    ]
  }

  resource tables 'tableServices' = {
    name: 'default'

    resource each 'tables' = [for name in tableNames: { name: name }]
  }
}

resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: 'audit'
  properties: { workspaceId: workspaceId, logs: auditLogs }
}

resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::tables
  name: 'audit'
  properties: { workspaceId: workspaceId, logs: auditLogs }
}

// Tables have no soft delete: whoever deletes the account has to take this away first.
resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (isLocked) {
  scope: account
  name: 'personal-data'
  properties: { level: 'CanNotDelete', notes: 'Vouchers and accounts. Tables cannot be restored.' }
}

@description('Name of the account.')
output accountName string = account.name

@description('Where the app finds its tables.')
output tableEndpoint string = account.properties.primaryEndpoints.table

@description('Where the app finds its blobs.')
output blobEndpoint string = account.properties.primaryEndpoints.blob
