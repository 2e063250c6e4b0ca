@"
Hello $name,
  it's "quoted" $($x.y) `t "@ inside
"@
@'
$no expansion `n
'@
@'
'@
$a = @"
x
"@ -replace 'x', 'y'
Show @'
arg
'@ next
