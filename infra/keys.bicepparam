using 'keys.bicep'

// From infra/keys.sh, through the environment: not on a command line, not in a file.
param vaultName = readEnvironmentVariable('VAULT_NAME')
param name = readEnvironmentVariable('KEY_NAME')
param value = readEnvironmentVariable('KEY_VALUE')
