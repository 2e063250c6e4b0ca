$a ? 1 : 2
$a -gt 1 ? 'x' : $b ? 'y' : 'z'
$x = $true ? $a : $b
($a) ?
  1 :
  2
