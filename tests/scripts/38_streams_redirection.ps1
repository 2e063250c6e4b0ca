# The streams: what goes where, what can be caught, and what ends in a file.
$folder = Join-Path ([IO.Path]::GetTempPath()) "streams-$([guid]::NewGuid().ToString('N'))"
[void](New-Item $folder -ItemType Directory)
Push-Location $folder
try {
    function Write-All {
        [CmdletBinding()]
        param([int]$N = 1)
        Write-Output "out $N"
        Write-Error "error $N"
        Write-Warning "warning $N"
        Write-Verbose "verbose $N"
        Write-Debug "debug $N"
        Write-Information "information $N"
        Write-Host "host $N"
        "last $N"
    }
    $VerbosePreference = 'Continue'
    Write-All 1 > out.txt 2> err.txt 3> warn.txt 4> verb.txt 6> info.txt
    $VerbosePreference = 'SilentlyContinue'
    Get-ChildItem *.txt | Sort-Object Name | ForEach-Object { '{0}: {1}' -f $_.BaseName, ((Get-Content $_ | Select-Object -First 1) -replace '^Write-All : ') }
    (Get-Content out.txt) -join ','
    (Get-Content info.txt) -join ','

    $all = Write-All 2 -InformationAction Continue *>&1
    $all | ForEach-Object { '{0}={1}' -f $_.GetType().Name, $_ }
    Write-All 3 *> all.txt
    @(Get-Content all.txt).Count -gt 4
    Write-All 4 *>> all.txt
    @(Get-Content all.txt | Where-Object { $_ -match '^(out|last|host) \d$' }) -join ' '
    $plain = Write-All 5 2>$null 3>$null 6>$null
    "plain: $($plain -join ',')"
    $both = Write-All 6 2>&1 3>$null 6>$null
    'both: ' + (($both | ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { "<$($_.Exception.Message)>" } else { $_ } }) -join ',')
    $null = Write-All 7 -ErrorVariable problems -WarningVariable warnings -OutVariable results -InformationVariable infos -ErrorAction SilentlyContinue -WarningAction SilentlyContinue 6>$null
    "variables: $($problems.Count)/$($warnings.Count)/$($results.Count)/$($infos.Count): $($problems[0]), $($warnings[0]), $($results -join '+'), $($infos -join '+')"
    Write-All 8 -ErrorVariable +problems -OutVariable +results -ErrorAction SilentlyContinue 3>$null 6>$null | Out-Null
    "appended: $($problems.Count) $($results.Count)"

    '--- tee, outvariable, pipelinevariable ---'
    1..5 | Tee-Object -Variable seen | Where-Object { $_ % 2 } | Tee-Object -FilePath odd.txt | Measure-Object -Sum | Select-Object -ExpandProperty Sum
    "seen $seen; file $((Get-Content odd.txt) -join ' ')"
    'more' | Tee-Object odd.txt -Append
    (Get-Content odd.txt).Count
    1..3 | ForEach-Object { $_ * 10 } -PipelineVariable ten | ForEach-Object { "$ten/$_" }
    Get-ChildItem o*.txt -PipelineVariable file | Sort-Object Name | Get-Content -TotalCount 1 | ForEach-Object { "$_" }
    $kept = Write-Output 1 2 3 -OutVariable ov | Select-Object -First 2; "$kept | $($ov.GetType().Name)"

    '--- files ---'
    'one', 'two' | Out-File lines.txt; 'three' | Out-File lines.txt -Append; 'four' >> lines.txt
    Get-Content lines.txt -Tail 2
    Set-Content lines.txt -Value 'a', 'b' -NoNewline; (Get-Content lines.txt -Raw)
    [pscustomobject]@{ A = 1; B = 'x' } > object.txt; (Get-Content object.txt | Where-Object { $_.Trim() }).Count
    try { 'no clobber' | Out-File lines.txt -NoClobber -ErrorAction SilentlyContinue } catch { $_.FullyQualifiedErrorId }
    Add-Content lines.txt "`nend"; (Get-Content lines.txt)[1]
    Get-Content lines.txt | ForEach-Object { $i = 0 } { $i++; "${i}: $_" } { "total $i" }
    (1, 2, 3 | Out-String).Trim() -split "`r?`n" -join ';'
    'x' | Out-String | ForEach-Object { $_.Length -in 2, 3 }
    'width' * 20 | Out-String -Width 40 -Stream | ForEach-Object Length
    Clear-Content lines.txt; (Get-Item lines.txt).Length
    $transcript = Join-Path $folder 'tr.log'
    Start-Transcript -Path $transcript | Out-Null
    Write-Host 'goes to the transcript'
    Stop-Transcript | Out-Null
    [bool](Select-String -Path $transcript -SimpleMatch 'goes to the transcript' -Quiet)

    '--- $? and $LASTEXITCODE ---'
    Get-Item nothing.here -ErrorAction SilentlyContinue; $?
    Get-Item lines.txt | Out-Null; $?
    sh -c 'echo to stdout; echo to stderr >&2; exit 3' 2>$null
    "exit $LASTEXITCODE, `$? was $?"
    $text = sh -c 'printf "a\nb\n\nc"'; "$($text.Count) lines, last '$($text[-1])'"
    'banana', 'apple' | sort | ForEach-Object { $_ }
    'b2', 'a1' | /usr/bin/sort
    $merged = sh -c 'echo out; echo err >&2' 2>&1; ($merged | ForEach-Object { "$_" } | Sort-Object) -join ','
    sh -c 'exit 0'; if ($LASTEXITCODE -eq 0) { 'fine' }
    & 'sh' '-c' 'echo "$1|$2"' 'x' 'two words' "it's"
    $arguments = '-c', 'echo $#', 'x', 'a b', 'c'; & sh @arguments
    sh -c 'echo chained' && 'and then' || 'never'
    sh -c 'exit 1' || 'or else'
    try { no-such-program --flag } catch { $_.FullyQualifiedErrorId }
    (Get-Command sh).CommandType
    'last'
}
finally {
    Pop-Location
    Remove-Item $folder -Recurse -Force
}
