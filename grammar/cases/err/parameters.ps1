param($a, $a)
function F { param($a,$b,) $a }
function G($x) { param($y) 1 }
[CmdletBinding()] 5
