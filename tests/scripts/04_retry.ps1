# Retries an operation that fails twice, then one that always fails.
function Invoke-WithRetry {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)][scriptblock]$Action,
        [ValidateRange(1, 10)][int]$MaxAttempts = 3
    )
    $attempt = 0
    while ($true) {
        $attempt++
        try {
            return & $Action $attempt
        }
        catch [System.InvalidOperationException] {
            "attempt ${attempt}: $($_.Exception.Message)"
            if ($attempt -ge $MaxAttempts) { throw "gave up after $attempt attempts" }
        }
        finally {
            $script:cleanups++
        }
    }
}
$script:cleanups = 0
Invoke-WithRetry -Action { param($n) if ($n -lt 3) { throw [System.InvalidOperationException]::new("server busy ($n)") } "copied on try $n" }
try {
    Invoke-WithRetry { throw [InvalidOperationException]'always' } -MaxAttempts 2
}
catch {
    "Caught: $_"
    "Type:   $($_.Exception.GetType().FullName)"
}
try { Invoke-WithRetry { 1 } -MaxAttempts 11 } catch { $_.FullyQualifiedErrorId }
"Cleanups: $cleanups"
