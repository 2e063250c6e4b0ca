# Runs another script line by line and shows each line first, as a person would have typed it.
param([string] $Script)
$pending = ""
foreach ($line in Get-Content $Script) {
    if ($line.StartsWith("#")) {
        Write-Host ""
        Write-Host $line -ForegroundColor Green
    } elseif ($line.EndsWith('`') -or $line.EndsWith("|") -or $line.EndsWith("{")) {
        $pending = $pending + $line + "`n"
    } else {
        Write-Host "PS> " -ForegroundColor Cyan -NoNewline
        Write-Host ($pending + $line)
        $said = Invoke-Expression ($pending + $line) | Out-String
        $pending = ""
        if ($said.Trim() -ne "") {
            Write-Host ""
            Write-Host $said.Trim()
            Write-Host ""
        }
    }
}
