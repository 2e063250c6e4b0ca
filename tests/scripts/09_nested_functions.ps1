# Nested functions, recursion, dynamic scope, closures, script-block arguments.
$level = 'script'
function Outer {
    $level = 'outer'
    function Inner { "inner sees $level"; $script:level = 'changed by inner' }
    Inner
    "outer still $level"
}
Outer
"script: $level"
function Get-Factorial([long]$n) { if ($n -le 1) { 1 } else { $n * (Get-Factorial ($n - 1)) } }
Get-Factorial 15
function Get-Doubler { return { param($by = 1) $by * 2 } }
$double = Get-Doubler
& $double 21
& $double
$make = { param($greeting) { param($name) "$greeting, $name!" }.GetNewClosure() }
$hello = & $make 'Hello'
$bye = & $make 'Bye'
& $hello 'Ann'
& $bye 'Ann'
function Apply-ToAll([scriptblock]$What, [object[]]$Items) { foreach ($i in $Items) { & $What $i } }
(Apply-ToAll { param($x) $x * $x } (1..5)) -join ' '
filter Odd { if ($_ % 2) { $_ } }
(1..9 | Odd) -join ','
function Get-Tree($node, $depth = 0) {
    ('  ' * $depth) + $node.Name
    foreach ($child in $node.Children) { Get-Tree $child ($depth + 1) }
}
Get-Tree @{ Name = 'INBOX'; Children = @(@{ Name = 'Work'; Children = @(@{ Name = '2026' }) }, @{ Name = 'Home' }) }
