# Builds the body of a notification mail from a here-string.
$batch = [pscustomobject]@{ Name = 'Wave 1'; Total = 120; Failed = 3; Started = [datetime]'2026-03-01 08:15' }
$rows = foreach ($pair in ([ordered]@{ Total = $batch.Total; Failed = $batch.Failed; 'In order' = $batch.Total - $batch.Failed }).GetEnumerator()) {
    "    <tr><td>$($pair.Key)</td><td align=`"right`">$($pair.Value)</td></tr>"
}
$body = @"
<html>
  <h1>Batch "$($batch.Name)"</h1>
  <table>
$($rows -join "`n")
  </table>
  <p>Started $($batch.Started.ToString('yyyy-MM-dd HH:mm')); cost: `$0; $(if ($batch.Failed) { "look at $($batch.Failed) mailboxes" } else { 'all fine' }).</p>
</html>
"@
$body
$literal = @'
Nothing $here is `expanded`, not even "$(1+1)".
'@
$literal
"Length: $($literal.Length)"
($body -split "`n").Count
