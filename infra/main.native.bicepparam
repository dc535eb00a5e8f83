using 'main.bicep'

// As main.small.bicepparam, with the native custom handler.
param location = 'switzerlandnorth'
param environmentName = 'test'
param size = 'small'
param hosting = 'native'
param serviceName = 'Formation en ligne (test)'
param mailAllowedRecipients = '@example.ch'
param alertRecipients = ['operations@example.ch']
