// What both storage accounts have in common.

@export()
@description('No keys, no public blobs, no old TLS; from one subnet only when there is one.')
func hardened(subnetId string) object => {
  allowSharedKeyAccess: false
  allowBlobPublicAccess: false
  allowCrossTenantReplication: false
  defaultToOAuthAuthentication: true
  minimumTlsVersion: 'TLS1_2'
  supportsHttpsTrafficOnly: true
  publicNetworkAccess: 'Enabled'
  networkAcls: {
    bypass: 'None'
    defaultAction: empty(subnetId) ? 'Allow' : 'Deny'
    virtualNetworkRules: empty(subnetId) ? [] : [{ id: subnetId, action: 'Allow' }]
  }
}

@export()
@description('Who read, wrote or deleted what.')
var auditLogs = [
  { category: 'StorageRead', enabled: true }
  { category: 'StorageWrite', enabled: true }
  { category: 'StorageDelete', enabled: true }
]
