# A migration from an empty machine to the last check. The old server is a real Dovecot on this machine.
# Is the old server there, and does it speak TLS?
Test-MigrationServerAvailability -IMAP -RemoteServer localhost -Port $OldServerPort -Security Ssl | Format-List Result, Message, ConnectionSettings
# How to reach it, and how many mailboxes at once:
New-MigrationEndpoint -IMAP -Name IMAPEndpoint -RemoteServer localhost -Port $OldServerPort -Security Ssl -MaxConcurrentMigrations 3
Get-MigrationEndpoint IMAPEndpoint | Format-List EndpointType,RemoteServer,Port,Security,Max*
# Who moves: one row a person.
Get-Content IMAPmigration_1.csv
# Every mailbox must exist before mail is moved into it. The same file makes them all:
Import-Csv IMAPmigration_1.csv | New-Mailbox
# The batch, started at once:
New-MigrationBatch -Name IMAPBatch1 -SourceEndpoint IMAPEndpoint -CSVData ([System.IO.File]::ReadAllBytes("IMAPmigration_1.csv")) -AutoStart
Wait-MigrationBatch IMAPBatch1
Get-MigrationBatch IMAPBatch1 | Format-List Status, TotalCount, SyncedCount, FailedCount, DataConsistencyScore
Get-MigrationUser -BatchId IMAPBatch1 | Get-MigrationUserStatistics
# Where the mail stands now:
Get-Mailbox terrya@contoso.edu | Get-MailboxFolderStatistics | Sort-Object FolderPath | Format-Table FolderPath, ItemsInFolder, FolderSize
