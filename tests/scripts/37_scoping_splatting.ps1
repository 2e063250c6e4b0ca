# Dynamic scopes and splatting through several layers: what surprises people.
$level = 'script'
function Show-Level { "sees $level" }
function Set-Inner { $level = 'inner'; Show-Level; $script:level = 'changed by inner'; "still $level" }
Show-Level; Set-Inner; Show-Level
function Test-Private { $private:secret = 's'; function Read-It { "secret is '$secret'" }; Read-It; "here '$secret'" }
Test-Private
$block = { $level = 'block'; $level }
& $block; $level
. $block; $level
$count = 0
1..3 | ForEach-Object { $count++ }
"foreach-object counts in this scope: $count"
function Add-One { $count++; $count }
"a function counts a copy: $(Add-One), $(Add-One), $count"
function Add-OneForAll { $script:count++ }
Add-OneForAll; Add-OneForAll; $count
$list = [System.Collections.ArrayList]@(1)
function Add-ToList { $list.Add(2) > $null; $list += 3; $list.Count }
"objects are shared, += makes a copy: $(Add-ToList) inside, $($list.Count) outside"
$hash = @{ n = 1 }
function Set-Hash($h) { $h.n = 2; $h = @{ n = 99 } }
Set-Hash $hash; "hash n = $($hash.n)"
function Set-ByRef([ref]$Value) { $Value.Value = "set through a reference, was $($Value.Value)" }
$text = 'old'; Set-ByRef ([ref]$text); $text
$counter = & { $n = 10; { $script:last = ++$n; $n }.GetNewClosure() }
"closure: $(& $counter) $(& $counter)"
$adders = foreach ($i in 1..3) { { param($x) $x + $i }.GetNewClosure() }
"closures: $(($adders | ForEach-Object { & $_ 10 }) -join ' '); without: $(& { param($x) $x + $i } 10)"
function Get-Default($A = 1, $B = $A + 1, $C = "$A-$B") { "$A $B $C" }
Get-Default; Get-Default 5; Get-Default -B 0
if ($true) { $made = 'in if' }; "if makes no scope: $made"
foreach ($item in 1, 2) { }; "foreach leaves its variable: $item"
$global:level = 'global'; & { "nearest wins: $level / $global:level" }
Remove-Variable level -Scope Global
Set-Variable -Name fixed -Value 42 -Option ReadOnly
try { $fixed = 1 } catch { $_.FullyQualifiedErrorId }
Set-Variable fixed 43 -Force; $fixed
Get-Variable nothing* | Measure-Object | ForEach-Object Count
$(Get-Variable count -ValueOnly) + (Get-Variable count).Value
function Test-Caller { Set-Variable -Name fromCallee -Value 'one up' -Scope 1 }
Test-Caller; $fromCallee
[int]$typed = '12'; try { $typed = 'x' } catch { 'typed variables keep their type' }; $typed += '3'; $typed
$a, $b, $rest = 1, 2, 3, 4; "$a $b $($rest -join '+')"
$a, $b = $b, $a; "$a $b"
$x = $y = $z = 7; "$x$y$z"
${a b-c} = 'odd name'; "${a b-c}"
$env:MT_TEST = 'env'; "$env:MT_TEST $(Test-Path Env:MT_TEST)"; Remove-Item Env:MT_TEST; "gone: '$env:MT_TEST'"

'--- splatting ---'
function Write-Layer {
    [CmdletBinding()]
    param([string]$Message, [ValidateSet('Info', 'Warn')][string]$Level = 'Info', [switch]$Upper, [string[]]$Tags)
    $text = "[$Level] $Message$(if ($Tags) { ' #' + ($Tags -join ' #') })"
    if ($Upper) { $text.ToUpper() } else { $text }
}
function Invoke-Layer {
    [CmdletBinding()]
    param([string]$Message, [string]$Level, [switch]$Upper, [string[]]$Tags, [int]$Times = 1)
    $null = $PSBoundParameters.Remove('Times')
    1..$Times | ForEach-Object { Write-Layer @PSBoundParameters }
}
function Invoke-Outer { Invoke-Layer @args }
$common = @{ Level = 'Warn'; Tags = 'a', 'b' }
Write-Layer 'direct' @common
Invoke-Layer -Message through @common -Times 2
Invoke-Outer -Message 'by args' -Upper -Level Info
Invoke-Outer 'positional' 'Warn'
$switches = @{ Upper = $true }
Write-Layer @switches -Message 'two tables' @common
Write-Layer @switches -Upper:$false -Message 'explicit wins?' -ErrorAction SilentlyContinue
$array = 'from array', 'Warn'
Write-Layer @array
$parameters = @{ Message = 'copied' } + $common
$parameters.Remove('Tags'); $parameters['Upper'] = [switch]$false
Write-Layer @parameters
$none = @{}
Write-Layer plain @none
try { $wrong = @{ Mesage = 1; Messages = 2 }; Write-Layer @wrong } catch { $_.FullyQualifiedErrorId }
$sortBy = @{ Property = @{ Expression = 'Length'; Descending = $true }, @{ Expression = { $_ } } }
('pear', 'fig', 'apple', 'kiwi' | Sort-Object @sortBy) -join ' '
$command = 'Write-Layer'; & $command -Message 'by name' @common
$splat = @{ Object = 'host', 'splat'; Separator = '::' }; Write-Host @splat
& (Get-Command Write-Layer) 'by command object'
& { param([Parameter(ValueFromRemainingArguments)]$All) $All.Count } @(1, 2, 3) 4
function Get-Params { param($Name, $Value) "$($MyInvocation.BoundParameters.Count): $Name=$Value; rest: $args" }
Get-Params -Value 1 2 3 -Other x
