# Keeps what was done in a JSON file, merges it with a newer one and writes it back.
$folder = Join-Path ([IO.Path]::GetTempPath()) "state-$([guid]::NewGuid().ToString().Substring(0, 8))"
$null = New-Item -Path $folder -ItemType Directory -Force
$path = Join-Path $folder 'state.json'

function Read-State {
    param([string]$Path)
    if (-not (Test-Path $Path)) { return [pscustomobject]@{ version = 1; users = [pscustomobject]@{}; history = @() } }
    Get-Content -Path $Path -Raw | ConvertFrom-Json
}
function Save-State {
    param([Parameter(Mandatory)]$State, [string]$Path)
    $temporary = "$Path.tmp"
    $State | ConvertTo-Json -Depth 6 | Set-Content -Path $temporary -Encoding UTF8
    Move-Item -Path $temporary -Destination $Path -Force
}
function Merge-Object($Base, $Over) {
    foreach ($property in $Over.PSObject.Properties) {
        $present = $Base.PSObject.Properties[$property.Name]
        if ($null -eq $present) { $Base | Add-Member -MemberType NoteProperty -Name $property.Name -Value $property.Value }
        elseif ($present.Value -is [System.Management.Automation.PSCustomObject]) { Merge-Object $present.Value $property.Value }
        elseif ($present.Value -is [array]) { $present.Value = @($present.Value) + @($property.Value) | Select-Object -Unique }
        else { $present.Value = $property.Value }
    }
}

$state = Read-State $path
"new: version $($state.version), users $(@($state.users.PSObject.Properties).Count), history $($state.history.Count)"
$state.users | Add-Member terrya ([pscustomobject]@{ items = 10; tags = @('vip', 'law'); note = $null })
$state.users | Add-Member -NotePropertyMembers @{ annb = [pscustomobject]@{ items = 0; tags = @(); note = "line1`nline2 `"quoted`" \ ü" } }
$state.history += [pscustomobject]@{ at = '2026-01-05'; what = 'created' }
Save-State $state -Path $path
Get-Content $path

$again = Read-State $path
"same text: $((ConvertTo-Json $again -Depth 6 -Compress) -ceq (ConvertTo-Json $state -Depth 6 -Compress))"
"types: $($again.users.terrya.items.GetType().Name) $($again.users.terrya.tags.GetType().Name) $($null -eq $again.users.terrya.note) $($again.history.GetType().Name)"
"note: $($again.users.annb.note.Split("`n").Count) lines, $($again.users.annb.note.Length) signs"

$newer = '{ "version": 2, "users": { "annb": { "items": 12, "tags": ["law"], "ratio": 0.25 }, "zoe": { "items": 1e3, "tags": [], "deep": { "a": [1, [2, 3], { "b": true }] } } },
  "history": [ { "at": "2026-01-06T10:30:00Z", "what": "moved" } ] }' | ConvertFrom-Json
Merge-Object $again $newer
$again | ConvertTo-Json -Depth 10 -Compress
"version $($again.version); $(($again.users.PSObject.Properties | ForEach-Object { '{0}={1}' -f $_.Name, $_.Value.items }) -join ' ')"
$when = $again.history[-1].at
"$($when.GetType().Name) $(([datetime]$when).ToUniversalTime().ToString('o'))"
$again.users.zoe.deep.a[1] -join '+'
$again.users.zoe.deep.a[2].b

'--- hashtables, enums, dates, depth ---'
[ordered]@{ a = 1; b = 'x'; c = [DayOfWeek]::Friday; d = [datetime]::new(2026, 1, 2, 3, 4, 5, 'Utc'); e = 'E'; f = 1.50; g = [guid]::Empty } | ConvertTo-Json
@{ one = @{ two = @{ three = @{ four = 4 } } } } | ConvertTo-Json -Compress -WarningAction SilentlyContinue
1, 'two', $null, $true | ConvertTo-Json -Compress
ConvertTo-Json @() -Compress
, @(1) | ConvertTo-Json -Compress
'single' | ConvertTo-Json
$table = '{"B":1,"a":{"C":[1,2]}}' | ConvertFrom-Json -AsHashtable
"$($table.GetType().Name -like '*Dictionary' -or $table -is [hashtable]) $($table.a.C[1]) $($table['b'])"
try { '{"a":1,}x' | ConvertFrom-Json } catch { "bad JSON: $($_.FullyQualifiedErrorId)" }
try { '{"a":1,"A":2}' | ConvertFrom-Json } catch { 'same name twice' }
@'
[{"n":1},
 {"n":2}]
'@ | ConvertFrom-Json | ForEach-Object { "n=$($_.n)" }
(Get-Content $path -Raw | ConvertFrom-Json).users.psobject.Properties.Name -join ','
Get-ChildItem $folder | ForEach-Object Name
Remove-Item $folder -Recurse
