import { Place } from 'types.bicep'

@description('Where it goes, and what it is called.')
param place Place

@description('Who is told: e-mail addresses of the operators.')
@minLength(1)
@maxLength(20)
param recipients string[]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${place.token}'
  location: 'global'
  tags: place.tags
  properties: {
    enabled: true
    groupShortName: 'vouchers'
    emailReceivers: [
      for recipient in recipients: { name: recipient, emailAddress: recipient, useCommonAlertSchema: true }
    ]
  }
}

@description('Resource id of the group.')
output groupId string = group.id
