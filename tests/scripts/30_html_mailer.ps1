# Builds the nightly migration report as an HTML mail, and as text for those who read mail in a terminal.
#Requires -Version 5
param(
    [string[]]$To = @('it@contoso.edu', 'helpdesk@contoso.edu'),
    [string]$From = 'migration@contoso.edu',
    [switch]$Send
)

$jobs = @(
    [pscustomobject]@{ User = 'terrya'; Status = 'Synced'; Items = 1204; Bytes = 2.5GB; Started = [datetime]'2026-03-01T20:00:00'; Ended = [datetime]'2026-03-01T20:41:07' }
    [pscustomobject]@{ User = 'annb'; Status = 'Failed'; Items = 13; Bytes = 1MB; Started = [datetime]'2026-03-01T20:00:00'; Ended = [datetime]'2026-03-01T20:00:09' }
    [pscustomobject]@{ User = 'o''neil & co <test>'; Status = 'Synced'; Items = 98765; Bytes = 11.25GB; Started = [datetime]'2026-03-01T21:15:00'; Ended = [datetime]'2026-03-02T02:01:30' }
    [pscustomobject]@{ User = 'zoe'; Status = 'Syncing'; Items = 0; Bytes = 0; Started = [datetime]'2026-03-02T01:00:00'; Ended = $null }
)

$duration = @{ Name = 'Duration'; Expression = { if ($_.Ended) { '{0:hh\:mm\:ss}' -f ($_.Ended - $_.Started) } else { 'running' } } }
$size = @{ Name = 'Size'; Expression = {
        if ($_.Bytes -ge 1GB) { '{0:N1} GB' -f ($_.Bytes / 1GB) }
        elseif ($_.Bytes -ge 1MB) { '{0:N0} MB' -f ($_.Bytes / 1MB) }
        else { "$($_.Bytes) B" }
    }
}
$rate = @{ Name = 'Items/min'; Expression = { if ($_.Ended) { [math]::Round($_.Items / ($_.Ended - $_.Started).TotalMinutes, 1) } } }

$css = @'
<style>
  table { border-collapse: collapse; }
  td, th { border: 1px solid #ccc; padding: 4px; }
  .bad { color: #c00; }
</style>
'@

$fragment = $jobs | Sort-Object -Property Status, @{ Expression = 'Items'; Descending = $true } |
    Select-Object -Property User, Status, Items, $size, $duration, $rate |
    ConvertTo-Html -Fragment -As Table -PreContent '<h2>Mailboxes</h2>'
$fragment = $fragment -replace '<td>Failed</td>', '<td class="bad">Failed</td>'

$summary = [ordered]@{}
$jobs | Group-Object Status | ForEach-Object { $summary[$_.Name] = $_.Count }
$total = $jobs | Measure-Object -Property Items, Bytes -Sum
$failed = @($jobs.Where{ $_.Status -eq 'Failed' })

$body = @"
<html><head><title>Migration $($jobs[0].Started.ToString('yyyy-MM-dd'))</title>
$css</head>
<body>
<p>Dear colleagues,</p>
<p>$($jobs.Count) mailboxes, $("{0:N0}" -f $total[0].Sum) items, $([math]::Round($total[1].Sum/1GB,2)) GB.
$(if ($failed) { "<b>$($failed.Count) failed:</b> $($failed.User -join ', ')" } else { 'No failures.' })</p>
<ul>
$(foreach ($key in $summary.Keys) { "<li>$($key): $($summary.$key)</li>`r`n" })</ul>
$($fragment -join "`n")
<p>Cost: `$0.00 &mdash; "no" licence needed</p>
</body></html>
"@
$body

'--- text version ---'
($body -replace '(?s)<style>.*?</style>' -replace '</(p|tr|li|h2)>', "`n" -replace '</t[dh]>', "`t" -replace '<[^>]+>' -replace '&mdash;', '-' -replace '&lt;', '<' -replace '&gt;', '>' -replace '&#39;', "'" -replace '&amp;', '&' -split '\r?\n' |
    ForEach-Object { $_.TrimEnd() } | Where-Object { $_ }) -join "`n"

$mail = @{
    To         = $To
    From       = $From
    Subject    = "Migration: {0} of {1} done" -f $summary['Synced'], $jobs.Count
    Body       = $body
    BodyAsHtml = $true
    SmtpServer = 'localhost'
    Priority   = if ($failed.Count) { 'High' } else { 'Normal' }
}
'--- headers ---'
$mail.GetEnumerator() | Where-Object Key -ne 'Body' | Sort-Object Key | ForEach-Object { '{0,-11}: {1}' -f $_.Key, ($_.Value -join '; ') }
if ($Send) { Send-MailMessage @mail }

'--- list ---'
$jobs[1] | Select-Object User, Status | ConvertTo-Html -As List -Fragment
'--- page ---'
$jobs | Select-Object -First 1 User, Items | ConvertTo-Html -Title 'One & only' -Body '<h1>One</h1>' -PostContent '<p>end</p>'
