import { Place } from 'types.bicep'

@description('Where it goes, and what it is called.')
param place Place

@description('Application Insights, whose metrics it shows.')
param insightsId string

var charts = [
  { title: 'Vouchers a day', shape: 'barchart', query: loadTextContent('../queries/chart-vouchers.kql') }
  { title: 'Accounts', shape: 'linechart', query: loadTextContent('../queries/chart-accounts.kql') }
  { title: 'Timers', shape: 'table', query: loadTextContent('../queries/chart-timers.kql') }
  {
    title: 'Mail: seconds to the mail service'
    shape: 'linechart'
    query: loadTextContent('../queries/chart-mail-delay.kql')
  }
  {
    title: 'Mail: answers of the mail service'
    shape: 'barchart'
    query: loadTextContent('../queries/chart-mail-outcomes.kql')
  }
  { title: 'Requests', shape: 'barchart', query: loadTextContent('../queries/chart-requests.kql') }
]

var timeRange = {
  type: 9
  name: 'period'
  content: {
    version: 'KqlParameterItem/1.0'
    parameters: [
      {
        id: guid('period')
        version: 'KqlParameterItem/1.0'
        name: 'Period'
        type: 4
        isRequired: true
        value: { durationMs: 2592000000 }
        typeSettings: {
          selectableValues: map([1, 7, 30, 90, 365], days => { durationMs: days * 86400000 })
          allowCustom: true
        }
      }
    ]
  }
}

// Charts over metrics: nothing in them can be traced to a person.
resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid('workbook', place.token)
  location: place.location
  tags: place.tags
  kind: 'shared'
  properties: {
    displayName: 'Vouchers'
    category: 'workbook'
    sourceId: insightsId
    serializedData: string({
      version: 'Notebook/1.0'
      fallbackResourceIds: [insightsId]
      items: concat(
        [timeRange],
        map(charts, chart => {
          type: 3
          name: chart.title
          content: {
            version: 'KqlItem/1.0'
            title: chart.title
            query: chart.query
            queryType: 0
            resourceType: 'microsoft.insights/components'
            timeContextFromParameter: 'Period'
            visualization: chart.shape
            size: 0
          }
        })
      )
    })
  }
}
