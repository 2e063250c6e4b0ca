# Maps servers to settings, merges two tables, walks them in order.
$servers = @{
    'imap.old.example'  = @{ Port = 143; Security = 'Tls' }
    'imap.new.example'  = @{ Port = 993; Security = 'Ssl' }
}
$defaults = [ordered]@{ Retries = 3; Timeout = 15; Verbose = $false }
$overrides = @{ timeout = 60 }
foreach ($key in @($overrides.Keys)) { $defaults[$key] = $overrides[$key] }
$defaults.GetEnumerator() | ForEach-Object { "$($_.Name)=$($_.Value)" }
foreach ($name in ($servers.Keys | Sort-Object)) {
    $s = $servers[$name]
    '{0,-18}{1,5} {2}' -f $name, $s.Port, $s.Security
}
$servers.ContainsKey('IMAP.OLD.EXAMPLE')
$servers.Contains('nope')
$servers['nope'] -eq $null
$servers.Remove('imap.old.example')
$servers.Count
$all = $servers + @{ extra = 1 }
($all.Keys | Sort-Object) -join ','
$counts = @{}
'a b a c b a'.Split(' ') | ForEach-Object { $counts[$_] += 1 }
($counts.GetEnumerator() | Sort-Object Value -Descending | ForEach-Object { "$($_.Key)$($_.Value)" }) -join ' '
$nested = @{ list = @(1, 2, @{ deep = 'found' }) }
$nested.list[2].deep
