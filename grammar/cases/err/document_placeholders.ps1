Test-MigrationServerAvailability -RemoteServer <server FQDN> -Port <port number>
New-MigrationBatch -Imap -Name <name for the migration batch> -CSVData ([System.IO.File]::ReadAllBytes(<path of the CSV migration file>)) -MaxConcurrentMigrations <number between 1 and 10> -RemoteServer <server FQDN> -Port <port number> Timezone <timezone>

Get-Help <cmdlet>
Get-Help <cmdlet> -Examples
