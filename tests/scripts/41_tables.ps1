# Every way to print a report: tables, lists, wide, groups, calculated columns, widths and alignment.
$data = @'
Batch,User,Status,Items,MB,Started
Wave1,terrya,Synced,1204,2560.5,2026-03-01T20:00:00
Wave1,annb,Failed,13,1,2026-03-01T20:00:05
Wave2,paulc,Synced,98765,11520.25,2026-03-02T21:15:00
Wave2,zoe,Syncing,0,0,2026-03-02T22:30:00
Wave2,a.very.long.name.that.does.not.fit.into.a.column,Queued,0,0,
'@ | ConvertFrom-Csv | ForEach-Object {
    [pscustomobject]@{ Batch = $_.Batch; User = $_.User; Status = $_.Status; Items = [int]$_.Items; MB = [double]$_.MB; Started = if ($_.Started) { [datetime]$_.Started } }
}
$data | Format-Table User, Status, Items -AutoSize
$data | Format-Table Batch, @{ Label = 'Who'; Expression = { $_.User }; Width = 12 }, @{ Label = 'GB'; Expression = { $_.MB / 1KB }; FormatString = 'N3'; Width = 10; Alignment = 'Right' }, @{ Label = 'St'; Expression = { $_.Status[0] }; Alignment = 'Center'; Width = 5 }
$data | Sort-Object Batch, Items -Descending | Format-Table -GroupBy Batch -Property User, Items, @{ n = 'When'; e = { if ($_.Started) { '{0:HH:mm}' -f $_.Started } else { '-' } } } -AutoSize
$data | Format-Table -GroupBy @{ n = 'State'; e = { if ($_.Status -eq 'Failed') { 'bad' } else { 'good' } } } -Property User -HideTableHeaders
$data[0] | Format-List
$data[0, 1] | Format-List User, @{ n = 'Megabytes'; e = { '{0:N1}' -f $_.MB } }, Nothing
$data | Format-Wide User -Column 3
$data | Select-Object -First 1 | Format-Table * -AutoSize
$data | Select-Object Batch, User -First 2
$data[1] | Select-Object User, Status, Items, MB, Batch
$data | Group-Object Batch
$data | Group-Object Batch, { $_.Items -gt 100 } | Format-Table Name, Count
$data | Measure-Object MB -Sum -Average -Maximum -Minimum | Select-Object Count, Average, Sum, Maximum, Minimum, Property
[ordered]@{ Name = 'value'; Number = 42; List = 1, 2, 3; Nested = @{ a = 1 } }
@{ only = 'one' } | Format-Table -AutoSize
[pscustomobject]@{ List = 1..10; Hash = @{ x = 1 }; Empty = @(); Null = $null; Date = [datetime]'2026-01-02'; Span = [timespan]'00:01'; Bool = $true; Obj = [pscustomobject]@{ p = 1 } }
[pscustomobject]@{ A = 1; B = 2 }, [pscustomobject]@{ A = 3; C = 4 } | Format-Table
$data | Format-Table User -Wrap -AutoSize | Out-String -Width 30
($data | Format-Table User, Items -HideTableHeaders -AutoSize | Out-String).Trim() -split "`r?`n" | ForEach-Object { "|$_" }
1.5, 2, 'three', $null, $true, [datetime]'2026-05-06', 'x' | ForEach-Object { "$_" }
$data | Where-Object Items -GT 0 | Select-Object User, @{ Name = 'Share'; Expression = { '{0,6:P1}' -f ($_.Items / 99982) } } | Format-Table -AutoSize
Get-Date '2026-01-02 03:04:05' | Format-List Year, Month, DayOfWeek
New-TimeSpan -Minutes 90 | Format-Table Hours, Minutes, TotalHours
[version]'1.2.3' | Format-Table
'text', 'more' | Format-Table
'text', 'more' | Select-Object Length | Format-Table -AutoSize
,@(1, 2) | ForEach-Object { "array of $($_.Count)" }
