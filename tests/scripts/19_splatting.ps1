# Splatting, default values, remaining arguments, bound parameters.
function Connect-Server {
    param([string]$Server = 'localhost', [int]$Port = 143, [switch]$Secure, [Parameter(ValueFromRemainingArguments)][object[]]$Other)
    $names = ($PSBoundParameters.Keys | Sort-Object) -join ','
    "$Server`:$Port secure=$Secure other=$($Other -join '|') bound=[$names]"
}
$common = @{ Server = 'imap.x'; Port = 993 }
Connect-Server @common -Secure
$positional = 'pos.x', 110
Connect-Server @positional
Connect-Server
Connect-Server a 1 b c
Connect-Server -po 25 -sec
function Invoke-Wrapper { Connect-Server @args }
Invoke-Wrapper -Server wrapped -Port 5
function Invoke-Proxy { [CmdletBinding()] param([string]$Server, [int]$Port) Connect-Server @PSBoundParameters }
Invoke-Proxy -Port 7
$common.Secure = $true
Connect-Server @common
& { param($p, $q = $p * 2) "$p $q" } 4
function Get-Args { "$($args.Count): $($args -join ' ')" }
Get-Args 1 two -three:3 (4 + 0)
$PSDefaultParameterValues = @{ 'Connect-Server:Port' = 4711 }
Connect-Server -Server d
$PSDefaultParameterValues.Clear()
Connect-Server -Server e
