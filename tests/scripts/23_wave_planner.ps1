<#
.SYNOPSIS
    Plans migration waves from a CSV of mailboxes.
.DESCRIPTION
    Reads mailboxes with sizes, splits them into waves by a size limit and a count limit,
    and prints a plan with totals, estimates and warnings.
.PARAMETER MaxPerWave
    Mailboxes in one wave.
.PARAMETER MaxGB
    Size of one wave.
.EXAMPLE
    ./23_wave_planner.ps1 -MaxPerWave 3
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 500)][int]$MaxPerWave = 3,
    [double]$MaxGB = 10,
    [datetime]$FirstNight = '2026-04-03'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$csv = @'
Mailbox,Size,Items,VIP
terrya,2.5GB,12000,no
annb,900MB,4100,no
paulc,6GB,51000,yes
zoe,150MB,700,no
sean,3.25GB,20500,no
shared-info,8GB,90000,no
ceo,1GB,5000,yes
broken,unknown,10,no
'@

function ConvertTo-Bytes {
    [OutputType([long])]
    param([Parameter(Mandatory, ValueFromPipeline)][string]$Text)
    process {
        if ($Text -notmatch '^\s*(?<n>\d+(\.\d+)?)\s*(?<u>KB|MB|GB|TB)?\s*$') {
            throw [System.FormatException]::new("'$Text' is not a size")
        }
        $factor = switch ($Matches['u']) { 'KB' { 1KB } 'MB' { 1MB } 'GB' { 1GB } 'TB' { 1TB } default { 1 } }
        [long]([double]::Parse($Matches['n'], [cultureinfo]::InvariantCulture) * $factor)
    }
}

function Format-Size([long]$Bytes) {
    switch ($Bytes) {
        { $_ -ge 1GB } { return '{0:0.##} GB' -f ($Bytes / 1GB) }
        { $_ -ge 1MB } { return '{0:0} MB' -f ($Bytes / 1MB) }
        default { return "$Bytes B" }
    }
}

$mailboxes = [System.Collections.Generic.List[object]]::new()
foreach ($row in ($csv | ConvertFrom-Csv)) {
    try {
        $mailboxes.Add([pscustomobject]@{
            Name  = $row.Mailbox
            Bytes = $row.Size | ConvertTo-Bytes
            Items = [int]$row.Items
            Vip   = $row.VIP -eq 'yes'
        })
    }
    catch [System.FormatException] {
        Write-Output "skipped $($row.Mailbox): $($_.Exception.Message)"
    }
}

$waves = @()
$current = $null
foreach ($mailbox in ($mailboxes | Sort-Object @{ Expression = 'Vip'; Descending = $false }, @{ Expression = 'Bytes'; Descending = $true })) {
    $fits = $current -and $current.Members.Count -lt $MaxPerWave -and ($current.Bytes + $mailbox.Bytes) -le $MaxGB * 1GB
    if (-not $fits) {
        $current = [pscustomobject]@{
            Number  = $waves.Count + 1
            Night   = $FirstNight.AddDays(7 * $waves.Count)
            Bytes   = [long]0
            Members = New-Object System.Collections.ArrayList
        }
        $waves += $current
    }
    [void]$current.Members.Add($mailbox)
    $current.Bytes += $mailbox.Bytes
}

$waves | Format-Table @{ n = 'Wave'; e = { $_.Number } },
                      @{ n = 'Night'; e = { $_.Night.ToString('ddd dd MMM') } },
                      @{ n = 'Size'; e = { Format-Size $_.Bytes }; Alignment = 'Right' },
                      @{ n = 'Mailboxes'; e = { ($_.Members | ForEach-Object Name) -join ', ' } } -AutoSize

$largest = $mailboxes | Sort-Object Bytes -Descending | Select-Object -First 1
'Largest: {0} with {1} in {2:N0} items' -f $largest.Name, (Format-Size $largest.Bytes), $largest.Items
$rate = 25MB
$hours = [timespan]::FromSeconds(($mailboxes | Measure-Object Bytes -Sum).Sum / $rate)
'At {0}/s: {1:hh\:mm\:ss}' -f (Format-Size $rate), $hours
if ($waves.Where({ $_.Members.Vip -contains $true }).Count) { 'VIP waves: ' + (($waves | Where-Object { $_.Members.Vip -contains $true }).Number -join ',') }
