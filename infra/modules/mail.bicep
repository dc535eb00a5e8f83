import { Place, names } from 'types.bicep'

@description('Where it goes, and what it is called.')
param place Place

@description('Where diagnostics go.')
param workspaceId string

@description('Geography in which Azure Communication Services keeps data at rest.')
param dataLocation string

@description('Own domain of the sender; empty: the Azure-managed one (5 mails a minute, 10 an hour).')
param domain string

@description('Whether the DNS records of the own domain are in place and verified; before that the Azure-managed domain sends.')
param isDomainVerified bool

@description('What stands before the @ of an own domain\'s address.')
param senderName string

resource email 'Microsoft.Communication/emailServices@2026-03-18' = {
  name: 'email-${place.token}'
  location: 'global'
  tags: place.tags
  properties: { dataLocation: dataLocation }

  resource managed 'domains' = {
    name: 'AzureManagedDomain'
    location: 'global'
    tags: place.tags
    properties: { domainManagement: 'AzureManaged', userEngagementTracking: 'Disabled' }
  }
}

resource own 'Microsoft.Communication/emailServices/domains@2026-03-18' = if (!empty(domain)) {
  parent: email
  name: empty(domain) ? 'none' : domain
  location: 'global'
  tags: place.tags
  properties: { domainManagement: 'CustomerManaged', userEngagementTracking: 'Disabled' }

  resource sender 'senderUsernames' = if (isDomainVerified) {
    name: senderName
    properties: { username: senderName, displayName: senderName }
  }
}

var usesOwn = !empty(domain) && isDomainVerified

resource service 'Microsoft.Communication/communicationServices@2026-03-18' = {
  name: names(place.token).mailService
  location: 'global'
  tags: place.tags
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
    linkedDomains: concat([email::managed.id], usesOwn ? [own.id] : [])
  }
}

// What was sent, without addresses: the category with the delivery of each mail names the recipient, and stays off.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: service
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'EmailSendMailOperational', enabled: true }]
  }
}

@description('Where the app hands over its mail.')
output endpoint string = 'https://${service.properties.hostName}'

@description('The sender\'s address.')
output sender string = usesOwn
  ? '${senderName}@${domain}'
  : 'DoNotReply@${email::managed.properties.mailFromSenderDomain}'

@description('Name of the e-mail service, which the domains belong to.')
output emailServiceName string = email.name

@description('DNS records that the own domain needs: domain, SPF, DKIM, DKIM2. Public by nature.')
output dnsRecords object = own.?properties.verificationRecords ?? {}
