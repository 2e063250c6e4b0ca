# Reads an access log with named groups, and tells who was slow: percentiles, busy hours, errors by client.
$log = @'
2026-02-03 08:00:01.120 imap-login: Login: user=<terrya>, method=PLAIN, rip=10.0.0.5, lip=10.0.0.1, TLS, session=<a1>
2026-02-03 08:00:01.500 imap(terrya)<11><a1>: FETCH took 120 ms, 14 msgs, 204800 bytes
2026-02-03 08:00:03.020 imap(terrya)<11><a1>: FETCH took 80 ms, 3 msgs, 1024 bytes
2026-02-03 08:59:59.999 imap(annb)<12><b2>: FETCH took 2500 ms, 1 msgs, 73400320 bytes
2026-02-03 09:00:00.000 imap-login: Disconnected (auth failed, 3 attempts): user=<root>, rip=203.0.113.9, lip=10.0.0.1
2026-02-03 09:00:00.700 imap-login: Disconnected (auth failed, 1 attempts): user=<admin>, rip=203.0.113.9, lip=10.0.0.1
garbage that no pattern knows
2026-02-03 09:10:00.000 imap(annb)<12><b2>: FETCH took 35 ms, 2 msgs, 4096 bytes
2026-02-03 09:11:30.250 imap(zoe)<13><c3>: FETCH took 310 ms, 40 msgs, 1048576 bytes
2026-02-03 10:15:00.000 imap(terrya)<14><d4>: FETCH took 95 ms, 7 msgs, 70000 bytes
2026-02-03 10:15:10.000 imap-login: Disconnected (auth failed, 2 attempts): user=<annb>, rip=198.51.100.4, lip=10.0.0.1
'@

$pattern = [regex]::new(@'
^(?<time>\d{4}-\d\d-\d\d\s[\d:.]+)\s      # when
(?:
   imap\((?<user>[^)]+)\)<\d+><(?<session>\w+)>:\s FETCH\ took\ (?<ms>\d+)\ ms,\ (?<count>\d+)\ msgs,\ (?<bytes>\d+)\ bytes
 | imap-login:\ (?<event>Login|Disconnected)[^<]*user=<(?<user>[^>]*)>.*?rip=(?<ip>[\d.]+)
)
'@, 'IgnorePatternWhitespace, Compiled')

function Get-Percentile([double[]]$Values, [int]$Percent) {
    $sorted = $Values | Sort-Object
    $rank = [math]::Ceiling($Percent / 100 * $sorted.Count) - 1
    $sorted[[math]::Max($rank, 0)]
}

$unknown = 0
$events = foreach ($line in $log -split "`r?`n") {
    $match = $pattern.Match($line)
    if (!$match.Success) { $unknown++; continue }
    $g = $match.Groups
    [pscustomobject]@{
        Time  = [datetime]::ParseExact($g['time'].Value, 'yyyy-MM-dd HH:mm:ss.fff', [cultureinfo]::InvariantCulture)
        User  = $g['user'].Value
        Kind  = if ($g['event'].Success) { $g['event'].Value } else { 'Fetch' }
        Ms    = if ($g['ms'].Success) { [int]$g['ms'].Value }
        Bytes = [long]$(if ($g['bytes'].Success) { $g['bytes'].Value } else { 0 })
        IP    = $g['ip'].Value
    }
}
"{0} events, {1} unknown line{2}" -f $events.Count, $unknown, $(if ($unknown -ne 1) { 's' })

$fetches = $events | Where-Object { $_.Kind -eq 'Fetch' }
$stats = $fetches | Measure-Object Ms -Average -Minimum -Maximum -Sum
'Fetches: {0}, mean {1:0.00} ms, {2}..{3}' -f $stats.Count, $stats.Average, $stats.Minimum, $stats.Maximum
50, 90, 99 | ForEach-Object { 'p{0} = {1} ms' -f $_, (Get-Percentile $fetches.Ms $_) }

$fetches | Group-Object User | Sort-Object { ($_.Group | Measure-Object Bytes -Sum).Sum } -Descending |
    Format-Table @{ n = 'User'; e = 'Name' }, Count,
        @{ n = 'MB'; e = { ($_.Group | Measure-Object Bytes -Sum).Sum / 1MB }; f = 'N2' },
        @{ n = 'Slowest'; e = { ($_.Group.Ms | Measure-Object -Maximum).Maximum }; f = '{0} ms'; a = 'right' } -AutoSize

$events | Group-Object { $_.Time.Hour } | ForEach-Object { '{0:00}:00 {1}' -f [int]$_.Name, ('#' * $_.Count) }

$log | Select-String 'auth failed, (\d+) attempts.*?user=<(\w+)>.*rip=([\d.]+)' -AllMatches | ForEach-Object Matches |
    ForEach-Object { [pscustomobject]@{ IP = $_.Groups[3].Value; User = $_.Groups[2].Value; Attempts = [int]$_.Groups[1].Value } } |
    Group-Object IP | ForEach-Object {
        "{0}: {1} attempts as {2}" -f $_.Name, ($_.Group | Measure-Object Attempts -Sum).Sum, ($_.Group.User -join '/')
    }

$byUser = $events | Group-Object User -AsHashTable -AsString
"annb: $($byUser['annb'].Count), nobody: $($byUser.ContainsKey('nobody')), keys: $(($byUser.Keys | Sort-Object) -join ' ')"
$span = $events[-1].Time - $events[0].Time
"Span: $span, that is $([int]$span.TotalMinutes) minutes; $($span.ToString('h\:mm'))"
($events | Sort-Object Ms -Descending | Select-Object -First 1).psobject.Properties | Where-Object Value | ForEach-Object { "$($_.Name)=$($_.Value)" }
[regex]::Replace('rip=10.0.0.5, lip=10.0.0.1', '(\d+)\.(\d+)\.(\d+)\.(\d+)', { param($m) '{0}.x.x.{1}' -f $m.Groups[1].Value, $m.Groups[4] })
$pattern.GetGroupNames() -join ','
