# A tool box in files: functions dot-sourced from files that dot-source others, with their own script scope.
$box = Join-Path ([IO.Path]::GetTempPath()) ('box-' + [guid]::NewGuid())
New-Item -Path $box, (Join-Path $box 'lib') -ItemType Directory | Out-Null
@'
# lib/Strings.ps1
$script:Loaded += 'Strings'
function ConvertTo-Slug {
    param([Parameter(Mandatory, ValueFromPipeline)][string]$Text)
    process { ($Text.ToLower() -replace '[^a-z0-9]+', '-').Trim('-') }
}
New-Alias -Name slug -Value ConvertTo-Slug -Force
'@ | Set-Content (Join-Path $box 'lib' 'Strings.ps1')
@'
<#
.SYNOPSIS
The tool box.
#>
param([string]$Prefix = 'Tool')
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
. (Join-Path $PSScriptRoot 'lib/Strings.ps1')
. "$here/lib/Numbers.ps1"
$Loaded += 'Box'
$Settings = @{ Prefix = $Prefix; Root = (Split-Path $PSScriptRoot -Leaf).Substring(0, 4); Name = (Split-Path $PSCommandPath -Leaf) }
function Get-Setting($Name) { $Settings[$Name] }
'@ | Set-Content "$box/Box.ps1"
@'
$script:Loaded += 'Numbers'
function Get-Median { param([double[]]$Values)
    $s = @($Values | Sort-Object)
    if ($s.Count % 2) { $s[[int][math]::Floor($s.Count / 2)] } else { ($s[$s.Count / 2 - 1] + $s[$s.Count / 2]) / 2 }
}
filter Only-Even { if (-not ($_ -band 1)) { $_ } }
return 'not seen as an error'
'unreachable'
'@ | Out-File "$box/lib/Numbers.ps1" -Encoding utf8
@'
[CmdletBinding()]
param([Parameter(Mandatory)][int]$Code, [switch]$Loud)
begin { $mine = 'called script has a scope of its own' }
process {
    if ($Loud) { "about to exit with $Code" }
    exit $Code
}
'@ | Set-Content "$box/Quit.ps1"
@'
@{
    ModuleVersion = '1.2.3'
    Author        = 'Contoso'
    Roles         = @('Source', 'Target')
    Limits        = @{ Max = 10; Sizes = 1MB, 2GB; On = $true }
}
'@ | Set-Content "$box/config.psd1"

$Loaded = @()
$returned = . "$box/Box.ps1" -Prefix 'Kit'
"returned: $returned"
"loaded: $($Loaded -join ', ')"
"settings: $(Get-Setting Prefix) $(Get-Setting Root) $(Get-Setting Name)"
'Hello, World & Co.' | ConvertTo-Slug
slug '  Ünïcode -- Test 42 '
Get-Median 5, 1, 4
Get-Median 1, 2, 3, 10
(1..6 | Only-Even) -join ' '
"here is $(Split-Path $here -Leaf | ForEach-Object { $_.Substring(0, 3) })"
$mine = 'outer'
& "$box/Quit.ps1" 7 -Loud
"exit code $LASTEXITCODE, $mine"
. "$box/Quit.ps1" -Code 4
"exit code $LASTEXITCODE, $mine"
try { & "$box/Quit.ps1" -Code abc } catch { $_.FullyQualifiedErrorId }
try { & "$box/Nothing.ps1" } catch { $_.FullyQualifiedErrorId }
$data = Invoke-Expression (Get-Content "$box/config.psd1" -Raw)
"$($data.ModuleVersion) $($data.Roles[1]) $($data.Limits.Max) $($data.Limits.Sizes[1]) $($data.Limits.On)"
Set-Content "$box/bad.ps1" "function Broken {`n  if (`$true { 1 }`n}"
try { . "$box/bad.ps1" } catch { "bad.ps1: $($_.CategoryInfo.Category)" }
Get-Content "$box/Box.ps1" | Select-String '^\s*\.\s' | ForEach-Object { $_.Line.Trim() }
$parsed = [scriptblock]::Create('param($n) $n * 2'); & $parsed 21
Get-ChildItem $box -Recurse -Filter *.ps1 | Sort-Object Name | ForEach-Object { '{0} in {1}' -f $_.Name, $(if ($_.Directory.Name -eq 'lib') { 'lib' } else { 'root' }) }
(Get-ChildItem $box -Directory).Name
(Get-ChildItem $box -File -Recurse | Measure-Object).Count
(Get-ChildItem $box -Recurse -Include *.psd1, N*.ps1 | Sort-Object Name).Name -join ' '
Get-Command ConvertTo-Slug, Get-Median | ForEach-Object { "$($_.CommandType) $($_.Name)" }
Test-Path Function:\Get-Median, Function:\Nope
(Get-Item Function:Only-Even).CommandType
Get-ChildItem Function:Get-Med* | ForEach-Object Name
Remove-Item Function:Get-Median; [bool](Get-Command Get-Median -ErrorAction Ignore)
${function:ConvertTo-Slug}.ToString().Contains('ToLower')
(Get-Alias slug).Definition
(Get-Variable MyInvocation -ValueOnly).MyCommand.Name
$MyInvocation.MyCommand.Name; Split-Path $PSCommandPath -Leaf
function Get-Caller { $MyInvocation.InvocationName + ' line ' + $MyInvocation.ScriptLineNumber }
Set-Alias whoami-here Get-Caller; whoami-here
Remove-Item $box -Recurse -Force
