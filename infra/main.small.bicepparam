using 'main.bicep'

// A pilot or a test system: nothing runs while nobody calls, and only the named recipients get mail.
param location = 'switzerlandnorth'
param environmentName = 'test'
param size = 'small'
param serviceName = 'Formation en ligne (test)'
param mailAllowedRecipients = '@example.ch'
param alertRecipients = ['operations@example.ch']
