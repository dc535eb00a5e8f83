import { hardened, auditLogs } from 'storageRules.bicep'
import { Place, names } from 'types.bicep'

@description('Where it goes, and what it is called.')
param place Place

@description('Where diagnostics go.')
param workspaceId string

@description('Subnet that alone may reach the account; empty: any network, still only with a token of a permitted identity.')
param subnetId string

var deploymentContainerName = 'deployments'

// The Functions host's own: locks, the timers' state and the package. No personal data.
resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: names(place.token).hostAccount
  location: place.location
  tags: place.tags
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: hardened(subnetId)

  resource blobs 'blobServices' = {
    name: 'default'

    resource deployments 'containers' = {
      name: deploymentContainerName
      properties: { publicAccess: 'None' }
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: 'audit'
  properties: { workspaceId: workspaceId, logs: filter(auditLogs, log => log.category != 'StorageRead') }
}

@description('Container that the package is deployed to.')
output deploymentContainerUrl string = '${account.properties.primaryEndpoints.blob}${deploymentContainerName}'
