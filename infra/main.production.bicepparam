using 'main.bicep'

// The real one: own domains, more than one zone, storage closed to other networks.
param location = 'switzerlandnorth'
param environmentName = 'prod'
param size = 'production'
param serviceName = 'Formation en ligne'
param serviceNames = { fr: 'Formation en ligne', de: 'Online-Kurs', it: 'Formazione online', en: 'Online training' }
param siteDomain = 'formation.example.ch'
param mailDomain = 'mail.example.ch'
param isMailDomainVerified = true
param mailReplyTo = 'aide@example.ch'
param mailsAnHour = 2000
param mailsAMinute = 100
param alertRecipients = ['operations@example.ch', 'security@example.ch']
