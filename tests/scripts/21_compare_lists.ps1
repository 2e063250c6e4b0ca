# Which mailboxes are missing on the other side?
$old = 'terrya', 'annb', 'paulc', 'zoe'
$new = 'ANNB', 'zoe', 'extra'
Compare-Object $old $new | Sort-Object InputObject | ForEach-Object { '{0} {1}' -f $_.SideIndicator, $_.InputObject }
(Compare-Object $old $new -IncludeEqual -ExcludeDifferent).InputObject.ToLower() -join ','
$missing = $old | Where-Object { $_ -notin $new }
"missing: $($missing -join ' ')"
$left = [pscustomobject]@{ Name = 'a'; Size = 1 }, [pscustomobject]@{ Name = 'b'; Size = 2 }
$right = [pscustomobject]@{ Name = 'a'; Size = 1 }, [pscustomobject]@{ Name = 'b'; Size = 3 }
Compare-Object $left $right -Property Name, Size | Sort-Object SideIndicator | ForEach-Object { "$($_.Name)$($_.Size)$($_.SideIndicator)" }
$index = @{}
foreach ($o in $left) { $index[$o.Name] = $o }
foreach ($r in $right) { if ($index[$r.Name].Size -ne $r.Size) { "$($r.Name): $($index[$r.Name].Size) -> $($r.Size)" } }
