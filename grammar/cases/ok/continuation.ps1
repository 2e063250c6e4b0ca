Write-Output first `
  second `
  third
"a" + `
 "b"
1 +
2
$x =
1
$a -and
  $b
Get-A -x a,
  b
