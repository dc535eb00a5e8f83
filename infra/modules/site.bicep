import { Place, names } from 'types.bicep'

@description('Region of the resource. Its files are served worldwide; it stores no personal data.')
@allowed(['westeurope', 'centralus', 'eastus2', 'westus2', 'eastasia'])
param siteLocation string

@description('Where it goes, and what it is called.')
param place Place

@description('Own host name; its DNS record must be there. Empty: none.')
param domain string

resource site 'Microsoft.Web/staticSites@2025-03-01' = {
  name: names(place.token).site
  location: siteLocation
  tags: union(place.tags, { 'azd-service-name': 'site' })
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    allowConfigFileUpdates: true
    stagingEnvironmentPolicy: 'Disabled'
    enterpriseGradeCdnStatus: 'Disabled'
  }
}

resource own 'Microsoft.Web/staticSites/customDomains@2025-03-01' = if (!empty(domain)) {
  parent: site
  name: empty(domain) ? 'none' : domain
  properties: { validationMethod: 'cname-delegation' }
}

@description('Name of the website.')
output name string = site.name

@description('Host name until the site has its own.')
output hostName string = site.properties.defaultHostname
