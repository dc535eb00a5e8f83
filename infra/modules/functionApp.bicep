import { Place, Runtime, Scale, names } from 'types.bicep'

@description('Where it goes, and what it is called.')
param place Place

@description('Resource id of the app\'s identity.')
param identityId string

@description('Where diagnostics go.')
param workspaceId string

@description('Container that the package is deployed to.')
param deploymentContainerUrl string

@description('Subnet that the app reaches the storage from; empty: none.')
param subnetId string

@description('What runs the package; it must be of the same kind.')
param runtime Runtime

@description('How much the app may use.')
param scale Scale

@description('Origins of websites on another host that may call the API.')
param corsOrigins string[]

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${place.token}'
  location: place.location
  tags: place.tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: scale.isZoneRedundant }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: names(place.token).app
  location: place.location
  tags: union(place.tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      remoteDebuggingEnabled: false
      cors: { allowedOrigins: corsOrigins, supportCredentials: !empty(corsOrigins) }
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: runtime
      scaleAndConcurrency: {
        instanceMemoryMB: scale.memoryMB
        maximumInstanceCount: scale.maximumInstances
        alwaysReady: scale.alwaysReady == 0 ? [] : [{ name: 'http', instanceCount: scale.alwaysReady }]
        triggers: { http: { perInstanceConcurrency: 32 } }
      }
      // Instances are replaced one batch after the other and finish what they have begun. In preview, and missing in the type:
      // https://learn.microsoft.com/azure/azure-functions/flex-consumption-site-updates
      #disable-next-line BCP037
      siteUpdateStrategy: { type: 'RollingUpdate' }
    }
  }

  // No user name and password for FTP or the deployment site: only tokens of Entra ID.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'audit'
  properties: { workspaceId: workspaceId, logs: [{ category: 'AppServiceAuthenticationLogs', enabled: true }] }
}

@description('Resource id of the app.')
output appId string = app.id

@description('Name of the app.')
output appName string = app.name

@description('Host name of the app.')
output hostName string = app.properties.defaultHostName
