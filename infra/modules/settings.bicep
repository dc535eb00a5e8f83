import { ServiceNames, Token, names } from 'types.bicep'

// The app settings: all that the app reads in Azure. tests/Infra.Tests compares them with the app's own options, both ways.

@description('What the app\'s name is made of.')
param token Token

@description('Scheme and host of the website.')
param siteOrigin string

@description('What the service is called in a language without a name of its own.')
param serviceName string

@description('What the service is called in each language; empty: serviceName.')
param serviceNames ServiceNames

@description('Mails that the mail service takes in a minute.')
param mailsAMinute int

@description('Mails that the mail service takes in an hour.')
param mailsAnHour int

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Where the app finds its tables.')
param tableEndpoint string

@description('Where the app finds its blobs.')
param blobEndpoint string

@description('Address of the key vault, with a slash at the end.')
param vaultUri string

@description('Where telemetry is sent.')
param insightsConnectionString string

@description('Where mail is handed over.')
param mailEndpoint string

@description('The sender\'s address.')
param mailSender string

@description('Where answers go; empty: nowhere.')
param mailReplyTo string

@description('The only recipients of a test system; empty: everybody.')
param mailAllowedRecipients string

@description('How many proxies in front append to X-Forwarded-For.')
@minValue(1)
@maxValue(5)
param trustedProxies int

@description('Without a version: a new one is taken up within a day, or at once with infra/keys.sh.')
func fromVault(vaultUri string, secret string) string => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${secret})'

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: names(token).app
}

resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: {
    // The Functions host's own. The runtime is in functionAppConfig; FUNCTIONS_WORKER_RUNTIME must not be set as well.
    AzureWebJobsStorage__accountName: names(token).hostAccount
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    // Not APPLICATIONINSIGHTS_CONNECTION_STRING: the host would send its own records of requests, which hold whole URLs (docs/decisions/0012-telemetry.md).
    // The app's. Keys are references to the vault, which the platform resolves with the app's identity.
    Site__Origin: siteOrigin
    Site__AllowedOrigins: ''
    Site__ServiceName: serviceName
    Site__ServiceNameFr: serviceNames.fr
    Site__ServiceNameDe: serviceNames.de
    Site__ServiceNameIt: serviceNames.it
    Site__ServiceNameEn: serviceNames.en
    Storage__TableEndpoint: tableEndpoint
    Storage__BlobEndpoint: blobEndpoint
    Identity__ClientId: identityClientId
    Keys__Hashing: fromVault(vaultUri, 'keys-hashing')
    Keys__Encryption: fromVault(vaultUri, 'keys-encryption')
    Admin__KeyHashes: fromVault(vaultUri, 'admin-key-hashes')
    Mail__Endpoint: mailEndpoint
    Mail__Sender: mailSender
    Mail__ReplyTo: mailReplyTo
    Mail__AllowedRecipients: mailAllowedRecipients
    Mail__PerMinute: string(mailsAMinute)
    Mail__PerHour: string(mailsAnHour)
    Network__TrustedProxies: string(trustedProxies)
    Telemetry__ConnectionString: insightsConnectionString
  }
}
