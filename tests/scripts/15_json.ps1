# JSON settings in and out.
$json = @'
{ "name": "Wave 1", "users": [ { "mail": "a@x", "quota": 10.5 }, { "mail": "b@x", "quota": null } ],
  "options": { "dryRun": false, "limit": 9000000000, "tags": [] } }
'@
$config = $json | ConvertFrom-Json
$config.name
$config.users.Count
$config.users | ForEach-Object { '{0}={1}' -f $_.mail, $_.quota }
$config.options.limit.GetType().Name
$config.options.dryRun -eq $false
$config.options | Add-Member -NotePropertyName retries -NotePropertyValue 3
$config.users[1].quota = 7
$config | ConvertTo-Json -Depth 4
[ordered]@{ a = 1; b = 'x"y'; c = @(1, 2); d = $null; e = [datetime]'2026-01-02' } | Select-Object a, b | ConvertTo-Json -Compress
@(1, 'two', $true, $null) | ConvertTo-Json -Compress
ConvertTo-Json @{ only = 'one' } -Compress
try { '{ bad' | ConvertFrom-Json } catch { 'bad JSON refused' }
