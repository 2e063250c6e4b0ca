# Makes the endpoints, the mailboxes and the batch of one measured copy. Not timed: the peers have their settings ready, too.
param([string] $SourcePort, [string] $TargetPort, [string] $Csv, [string] $Parallel)
$ErrorActionPreference = "Stop"
if (-not $TargetPort) { Import-Csv $Csv | New-Mailbox | Out-Null }
# an account that is polled needs no more
if (-not $SourcePort) { return }
New-MigrationEndpoint -IMAP -Name Source -RemoteServer 127.0.0.1 -Port $SourcePort -Security None -MaxConcurrentMigrations $Parallel -MaxConcurrentIncrementalSyncs $Parallel | Out-Null
$batch = @{ Name = "Bench"; SourceEndpoint = "Source"; CSVData = [System.IO.File]::ReadAllBytes($Csv) }
if ($TargetPort) {
    New-MigrationEndpoint -IMAP -Name Target -RemoteServer 127.0.0.1 -Port $TargetPort -Security None -MaxConcurrentMigrations $Parallel -MaxConcurrentIncrementalSyncs $Parallel | Out-Null
    $batch.TargetEndpoint = "Target"
}
New-MigrationBatch @batch | Out-Null
