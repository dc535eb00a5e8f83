import { Place, names } from 'types.bicep'

@description('Where it goes, and what it is called.')
param place Place

// The app's way to the storage accounts, which then refuse every other network. Service endpoints cost nothing.
resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: names(place.token).network
  location: place.location
  tags: place.tags
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/24'] }
    subnets: [
      {
        name: names(place.token).subnet
        properties: {
          addressPrefix: '10.20.0.0/26'
          delegations: [{ name: 'functions', properties: { serviceName: 'Microsoft.App/environments' } }]
          serviceEndpoints: [{ service: 'Microsoft.Storage' }]
          defaultOutboundAccess: true
        }
      }
    ]
  }
}
