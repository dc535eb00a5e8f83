import { Place, names } from 'types.bicep'

@description('Where it goes, and what it is called.')
param place Place

@description('Days that logs and traces are kept: long enough to look into a complaint, short because they are not needed longer.')
@minValue(30)
@maxValue(90)
param logDays int

@description('Days that metrics are kept: numbers without a person, for the workbook to compare with last year.')
@minValue(30)
@maxValue(730)
param metricDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: 'log-${place.token}'
  location: place.location
  tags: place.tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logDays
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

resource metrics 'Microsoft.OperationalInsights/workspaces/tables@2026-03-01' = {
  parent: workspace
  name: 'AppMetrics'
  properties: {
    retentionInDays: metricDays
    totalRetentionInDays: metricDays
  }
}

// Application Insights' own tables keep 90 days whatever the workspace says, unless each is told.
@batchSize(1)
resource logs 'Microsoft.OperationalInsights/workspaces/tables@2026-03-01' = [
  for name in ['AppTraces', 'AppRequests', 'AppDependencies', 'AppExceptions', 'AppEvents']: {
    parent: workspace
    name: name
    properties: { retentionInDays: logDays, totalRetentionInDays: logDays }
  }
]

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: names(place.token).insights
  location: place.location
  tags: place.tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
    DisableIpMasking: false
  }
}

// Who asked what of the logs.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: workspace
  name: 'audit'
  properties: {
    workspaceId: workspace.id
    logs: [{ category: 'Audit', enabled: true }]
  }
}

@description('Where diagnostics go.')
output workspaceId string = workspace.id

@description('Resource id of Application Insights.')
output insightsId string = insights.id

@description('Where telemetry is sent. Not a secret: keys are off, so it opens nothing without the identity.')
output connectionString string = insights.properties.ConnectionString
