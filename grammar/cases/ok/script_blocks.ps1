{ 1 + 1 }
$x = { param($y) $y * 2 }
& { param([int]$a, $b = 1) process { $_ } } 5
{ }
{ begin { } }.Invoke()
& $x -y 5
.{2}
