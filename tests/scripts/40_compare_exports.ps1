# Compares last night's export with tonight's, and searches the logs of the difference.
$root = Join-Path ([IO.Path]::GetTempPath()) "cmp-$([guid]::NewGuid().ToString('N').Substring(0,6))"
$null = mkdir $root
$old = "$root/old.csv"; $new = "$root/new.csv"
@'
Name,Mail,Items,Status
terrya,terrya@contoso.edu,10,Synced
annb,annb@contoso.edu,20,Syncing
paulc,paulc@contoso.edu,30,Failed
gone,gone@contoso.edu,5,Synced
'@ > $old
@'
Name,Mail,Items,Status
annb,annb@contoso.edu,25,Synced
terrya,terrya@contoso.edu,10,Synced
paulc,PAULC@contoso.edu,30,Failed
zoe,"Zoe, the new one",0,Queued
'@ > $new
$before = Import-Csv $old; $after = Import-Csv $new

Compare-Object $before $after -Property Name | Sort-Object Name | ForEach-Object { '{0} {1}' -f $_.SideIndicator, $_.Name }
Compare-Object $before $after -Property Name, Status -PassThru | Sort-Object Name, SideIndicator | ForEach-Object { "$($_.Name): $($_.Status) ($($_.Items)) $($_.SideIndicator)" }
Compare-Object -ReferenceObject $before -DifferenceObject $after -Property Name -IncludeEqual -ExcludeDifferent | Select-Object -ExpandProperty Name
(Compare-Object $before.Mail $after.Mail).Count, (Compare-Object $before.Mail $after.Mail -CaseSensitive).Count -join '/'
Compare-Object (1, 2, 3) (2, 3, 4) | Format-Table -AutoSize
$null -eq (Compare-Object 1, 2 2, 1)
Compare-Object 'a', 'b' 'B', 'c' -IncludeEqual | Sort-Object InputObject | ForEach-Object { "$($_.InputObject)$($_.SideIndicator)" }

$lookup = @{}; $before | ForEach-Object { $lookup[$_.Name] = $_ }
$changes = foreach ($row in $after) {
    $was = $lookup[$row.Name]
    if (-not $was) { [pscustomobject]@{ Name = $row.Name; Change = 'added'; Detail = '' }; continue }
    $lookup.Remove($row.Name)
    $differs = foreach ($p in $row.PSObject.Properties.Name) { if ($row.$p -cne $was.$p) { '{0}: {1} -> {2}' -f $p, $was.$p, $row.$p } }
    if ($differs) { [pscustomobject]@{ Name = $row.Name; Change = 'changed'; Detail = $differs -join '; ' } }
}
$changes = @($changes) + ($lookup.Values | ForEach-Object { [pscustomobject]@{ Name = $_.Name; Change = 'removed'; Detail = "had $($_.Items)" } })
$changes | Sort-Object Change, Name | Format-Table -GroupBy Change -Property Name, Detail -AutoSize
$changes | Export-Csv "$root/changes.csv" -NoTypeInformation -Delimiter ';'
Get-Content "$root/changes.csv"
$changes | Select-Object Name, @{ N = 'Upper'; E = { $_.Name.ToUpper() } } | Export-Csv "$root/changes.csv" -NoTypeInformation -Append -Force -Delimiter ';'
(Import-Csv "$root/changes.csv" -Delimiter ';').Count
Import-Csv $new -Header A, B | Select-Object -Skip 1 -First 1 | ForEach-Object { "$($_.A) $($_.B)" }
($after | Where-Object Mail -like '*,*').Mail
$after | Sort-Object { [int]$_.Items } -Descending | Select-Object -First 2 -ExpandProperty Items
$after | Sort-Object Items -Descending | Select-Object -First 2 -ExpandProperty Items
'x,y', '1,2', '3' | ConvertFrom-Csv | ForEach-Object { "$($_.x)|$($_.y)|$($null -eq $_.y)" }

'--- logs ---'
1..3 | ForEach-Object { $n = $_; 1..(3 * $n) | ForEach-Object { "host$n line $_ " + $(if ($_ % 3 -eq 0) { "ERROR code=$($_ * 7) user=u$n" } else { 'ok' }) } | Set-Content "$root/log$n.log" }
Select-String -Path "$root/*.log" -Pattern 'ERROR code=(?<code>\d+)' | ForEach-Object { '{0}:{1}:{2}' -f $_.Filename, $_.LineNumber, $_.Matches[0].Groups['code'].Value }
Get-ChildItem $root -Filter *.log | Select-String -Pattern 'ERROR' | Group-Object Filename | ForEach-Object { "$($_.Name) $($_.Count)" }
(Select-String -Path "$root/log3.log" -Pattern 'error' -CaseSensitive).Count
$context = Select-String -Path "$root/log2.log" -Pattern 'code=21' -Context 1, 1
$context.Context.PreContext[0], $context.Line, $context.Context.PostContext[0] -join ' / '
@(Select-String -Path "$root/log1.log" -Pattern 'ok' -NotMatch).Line
Select-String "$root/log?.log" -Pattern 'line 1 ' -List | ForEach-Object Line
"$(Get-Content $root/log2.log | Select-String 'ok' -SimpleMatch | Select-Object -Last 1)"
switch -Regex -File "$root/log2.log" {
    'ERROR.*user=(?<user>\w+)' { $script:bad++; "$($Matches.user) at $($_.Split(' ')[2])" }
    '^host\d line [12] ' { $script:early++ }
}
"bad $bad, early $early"
$count = @{}
switch -Wildcard -File "$root/log3.log" { '*ok' { $count.ok++ } '*ERROR*' { $count.error++; continue } default { $count.other++ } }
($count.GetEnumerator() | Sort-Object Name | ForEach-Object { "$($_.Name)=$($_.Value)" }) -join ' '
foreach ($line in [IO.File]::ReadLines("$root/log1.log")) { if ($line -match 'code=(\d+)') { [int]$Matches[1] * 2 } }
[IO.File]::ReadAllLines("$root/log1.log").Where{ $_.EndsWith('ok') }.Count
Get-Content "$root/log3.log" -ReadCount 4 | ForEach-Object { $_.Count }
(Get-Item "$root/log1.log").Length; (Get-ChildItem $root | Measure-Object Length -Sum).Sum -gt 100
Get-ChildItem $root *.log | Where-Object { $_.Length -gt 100 -and $_.LastWriteTime -gt (Get-Date).AddMinutes(-5) } | Sort-Object Length -Descending | Select-Object -First 1 -ExpandProperty BaseName
Remove-Item $root -Recurse -Force
