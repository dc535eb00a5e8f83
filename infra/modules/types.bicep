@export()
@description('What makes the names of one environment unique: uniqueString of its resource group.')
@minLength(13)
@maxLength(13)
type Token = string

@export()
@description('Tags of every resource.')
type Tags = { *: string }

@export()
@description('Where a module\'s resources go, and what they are called.')
type Place = {
  @description('Region. Data at rest stays there.')
  location: string

  @description('Put into every name.')
  token: Token

  @description('Tags of every resource; azd finds what it deploys to by one more.')
  tags: Tags
}

@export()
@description('Names of the resources that one module makes and another refers to.')
func names(token string) object => {
  identity: 'id-${token}'
  hostAccount: 'sthost${token}'
  dataAccount: 'stdata${token}'
  vault: 'kv-${token}'
  insights: 'appi-${token}'
  mailService: 'acs-${token}'
  app: 'func-${token}'
  site: 'stapp-${token}'
  network: 'vnet-${token}'
  subnet: 'functions'
}

@export()
@description('Runtime and version, in pairs. Azure takes any version and only fails at the start: https://github.com/Azure/Azure-Functions/issues/2666')
@discriminator('name')
type Runtime = { name: 'dotnet-isolated', version: '10.0' } | { name: 'custom', version: '1.0' }

@export()
@description('What runs the app in each mode of hosting.')
var runtimes = {
  worker: { name: 'dotnet-isolated', version: '10.0' }
  native: { name: 'custom', version: '1.0' }
}

@export()
@description('How much the app may use.')
type Scale = {
  @description('Memory of an instance in MB.')
  memoryMB: 512 | 2048 | 4096

  @description('Most instances at once: a ceiling for the bill.')
  @minValue(40)
  @maxValue(1000)
  maximumInstances: int

  @description('Instances that always wait for requests; each is paid for by the hour.')
  @minValue(0)
  @maxValue(10)
  alwaysReady: int

  @description('Whether instances are spread over the zones of the region.')
  isZoneRedundant: bool
}

@export()
@description('What the two sizes differ in. The personal data is in three zones in both.')
var sizes = {
  small: {
    isClosed: false
    scale: { memoryMB: 512, maximumInstances: 40, alwaysReady: 0, isZoneRedundant: false }
  }
  production: {
    isClosed: true
    scale: { memoryMB: 2048, maximumInstances: 100, alwaysReady: 2, isZoneRedundant: true }
  }
}

@export()
@description('What the service is called in each language; empty: as everywhere else.')
type ServiceNames = {
  @maxLength(60)
  fr: string

  @maxLength(60)
  de: string

  @maxLength(60)
  it: string

  @maxLength(60)
  en: string
}
