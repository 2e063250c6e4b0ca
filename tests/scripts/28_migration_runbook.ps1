<#
.SYNOPSIS
    Moves a list of mailboxes in waves, with a log, a dry run and a summary.
.DESCRIPTION
    Checks the list, asks the (simulated) source for each mailbox, moves it with retries,
    keeps what happened in a log file and prints a summary for the change ticket.
.PARAMETER CsvPath
    The list: Alias,Email,Quota,Wave.
.PARAMETER Wave
    Only this wave; all when left out.
.PARAMETER LogLevel
    Least level that goes to the log.
.EXAMPLE
    PS C:\> .\28_migration_runbook.ps1 -Wave 1 -WhatIf

    Shows what the first wave would do.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
param (
    [Parameter(Position = 0)]
    [ValidateScript({ if (-not $_ -or (Test-Path -LiteralPath $_ -PathType Leaf)) { $true } else { throw "The list '$_' is not there." } })]
    [string] $CsvPath,

    [ValidateRange(0, 9)]
    [int] $Wave = 0,

    [ValidateSet('Debug', 'Info', 'Warning', 'Error')]
    [string] $LogLevel = 'Info',

    [ValidateNotNullOrEmpty()]
    [string] $Domain = 'contoso.edu'
)

begin {
    $ErrorActionPreference = 'Stop'
    Set-StrictMode -Version 2
    $script:Levels = [ordered]@{ Debug = 0; Info = 1; Warning = 2; Error = 3 }
    $script:LogFile = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath ('runbook-{0}.log' -f ([guid]::NewGuid()))
    $script:Counter = @{}

    function Write-Log {
        [CmdletBinding()]
        param (
            [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
            [AllowEmptyString()]
            [string] $Message,

            [Parameter(Position = 1)]
            [ValidateSet('Debug', 'Info', 'Warning', 'Error')]
            [string] $Level = 'Info'
        )
        process {
            $script:Counter[$Level] = 1 + $(if ($script:Counter.ContainsKey($Level)) { $script:Counter[$Level] } else { 0 })
            if ($script:Levels[$Level] -lt $script:Levels[$LogLevel]) { return }
            $line = '[{0}] {1}' -f $Level.ToUpper().PadRight(7), $Message
            Add-Content -Path $script:LogFile -Value $line -WhatIf:$false -Confirm:$false
            switch ($Level) {
                'Warning' { Write-Host $line -ForegroundColor Yellow }
                'Error' { Write-Host $line -ForegroundColor Red }
                default { Write-Host $line }
            }
        }
    }

    function ConvertTo-ByteCount {
        [OutputType([long])]
        param ([string] $Text)
        if ($Text -notmatch '^(?<number>[\d.,]+)\s*(?<unit>[KMGT]?B)?$') {
            throw New-Object System.FormatException "'$Text' is not a quota"
        }
        $number = [double]($Matches.number -replace ',')
        $unit = if ($Matches.ContainsKey('unit')) { $Matches.unit } else { 'B' }
        [long]($number * (Invoke-Expression "1$($unit -replace '^B$')"))
    }

    function Invoke-Move {
        [CmdletBinding(SupportsShouldProcess)]
        param ([Parameter(Mandatory)] $Mailbox, [int] $Attempts = 3)

        if (-not $PSCmdlet.ShouldProcess($Mailbox.Email, "Move to wave $($Mailbox.Wave)")) { return 'Skipped' }
        for ($attempt = 1; $attempt -le $Attempts; $attempt++) {
            try {
                if ($Mailbox.Alias -eq 'flaky' -and $attempt -lt 3) {
                    throw [System.TimeoutException]::new("no answer (attempt $attempt)")
                }
                if ($Mailbox.Alias -eq 'locked') {
                    throw [System.UnauthorizedAccessException] 'mailbox is locked'
                }
                Write-Log "$($Mailbox.Alias): moved $('{0:N0}' -f $Mailbox.Bytes) bytes"
                return 'Moved'
            }
            catch [System.TimeoutException] {
                Write-Log "$($Mailbox.Alias): $($_.Exception.Message), again" Warning
            }
            catch {
                Write-Log "$($Mailbox.Alias): $($_.Exception.GetType().Name): $_" -Level Error
                return 'Failed'
            }
            finally {
                Write-Log "$($Mailbox.Alias): attempt $attempt over" Debug
            }
        }
        'GaveUp'
    }

    Write-Log ('Runbook for {0}, level {1}, WhatIf={2}' -f $Domain, $LogLevel, [bool]$WhatIfPreference)
}

process {
    $text = if ($CsvPath) { Get-Content -LiteralPath $CsvPath -Raw } else {
@"
Alias,Email,Quota,Wave
terrya,terrya@$Domain,2GB,1
annb,,"1,500MB",1
flaky,flaky@$Domain,10MB,1
locked,locked@$Domain,700KB,2
paulc,paulc@$Domain,unlimited,2
terrya,terrya@$Domain,2GB,2
zoe,zoe@$Domain,42,2
"@
    }

    $seen = New-Object 'System.Collections.Generic.HashSet[string]' ([StringComparer]::OrdinalIgnoreCase)
    $results = foreach ($row in ($text | ConvertFrom-Csv)) {
        if ($Wave -and [int]$row.Wave -ne $Wave) { continue }
        if (-not $seen.Add($row.Alias)) {
            Write-Log "$($row.Alias): listed twice" Warning
            continue
        }
        $record = [pscustomobject][ordered]@{
            Alias  = $row.Alias
            Email  = if ([string]::IsNullOrWhiteSpace($row.Email)) { "$($row.Alias)@$Domain" } else { $row.Email }
            Wave   = [int]$row.Wave
            Bytes  = [long]0
            Status = 'New'
        }
        try { $record.Bytes = ConvertTo-ByteCount $row.Quota }
        catch [System.FormatException] {
            Write-Log "$($record.Alias): $($_.Exception.Message)" Error
            $record.Status = 'Invalid'
            $record
            continue
        }
        $record.Status = Invoke-Move -Mailbox $record
        $record
    }
}

end {
    $results | Format-Table -Property Alias, Email, Wave, @{ Name = 'MB'; Expression = { '{0:N1}' -f ($_.Bytes / 1MB) }; Alignment = 'Right' }, Status -AutoSize

    $results | Group-Object -Property Status -NoElement | Sort-Object -Property @{ Expression = 'Count'; Descending = $true }, Name | ForEach-Object {
        '{0,-8} {1}' -f $_.Name, $_.Count
    }
    $sum = $results | Where-Object Status -EQ 'Moved' | Measure-Object -Property Bytes -Sum -Maximum
    "Moved {0} mailboxes, {1:N2} GB, the largest {2:0.#} MB" -f $sum.Count, ($sum.Sum / 1GB), ($sum.Maximum / 1MB)
    'Log: ' + (($script:Counter.GetEnumerator() | Sort-Object -Property { $script:Levels[$_.Key] } | ForEach-Object { "$($_.Key)=$($_.Value)" }) -join ', ')
    $kept = @(Get-Content $script:LogFile)
    "Lines kept: $($kept.Count), of these problems: $(@($kept -match '^\[(WARNING|ERROR)').Count)"
    $kept | Select-String -Pattern 'again$' | Select-Object -ExpandProperty LineNumber | Measure-Object -Minimum | ForEach-Object { "First retry on line $($_.Minimum)" }

    $WhatIfPreference = $true
    "Dry run: $(Invoke-Move -Mailbox $results[0])"
    $WhatIfPreference = $false
    Remove-Item -Path $script:LogFile
    "Log still there: $(Test-Path $script:LogFile)"
}
