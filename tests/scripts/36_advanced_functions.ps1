# Advanced functions: pipeline by value and by property name, sets, validation, ShouldProcess, help.
function Set-UserQuota {
    <#
    .SYNOPSIS
    Sets the quota of mailboxes.
    .DESCRIPTION
    Takes mailboxes from the pipeline, by name or as objects with Alias and Quota.
    .PARAMETER Identity
    The alias, or alias@domain.
    .PARAMETER Quota
    The new limit.
    .INPUTS
    System.String
    .OUTPUTS
    PSCustomObject
    .NOTES
    For the help desk.
    .EXAMPLE
    Set-UserQuota annb -Quota 2GB
    One mailbox.
    .EXAMPLE
    Import-Csv list.csv | Set-UserQuota -Force
    All of a list.
    .LINK
    Get-UserQuota
    #>
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Fixed', ConfirmImpact = 'Low')]
    [OutputType([pscustomobject])]
    [Alias('suq')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName, HelpMessage = 'Alias or address')]
        [Alias('Alias', 'SamAccountName')]
        [ValidatePattern('^[a-z][\w.-]*(@[\w.-]+)?$')]
        [string[]]$Identity,

        [Parameter(ParameterSetName = 'Fixed', ValueFromPipelineByPropertyName)]
        [ValidateRange(1MB, 1TB)]
        [long]$Quota = 1GB,

        [Parameter(ParameterSetName = 'Unlimited', Mandatory)]
        [switch]$Unlimited,

        [ValidateSet('Gold', 'Silver', 'Bronze')]
        [string]$Class = 'Bronze',

        [ValidateScript({ $_ -ge [datetime]'2020-01-01' })]
        [datetime]$From = '2026-01-01',

        [ValidateCount(0, 2)]
        [ValidateLength(2, 8)]
        [string[]]$Tags = @(),

        [switch]$Force
    )
    begin { $count = 0; $before = $PSBoundParameters.Count; $names = [System.Collections.Generic.List[string]]::new() }
    process {
        foreach ($one in $Identity) {
            $count++
            $names.Add($one)
            $text = if ($PSCmdlet.ParameterSetName -eq 'Unlimited') { 'unlimited' } else { "$($Quota / 1MB) MB" }
            if ($Force -or $PSCmdlet.ShouldProcess($one, "Set quota to $text")) {
                [pscustomobject]@{ PSTypeName = 'Quota'; Identity = $one; Limit = $text; Class = $Class; Set = $PSCmdlet.ParameterSetName }
            }
        }
    }
    end { Write-Verbose "$count mailboxes ($before bound before the pipeline): $($names -join ', ')" }
}

Set-UserQuota annb | Format-Table -AutoSize
'terrya', 'paulc@contoso.edu' | Set-UserQuota -Quota 2GB -Class gold -Verbose 4>&1 | ForEach-Object { if ($_ -is [System.Management.Automation.VerboseRecord]) { "V: $($_.Message)" } else { "$($_.Identity) $($_.Limit) $($_.Class)" } }
@'
Alias,Quota
zoe,1073741824
sean,524288000
'@ | ConvertFrom-Csv | Set-UserQuota | ForEach-Object { '{0}: {1}' -f $_.Identity, $_.Limit }
[pscustomobject]@{ SamAccountName = 'x1'; Quota = '5MB'; Other = 1 } | suq -Class Silver | ForEach-Object { "$($_.Identity)=$($_.Limit)/$($_.Class)" }
Set-UserQuota a, b -Unlimited -WhatIf
(Set-UserQuota a, b -Unlimited).Set -join ','
Set-UserQuota -Identity c -Quota 3MB -WhatIf -Force | ForEach-Object Limit

'--- refused ---'
$bad = @(
    { Set-UserQuota '9bad' }
    { Set-UserQuota ok -Quota 5 }
    { Set-UserQuota ok -Class Tin }
    { Set-UserQuota ok -From 2019-12-31 }
    { Set-UserQuota ok -Tags a, bb }
    { Set-UserQuota ok -Tags aa, bb, cc }
    { Set-UserQuota ok -Quota 1GB -Unlimited }
    { Set-UserQuota ok -Quota lots }
    { Set-UserQuota ok -Nothing }
    { Set-UserQuota ok extra }
    { Set-UserQuota ok -Class }
    { Set-UserQuota ok -C Gold }
    { 5, 'fine' | Set-UserQuota -ErrorAction Stop }
)
foreach ($call in $bad) {
    try { $null = & $call; "no error: $call" }
    catch { '{0} [{1}]' -f ($_.FullyQualifiedErrorId -replace ',.*'), $_.CategoryInfo.Category }
}
try { Set-UserQuota ok -Class Tin } catch { $_.Exception.Message }
try { Set-UserQuota ok -Tags a, bb } catch { $_.Exception.Message }
try { Set-UserQuota ok -From 2019-12-31 } catch { $_.Exception.Message }

'--- help ---'
Get-Help Set-UserQuota
(Get-Help Set-UserQuota -Parameter Quota).description.Text
(Get-Help Set-UserQuota).Synopsis
(Get-Command Set-UserQuota).Parameters['Identity'].Aliases -join '/'
(Get-Command suq).Definition
(Get-Command Set-UserQuota).ParameterSets.Name -join ','

'--- begin, process, end ---'
function Measure-Lines {
    param([Parameter(ValueFromPipeline)]$Line, [int]$Minimum = 0)
    begin { $n = 0; $sum = 0; 'begin' }
    process { if ("$Line".Length -lt $Minimum) { return }; $n++; $sum += "$Line".Length }
    end { "end: $n lines, $sum signs" }
}
'a', 'bbb', 'cc' | Measure-Lines -Minimum 2
Measure-Lines 'direct'
@() | Measure-Lines
$null | Measure-Lines
filter Add-Prefix([string]$With = '>') { "$With$_" }
1..3 | Add-Prefix | Add-Prefix -With '-'
function Get-Rest { param($First, [Parameter(ValueFromRemainingArguments)]$Rest) "$First + $($Rest.Count): $($Rest -join '|')" }
Get-Rest a b c 'd e'
Get-Rest a
function Test-Switches { param([switch]$A, [switch]$B, [Nullable[int]]$N, [bool]$C = $true) "$A $($B.IsPresent) $($null -eq $N) $C $($PSBoundParameters.Keys -join '+')" }
Test-Switches -B:$false -A
Test-Switches -N 3 -C 0
function Sum-Input { $total = 0; foreach ($i in $input) { $total += $i }; "$total from $($MyInvocation.MyCommand.Name), args $($args.Count)" }
1, 2, 3 | Sum-Input x y
