import { Token, names } from 'types.bicep'

@description('What the site\'s name is made of.')
param token Token

@description('Resource id of the function app that answers below /api.')
param appId string

@description('Region of the function app.')
param appLocation string

resource site 'Microsoft.Web/staticSites@2025-03-01' existing = {
  name: names(token).site
}

// Same host for site and API: no CORS, cookies stay first-party. The link also turns direct calls of the function app away.
resource link 'Microsoft.Web/staticSites/linkedBackends@2025-03-01' = {
  parent: site
  name: 'api'
  properties: { backendResourceId: appId, region: appLocation }
}
