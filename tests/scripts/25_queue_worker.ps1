# A work queue with states, retries and a summary, without a server.
$queue = [System.Collections.Queue]::new()
$jobs = @{}
function Add-Job {
    param([Parameter(Mandatory, Position = 0)][string]$Name, [int]$FailTimes = 0)
    $job = [pscustomobject]@{ Name = $Name; State = 'Queued'; Tries = 0; FailTimes = $FailTimes; Error = $null }
    $jobs[$Name] = $job
    $queue.Enqueue($job)
}
function Step-Job($Job) {
    $Job.State = 'Running'
    $Job.Tries++
    if ($Job.Tries -le $Job.FailTimes) { throw "connection reset (try $($Job.Tries))" }
    $Job.State = 'Done'
}
Add-Job alpha
Add-Job beta -FailTimes 1
Add-Job gamma -FailTimes 9
$turn = 0
while ($queue.Count -gt 0 -and $turn -lt 20) {
    $turn++
    $job = $queue.Dequeue()
    try { Step-Job $job }
    catch {
        $job.Error = $_.Exception.Message
        if ($job.Tries -lt 3) { $job.State = 'Queued'; $queue.Enqueue($job) } else { $job.State = 'Failed' }
    }
}
foreach ($name in 'alpha', 'beta', 'gamma') {
    $job = $jobs[$name]
    $note = if ($job.Error) { " ($($job.Error))" } else { '' }
    '{0,-6} {1,-7} {2} tries{3}' -f $job.Name, $job.State, $job.Tries, $note
}
$summary = $jobs.Values | Group-Object State -AsHashTable -AsString
'done={0} failed={1}' -f @($summary['Done']).Count, @($summary['Failed']).Count
"turns: $turn"
$stack = [System.Collections.Generic.Stack[int]]::new(); 1..3 | ForEach-Object { $stack.Push($_) }; $stack.Pop(), $stack.Peek(), $stack.Count -join ' '
$exit = if ($summary['Failed']) { 3 } else { 0 }
"exit code will be $exit"
exit $exit
