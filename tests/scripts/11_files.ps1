# Writes, appends, reads, renames and removes files in a folder of its own.
$root = Join-Path ([IO.Path]::GetTempPath()) ("mt-" + [guid]::NewGuid().ToString('N'))
New-Item -ItemType Directory -Path $root | Out-Null
try {
    $log = Join-Path $root 'run.log'
    'first line' | Set-Content $log
    'second line', 'third line' | Add-Content $log
    "fourth $(1 + 3)" >> $log
    $lines = Get-Content $log
    '{0} lines, last: {1}' -f $lines.Count, $lines[-1]
    (Get-Content $log -TotalCount 2) -join '/'
    (Get-Content $log -Raw).Length -gt 40
    Select-String -Path $log -Pattern 'th' | ForEach-Object { '{0}:{1}' -f $_.LineNumber, $_.Line }
    Copy-Item $log (Join-Path $root 'copy.log')
    Rename-Item (Join-Path $root 'copy.log') 'old.txt'
    (Get-ChildItem $root | Sort-Object Name | Select-Object -ExpandProperty Name) -join ', '
    (Get-ChildItem $root -Filter *.log).BaseName
    Test-Path (Join-Path $root 'nothing.here')
    Test-Path $root -PathType Container
    Get-Content (Join-Path $root 'absent.txt') -ErrorAction SilentlyContinue
    $Error[0].CategoryInfo.Category
    $Error[0].FullyQualifiedErrorId
    Split-Path $log -Leaf
    [IO.Path]::GetExtension($log), [IO.Path]::GetFileNameWithoutExtension($log) -join ' '
    [IO.File]::ReadAllText((Join-Path $root 'old.txt')).Split("`n").Count
    Remove-Item (Join-Path $root '*.txt')
    @(Get-ChildItem $root).Count
}
finally {
    Remove-Item $root -Recurse -Force
}
Test-Path $root
