# Reads the users, logs what would be done for each, and counts.
param([string]$CsvPath = (Join-Path $PSScriptRoot 'data/users.csv'))

$script:lines = 0
function Write-Log {
    param(
        [Parameter(Mandatory = $true)][string]$Message,
        [ValidateSet('INFO', 'WARN', 'ERROR')][string]$Level = 'INFO'
    )
    $script:lines++
    Write-Output ("{0:D3} [{1,-5}] {2}" -f $script:lines, $Level, $Message)
}

$users = Import-Csv $CsvPath
Write-Log "Read $($users.Count) users"
foreach ($user in $users) {
    if ($user.Enabled -ne 'True') {
        Write-Log "$($user.EmailAddress) is disabled" -Level warn
        continue
    }
    $alias, $domain = $user.EmailAddress -split '@'
    Write-Log -Message "Mailbox $alias in $domain gets $([int]$user.Quota / 1024) GB"
}
Write-Log ('Total quota: {0:N0} MB' -f ($users | Measure-Object Quota -Sum).Sum)
