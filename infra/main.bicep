import { ServiceNames, names, runtimes, sizes } from 'modules/types.bicep'

@description('Region of everything that has one. Data at rest stays there.')
param location string = resourceGroup().location

@description('Name of the environment, such as vouchers-test: a tag of every resource.')
@maxLength(64)
param environmentName string

@description('small: a pilot or a test system. production: spread over zones, storage closed to other networks, locked against deletion.')
@allowed(['small', 'production'])
param size string

@description('worker: the .NET isolated worker, the package of publish.sh. native: the native custom handler, the package of publish.sh --native.')
@allowed(['worker', 'native'])
param hosting string = 'worker'

@description('What the service is called in mails and on sheets, in a language without a name of its own.')
@minLength(1)
@maxLength(60)
param serviceName string

@description('What the service is called in each language, as in site/config.json; empty: serviceName.')
param serviceNames ServiceNames = { fr: '', de: '', it: '', en: '' }

@description('Own host name of the website, once its DNS record is there; empty: the one that Azure gives.')
@maxLength(253)
param siteDomain string = ''

@description('linked: the website passes /api on to the app, one host. direct: a proxy of yours passes /api on to the app, one host too.')
@allowed(['linked', 'direct'])
param apiRoute string = 'linked'

@description('Own domain of the sender of mails; empty: an Azure-managed one, enough for a first look.')
@maxLength(253)
param mailDomain string = ''

@description('Whether Azure has verified the DNS records of the mail domain.')
param isMailDomainVerified bool = false

@description('Where answers to mails go; empty: nowhere.')
@maxLength(254)
param mailReplyTo string = ''

@description('On a test system: the only addresses or @domains that get mail, comma-separated; empty: everybody.')
@maxLength(2000)
param mailAllowedRecipients string = ''

@description('Mails that the mail service takes in an hour: 10 with the Azure-managed domain, 100 with an own one, more on request.')
@minValue(10)
@maxValue(100000)
param mailsAnHour int = empty(mailDomain) ? 10 : 100

@description('Mails that the mail service takes in a minute: 5 with the Azure-managed domain, 30 with an own one, more on request.')
@minValue(5)
@maxValue(10000)
param mailsAMinute int = empty(mailDomain) ? 5 : 30

@description('Who is told when something is wrong: e-mail addresses of the operators.')
@minLength(1)
@maxLength(20)
param alertRecipients string[]

var chosen = sizes[size]
var token = uniqueString(resourceGroup().id)
var place = {
  location: location
  token: token
  tags: { application: 'vouchers', environment: environmentName, 'azd-env-name': environmentName }
}
var subnetId = chosen.isClosed
  ? resourceId('Microsoft.Network/virtualNetworks/subnets', names(token).network, names(token).subnet)
  : ''
var siteOrigin = 'https://${empty(siteDomain) ? site.outputs.hostName : siteDomain}'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: names(token).identity
  location: location
  tags: place.tags
}

module monitoring 'modules/monitoring.bicep' = {
  params: { place: place, logDays: 30, metricDays: 400 }
}

module actionGroup 'modules/actionGroup.bicep' = {
  params: { place: place, recipients: alertRecipients }
}

module network 'modules/network.bicep' = if (chosen.isClosed) {
  params: { place: place }
}

module hostStorage 'modules/hostStorage.bicep' = {
  params: { place: place, workspaceId: monitoring.outputs.workspaceId, subnetId: subnetId }
  dependsOn: [network]
}

module dataStorage 'modules/dataStorage.bicep' = {
  params: {
    place: place
    workspaceId: monitoring.outputs.workspaceId
    subnetId: subnetId
    isLocked: chosen.isClosed
    softDeleteDays: 7
  }
  dependsOn: [network]
}

module vault 'modules/vault.bicep' = {
  params: { place: place, workspaceId: monitoring.outputs.workspaceId, actionGroupId: actionGroup.outputs.groupId }
}

module mail 'modules/mail.bicep' = {
  params: {
    place: place
    workspaceId: monitoring.outputs.workspaceId
    dataLocation: 'Switzerland'
    domain: mailDomain
    isDomainVerified: isMailDomainVerified
    senderName: 'noreply'
  }
}

module site 'modules/site.bicep' = {
  params: { place: place, siteLocation: 'westeurope', domain: siteDomain }
}

module roles 'modules/roles.bicep' = {
  params: { principalId: identity.properties.principalId, token: token }
  dependsOn: [hostStorage, dataStorage, vault, monitoring, mail]
}

module functionApp 'modules/functionApp.bicep' = {
  params: {
    place: place
    identityId: identity.id
    workspaceId: monitoring.outputs.workspaceId
    deploymentContainerUrl: hostStorage.outputs.deploymentContainerUrl
    subnetId: subnetId
    runtime: runtimes[hosting]
    scale: chosen.scale
    corsOrigins: apiRoute == 'direct' ? [siteOrigin] : []
  }
  // Without its roles the app could neither start nor read its keys.
  dependsOn: [network, roles]
}

module settings 'modules/settings.bicep' = {
  params: {
    token: token
    siteOrigin: siteOrigin
    serviceName: serviceName
    serviceNames: serviceNames
    identityClientId: identity.properties.clientId
    tableEndpoint: dataStorage.outputs.tableEndpoint
    blobEndpoint: dataStorage.outputs.blobEndpoint
    vaultUri: vault.outputs.vaultUri
    insightsConnectionString: monitoring.outputs.connectionString
    mailEndpoint: mail.outputs.endpoint
    mailSender: mail.outputs.sender
    mailReplyTo: mailReplyTo
    mailAllowedRecipients: mailAllowedRecipients
    mailsAMinute: mailsAMinute
    mailsAnHour: mailsAnHour
    trustedProxies: apiRoute == 'linked' ? 2 : 1
  }
  dependsOn: [functionApp]
}

module siteLink 'modules/siteLink.bicep' = if (apiRoute == 'linked') {
  params: { token: token, appId: functionApp.outputs.appId, appLocation: location }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    place: place
    insightsId: monitoring.outputs.insightsId
    actionGroupId: actionGroup.outputs.groupId
    mailsAnHour: mailsAnHour
  }
}

module workbook 'modules/workbook.bicep' = {
  params: { place: place, insightsId: monitoring.outputs.insightsId }
}

@description('Address of the website.')
output SITE_ORIGIN string = siteOrigin

@description('Host name that a DNS record for an own site domain points to.')
output SITE_HOST string = site.outputs.hostName

@description('Name of the function app.')
output APP_NAME string = functionApp.outputs.appName

@description('Host name of the function app.')
output APP_HOST string = functionApp.outputs.hostName

@description('Name of the website.')
output SITE_NAME string = site.outputs.name

@description('Storage account of the personal data and of the training.')
output DATA_ACCOUNT_NAME string = dataStorage.outputs.accountName

@description('Vault that infra/keys.sh puts the keys into.')
output VAULT_NAME string = vault.outputs.vaultName

@description('Sender of mails.')
output MAIL_SENDER string = mail.outputs.sender

@description('Name of the e-mail service, to verify an own domain.')
output MAIL_SERVICE_NAME string = mail.outputs.emailServiceName

@description('DNS records that the mail domain needs.')
output MAIL_DNS_RECORDS object = mail.outputs.dnsRecords
