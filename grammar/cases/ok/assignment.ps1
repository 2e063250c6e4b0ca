$x = 1
$x += 2; $x -= 1; $x *= 3; $x /= 2; $x %= 2; $x ??= 5
$a, $b, $c = 1, 2, 3
$x = $y = 5
[int]$n = '5'
[int]$a, [string]$b = 1, 2
$o.Name = 'x'; $o.Sub.Name += 'y'
$h['k'] = 1; $h.list[0]++
$x = if ($y) { 1 } else { 2 }
$list = foreach ($i in 1..3) { $i * 2 }
$r = Get-Item a | Select-Object Name
[ValidateRange(1, 5)] [int] $v = 3
($p) = 5
$global:g = 1; $script:s = 2; $env:PATH = 'x'; ${a b} = 1
$x =
  5
[System.Net.ServicePointManager]::SecurityProtocol = 'Tls12'
