# Terminating and non-terminating errors, kept and counted.
function Test-Row([string]$Row) {
    if ($Row -notmatch '@') { Write-Error "Row '$Row' has no address" -ErrorId NoAddress -Category InvalidData -TargetObject $Row; return }
    "ok $Row"
}
$Error.Clear()
$result = 'a@b', 'nothing', 'c@d' | ForEach-Object { Test-Row $_ } -ErrorAction SilentlyContinue 2>$null
$result -join ', '
"errors: $($Error.Count), first: $($Error[0].Exception.Message)"
$Error[0].CategoryInfo.Category, $Error[0].TargetObject -join ' '
$ok = Test-Row x -ErrorAction SilentlyContinue -ErrorVariable problems 2>$null
try { Get-Item /no/such/file -ErrorAction Stop } catch { 'stopped: ' + $_.CategoryInfo.Reason }
try { [int]'abc' } catch { $_.FullyQualifiedErrorId }
try { 1 / 0 } catch [DivideByZeroException] { 'division: ' + $_.Exception.Message } catch { 'other' }
try { $null.Method() } catch { $_.FullyQualifiedErrorId }
try { Get-NoSuchThing } catch [System.Management.Automation.CommandNotFoundException] { "unknown: $($_.TargetObject)" }
try { throw @{ code = 42 } } catch { "thrown code $($_.TargetObject.code)" }
try { try { throw 'inner' } finally { 'cleanup' } } catch { "outer got $_" }
$ErrorActionPreference = 'Stop'
try { Write-Error 'now fatal'; 'not printed' } catch { "caught: $_" }
$ErrorActionPreference = 'Continue'
function Test-Trap { trap { "trapped: $_"; continue } throw 'in trap'; 'after' }
Test-Trap
$caught = $null
try { Get-Content /nope/nope -ErrorAction Stop } catch { $caught = $_ }
$caught.Exception.GetType().Name
"$([bool]$?) $($Error.Count -gt 5)"
