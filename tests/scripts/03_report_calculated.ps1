# A report with calculated columns, sorted and grouped.
$users = Import-Csv (Join-Path $PSScriptRoot data/users.csv)
$users |
    Sort-Object { [int]$_.Quota } -Descending |
    Select-Object @{ Name = 'Alias'; Expression = { $_.EmailAddress.Split('@')[0] } },
                  Department,
                  @{ n = 'QuotaMB'; e = { [int]$_.Quota } },
                  @{ l = 'Share'; e = { '{0:P1}' -f ([int]$_.Quota / 7936) } } |
    Format-Table -AutoSize

$users | Group-Object Enabled | Sort-Object Name | ForEach-Object {
    '{0}: {1} ({2})' -f $_.Name, $_.Count, (($_.Group | ForEach-Object { $_.UserName } | Sort-Object) -join '; ')
}
