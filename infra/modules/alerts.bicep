import { Place } from 'types.bicep'

@description('Where it goes, and what it is called.')
param place Place

@description('Application Insights, whose metrics the rules read.')
param insightsId string

@description('Who is told.')
param actionGroupId string

@description('Mails that the mail service takes in an hour.')
@minValue(10)
@maxValue(100000)
param mailsAnHour int

// What each means and what to do stands in docs/operations.md under the same name; a test sees to it. Every query gives What and Value.
var rules = [
  {
    name: 'overdue-data'
    text: 'A deletion, lapse or lock is more than an hour late.'
    severity: 1
    every: 'PT15M'
    window: 'PT30M'
    threshold: 3600
    query: loadTextContent('../queries/alert-overdue-data.kql')
  }
  {
    name: 'mail-late'
    text: 'A mail has been waiting for more than ten minutes.'
    severity: 1
    every: 'PT5M'
    window: 'PT10M'
    threshold: 600
    query: loadTextContent('../queries/alert-mail-late.kql')
  }
  {
    name: 'mail-lost'
    text: 'A mail was given up, or refused for good.'
    severity: 2
    every: 'PT15M'
    window: 'PT15M'
    threshold: 0
    query: loadTextContent('../queries/alert-mail-lost.kql')
  }
  {
    name: 'timer-silent'
    text: 'A timer has not run for three times its interval.'
    severity: 1
    every: 'PT5M'
    window: 'PT4H'
    threshold: 100
    query: loadTextContent('../queries/alert-timer-silent.kql')
  }
  {
    name: 'errors'
    text: 'More than 2 % of the requests fail on our side.'
    severity: 2
    every: 'PT5M'
    window: 'PT15M'
    threshold: 2
    query: loadTextContent('../queries/alert-errors.kql')
  }
  {
    name: 'guessing'
    text: 'Somebody tries passwords, codes or keys.'
    severity: 2
    every: 'PT15M'
    window: 'PT15M'
    threshold: 100
    query: loadTextContent('../queries/alert-guessing.kql')
  }
  {
    name: 'mail-quota'
    text: 'The mails of the last hour come near the quota of the mail service. Ask Azure support for a higher e-mail quota of Communication Services, a minute and an hour.'
    severity: 2
    every: 'PT5M'
    window: 'PT1H'
    threshold: mailsAnHour * 80 / 100
    query: loadTextContent('../queries/alert-mail-quota.kql')
  }
]

resource alerts 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: '${rule.name}-${place.token}'
    location: place.location
    tags: place.tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: '${rule.name}: ${rule.text} See docs/operations.md.'
      severity: rule.severity
      evaluationFrequency: rule.every
      windowSize: rule.window
      scopes: [insightsId]
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: rule.threshold
            dimensions: [{ name: 'What', operator: 'Include', values: ['*'] }]
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [actionGroupId] }
    }
  }
]
