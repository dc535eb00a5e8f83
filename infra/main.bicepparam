using 'main.bicep'

// What azd uses. Each value is set with "azd env set NAME value"; docs/deploy.md has the table.
param location = readEnvironmentVariable('AZURE_LOCATION', 'switzerlandnorth')
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param size = readEnvironmentVariable('VOUCHER_SIZE', 'small')
param hosting = readEnvironmentVariable('VOUCHER_HOSTING', 'worker')
param serviceName = readEnvironmentVariable('VOUCHER_SERVICE_NAME')
param serviceNames = {
  fr: readEnvironmentVariable('VOUCHER_SERVICE_NAME_FR', '')
  de: readEnvironmentVariable('VOUCHER_SERVICE_NAME_DE', '')
  it: readEnvironmentVariable('VOUCHER_SERVICE_NAME_IT', '')
  en: readEnvironmentVariable('VOUCHER_SERVICE_NAME_EN', '')
}
param siteDomain = readEnvironmentVariable('VOUCHER_SITE_DOMAIN', '')
param apiRoute = readEnvironmentVariable('VOUCHER_API_ROUTE', 'linked')
param mailDomain = readEnvironmentVariable('VOUCHER_MAIL_DOMAIN', '')
param isMailDomainVerified = bool(readEnvironmentVariable('VOUCHER_MAIL_DOMAIN_VERIFIED', 'false'))
param mailReplyTo = readEnvironmentVariable('VOUCHER_MAIL_REPLY_TO', '')
param mailAllowedRecipients = readEnvironmentVariable('VOUCHER_MAIL_ALLOWED_RECIPIENTS', '')
param mailsAnHour = int(readEnvironmentVariable('VOUCHER_MAILS_AN_HOUR', '10'))
param mailsAMinute = int(readEnvironmentVariable('VOUCHER_MAILS_A_MINUTE', '5'))
param alertRecipients = split(readEnvironmentVariable('VOUCHER_ALERT_RECIPIENTS'), ',')
