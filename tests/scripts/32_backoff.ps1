# Retry with exponential back-off, a circuit breaker, typed catches, and a finally that always runs.
$ErrorActionPreference = 'Stop'
$naps = New-Object 'System.Collections.Generic.List[double]'
function Start-Nap([double]$Seconds) { $naps.Add($Seconds) }   # the real one is Start-Sleep

function Invoke-WithRetry {
    [CmdletBinding(DefaultParameterSetName = 'Count')]
    param(
        [Parameter(Mandatory, Position = 0)][scriptblock]$Action,
        [Parameter(ParameterSetName = 'Count')][ValidateRange(1, 10)][int]$MaxAttempts = 4,
        [Parameter(ParameterSetName = 'Time', Mandatory)][timespan]$Within,
        [double]$Base = 0.5,
        [double]$Cap = 5,
        [type[]]$Transient = @([System.TimeoutException], [System.IO.IOException]),
        [object[]]$ArgumentList = @()
    )
    $attempt = 0
    $spent = [timespan]::Zero
    while ($true) {
        $attempt++
        try {
            return & $Action @ArgumentList
        }
        catch {
            $problem = $_.Exception
            while ($problem.InnerException) { $problem = $problem.InnerException }
            $isTransient = $false
            foreach ($type in $Transient) { if ($problem -is $type) { $isTransient = $true; break } }
            $out = if ($PSCmdlet.ParameterSetName -eq 'Count') { $attempt -ge $MaxAttempts } else { $spent -ge $Within }
            if (-not $isTransient -or $out) {
                Write-Warning ("giving up after {0} attempt{1}: {2}" -f $attempt, $(if ($attempt -gt 1) { 's' }), $problem.Message)
                throw
            }
            $nap = [math]::Min($Cap, $Base * [math]::Pow(2, $attempt - 1))
            $spent += [timespan]::FromSeconds($nap)
            Start-Nap $nap
        }
        finally {
            $script:finals++
        }
    }
}

$finals = 0
$calls = 0
$value = Invoke-WithRetry { $script:calls++; if ($calls -lt 3) { throw [TimeoutException]"call $calls" }; "answer on call $calls" }
"$value; naps $($naps -join ' '); finally ran $finals times"

$naps.Clear()
try { Invoke-WithRetry { throw [System.IO.FileNotFoundException]::new('no such file') } -MaxAttempts 3 }
catch [System.IO.FileNotFoundException] { "file: $($_.Exception.Message), naps $naps" }
catch { "other: $_" }

$naps.Clear()
try { Invoke-WithRetry -Within 0:0:12 -Action { throw [TimeoutException]::new('slow') } }
catch { "$($_.Exception.GetType().FullName): $_; naps $($naps -join ' ')" }

$naps.Clear()
try { Invoke-WithRetry { param($a, $b) $a / $b } -ArgumentList 7, 0 }
catch [DivideByZeroException] { "arithmetic: $($_.Exception.Message) after $($naps.Count) naps" }
Invoke-WithRetry { param($a, $b) $a / $b } -ArgumentList 7, 2

try { Invoke-WithRetry { 1 } -MaxAttempts 11 } catch { $_.FullyQualifiedErrorId; $_.Exception.Message }
try { Invoke-WithRetry { 1 } -MaxAttempts 2 -Within 0:1 } catch { $_.FullyQualifiedErrorId }

function Test-Order {
    try {
        try { 'try'; throw 'first' }
        catch { 'catch'; throw "second after $($_.Exception.Message)" }
        finally { 'inner finally' }
        'never'
    }
    catch { "outer: $_" }
    finally { 'outer finally' }
    'after'
}
(Test-Order) -join ' > '

function Get-Early { foreach ($i in 1..3) { try { if ($i -eq 2) { return "left at $i" } } finally { "finally $i" } } }
(Get-Early) -join ', '

$log = foreach ($i in 1..4) {
    try { if ($i -eq 2) { continue }; if ($i -eq 4) { break }; "body $i" } catch { 'never' } finally { $finals = $i }
}
"$($log -join ','), last $finals"

try { Get-Item -Path '/definitely/not/here' } catch [System.Management.Automation.ItemNotFoundException] { "item: $($_.CategoryInfo.Category), $($_.TargetObject)" }
try { 'abc'.Substring(5) } catch [System.Management.Automation.MethodInvocationException] { $_.Exception.InnerException.GetType().Name }
try { 'abc'.Substring(5) } catch [ArgumentOutOfRangeException] { 'typed catch sees the inner exception' }
try { [int]::Parse('x') } catch [FormatException] { 'format' }
try { throw [System.ArgumentException]::new('bad', 'Name') } catch [System.IO.IOException], [System.ArgumentException] { "argument: $($_.Exception.ParamName)" }
try { Invoke-Expression 'if (' } catch { $_.FullyQualifiedErrorId }
$record = try { throw [System.InvalidOperationException]::new('outer', [System.IO.IOException]::new('inner')) } catch { $_ }
"$($record.Exception.Message) < $($record.Exception.InnerException.Message) < $($record.Exception.GetBaseException().GetType().Name)"
try { $record | ForEach-Object { throw $_ } } catch { "rethrown $($_.Exception.Message)" }
& { $ErrorActionPreference = 'SilentlyContinue'; Get-Item /not/here; 'silent went on' }
& { trap [FormatException] { "trap: $($_.Exception.GetType().Name)"; continue } [void][int]::Parse('q'); 'after the trap' }
