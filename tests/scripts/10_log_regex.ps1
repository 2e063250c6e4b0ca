# Parses server log lines by named groups and sums up.
$log = @'
2026-03-01 08:00:01 imap-login: Info: Login: user=<terry>, method=PLAIN, rip=10.0.0.5
2026-03-01 08:00:07 imap-login: Info: Disconnected (auth failed, 1 attempts): user=<ann>, method=PLAIN, rip=10.0.0.9
2026-03-01 08:01:11 imap(terry): Info: Logged out in=512 out=20480
noise without a date
2026-03-01 08:02:30 imap-login: Info: Login: user=<paul>, method=CRAM-MD5, rip=10.0.0.7
2026-03-01 08:03:30 imap(paul): Info: Logged out in=100 out=1000
'@ -split "`r?`n"
$pattern = '^(?<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?<proc>[\w-]+)(?:\((?<user>\w+)\))?: Info: (?<text>.+)$'
$events = foreach ($line in $log) {
    if ($line -match $pattern) {
        [pscustomobject]@{
            When = [datetime]$Matches.when
            Process = $Matches['proc']
            User = if ($Matches.user) { $Matches.user } elseif ($Matches.text -match 'user=<([^>]+)>') { $Matches[1] }
            Failed = $line -like '*auth failed*'
        }
    } else { Write-Warning "skipped: $line" 3>$null; $skipped++ }
}
"$($events.Count) events, $skipped skipped"
$events | Where-Object Failed | ForEach-Object { 'Failed login of {0} at {1:HH:mm:ss}' -f $_.User, $_.When }
$bytes = [regex]::Matches(($log -join "`n"), 'out=(\d+)') | ForEach-Object { [int]$_.Groups[1].Value } | Measure-Object -Sum -Maximum
'Sent {0} bytes, at most {1}' -f $bytes.Sum, $bytes.Maximum
'terry.adams@contoso.edu' -replace '^(\w+)\.(\w+)@(.+)$', '$2, $1 at ${3}'
('a1b22c333' -split '\d+') -join '|'
[regex]::Replace('wave 7 of 12', '\d+', { param($m) [int]$m.Value + 1 })
('IMAP' -cmatch 'imap'), ('IMAP' -match 'imap'), ('x' -notmatch 'y') -join ' '
($events | Group-Object User | Sort-Object Count, Name -Descending | ForEach-Object { '{0}={1}' -f $_.Name, $_.Count }) -join ' '
